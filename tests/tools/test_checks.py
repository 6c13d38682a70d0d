"""What `alex test` runs."""

from alex_tools.checks import STATIC_CHECKS, pytest_options


def test_static_checks_change_no_file() -> None:
    """A check that mends what it finds would hide it."""
    assert ("ruff", "format", "--check", ".") in STATIC_CHECKS
    assert not any("--fix" in command for command in STATIC_CHECKS)


def test_fast_leaves_out_the_tests_of_the_whole_stack() -> None:
    """Arguments of the user come last, so that they win."""
    assert pytest_options(["-m", "slow"], fast=True)[-2:] == ["-m", "slow"]
    assert "not system and not compose" in pytest_options([], fast=True)
    assert "-m" not in pytest_options([], fast=False)


def test_all_tests_run_in_two_processes_and_chosen_ones_in_one() -> None:
    """A debugger or `-x` works as it does with pytest itself."""
    assert pytest_options([], fast=False) == ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
    assert pytest_options(["-x"], fast=False) == ["-x"]
