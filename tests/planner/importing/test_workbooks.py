"""Workbooks: sheets of a broker, of a mapping, of a plain portfolio, and those that are made to hurt."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from alex_planner.errors import InvalidPortfolio
from alex_planner.importing.columns import read_columns
from alex_planner.importing.importer import import_file
from alex_planner.importing.mapped import ColumnMapping
from alex_planner.importing.result import ImportResult
from alex_planner.importing.workbook import MAX_UNPACKED_BYTES
from openpyxl import Workbook  # type: ignore[import-untyped]  # it ships no types

TODAY = date(2026, 11, 23)
D = Decimal
Rows = Sequence[Sequence[object]]


def at(day: int, hour: int) -> datetime:
    """Return an hour in January, as spreadsheets keep it: without a zone."""
    return datetime.combine(date(2026, 1, day), time(hour))


PREAMBLE: Rows = [["Name and surname", "Account", "Currency", "Balance"], ["A. Person", 1234567, "EUR", 12.5], []]
OPERATIONS: Rows = [
    ["ID", "Type", "Time", "Comment", "Symbol", "Amount"],
    [1, "deposit", at(5, 9), "Transfer", None, 1000],
    [2, "Stock purchase", at(5, 10), "OPEN BUY 8 @ 12.345", "PLGV.DE", -98.76],
    [3, "Stock purchase", at(6, 10), "OPEN BUY 2 @ 10", "QLHV.UK", -23.1],
    [None, None, None, None, "Total", 878.14],
]
POSITIONS: Rows = [
    ["Position", "Symbol", "Type", "Volume", "Open time", "Open price", "Market price", "Purchase value"],
    [11, "PLGV.DE", "BUY", 8, at(5, 10), 12.345, 13.5, 98.76],
    [12, "QLHV.UK", "BUY", 2, at(6, 10), 10, 11, 20],
    [13, "EURUSD", "SELL", 0.1, at(6, 10), 1.1, 1.2, None],
    ["Total", None, None, None, None, None, None, 118.76],
]


def book(sheets: Mapping[str, Rows]) -> bytes:
    """Return a workbook of these rows."""
    made = Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def read(data: bytes) -> ImportResult:
    """Import a workbook, whose counts must add up."""
    result = import_file(data, today=TODAY)
    assert result.imported + result.ignored + result.errors == result.rows == len(result.fates)
    return result


def test_operations_in_a_workbook_are_replayed_in_the_currency_of_the_account() -> None:
    """XTB: its only export is a workbook; a price with three decimals is no group of thousands."""
    result = read(book({"CASH OPERATION HISTORY": [*PREAMBLE, *OPERATIONS]}))
    assert (result.format, result.errors) == ("xtb_cash_operations", 0)
    held = {item.symbol: (item.quantity, item.price, item.currency, item.cost_basis) for item in result.positions}
    assert held == {"PLGV.DE": (D(8), D("12.345"), "EUR", D("98.76")), "QLHV.UK": (D(2), None, "EUR", D("23.1"))}
    assert [item.day for item in result.activities] == [date(2026, 1, 5), date(2026, 1, 5), date(2026, 1, 6)]


def test_open_positions_go_before_activity_and_other_sheets_are_named() -> None:
    """XTB: stated positions with the day of the sheet's title; operations are kept as activity."""
    closed: Rows = [["Position", "Symbol", "Type"], [9, "VARR.DE", "BUY"]]
    sheets = {
        "CLOSED POSITION HISTORY": closed,
        "OPEN POSITION 15062026": [*PREAMBLE, *POSITIONS],
        "CASH OPERATION HISTORY": [*PREAMBLE, *OPERATIONS],
    }
    result = read(book(sheets))
    assert (result.errors, result.as_of, len(result.activities)) == (0, date(2026, 6, 15), 3)
    held = [(item.symbol, item.quantity, item.price, item.price_date, item.currency) for item in result.positions]
    day = date(2026, 6, 15)
    assert held == [("PLGV.DE", D(8), D("13.5"), day, "EUR"), ("QLHV.UK", D(2), D(11), day, "EUR")]
    reasons = [fate.reason for fate in result.fates]
    assert reasons[:2] == ["the sheet 'CLOSED POSITION HISTORY' is not read"] * 2
    assert any("short position" in reason for reason in reasons)
    assert any("'CASH OPERATION HISTORY' is counted as line" in note for note in result.notes)


def test_a_newer_layout_with_other_columns_reads_the_same() -> None:
    """XTB, 2026: the type first, the instrument's name beside its ticker, the account's currency said by the owner."""
    rows: Rows = [
        ["Cash operations"], [],
        ["Type", "Ticker", "Instrument", "Time", "Amount", "ID", "Comment", "Product"],
        ["Stock purchase", "PLGV.US", "Pellgrove", at(5, 10), -90.0, 5, "OPEN BUY 10/12 @ 10.00", "My"],
        ["Free funds interest", None, None, at(6, 10), 0.5, 6, "", "My"],
    ]  # fmt: skip
    result = import_file(book({"Cash Operations": rows}), currency="EUR", today=TODAY)
    assert result.errors == 0
    assert [(item.symbol, item.quantity, item.currency) for item in result.positions] == [("PLGV.US", D(10), "USD")]
    assert [item.kind for item in result.activities] == ["buy", "interest"]


