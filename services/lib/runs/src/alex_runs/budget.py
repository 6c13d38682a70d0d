"""What a run may spend at the most, what of it is left, and what of that a delegated run is given.

The runs that a run delegates to spend its budget: each is started with a share, and all that it was given counts as
spent until it is over and has said what it really used. So no number of runs side by side spends more than the whole.
"""

from decimal import ROUND_DOWN, Decimal
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

from alex_runs.usage import KnownCost, Usage

SECONDS_SHARE: Final = 0.75
"""Part of the seconds left that a delegated run may take; the rest is for reading its result and writing the answer."""
_CENT_OF_A_CENT: Final = Decimal("0.0001")


class Budget(BaseModel):
    """The most that a run and the runs it delegates to may use together; what is not given is not limited."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    turns: Annotated[int, Field(ge=1, description="Model calls.")] | None = None
    tokens: Annotated[int, Field(ge=1, description="Tokens read and written.")] | None = None
    usd: Annotated[Decimal, Field(gt=0, description="US dollars, by the price table of the service.")] | None = None
    seconds: Annotated[float, Field(gt=0, description="Seconds in which the run is driven.")] | None = None

    @property
    def is_unlimited(self) -> bool:
        """Whether it limits nothing."""
        return self == NO_BUDGET


NO_BUDGET: Final = Budget()


class Limit(BaseModel):
    """A limit of a budget that stops a run."""

    name: str
    message: str


class Spending:
    """How much of a budget is gone: what the run used itself, and what it has given away."""

    def __init__(self, budget: Budget, own: Usage) -> None:
        self.budget = budget
        self._own = own
        self._given: list[tuple[Budget, Usage, bool]] = []

    def add_run(self, budget: Budget, usage: Usage, *, over: bool) -> None:
        """Count a delegated run: all of `budget` while it is open, its `usage` when it is over."""
        self._given.append((budget, usage, over))

    def reached(self, *, before_a_call: bool, last_call_tokens: int = 0) -> Limit | None:
        """Return the limit that forbids to go on, if any.

        Args:
            before_a_call: whether the model is to be called; tools may still run when the tokens are gone.
            last_call_tokens: tokens of the last call. The next one reads them all again, so a call that cannot stay
                within the budget is not made.
        """
        seconds = self.budget.seconds
        if seconds is not None and self._own.seconds >= seconds:
            return Limit(name="seconds", message=f"the {seconds:g} seconds of its budget are over")
        return self._reached_by_calls(last_call_tokens) if before_a_call else None

    def seconds_left(self) -> float | None:
        """Return for how long the run may still be driven; None: without limit."""
        return None if self.budget.seconds is None else max(0.0, self.budget.seconds - self._own.seconds)

    def share(self, runs: int) -> Budget | None:
        """Return what each of `runs` delegated runs may have, so that as much is left for this one; else None."""
        parts = runs + 1
        turns, tokens = self._left_of_turns(), self._left_of_tokens()
        usd, seconds = self._left_of_usd(), self.seconds_left()
        if self.budget.usd is not None and usd is None:
            return None
        limits = {
            "turns": None if turns is None else turns // parts,
            "tokens": None if tokens is None else tokens // parts,
            "usd": None if usd is None else (usd / parts).quantize(_CENT_OF_A_CENT, ROUND_DOWN),
            "seconds": None if seconds is None else round(seconds * SECONDS_SHARE, 3),
        }
        if any(limit is not None and limit <= 0 for limit in limits.values()):
            return None
        return Budget.model_validate(limits)

    def _reached_by_calls(self, last_call_tokens: int) -> Limit | None:
        budget, turns, tokens, usd = self.budget, self._left_of_turns(), self._left_of_tokens(), self._left_of_usd()
        if turns is not None and turns < 1:
            return Limit(name="turns", message=f"the {budget.turns} model calls of its budget are spent")
        if tokens is not None and tokens <= last_call_tokens:
            return Limit(
                name="tokens", message=f"another model call would exceed the {budget.tokens} tokens of its budget"
            )
        if budget.usd is not None and usd is None:
            return Limit(name="usd", message=f"its budget is {budget.usd} USD and what it has cost is not known")
        if usd is not None and usd <= 0:
            return Limit(name="usd", message=f"the {budget.usd} USD of its budget are spent")
        return None

    def _left_of_turns(self) -> int | None:
        if self.budget.turns is None:
            return None
        return (
            self.budget.turns
            - self._own.requests
            - sum(
                usage.requests if over or budget.turns is None else budget.turns for budget, usage, over in self._given
            )
        )

    def _left_of_tokens(self) -> int | None:
        if self.budget.tokens is None:
            return None
        return (
            self.budget.tokens
            - self._own.tokens
            - sum(
                usage.tokens if over or budget.tokens is None else budget.tokens for budget, usage, over in self._given
            )
        )

    def _left_of_usd(self) -> Decimal | None:
        """Return the dollars left; None when there is no limit, or when what was spent is not known."""
        if self.budget.usd is None:
            return None
        costs = [self._own.cost, *(usage.cost for _, usage, over in self._given if over)]
        known = [cost.usd for cost in costs if isinstance(cost, KnownCost)]
        if len(known) < len(costs):
            return None
        return self.budget.usd - sum(known) - sum(budget.usd or 0 for budget, _, over in self._given if not over)
