"""One running stack per data folder."""

import json
from pathlib import Path

import pytest
from alex_tools.errors import BadInput, FolderInUse
from alex_tools.folder_lock import hold_folder
from alex_tools.processes import own_start


def test_a_folder_in_use_is_refused_with_the_process(tmp_path: Path) -> None:
    """The message names who holds it; here it is the test itself."""
    pid, _ = own_start()
    with (
        hold_folder(tmp_path),
        pytest.raises(FolderInUse, match=f"process {pid} already runs Alex"),
        hold_folder(tmp_path),
    ):
        pass


def test_a_place_that_cannot_hold_data_is_named(tmp_path: Path) -> None:
    """A file has the name of the data folder."""
    (tmp_path / ".alex").touch()
    with pytest.raises(BadInput, match=r"\.alex cannot be made"), hold_folder(tmp_path / ".alex"):
        pass


def test_a_folder_is_free_again_afterwards(tmp_path: Path) -> None:
    """Whatever happened in between."""
    with pytest.raises(RuntimeError, match="in between"), hold_folder(tmp_path):
        raise RuntimeError("in between")
    with hold_folder(tmp_path):
        assert (tmp_path / "running.json").exists()


@pytest.mark.parametrize(
    "mark",
    ["", "{}", "no json", json.dumps({"pid": own_start()[0], "started": 1.0})],
    ids=["empty", "other", "broken", "process_id_used_again"],
)
def test_a_mark_left_by_a_killed_command_does_not_count(tmp_path: Path, mark: str) -> None:
    """The process must be there, and be the one that wrote the mark."""
    (tmp_path / "running.json").write_text(mark)
    with hold_folder(tmp_path):
        assert json.loads((tmp_path / "running.json").read_text())["pid"] == own_start()[0]
