"""Interactive Brokers' activity statement in another language, rewritten as the English one.

The broker translates sections and headings, but neither the kinds of rows nor the order of their cells: positions,
trades, rates and instruments are known by their shape, ending cash by being the sum of the rows above it. Dividends,
taxes, interest, fees and deposits look alike and are told apart by their words (`ibkr_words`).
"""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from decimal import Decimal

from alex_planner.currency import CURRENCY_CODES
from alex_planner.importing import ibkr_words as words
from alex_planner.importing.amounts import read_money
from alex_planner.importing.sheet import Record
from alex_planner.portfolio_cells import CellProblem

Cells = tuple[str, ...]
_ENGLISH = ("Statement", "Header", "Field Name")
_POSITION = ("Quantity", "Mult", "Cost Price", "Cost Basis", "Close Price", "Value")
_TRADE = ("Quantity", "T. Price", "C. Price", "Proceeds", "Comm/Fee", "Basis")
_HISTORY = ("Date", "Account", "Description", "Transaction Type", "Symbol", "Quantity", "Price")
_HISTORY_AMOUNTS = ("Gross Amount", "Commission", "Net Amount")
_INSTRUMENT = ("Asset Category", "Symbol", "Description", "Conid", "Security ID")
_CORPORATE = ("Asset Category", "Currency", "Report Date", "Date/Time", "Description", "Quantity")
_BALANCE = ("Asset Category", "Currency", "Description", "Quantity", "Cost Price", "Cost Basis", "Close Price", "Value")
_CASH = ("Currency Summary", "Currency", "Total")
_ACCOUNT = re.compile(r"[A-Z]{1,3}(?:\d{4,}|\*{2,}\d+)\b")
_ISIN = re.compile(r"[A-Z]{2}[A-Z0-9]{9}\d")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_PAIR = re.compile(r"[A-Z]{3}\.[A-Z]{3}")
_OPTION = re.compile(r".+ \d{2}[A-Z]{3}\d{2} [\d.]+ [CP]")
_TRADES = frozenset({"Order", "Trade", "ClosedLot"})
_HOLDINGS = frozenset({"Summary", "Lot"})
_MOVEMENTS = frozenset({"Dividends", "Withholding Tax", "Interest", "Fees", "Deposits & Withdrawals"})


def in_english(records: Sequence[Record]) -> Sequence[Record]:
    """Return the rows as the English statement has them; a section that is not known stays as it is."""
    if any(record.cells[:3] == _ENGLISH for record in records):
        return records
    rows: dict[str, list[Cells]] = defaultdict(list)
    for record in records:
        if record.cells[1:2] == ("Data",):
            rows[record.cells[0]].append(record.cells[2:])
    names = {section: _section(section, data) for section, data in rows.items()}
    ending = {section: _ending_rows(data) for section, data in rows.items() if names[section] == "Cash Report"}
    found: list[Record] = []
    for index, record in enumerate(records):
        section, *kind = record.cells[:2]
        name = names.get(section, section)
        if kind == ["Header"]:
            block = next((r.cells[2:] for r in records[index + 1 :] if r.cells[:2] == (section, "Data")), ())
            cells = _headings(name, block) or record.cells[2:]
        else:
            cells = _data(name, record.cells[2:], ending.get(section, frozenset()))
        found.append(Record(record.line, (name, *kind, *cells)))
    return found


def _section(name: str, rows: Sequence[Cells]) -> str:
    """Return the English name of a section, by its word or by the shape of its rows."""
    if name == "Statement" or name.lower() in words.SECTIONS:
        return words.SECTIONS.get(name.lower(), name)
    return next((section for section, has_shape in _SHAPES.items() if has_shape(rows)), name)


def _are_instruments(rows: Sequence[Cells], kinds: frozenset[str]) -> bool:
    """Whether each row says what kind of row it is and, two cells on, its currency."""
    return any(row[0] in kinds for row in rows) and all(
        row[0] in _HOLDINGS | _TRADES and _at(row, 2) in CURRENCY_CODES for row in rows
    )


def _are_accounts(rows: Sequence[Cells]) -> bool:
    """Whether each row is a field with its value, and one value is a currency."""
    return not any(any(row[2:]) for row in rows) and any(_at(row, 1) in CURRENCY_CODES for row in rows)


_SHAPES: dict[str, Callable[[Sequence[Cells]], bool]] = {
    "Trades": lambda rows: _are_instruments(rows, _TRADES),
    "Open Positions": lambda rows: _are_instruments(rows, _HOLDINGS),
    "Transaction History": lambda rows: all(_DAY.fullmatch(row[0]) and _ACCOUNT.match(_at(row, 1)) for row in rows),
    "Financial Instrument Information": lambda rows: any(_ISIN.fullmatch(_at(row, 4)) for row in rows),
    "Base Currency Exchange Rate": lambda rows: all(
        row[0] in CURRENCY_CODES and _number(_at(row, 1)) and not any(row[2:]) for row in rows
    ),
    "Forex Balances": lambda rows: any(
        {_at(row, 1), _at(row, 2)} <= CURRENCY_CODES and _number(_at(row, 6)) for row in rows
    ),
    "Account Information": _are_accounts,
    "Cash Report": lambda rows: bool(_ending_rows(rows)),
}
"""The surest marks first."""


