"""What the tokens of a model cost: a table of the user's, because prices change and none is built in."""

from decimal import Decimal

from pydantic import BaseModel, ConfigDict, Field

TOKENS_PER_PRICE = 1_000_000
"""Tokens that a price is for, as the providers quote them."""


class ModelPrice(BaseModel):
    """Prices of one model in US dollars per million tokens."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    input: Decimal = Field(ge=0)
    output: Decimal = Field(ge=0)
    cached_input: Decimal | None = Field(default=None, ge=0, description="As `input` where the provider has none.")

    def usd(self, *, input_tokens: int, cached_input_tokens: int, output_tokens: int) -> Decimal:
        """Return what these tokens cost; the cached ones are part of the input."""
        cached = self.input if self.cached_input is None else self.cached_input
        fresh_tokens = input_tokens - cached_input_tokens
        parts = fresh_tokens * self.input + cached_input_tokens * cached + output_tokens * self.output
        return parts / TOKENS_PER_PRICE


FREE = ModelPrice(input=Decimal(0), output=Decimal(0))
"""The built-in model runs in the process itself."""
