"""The browser server with a name service that knows the loopback only and says so at once.

It is for our side what `--host-resolver-rules` is for the anchor: saved pages name hosts that cannot be reached, and
waiting for a name server is not what is measured.
"""

import socket
from functools import wraps
from typing import Any

from alex_browser.app import create_app
from alex_edge import serve

_resolve = socket.getaddrinfo


@wraps(_resolve)
def _loopback_only(host: Any, *rest: Any, **named: Any) -> Any:
    if str(host) not in ("127.0.0.1", "localhost"):
        raise socket.gaierror(socket.EAI_NONAME, "no such host in this measurement")
    return _resolve(host, *rest, **named)


if __name__ == "__main__":
    socket.getaddrinfo = _loopback_only
    serve("browser", create_app, default_port=8012)
