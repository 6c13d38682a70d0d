"""Keeps vectors durably and searches them exactly. Knows neither HTTP nor AWS."""
