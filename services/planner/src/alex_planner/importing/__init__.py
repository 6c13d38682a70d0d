"""Brokers' files: their format is detected from the content, and every row of them gets a fate.

One module reads one broker; `importer` chooses it, `collector` keeps what it read, `replay` makes positions of
activity. Nothing here stores anything or knows HTTP.
"""
