"""The Chromium that the browser service uses: found, else installed by the browser package itself."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping

from alex_tools.errors import Stopped
from alex_tools.stop_signals import StopFlag

EXECUTABLE_VARIABLE = "BROWSER_EXECUTABLE"
_COMMAND = (sys.executable, "-m", "alex_browser.chromium")
_TICK_SECONDS = 0.05


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
        while process.poll() is None:
            if stop.requested:
                process.terminate()
                process.wait()
                raise Stopped
            time.sleep(_TICK_SECONDS)
        answer.seek(0)
        lines = answer.read().decode("utf-8", errors="replace").split("\n")
    path = next((line.strip() for line in reversed(lines) if line.strip()), "")
    return path if process.returncode == 0 and path else None
