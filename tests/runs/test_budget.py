"""Budgets of runs: what is quoted before, what stops a run, and what its bill says."""

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import pytest
from agents import Usage as SdkUsage
from agents.testing import ModelCall, ModelStep, ScriptedModel, assistant_message, function_call
from alex_agent_models import ChosenModel, ModelPrice
from alex_edge import InvalidInput
from alex_runs import Budget, Finished, KnownCost, Revision, RunEngine, RunStatus, RunStore, UnknownCost, Usage
from alex_runs.budget import Spending
from alex_runs.job import Ending, RunScope
from alex_runs.rows import Run
from alex_runs.usage import cost_of
from typing_extensions import override

from .conftest import NoteInput, NoteJob, NoteOutput

pytestmark = pytest.mark.anyio
PRICE = ModelPrice(input=Decimal(2), cached_input=Decimal("0.5"), output=Decimal(10))
CALL = SdkUsage(requests=1, input_tokens=900, output_tokens=100, total_tokens=1_000)
"""What each scripted model call reports."""


class Salvaging(NoteJob):
    """Makes what it can of a run that its budget stopped."""

    @override
    async def finish(self, scope: RunScope, ending: Ending) -> Finished | Revision:
        noted = ending.data.get("noted", [])
        text = ending.stopped or str(ending.final_output)
        return Finished(RunStatus.COMPLETED, NoteOutput.model_validate({"text": text, "noted": noted}))


def step(output: Sequence[Any]) -> ModelStep:
    """A model call with its tokens."""
    return ModelStep(output=output, usage=CALL)


def three_turns() -> ScriptedModel:
    """A model that notes twice and ends: 1,000 tokens a call."""
    return ScriptedModel(
        [
            step([function_call("note", {"text": "a"}, call_id="c1")]),
            step([function_call("note", {"text": "b"}, call_id="c2")]),
            step([assistant_message("done")]),
        ]
    )


def priced(model: ScriptedModel, price: ModelPrice | None = PRICE) -> ChosenModel:
    """The model with a price."""
    return ChosenModel(model, "scripted", builtin=False, price=price)


async def run_with(store: RunStore, budget: Budget, model: ScriptedModel | None = None, key: str = "k") -> Run:
    """Drive a run with this budget to its end."""
    model = model or three_turns()
    engine = RunEngine(store, Salvaging(model), priced(model))
    run = await engine.create("local", NoteInput(topic="t"), key, budget)
    async with asyncio.timeout(20):
        return await engine.advance("local", run.id, 15)


async def test_the_receipt_counts_calls_tokens_seconds_and_cost(store: RunStore) -> None:
    """Ours: 2,700 tokens read at 2 and 300 written at 10 dollars per million are 0.0084 dollars."""
    receipt = (await run_with(store, Budget())).view.receipt
    assert (receipt.own.requests, receipt.own.input_tokens, receipt.own.output_tokens) == (3, 2_700, 300)
    assert receipt.own.cost == KnownCost(usd=Decimal("0.0084"))
    assert receipt.own.seconds > 0
    assert receipt.total == receipt.own
    assert receipt.delegated == Usage.nothing()


@pytest.mark.parametrize(
    ("budget", "calls", "limit"),
    [
        pytest.param(Budget(turns=2), 2, "turns", id="turns"),
        pytest.param(Budget(tokens=2_500), 2, "tokens", id="tokens"),
        pytest.param(Budget(usd=Decimal("0.0050")), 2, "usd", id="money"),
    ],
)
async def test_a_limit_stops_a_run_before_the_call_that_would_exceed_it(
    store: RunStore, budget: Budget, calls: int, limit: str
) -> None:
    """Ours: cap during; what the tools brought is kept, and the result is partial whatever its job says."""
    model = three_turns()
    run = await run_with(store, budget, model)
    assert len(model.calls) == calls
    assert run.view.status is RunStatus.PARTIAL
    assert run.view.error is not None
    assert (run.view.error.code, run.view.error.detail) == ("budget_spent", {"limit": limit})
    assert run.view.output is not None
    assert run.view.output["noted"] == ["a", "b"]
    assert run.view.output["text"] == run.view.error.message
    assert [e.type for e in await store.events_after(run.id, 0)][-2:] == ["budget_spent", "finished"]


