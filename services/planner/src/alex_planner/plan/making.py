"""Making a plan from its material, the first time and again: load what it rests on, compute, assemble."""

import asyncio
import hashlib
import json
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from agents.items import TResponseInputItem
from alex_agent_models import Answer, Transcript
from pydantic import BaseModel, Field

from alex_planner.analysis.gathering import Gathered
from alex_planner.builtin_model import RulePlanner
from alex_planner.choosing import candidates
from alex_planner.figures import Figures, compute_figures, with_what_ifs
from alex_planner.for_model import (
    figures_for_model,
    known_for_model,
    part_for_model,
    parts_of,
    research_for_model,
    task_of,
    what_if_for_model,
)
from alex_planner.notes import PlanNotes
from alex_planner.plan.assembling import assemble
from alex_planner.plan.before import before_of
from alex_planner.plan.changes import Before
from alex_planner.plan.draft import DraftPlan
from alex_planner.plan.evidence_facts import evidence_facts
from alex_planner.plan.material import Material
from alex_planner.plan.schema import Plan
from alex_planner.plan.store import PlanStore, StoredPlan, content_of, hash_of
from alex_planner.plan_input import PlanInput
from alex_planner.portfolio import Portfolio
from alex_planner.portfolio_store import PortfolioStore
from alex_planner.retirement.history import AnnualHistory

KEPT_GROUNDS = 8
"""Figures that are kept for the next tool of their run: as many runs as one instance drives at a time."""


class Replay(BaseModel):
    """A plan that was made again from its stored material, compared with the stored one."""

    plan_id: str
    identical: bool = Field(description="Whether both are the same to the byte.")
    stored_hash: str
    replayed_hash: str
    words: str = Field(
        description="written again: by the built-in model; as stored: another model's words are its own."
    )
    different: tuple[str, ...] = Field(description="Fields of the plan that differ; empty when identical.")


@dataclass(frozen=True)
class Ground:
    """What the figures of one run rest on and come to."""

    figures: Figures
    before: Before | None
    researched: Mapping[str, datetime]
    history: AnnualHistory


class PlanMaking:
    """Figures and plans of one owner's runs; everything is read from rows that do not change any more."""

    def __init__(self, portfolios: PortfolioStore, plans: PlanStore, history: AnnualHistory) -> None:
        self._portfolios = portfolios
        self._plans = plans
        self._history = history
        self._computed: OrderedDict[str, Ground] = OrderedDict()
        self._computing = asyncio.Lock()

    async def ground(self, owner: str, asked: PlanInput, created_at: datetime, notes: PlanNotes) -> Ground:
        """Return the figures of a run, compared with the plan before it, with the other goals that were tried.

        They are computed once for a run: the rows that they rest on do not change any more.

        Raises:
            PortfolioNotFound: the owner has no such portfolio.
        """
        gathered = notes.gathered.model_dump_json() if notes.gathered else ""
        rests_on = f"{owner}\n{created_at.isoformat()}\n{asked.model_dump_json()}\n{gathered}"
        key = hashlib.sha256(rests_on.encode()).hexdigest()
        # One after the other: tools of a run ask at the same time, and the first one answers for all.
        async with self._computing:
            found = self._computed.get(key) or await self._first_ground(owner, asked, created_at, notes.gathered)
            self._computed[key] = found
            self._computed.move_to_end(key)
            while len(self._computed) > KEPT_GROUNDS:
                self._computed.popitem(last=False)
        return await _with_what_ifs(found, notes)

    async def _first_ground(
        self, owner: str, asked: PlanInput, created_at: datetime, gathered: Gathered | None
    ) -> Ground:
        portfolio = await self._portfolios.get(owner, asked.portfolio_id)
        previous = await self._plans.previous(owner, portfolio.name, created_at)
        compared = before_of(previous) if previous else None
        researched = await self._plans.last_researched(owner, created_at)
        return await _ground(portfolio, asked, created_at, compared, researched, self._history, gathered)

    async def make(self, owner: str, material: Material, ground: Ground) -> Plan:
        """Put a plan together, store it, and return it as it is stored."""
        plan = await asyncio.to_thread(_assembled, material, ground)
        facts = (*ground.figures.facts, *evidence_facts(plan.findings))
        return (await self._plans.save(owner, plan, facts, material)).plan

    async def replay(self, owner: str, stored: StoredPlan) -> Replay:
        """Make a stored plan again: figures and checks anew, and the words too where the built-in model wrote them."""
        material = stored.material
        portfolio = await self._portfolios.get(owner, material.asked.portfolio_id)
        previous = material.previous_plan_id
        before = (await self._plans.get(owner, previous)).plan if previous else None
        ground = await _ground(
            portfolio,
            material.asked,
            material.created_at,
            before_of(before) if before else None,
            await self._plans.last_researched(owner, material.created_at),
            material.history.history() if material.history else self._history,
            material.notes.gathered,
        )
        ground = await _with_what_ifs(ground, material.notes)
        if material.builtin and not material.stopped:
            draft = _written_again(material, ground)
            material = material.model_copy(update={"draft": draft})
        plan = await asyncio.to_thread(_assembled, material, ground)
        content = content_of(plan)
        return Replay(
            plan_id=plan.id,
            identical=content == stored.content,
            stored_hash=stored.content_hash,
            replayed_hash=hash_of(content),
            words="written again" if material.builtin else "as stored",
            different=_different(plan, stored.plan),
        )


