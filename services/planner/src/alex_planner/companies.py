"""Which holdings are single companies: a fund spreads over many, a share is one. It computes no figure."""

import re

from alex_planner.allocation import UNCLASSIFIED, PositionValue
from alex_planner.instruments.facts import DIMENSIONS

_FUND = re.compile(r"(?i)\b(?:fund|etf|etn|ucits|index|trust|sicav|oeic|portfolio|ishares|vanguard|spdr|xtrackers)\b")
"""Words by which a name that is in no table of instruments tells a fund."""
_SPREAD_CLASSES = frozenset({"cash", "bond", "commodity", "other"})
"""Classes in which one line is not one company."""


def is_fund(item: PositionValue) -> bool:
    """Say whether a holding is a fund: by the table of instruments, else by its name."""
    known = item.classification
    if known.expense is not None:
        return known.expense.of_fund
    # Of what the table has, only funds may be without known expenses.
    in_table = any(known.statement(dimension).origin == "table" for dimension in DIMENSIONS)
    return in_table or bool(_FUND.search(item.name or ""))


def is_company(item: PositionValue) -> bool:
    """Say whether a holding is one company; what nobody says anything of may as well be a fund."""
    if item.asset_class in _SPREAD_CLASSES or is_fund(item):
        return False
    return item.asset_class != UNCLASSIFIED or bool(item.name)
