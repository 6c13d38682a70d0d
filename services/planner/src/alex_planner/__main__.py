"""Entrance of the planner's process."""

from alex_edge import serve

from alex_planner.app import create_app

serve("planner", create_app, default_port=8003)