async def _with_what_ifs(ground: Ground, notes: PlanNotes) -> Ground:
    figures = await asyncio.to_thread(with_what_ifs, ground.figures, notes.what_ifs, ground.history)
    return replace(ground, figures=figures)


async def _ground(  # noqa: PLR0917  in the order in which they are looked up
    portfolio: Portfolio,
    asked: PlanInput,
    created_at: datetime,
    before: Before | None,
    researched: Mapping[str, datetime],
    history: AnnualHistory,
    gathered: Gathered | None,
) -> Ground:
    # Some tenths of a second of simulation, during which other requests go on.
    figures = await asyncio.to_thread(
        compute_figures, portfolio, asked, created_at.date(), before, history=history, gathered=gathered
    )
    return Ground(figures, before, researched, history)


def _assembled(material: Material, ground: Ground) -> Plan:
    subjects = candidates(ground.figures, material.asked, ground.researched, material.created_at)
    return assemble(material, ground.figures, ground.before, subjects)


def _different(one: Plan, other: Plan) -> tuple[str, ...]:
    return tuple(name for name in Plan.model_fields if getattr(one, name) != getattr(other, name))


def _written_again(material: Material, ground: Ground) -> DraftPlan:
    """Return the draft of the built-in model, which sees the answers of the tools again."""
    asked, now = material.asked, material.created_at
    figures = figures_for_model(ground.figures, asked, ground.researched, now)
    known = [(item.subject, known_for_model(item, asked.research.freshness, now)) for item in material.notes.known]
    research = [(done.subject, research_for_model(done)) for done in material.notes.research]
    parts = [(part, part_for_model(ground.figures, part)) for part in parts_of(ground.figures)]
    tried = [(item.id, what_if_for_model(item, ground.figures)) for item in ground.figures.what_ifs]
    answered = [
        *_answered("portfolio_figures", [("", figures)]),
        *_answered("analyse", parts),
        *_answered("what_if", tried),
        *_answered("known", known),
        *_answered("research", research),
    ]
    task: TResponseInputItem = {"role": "user", "content": task_of(asked)}
    decision = RulePlanner().decide(Transcript.from_items([task, *answered]))
    assert isinstance(decision, Answer), "every tool has answered, so the built-in model ends"
    assert isinstance(decision.content, DraftPlan)
    return decision.content


def _answered(tool: str, answers: Sequence[tuple[str, str]]) -> Iterator[TResponseInputItem]:
    """Yield the calls of a tool and its answers as the Agents SDK shows them to a model."""
    for number, (subject, text) in enumerate(answers):
        arguments, call_id = json.dumps({"subject": subject} if subject else {}), f"{tool}_{number}"
        yield {"type": "function_call", "name": tool, "arguments": arguments, "call_id": call_id}
        yield {"type": "function_call_output", "call_id": call_id, "output": text}
