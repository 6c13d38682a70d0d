"""Planner agent: a portfolio becomes a plan of computed figures and cited research."""
