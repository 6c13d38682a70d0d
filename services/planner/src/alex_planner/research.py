"""Research that the planner delegates: what is asked, and what came back.

What leaves for the researcher is the symbol and the name of a holding and the pages to begin with; never an
amount, an account or a word of the owner's.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

from alex_runs import ChildRun, RunFailed, RunsClient, RunStatus
from pydantic import BaseModel, ConfigDict, JsonValue

from alex_planner.errors import PortfolioNotFound
from alex_planner.plan import PlanFinding, SourceTried
from alex_planner.plan_input import PlanInput
from alex_planner.portfolio import Portfolio
from alex_planner.portfolio_store import PortfolioStore

TOOL = "research"
MAX_FINDINGS_SHOWN = 8
"""How many findings of one brief the model reads; the plan itself has all of them."""


class _Lenient(BaseModel):
    model_config = ConfigDict(extra="ignore")


class BriefFinding(_Lenient):
    """A finding of the researcher, verified there against the stored document."""

    claim: str
    quote: str
    stance: Literal["supports", "against", "neutral"]
    document_id: str
    source_url: str | None
    title: str
    published_at: datetime | None
    fetched_at: datetime
    content_hash: str


class BriefSource(_Lenient):
    """A page that the researcher tried."""

    url: str
    status: str
    reason: str | None


class Brief(_Lenient):
    """The researcher's output, as far as it is used."""

    topic: str
    symbols: tuple[str, ...]
    summary: str
    findings: tuple[BriefFinding, ...]
    open_questions: tuple[str, ...]
    sources: tuple[BriefSource, ...]
    missing: tuple[str, ...]


class Researched(BaseModel):
    """All that the delegated runs brought."""

    findings: tuple[PlanFinding, ...]
    sources: tuple[SourceTried, ...]
    missing: tuple[str, ...]


class HoldingResearch:
    """Asks the researcher about holdings and reads its briefs."""

    def __init__(self, client: RunsClient, portfolios: PortfolioStore) -> None:
        self._client = client
        self._portfolios = portfolios

    async def to_input(
        self, owner: str, arguments: Mapping[str, JsonValue], parent_input: Mapping[str, JsonValue]
    ) -> dict[str, JsonValue]:
        """Return the researcher's input for the holding that `arguments` names.

        Raises:
            RunFailed: the portfolio has no such holding.
        """
        asked = PlanInput.model_validate(parent_input)
        try:
            portfolio = await self._portfolios.get(owner, asked.portfolio_id)
        except PortfolioNotFound as exc:
            raise RunFailed(exc.message) from exc
        return {
            "topic": research_topic(portfolio, str(arguments.get("symbol", ""))),
            "symbols": [str(arguments["symbol"])],
            "sources": [str(url) for url in asked.research.sources],
            "max_pages": asked.research.max_pages,
        }

    async def result_for_model(self, owner: str, child: ChildRun) -> str:
        """Return what a delegated run found, short enough for the model."""
        if not child.run_id:
            return f"not researched: {child.reason}"
        view = await self._client.get(owner, child.run_id)
        if view.output is None:
            return f"not researched: {view.error.message if view.error else view.status.value}"
        brief = Brief.model_validate(view.output)
        findings = [
            finding.model_dump(mode="json", include={"claim", "quote", "stance", "title", "source_url"})
            for finding in brief.findings[:MAX_FINDINGS_SHOWN]
        ]
        return json.dumps(
            {"topic": brief.topic, "summary": brief.summary, "findings": findings, "missing": list(brief.missing)},
            ensure_ascii=False,
        )

    async def collect(self, owner: str, children: Sequence[ChildRun]) -> Researched:
        """Return what all delegated runs brought, and a sentence for each thing that they did not.

        Raises:
            UpstreamUnavailable: the researcher does not answer.
        """
        findings: dict[tuple[str, str], PlanFinding] = {}
        sources: dict[str, SourceTried] = {}
        missing: list[str] = []
        for child in children:
            if not child.run_id:
                continue
            view = await self._client.get(owner, child.run_id)
            if view.status not in {RunStatus.COMPLETED, RunStatus.PARTIAL}:
                reason = view.error.message if view.error else view.status.value
                missing.append(f"The research run {view.id} did not end well: {reason}")
                continue
            brief = Brief.model_validate(view.output)
            findings.update(((f.document_id, f.quote), _plan_finding(brief, f)) for f in brief.findings)
            sources.update((source.url, SourceTried(**source.model_dump())) for source in brief.sources)
            missing.extend(brief.missing)
        return Researched(
            findings=tuple(findings.values()), sources=tuple(sources.values()), missing=tuple(dict.fromkeys(missing))
        )


def research_topic(portfolio: Portfolio, symbol: str) -> str:
    """Return the topic for a holding: name and symbol, nothing of the owner's.

    Raises:
        RunFailed: the portfolio has no such holding.
    """
    position = next((position for position in portfolio.positions if position.symbol == symbol), None)
    if position is None:
        raise RunFailed(f"the portfolio has no holding {symbol!r}")
    return f"{position.name or symbol} ({symbol}): outlook and risks"


def _plan_finding(brief: Brief, finding: BriefFinding) -> PlanFinding:
    return PlanFinding(
        topic=brief.topic,
        symbols=brief.symbols,
        claim=finding.claim,
        quote=finding.quote,
        source_url=finding.source_url or "",
        title=finding.title,
        published_at=finding.published_at,
        fetched_at=finding.fetched_at,
        document_id=finding.document_id,
        content_hash=finding.content_hash,
        stance=finding.stance,
    )
