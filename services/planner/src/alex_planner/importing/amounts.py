"""Numbers as brokers write them: currency signs, groups of thousands, parentheses, decimal commas.

Which of point and comma divides the decimals is known for a broker or learned from all numbers of the file, never
from one number that can be read both ways.
"""

import re
import unicodedata
from collections.abc import Iterable
from decimal import Context, Decimal
from typing import Literal, NamedTuple

from alex_planner.currency import CURRENCY_CODES
from alex_planner.portfolio_cells import MAX_DECIMAL_PLACES, MAX_NUMBER, CellProblem

Mark = Literal[".", ","]
SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "US$": "USD", "zł": "PLN", "C$": "CAD", "A$": "AUD", "Fr.": "CHF"}
"""Currency signs; a bare dollar sign is the US dollar only where the broker is American."""
EMPTY = frozenset({"", "-", "--", "---", "n/a", "na", "nan", "null", "none", "n/d", "incomplete"})
"""What brokers write where a cell has no value."""

LAST_PLACE = Decimal(1).scaleb(-MAX_DECIMAL_PLACES)
MAX_PLACES = 40
"""Digits after the point above which a cell is no number of a broker."""
PRICE_PLACES = 8
"""Decimal places of a price that is computed from an amount."""
_WIDE = Context(prec=60)
GROUP = 3
"""Digits between two separators of thousands."""

_MONEY = re.compile(r"(?P<before>[^\d.,+\-']*)(?P<number>[\d.,']+(?:[eE]-\d+)?)(?P<after>[^\d]*)")
_POINT = re.compile(r"(?:\d+|\d{1,3}(?:[,']\d{3})+)?(?:\.\d*)?")
_COMMA = re.compile(r"(?:\d+|\d{1,3}(?:[.']\d{3})+)?(?:,\d*)?")
_PLAIN = re.compile(r"-?\d{1,12}(?:\.\d{1,9})?")
_ONE_MARK = re.compile(r"\D*(\d+)([.,])(\d+)\D*")


class Money(NamedTuple):
    """A number and the currency written beside it, if one was."""

    value: Decimal
    currency: str | None


def decimal_mark(cells: Iterable[str]) -> Mark | None:
    """Return the mark that these numbers prove, or `None` when each of them can be read both ways.

    Raises:
        CellProblem: some prove the point and some the comma.
    """
    proofs: dict[str, str] = {}
    for cell in cells:
        mark = _proof(cell)
        if mark:
            proofs.setdefault(mark, cell)
    if len(proofs) > 1:
        raise CellProblem(f"numbers are written in two ways, as {proofs['.']!r} and as {proofs[',']!r}")
    return "," if "," in proofs else "." if "." in proofs else None


def _proof(cell: str) -> str | None:
    text = re.sub(r"[^\d.,]", "", cell)
    if "." in text and "," in text:
        return max(".,", key=text.rfind)
    found = _ONE_MARK.fullmatch(text)
    if not found:
        repeated = next((mark for mark in ".," if text.count(mark) > 1), None)
        return {".": ",", ",": "."}[repeated] if repeated else None
    whole, mark, rest = found.groups()
    return mark if len(rest) != GROUP or len(whole) > GROUP or whole.startswith("0") else None


def unit_price(amount: Decimal, units: Decimal) -> Decimal:
    """Return the price of one unit that an amount means, to a millionth of a cent."""
    return round(amount / units, PRICE_PLACES)


def is_empty(cell: str) -> bool:
    """Whether a broker writes this where there is no value."""
    return cell.strip().lower() in EMPTY


def read_money(cell: str, mark: Mark | None = ".") -> Money | None:
    """Return the number in a cell with its sign, or `None` when the cell has no value.

    Args:
        mark: what divides the decimals; `None` when the file does not tell.

    Raises:
        CellProblem: it is no number, is absurd, or can be read in two ways.
    """
    if mark == "." and _PLAIN.fullmatch(cell):
        return Money(Decimal(cell), None)
    text = unicodedata.normalize("NFKC", cell).strip().replace("\u2212", "-").replace("\u2019", "'")
    if is_empty(text):
        return None
    negative, text = _sign(re.sub(r"(?<=\d)\s(?=\d)", "'", text))
    found = _MONEY.fullmatch(text)
    currency = _currency(found["before"], found["after"], cell) if found else None
    if not found:
        raise CellProblem(f"{cell[:40]!r} is not a number")
    value = _decimal(found["number"], mark, cell)
    if value > MAX_NUMBER:
        raise CellProblem(f"{cell[:40]!r} is larger than {MAX_NUMBER:f}, which no holding is")
    return Money(value.copy_negate() if negative and value else value, currency)


def _sign(text: str) -> tuple[bool, str]:
    negative = text.startswith("(") and text.endswith(")")
    text = text[1:-1].strip() if negative else text
    if text.endswith("-"):
        negative, text = True, text[:-1]
    found = re.match(r"([^\d.,+\-']*)([+-])\s*", text)
    if found:
        negative, text = negative or found[2] == "-", found[1] + text[found.end() :]
    return negative, text


def _currency(before: str, after: str, cell: str) -> str | None:
    text = (before.strip() + after.strip()).strip()
    if not text:
        return None
    code = SIGNS.get(text, text.upper())
    if code not in CURRENCY_CODES:
        raise CellProblem(f"{cell[:40]!r} is not a number or amount of money")
    return code


def _decimal(number: str, mark: Mark | None, cell: str) -> Decimal:
    digits, _, exponent = number.lower().partition("e")
    if mark is None:
        mark = _proof(digits)  # type: ignore[assignment]  # one of the two marks
        if mark is None and ("." in digits or "," in digits):
            raise CellProblem(f"{cell[:40]!r} can be read in two ways, and no other number of the file tells which")
    pattern = _COMMA if mark == "," else _POINT
    if not pattern.fullmatch(digits) or not any(char.isdigit() for char in digits):
        raise CellProblem(
            f"{cell[:40]!r} is not a number with {'a decimal comma' if mark == ',' else 'a decimal point'}"
        )
    groups = ".'" if mark == "," else ",'"
    plain = re.sub(f"[{groups}]", "", digits).replace(",", ".")
    value = Decimal(plain + (f"e{exponent}" if exponent else ""))
    places = len(plain.partition(".")[2]) - int(exponent or 0)
    if places > MAX_PLACES:
        raise CellProblem(f"{cell[:40]!r} has {places} decimal places, which no holding has")
    # Exchanges write quotients with all the digits that their arithmetic has: below this nothing is traded.
    return value.quantize(LAST_PLACE, context=_WIDE) if places > MAX_DECIMAL_PLACES else value
