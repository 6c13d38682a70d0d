"""The one error of a database that does not answer. What it refuses stays the driver's own error.

DatabaseUnavailable    503  upstream_unavailable
"""

from alex_edge import UpstreamUnavailable


class DatabaseUnavailable(UpstreamUnavailable):
    """For as long as a caller can wait there was no connection that held, or no end of conflicts."""

    def __init__(self, reason: str) -> None:
        super().__init__("database", reason)
