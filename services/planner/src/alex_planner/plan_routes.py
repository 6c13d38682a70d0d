"""A finished plan as a document."""

from typing import Annotated

from alex_edge import Owner
from alex_runs import RunEngine
from alex_runs.routes import engine_of
from fastapi import APIRouter, Depends
from fastapi.responses import PlainTextResponse

from alex_planner.errors import PlanNotReady
from alex_planner.plan import Plan
from alex_planner.plan_markdown import render_plan

router = APIRouter(prefix="/runs", tags=["plans"])


@router.get("/{run_id}/plan.md", response_class=PlainTextResponse)
async def plan_markdown(
    run_id: str, owner: Owner, engine: Annotated[RunEngine, Depends(engine_of)]
) -> PlainTextResponse:
    """Return the plan of a completed or partial run as Markdown; 409 while there is none."""
    run = (await engine.store.get(owner, run_id)).view
    if run.output is None:
        raise PlanNotReady(run_id, run.status.value, run.error.message if run.error else None)
    return PlainTextResponse(render_plan(Plan.model_validate(run.output)), media_type="text/markdown; charset=utf-8")
