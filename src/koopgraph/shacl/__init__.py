"""SHACL: shapes read once, checked by an engine of our own where it can, by pySHACL (the reference) where it cannot."""
