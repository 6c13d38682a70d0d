"""Web search: through a SearXNG instance when a setting names one, else through the engines that ddgs asks.

Results are names and addresses of pages, not their content; reading them is `read_page`.
"""

import asyncio
import logging
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Literal, Protocol

import httpx2
from ddgs import DDGS
from ddgs.exceptions import DDGSException, TimeoutException
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from alex_browser.errors import SearchUnavailable
from alex_browser.metadata import parse_time, without_tracking
from alex_browser.schemas import SearchHit
from alex_browser.settings import BrowserSettings

SEARCH_SECONDS = 15.0
"""Longest wait for the engines; several are asked at once."""
_MAX_SNIPPET_CHARS = 400

Category = Literal["web", "news"]

_log = logging.getLogger(__name__)


class _Found(BaseModel):
    """One result, as SearXNG and ddgs name its fields."""

    model_config = ConfigDict(extra="ignore")

    title: str = ""
    url: str = ""
    href: str = ""
    content: str = ""
    body: str = ""
    date: str = Field(default="", alias="publishedDate")


class SearchEngine(Protocol):
    """Something that finds pages."""

    name: str

    async def search(self, query: str, category: Category, limit: int) -> list[SearchHit]:
        """Return up to `limit` hits, best first.

        Raises:
            SearchUnavailable: it does not answer.
        """


def create_search_engine(settings: BrowserSettings) -> SearchEngine:
    """Return the engine that the settings ask for."""
    return SearxngEngine(settings.searxng_url) if settings.searxng_url else DdgsEngine()


class SearxngEngine:
    """A SearXNG instance with its JSON format switched on (`search.formats` in its settings)."""

    name = "SearXNG"

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")

    async def search(self, query: str, category: Category, limit: int) -> list[SearchHit]:
        """Return up to `limit` hits of the instance."""
        wanted = {"q": query, "format": "json", "categories": "news" if category == "news" else "general"}
        try:
            async with httpx2.AsyncClient(timeout=SEARCH_SECONDS, follow_redirects=False) as client:
                response = await client.get(f"{self._url}/search", params=wanted)
            response.raise_for_status()
            results = response.json()["results"]
        except (httpx2.HTTPError, ValueError, KeyError) as exc:
            raise SearchUnavailable(f"SearXNG at {self._url}", str(exc) or type(exc).__name__) from exc
        return _hits(results, limit)


class DdgsEngine:
    """The public engines that ddgs knows, several at once; none needs a key."""

    name = "public search engines"

    async def search(self, query: str, category: Category, limit: int) -> list[SearchHit]:
        """Return up to `limit` hits of the engines that answered."""
        try:
            async with asyncio.timeout(SEARCH_SECONDS):
                results = await asyncio.to_thread(_ask_ddgs, query, category, limit)
        except (DDGSException, TimeoutError, OSError) as exc:
            _log.info("no engine answered: %r", exc)
            raise SearchUnavailable(self.name, describe_failure(exc)) from exc
        return _hits(results, limit)


def describe_failure(error: Exception) -> str:
    """Return in words why ddgs found nothing; it hands on the error of the last engine instead of a text."""
    reason = error.args[0] if error.args else None
    if isinstance(error, (TimeoutError, TimeoutException)):
        return "no answer in time"
    if isinstance(reason, Exception):
        return f"they cannot be reached, {type(reason).__name__}"
    return str(error)


def _ask_ddgs(query: str, category: Category, limit: int) -> list[dict[str, object]]:
    engines = DDGS(timeout=int(SEARCH_SECONDS) - 5)
    ask = engines.news if category == "news" else engines.text
    return ask(query, max_results=limit)


def _hits(results: Iterable[Mapping[str, object]], limit: int) -> list[SearchHit]:
    hits: dict[str, SearchHit] = {}
    for result in results:
        named = {**result, "publishedDate": result.get("publishedDate") or result.get("date") or ""}
        try:
            found = _Found.model_validate(named)
        except ValidationError:
            continue
        url = found.url or found.href
        if url.startswith(("http://", "https://")):
            hit = SearchHit(
                title=found.title,
                url=without_tracking(url),
                snippet=(found.content or found.body)[:_MAX_SNIPPET_CHARS],
                published_at=_when(found.date),
            )
            hits.setdefault(hit.url, hit)
    return list(hits.values())[:limit]


def _when(text: str) -> datetime | None:
    return parse_time(text) if text else None
