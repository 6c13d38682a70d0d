"""How keys of the figures are called in prose and tables. Nothing is computed here."""

import re
from collections.abc import Sequence

NONE = "–"
MAX_NAMED = 5
"""Names that an enumeration gives; of more, the rest is counted."""
_CLASSES = {
    "equity": "shares",
    "bond": "bonds",
    "cash": "cash",
    "real_estate": "real estate",
    "commodity": "commodities",
    "other": "other",
    "unclassified": "not known",
    "Not applicable": "does not apply",
}
MODELS = {
    "log_normal": "planning assumptions",
    "block_bootstrap": "blocks of history",
    "historical_sequences": "every stretch of history",
}
"""What the models of returns are called."""
_ASSUMPTIONS = {
    "fee": "fees",
    "spending.share_at_start": "part of a year's spending that is paid at its start",
    "history.block_years": "length of the blocks of history",
    "history.first_year": "first year of history",
}
_QUANTITIES = {"real return": "real return of", "volatility": "volatility of", "correlation": "correlation of"}
_REGISTERED = re.compile(r"[A-Z]{2}[A-Z0-9]{9}[0-9]|[0-9A-Z]{8}[0-9]")
"""Numbers of registers that stand where a symbol is expected: ISIN, and CUSIP or a number of a broker like it."""


def spoken(key: str) -> str:
    """Return a class, model or other key as words."""
    return _CLASSES.get(key) or MODELS.get(key) or key.replace("_", " ")


def assumption_name(name: str) -> str:
    """Return `real return of shares` for `equity.real_return`."""
    if name in _ASSUMPTIONS:
        return _ASSUMPTIONS[name]
    parts = [part.replace("_", " ") for part in name.split(".")]
    if parts[0] == "correlation" and len(parts) > 2:  # noqa: PLR2004  correlation.one.other
        return f"correlation of {' and '.join(spoken(part.replace(' ', '_')) for part in parts[1:])}"
    if parts[-1] in _QUANTITIES and len(parts) > 1:
        return f"{_QUANTITIES[parts[-1]]} {spoken(parts[0].replace(' ', '_'))}"
    return ", ".join(parts)


def called(symbol: str, name: str | None) -> str:
    """Return what a holding is called in a title: its name where the symbol is a number of a register."""
    return name if name and _REGISTERED.fullmatch(symbol) else symbol


def listed(names: Sequence[str]) -> str:
    """Return names as an enumeration, at most `MAX_NAMED` of them."""
    left = len(names) - MAX_NAMED
    shown = ", ".join(names[:MAX_NAMED])
    return f"{shown} and {left} other{'s' if left > 1 else ''}" if left > 0 else shown


def points(fraction: object) -> str:
    """Return `+3.2` for a fraction of 0.032: percentage points with their sign."""
    return f"{float(str(fraction)) * 100:+.1f}"
