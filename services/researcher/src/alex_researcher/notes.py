"""What the tools of a run note for the brief, in the run's own data: plain JSON that is committed with every phase."""

from collections.abc import Iterable
from typing import cast

from pydantic import JsonValue

from alex_researcher.addresses import normalise
from alex_researcher.edgar import ReportedFigure
from alex_researcher.schemas import SourceTried


class RunNotes:
    """The pages tried, the documents that may be quoted, and what failed or was refused."""

    def __init__(self, data: dict[str, JsonValue]) -> None:
        self._data = data

    def begin(self, url: str) -> dict[str, JsonValue]:
        """Note a page before it is read, because calls run side by side and all count against the limit."""
        entry: dict[str, JsonValue] = {"url": url, "status": "failed", "reason": "not finished"}
        self._list("sources").append(entry)
        return entry

    def begin_lookup(self, url: str) -> dict[str, JsonValue]:
        """Note that a company is looked up: a source, but none of the pages that are counted."""
        entry: dict[str, JsonValue] = {"url": url, "status": "failed", "reason": "not finished"}
        self._list("lookups").append(entry)
        return entry

    def tried(self, url: str) -> SourceTried | None:
        """Return what became of a page that was asked for before."""
        wanted = normalise(url)
        return next((page for page in self.pages if normalise(page.url) == wanted), None)

    @property
    def pages(self) -> list[SourceTried]:
        """The pages, in the order in which they were asked for."""
        return [SourceTried.model_validate(source) for source in self._list("sources")]

    @property
    def sources(self) -> list[SourceTried]:
        """The pages, and the companies that were looked up, each once with what came of it last."""
        lookups = {str(cast("dict[str, JsonValue]", entry)["url"]): entry for entry in self._list("lookups")}
        return [*self.pages, *(SourceTried.model_validate(entry) for entry in lookups.values())]

    def add_figures(self, document_id: str | None, figures: Iterable[ReportedFigure]) -> None:
        """Note the figures of a stored document, to give them with the findings that quote them."""
        known = cast("dict[str, JsonValue]", self._data.setdefault("figures", {}))
        known.update({f"{document_id}\n{figure.sentence}": figure.model_dump(mode="json") for figure in figures})

    def figure_of(self, document_id: str, quote: str) -> ReportedFigure | None:
        """Return the figure that a quote states."""
        known = cast("dict[str, JsonValue]", self._data.get("figures", {}))
        found = known.get(f"{document_id}\n{quote}")
        return ReportedFigure.model_validate(found) if found else None

    def may_quote(self, document_id: str, content_hash: str = "") -> None:
        """Note a document that was kept or found in this run."""
        known = self._documents()
        known[document_id] = content_hash or known.get(document_id, "")

    @property
    def quotable(self) -> frozenset[str]:
        """The documents that a finding may quote."""
        return frozenset(self._documents())

    def same_text(self, content_hash: str) -> str | None:
        """Return the document of this run that has the same text."""
        return next((known for known, digest in self._documents().items() if digest == content_hash), None)

    def refuse(self) -> None:
        """Count an address that is not read."""
        self._data["refused"] = self.refused + 1

    @property
    def refused(self) -> int:
        """How many addresses were not read."""
        return cast("int", self._data.get("refused", 0))

    def fail(self, reason: str) -> None:
        """Note what makes the brief incomplete."""
        self._list("failures").append(reason)

    @property
    def failures(self) -> list[str]:
        """What makes the brief incomplete, beyond pages."""
        return [str(reason) for reason in self._list("failures")]

    def _list(self, name: str) -> list[JsonValue]:
        return cast("list[JsonValue]", self._data.setdefault(name, []))

    def _documents(self) -> dict[str, str]:
        return cast("dict[str, str]", self._data.setdefault("documents", {}))
