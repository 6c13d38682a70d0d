"""Settings of the browser server, read from `BROWSER_*`. Never read at import."""

from typing import Annotated

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


class BrowserSettings(BaseSettings):
    """What may be read, with which Chromium, and how long anything may take."""

    model_config = SettingsConfigDict(env_prefix="BROWSER_", frozen=True)

    executable: str = Field(default="", description="Path of a Chromium; empty: find one.")
    chromium_sandbox: bool = Field(
        default=True, description="Whether Chromium's processes are locked up one by one; never as root, who cannot."
    )
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="Comma list of `host` or `host:port` that may be read although they are not public."
    )
    user_agent: str = Field(
        default="Mozilla/5.0 (compatible; AlexBrowser/0.1)", description="User-Agent of plain requests."
    )
    fetch_seconds: float = Field(default=15, gt=0, lt=60, description="Longest plain download of one page, in seconds.")
    navigation_seconds: float = Field(
        default=15, gt=0, lt=60, description="Longest wait in Chromium until the page is parsed, in seconds."
    )
    settle_seconds: float = Field(
        default=3, ge=0, le=10, description="Longest wait for text that scripts add after that, in seconds."
    )
    call_seconds: float = Field(default=50, gt=0, lt=60, description="Longest whole call of a tool, in seconds.")
    keep_seconds: float = Field(
        default=120, ge=0, description="How long a page read is kept for paging and `find`, in seconds."
    )
    max_body_bytes: int = Field(default=10_000_000, gt=0, description="Bytes of one page that are read at most.")
    max_pdf_bytes: int = Field(default=50_000_000, gt=0, description="Bytes of one PDF that are read at most.")
    max_redirects: int = Field(default=10, ge=0, description="Redirects followed for one page at most.")
    max_contexts: int = Field(default=4, gt=0, description="Pages open in Chromium at the same time at most.")
    interaction: bool = Field(default=True, description="Whether the tools that click and type are offered.")
    max_sessions: int = Field(
        default=8, gt=0, description="Sessions open at the same time; the oldest idle one yields."
    )
    session_idle_seconds: float = Field(default=600, gt=0, description="Time after which an unused session is closed.")
    action_seconds: float = Field(default=10, gt=0, lt=60, description="Longest wait for one click or key, in seconds.")
    max_per_host: int = Field(default=2, gt=0, description="Requests to one host at the same time at most.")
    max_retries: int = Field(
        default=2, ge=0, le=5, description="New tries after a broken connection or an answer 502, 503 or 504."
    )
    obey_robots: bool = Field(default=True, description="Whether pages that a site's robots.txt excludes are left out.")
    searxng_url: str = Field(default="", description="A SearXNG instance to search with; empty: public engines.")

    @field_validator("allowed_hosts", mode="before")
    @classmethod
    def _split_hosts(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(host.strip().lower() for host in value.split(",") if host.strip())
        return value


class SecSettings(BaseSettings):
    """Who asks the SEC, which refuses plain requests without a name; the researcher takes it from the same variable."""

    model_config = SettingsConfigDict(env_prefix="ALEX_SEC_", frozen=True)

    user_agent: str = Field(
        default="", pattern=r"^[ -~]*$", description="Name and e-mail address, sent to `sec.gov` as User-Agent."
    )
