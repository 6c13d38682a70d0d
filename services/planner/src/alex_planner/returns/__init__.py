"""Returns of a portfolio from its activity: money-weighted and time-weighted."""
