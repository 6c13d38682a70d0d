"""A file becomes an `ImportResult`: its format is detected from its content and read by the module that knows it."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from alex_planner.importing import (
    coinbase,
    coinbase_exchange,
    degiro,
    etrade,
    fidelity,
    fidelity_plan,
    ibkr_fields,
    ibkr_flex,
    ibkr_statement,
    robinhood,
    schwab,
    schwab_awards,
    schwab_lots,
    swissquote,
    trade_republic,
    trading212,
    vanguard,
    xtb,
)
from alex_planner.importing.collector import Collector
from alex_planner.importing.decoding import decode, refuse
from alex_planner.importing.formats import SheetFormat, format_of
from alex_planner.importing.mapped import ColumnMapping, read_mapped
from alex_planner.importing.ofx import is_ofx, read_ofx
from alex_planner.importing.plain import read_plain
from alex_planner.importing.result import ImportResult
from alex_planner.importing.sheet import DELIMITERS, Record, records_of
from alex_planner.importing.sheets import Request, import_workbook
from alex_planner.importing.workbook import SIGNATURE, read_sheets
from alex_planner.portfolio_csv import LATEST_ZONE

SHEET_FORMATS: tuple[SheetFormat, ...] = (
    *ibkr_statement.FORMATS,
    *ibkr_flex.FORMATS,
    *schwab.FORMATS,
    *schwab_awards.FORMATS,
    *schwab_lots.FORMATS,
    *fidelity.FORMATS,
    *fidelity_plan.FORMATS,
    *vanguard.FORMATS,
    *etrade.FORMATS,
    *robinhood.FORMATS,
    *trading212.FORMATS,
    *degiro.FORMATS,
    *swissquote.FORMATS,
    *trade_republic.FORMATS,
    *xtb.FORMATS,
    *coinbase.FORMATS,
    *coinbase_exchange.FORMATS,
)
"""All formats of tables, the ones with the surest marks first."""
HEAD_CHARS = 20_000
"""Headings are looked for in so much of the file; the widest known preamble is a tenth of it."""


def import_file(
    data: bytes, *, mapping: ColumnMapping | None = None, currency: str | None = None, today: date | None = None
) -> ImportResult:
    """Return what a broker's file says, with the fate of every row of it.

    Args:
        data: the file as it was uploaded.
        mapping: names of the columns; given, no broker's format is looked for.
        currency: ISO 4217 code of the account, for files that do not name it (XTB).
        today: the last acceptable date; the latest calendar day on Earth when not given.

    Raises:
        InvalidPortfolio: the file as a whole cannot be read; problems of single rows are in the result.
    """
    latest = today or (datetime.now(UTC) + LATEST_ZONE).date()
    if data.startswith(SIGNATURE):
        return import_workbook(read_sheets(data), Request(latest, mapping, currency), SHEET_FORMATS)
    text = decode(data)
    if mapping is not None:
        into = Collector("-", "mapped_csv", latest)
        return into.finish(read_mapped((records_of(text, mark) for mark in DELIMITERS), mapping, into))
    if is_ofx(text):
        into = Collector("OFX", "ofx", latest)
        return into.finish(read_ofx(text, into))
    if text.lstrip().startswith("<"):
        return _xml(text, latest)
    found = detect(text)
    if found is None:
        return read_plain(text, latest)
    return _sheet(text, *found, Collector(found[0].broker, found[0].name, latest, account_currency=currency))


def detect(text: str) -> tuple[SheetFormat, str] | None:
    """Return the format of a table and its delimiter, or `None` when no broker's module knows it."""
    head = text[:HEAD_CHARS]
    for delimiter in sorted(DELIMITERS, key=lambda mark: -head.count(mark)):
        records = records_of(head, delimiter) if delimiter in head else []
        found = format_of(records, SHEET_FORMATS)
        if found is not None:
            return found, delimiter
    return None


def _sheet(text: str, known: SheetFormat, delimiter: str, into: Collector) -> ImportResult:
    records = records_of(text, delimiter)
    start = known.find(records)
    assert start is not None
    _refuse_without_rows(records, start, known)
    into.states_positions = known.states_positions
    known.read(records, start, into)
    return into.finish(record.line for record in records)


def _refuse_without_rows(records: Sequence[Record], start: int, known: SheetFormat) -> None:
    if start + 1 == len(records):
        refuse(records[start].line, f"this is a file of {known.broker} with headings but without a row")


def _xml(text: str, latest: date) -> ImportResult:
    if "FlexQueryResponse" not in text[:HEAD_CHARS] and "<!DOCTYPE" not in text[:HEAD_CHARS]:
        refuse(1, "the file is XML, but neither a Flex query of Interactive Brokers nor OFX; export it as CSV")
    into = Collector(ibkr_fields.BROKER, "ibkr_flex_xml", latest)
    lines = ibkr_flex.read_xml(text, into)
    if not lines:
        refuse(1, "the Flex query has no statement with rows; choose its sections and run it again")
    return into.finish(lines)
