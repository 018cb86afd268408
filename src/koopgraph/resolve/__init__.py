"""resolve: names become entities, within an article and across articles."""
