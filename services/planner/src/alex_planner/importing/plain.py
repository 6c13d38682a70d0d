"""The plain CSV (see `portfolio_csv`) as an import result: the same rules, with a fate for every row."""

from datetime import date

from alex_planner.errors import PortfolioProblem
from alex_planner.importing.result import ImportResult, RowFate
from alex_planner.importing.sheet import records_of
from alex_planner.portfolio_csv import read_portfolio_csv


def read_plain(data: bytes, text: str, latest: date) -> ImportResult:
    """Return the result of a plain CSV.

    Raises:
        InvalidPortfolio: the file or its heading cannot be read.
    """
    positions, problems = read_portfolio_csv(data, today=latest)
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
