"""All figures of one snapshot in one answer, each with its formula, source and inputs."""
