"""A portfolio with activity, lots, prices over time and a target: every figure of a plan can be computed of it."""

from datetime import date, timedelta
from typing import Any

import numpy as np

ACTIVITY = (
    "Date,Action,Symbol,Description,Quantity,Price,Fees & Comm,Amount\n"
    '11/20/2026,Buy,VT,Vanguard Total World Stock ETF,10,$300,,"-$3,000.00"\n'
    '03/02/2026,Buy,ACME,Acme Works,20,$50,,"-$1,000.00"\n'
    '06/02/2025,Buy,VT,Vanguard Total World Stock ETF,20,$200,,"-$4,000.00"\n'
    '06/03/2025,Buy,BND,Vanguard Total Bond Market ETF,40,$75,,"-$3,000.00"\n'
)
"""Two lots of one fund, a bond fund and a share, as Schwab writes it."""
LAST = date(2026, 11, 23)
TARGET = {"equity": "0.5", "bond": "0.5"}
GOALS = {
    "horizon_years": 30,
    "years_to_retirement": 5,
    "annual_spending": 600,
    "annual_contribution": 0,
}


def prices(days: int = 540) -> str:
    """Return a file of prices of all three, and of an index, one for each day up to the last."""
    generator = np.random.default_rng(7)
    rows = ["date,symbol,price,currency"]
    for symbol, last in (("VT", 310), ("BND", 74), ("ACME", 55), ("INDEX", 5000)):
        steps = np.cumprod(1 + generator.normal(0, 0.01, days))
        for number, price in enumerate(last * steps / steps[-1]):
            day = LAST - timedelta(days=days - 1 - number)
            rows.append(f"{day.isoformat()},{symbol},{price:.2f},USD")
    return "\n".join(rows) + "\n"


def wanted() -> dict[str, Any]:
    """Return what a plan with every figure is asked for with."""
    options = {
        "prices": prices(), "benchmark": "INDEX", "cost_rate": "0.001", "tax_rate": "0.25",
        "classes": [{"symbol": "ACME", "asset_class": "equity"}],
    }  # fmt: skip
    return {"target": TARGET, "goals": GOALS, "analysis": options}
