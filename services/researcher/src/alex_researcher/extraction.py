"""Sentences worth quoting from passages, chosen by words: deterministic, and honest about being no more than that."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pydantic import BaseModel

from alex_researcher.schemas import Stance
from alex_researcher.topic_words import TopicWords, words

MAX_FINDINGS = 6
MAX_PER_DOCUMENT = 2
MIN_SENTENCE_CHARS = 40
MAX_SENTENCE_CHARS = 400

_AGAINST = frozenset(
    """
    caution concern cut cuts debt decline declined delay delayed delays deteriorate dispute doubt downgrade fall
    falling fell fine headwind investigation lawsuit litigation lose loss losses lower miss missed penalty pressure
    probe recall risk risks shortage shortfall slow slowdown slump threat uncertain uncertainty warn warned warning
    warns weak weaker weakness worse
    """.split()
)
"""Words that speak against a holding, as a person would list them; no more is claimed for them."""
_SUPPORTS = frozenset(
    """
    approval approved backlog beat demand dividend exceed exceeded expand expansion gain gained grew growth higher
    improve improved increase increased profit raise raised record rise rising rose strong stronger
    upgrade win won
    """.split()
)
"""Words that speak for a holding."""
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[A-Z\"'“‘(])")
_MARKUP = re.compile(r"^\s*(#|\||[-*+] |\d+\. |>|!\[|\[)")


class Passage(BaseModel):
    """A passage of the vector store's `search`, as far as it is used."""

    document_id: str
    title: str
    text: str
    score: float


@dataclass(frozen=True)
class Candidate:
    """A sentence that may be quoted."""

    document_id: str
    quote: str
    stance: Stance
    score: float


def choose_findings(passages: Sequence[Passage], topic: TopicWords) -> list[Candidate]:
    """Return up to `MAX_FINDINGS` sentences, best first, at most `MAX_PER_DOCUMENT` of one document.

    Only passages whose title or text names the topic are used: the nearest passage of a knowledge base that
    knows nothing about the topic is still some passage.
    """
    candidates = {
        (candidate.document_id, candidate.quote): candidate
        for passage in passages
        if topic.named_by(words(f"{passage.title} {passage.text}"))
        for candidate in _candidates(passage, topic)
    }
    ordered = sorted(candidates.values(), key=lambda c: (-c.score, c.document_id, c.quote))
    chosen: list[Candidate] = []
    for candidate in ordered:
        of_document = sum(1 for other in chosen if other.document_id == candidate.document_id)
        if of_document < MAX_PER_DOCUMENT and len(chosen) < MAX_FINDINGS:
            chosen.append(candidate)
    return chosen


def _candidates(passage: Passage, topic: TopicWords) -> Iterator[Candidate]:
    for sentence in sentences(passage.text):
        found = words(sentence)
        against, supports = len(found & _AGAINST), len(found & _SUPPORTS)
        telling = len(topic.found_in(found)) + (1 if re.search(r"\d", sentence) else 0) + against + supports
        if telling:
            yield Candidate(passage.document_id, sentence, _stance(against, supports), passage.score + 0.1 * telling)


def stance_of(sentence: str) -> Stance:
    """Return which of the words for and against a holding a sentence has more of."""
    found = words(sentence)
    return _stance(len(found & _AGAINST), len(found & _SUPPORTS))


def _stance(against: int, supports: int) -> Stance:
    if against == supports:
        return "neutral"
    return "against" if against > supports else "supports"


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of the prose in a Markdown text, each as it stands there; no headings, lists, tables."""
    for line in text.splitlines():
        if _MARKUP.match(line):
            continue
        for sentence in _SENTENCE_END.split(line.strip()):
            whole = sentence.rstrip().endswith((".", "!", "?", '."', ".”", ".'", ".’"))
            if whole and MIN_SENTENCE_CHARS <= len(sentence) <= MAX_SENTENCE_CHARS:
                yield sentence
