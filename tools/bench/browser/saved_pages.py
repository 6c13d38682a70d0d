"""Serves a folder of saved pages on several loopback ports: `NAME/source.html` in it is `/NAME.html`.

    python -m tools.bench.browser.saved_pages FOLDER PORTS

Prints the ports on one line, then serves until it is ended. Several ports, because a reader keeps its manners
towards one host.
"""

import sys
import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit


class _Handler(BaseHTTPRequestHandler):
    """One saved page, or 404."""

    def __init__(self, folder: Path, *rest: object) -> None:
        self._folder = folder
        super().__init__(*rest)  # type: ignore[arg-type]  # what the server hands over

    def do_GET(self) -> None:
        name = Path(unquote(urlsplit(self.path).path)).stem
        page = self._folder / name / "source.html"
        body = page.read_bytes() if name and page.is_file() else b""
        self.send_response(200 if body else 404)
        self.send_header("content-type", "text/html; charset=utf-8")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name that the server uses
        """Say nothing."""


def main() -> None:
    """Serve until the process is ended."""
    folder, ports = Path(sys.argv[1]), int(sys.argv[2])
    servers = [ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, folder)) for _ in range(ports)]
    print(*(server.server_address[1] for server in servers), flush=True)
    for server in servers[1:]:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    servers[0].serve_forever()


if __name__ == "__main__":
    main()
