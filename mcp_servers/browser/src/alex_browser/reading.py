"""How a page is read: plain HTTP first, Chromium when the page needs it, then the part that was asked for.

It knows neither MCP nor Playwright's or HTTP's details: it decides which of them is used and puts their
answers together.
"""

import asyncio
import hashlib
import time
from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import Protocol

from alex_browser.addresses import checked_url
from alex_browser.errors import NotReadable, PageAnswered, PageEmpty, PageTooSlow, ReadFailed, TooManyRedirects
from alex_browser.extraction import Extracted
from alex_browser.feeds import parse_feed
from alex_browser.fetching import Fetched, PageFetcher
from alex_browser.html_reading import read_html_body, read_shown_html
from alex_browser.media_types import Kind, kind_of
from alex_browser.other_kinds import read_other
from alex_browser.passages import Part, passages_around, slice_of
from alex_browser.rendering import Rendered
from alex_browser.schemas import FeedRead, PageRead, Render
from alex_browser.script_need import ScriptNeed, is_challenge
from alex_browser.settings import BrowserSettings
from alex_browser.stylesheets import Stylesheets
from alex_browser.workers import Workers

MAX_KEPT_CHARS = 20_000_000
"""Characters of text kept for paging, all pages together."""
_ERROR_STATUS = 400


@dataclass(frozen=True)
class Wanted:
    """Which part of a page is asked for."""

    start: int
    max_chars: int
    find: str | None


@dataclass(frozen=True)
class _Page:
    """A whole page as it was read."""

    final_url: str
    status: int
    content_type: str
    extracted: Extracted
    rendered: bool
    notes: list[str]
    fetched_at: datetime


class Renderer(Protocol):
    """Shows a page in a browser."""

    async def render(self, url: str, holder: str) -> Rendered:
        """Return what a browser shows for `url`, read for `holder`."""