def test_a_sale_that_does_not_say_its_units_is_an_error() -> None:
    """Ours: left out, it would leave a holding that was sold."""
    rows: Rows = [
        OPERATIONS[0],
        OPERATIONS[2],
        [4, "Stock sale", at(7, 0), "Return of position", "PLGV.DE", 99.0],
    ]
    (problem,) = read(book({"CASH OPERATION HISTORY": rows})).problems
    assert (problem.line, problem.column) == (3, "comment")


def test_a_plain_portfolio_in_a_workbook_keeps_its_row_numbers() -> None:
    """Ours: what a person types into a spreadsheet."""
    rows: Rows = [["symbol", "quantity", "currency"], ["PLGV", 10, "USD"], [], ["QLHV", -1, "USD"]]
    result = read(book({"Sheet1": rows}))
    assert [item.symbol for item in result.positions] == ["PLGV"]
    assert [problem.line for problem in result.problems] == [4]


def test_a_mapping_finds_its_sheet() -> None:
    """Ours: the first sheet that has the headings."""
    rows: Rows = [["Ticker", "Units", "Day"], ["PLGV", 1.5, date(2026, 1, 5)]]
    mapping = ColumnMapping(columns={"symbol": "ticker", "quantity": "units", "price_date": "day"}, currency="USD")
    result = import_file(book({"Notes": [["hello"]], "Mine": rows}), mapping=mapping, today=TODAY)
    assert [(item.symbol, item.quantity) for item in result.positions] == [("PLGV", D("1.5"))]


def test_the_columns_of_an_unknown_sheet_are_told() -> None:
    """Ours: of the sheet whose headings are clearest, for the mapping that finds it."""
    found = read_columns(book({"Notes": [["hello", "you"]], "Depot": [["Titel", "Stück"], ["plgv", 5]]}))
    assert [(one.heading, one.samples, one.proposed) for one in found.columns] == [
        ("Titel", ("plgv",), None),
        ("Stück", ("5",), "quantity"),
    ]


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """Return an archive of these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def bomb() -> bytes:
    """Return a workbook with an entity that would expand."""
    with zipfile.ZipFile(io.BytesIO(book({"A": [["x"]]}))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    declared = b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]>'
    return zipped({**parts, "xl/worksheets/sheet1.xml": declared + sheet})


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (zipped({"a.csv": b"symbol"}), "without a workbook"),
        (b"PK\x03\x04rest", "damaged"),
        (zipped({"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<workbook/>"}), "cannot be read"),
        (zipped({"[Content_Types].xml": b"", "xl/a": bytes(MAX_UNPACKED_BYTES + 1)}), "unpacks to more"),
        (bomb(), "cannot be read"),
        (book({"A": []}), "no filled cell"),
        (book({"A": [["x"] * 1_001]}), "cells; at most"),
        (book({"A": [["date", "description", "amount"], ["2026-01-05", "Card", -5]]}), "no export of a broker"),
    ],
    ids=["archive", "cut off", "hollow", "unpacks", "entities", "empty", "wide", "unknown"],
)
def test_a_workbook_that_cannot_be_read_is_refused_with_the_reason(data: bytes, words: str) -> None:
    """Ours: one sentence, in bounded memory."""
    with pytest.raises(InvalidPortfolio, match=words):
        import_file(data, today=TODAY)


def test_one_cell_in_the_far_corner_costs_nothing() -> None:
    """Ours: rows between are not made."""
    made = Workbook()
    made.active["A1"] = "symbol"
    made.active["A1048576"] = "x"
    buffer = io.BytesIO()
    made.save(buffer)
    with pytest.raises(InvalidPortfolio):
        import_file(buffer.getvalue(), today=TODAY)


def test_a_formula_is_its_last_value_and_none_is_run() -> None:
    """Ours: a formula that was never computed is an empty cell; its text is never kept."""
    rows: Rows = [["symbol", "quantity", "currency", "name"], ["PLGV", 1, "USD", '=HYPERLINK("http://example.com")']]
    result = read(book({"A": rows}))
    assert [(item.symbol, item.name) for item in result.positions] == [("PLGV", None)]


def test_positions_without_numbers_of_their_own_are_added_up() -> None:
    """XTB: two purchases of a share are two rows, in some exports without the number of the position."""
    rows: Rows = [
        ["Symbol", "Type", "Volume", "Open price", "Market price", "Open time"],
        ["PLGV.DE", "BUY", 8, 12, 13.5, at(5, 10)],
        ["PLGV.DE", "BUY", 2, 10, 13.5, at(6, 10)],
    ]
    result = read(book({"Open Positions": rows}))
    assert [(item.symbol, item.quantity, item.cost_basis) for item in result.positions] == [("PLGV.DE", D(10), D(116))]
