"""`alex import`: a broker's file is shown as what it would become, and kept once that is confirmed."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated
from urllib.parse import urlencode

import typer

from alex_tools.client import running_service
from alex_tools.environment import load_environment
from alex_tools.errors import BadInput
from alex_tools.planning import read_portfolio
from alex_tools.terminal import Terminal

MAX_SHOWN = 20
"""Rows of one kind that are listed; the number of all of them is always given."""


def import_file(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Export of a broker, or a plain CSV.")],
    *,
    name: Annotated[str | None, typer.Option(help="What to call the portfolio; the file's name if not given.")] = None,
    column: Annotated[
        list[str] | None, typer.Option(help="Mapping of a plain CSV, field:heading; again for each.")
    ] = None,
    currency: Annotated[
        str | None, typer.Option(help="Currency of all rows or of the account, where the file does not say it.")
    ] = None,
    decimal: Annotated[str | None, typer.Option(help="With a mapping: point or comma.")] = None,
    dates: Annotated[str | None, typer.Option(help="With a mapping: dmy or mdy.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Keep it without asking.")] = False,
    leave_out_errors: Annotated[bool, typer.Option(help="Keep it without the rows that cannot be read.")] = False,
) -> None:
    """Read a broker's export, show what becomes of every row, and keep it once confirmed."""
    terminal = context.obj
    assert isinstance(terminal, Terminal)
    content = read_portfolio(file)
    planner = running_service("planner", load_environment(Path.cwd()), Path.cwd())
    options = [("currency", currency), ("decimal", decimal), ("dates", dates)]
    pairs = [("column", pair) for pair in column or []] + [(key, value) for key, value in options if value]
    draft = planner.post_csv(f"/portfolios/import/draft?{urlencode(pairs)}", content, {})
    for line in describe_draft(draft):
        terminal.say(line)
    if draft["errors"] and not leave_out_errors:
        raise BadInput("nothing was kept; mend the rows above, or leave them out with --leave-out-errors")
    if not yes and not typer.confirm("Keep this as a portfolio?"):
        terminal.say("nothing was kept")
        return
    answer = planner.post(
        f"/portfolios/import/{draft['id']}/confirm?"
        + urlencode({"name": name or file.stem, "leave_out_errors": str(leave_out_errors).lower()}),
        {},
    )
    terminal.say(f"portfolio: {answer['id']}", "bold green")


def describe_draft(draft: dict[str, object]) -> Iterator[str]:
    """Yield what a person needs to decide: counts, positions, and every row that is not in them."""
    as_of = f", prices of {draft['as_of']}" if draft.get("as_of") else ""
    yield f"{draft['broker']} ({draft['format']}){as_of}"
    yield f"{draft['rows']} rows: {draft['imported']} imported, {draft['ignored']} ignored, {draft['errors']} errors"
    yield from _positions(_objects(draft.get("positions")))
    fates = _objects(draft.get("fates"))
    yield from _listed("error", [f"line {f['line']}: {f['reason']}" for f in fates if f["fate"] == "error"])
    ignored = Counter(str(fate["reason"]) for fate in fates if fate["fate"] == "ignored")
    yield from _listed("ignored", [f"{count} x {reason}" for reason, count in ignored.most_common()])
    differences = _objects(draft.get("differences"))
    yield from _listed(
        "difference",
        [
            f"line {d['line']}: {d['what']} is {d['computed']}, stated {d['stated']} {d['currency']}"
            for d in differences
        ],
    )
    notes = draft.get("notes")
    yield from _listed("note", [str(note) for note in notes] if isinstance(notes, list) else [])


def _positions(positions: list[dict[str, object]]) -> Iterator[str]:
    for position in positions:
        account = f"{position['account']}: " if position.get("account") else ""
        price = f"{position['price']} {position['currency']}" if position.get("price") is not None else "no price"
        day = f" of {position['price_date']}" if position.get("price_date") else ""
        yield f"  {account}{position['quantity']} {position['symbol']} at {price}{day}  {position.get('name') or ''}"


def _listed(what: str, lines: list[str]) -> Iterator[str]:
    for line in lines[:MAX_SHOWN]:
        yield f"  {what}: {line}"
    if len(lines) > MAX_SHOWN:
        yield f"  {what}: and {len(lines) - MAX_SHOWN} more"


def _objects(value: object) -> list[dict[str, object]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
