"""Pages that are no HTML: PDFs and feeds."""

from datetime import UTC, datetime

import pytest
from alex_browser.schemas import FeedRead

from tests.browser.running import Reader

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("render", ["auto", "always"])
async def test_a_pdf_is_read_page_by_page(reader: Reader, site: str, render: str) -> None:
    """Ours: a PDF is text with page numbers, although Chromium takes it for a download."""
    page = await reader.read(f"{site}/report.pdf", render=render)

    assert page.text == "## Page 1\n\nAnnual report 2026\n\n## Page 2\n\nTotal revenue 4,100 million dollars"
    assert (page.title, page.byline) == ("Report of Northwind", "Northwind Foods")
    assert page.published_at == datetime(2026, 9, 30, 12, tzinfo=UTC)
    assert not page.rendered


async def test_a_broken_pdf_is_named(reader: Reader, site: str) -> None:
    """Ours: what cannot be parsed is an error, not an empty text."""
    assert "a PDF that cannot be parsed" in await reader.refusal(f"{site}/broken.pdf")


async def test_a_feed_gives_its_entries(reader: Reader, site: str) -> None:
    """Ours: dates in UTC, links without tracking parameters, summaries without markup."""
    result = await reader.call("fetch_feed", {"url": f"{site}/feed.xml", "limit": 1})
    feed = FeedRead.model_validate(result.structured_content)

    assert (feed.title, feed.total_entries, len(feed.entries)) == ("Sample Times", 2, 1)
    assert feed.entries[0].url == "https://example.com/article.html"
    assert feed.entries[0].published_at == datetime(2026, 10, 5, 12, 30, tzinfo=UTC)
    assert feed.entries[0].summary == "The ninth increase."


async def test_markup_in_a_feed_is_read_like_a_page(reader: Reader, site: str) -> None:
    """Ours: scripts and hidden text of an entry are not its summary."""
    result = await reader.call("fetch_feed", {"url": f"{site}/feed-of-markup.xml"})
    feed = FeedRead.model_validate(result.structured_content)

    assert feed.title == "Markup & more"
    assert feed.entries[0].title == "Northwind opens a plant & hires"
    assert feed.entries[0].summary == "A plant in Leeds . 300 jobs < 400."


async def test_a_page_that_is_no_feed_is_refused(reader: Reader, site: str) -> None:
    """Ours: the reason says which tool reads it."""
    result = await reader.call("fetch_feed", {"url": f"{site}/article.html"})

    assert result.is_error
    assert "read it with read_page" in str(result.content)
