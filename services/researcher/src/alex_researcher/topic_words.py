"""The words of a topic that tell it from other topics."""

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

_COMMON = frozenset(
    """
    a about after against all an and are as at be been but by can company for from fund group has have holdings how in
    inc into is it its latest more news not of on or outlook plc risk risks shares since than that the their this to
    was what when which will with would
    """.split()
)
"""Words that say nothing about which company is meant."""


_MIN_TELLING_CHARS = 4


def words(text: str) -> set[str]:
    """Return the words of a text in lower case."""
    return set(re.findall(r"[a-z0-9]+", text.lower()))


@dataclass(frozen=True)
class TopicWords:
    """What a text about the topic would contain."""

    names: frozenset[str]
    symbols: frozenset[str]

    @classmethod
    def of(cls, topic: str, symbols: Iterable[str]) -> "TopicWords":
        """Split a topic into its telling words and its symbols."""
        known = frozenset(symbol.lower() for symbol in symbols)
        return cls(names=frozenset(words(topic) - _COMMON - known), symbols=known)

    def found_in(self, text: AbstractSet[str]) -> set[str]:
        """Return the words of the topic that a text's words contain."""
        return set(text & (self.names | self.symbols))

    def named_by(self, text: AbstractSet[str]) -> bool:
        """Say whether a text with these words is about the topic: a symbol of it, or half of its names."""
        return bool(self.symbols & text) or (bool(self.names) and 2 * len(self.names & text) >= len(self.names))


def telling_words(text: str) -> frozenset[str]:
    """Return the words of a sentence that carry its meaning: no figures, no common or short ones."""
    return frozenset(word for word in words(text) - _COMMON if word.isalpha() and len(word) >= _MIN_TELLING_CHARS)
