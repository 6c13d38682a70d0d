"""Numbers written in English words, as values. It decides nothing about what they are numbers of."""

import re

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_FIRST_OF_THE_TENS = 20
_VALUES = {word: value for value, word in enumerate(_SMALL)} | {
    word: 10 * value for value, word in enumerate(_TENS, start=2)
}
_WORD = "|".join([*_VALUES, "hundred", "dozen"])
NUMBER_WORDS = (
    rf"(?i:\b(?:a(?=[ -](?:hundred|thousand|million|billion|trillion|dozen)\b)|{_WORD})\b"
    rf"(?:(?:[ -]|(?<=hundred) and )(?:{_WORD})\b)*)"
)
"""Pattern of a run of number words without scales: `twelve`, `twenty-five`, `one hundred and five`, `a` (million)."""


def word_value(words: str) -> int | None:
    """Return the value of a run that `NUMBER_WORDS` found, or `None` when its words are not one number.

    `two hundred and five` is 205 and `twenty-five` 25; `one two` and `twenty twelve` are no number.
    """
    total, current, limit = 0, 0, 100
    for word in re.split(r"[ -]+", words.lower()):
        if word == "and":
            continue
        if word == "a":
            current, limit = 1, 0
        elif word == "hundred":
            total, current, limit = total + 100 * max(current, 1), 0, 100
        elif word == "dozen":
            total, current, limit = total + 12 * max(current, 1), 0, 0
        elif _VALUES[word] >= limit:
            return None
        else:
            current += _VALUES[word]
            limit = 10 if _VALUES[word] >= _FIRST_OF_THE_TENS else 0
    return total + current
