"""The Chromium that the browser service uses: found, else installed by the browser package itself."""

import subprocess
import sys
import tempfile
from collections.abc import Mapping

from alex_tools.stop_signals import StopFlag, wait_for

EXECUTABLE_VARIABLE = "BROWSER_EXECUTABLE"
_COMMAND = (sys.executable, "-m", "alex_browser.chromium")


def find_chromium(environment: Mapping[str, str], stop: StopFlag, *, install: bool) -> str | None:
    """Return the path of a Chromium, None when there is none; what the search has to say goes to standard error.

    Raises:
        Stopped: the user asked to stop during a long installation.
    """
    given = environment.get(EXECUTABLE_VARIABLE)
    if given:
        return given
    command = [*_COMMAND, "--install"] if install else [*_COMMAND]
    with tempfile.TemporaryFile() as answer:
        process = subprocess.Popen(command, env=dict(environment), stdin=subprocess.DEVNULL, stdout=answer)  # noqa: S603  our own module
        wait_for(process, stop)
        answer.seek(0)
        lines = answer.read().decode("utf-8", errors="replace").split("\n")
    path = next((line.strip() for line in reversed(lines) if line.strip()), "")
    return path if process.returncode == 0 and path else None
