"""A planner that can be killed, with a page of its own, beside the shared stack."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import psutil  # type: ignore[import-untyped]  # psutil ships no type information

from tests.frontend.own_processes import OwnProcesses
from tests.service_process import free_port

if TYPE_CHECKING:
    from tests.frontend.conftest import Site


class SecondPlanner:
    """A planner and a page of its own beside the shared stack, so that it can be killed."""

    def __init__(self, site: Site, folder: Path, **variables: str) -> None:
        self._processes = OwnProcesses(site, folder)
        self._port = free_port()
        self._variables = {
            "PLANNER_RESEARCHER_URL": site.service(8002),
            "PLANNER_VECTOR_STORE_URL": f"{site.service(8011)}/mcp",
            "PLANNER_DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'planner.db'}",
            **variables,
        }
        self.start()
        self.page_url = self.serve_page()

    @property
    def url(self) -> str:
        """Address of the planner."""
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Start the planner, after a kill on the same port and database."""
        self._planner = self._processes.run("alex_planner", self._port, **self._variables)

    def kill(self) -> None:
        """End the planner as a power cut would."""
        self._planner.kill()
        self._planner.wait()

    def suspend(self) -> None:
        """Let the planner take calls and answer none."""
        psutil.Process(self._planner.pid).suspend()

    def resume(self) -> None:
        """Let it answer again."""
        psutil.Process(self._planner.pid).resume()

    def serve_page(self, **changed: str) -> str:
        """Start a page, with some variables changed, and return its address."""
        return self._processes.serve_page(**{"FRONTEND_PLANNER_URL": self.url, **changed})

    def stop(self) -> None:
        """End everything."""
        self._processes.stop()
