"""How many word pieces the embedding model makes of a text, estimated from above.

The model's tokenizer is not in this container: its vocabulary comes with the 90 MB of weights, and all that is
needed here is that a passage stays under the 256 tokens the model reads. So each run of characters counts as
many pieces as such runs take in English financial prose, rounded up:

    letters   up to 8: 1; 9 to 13: 2; longer: a third of the length (names, codes, foreign words)
    digits    up to 2: 1; longer: half of the length
    others    1 per character, as the tokenizer splits at each punctuation mark and each CJK character; 3 per
              Hangul syllable, which it decomposes first
"""

import re

_RUN = re.compile(r"[A-Za-z\u00c0-\u024f]+|[0-9]+|[\uac00-\ud7a3]|[^\s]")
_ONE_PIECE_LETTERS = 8
_TWO_PIECE_LETTERS = 13
_ONE_PIECE_DIGITS = 2
_HANGUL_FIRST, _HANGUL_LAST = "\uac00", "\ud7a3"
_HANGUL_PIECES = 3


def estimate_word_pieces(text: str) -> int:
    """Return the estimated number of word pieces, without the two that mark start and end."""
    return sum(_pieces_of_run(run) for run in _RUN.findall(text))


def _pieces_of_run(run: str) -> int:
    length = len(run)
    if run[0].isdigit():
        return 1 if length <= _ONE_PIECE_DIGITS else -(-length // 2)
    if length <= _ONE_PIECE_LETTERS:
        return _HANGUL_PIECES if _HANGUL_FIRST <= run <= _HANGUL_LAST else 1
    return 2 if length <= _TWO_PIECE_LETTERS else -(-length // 3)
