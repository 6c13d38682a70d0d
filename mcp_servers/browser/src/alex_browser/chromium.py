"""Where the Chromium of this machine is, and how to get one.

    python -m alex_browser.chromium             prints the path of the one that is used, exit code 1 without one
    python -m alex_browser.chromium --install   installs one first when there is none

It starts no browser for reading; that is `chromium_browser`.
"""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

HOW_TO_GET_ONE = (
    "no Chromium found and none could be installed; install Google Chrome, Chromium or Edge,"
    " or set BROWSER_EXECUTABLE to the path of one"
)
VERSION_SECONDS = 20
"""Time for `--version`; a first start from a cold disk takes several seconds."""
INSTALL_SECONDS = 600
"""Time for one way of installing: some 100 MB on a slow line."""
CONNECTION_MILLISECONDS = "10000"
"""How long Playwright waits for its download host before it tries the next one."""
_APT_OPTIONS = ("-o", "DPkg::Lock::Timeout=300")
"""Wait in seconds for another installation that is under way."""
_HEADLESS_SHELLS = ("chrome-headless-shell", "chromium-headless-shell", "headless_shell")
"""Preferred: a third of the time per page of a full Chromium, and less memory."""
_BROWSERS = (
    "google-chrome",
    "google-chrome-stable",
    "chromium",
    "chromium-browser",
    "chrome",
    "microsoft-edge",
    "msedge",
)
_MAC_APPS = (
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Chromium.app/Contents/MacOS/Chromium",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
_WINDOWS_PROGRAMS = (
    r"Google\Chrome\Application\chrome.exe",
    r"Chromium\Application\chrome.exe",
    r"Microsoft\Edge\Application\msedge.exe",
)


def find_chromium(configured: str = "") -> Path | None:
    """Return the Chromium to use, or None: the `configured` one, else a headless shell, else a full browser."""
    if configured:
        path = Path(shutil.which(configured) or configured)
        return path if path.is_file() else None
    return next((path for path in _candidates() if path.is_file() and _starts(path)), None)


def install_chromium() -> Path | None:
    """Install a Chromium by the first way that works here, and return its path; output goes to standard error."""
    for commands in _ways_to_install():
        if all(_run(command) for command in commands) and (found := find_chromium()):
            return found
    return None


def main(argv: Sequence[str] | None = None) -> int:
    """Print the path of the Chromium that is used; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m alex_browser.chromium", description="Find or install a Chromium.")
    parser.add_argument("--install", action="store_true", help="install one when none is found")
    arguments = parser.parse_args(argv)
    configured = os.environ.get("BROWSER_EXECUTABLE", "")
    found = find_chromium(configured)
    if found is None and configured:
        _say(f"BROWSER_EXECUTABLE is {configured!r}, which is no file")
        return 1
    if found is None and arguments.install:
        found = install_chromium()
    if found is None:
        _say(HOW_TO_GET_ONE if arguments.install else "no Chromium found; run this command with --install")
        return 1
    print(found)  # noqa: T201  the answer of the command
    return 0


def _candidates() -> Iterator[Path]:
    own = _playwright_folder()
    yield from _newest(own, "chromium_headless_shell-*/*/*headless*shell*")
    yield from _on_path(_HEADLESS_SHELLS)
    for pattern in ("chromium-*/*/chrome", "chromium-*/*/chrome.exe", "chromium-*/*/*.app/Contents/MacOS/*"):
        yield from _newest(own, pattern)
    yield from _on_path(_BROWSERS)
    if sys.platform == "darwin":
        yield from (
            folder / app for app in _MAC_APPS for folder in (Path("/Applications"), Path.home() / "Applications")
        )
    if sys.platform == "win32":
        folders = [os.environ.get(name) for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")]
        yield from (Path(folder) / program for program in _WINDOWS_PROGRAMS for folder in folders if folder)


def _playwright_folder() -> Path:
    """Return where Playwright keeps its browsers (its documentation, "Browsers", "Managing browser binaries")."""
    configured = os.environ.get("PLAYWRIGHT_BROWSERS_PATH", "")
    if configured not in ("", "0"):
        return Path(configured)
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "ms-playwright"
    if sys.platform == "win32":
        return Path.home() / "AppData" / "Local" / "ms-playwright"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ms-playwright"


def _newest(folder: Path, pattern: str) -> list[Path]:
    found = (path for path in folder.glob(pattern) if os.access(path, os.X_OK) and path.suffix in ("", ".exe"))
    return sorted(found, key=lambda path: path.stat().st_mtime, reverse=True)


def _on_path(names: Sequence[str]) -> Iterator[Path]:
    yield from (Path(found) for name in names if (found := shutil.which(name)))


def _starts(path: Path) -> bool:
    """Return whether the file is a browser whose libraries are there; on Windows `--version` opens a window."""
    if sys.platform == "win32":
        return True
    try:
        done = subprocess.run(  # noqa: S603  a browser that was found under its known name
            [path, "--version"], capture_output=True, timeout=VERSION_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _ways_to_install() -> Iterator[list[list[str]]]:
    yield [[sys.executable, "-m", "playwright", "install", "--only-shell", "chromium"]]
    apt_get = shutil.which("apt-get")
    if apt_get and hasattr(os, "geteuid") and os.geteuid() == 0:
        _run([apt_get, "update"])
        for package in ("chromium-headless-shell", "chromium"):
            yield [[apt_get, *_APT_OPTIONS, "install", "--yes", "--no-install-recommends", package]]


def _run(command: list[str]) -> bool:
    _say("$ " + " ".join(command))
    environment = {
        **os.environ,
        "DEBIAN_FRONTEND": "noninteractive",
        "PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": CONNECTION_MILLISECONDS,
    }
    try:
        # Standard output is for the path alone, so the installer's output goes to standard error.
        done = subprocess.run(  # noqa: S603  a fixed command
            command, env=environment, stdin=subprocess.DEVNULL, stdout=sys.stderr, timeout=INSTALL_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as exc:
        _say(f"failed: {exc}")
        return False
    return done.returncode == 0


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)  # noqa: T201  for the person at the terminal


if __name__ == "__main__":
    sys.exit(main())
