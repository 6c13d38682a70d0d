"""What a portfolio may become and what it can pay for: goals, simulated years, spending that lasts.

Pure functions over an allocation, goals, assumptions and a history of returns; nothing here stores anything.
"""
