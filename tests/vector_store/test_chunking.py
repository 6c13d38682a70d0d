"""Cutting documents into passages."""

from itertools import pairwise

import pytest
from alex_vector_store.chunking import CLOSING_PIECES, MAX_CHARACTERS, MAX_PIECES, cut_into_chunks
from alex_vector_store.word_pieces import estimate_word_pieces
from hypothesis import given
from hypothesis import strategies as st

WORDS = st.sampled_from(
    ["revenue", "grew", "12.5%", "in", "2025.", "Net income?", "| 1,234 | 5,678 |\n", "\n\n", "# Results\n", "EBITDA",
     "\u696d\u7e3e\u3002", "\uc131\uc7a5", "x" * 300, " " * 50, "0123456789" * 5, "\U0001f4c8"]
)  # fmt: skip
TEXTS = st.one_of(st.text(min_size=1, max_size=3000), st.lists(WORDS, min_size=1, max_size=400).map(" ".join))


@given(TEXTS)
def test_passages_cover_the_text_without_gaps(text: str) -> None:
    """The document is put together again exactly from its passages."""
    chunks = cut_into_chunks(text)
    assert chunks[0].start == 0
    assert chunks[-1].end == len(text)
    for one, following in pairwise(chunks):
        assert one.start < following.start <= one.end < following.end


@given(TEXTS)
def test_no_passage_is_above_the_limits(text: str) -> None:
    """200 word pieces, 240 in the last one, and characters that fit into the metadata of a vector."""
    chunks = cut_into_chunks(text)
    for chunk in chunks:
        limit = CLOSING_PIECES if chunk is chunks[-1] else MAX_PIECES
        assert chunk.start < chunk.end
        assert estimate_word_pieces(text[chunk.start : chunk.end]) <= limit
        assert chunk.end - chunk.start <= MAX_CHARACTERS


def test_a_short_text_is_one_passage() -> None:
    """Nothing is cut without need."""
    text = "Revenue grew by 12 % in 2025. Net income was flat.\n"
    assert [(c.start, c.end) for c in cut_into_chunks(text)] == [(0, len(text))]


def test_what_the_model_reads_whole_is_not_cut() -> None:
    """A passage of the last sentence alone would say nothing by itself."""
    sentence = "Net income of the bank was flat in the year. "
    whole = sentence * (CLOSING_PIECES // estimate_word_pieces(sentence))
    assert estimate_word_pieces(whole) > MAX_PIECES
    assert len(cut_into_chunks(whole)) == 1
    assert len(cut_into_chunks(whole + sentence)) == 2


def test_passages_end_at_sentence_ends_and_overlap_by_whole_sentences() -> None:
    """An answer at a border is whole in one of the two passages."""
    text = " ".join(f"Sentence number {n} says that revenue grew in region {n}." for n in range(100))
    chunks = cut_into_chunks(text)
    assert len(chunks) > 3
    for one, following in pairwise(chunks):
        assert text[one.start : one.end].rstrip().endswith(".")
        assert text[following.start :].startswith("Sentence number")
        assert 0 < one.end - following.start < 300


def test_table_rows_are_not_cut() -> None:
    """A row's figures belong to the name in its first cell."""
    rows = [f"| Segment {n} | {n * 1000:,} | {n * 17:,} | {n}.5 % |\n" for n in range(120)]
    text = "".join(rows)
    for chunk in cut_into_chunks(text):
        passage = text[chunk.start : chunk.end]
        assert passage.startswith("| Segment")
        assert passage.endswith("% |\n")


def test_a_passage_knows_the_headings_it_stands_under() -> None:
    """A section's name says what its figures are about."""
    body = "Revenue grew in every region of the world. " * 60
    text = f"# Annual report\n\n{body}\n\n## Risk factors\n\n{body}\n\n# Outlook\n\n{body}"
    sections = {chunk.section for chunk in cut_into_chunks(text)}
    assert sections == {"Annual report", "Annual report > Risk factors", "Outlook"}


def test_a_passage_that_begins_in_a_table_is_told_its_head_row() -> None:
    """With the lines that group its rows, and up to the next sentence."""
    rows = "".join(f"Segment {n} | {n * 1000:,} | {n * 17:,}\n" for n in range(40))
    text = (
        f"Sales by segment were as follows:\n2025 | 2024\n{rows}Elsewhere:\n{rows}\nNo table any more. "
        + "Word. " * 200
    )
    sections = [chunk.section for chunk in cut_into_chunks(text)]
    assert sections[0] == ""
    assert sections[1] == "2025 | 2024"
    assert sections[-1] == ""


def test_a_heading_of_any_length_fits_into_the_metadata() -> None:
    """S3 Vectors keeps 40 KB with a vector."""
    body = "Word after word. " * 200
    text = "".join(f"{'#' * level} {'long ' * 9000}\n\n{body}" for level in range(1, 7))
    assert max(len(chunk.section) for chunk in cut_into_chunks(text)) < 1000


@pytest.mark.parametrize(
    ("text", "pieces"),
    [("revenue", 1), ("amortization", 2), ("2025", 2), ("12.5%", 4), ("\uc131\uc7a5", 6), ("", 0), (" \n", 0)],
)
def test_word_pieces_are_estimated_from_above(text: str, pieces: int) -> None:
    """The rule of the estimate, case by case."""
    assert estimate_word_pieces(text) == pieces
