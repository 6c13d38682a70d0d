"""What a run may use, will probably use and has used, as options and lines of the commands."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from alex_tools.client import ServiceClient


@dataclass(frozen=True)
class BudgetOrder:
    """The most that a run may use; None is no limit."""

    usd: float | None = None
    tokens: int | None = None
    seconds: float | None = None

    def as_request(self) -> dict[str, object]:
        """Return the field `budget` of a request; empty when nothing is limited."""
        given = {name: value for name, value in asdict(self).items() if value is not None}
        return {"budget": given} if given else {}


NO_BUDGET = BudgetOrder()


def quote_line(client: ServiceClient, body: Mapping[str, object]) -> str:
    """Return what the run with this body will probably use.

    Raises:
        BadInput: the budget cannot be kept, or the body cannot be used.
        AlexError: the service does not answer.
    """
    quote = client.post("/runs/quote", body)
    limits = limits_line(quote.get("budget"))
    held_to = f"; held to {limits}" if limits else ""
    typical, most = quote.get("typical"), quote.get("most")
    if not isinstance(typical, dict) or not isinstance(most, dict):
        return f"what it will use is not known yet: no earlier run by {quote.get('model')}{held_to}"
    runs = quote.get("based_on_runs")
    earlier = "the run before" if runs == 1 else f"{runs} earlier runs"
    return f"will probably use {used_line(typical)}; at most {used_line(most)} in {earlier}{held_to}"


def used_line(used: Mapping[str, object]) -> str:
    """Return what was used as one line."""
    tokens = _number(used, "input_tokens") + _number(used, "output_tokens")
    calls = _number(used, "requests")
    cost = used.get("cost")
    known = cost if isinstance(cost, dict) else {}
    price = (
        f"{float(str(known.get('usd'))):g} USD"
        if known.get("kind") == "known"
        else f"cost unknown ({known.get('reason')})"
    )
    plural = "" if calls == 1 else "s"
    return f"{calls:,.0f} model call{plural}, {tokens:,.0f} tokens, {_number(used, 'seconds'):.1f} s, {price}"


def limits_line(budget: object) -> str:
    """Return what a budget limits as one line, empty for nothing."""
    limits = budget.items() if isinstance(budget, dict) else ()
    return ", ".join(f"{value} {name}" for name, value in limits if value is not None)


def _number(used: Mapping[str, object], name: str) -> float:
    value = used.get(name)
    return float(value) if isinstance(value, int | float) else 0.0
