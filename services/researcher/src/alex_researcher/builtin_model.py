"""The built-in researcher: deterministic and extractive, for when no model is configured.

It follows the steps of `instructions.md` by rule and quotes sentences; it does not judge or phrase. The choice
of sentences is by words, over passages that the vector store chose by meaning.
"""

from collections.abc import Sequence

from alex_agent_models import Answer, MadeCall, RuleModel, ToolCall, Transcript
from pydantic import BaseModel, ConfigDict, HttpUrl
from typing_extensions import override

from alex_researcher.edgar import Filing
from alex_researcher.extraction import Passage, choose_findings, stance_of
from alex_researcher.knowledge import Link
from alex_researcher.link_choice import choose_links
from alex_researcher.schemas import DraftBrief, DraftFinding
from alex_researcher.topic_words import TopicWords, words

MAX_COMPANIES = 3
"""Companies that are looked up at the SEC."""
MAX_FIGURES = 5
"""Figures of a company that become findings; all of them are stored."""


class _Task(BaseModel):
    """The task as the job gives it."""

    model_config = ConfigDict(extra="ignore")

    topic: str
    symbols: list[str]
    sources: list[HttpUrl]
    max_pages: int


class ExtractiveResearcher(RuleModel):
    """Search, keep the sources or what a web search finds, follow links about the topic, search again, quote."""

    @override
    def decide(self, transcript: Transcript) -> Sequence[ToolCall] | Answer:
        asked = _Task.model_validate_json(transcript.task)
        search = ToolCall("search", {"query": asked.topic})
        if transcript.turn == 0:
            lookups = [ToolCall("sec_filings", {"company": symbol}) for symbol in asked.symbols[:MAX_COMPANIES]]
            return [search, *lookups, *(_keep(str(url)) for url in asked.sources[: asked.max_pages])]
        if transcript.turn == 1 and not asked.sources and not _knows(asked, transcript):
            return [ToolCall("web_search", {"query": ""})]
        followed = any(call.arguments["url"] not in _sources(asked) for call in transcript.calls_of("keep_page"))
        searches = transcript.calls_of("search")
        if len(searches) == 1:
            links = [] if followed else _links_to_follow(asked, transcript)
            return [_keep(url) for url in links] or [search]
        return Answer(_brief(asked, searches[-1], transcript.calls_of("sec_filings")))


def _keep(url: str) -> ToolCall:
    return ToolCall("keep_page", {"url": url})


def _topic(asked: _Task) -> TopicWords:
    return TopicWords.of(asked.topic, asked.symbols)


def _sources(asked: _Task) -> set[str]:
    return {str(url) for url in asked.sources}


def _knows(asked: _Task, transcript: Transcript) -> bool:
    """Say whether the knowledge base has something fresh about the topic."""
    topic = _topic(asked)
    passages = [p for p in _list(transcript.calls_of("search")[0].result.get("passages")) if isinstance(p, dict)]
    return any(p.get("fresh") and topic.named_by(words(f"{p.get('title')} {p.get('text')}")) for p in passages)


def _links_to_follow(asked: _Task, transcript: Transcript) -> list[str]:
    searched, kept = transcript.calls_of("web_search"), transcript.calls_of("keep_page")
    links = [link for call in [*searched, *kept] for link in _links(call)]
    room = asked.max_pages - len(kept)
    filings = [url for call in transcript.calls_of("sec_filings") for url in _reports(call)][: max(0, room)]
    return [*filings, *choose_links(links, _topic(asked), already=_sources(asked), limit=room - len(filings))]


def _reports(call: MadeCall) -> list[str]:
    """Return the addresses of a company's newest annual and quarterly report; a current one is mostly a cover sheet."""
    filings = [Filing.model_validate(filing) for filing in _list(call.result.get("filings"))]
    return [filing.url for filing in filings if filing.kind != "current report"]


def _links(call: MadeCall) -> list[Link]:
    return [Link.model_validate(link) for link in _list(call.result.get("links"))]


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _brief(asked: _Task, search: MadeCall, lookups: Sequence[MadeCall]) -> DraftBrief:
    passages = [Passage.model_validate(passage) for passage in _list(search.result.get("passages"))]
    reported = [(str(call.result.get("document_id")), call) for call in lookups if call.result.get("document_id")]
    of_figures = {document_id for document_id, _ in reported}
    quoted = choose_findings([passage for passage in passages if passage.document_id not in of_figures], _topic(asked))
    chosen = [
        *(figure for document_id, call in reported for figure in _figures(document_id, call)),
        *(DraftFinding(claim=q.quote, quote=q.quote, document_id=q.document_id, stance=q.stance) for q in quoted),
    ]
    documents = len({finding.document_id for finding in chosen})
    questions = (
        [] if any(finding.stance == "against" for finding in chosen) else [f"What speaks against {asked.topic}?"]
    )
    return DraftBrief(
        summary=f"Quoted from {documents} stored documents without a judgement of its own.",
        findings=chosen,
        open_questions=questions,
    )


def _figures(document_id: str, call: MadeCall) -> list[DraftFinding]:
    sentences = [str(sentence) for sentence in _list(call.result.get("figures"))][:MAX_FIGURES]
    return [DraftFinding(claim=s, quote=s, document_id=document_id, stance=stance_of(s)) for s in sentences]
