"""Files that were cut, edited or mixed up: every one is refused in a sentence, or each of its rows has its fate."""

from datetime import date

from alex_planner.errors import InvalidPortfolio
from alex_planner.importing.importer import import_file
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.planner.importing import (
    american_samples,
    european_samples,
    ibkr_samples,
    test_ibkr_languages,
    test_ofx,
    test_schwab_awards,
    test_variants,
)

TODAY = date(2026, 11, 23)
SAMPLES = [
    text
    for module in (
        american_samples,
        european_samples,
        ibkr_samples,
        test_ibkr_languages,
        test_ofx,
        test_schwab_awards,
        test_variants,
    )
    for name, text in vars(module).items()
    if name.isupper() and isinstance(text, str) and "\n" in text
]
JUNK = (
    "", "-", "n/a", "=1+1", "1e9", "1E400", "-5", "€1", "99/99/2026", "2026-13-45", "\0", '"', ",", ";", "\n", "<", "&",
    "9" * 400, "NaN", "inf", "١٢", "1.234,56", "Total", "\u202e", "12:61", "\t", "0001-01-01", "1/0", "{}", "∞",
)  # fmt: skip
"""What ends up in a cell by accident or on purpose."""


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """Return a sample in which lines were dropped and repeated, cells replaced, and the end cut off."""
    lines = draw(st.sampled_from(SAMPLES)).split("\n")
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        edit = draw(st.sampled_from(["drop", "repeat", "replace", "cut"]))
        if edit == "drop" and len(lines) > 1:
            del lines[at]
        elif edit == "repeat":
            lines.insert(at, lines[draw(st.integers(0, len(lines) - 1))])
        elif edit == "replace":
            mark = draw(st.sampled_from([",", ";", ">", '"']))
            cells = lines[at].split(mark)
            cells[draw(st.integers(0, len(cells) - 1))] = draw(st.sampled_from(JUNK))
            lines[at] = mark.join(cells)
        else:
            lines[at] = lines[at][: draw(st.integers(0, len(lines[at])))]
    return "\n".join(lines)


@settings(max_examples=400, deadline=None)
@given(damaged())
def test_a_damaged_file_is_refused_or_accounted_for(text: str) -> None:
    """Ours: no other error reaches a caller, and no row is lost."""
    try:
        result = import_file(text.encode(), today=TODAY)
    except InvalidPortfolio:
        return
    assert result.imported + result.ignored + result.errors == result.rows == len(result.fates)
