"""train: fitting the shipped models again, from gold articles and public labelled data."""
