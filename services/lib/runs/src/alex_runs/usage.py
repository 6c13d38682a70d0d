"""What runs use, and what that costs: counted, never estimated."""

from decimal import Decimal
from typing import Annotated, Literal

from alex_agent_models import ModelPrice
from pydantic import BaseModel, Field


class KnownCost(BaseModel):
    """A cost by the price table."""

    kind: Literal["known"] = "known"
    usd: Decimal = Field(description="US dollars.")


class UnknownCost(BaseModel):
    """A cost that nobody can tell; it is not zero."""

    kind: Literal["unknown"] = "unknown"
    reason: str


Cost = Annotated[KnownCost | UnknownCost, Field(discriminator="kind")]
NO_COST = KnownCost(usd=Decimal(0))


class Usage(BaseModel):
    """What was used of the model, and for how long somebody worked on it; tokens are 0 for the built-in model."""

    requests: int = Field(default=0, description="Model calls that were answered: turns.")
    input_tokens: int = 0
    cached_input_tokens: int = Field(default=0, description="Part of `input_tokens`.")
    output_tokens: int = 0
    seconds: float = Field(
        default=0.0, description="Seconds in which the run was driven; waiting for a driver is free."
    )
    cost: Cost = Field(default_factory=lambda: UnknownCost(reason="it was not counted"))

    @classmethod
    def nothing(cls) -> "Usage":
        """Return the usage of a run that has not begun."""
        return cls(cost=NO_COST)

    @property
    def tokens(self) -> int:
        """Tokens read and written."""
        return self.input_tokens + self.output_tokens

    def plus(self, other: "Usage") -> "Usage":
        """Return the sum; a cost that is unknown on one side is unknown."""
        return Usage(
            requests=self.requests + other.requests,
            input_tokens=self.input_tokens + other.input_tokens,
            cached_input_tokens=self.cached_input_tokens + other.cached_input_tokens,
            output_tokens=self.output_tokens + other.output_tokens,
            seconds=round(self.seconds + other.seconds, 3),
            cost=_sum(self.cost, other.cost),
        )


class Receipt(BaseModel):
    """What a run has used so far, and after its end what it came to."""

    own: Usage = Field(description="By the run's own agent.")
    delegated: Usage = Field(description="By the runs that it delegated to, and theirs.")
    delegated_runs: int
    total: Usage


def cost_of(price: ModelPrice | None, model: str, usage: Usage) -> Cost:
    """Return what the tokens of `usage` cost by `price`."""
    if price is None:
        return UnknownCost(reason=f"the price of {model or 'the model'} is not set in ALEX_MODEL_PRICES")
    if usage.requests and not usage.tokens and (price.input or price.output):
        return UnknownCost(reason=f"{model} did not report its tokens")
    usd = price.usd(
        input_tokens=usage.input_tokens,
        cached_input_tokens=usage.cached_input_tokens,
        output_tokens=usage.output_tokens,
    )
    return KnownCost(usd=usd)


def total_of(usages: list[Usage]) -> Usage:
    """Return the sum of several usages."""
    total = Usage.nothing()
    for usage in usages:
        total = total.plus(usage)
    return total


def _sum(one: Cost, other: Cost) -> Cost:
    if isinstance(one, UnknownCost):
        return one
    if isinstance(other, UnknownCost):
        return other
    return KnownCost(usd=one.usd + other.usd)
