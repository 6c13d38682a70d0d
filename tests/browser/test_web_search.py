"""Web search through a SearXNG instance; the public engines need a network."""

from datetime import UTC, datetime

import pytest
from alex_browser.errors import SearchUnavailable
from alex_browser.schemas import SearchRead
from alex_browser.web_search import SearxngEngine, describe_failure
from ddgs.exceptions import DDGSException, TimeoutException

from tests.browser.running import Reader

pytestmark = pytest.mark.anyio


async def test_a_search_gives_each_page_once(reader: Reader) -> None:
    """Ours: title, address without tracking, snippet and date; results without an address are left out."""
    result = await reader.call("web_search", {"query": "Northwind dividend"})
    found = SearchRead.model_validate(result.structured_content)

    assert found.engine == "SearXNG"
    assert [hit.url for hit in found.hits] == ["https://example.com/article"]
    assert found.hits[0].snippet == "About Northwind dividend"
    assert found.hits[0].published_at == datetime(2026, 10, 5, 12, 30, tzinfo=UTC)


async def test_an_instance_that_does_not_answer_is_named(site: str) -> None:
    """Ours: no result is told apart from no answer."""
    with pytest.raises(SearchUnavailable, match=f"SearXNG at {site}/nothing.*404"):
        await SearxngEngine(f"{site}/nothing").search("anything", "web", 5)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        pytest.param(
            DDGSException(ConnectionError("tcp error 111")), "they cannot be reached, ConnectionError", id="network"
        ),
        pytest.param(TimeoutException(ConnectionError("timed out")), "no answer in time", id="timeout"),
        pytest.param(DDGSException("No results found."), "No results found.", id="nothing"),
    ],
)
def test_why_the_public_engines_found_nothing_is_said_in_words(error: Exception, words: str) -> None:
    """What an engine's library raised is for the log, not for a reader of a plan."""
    assert describe_failure(error) == words
