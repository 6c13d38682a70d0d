"""Programs for Node, installed by npm once for all runs of the tests, with the version of Node that they need."""

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import pytest

PACKAGES = Path(__file__).with_name("package.json")
INSTALL_SECONDS = 300
RUN_SECONDS = 60
_UNREACHABLE = re.compile(
    r"\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|ERR_SOCKET_TIMEOUT|E50[234])\b"
)
"""How npm names a registry that it cannot reach. A wrong version is ETARGET, a wrong name E404."""


class NodePrograms:
    """What `package.json` names, in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._programs = folder / "node_modules" / ".bin"
        path = f"{self._programs}{os.pathsep}{os.environ['PATH']}"
        self.environment = {**os.environ, "PATH": path, "NO_COLOR": "1"}

    def path(self, program: str) -> str:
        return str(self._programs / program)

    def run(self, program: str, *arguments: str, expected_code: int = 0) -> str:
        """Return what the program prints; fail with all that it says if it ends otherwise than expected."""
        done = subprocess.run(
            [self.path(program), *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=RUN_SECONDS,
            check=False,
        )
        assert done.returncode == expected_code, f"code {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done.stdout


def install(folder: Path) -> NodePrograms:
    """Install them into `folder`; what is there already needs no network.

    Where there is no npm, or no registry, the test is skipped with the reason, but fails where `CI` is set. Whatever
    else keeps npm from installing them, such as a version that does not exist, fails everywhere.
    """
    npm = shutil.which("npm")
    if npm is None:
        _miss("npm was not found: install Node.js of any version; npm then brings the Node that these tests need")
    shutil.copyfile(PACKAGES, folder / PACKAGES.name)
    command: Sequence[str] = (npm, "install", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error")
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=INSTALL_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        _miss(f"npm could not install {PACKAGES.name} within {INSTALL_SECONDS} s")
    if done.returncode != 0:
        problem = f"npm could not install {PACKAGES.name}: {done.stderr.strip()[-500:]}"
        if _UNREACHABLE.search(done.stderr):
            _miss(problem)
        pytest.fail(problem)
    return NodePrograms(folder)


def _miss(reason: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
