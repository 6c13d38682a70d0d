"""Counting what a run's own agent uses while it is driven. It decides nothing."""

import time
from dataclasses import dataclass

from alex_agent_models import ModelPrice

from alex_runs.usage import Usage, cost_of


@dataclass(frozen=True)
class Tokens:
    """Tokens of a run since its beginning, as the Agents SDK counts them."""

    input: int
    cached_input: int
    output: int
    last_call: int
    """Read and written by the last model call."""


class Meter:
    """What a run has used up to now: what was committed before, and this stretch of driving it."""

    def __init__(self, model: str, price: ModelPrice | None, used: Usage) -> None:
        self._model = model
        self._price = price
        self._used = used
        self._begun = time.monotonic()

    @property
    def usage(self) -> Usage:
        """What the run's own agent has used."""
        seconds = self._used.seconds + time.monotonic() - self._begun
        return self._used.model_copy(update={"seconds": round(seconds, 3)})

    def add_call(self, tokens: Tokens) -> None:
        """Count a model call that was answered, at the price of today."""
        used = self._used
        call = Usage(
            requests=1,
            input_tokens=max(0, tokens.input - used.input_tokens),
            cached_input_tokens=max(0, tokens.cached_input - used.cached_input_tokens),
            output_tokens=max(0, tokens.output - used.output_tokens),
        )
        self._used = used.plus(call.model_copy(update={"cost": cost_of(self._price, self._model, call)}))
