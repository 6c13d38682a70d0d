"""The plain CSV (see `portfolio_csv`) as an import result: the same rules, with a fate for every row."""

import re
from datetime import date

from alex_planner.errors import PortfolioProblem
from alex_planner.importing.decoding import refuse
from alex_planner.importing.result import ImportResult, RowFate
from alex_planner.importing.sheet import heading, records_of
from alex_planner.portfolio_csv import read_portfolio_csv


def read_plain(text: str, latest: date) -> ImportResult:
    """Return the result of a plain CSV.

    Raises:
        InvalidPortfolio: the file or its heading cannot be read.
    """
    _refuse_unknown(text)
    positions, problems = read_portfolio_csv(text, today=latest)
    wrong: dict[int, PortfolioProblem] = {}
    for problem in problems:
        wrong.setdefault(problem.line, problem)
    header, *rows = records_of(text, ",")
    fates = [RowFate(line=header.line, fate="ignored", reason="heading")]
    for row in rows:
        found = wrong.get(row.line)
        if found is None:
            fates.append(RowFate(line=row.line, fate="imported", reason="position"))
        else:
            fates.append(RowFate(line=row.line, fate="error", reason=found.message, column=found.column))
    return ImportResult(
        broker="-",
        format="plain_csv",
        as_of=None,
        rows=len(fates),
        imported=sum(fate.fate == "imported" for fate in fates),
        ignored=1,
        errors=sum(fate.fate == "error" for fate in fates),
        fates=tuple(fates),
        positions=positions,
        activities=(),
        differences=(),
        notes=(),
    )


def _refuse_unknown(text: str) -> None:
    """Refuse a table that is neither of a known broker nor has the columns of the plain CSV, in one sentence.

    Raises:
        InvalidPortfolio: no heading of the first line is one that must be there.
    """
    first = next((line for line in text.splitlines() if line.strip()), "")
    headings = [heading(cell) for cell in re.split(r"[,;\t|]", first.replace('"', ""))]
    if len(headings) > 1 and "symbol" not in headings and "quantity" not in headings:
        shown = ", ".join(headings[:8])[:120]
        refuse(
            1,
            f"the file begins with {shown!r}: that is no export of a broker that is known here, nor the plain CSV."
            " Export positions or activity again as CSV from the start of the first line, or say which"
            " column is which: on the page Import, by alex import --column symbol:HEADING --column quantity:HEADING,"
            " or in the API by column=symbol:HEADING",
        )
