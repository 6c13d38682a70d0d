"""One service process: started apart from the terminal, its output read line by line, stopped in three steps."""

import os
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from alex_tools.processes import kill_with_descendants

LAST_LINES = 15
"""How many log lines are kept to be shown when the process fails."""
_READER_SECONDS = 2.0


class Child:
    """A running process.

    Its standard input is a pipe that nothing is written to. Closing it asks the service to stop, on every
    system; it also closes by itself when this process is killed, so nothing is left behind.
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        environment: Mapping[str, str],
        log: Path,
        on_line: Callable[[str, str], None],
    ) -> None:
        self.name = name
        self._last: deque[str] = deque(maxlen=LAST_LINES)
        self._on_line = on_line
        log.parent.mkdir(parents=True, exist_ok=True)
        self._file = log.open("wb", buffering=0)
        self._process = _start(command, environment)
        self._reader = threading.Thread(target=self._read, name=f"log of {name}", daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        """Process id."""
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """None while the process runs."""
        return self._process.poll()

    def last_lines(self) -> list[str]:
        """Return the newest log lines; of an ended process after all of them were read."""
        if self.exit_code is not None:
            self._reader.join(_READER_SECONDS)
        return list(self._last)

    def ask_to_stop(self) -> None:
        """Close standard input; the service finishes its requests and ends."""
        if self._process.stdin is not None and not self._process.stdin.closed:
            self._process.stdin.close()

    def terminate(self) -> None:
        """Ask the operating system to end the process."""
        if self.exit_code is None:
            self._process.terminate()

    def kill(self) -> None:
        """End the process and everything it started, at once."""
        # Asked first: the id of an ended process may belong to somebody else by now.
        if self.exit_code is None:
            kill_with_descendants(self.pid)

    def finish(self) -> None:
        """Let the log be read to its end after the process ended."""
        self._reader.join(_READER_SECONDS)

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._file as file, self._process.stdout as lines:
            for raw in lines:
                line = raw.decode("utf-8", errors="replace").rstrip("\r\n")
                self._last.append(line)
                # On a full disk the log is lost. A service whose output nobody reads would stand still at last.
                with suppress(OSError):
                    file.write(f"{line}\n".encode())
                self._on_line(self.name, line)


def _start(command: Sequence[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    # In a group of its own: Ctrl-C in the terminal then reaches this process only, which stops the rest in order.
    new_group = 0
    if sys.platform == "win32":
        new_group = subprocess.CREATE_NEW_PROCESS_GROUP
    return subprocess.Popen(  # noqa: S603  the command is made of our own service list
        [sys.executable, *command],
        env=dict(environment),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        creationflags=new_group,
        start_new_session=os.name == "posix",
    )
