"""The built-in researcher: deterministic and extractive, for when no model is configured.

It follows the steps of `instructions.md` by rule and quotes sentences; it does not judge or phrase. The choice
of sentences is by words, over passages that the vector store chose by meaning.
"""

from collections.abc import Sequence

from alex_agent_models import Answer, MadeCall, RuleModel, ToolCall, Transcript
from pydantic import BaseModel, ConfigDict, HttpUrl
from typing_extensions import override

from alex_researcher.extraction import Passage, choose_findings
from alex_researcher.knowledge import Link
from alex_researcher.link_choice import choose_links
from alex_researcher.schemas import DraftBrief, DraftFinding
from alex_researcher.topic_words import TopicWords, words


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
            return [search, *(_keep(str(url)) for url in asked.sources[: asked.max_pages])]
        if transcript.turn == 1 and not asked.sources and not _knows(asked, transcript):
            return [ToolCall("web_search", {"query": ""})]
        followed = any(call.arguments["url"] not in _sources(asked) for call in transcript.calls_of("keep_page"))
        searches = transcript.calls_of("search")
        if len(searches) == 1:
            links = [] if followed else _links_to_follow(asked, transcript)
            return [_keep(url) for url in links] or [search]
        return Answer(_brief(asked, [Passage.model_validate(p) for p in _list(searches[-1].result.get("passages"))]))


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
    return choose_links(links, _topic(asked), already=_sources(asked), limit=room)


def _links(call: MadeCall) -> list[Link]:
    return [Link.model_validate(link) for link in _list(call.result.get("links"))]


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _brief(asked: _Task, passages: Sequence[Passage]) -> DraftBrief:
    chosen = choose_findings(passages, _topic(asked))
    documents = len({finding.document_id for finding in chosen})
    questions = (
        [] if any(finding.stance == "against" for finding in chosen) else [f"What speaks against {asked.topic}?"]
    )
    return DraftBrief(
        summary=f"Quoted from {documents} stored documents without a judgement of its own.",
        findings=[
            DraftFinding(
                claim=finding.quote, quote=finding.quote, document_id=finding.document_id, stance=finding.stance
            )
            for finding in chosen
        ],
        open_questions=questions,
    )
