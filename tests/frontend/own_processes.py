"""Processes of one test beside the shared stack: pages for which something differs, services that can be killed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.frontend.visit import KEY
from tests.service_process import free_port, kill_tree, wait_until_alive

if TYPE_CHECKING:
    from tests.frontend.conftest import Site


class OwnProcesses:
    """Starts programs with the stack's key and addresses, unless told otherwise, and ends them all."""

    def __init__(self, site: Site, folder: Path) -> None:
        self._folder = folder
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("ALEX_", "AWS_", "OPENAI_", "FRONTEND_"))}
        self._environment = {
            **kept,
            "ALEX_API_KEYS": KEY,
            "ALEX_LOG_LEVEL": "WARNING",
            "FRONTEND_PLANNER_URL": site.service(8003),
            "FRONTEND_RESEARCHER_URL": site.service(8002),
            "FRONTEND_VECTOR_STORE_URL": site.service(8011),
        }
        self._processes: list[subprocess.Popen[bytes]] = []

    def run(self, module: str, port: int, **changed: str) -> subprocess.Popen[bytes]:
        """Start a program, with some variables changed, and return it once it is alive."""
        command = [sys.executable, "-m", module, "--port", str(port), "--host", "127.0.0.1"]
        process = subprocess.Popen(command, env={**self._environment, **changed}, cwd=self._folder)
        self._processes.append(process)
        wait_until_alive(f"http://127.0.0.1:{port}", process)
        return process

    def serve_page(self, **changed: str) -> str:
        """Start a page, with some variables changed, and return its address."""
        port = free_port()
        self.run("alex_tools.web_page", port, **changed)
        return f"http://127.0.0.1:{port}"

    def stop(self) -> None:
        """End everything."""
        for process in self._processes:
            if process.poll() is None:
                kill_tree(process)
