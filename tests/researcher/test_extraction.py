"""The rules of the built-in researcher, one by one."""

import pytest
from alex_researcher.evidence import find_quote
from alex_researcher.extraction import Passage, choose_findings, sentences
from alex_researcher.knowledge import Link
from alex_researcher.link_choice import choose_links
from alex_researcher.topic_words import TopicWords

TOPIC = TopicWords.of("Tarnfield Rail (TRNF): outlook and risks", ["TRNF"])


def test_the_topic_is_its_telling_words() -> None:
    """Ours: words that every topic has do not tell a company from another."""
    assert TOPIC.names == {"tarnfield", "rail"}
    assert TOPIC.symbols == {"trnf"}


@pytest.mark.parametrize(
    ("text", "about"),
    [("TRNF rises", True), ("Tarnfield falls", True), ("Outlook and risks", False), ("A bakery opens", False)],
)
def test_a_text_is_about_the_topic_by_symbol_or_half_of_the_name(text: str, *, about: bool) -> None:
    """Ours."""
    links = [Link(text=text, url="http://x/a.html")]
    assert choose_links(links, TOPIC, already=set(), limit=5) == (["http://x/a.html"] if about else [])


def test_links_already_read_and_over_the_limit_are_not_chosen() -> None:
    """Ours: best first, so that the limit cuts the weakest."""
    links = [
        Link(text="Tarnfield", url="http://x/weak.html"),
        Link(text="Tarnfield Rail TRNF", url="http://x/best.html"),
        Link(text="Tarnfield Rail TRNF", url="http://x/read.html"),
        Link(text="Tarnfield Rail", url="http://x/good.html"),
    ]
    chosen = choose_links(links, TOPIC, already={"http://x/read.html"}, limit=2)
    assert chosen == ["http://x/best.html", "http://x/good.html"]
    assert choose_links(links, TOPIC, already=set(), limit=0) == []


def test_sentences_are_whole_prose_exactly_as_it_stands() -> None:
    """Ours: no headings, rows, lists or fragments; a full stop inside a number ends nothing."""
    text = (
        "# Tarnfield Rail wins a contract in the city\n\n"
        "Sales rose by 3.5 percent to 310 million crowns in the year. The board was pleased with the result of it.\n"
        "| a row | of a table that is long enough to be a sentence. |\n"
        "- A list entry that is long enough to be a sentence, too.\n"
        "A line without an end that is long enough to be a sentence\n"
    )
    assert list(sentences(text)) == [
        "Sales rose by 3.5 percent to 310 million crowns in the year.",
        "The board was pleased with the result of it.",
    ]


def test_findings_are_the_same_whatever_the_order_of_the_passages() -> None:
    """Ours: deterministic."""
    passages = [
        Passage(
            document_id=f"d{n}", title="Tarnfield Rail", text=f"Tarnfield Rail lost {n} orders in the year.", score=0.5
        )
        for n in range(4)
    ]
    assert choose_findings(passages, TOPIC) == choose_findings(passages[::-1], TOPIC)


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("a shortage of brakes would delay", True),
        ("a  shortage\nof brakes would   delay", True),
        ("a shortage of brakes will delay", False),
        ("A shortage of brakes would delay", False),
        ("brakes", False),
        (" ", False),
        ("(a shortage of brakes [would delay", False),
    ],
)
def test_a_quote_is_found_by_its_exact_words(quote: str, *, found: bool) -> None:
    """Ours: white space may differ, nothing else; a word or two prove nothing."""
    text = "They warned that a shortage of brakes would delay 12 trains."
    place = find_quote(quote, text)
    assert (place is not None) == found
    if place:
        assert text[slice(*place)] == "a shortage of brakes would delay"
