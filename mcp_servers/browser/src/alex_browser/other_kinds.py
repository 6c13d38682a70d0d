"""What is no HTML, read as what it is: feeds as Markdown, PDFs by page, JSON and text unchanged."""

from dataclasses import replace

from alex_browser.decoding import decode
from alex_browser.errors import NotReadable, PageEmpty
from alex_browser.extraction import Extracted
from alex_browser.feeds import feed_to_markdown, parse_feed
from alex_browser.fetching import Fetched
from alex_browser.media_types import Kind
from alex_browser.metadata import without_tracking
from alex_browser.pdf_text import read_pdf
from alex_browser.schemas import Link
from alex_browser.workers import Workers


async def read_other(fetched: Fetched, kind: Kind, workers: Workers) -> tuple[Extracted, list[str]]:
    """Return the content of `fetched` and notes about it.

    Raises:
        ReadFailed: it is no text, or cannot be parsed.
    """
    if kind is Kind.PDF:
        return await _read_pdf(fetched, workers)
    if kind is Kind.OTHER:
        raise NotReadable(fetched.url, f"it is {fetched.content_type or 'of an unknown type'}")
    extracted, note = await workers.run(fetched.url, _read_text, fetched, kind)
    if not extracted.text.strip():
        raise PageEmpty(fetched.url)
    return extracted, [note] if note else []


def _read_text(fetched: Fetched, kind: Kind) -> tuple[Extracted, str | None]:
    text, note = decode(fetched.body, fetched.charset, cut=fetched.truncated)
    plain = _plain(fetched, text)
    return (_as_feed(fetched, plain) if kind is Kind.FEED else plain), note


async def _read_pdf(fetched: Fetched, workers: Workers) -> tuple[Extracted, list[str]]:
    if fetched.truncated:
        raise NotReadable(fetched.url, f"it is a PDF of more than {len(fetched.body):,} bytes")
    found = await read_pdf(fetched.body, fetched.url, workers)
    plain = _plain(fetched, found.markdown())
    notes = []
    if len(found.pages) < found.page_count:
        notes.append(f"the PDF has {found.page_count} pages; the first {len(found.pages)} were read")
    extracted = replace(plain, title=found.title or plain.title, byline=found.author, published_at=found.created_at())
    return extracted, notes


def _as_feed(fetched: Fetched, plain: Extracted) -> Extracted:
    """Return the entries of a feed; XML of another kind stays as it is."""
    feed = parse_feed(fetched.body, fetched.url)
    if feed is None:
        return plain
    links = [Link(text=entry.title or entry.url, url=entry.url) for entry in feed.entries if entry.url]
    title = feed.title or plain.title
    return replace(plain, title=title, text=feed_to_markdown(feed), language=feed.language or None, links=links)


def _plain(fetched: Fetched, text: str) -> Extracted:
    name = fetched.file_name or fetched.url.partition("?")[0].rstrip("/").rsplit("/", 1)[-1]
    return Extracted(
        title=name,
        byline=None,
        published_at=None,
        language=None,
        canonical_url=without_tracking(fetched.url),
        text=text,
        links=[],
    )
