"""One running stack per data folder: two would write the same databases."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alex_tools.errors import BadInput, FolderInUse
from alex_tools.processes import own_start, started_at

_CLOCK_TOLERANCE_SECONDS = 1.0
"""Start times of processes are told apart by this; a process id may be used again after its process ended."""


@contextmanager
def hold_folder(data: Path) -> Iterator[None]:
    """Mark `data` as used by this process.

    Raises:
        BadInput: it cannot be made here.
        FolderInUse: another process uses it and is still there.
    """
    try:
        data.mkdir(parents=True, exist_ok=True)
    except OSError as exc:
        raise BadInput(f"the data folder {data} cannot be made: {exc.strerror or exc}") from exc
    path = data / "running.json"
    holder = _living_holder(path)
    if holder is not None:
        raise FolderInUse(f"nothing was started: process {holder} already runs Alex on {data}; stop it first")
    pid, started = own_start()
    path.write_text(json.dumps({"pid": pid, "started": started}), encoding="utf-8")
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


def _living_holder(path: Path) -> int | None:
    try:
        mark = json.loads(path.read_text(encoding="utf-8"))
        pid, marked = int(mark["pid"]), float(mark["started"])
    except (OSError, ValueError, KeyError, TypeError):
        # No mark, or a broken one.
        return None
    started = started_at(pid)
    return pid if started is not None and abs(started - marked) < _CLOCK_TOLERANCE_SECONDS else None
