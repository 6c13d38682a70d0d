"""One cell of a portfolio file as a value. It knows neither rows nor files; an empty cell never reaches it."""

import re
import unicodedata
from datetime import date
from decimal import Decimal

from alex_planner.currency import CURRENCY_CODES, MINOR_UNITS
from alex_planner.portfolio import ASSET_CLASSES, AssetClass

MAX_TEXT_CHARS = 200
MAX_NUMBER = Decimal("1e12")
"""Quantities and prices up to this are read: above every real holding, in the smallest currency unit in use."""
MAX_DECIMAL_PLACES = 18
"""Digits after the point; ether is divided into 1e18 parts, and nothing that is traded is divided further."""
EARLIEST_PRICE_DATE = date(1900, 1, 1)
"""A spreadsheet that lost a date shows its own day zero, which is in 1900 or before."""
FORMULA_STARTS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a spreadsheet takes for the start of a formula, also in full width.
Source: OWASP, CSV Injection, https://owasp.org/www-community/attacks/CSV_Injection"""
TOTAL_ROWS = frozenset({"TOTAL", "TOTALS", "SUBTOTAL", "GRAND TOTAL", "ACCOUNT TOTAL", "SUM"})
"""Symbols that stand for the sum of other rows; counting them would double the portfolio."""

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_SYMBOL = re.compile(r"[A-Z0-9^][A-Z0-9 .:/^*_-]{0,31}")
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class CellProblem(ValueError):
    """The cell cannot be read; the message says what to write instead."""


def read_quantity(cell: str) -> Decimal:
    """Return an exact number of units, zero or more.

    Raises:
        CellProblem: it is not a plain decimal number, is negative or absurd.
    """
    return _number(cell, "quantity")


def read_price(cell: str) -> Decimal:
    """Return an exact price, zero or more.

    Raises:
        CellProblem: it is not a plain decimal number, is negative or absurd.
    """
    return _number(cell, "price")


def read_cost(cell: str) -> Decimal:
    """Return what was paid for all units, exact, zero or more.

    Raises:
        CellProblem: as for a price.
    """
    return _number(cell, "cost_basis")


def _number(cell: str, what: str) -> Decimal:
    shown = cell[:40]
    if not _NUMBER.fullmatch(cell):
        raise CellProblem(f"{shown!r} is not a plain number: {_number_hint(cell)}")
    value = Decimal(cell)
    if value < 0:
        raise CellProblem(f"{shown!r} is negative; a {what} is zero or more (short positions and debts are not read)")
    if value > MAX_NUMBER:
        raise CellProblem(f"{shown!r} is larger than {MAX_NUMBER:f}, which no {what} is")
    places = len(cell.partition(".")[2])
    if places > MAX_DECIMAL_PLACES:
        raise CellProblem(f"{shown!r} has {places} decimal places; at most {MAX_DECIMAL_PLACES} are read")
    return value.copy_abs()  # abs() would round to the precision of the context


def _number_hint(cell: str) -> str:
    lowered = cell.lower().lstrip("+-")
    if lowered in {"nan", "snan", "inf", "infinity", "n/a", "na", "#n/a", "-"}:
        return "leave the cell empty where the value is not known"
    if re.fullmatch(r"[0-9.]+e[+-]?[0-9]+", lowered):
        return "write it without an exponent; a spreadsheet may have rounded it"
    if cell.startswith("(") and cell.endswith(")"):
        return "a number in parentheses is negative, which is not read"
    if re.fullmatch(r"[0-9.,'\u2019\s]+", lowered):
        return "write it without thousand separators and with a decimal point, as in 1234.56"
    return "write digits and at most one decimal point, as in 1234.56, without currency or percent signs"


def read_symbol(cell: str) -> str:
    """Return the symbol in capitals.

    Raises:
        CellProblem: it begins like a formula, stands for a total row, or is no symbol.
    """
    _refuse_formula(cell)
    symbol = cell.upper()
    if symbol in TOTAL_ROWS:
        raise CellProblem(f"{cell!r} is a total row, not a holding; remove it")
    if not _SYMBOL.fullmatch(symbol):
        raise CellProblem(f"{cell[:40]!r} is not a symbol: up to 32 letters, digits, spaces and . : / ^ * _ -")
    return symbol


def read_text(cell: str) -> str:
    """Return the text unchanged.

    Raises:
        CellProblem: it begins like a formula, has control characters or is too long.
    """
    _refuse_formula(cell)
    if len(cell) > MAX_TEXT_CHARS:
        raise CellProblem(f"the text has {len(cell)} characters; at most {MAX_TEXT_CHARS} are read")
    hidden = next((char for char in cell if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"}), None)
    if hidden is not None:
        raise CellProblem(f"the text has the invisible character U+{ord(hidden):04X}; remove it")
    return cell


def _refuse_formula(cell: str) -> None:
    if cell.startswith(FORMULA_STARTS):
        raise CellProblem(f"{cell[:40]!r} begins with {cell[0]!r}, as a formula does; remove that character")


def read_currency(cell: str) -> str:
    """Return the ISO 4217 code in capitals.

    Raises:
        CellProblem: no such currency.
    """
    code = cell.upper()
    whole = MINOR_UNITS.get(cell) or (code not in CURRENCY_CODES and MINOR_UNITS.get(code))
    if whole:
        raise CellProblem(f"{cell!r} is a hundredth of {whole}; write {whole} and the price in {whole}")
    if code not in CURRENCY_CODES:
        raise CellProblem(f"{cell[:40]!r} is not a currency of ISO 4217, such as USD or EUR")
    return code


def read_date(cell: str, latest: date) -> date:
    """Return the date, which must be written `YYYY-MM-DD` and not be after `latest`.

    Raises:
        CellProblem: it is written otherwise, does not exist, or is not plausible as the date of a price.
    """
    if not _ISO_DATE.fullmatch(cell):
        raise CellProblem(f"{cell[:40]!r} is not a date as YYYY-MM-DD; other orders of day and month are not guessed")
    try:
        day = date.fromisoformat(cell)
    except ValueError:
        raise CellProblem(f"{cell!r} is not a day of the calendar") from None
    if day > latest:
        raise CellProblem(f"{cell!r} is in the future; a price has been seen before it is written down")
    if day <= EARLIEST_PRICE_DATE:
        raise CellProblem(f"{cell!r} is too long ago to be the date of a price")
    return day


def read_asset_class(cell: str) -> AssetClass:
    """Return the asset class; `real estate` and `real-estate` are `real_estate`.

    Raises:
        CellProblem: there is no such class.
    """
    name = re.sub(r"[ -]", "_", cell.lower())
    for known in ASSET_CLASSES:
        if name == known:
            return known
    raise CellProblem(f"{cell[:40]!r} is not an asset class; known: {', '.join(ASSET_CLASSES)}, or leave it empty")
