"""The order of candidates, and what a passage's vector is made of."""

import math

import pytest
from alex_vector_store.passage_context import CONTEXT_PIECES, PlacedVector, embedded_text, place_in_page
from alex_vector_store.ranking import Candidate, rank
from alex_vector_store.word_pieces import estimate_word_pieces


def test_similarity_decides_where_words_and_years_do_not() -> None:
    """Meaning comes first."""
    candidates = [Candidate("Bread", "flour and water", s) for s in (0.2, 0.8, 0.5)]
    assert rank("how to bake", candidates) == [1, 2, 0]


@pytest.mark.parametrize("question", ["revenue in 2022", "FY2022 revenue", "FY22 revenue", "revenue from 2021 to 2022"])
def test_the_report_of_the_year_asked_for_comes_first(question: str) -> None:
    """Two years' reports say nearly the same; the title tells them apart."""
    titles = ["Acme 2021 10K page 7", "Acme 2022 10K page 7", "Acme 2019 10K page 7", "Acme annual report"]
    candidates = [Candidate(title, "Revenue grew.", 0.6) for title in titles]
    assert rank(question, candidates)[0] == 1
    assert rank(question, candidates)[-1] == 2


def test_an_exact_word_decides_between_equals() -> None:
    """Names and figures that vectors blur."""
    candidates = [Candidate("t", "the order of Halcyon Grid", 0.5), Candidate("t", "the order of Lumina Robotics", 0.5)]
    assert rank("Lumina order", candidates) == [1, 0]
    assert rank("anything", []) == []


def test_a_question_about_a_year_is_answered_by_figures() -> None:
    """The text beside a table speaks of the figures, the table has them."""
    told = "Revenue of the year is explained below; it grew everywhere."
    table = "Revenue | 1,200 | 1,100 \n Costs | 900 | 870"
    candidates = [Candidate("Acme", told, 0.51), Candidate("Acme", table, 0.5)]
    assert rank("revenue in 2022", candidates) == [1, 0]
    assert rank("how is revenue explained", candidates) == [0, 1]


def test_passages_are_drawn_to_the_opening_of_their_page() -> None:
    """Halfway, at length 1; the opening itself stays, and the fifth passage opens the next page."""
    unit = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [-1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]
    half = math.sqrt(0.5)
    placed = place_in_page(unit)
    assert placed[0] == PlacedVector([1.0, 0.0, 0.0], 1.0)
    assert placed[1].vector == pytest.approx([half, half, 0.0])
    assert placed[2] == PlacedVector([-1.0, 0.0, 0.0], 1.0)
    assert placed[4].vector == [0.0, 1.0, 0.0]
    assert placed[5].vector == pytest.approx([0.0, half, half])


def test_reach_turns_the_cosine_into_a_mean_of_similarities() -> None:
    """A passage gains nothing by having nothing to do with its page."""
    opening, passage, query = [1.0, 0.0], [0.6, 0.8], [0.8, 0.6]
    placed = place_in_page([opening, passage])[1]
    cosine = sum(a * b for a, b in zip(placed.vector, query, strict=True))
    assert cosine * placed.reach == pytest.approx((0.8 + 0.96) / 2)


def test_a_long_title_leaves_room_for_the_passage() -> None:
    """The model reads 256 tokens: 200 of the passage, 48 of its context."""
    text = embedded_text("Amortization of intangible assets " * 20, "Notes > Leases", "Some words.")
    title, passage = text.split("\n")
    assert passage == "Some words."
    assert estimate_word_pieces(title) <= CONTEXT_PIECES


@pytest.mark.parametrize(
    ("title", "section", "text", "embedded"),
    [
        ("Lumina Q3", "Outlook", "Orders rose.\n", "Lumina Q3 > Outlook\nOrders rose."),
        ("Lumina Q3", "", "# Lumina Q3\nOrders rose.", "# Lumina Q3\nOrders rose."),
        ("Orders rose", "", "Orders rose in May.", "Orders rose in May."),
        ("Lumina", "Lumina > Outlook", "Orders rose.", "Lumina > Outlook\nOrders rose."),
        ("Lumina", "Outlook", "## Outlook\nOrders rose.", "Lumina\n## Outlook\nOrders rose."),
    ],
)
def test_a_passage_is_told_what_it_does_not_say_itself(title: str, section: str, text: str, embedded: str) -> None:
    """A name that stands there twice would weigh twice."""
    assert embedded_text(title, section, text) == embedded
