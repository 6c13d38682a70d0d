"""Research that the planner delegates: what is asked, and what came back.

What leaves for the researcher is the topic of a subject and the pages to begin with. The symbols, names and amounts of
the rest go along only so that they are kept out of what leaves from there; its model does not see them.
"""

from collections.abc import Mapping
from datetime import datetime

from alex_edge import UpstreamUnavailable
from alex_runs import ChildRun, RunFailed, RunsClient, RunScope, RunStatus, RunView
from pydantic import BaseModel, ConfigDict, JsonValue

from alex_planner.errors import PortfolioNotFound
from alex_planner.notes import ResearchDone
from alex_planner.plan.evidence import Finding, ReportedFigure, SourceTried, Stance, finding_id, readable_url
from alex_planner.plan_input import PlanInput
from alex_planner.portfolio import Portfolio
from alex_planner.portfolio_store import PortfolioStore
from alex_planner.subjects import Subject, private_terms, subject_of

TOOL = "research"


class _Lenient(BaseModel):
    model_config = ConfigDict(extra="ignore")


class _Quoted(_Lenient):
    """A quote of another document against a finding."""

    quote: str


class _Contradiction(_Lenient):
    quote: str
    reason: str


class BriefFinding(_Lenient):
    """A finding of the researcher, verified there against the stored document."""

    claim: str
    quote: str
    stance: Stance
    document_id: str
    version_id: str
    quote_start: int
    quote_end: int
    source_url: str | None
    title: str
    published_at: datetime | None
    fetched_at: datetime | None
    content_hash: str
    figure: ReportedFigure | None = None
    confidence: str = "low"
    confidence_reason: str = ""
    counter: tuple[_Quoted, ...] = ()
    contradicts: tuple[_Contradiction, ...] = ()


class Brief(_Lenient):
    """The researcher's output, as far as it is used."""

    summary: str
    findings: tuple[BriefFinding, ...]
    sources: tuple[SourceTried, ...]
    missing: tuple[str, ...]


class Research:
    """Asks the researcher about subjects of a plan and reads its briefs."""

    def __init__(self, client: RunsClient, portfolios: PortfolioStore) -> None:
        self._client = client
        self._portfolios = portfolios

    async def to_input(
        self, owner: str, arguments: Mapping[str, JsonValue], parent_input: Mapping[str, JsonValue]
    ) -> dict[str, JsonValue]:
        """Return the researcher's input for the subject that `arguments` names.

        Raises:
            RunFailed: the plan has no such subject.
        """
        asked = PlanInput.model_validate(parent_input)
        try:
            portfolio = await self._portfolios.get(owner, asked.portfolio_id)
        except PortfolioNotFound as exc:
            raise RunFailed(exc.message) from exc
        subject = named_subject(portfolio, asked, str(arguments.get("subject", "")))
        return {
            "topic": subject.topic,
            "symbols": list(subject.tickers),
            "holdings": list(private_terms(portfolio, subject)),
            "sources": [str(url) for url in asked.research.sources],
            "max_pages": asked.research.max_pages,
        }

    async def result(self, scope: RunScope, subject: Subject, child: ChildRun) -> ResearchDone:
        """Return what a delegated run found, or why it found nothing.

        Raises:
            UpstreamUnavailable: the researcher does not answer; at the last attempt that is noted instead.
        """
        done = ResearchDone(
            call_id=child.call_id,
            subject=subject.id,
            topic=subject.topic,
            run_id=child.run_id,
            status=child.status.value if child.run_id else "refused",
            failure=child.reason,
        )
        if not child.run_id or child.reason:
            return done
        try:
            view = await self._client.get(scope.owner, child.run_id)
        except UpstreamUnavailable as exc:
            if not scope.is_last_attempt():
                raise
            return done.model_copy(update={"failure": exc.message})
        return _read(done, view, subject)


def named_subject(portfolio: Portfolio, asked: PlanInput, subject_id: str) -> Subject:
    """Return the subject that a model names.

    Raises:
        RunFailed: there is none with this id.
    """
    subject = subject_of(portfolio, asked, subject_id)
    if subject is None:
        raise RunFailed(f"the plan has nothing to research called {subject_id[:80]!r}; use a subject of its candidates")
    return subject


def _read(done: ResearchDone, view: RunView, subject: Subject) -> ResearchDone:
    if view.status not in {RunStatus.COMPLETED, RunStatus.PARTIAL} or view.output is None:
        reason = view.error.message if view.error else f"the run was {view.status.value}"
        return done.model_copy(update={"status": view.status.value, "failure": reason})
    brief = Brief.model_validate(view.output)
    return done.model_copy(
        update={
            "status": view.status.value,
            "summary": brief.summary,
            "findings": tuple(_finding(subject, item) for item in brief.findings),
            "sources": brief.sources,
            "missing": brief.missing,
        }
    )


def _finding(subject: Subject, found: BriefFinding) -> Finding:
    return Finding(
        id=finding_id(found.document_id, found.quote),
        topic=subject.topic,
        symbols=subject.symbols,
        source_url=readable_url(found.source_url, found.figure),
        counter=tuple(item.quote for item in found.counter),
        contradicts=tuple(f"{item.quote} ({item.reason})" for item in found.contradicts),
        **found.model_dump(exclude={"source_url", "counter", "contradicts"}),
    )
