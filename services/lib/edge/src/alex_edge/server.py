"""Start and stop of one service process, the same on Linux, macOS and Windows."""

import argparse
import asyncio
import sys
import threading
from collections.abc import Callable, Sequence
from typing import NoReturn

import uvicorn
from fastapi import FastAPI
from pydantic import ValidationError
from pydantic_settings import BaseSettings

from alex_edge.settings import EdgeSettings

GRACEFUL_STOP_SECONDS = 5
"""Time for requests in flight after a stop is asked for; a container platform kills after ten."""
KEEP_ALIVE_SECONDS = 75
"""Longer than the idle time of common proxies, so that they close first and no request meets a closed socket."""


def serve(
    name: str, create_app: Callable[[EdgeSettings], FastAPI], *, default_port: int, argv: Sequence[str] | None = None
) -> None:
    """Run the service `name` until it is told to stop.

    The port is `--port` or `default_port`, the address `--host` or `ALEX_HOST`. A wrong setting ends the
    process with exit code 2 and the variable's name, files that cannot be used with 1 and the reason.
    """
    parser = argparse.ArgumentParser(prog=f"alex-{name}")
    parser.add_argument("--port", type=int, default=default_port)
    parser.add_argument("--host", default=None)
    arguments = parser.parse_args(argv)
    try:
        settings = EdgeSettings()
        app = create_app(settings)
    except ValidationError as exc:
        _stop_for_settings(name, exc)
    except (ValueError, OSError) as exc:
        # OSError: a full disk, or a folder that may not be used.
        sys.exit(f"{name} cannot start: {exc}")
    config = uvicorn.Config(
        app,
        host=arguments.host or settings.host,
        port=arguments.port,
        log_config=None,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=GRACEFUL_STOP_SECONDS,
    )
    server = uvicorn.Server(config)
    if settings.stop_on_stdin_eof:
        threading.Thread(target=_stop_at_eof, args=(server,), daemon=True).start()
    asyncio.run(server.serve())


def _stop_for_settings(name: str, exc: ValidationError) -> NoReturn:
    settings_class = next((c for c in BaseSettings.__subclasses__() if c.__name__ == exc.title), None)
    prefix = settings_class.model_config.get("env_prefix", "") if settings_class else ""
    lines = [f"{prefix}{'.'.join(map(str, error['loc']))}".upper() + f": {error['msg']}" for error in exc.errors()]
    print(f"{name} cannot start, wrong settings:", *lines, sep="\n  ", file=sys.stderr)  # noqa: T201
    raise SystemExit(2)


def _stop_at_eof(server: uvicorn.Server) -> None:
    sys.stdin.buffer.read()
    server.should_exit = True
