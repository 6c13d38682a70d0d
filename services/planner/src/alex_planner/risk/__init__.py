"""Measures of risk over a price history."""
