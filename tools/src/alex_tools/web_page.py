"""The web page as a process of this machine: built by Node.js when its sources changed, then served by it.

`python -m alex_tools.web_page --port 3000` becomes the server; it builds nothing.
"""

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from alex_tools.errors import CommandFailed
from alex_tools.repository import ROOT
from alex_tools.stack import HOST, PAGE_PORT, Service
from alex_tools.stop_signals import StopFlag, wait_for
from alex_tools.terminal import Terminal

FOLDER = ROOT / "frontend"
NAME = "frontend"
OLDEST_NODE = (20, 9)
"""What Next.js 16 needs."""
NO_NODE = "no web page: it needs Node.js 20.9 or later, from https://nodejs.org or your package manager"
_SERVER = FOLDER / ".next" / "standalone" / "server.js"
_BUILT_FROM = _SERVER.with_name("built_from")
_NOT_SOURCES = {"node_modules", ".next", "next-env.d.ts", "README.md", "Dockerfile"}
_COMMANDS = (("ci", "--no-audit", "--no-fund"), ("run", "build"))
_LAST_LINES = 15


def page_service(offset: int) -> Service:
    """Return the page as one more service of the stack."""
    return Service(NAME, PAGE_PORT + offset, ("-m", "alex_tools.web_page"), "the web page: open it in a browser")


def find_node() -> str | None:
    """Return the path of a Node.js that is new enough."""
    path = shutil.which("node")
    if path is None or shutil.which("npm") is None:
        return None
    answer = subprocess.run([path, "--version"], capture_output=True, text=True, check=False, timeout=10)  # noqa: S603  found on the PATH
    numbers = re.match(r"v(\d+)\.(\d+)\.", answer.stdout)
    return path if numbers and (int(numbers[1]), int(numbers[2])) >= OLDEST_NODE else None


def build_page(environment: Mapping[str, str], stop: StopFlag, terminal: Terminal) -> None:
    """Build the page unless it is built from these very sources.

    Raises:
        CommandFailed: npm ended with an error; its last lines are in `details`.
        Stopped: the user asked to stop meanwhile.
    """
    sources = _digest_of_sources()
    if _SERVER.is_file() and _BUILT_FROM.is_file() and _BUILT_FROM.read_text(encoding="ascii") == sources:
        return
    terminal.say("building the web page (about a minute, only after a change) ...")
    for arguments in _COMMANDS:
        _run_npm(arguments, environment, stop)
    _BUILT_FROM.write_text(sources, encoding="ascii")


def npm_command(*arguments: str) -> list[str]:
    """Return the command line of npm, which is a script on Windows."""
    return [shutil.which("npm") or "npm", *arguments]


def _run_npm(arguments: tuple[str, ...], environment: Mapping[str, str], stop: StopFlag) -> None:
    log = FOLDER / ".next" / "build.log"
    log.parent.mkdir(exist_ok=True)
    variables = {**environment, "NEXT_TELEMETRY_DISABLED": "1"}
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603  found on the PATH
            npm_command(*arguments),
            cwd=FOLDER,
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        wait_for(process, stop)
    if process.returncode:
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()[-_LAST_LINES:]
        raise CommandFailed(f"the web page could not be built: npm {' '.join(arguments)}", lines)


def _digest_of_sources() -> str:
    digest = hashlib.sha256()
    for path in sorted(_sources(FOLDER)):
        digest.update(path.relative_to(FOLDER).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _sources(folder: Path) -> list[Path]:
    entries = [entry for entry in folder.iterdir() if entry.name not in _NOT_SOURCES]
    files = [entry for entry in entries if entry.is_file() and entry.suffix != ".tsbuildinfo"]
    return files + [path for entry in entries if entry.is_dir() for path in _sources(entry)]


def main() -> None:
    """Become the server of the built page."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", required=True)
    parser.add_argument("--host", default=HOST)
    arguments = parser.parse_args()
    node = find_node()
    if node is None:
        sys.exit(NO_NODE)
    os.environ |= {"PORT": arguments.port, "HOSTNAME": arguments.host, "NODE_ENV": "production"}
    os.chdir(_SERVER.parent)
    command = [node, _SERVER.name]
    if os.name == "posix":
        os.execv(node, command)  # noqa: S606  the same process, so that signals reach the server itself
    sys.exit(subprocess.run(command, check=False).returncode)  # noqa: S603  found on the PATH


if __name__ == "__main__":
    main()
