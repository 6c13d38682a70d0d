"""Prices, exchange rates and price histories: where they come from, how old they are, what is missing."""
