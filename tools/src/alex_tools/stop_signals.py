"""Ctrl-C, SIGTERM and their Windows relatives, turned into a flag that the main thread looks at."""

import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from alex_tools.errors import Stopped

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""Every signal of these that the system knows asks for the same: an orderly stop."""
_TICK_SECONDS = 0.05


class StopFlag:
    """Whether a stop was asked for.

    A plain attribute: `threading.Event.set` in a signal handler can wait for a lock that the interrupted
    main thread itself holds.
    """

    requested = False


@contextmanager
def stop_flag() -> Iterator[StopFlag]:
    """Catch the signals that ask for a stop for the duration of the block; only in the main thread."""
    flag = StopFlag()

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        flag.requested = True

    numbers = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
    before = {number: signal.signal(number, on_signal) for number in numbers}
    try:
        yield flag
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def wait_for(process: subprocess.Popen[bytes], stop: StopFlag) -> None:
    """Return when a process has ended by itself.

    Raises:
        Stopped: the user asked to stop first; the process has ended then as well.
    """
    while process.poll() is None:
        if stop.requested:
            process.terminate()
            process.wait()
            raise Stopped
        time.sleep(_TICK_SECONDS)
