"""Briefs over HTTP: parse, call, answer."""

from typing import Annotated

from alex_edge import Owner
from fastapi import APIRouter, Query
from pydantic import AwareDatetime

from alex_researcher.briefs import brief_page, find_brief
from alex_researcher.schemas import Brief, BriefPage
from alex_researcher.topic_routes import Engine, Topics

router = APIRouter(tags=["briefs"])
MAX_LISTED = 100


@router.get("/briefs")
async def list_briefs(
    *,
    owner: Owner,
    topics: Topics,
    engine: Engine,
    since: Annotated[AwareDatetime | None, Query(description="Only of research that ended then or later.")] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LISTED)] = 50,
    before: Annotated[str | None, Query(description="Run of the last brief of the page before.")] = None,
) -> BriefPage:
    """List briefs with what each found to be different, the research that was asked for last first."""
    return await brief_page(engine.store, topics, owner, since=since, limit=limit, before=before)


@router.get("/briefs/{run_id}")
async def get_brief(run_id: str, owner: Owner, engine: Engine) -> Brief:
    """Return the brief that a run made."""
    return await find_brief(engine.store, owner, run_id)
