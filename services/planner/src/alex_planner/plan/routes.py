"""Plans over HTTP: list, read, write down, open a figure or a claim, and make again. Parse, call, answer."""

from typing import Annotated, cast

from alex_edge import Owner, UpstreamUnavailable
from alex_mcp_client import McpToolFailed
from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from alex_planner.errors import ClaimNotFound, FactNotFound
from alex_planner.facts import Fact
from alex_planner.knowledge import KnowledgeBase, QuoteContext
from alex_planner.plan.document import document_of
from alex_planner.plan.evidence import Finding
from alex_planner.plan.making import PlanMaking, Replay
from alex_planner.plan.markdown import to_markdown
from alex_planner.plan.schema import Plan
from alex_planner.plan.store import MAX_LISTED, PlanSummary, StoredPlan
from alex_planner.portfolio_requests import Store

router = APIRouter(prefix="/plans", tags=["plans"])


class PlanPage(BaseModel):
    """Some plans, newest first."""

    plans: list[PlanSummary]
    next_before: str | None = Field(description="Ask for the next page with it; null on the last one.")


class FactList(BaseModel):
    """Every figure of a plan."""

    facts: list[Fact]


class OpenedFact(BaseModel):
    """A figure with its calculation."""

    fact: Fact
    inputs: list[Fact] = Field(description="The figures that it was computed from; each can be opened too.")
    used_in: list[str] = Field(description="Ids of the recommendations that rest on it.")


class OpenedClaim(BaseModel):
    """A claim with its quote as it stands in the stored document."""

    finding: Finding
    context: QuoteContext | None = Field(description="The words around the quote; null when they could not be read.")
    not_read: str | None = Field(description="Why there is no context.")
    used_in: list[str] = Field(description="Ids of the recommendations that rest on it, or are weakened by it.")


async def _stored(plan_id: str, owner: Owner, store: Store) -> StoredPlan:
    return await store.plans.get(owner, plan_id)


def _knowledge(request: Request) -> KnowledgeBase:
    return cast("KnowledgeBase", request.app.state.knowledge)


def _making(request: Request) -> PlanMaking:
    return cast("PlanMaking", request.app.state.making)


ExistingPlan = Annotated[StoredPlan, Depends(_stored)]
Knowledge = Annotated[KnowledgeBase, Depends(_knowledge)]
Making = Annotated[PlanMaking, Depends(_making)]


@router.get("")
async def list_plans(
    owner: Owner,
    store: Store,
    limit: Annotated[int, Query(ge=1, le=MAX_LISTED)] = 50,
    before: Annotated[str | None, Query(description="Id of the last plan of the page before.")] = None,
    portfolio_id: Annotated[str | None, Query(description="Only plans of this snapshot.")] = None,
) -> PlanPage:
    """List the plans of the owner, newest first."""
    plans = await store.plans.page(owner, limit=limit, before=before, portfolio_id=portfolio_id)
    return PlanPage(plans=plans, next_before=plans[-1].id if len(plans) == limit else None)


@router.get("/{plan_id}", response_model=Plan)
async def get_plan(stored: ExistingPlan) -> Response:
    """Return a plan, to the byte as it was stored; the entity tag is the hash of it."""
    return Response(stored.content, media_type="application/json", headers={"etag": f'"{stored.content_hash}"'})


@router.get("/{plan_id}/plan.md", response_class=PlainTextResponse)
async def plan_markdown(stored: ExistingPlan) -> PlainTextResponse:
    """Return a plan as Markdown."""
    text = await run_in_threadpool(lambda: to_markdown(document_of(stored.plan, stored.facts)))
    return PlainTextResponse(text, media_type="text/markdown; charset=utf-8")


@router.get(
    "/{plan_id}/plan.pdf",
    response_class=Response,
    responses={200: {"content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}}},
)
async def plan_pdf(stored: ExistingPlan) -> Response:
    """Return a plan as PDF; the same plan gives the same bytes."""
    from alex_planner.plan.pdf import to_pdf  # noqa: PLC0415  its library takes a third of a second to load

    content = await run_in_threadpool(lambda: to_pdf(document_of(stored.plan, stored.facts)))
    return Response(content, media_type="application/pdf")


@router.get("/{plan_id}/facts")
async def list_facts(stored: ExistingPlan) -> FactList:
    """List every figure of a plan."""
    return FactList(facts=list(stored.facts))


@router.get("/{plan_id}/facts/{fact_id:path}")
async def open_fact(plan_id: str, fact_id: str, stored: ExistingPlan) -> OpenedFact:
    """Open a figure: its value, how it was computed, and from which figures."""
    facts = {fact.id: fact for fact in stored.facts}
    if fact_id not in facts:
        raise FactNotFound(plan_id, fact_id)
    fact = facts[fact_id]
    used_in = [item.id for item in stored.plan.recommendations if fact_id in item.figures]
    return OpenedFact(fact=fact, inputs=[facts[name] for name in fact.computed_from if name in facts], used_in=used_in)


@router.get("/{plan_id}/claims/{finding_id}")
async def open_claim(
    plan_id: str, finding_id: str, owner: Owner, stored: ExistingPlan, knowledge: Knowledge
) -> OpenedClaim:
    """Open a claim: its quote, and what stands around it in the very version of the document that it was read in."""
    plan = stored.plan
    finding = next((item for item in plan.findings if item.id == finding_id), None)
    if finding is None:
        raise ClaimNotFound(plan_id, finding_id)
    used_in = [item.id for item in plan.recommendations if finding_id in (*item.evidence, *item.counter_evidence)]
    context, reason = None, None
    try:
        context = await knowledge.context(owner, finding)
        reason = None if context else "the stored document has other words at this place"
    except (McpToolFailed, UpstreamUnavailable) as exc:
        reason = exc.message
    return OpenedClaim(finding=finding, context=context, not_read=reason, used_in=used_in)


@router.post("/{plan_id}/replay")
async def replay(owner: Owner, stored: ExistingPlan, making: Making) -> Replay:
    """Make a plan again from what is stored with it, and say whether it is the same to the byte; nothing is changed."""
    return await making.replay(owner, stored)
