"""A company at the SEC, as one step of a run: its reports as addresses, its reported figures as a stored document."""

from datetime import UTC, datetime

from alex_mcp_client import McpToolFailed
from alex_runs import NotDone
from pydantic import BaseModel

from alex_researcher.edgar import CompanyReport, Edgar, EdgarFailed, EdgarNotTried, Filing
from alex_researcher.knowledge import Knowledge
from alex_researcher.notes import RunNotes

FIGURES_KIND = "figures"


class FilingsFound(BaseModel):
    """What `sec_filings` tells the model."""

    company: str
    filings: list[Filing]
    document_id: str | None
    figures: list[str]


class FilingsLookup:
    """Looks companies up for one run, and notes what came of it."""

    def __init__(self, edgar: Edgar, knowledge: Knowledge, notes: RunNotes) -> None:
        self._edgar = edgar
        self._knowledge = knowledge
        self._notes = notes

    async def look_up(self, company: str, topic: str, idempotency_key: str) -> FilingsFound | str:
        """Return what the SEC has, or why there is nothing, for the model to read.

        Raises:
            UpstreamUnavailable: the vector store does not answer.
        """
        entry = self._notes.begin_lookup(self._edgar.page_of(company))
        try:
            report = await self._edgar.report(company, topic)
            document_id = await self._keep(report, idempotency_key)
        except EdgarNotTried as exc:
            entry.update(status="skipped", reason=str(exc))
            return NotDone(exc)
        except (EdgarFailed, McpToolFailed) as exc:
            entry.update(status="failed", reason=str(exc))
            return NotDone(f"not looked up: {exc}")
        entry.update(url=report.figures_url, status="kept", document_id=document_id, reason=None)
        self._notes.add_figures(document_id, report.figures)
        return FilingsFound(
            company=f"{report.company.name} ({report.company.ticker})",
            filings=report.filings,
            document_id=document_id,
            figures=[figure.sentence for figure in report.figures],
        )

    async def _keep(self, report: CompanyReport, idempotency_key: str) -> str | None:
        if not report.figures:
            return None
        read_at = datetime.now(UTC).isoformat()
        document_id = await self._knowledge.keep_text(
            report.title,
            report.text,
            kind=FIGURES_KIND,
            url=report.figures_url,
            published_at=max(figure.filed for figure in report.figures).isoformat(),
            fetched_at=read_at,
            idempotency_key=f"{idempotency_key}:{read_at}",
        )
        self._notes.may_quote(document_id)
        return document_id
