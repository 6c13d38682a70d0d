"""Entrance of the researcher's process."""

from alex_edge import serve

from alex_researcher.app import create_app

serve("researcher", create_app, default_port=8002)
