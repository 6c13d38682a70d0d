"""What a run will probably use: what earlier ones have used. Nothing is assumed about the first."""

import statistics
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Final

from alex_runs.budget import Budget
from alex_runs.schemas import Quote
from alex_runs.usage import Cost, KnownCost, Receipt, UnknownCost, Usage

QUOTE_RUNS: Final = 20
"""How many earlier runs a quote looks at."""

_Figure = Callable[[Sequence[float]], float]


def quote_from(earlier: Sequence[Receipt], model: str, budget: Budget, max_turns: int) -> Quote:
    """Return a quote from what earlier runs came to, delegated runs included.

    `max_turns` bounds the run's own agent, so only a run that delegated nothing is bounded by it as a whole.
    """
    totals = [receipt.total for receipt in earlier]
    return Quote(
        model=model,
        based_on_runs=len(totals),
        typical=_figures(totals, statistics.median) if totals else None,
        most=_figures(totals, max) if totals else None,
        budget=budget,
        max_own_turns=max_turns,
    )


def _figures(totals: Sequence[Usage], figure: _Figure) -> Usage:
    return Usage(
        requests=round(figure([usage.requests for usage in totals])),
        input_tokens=round(figure([usage.input_tokens for usage in totals])),
        cached_input_tokens=round(figure([usage.cached_input_tokens for usage in totals])),
        output_tokens=round(figure([usage.output_tokens for usage in totals])),
        seconds=round(figure([usage.seconds for usage in totals]), 3),
        cost=_cost([usage.cost for usage in totals], figure),
    )


def _cost(costs: Sequence[Cost], figure: _Figure) -> Cost:
    known = [float(cost.usd) for cost in costs if isinstance(cost, KnownCost)]
    if not known:
        return UnknownCost(reason="of no earlier run the cost is known")
    return KnownCost(usd=Decimal(str(round(figure(known), 6))))
