"""Which model an agent thinks with: OpenAI-compatible, or the built-in deterministic one."""
