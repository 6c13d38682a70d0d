"""Plans are written whole or not at all."""

import sys
from pathlib import Path

import pytest
from alex_tools.errors import BadInput, PlanIncomplete
from alex_tools.plan_file import check_writable, partial_path, write_whole
from alex_tools.planning import Plan, write_plan


def test_a_complete_plan_replaces_the_old_one(tmp_path: Path) -> None:
    """Nothing but the plan is left in the folder."""
    path = tmp_path / "plan.md"
    path.write_text("old")
    assert write_plan(Plan("plan_1", "completed", "# new ✓\n".encode()), path) == path
    assert path.read_bytes() == "# new ✓\n".encode()
    assert [path.name for path in tmp_path.iterdir()] == ["plan.md"]


def test_an_incomplete_plan_never_replaces_a_complete_one(tmp_path: Path) -> None:
    """It goes beside it, and each missing thing is named."""
    path = tmp_path / "plan.md"
    path.write_text("complete")
    with pytest.raises(PlanIncomplete) as caught:
        write_plan(Plan("plan_1", "partial", b"# part\n", missing=("one thing", "another")), path)
    assert caught.value.details == ("one thing", "another")
    assert caught.value.exit_code == 3
    assert path.read_text() == "complete"
    assert (tmp_path / "plan.partial.md").read_text() == "# part\n"


def test_a_failed_write_leaves_nothing_behind(tmp_path: Path) -> None:
    """The place of the plan is a folder: the replacement fails, the temporary file goes."""
    target = tmp_path / "plan.md"
    target.mkdir()
    (target / "full").touch()
    with pytest.raises(OSError, match=r"plan\.md"):
        write_whole(target, b"text")
    assert [path.name for path in tmp_path.iterdir()] == ["plan.md"]


def test_the_partial_name_keeps_the_ending() -> None:
    """Another name of the plan gives another name of the partial one."""
    assert partial_path(Path("out/my.plan.txt")) == Path("out/my.plan.partial.txt")


def test_a_place_that_cannot_hold_a_plan_is_refused_before_the_work(tmp_path: Path) -> None:
    """A folder, and a folder that is not there."""
    with pytest.raises(BadInput, match="is a folder"):
        check_writable(tmp_path)
    with pytest.raises(BadInput, match="does not exist"):
        check_writable(tmp_path / "missing" / "plan.md")


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX modes")
def test_a_plan_can_be_read_by_others(tmp_path: Path) -> None:
    """A temporary file is private; the plan is an ordinary file."""
    write_whole(tmp_path / "plan.md", b"text")
    assert (tmp_path / "plan.md").stat().st_mode & 0o777 == 0o644
