"""Which history of returns a service uses: the bundled one, or the file that a setting names."""

from pathlib import Path

from alex_planner.errors import InvalidHistory
from alex_planner.retirement.bundled_history import bundled_history
from alex_planner.retirement.history import AnnualHistory
from alex_planner.retirement.history_csv import read_history

SETTING = "PLANNER_RETURN_HISTORY"


def chosen_history(file: Path | None) -> AnnualHistory:
    """Return the history in `file`, or the bundled one if there is none.

    Raises:
        ValueError: the file cannot be used; names the setting.
    """
    if file is None:
        return bundled_history()
    try:
        return read_history(file.read_text(encoding="utf-8"), file.name)
    except (OSError, UnicodeDecodeError) as exc:
        raise ValueError(f"{SETTING}: {str(file)!r} cannot be read: {exc}") from exc
    except InvalidHistory as exc:
        raise ValueError(f"{SETTING}: {exc.message}") from exc
