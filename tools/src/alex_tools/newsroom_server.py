"""Serves the sample newsroom, or another folder of pages, on this machine from a thread of this process."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path

from alex_tools.errors import BadInput
from alex_tools.stack import HOST

INDEX = "index.html"


def bundled_newsroom() -> Path:
    """Return the folder of the sample pages that come with the command."""
    return Path(str(files("alex_tools"))) / "newsroom"


def check_newsroom(folder: Path) -> None:
    """Make sure that `folder` has an index page.

    Raises:
        BadInput: it has none.
    """
    if not (folder / INDEX).is_file():
        raise BadInput(f"{folder} is no newsroom: it has no {INDEX}")


@contextmanager
def serving_newsroom(folder: Path, port: int) -> Iterator[str]:
    """Serve `folder` for the duration of the block; gives the address of its index page."""
    handler = partial(Pages, directory=str(folder))
    server = ThreadingHTTPServer((HOST, port), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, name="newsroom", daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_port}/{INDEX}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Pages(SimpleHTTPRequestHandler):
    """Answers with the files of a folder."""

    protocol_version = "HTTP/1.1"
    # Given here because Windows takes them from its registry, where other programs change them.
    extensions_map = {  # noqa: RUF012  the name and the kind are the base class's
        "": "application/octet-stream",
        ".css": "text/css; charset=utf-8",
        ".html": "text/html; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".json": "application/json",
        ".svg": "image/svg+xml",
    }

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name is the base class's
        """Write nothing: the demo shows what the agents do, not each request."""
