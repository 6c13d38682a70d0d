"""A portfolio, its figures and plans on it, for the tests of plans."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from alex_planner.choosing import candidates
from alex_planner.figures import Figures, compute_figures
from alex_planner.notes import PlanNotes, ResearchDone
from alex_planner.plan.assembling import assemble
from alex_planner.plan.before import before_of
from alex_planner.plan.draft import DraftPlan
from alex_planner.plan.evidence import Finding, SourceTried, finding_id
from alex_planner.plan.material import Material
from alex_planner.plan.schema import Plan
from alex_planner.plan_input import PlanInput
from alex_planner.portfolio import Portfolio, Position, content_hash
from alex_runs import KnownCost, Receipt, Usage

NOW = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)
USED = Usage(requests=3, input_tokens=12_000, output_tokens=800, cost=KnownCost(usd=Decimal("0.0230")))
RECEIPT = Receipt(own=USED, delegated=Usage.nothing(), delegated_runs=2, total=USED)

POSITIONS = (
    Position(
        symbol="ALFA",
        name="Alfa Rail",
        account="IRA 4711",
        quantity=Decimal(10),
        price=Decimal("300.50"),
        currency="USD",
        price_date=date(2026, 11, 20),
        asset_class="equity",
    ),
    Position(symbol="BOND", quantity=Decimal(20), price=Decimal(50), currency="USD", asset_class="bond"),
    Position(symbol="SAPX", quantity=Decimal(1), price=Decimal(200), currency="EUR", asset_class="equity"),
    Position(symbol="ACME", quantity=Decimal(5), currency="USD", asset_class="equity"),
)


def portfolio(positions: Sequence[Position] = POSITIONS, name: str = "Everything") -> Portfolio:
    """Return a snapshot."""
    return Portfolio(
        id="pf_1",
        owner="local",
        name=name,
        created_at=NOW,
        positions=tuple(positions),
        content_hash=content_hash(tuple(positions)),
    )


def asked(**changes: Any) -> PlanInput:
    """Return what a plan is asked for with."""
    goals = {"horizon_years": 12, "annual_contribution": 600, "text": "Stop working at [sixty]."}
    return PlanInput.model_validate({"portfolio_id": "pf_1", "goals": goals, **changes})


def finding(**changes: object) -> Finding:
    """Return a finding, changed as told; its id follows from document and quote."""
    values: dict[str, Any] = {
        "topic": "Alfa Rail (ALFA): outlook and risks",
        "symbols": ("ALFA",),
        "claim": "Fees fell.",
        "quote": "The fee was cut.",
        "stance": "supports",
        "document_id": "doc_" + "0" * 32,
        "version_id": "doc_" + "0" * 32 + "@" + "1" * 16,
        "quote_start": 100,
        "quote_end": 116,
        "content_hash": "sha256:00",
        "source_url": "https://news.example/alfa",
        "title": "Fee cut",
        "published_at": datetime(2026, 8, 14, tzinfo=UTC),
        "fetched_at": NOW,
    } | changes
    return Finding.model_validate({"id": finding_id(values["document_id"], values["quote"]), **values})


def researched(*findings: Finding, **changes: Any) -> PlanNotes:
    """Return the notes of a run with one subject researched."""
    values: dict[str, Any] = {
        "call_id": "c1",
        "subject": "ALFA",
        "topic": "Alfa Rail (ALFA): outlook and risks",
        "run_id": "run_2",
        "status": "completed",
        "findings": findings,
        "sources": (SourceTried(url="https://news.example/gone", status="failed", reason="HTTP 404"),),
    } | changes
    return PlanNotes(research=(ResearchDone.model_validate(values),))


def draft(**changes: Any) -> DraftPlan:
    """Return a draft, changed as told."""
    values: dict[str, Any] = {
        "standing": ["Equity is the largest part."],
        "priorities": ["Alfa Rail matters most."],
        "recommendations": [],
        "changes": [],
        "answers": [],
    } | changes
    return DraftPlan.model_validate(values)


def figures_of(
    positions: Sequence[Position] = POSITIONS, wanted: PlanInput | None = None, previous: Plan | None = None
) -> Figures:
    """Return the figures of a plan."""
    before = before_of(previous) if previous else None
    return compute_figures(portfolio(positions), wanted or asked(), NOW.date(), before)


def material_of(figures: Figures, wanted: PlanInput, **changes: Any) -> Material:
    """Return the material of a plan, changed as told."""
    values: dict[str, Any] = {
        "run_id": "run_1",
        "created_at": NOW,
        "asked": wanted,
        "portfolio_hash": figures.portfolio.content_hash,
        "previous_plan_id": None,
        "notes": researched(finding()),
        "draft": draft(),
        "model_label": "built-in model (deterministic, extractive)",
        "builtin": True,
        "receipt": RECEIPT,
    } | changes
    return Material(**values)


def plan(
    positions: Sequence[Position] = POSITIONS,
    wanted: PlanInput | None = None,
    previous: Plan | None = None,
    **changes: Any,
) -> Plan:
    """Return a plan on `positions`, its material changed as told."""
    wanted = wanted or asked()
    figures = figures_of(positions, wanted, previous)
    before, subjects = before_of(previous) if previous else None, candidates(figures, wanted, {}, NOW)
    return assemble(material_of(figures, wanted, **changes), figures, before, subjects)
