"""The rules by which findings are weighed and compared, one by one."""

import pytest
from alex_researcher.contradiction import contradiction
from alex_researcher.schemas import Finding, Stance
from alex_researcher.weighing import merge_repeated, weigh


def finding(
    quote: str, url: str, stance: Stance = "supports", published: str | None = "2026-06-01T00:00:00Z"
) -> Finding:
    """A proved finding."""
    return Finding(
        claim=quote,
        quote=quote,
        stance=stance,
        document_id=f"doc_{url}",
        quote_start=0,
        quote_end=len(quote),
        source_url=url,
        title="t",
        published_at=published,
        fetched_at="2026-11-01T00:00:00Z",
        content_hash="sha256:0",
        version_id="v",
    )


def test_the_same_words_are_one_finding_that_names_its_copies() -> None:
    """Ours: a wire story on three sites is one source."""
    found = [finding("Tarnfield won  an order", f"http://{host}/x", "supports") for host in ("a", "b", "c")]
    (merged,) = merge_repeated([found[0], found[1].model_copy(update={"quote": "Tarnfield won an order"}), found[2]])
    assert merged.source_url == "http://a/x"
    assert merged.also_at == ["http://b/x", "http://c/x"]


@pytest.mark.parametrize(
    ("others", "published", "confidence"),
    [
        ([], "2026-06-01T00:00:00Z", "medium"),
        ([], None, "low"),
        ([], "2020-06-01T00:00:00Z", "low"),
        ([("b", "supports")], "2026-06-01T00:00:00Z", "high"),
        ([("a", "supports")], "2026-06-01T00:00:00Z", "medium"),
        ([("b", "supports"), ("c", "supports")], "2024-06-01T00:00:00Z", "high"),
        ([("b", "against"), ("c", "against")], "2026-06-01T00:00:00Z", "low"),
        ([("b", "supports"), ("c", "against")], "2026-06-01T00:00:00Z", "high"),
    ],
    ids=["new", "undated", "old", "second", "same_host", "third", "opposed", "mixed"],
)
def test_confidence_follows_sources_age_and_agreement(
    others: list[tuple[str, Stance]], published: str | None, confidence: str
) -> None:
    """Ours: the table in the README."""
    more = [finding(f"Another sentence {n}", f"http://{host}/{n}", stance) for n, (host, stance) in enumerate(others)]
    first = weigh([finding("Tarnfield won an order", "http://a/x", "supports", published), *more])[0]
    assert first.confidence == confidence, first.confidence_reason


def test_what_speaks_against_a_finding_is_quoted_nearest_first() -> None:
    """Ours: at most two, and only of the opposite stance."""
    found = weigh(
        [
            finding("Brakes arrived early this spring", "http://a/1"),
            finding("Workers threaten a strike", "http://b/1", "against"),
            finding("A shortage of brakes delayed trains in spring", "http://c/1", "against"),
            finding("The company is a railway", "http://d/1", "neutral"),
        ]
    )
    assert [counter.source_url for counter in found[0].counter] == ["http://c/1", "http://b/1"]
    assert [counter.source_url for counter in found[1].counter] == ["http://a/1"]
    assert found[3].counter == []


@pytest.mark.parametrize(
    ("newer", "older", "contradicts"),
    [
        (
            "The order is worth 290 million crowns to Tarnfield",
            "The order is worth 310 million crowns to Tarnfield",
            True,
        ),
        ("Tarnfield will not deliver the ordered trains", "Tarnfield will deliver the ordered trains", True),
        (
            "The order is worth 310 million crowns to Tarnfield",
            "The order is worth 310 million crowns to Tarnfield",
            False,
        ),
        ("The order is worth 290 million crowns to Tarnfield", "Workers walked out in 3 depots on Monday", False),
    ],
    ids=["figures", "negation", "same", "another_subject"],
)
def test_quotes_on_the_same_thing_that_do_not_agree_are_flagged(newer: str, older: str, *, contradicts: bool) -> None:
    """Ours: by words and figures, no more is claimed."""
    assert bool(contradiction(newer, "neutral", older, "neutral")) == contradicts
