"""Durable agent runs: rows that are advanced by whoever waits for them."""
