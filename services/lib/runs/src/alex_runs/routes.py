"""The runs contract over HTTP, for any job."""

import asyncio
import json
import logging
from collections.abc import AsyncIterable
from typing import Annotated, Final, cast

from alex_edge import InvalidInput, Owner
from fastapi import APIRouter, Depends, Header, Query, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import BaseModel, create_model

from alex_runs.budget import NO_BUDGET, Budget
from alex_runs.engine import POLL_SECONDS, RunEngine
from alex_runs.rows import Run
from alex_runs.schemas import MAX_BUDGET_SECONDS, AdvanceRequest, ModelView, OpenRuns, Quote, RunPage, RunView

_log = logging.getLogger(__name__)

MAX_PAGE: Final = 200
_RECONNECT_MS: Final = 500
"""How soon a follower comes back after the stream was closed."""


def engine_of(request: Request) -> RunEngine:
    """Return the engine that the service's lifespan put into `app.state.engine`."""
    return cast("RunEngine", request.app.state.engine)


Engine = Annotated[RunEngine, Depends(engine_of)]


async def _existing_run(run_id: str, owner: Owner, engine: Engine) -> Run:
    return await engine.store.get(owner, run_id)


# Checked before the stream begins: an error raised inside of it would come too late for a status.
ExistingRun = Annotated[Run, Depends(_existing_run)]


def _last_sequence(last_event_id: Annotated[str | None, Header()] = None) -> int:
    if last_event_id is None:
        return 0
    if not last_event_id.isdecimal():
        raise InvalidInput("Last-Event-ID must be the number of an event", field="Last-Event-ID")
    return int(last_event_id)


LastSequence = Annotated[int, Depends(_last_sequence)]


_ROUTES = APIRouter()
"""What is the same for runs of every kind."""


@_ROUTES.get("/model")
async def model(engine: Engine) -> ModelView:
    """Say which model the runs are created for, and what it costs."""
    return engine.model


@_ROUTES.get("/runs")
async def page(
    owner: Owner,
    engine: Engine,
    limit: Annotated[int, Query(ge=1, le=MAX_PAGE)] = 50,
    before: Annotated[str | None, Query(description="Id of the last run of the page before.")] = None,
) -> RunPage:
    """List the owner's runs, newest first."""
    found = await engine.store.page(owner, limit=limit, before=before)
    return RunPage(
        runs=[engine.summary(run) for run in found],
        next_before=found[-1].id if len(found) == limit else None,
    )


@_ROUTES.post("/runs/advance")
async def advance_open(body: AdvanceRequest, engine: Engine) -> OpenRuns:
    """Drive the open runs of all owners that nobody drives, for up to `budget_s`, as a scheduler asks for.

    The request stays open while there are such runs. Calling it again, also at the same time, starts nothing twice.
    """
    return await engine.advance_open(body.budget_s)


@_ROUTES.get("/runs/{run_id}")
async def show(run: ExistingRun) -> RunView:
    """Return a run as it is."""
    return run.view


@_ROUTES.post("/runs/{run_id}/advance")
async def advance(run: ExistingRun, body: AdvanceRequest, engine: Engine) -> RunView:
    """Drive a run for up to `budget_s` and return it."""
    return (await engine.advance(run.owner, run.id, body.budget_s)).view


@_ROUTES.post("/runs/{run_id}/cancel")
async def cancel(run: ExistingRun, engine: Engine) -> RunView:
    """End a run; one that is over stays as it is."""
    return (await engine.cancel(run.owner, run.id)).view


@_ROUTES.get("/runs/{run_id}/events", response_class=EventSourceResponse)
async def events(run: ExistingRun, engine: Engine, seq: LastSequence) -> AsyncIterable[ServerSentEvent]:
    """Follow a run, which is driven meanwhile; closes itself within 110 s, and when the run is over."""
    async for event in _follow(engine, run, seq):
        yield event


def run_routes(input_type: type[BaseModel]) -> APIRouter:
    """Return the routes of runs whose input is `input_type`."""
    router = APIRouter(tags=["runs"])
    request_type = request_of(input_type)

    @router.post("/runs", status_code=202)
    async def create(
        body: request_type,  # type: ignore[valid-type]
        owner: Owner,
        engine: Engine,
        idempotency_key: Annotated[str, Header(min_length=1, max_length=200)],
    ) -> RunView:
        """Create a run; the same `Idempotency-Key` and input give the same run, with its first budget."""
        run_input, budget = parts_of(body, input_type)
        return (await engine.create(owner, run_input, idempotency_key, budget)).view

    @router.post("/runs/quote")
    async def quote(
        body: request_type,  # type: ignore[valid-type]
        owner: Owner,
        engine: Engine,
    ) -> Quote:
        """Say what such a run will probably use; nothing is started."""
        run_input, budget = parts_of(body, input_type)
        return await engine.quote(owner, run_input, budget)

    router.include_router(_ROUTES)
    return router


def request_of(input_type: type[BaseModel]) -> type[BaseModel]:
    """Return the body of a request for a run: its input, and a budget beside it."""
    name = f"{input_type.__name__.removesuffix('Input')}Request"
    return create_model(name, __base__=input_type, __doc__=input_type.__doc__, budget=(Budget, NO_BUDGET))


def parts_of(body: BaseModel, input_type: type[BaseModel]) -> tuple[BaseModel, Budget]:
    """Return the input and the budget of a request."""
    values = {name: getattr(body, name) for name in type(body).model_fields}
    budget = values.pop("budget")
    return input_type.model_validate(values), cast("Budget", budget)


async def _follow(engine: RunEngine, run: Run, seq: int) -> AsyncIterable[ServerSentEvent]:
    driver = asyncio.create_task(engine.advance(run.owner, run.id, MAX_BUDGET_SECONDS))
    try:
        while True:
            # Asked for first: what a driver writes just before it ends must still be sent.
            ended = driver.done()
            for event in await engine.store.events_after(run.id, seq):
                seq = event.seq
                yield ServerSentEvent(
                    id=str(seq), event=event.type, raw_data=json.dumps(event.data), retry=_RECONNECT_MS
                )
            if ended:
                return
            await asyncio.wait([driver], timeout=POLL_SECONDS)
    finally:
        driver.cancel()
        (failure,) = await asyncio.gather(driver, return_exceptions=True)
        if isinstance(failure, Exception):
            _log.error("driving run %s ended with a failure", run.id, exc_info=failure)
