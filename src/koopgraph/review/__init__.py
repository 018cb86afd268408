"""review: what is doubtful in a built graph, put before a person one question at a time."""