class PageReader:
    """Reads pages and keeps them for a while, so that the parts of one page fit together."""

    def __init__(self, fetcher: PageFetcher, renderer: Renderer, workers: Workers, settings: BrowserSettings) -> None:
        self._fetcher = fetcher
        self._stylesheets = Stylesheets(fetcher.stylesheet)
        self._workers = workers
        self._renderer = renderer
        self._settings = settings
        self._kept: OrderedDict[tuple[str, Render], tuple[float, _Page]] = OrderedDict()

    async def read(self, url: str, wanted: Wanted, render: Render, holder: str) -> PageRead:
        """Return the wanted part of the page at `url`, read for the caller `holder`.

        Raises:
            ReadFailed: the page cannot be read; the message says why.
        """
        checked_url(url)
        page = self._recall(url, render) if wanted.start or wanted.find else None
        if page is None:
            seconds = self._settings.call_seconds
            try:
                async with asyncio.timeout(seconds):
                    page = await self._load(url, render, holder)
            except TimeoutError as exc:
                raise PageTooSlow(url, seconds) from exc
            self._keep(url, render, page)
        return _answer(url, page, wanted)

    async def read_feed(self, url: str, limit: int) -> FeedRead:
        """Return the newest entries of the RSS or Atom feed at `url`, as the feed orders them.

        Raises:
            ReadFailed: it cannot be read, or is no feed.
        """
        checked_url(url)
        fetched = await self._fetcher.fetch(url)
        if fetched.status >= _ERROR_STATUS:
            raise PageAnswered(fetched.url, fetched.status, fetched.retry_after)
        feed = await self._workers.run(url, parse_feed, fetched.body, fetched.url)
        if feed is None:
            raise NotReadable(url, "it is no RSS or Atom feed; read it with read_page")
        return FeedRead(
            url=fetched.url,
            title=feed.title,
            fetched_at=datetime.now(UTC),
            total_entries=len(feed.entries),
            entries=feed.entries[:limit],
        )

    async def _load(self, url: str, render: Render, holder: str, moves: int = 0) -> _Page:
        if render == "always":
            await self._fetcher.check_robots(url)
            return await self._load_rendered(url, holder, [])
        fetched = await self._fetcher.fetch(url)
        kind = kind_of(fetched)
        if fetched.status >= _ERROR_STATUS:
            text = fetched.body.decode("utf-8", errors="replace")
            if render == "auto" and is_challenge(fetched.status, text):
                return await self._load_rendered(url, holder, [f"plain HTTP was answered with {fetched.status}"])
            raise PageAnswered(fetched.url, fetched.status, fetched.retry_after)
        if kind is Kind.HTML:
            return await self._load_html(url, fetched, render, holder, moves)
        return _plain_page(fetched, *await read_other(fetched, kind, self._workers))

    async def _load_html(self, url: str, fetched: Fetched, render: Render, holder: str, moves: int) -> _Page:
        sheets = await self._stylesheets.of(fetched.body, fetched.url)
        work = partial(read_html_body, cut=fetched.truncated)
        html = await self._workers.run(url, work, fetched.body, fetched.charset, fetched.url, sheets)
        if html.moved_to:
            if moves >= self._settings.max_redirects:
                raise TooManyRedirects(url, moves)
            return await self._load(html.moved_to, render, holder, moves + 1)
        need = html.need if render == "auto" else ScriptNeed.NONE
        page = _plain_page(fetched, html.extracted, [html.note] if html.note else [])
        if need is ScriptNeed.ALL:
            return await self._load_rendered(url, holder, [])
        if need is ScriptNeed.SOME:
            try:
                return await self._load_rendered(url, holder, [])
            except ReadFailed as exc:
                unrendered = f"the scripts of the page did not run: {exc.message}"
                return replace(page, notes=[*page.notes, unrendered])
        if not page.extracted.text:
            raise PageEmpty(
                url, "its scripts were not run nor its frames read" if render == "never" and html.scripts else ""
            )
        return page

    async def _load_rendered(self, url: str, holder: str, notes: list[str]) -> _Page:
        try:
            async with self._fetcher.turn(url):
                shown = await self._renderer.render(url, holder)
        except NotReadable:
            # Chromium takes some text (PDF, CSV) for a download; plain HTTP tells what it is.
            fetched = await self._fetcher.fetch(url)
            if fetched.status >= _ERROR_STATUS or kind_of(fetched) in (Kind.HTML, Kind.OTHER):
                raise
            return _plain_page(fetched, *await read_other(fetched, kind_of(fetched), self._workers))
        if shown.url != url:
            await self._fetcher.check_robots(shown.url)
        if shown.status >= _ERROR_STATUS:
            raise PageAnswered(shown.url, shown.status, shown.retry_after)
        html = await self._workers.run(url, read_shown_html, shown.html, shown.url)
        if not html.extracted.text:
            raise PageEmpty(url, "; ".join(shown.notes))
        return _Page(
            final_url=shown.url,
            status=shown.status,
            content_type=shown.content_type,
            extracted=html.extracted,
            rendered=True,
            notes=[*notes, *shown.notes],
            fetched_at=datetime.now(UTC),
        )

    def _recall(self, url: str, render: Render) -> _Page | None:
        kept = self._kept.get((url, render))
        if kept is None or time.monotonic() - kept[0] > self._settings.keep_seconds:
            return None
        return kept[1]

    def _keep(self, url: str, render: Render, page: _Page) -> None:
        self._kept.pop((url, render), None)
        self._kept[url, render] = (time.monotonic(), page)
        while sum(len(kept.extracted.text) for _, kept in self._kept.values()) > MAX_KEPT_CHARS and len(self._kept) > 1:
            self._kept.popitem(last=False)


def _plain_page(fetched: Fetched, extracted: Extracted, notes: list[str]) -> _Page:
    if fetched.unfinished:
        notes = [*notes, "the page did not end in time; this is what had come by then"]
    elif fetched.truncated:
        notes = [*notes, f"the page is longer than {len(fetched.body):,} bytes; the rest was not read"]
    return _Page(
        final_url=fetched.url,
        status=fetched.status,
        content_type=fetched.content_type,
        extracted=extracted,
        rendered=False,
        notes=notes,
        fetched_at=datetime.now(UTC),
    )


def _answer(url: str, page: _Page, wanted: Wanted) -> PageRead:
    text = page.extracted.text
    part = _part(text, wanted)
    return PageRead(
        url=url,
        final_url=page.final_url,
        canonical_url=page.extracted.canonical_url,
        status=page.status,
        title=page.extracted.title,
        byline=page.extracted.byline,
        published_at=page.extracted.published_at,
        language=page.extracted.language,
        fetched_at=page.fetched_at,
        content_hash="sha256:" + hashlib.sha256(text.encode()).hexdigest(),
        content_type=page.content_type,
        text=part.text,
        start=part.start,
        end=part.end,
        total_chars=len(text),
        links=page.extracted.links,
        rendered=page.rendered,
        notes=[*page.notes, *([part.note] if part.note else [])],
    )


def _part(text: str, wanted: Wanted) -> Part:
    if wanted.find and wanted.find.strip():
        return passages_around(text, wanted.find, wanted.start, wanted.max_chars)
    return slice_of(text, wanted.start, wanted.max_chars)
