"""Files that are written whole or not at all."""

import os
import tempfile
from pathlib import Path

from alex_tools.errors import BadInput


def check_writable(path: Path) -> None:
    """Make sure that a plan can be written to `path`.

    Raises:
        BadInput: its folder is missing, or it is a folder itself.
    """
    if path.is_dir():
        raise BadInput(f"{path} is a folder; name a file for the plan")
    if not path.parent.is_dir():
        raise BadInput(f"the folder {path.parent} does not exist; make it, or name another file for the plan")
    if not os.access(path.parent, os.W_OK):
        raise BadInput(f"the folder {path.parent} cannot be written to")


def partial_path(path: Path) -> Path:
    """Return where an incomplete plan goes: `plan.md` -> `plan.partial.md`."""
    return path.with_name(f"{path.stem}.partial{path.suffix}")


def write_whole(path: Path, content: bytes) -> None:
    """Replace `path` by `content` in one step: a reader sees the old file or the new one."""
    number, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
        temporary.chmod(0o644)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