async def test_a_budget_that_is_enough_changes_nothing(store: RunStore) -> None:
    """Ours: a run that just keeps within all limits is completed."""
    budget = Budget(turns=3, tokens=3_001, usd=Decimal("0.0085"), seconds=15)
    run = await run_with(store, budget)
    assert run.view.status is RunStatus.COMPLETED
    assert run.view.error is None
    assert run.view.budget == budget


async def test_the_seconds_end_a_model_call_that_never_answers(store: RunStore) -> None:
    """Ours: seconds bound the phase itself."""

    async def never(_: ModelCall) -> Sequence[Any]:
        await asyncio.Event().wait()
        return []

    model = ScriptedModel([ModelStep.respond(never)])
    run = await run_with(store, Budget(seconds=0.3), model)
    assert run.view.status is RunStatus.PARTIAL
    assert run.view.error is not None
    assert run.view.error.detail == {"limit": "seconds"}
    assert run.view.receipt.own.seconds >= 0.3


async def test_seconds_count_over_requests_and_only_while_somebody_drives(store: RunStore) -> None:
    """Ours: a client that leaves does not reset the clock, and waiting for the next one is free."""

    async def never(_: ModelCall) -> Sequence[Any]:
        await asyncio.Event().wait()
        return []

    model = ScriptedModel([ModelStep.respond(never)] * 20)
    engine = RunEngine(store, Salvaging(model), priced(model))
    run = await engine.create("local", NoteInput(topic="t"), "k", Budget(seconds=0.5))
    for _ in range(20):
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(0.15):
                await engine.advance("local", run.id, 15)
                break
    ended = await store.get("local", run.id)
    assert ended.view.status is RunStatus.PARTIAL
    assert ended.view.receipt.own.seconds >= 0.5
    assert len(model.calls) >= 2


class Unhappy(Salvaging):
    """Sends every output back."""

    @override
    async def finish(self, scope: RunScope, ending: Ending) -> Finished | Revision:
        if ending.stopped is None:
            return Revision("once more", ending.data)
        return await super().finish(scope, ending)


async def test_an_output_is_revised_only_within_the_budget(store: RunStore) -> None:
    """Ours: when no call is left, the job makes do with the output it has."""
    model = ScriptedModel([step([assistant_message(text)]) for text in ("one", "two", "three")])
    engine = RunEngine(store, Unhappy(model), priced(model))
    run = await engine.create("local", NoteInput(topic="t"), "k", Budget(turns=2))
    ended = await engine.advance("local", run.id, 15)
    assert ended.view.status is RunStatus.PARTIAL
    assert len(model.calls) == ended.view.receipt.own.requests == 2
    assert ended.view.receipt.own.tokens == 2_000


async def test_an_unknown_price_gives_an_unknown_cost_and_refuses_a_budget_in_money(store: RunStore) -> None:
    """Ours: no price is ever made up, and a limit that cannot be kept is not taken."""
    model = three_turns()
    engine = RunEngine(store, NoteJob(model), priced(model, price=None))
    with pytest.raises(InvalidInput, match="ALEX_MODEL_PRICES") as refused:
        await engine.create("local", NoteInput(topic="t"), "k", Budget(usd=Decimal(1)))
    assert refused.value.detail == {"field": "budget.usd"}
    run = await engine.create("local", NoteInput(topic="t"), "k", Budget(tokens=9_000))
    ended = await engine.advance("local", run.id, 15)
    assert ended.view.status is RunStatus.COMPLETED
    assert isinstance(ended.view.receipt.total.cost, UnknownCost)
    assert "scripted" in ended.view.receipt.total.cost.reason


