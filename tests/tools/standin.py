"""A tiny service process for tests of the supervisor: real process, real port, behaviour by environment variable.

STANDIN_<NAME> = `unready` (never ready), `dies` (ends at once), `stubborn` (ignores a closed standard input and
SIGTERM), `hangs` (accepts and never answers). The name is the first argument.
"""

import json
import os
import signal
import sys
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def say(line: str) -> None:
    """Write one line to standard output at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:  # the name is the base class's
        if MODE == "hangs":
            threading.Event().wait(60)
        if self.path == "/die":
            say("asked to die")
            os._exit(7)
        if self.path == "/environment":
            self._answer(200, dict(os.environ))
        elif MODE == "unready":
            self._answer(503, {"status": "not_ready", "checks": {"database": "ConnectError: refused", "disk": "ok"}})
        elif self.headers.get("x-api-key") != os.environ["ALEX_API_KEYS"].split(",")[0]:
            self._answer(401, {"error": {"message": "missing or unknown x-api-key"}})
        else:
            self._answer(200, {"status": "ready", "checks": {}})

    def _answer(self, status: int, body: Mapping[str, object]) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name is the base class's
        """Write nothing."""


def main() -> None:
    port = int(sys.argv[sys.argv.index("--port") + 1])
    say(f"{NAME} listens, grüße ✓")
    if MODE == "dies":
        say("cannot open the database")
        sys.exit(4)
    if MODE == "stubborn":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if hasattr(signal, "SIGUSR1"):
        signal.signal(signal.SIGUSR1, lambda _number, _frame: say("said something"))
    server = ThreadingHTTPServer(("127.0.0.1", port), _Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.buffer.read()
    while MODE == "stubborn":
        threading.Event().wait(1)
    say("stopped in order")


NAME = sys.argv[1]
MODE = os.environ.get(f"STANDIN_{NAME.upper()}", "")
if __name__ == "__main__":
    main()
