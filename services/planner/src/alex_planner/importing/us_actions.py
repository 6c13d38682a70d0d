"""The words that American brokers use for what happened, and their dollar cells. It knows no file."""

import re
from decimal import Decimal

from alex_planner.importing.sheet import ColumnProblem, Row
from alex_planner.portfolio import ActivityKind

_OPTION = re.compile(
    r"\b(?:to open|to close|sold short|buy to cover|assigned|exercised|expired|option)\b", re.IGNORECASE
)
_REINVESTED = r"reinvest dividend|reinvested dividend|div reinvest|cap gain reinvest"
_SHARES_MOVE = (
    r"stock plan activity|spin-?off|security transfer|journaled shares|internal transfer|merger|conversion|"
    r"transfer of assets|acat|transferred|exchange|name change"
)
_CASH_MOVES = (
    r"deposit|funds received|transfer received|wire received|contribution|moneylink|electronic funds|online transfer|"
    r"\bach\b|direct debit|check|withdrawal|wire sent|\btransfer\b|funds paid|debit card|bill pay|journal|rollover"
)
_WITH_UNITS: dict[ActivityKind, ActivityKind] = {"deposit": "transfer_in", "other": "transfer_in"}
_KINDS: tuple[tuple[str, ActivityKind], ...] = (
    (_REINVESTED, "dividend"),
    (r"reinvest shares|reinvestment|you bought|\bbuy\b|\bbought\b|purchase", "buy"),
    (r"you sold|\bsell\b|\bsold\b|redemption|redeemed", "sell"),
    (r"in lieu", "other"),
    (r"split", "split"),
    (r"tax|withh", "tax"),
    (r"\bfees?\b|commission|adr mgmt|margin interest", "fee"),
    (r"dividend|cap(?:ital)? gain|\bdiv\b|distribution|return of capital", "dividend"),
    (r"interest", "interest"),
    (_SHARES_MOVE, "transfer_in"),
    (_CASH_MOVES, "deposit"),
    (r"adjustment|adj\b|credit|misc|promo|bonus|sweep", "other"),
)
"""Words of an action and what it is; the first that is found counts."""


def us_kind(action: str, units: Decimal | None = None) -> ActivityKind | None:
    """Return what an action is, or `None` when it is not read (options among others).

    Args:
        action: the broker's words.
        units: of a security that moved with it: a journal entry or adjustment that moves some is a transfer of them.

    Raises:
        ColumnProblem: units move, and the words do not say why: left out, the holding would be wrong.
    """
    if _OPTION.search(action):
        return None
    kind = next((kind for pattern, kind in _KINDS if re.search(pattern, action, re.IGNORECASE)), None)
    if kind is None and units:
        raise ColumnProblem("action", f"{action[:60]!r} is not known, and {units:f} units move with it")
    is_sweep = "sweep" in action.lower()
    return _WITH_UNITS.get(kind, kind) if kind and units and not is_sweep else kind


def share_change(kind: ActivityKind, quantity: Decimal | None) -> Decimal | None:
    """Return the change of the units held: brokers write sales with and without a minus."""
    if quantity is None:
        return None
    if kind in {"sell", "transfer_out"}:
        return -abs(quantity)
    if kind == "buy":
        return abs(quantity)
    return quantity if kind in {"split", "transfer_in"} else None


def dollars(row: Row, *names: str) -> Decimal | None:
    """Return a number of an American file.

    Raises:
        ColumnProblem: it is no number, or in another currency than the file.
    """
    money = row.money(*names)
    if money is None:
        return None
    if money.currency not in {None, "USD"}:
        raise ColumnProblem(names[0], f"{row.text(*names)!r} is in {money.currency}, the rest of the file in USD")
    return money.value
