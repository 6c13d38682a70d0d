"""A planner that can be killed, with a page of its own, beside the shared stack."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from tests.frontend.visit import KEY
from tests.service_process import free_port, kill_tree, wait_until_alive

if TYPE_CHECKING:
    from tests.frontend.conftest import Site


class SecondPlanner:
    """A planner and a page of its own beside the shared stack, so that it can be killed."""

    def __init__(self, site: Site, folder: Path) -> None:
        self._folder = folder
        self._port = free_port()
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("ALEX_", "AWS_", "OPENAI_", "FRONTEND_"))}
        self._environment = {
            **kept,
            "ALEX_API_KEYS": KEY,
            "ALEX_LOG_LEVEL": "WARNING",
            "PLANNER_RESEARCHER_URL": site.service(8002),
            "PLANNER_VECTOR_STORE_URL": f"{site.service(8011)}/mcp",
            "PLANNER_DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'planner.db'}",
            "FRONTEND_PLANNER_URL": self.url,
            "FRONTEND_RESEARCHER_URL": site.service(8002),
            "FRONTEND_VECTOR_STORE_URL": site.service(8011),
        }
        self._processes: list[subprocess.Popen[bytes]] = []
        self.start()
        self.page_url = self.serve_page()

    @property
    def url(self) -> str:
        """Address of the planner."""
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Start the planner, after a kill on the same port and database."""
        self._planner = self._run("alex_planner", self._port)

    def kill(self) -> None:
        """End the planner as a power cut would."""
        self._planner.kill()
        self._planner.wait()

    def serve_page(self, **changed: str) -> str:
        """Start a page, with some variables changed, and return its address."""
        port = free_port()
        self._run("alex_tools.web_page", port, changed)
        return f"http://127.0.0.1:{port}"

    def stop(self) -> None:
        """End everything."""
        for process in self._processes:
            if process.poll() is None:
                kill_tree(process)

    def _run(self, module: str, port: int, changed: Mapping[str, str] = {}) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", module, "--port", str(port), "--host", "127.0.0.1"]
        process = subprocess.Popen(command, env={**self._environment, **changed}, cwd=self._folder)
        self._processes.append(process)
        wait_until_alive(f"http://127.0.0.1:{port}", process)
        return process
