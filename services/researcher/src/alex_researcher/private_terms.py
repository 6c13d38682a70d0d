"""What the owner holds, as terms that must not stand in anything that leaves, and queries made without them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from alex_researcher.topic_words import words

_SEPARATOR = re.compile(r"(?<=\d)[.,'  ](?=\d)")
_MIN_SQUEEZED_CHARS = 5
"""A shorter term would be found by chance in text without its spaces."""
_RESEARCH_WORDS = frozenset(
    """
    acquisition acquisitions analyst analysts annual antitrust backlog balance board capacity cash chief cloud
    competition competitor competitors contract contracts cost costs customer customers cyber debt decline delay
    demand dividend earnings energy environmental executive filing filings financial forecast fraud growth guidance
    index inflation investigation investor investors latest lawsuit lawsuits leverage litigation loss losses
    management margin margins market markets merger news orders outlook patent patents penalty pension price prices
    probe product products profit profits quarter quarterly rating recall regulation regulator report reports results
    revenue risk risks safety sales sector shortage shortages strategy strike supplier suppliers supply tariff tariffs
    tax threat threats valuation warning warnings workers
    """.split()
)
"""Words that a question about any company may have. None of them tells anything about the one who asks."""


@dataclass(frozen=True)
class PrivateTerms:
    """Symbols, names and amounts of the owner that the topic does not name itself."""

    terms: tuple[str, ...]

    @classmethod
    def of(cls, holdings: Iterable[str], topic: str, symbols: Iterable[str]) -> "PrivateTerms":
        """Leave out the terms that the topic names: research on a company cannot hide its name."""
        public = _plain(" ".join([topic, *symbols]))
        return cls(tuple(term for term in holdings if words(_plain(term)) and not _stands_in(term, public)))

    def stand_in(self, text: str) -> bool:
        """Say whether one of the terms stands in `text`: as its words, or run together."""
        plain = _plain(text)
        return any(_stands_in(term, plain) for term in self.terms)


def outgoing_query(topic: str, asked: str) -> str:
    """Return the topic and, of what a model asks beyond it, the words that any research may use.

    So a query carries nothing that a page put into a model's mouth: neither figures nor names.
    """
    known = words(topic)
    more = [word for word in re.findall(r"[a-z]+", asked.lower()) if word in _RESEARCH_WORDS and word not in known]
    return " ".join([topic, *dict.fromkeys(more)])


def _plain(text: str) -> str:
    return _SEPARATOR.sub("", text)


def _stands_in(term: str, plain: str) -> bool:
    wanted = words(_plain(term))
    squeezed = "".join(re.findall(r"[a-z0-9]+", _plain(term).lower()))
    run_together = len(squeezed) >= _MIN_SQUEEZED_CHARS and squeezed in "".join(re.findall(r"[a-z0-9]+", plain.lower()))
    return wanted <= words(plain) or run_together
