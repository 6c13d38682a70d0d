"""The part of a text that is asked for: a slice by offsets, or the passages around a phrase."""

import re
from dataclasses import dataclass

CONTEXT_CHARS = 600
"""Characters shown before and after each place where the phrase stands: about a paragraph each."""


@dataclass(frozen=True)
class Part:
    """What is shown of a text; `start` and `end` are offsets in the whole of it."""

    text: str
    start: int
    end: int
    note: str | None = None


def slice_of(text: str, start: int, max_chars: int) -> Part:
    """Return `text[start:start + max_chars]` with a note when there is more."""
    if start > len(text):
        return Part("", len(text), len(text), f"start {start} is behind the end; the text has {len(text)} characters")
    end = min(start + max_chars, len(text))
    note = f"more text follows: read on with start={end}" if end < len(text) else None
    return Part(text[start:end], start, end, note)


def passages_around(text: str, phrase: str, start: int, max_chars: int) -> Part:
    """Return the passages around each place of `phrase` from offset `start` on, up to `max_chars` characters.

    Case and white space do not matter. Each passage is headed by its offsets in the whole text.
    """
    pattern = re.compile(r"\s+".join(map(re.escape, phrase.split())), re.IGNORECASE)
    places = [match.span() for match in pattern.finditer(text, start)]
    if not places:
        return Part("", start, start, f"{phrase!r} does not occur in the text from offset {start} on")
    spans = _merged([(max(begin - CONTEXT_CHARS, 0), min(end + CONTEXT_CHARS, len(text))) for begin, end in places])
    shown: list[str] = []
    size = 0
    last = spans[0][0]
    for begin, end in spans:
        passage = f"[characters {begin} to {end}]\n{text[begin:end]}"
        if shown and size + len(passage) > max_chars:
            break
        shown.append(passage[:max_chars])
        size += len(passage)
        last = end
    note = f"{phrase!r} occurs {len(places)} times; {len(shown)} of {len(spans)} passages are shown"
    if len(shown) < len(spans):
        note += f"; go on with start={last}"
    return Part("\n\n".join(shown), spans[0][0], last, note)


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged = [spans[0]]
    for begin, end in spans[1:]:
        if begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((begin, end))
    return merged