async def test_a_model_that_reports_no_tokens_has_no_known_cost() -> None:
    """Ours: a call without its tokens was not free."""
    assert isinstance(cost_of(PRICE, "m", Usage(requests=1)), UnknownCost)
    free = ModelPrice(input=Decimal(0), output=Decimal(0))
    assert cost_of(free, "built-in", Usage(requests=1)) == KnownCost(usd=Decimal(0))
    cached = Usage(requests=1, input_tokens=1_000_000, cached_input_tokens=400_000)
    assert cost_of(PRICE, "m", cached) == KnownCost(usd=Decimal("1.4"))


async def test_a_quote_rests_on_earlier_runs_and_starts_nothing(store: RunStore) -> None:
    """Ours: quote before; nothing is assumed when there is nothing to go by."""
    model = three_turns()
    engine = RunEngine(store, Salvaging(model), priced(model))
    first = await engine.quote("local", NoteInput(topic="t"))
    assert (first.based_on_runs, first.typical, first.most) == (0, None, None)
    await run_with(store, Budget(), key="one")
    await run_with(store, Budget(turns=1), key="stopped early, so no experience")
    quote = await engine.quote("local", NoteInput(topic="t"), Budget(turns=2))
    assert quote.based_on_runs == 1
    assert quote.typical is not None
    assert (quote.typical.requests, quote.typical.tokens) == (3, 3_000)
    assert quote.typical.cost == KnownCost(usd=Decimal("0.0084"))
    assert quote.budget == Budget(turns=2)
    assert (await engine.quote("somebody else", NoteInput(topic="t"))).based_on_runs == 0
    assert len(await store.page("local", limit=10)) == 2


def spent(tokens: int, turns: int = 1, usd: str = "0.1") -> Usage:
    """A usage."""
    return Usage(requests=turns, input_tokens=tokens, cost=KnownCost(usd=Decimal(usd)))


def test_shares_of_open_runs_count_as_spent_until_they_are_over() -> None:
    """Ours: runs side by side never spend more than the whole, and what they leave can be spent again."""
    budget = Budget(turns=10, tokens=10_000, usd=Decimal(1), seconds=100)
    spending = Spending(budget, spent(1_000))
    first = spending.share(2)
    assert first == Budget(turns=3, tokens=3_000, usd=Decimal("0.3000"), seconds=75)
    spending.add_run(first, spent(500), over=False)
    assert spending.share(1) == Budget(turns=3, tokens=3_000, usd=Decimal("0.3000"), seconds=75)
    left_over = Spending(budget, spent(1_000))
    left_over.add_run(first, spent(500), over=True)
    assert left_over.share(1) == Budget(turns=4, tokens=4_250, usd=Decimal("0.4000"), seconds=75)
    assert Spending(Budget(turns=2), spent(0, turns=1)).share(1) is None
    assert Spending(Budget(), spent(1_000)).share(3) == Budget()


def test_a_delegated_run_whose_cost_is_unknown_stops_a_budget_in_money() -> None:
    """Ours: fail closed."""
    spending = Spending(Budget(usd=Decimal(1)), Usage.nothing())
    spending.add_run(Budget(), Usage(requests=1, cost=UnknownCost(reason="no price")), over=True)
    limit = spending.reached(before_a_call=True)
    assert limit is not None
    assert limit.name == "usd"
    assert spending.share(1) is None


async def test_the_same_key_keeps_the_first_budget(engine_with: Callable[[NoteJob], RunEngine]) -> None:
    """Ours: a parent that repeats its delegation later, with less left, finds the run that it started."""
    engine = engine_with(NoteJob(three_turns()))
    first = await engine.create("local", NoteInput(topic="t"), "k", Budget(turns=5))
    again = await engine.create("local", NoteInput(topic="t"), "k", Budget(turns=4))
    assert again.id == first.id
    assert again.view.budget == Budget(turns=5)
