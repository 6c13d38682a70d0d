"""Whether a deployment works as its callers and visitors see it, and whether it refuses what it should."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import httpx2

from alex_tools.aws.app_runner import RunningService

_OK, _FORBIDDEN, _UNAUTHORIZED = 200, 403, 401
_DIMENSION = 384
COLD_START_SECONDS = 115.0
"""A serverless endpoint that has been idle loads its model first."""


@dataclass(frozen=True)
class Check:
    """One thing that was tried."""

    what: str
    ok: bool
    found: str


@dataclass(frozen=True)
class _Request:
    """What is asked, and with what."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    name_and_password: tuple[str, str] | None = None
    body: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Gateway:
    """The entrance of programs, as a caller sees it."""

    url: str
    key: str
    http: httpx2.Client

    def check(self, services: Mapping[str, RunningService], sha: str) -> Iterator[Check]:
        """Yield one check after the other, from the gateway to the dependencies behind the services."""
        for name, service in services.items():
            without_key = _Request(f"{self.url}/{name}/health")
            yield _answers(self.http, f"{name}: without a key the gateway refuses", without_key, _FORBIDDEN)
            # The caller's own key must not open the address behind the gateway either.
            directly = _Request(f"{service.url}/ready", self._headers)
            yield _answers(self.http, f"{name}: its own address refuses a caller's key", directly, _UNAUTHORIZED)
            yield self._reports(name, sha)
        yield self._embeds()
        for name in services:
            ready = _Request(f"{self.url}/{name}/ready", self._headers)
            yield _answers(self.http, f"{name}: what it depends on answers", ready, _OK)

    @property
    def _headers(self) -> dict[str, str]:
        return {"x-api-key": self.key}

    def _reports(self, name: str, sha: str) -> Check:
        what = f"{name}: answers through the gateway with the new build"
        response = _ask(self.http, _Request(f"{self.url}/{name}/health", self._headers))
        if isinstance(response, str):
            return Check(what, ok=False, found=response)
        found = str(_json(response).get("git_sha", f"HTTP {response.status_code} {_said(response)}"))
        return Check(what, found == sha, found)

    def _embeds(self) -> Check:
        what = "embedder: SageMaker gives 384 numbers for a sentence"
        body = {"input": "Revenue grew by 12 %.", "model": "all-MiniLM-L6-v2"}
        response = _ask(self.http, _Request(f"{self.url}/embedder/v1/embeddings", self._headers, body=body))
        if isinstance(response, str):
            return Check(what, ok=False, found=response)
        data = _json(response).get("data")
        numbers = data[0].get("embedding", ()) if isinstance(data, list) and data else ()
        found = f"{len(numbers)} numbers" if numbers else f"HTTP {response.status_code} {_said(response)}"
        return Check(what, len(numbers) == _DIMENSION, found)


@dataclass(frozen=True)
class Page:
    """The web page, as a visitor sees it."""

    url: str
    password: str
    http: httpx2.Client

    def check(self) -> Iterator[Check]:
        """Yield one check after the other, from the lock on the door to the services that the page asks."""
        for path, what in (("/", "the page"), ("/api/planner/portfolios", "what it passes on")):
            closed = _Request(self.url + path)
            yield _answers(self.http, f"frontend: without the password {what} is refused", closed, _UNAUTHORIZED)
        for path, what in (("/", "the page opens with the password"), ("/ready", "the services answer the page")):
            opened = _Request(self.url + path, name_and_password=("alex", self.password))
            yield _answers(self.http, f"frontend: {what}", opened, _OK)


def _answers(http: httpx2.Client, what: str, request: _Request, status: int) -> Check:
    response = _ask(http, request)
    if isinstance(response, str):
        return Check(what, ok=False, found=response)
    found = f"HTTP {response.status_code}"
    return Check(what, response.status_code == status, found if response.is_success else f"{found} {_said(response)}")


def _ask(http: httpx2.Client, request: _Request) -> httpx2.Response | str:
    """Return the answer, or in words why there is none."""
    method = "GET" if request.body is None else "POST"
    try:
        return http.request(
            method,
            request.url,
            headers=dict(request.headers),
            auth=request.name_and_password,
            json=request.body,
            timeout=COLD_START_SECONDS,
        )
    except httpx2.HTTPError as exc:
        return f"no answer ({type(exc).__name__}: {exc})"


def _said(response: httpx2.Response) -> str:
    error = _json(response).get("error")
    return str(error.get("message")) if isinstance(error, dict) else response.text[:200]


def _json(response: httpx2.Response) -> dict[str, object]:
    try:
        body = response.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
