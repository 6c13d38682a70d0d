"""How much of the machine other programs use while something is measured: what a figure is worth."""

import os
import time

import psutil  # type: ignore[import-untyped]  # ships no types


class OtherWork:
    """Measures from its making on."""

    def __init__(self) -> None:
        self._started = time.perf_counter()
        self._busy, self._ours = _busy_seconds(), _our_seconds()

    def share(self) -> float:
        """Return the part of all processors' time that others had, from 0 to 1; what a hypervisor took counts too."""
        taken = (_busy_seconds() - self._busy) - (_our_seconds() - self._ours)
        elapsed = time.perf_counter() - self._started
        return max(0.0, taken / elapsed / (os.cpu_count() or 1))


def _busy_seconds() -> float:
    times = psutil.cpu_times()
    # Linux counts the time of guests as the user's too.
    idle = times.idle + getattr(times, "iowait", 0.0) + getattr(times, "guest", 0.0) + getattr(times, "guest_nice", 0.0)
    return float(sum(times) - idle)


def _our_seconds() -> float:
    """Return the time of this process and of all that it started, the ended ones too."""
    here = psutil.Process()
    return sum(_seconds_of(process) for process in (here, *here.children(recursive=True)))


def _seconds_of(process: psutil.Process) -> float:
    try:
        return float(sum(process.cpu_times()[:4]))
    except psutil.NoSuchProcess:
        return 0.0
