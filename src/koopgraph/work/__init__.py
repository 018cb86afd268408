"""The work on single articles (read, annotate, extract, resolve within): here, in processes, or on a cluster."""
