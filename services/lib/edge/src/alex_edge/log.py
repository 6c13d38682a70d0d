"""Log lines with the service's name and the request id, to standard error."""

import logging
import sys

from alex_edge.request_id import current_request_id

_NOISY = ("alembic", "botocore", "httpx2", "httpcore2", "uvicorn.access", "mcp")
"""Loggers that write a line per request or migration; what matters of it is in our own lines."""


class _RequestIdFilter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = current_request_id()
        return True


def configure_logging(name: str, level: str) -> None:
    """Send all log lines of this process to standard error in one format; calling it again changes nothing else."""
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(_RequestIdFilter())
    handler.setFormatter(logging.Formatter(f"%(asctime)s %(levelname)s {name} [%(request_id)s] %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for noisy in _NOISY:
        logging.getLogger(noisy).setLevel(logging.WARNING)
