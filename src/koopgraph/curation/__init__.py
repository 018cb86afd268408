"""curation: people's judgements on things and statements, kept in a file and applied again at every build."""
