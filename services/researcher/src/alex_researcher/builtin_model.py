"""The built-in researcher: deterministic and extractive, for when no model is configured.

It follows the steps of `instructions.md` by rule and quotes sentences; it does not judge or phrase. The choice
of sentences is by words, over passages that the vector store chose by meaning.
"""

from collections.abc import Sequence

from alex_agent_models import Answer, RuleModel, ToolCall, Transcript
from typing_extensions import override

from alex_researcher.extraction import Passage, choose_findings
from alex_researcher.knowledge import Link
from alex_researcher.link_choice import choose_links
from alex_researcher.schemas import DraftBrief, DraftFinding, ResearchInput
from alex_researcher.topic_words import TopicWords

PASSAGES = 12
"""How many passages are asked for: more than enough for the findings of one topic."""


class ExtractiveResearcher(RuleModel):
    """Search, keep the sources, follow their links about the topic, search again, quote."""

    @override
    def decide(self, transcript: Transcript) -> Sequence[ToolCall] | Answer:
        asked = ResearchInput.model_validate_json(transcript.task)
        search = ToolCall("search", {"query": asked.topic, "limit": PASSAGES})
        if transcript.turn == 0:
            return [search, *(ToolCall("keep_page", {"url": str(url)}) for url in asked.sources[: asked.max_pages])]
        followed = any(call.arguments["url"] not in _sources(asked) for call in transcript.calls_of("keep_page"))
        searches = transcript.calls_of("search")
        if len(searches) == 1:
            links = [] if followed else _links_to_follow(asked, transcript)
            return [ToolCall("keep_page", {"url": url}) for url in links] or [search]
        return Answer(_brief(asked, [Passage.model_validate(p) for p in _list(searches[-1].result.get("passages"))]))


def _topic(asked: ResearchInput) -> TopicWords:
    return TopicWords.of(asked.topic, asked.symbols)


def _sources(asked: ResearchInput) -> set[str]:
    return {str(url) for url in asked.sources}


def _links_to_follow(asked: ResearchInput, transcript: Transcript) -> list[str]:
    links = [
        Link.model_validate(link)
        for call in transcript.calls_of("keep_page")
        for link in _list(call.result.get("links"))
    ]
    room = asked.max_pages - len(transcript.calls_of("keep_page"))
    return choose_links(links, _topic(asked), already=_sources(asked), limit=room)


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _brief(asked: ResearchInput, passages: Sequence[Passage]) -> DraftBrief:
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
