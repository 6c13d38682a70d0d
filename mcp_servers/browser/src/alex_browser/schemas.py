"""What crosses the wire of the browser server."""

from datetime import datetime
from typing import Literal

from alex_edge import Health
from pydantic import BaseModel, Field

Render = Literal["auto", "always", "never"]


class Link(BaseModel):
    """One link worth following."""

    text: str
    url: str = Field(description="Absolute http or https URL.")


class PageRead(BaseModel):
    """One page, or a part of it, as Markdown with where it came from."""

    url: str = Field(description="The URL that was asked for.")
    final_url: str = Field(description="The URL after redirects.")
    canonical_url: str = Field(description="The page's own name for itself, without tracking parameters.")
    status: int = Field(description="HTTP status of the page.")
    title: str
    byline: str | None = Field(description="Author, as the page gives it.")
    published_at: datetime | None = Field(description="Publication time; midnight UTC when the page gives a date only.")
    language: str | None = Field(description="Language tag as the page declares it.")
    fetched_at: datetime
    content_hash: str = Field(description="`sha256:` and the hex digest of the whole text in UTF-8.")
    content_type: str = Field(description="Media type the site sent, without parameters.")
    text: str = Field(description="Markdown: characters `start` to `end` of the whole text, or passages around `find`.")
    start: int = Field(description="Offset of the first character in the whole text.")
    end: int = Field(description="Offset behind the last character; read on from here while below `total_chars`.")
    total_chars: int = Field(description="Length of the whole text in characters.")
    links: list[Link] = Field(description="Links of the main content first, then other headline-like ones.")
    rendered: bool = Field(description="Whether Chromium rendered the page.")
    notes: list[str] = Field(description="What a reader should know: dialogs, cuts, refused requests.")


class FeedItem(BaseModel):
    """One entry of a feed."""

    title: str
    url: str | None = Field(description="Absolute URL of the entry's page.")
    published_at: datetime | None
    summary: str


class FeedRead(BaseModel):
    """A feed and its entries."""

    url: str
    title: str
    fetched_at: datetime
    total_entries: int
    entries: list[FeedItem]


class SearchHit(BaseModel):
    """One page that a search found."""

    title: str
    url: str
    snippet: str
    published_at: datetime | None


class SearchRead(BaseModel):
    """What a search found, best first."""

    query: str
    engine: str
    hits: list[SearchHit]


class Tab(BaseModel):
    """One tab of a session."""

    index: int
    url: str
    title: str
    current: bool


class SessionView(BaseModel):
    """A session after an action: where it is and what the page shows."""

    session: str = Field(description="Handle of the session; give it to every further browser_ tool.")
    url: str
    title: str
    status: int | None = Field(description="HTTP status of the page, when the action loaded one.")
    snapshot: str = Field(description="Accessibility tree of the page as YAML; `[ref=e5]` names a target for actions.")
    start: int
    end: int
    total_chars: int = Field(description="Length of the whole snapshot; browser_snapshot reads on from `end`.")
    dialog: str | None = Field(description="Dialog that waits for browser_handle_dialog.")
    tabs: list[Tab]
    notes: list[str]


class BrowserHealth(Health):
    """That the process is alive, which build it is, and whether its Chromium runs."""

    chromium: Literal["running", "stopped"] = Field(
        description="`stopped` until a page needs it, and after it ended until the next such page."
    )


class BrowserState(BaseModel):
    """Whether there is a Chromium, and whether it runs."""

    executable: str | None = Field(description="Path of the Chromium that is used, or null when none was found.")
    running: bool
    version: str | None = Field(description="Version of the running Chromium.")
    sessions: int = Field(description="Sessions that are open.")
