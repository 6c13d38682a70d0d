"""Research agent: a topic becomes a brief whose every finding quotes a stored source."""