def _at(cells: Cells, index: int) -> str:
    return cells[index] if index < len(cells) else ""


def _number(cell: str) -> Decimal | None:
    try:
        money = read_money(cell)
    except CellProblem:
        return None
    return money.value if money else None


def _ending_rows(rows: Sequence[Cells]) -> frozenset[Cells]:
    """Return the rows with the ending cash of a currency: the last of each that is the sum of the rows above it."""
    sums: dict[str, Decimal] = {}
    found: dict[str, Cells] = {}
    for row in rows:
        currency, amount = _at(row, 1), _number(_at(row, 2))
        if amount is None or currency not in CURRENCY_CODES or _number(_at(row, 3)) is None:
            continue
        if currency in sums and abs(sums[currency] - amount) <= Decimal("0.01"):
            found[currency] = row
        sums[currency] = sums.get(currency, Decimal(0)) + amount
    return frozenset(found.values())


def _headings(section: str, first: Cells) -> Cells:
    """Return the English headings over a row; none where they are not needed."""
    if section in {"Open Positions", "Trades"}:
        return _instrument_headings(section, first)
    if section == "Transaction History":
        priced = len(first) > len(_HISTORY) + len(_HISTORY_AMOUNTS)
        return (*_HISTORY, *(("Price Currency",) if priced else ()), *_HISTORY_AMOUNTS)
    if section in _MOVEMENTS:
        return _movement_headings(first)
    fixed = {
        "Financial Instrument Information": _INSTRUMENT,
        "Cash Report": _CASH,
        "Base Currency Exchange Rate": ("Currency", "Rate"),
        "Forex Balances": _BALANCE,
        "Corporate Actions": _CORPORATE,
    }
    return fixed.get(section, ())


def _instrument_headings(section: str, first: Cells) -> Cells:
    """Return headings of positions or trades; a column of accounts, of openings or of exchanges is there or not."""
    names = ["DataDiscriminator", "Asset Category", "Currency"]
    if _ACCOUNT.fullmatch(_at(first, len(names))):
        names.append("Account")
    names.append("Symbol")
    if section == "Trades":
        names.append("Date/Time")
        if _number(_at(first, len(names))) is None:
            names.append("Exchange")
        return (*names, *_TRADE)
    if _at(first, len(names)) == "-" or _DAY.match(_at(first, len(names))):
        names.append("Open")
    return (*names, *_POSITION)


def _movement_headings(first: Cells) -> Cells:
    """Return headings of dividends and the like: before the date stand currency, account and kind, or only some."""
    day = next((index for index, cell in enumerate(first) if _DAY.fullmatch(cell)), None)
    if day is None:
        return ()
    before = (
        "Currency" if cell in CURRENCY_CODES else "Account" if _ACCOUNT.fullmatch(cell) else "Subtitle"
        for cell in first[:day]
    )
    return (*before, "Date", "Description", "Amount")


def _data(section: str, cells: Cells, ending: frozenset[Cells]) -> Cells:
    """Return the cells of a row with its English words."""
    if section in {"Open Positions", "Trades"}:
        return (cells[0], _category(cells), *cells[2:])
    if section == "Transaction History":
        return _history(cells)
    first = cells[0]
    if section == "Cash Report":
        first = "Ending Cash" if cells in ending else "Movement"
    elif section == "Account Information" and _at(cells, 1) in CURRENCY_CODES:
        first = "Base Currency"
    elif section == "Account Information" and _ACCOUNT.match(_at(cells, 1)):
        first = "Account"
    elif section == "Forex Balances" and _at(cells, 2) in CURRENCY_CODES:
        first = "Forex"
    elif section in _MOVEMENTS and not any(map(_DAY.fullmatch, cells)):
        first = "Total"
    return (first, *cells[1:])


def _history(cells: Cells) -> Cells:
    """Return a row of a transaction history with the English kind of transaction."""
    if len(cells) <= len(_HISTORY):
        return cells
    kind = "Forex" if _PAIR.fullmatch(cells[4]) else words.TRANSACTIONS.get(cells[3].lower(), cells[3])
    return (*cells[:3], kind, *cells[4:])


def _category(cells: Cells) -> str:
    """Return the English category of an instrument; symbols of options and currency pairs tell theirs."""
    symbols, word = cells[3:5], _at(cells, 1).partition(" - ")[0].lower()
    if any(map(_PAIR.fullmatch, symbols)):
        return "Forex"
    if any(map(_OPTION.fullmatch, symbols)):
        return "Equity and Index Options"
    return words.CATEGORIES.get(word, _at(cells, 1))
