"""Optional extractors: what other people's models find, through the same door and the same checks as our rules.

Each needs packages that koopgraph does not install by itself (its extra of the same name), and runs only
where a build is told to use it.
"""
