"""Whether a deployment works as its callers see it, and whether it refuses what it should."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import httpx2

from alex_tools.aws.app_runner import RunningService

_FORBIDDEN, _UNAUTHORIZED = 403, 401
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
class Gateway:
    """The entrance as a caller sees it."""

    url: str
    key: str
    http: httpx2.Client

    def check(self, services: Mapping[str, RunningService], sha: str) -> Iterator[Check]:
        """Yield one check after the other, from the gateway to the dependencies behind the services."""
        for name, service in services.items():
            yield self._answers(f"{name}: without a key the gateway refuses", f"/{name}/health", {}, _FORBIDDEN)
            # The caller's own key must not open the address behind the gateway either.
            yield self._refuses_directly(service)
            yield self._reports(name, sha)
        yield self._embeds()
        for name in services:
            yield self._answers(f"{name}: what it depends on answers", f"/{name}/ready", self._headers, 200)

    @property
    def _headers(self) -> dict[str, str]:
        return {"x-api-key": self.key}

    def _answers(self, what: str, path: str, headers: Mapping[str, str], status: int) -> Check:
        response = self._ask("GET", self.url + path, headers)
        if isinstance(response, str):
            return Check(what, ok=False, found=response)
        found = f"HTTP {response.status_code}"
        return Check(
            what, response.status_code == status, found if response.is_success else f"{found} {_said(response)}"
        )

    def _refuses_directly(self, service: RunningService) -> Check:
        what = f"{service.name}: its own address refuses a caller's key"
        response = self._ask("GET", f"{service.url}/ready", self._headers)
        if isinstance(response, str):
            return Check(what, ok=False, found=response)
        return Check(what, response.status_code == _UNAUTHORIZED, f"HTTP {response.status_code}")

    def _reports(self, name: str, sha: str) -> Check:
        what = f"{name}: answers through the gateway with the new build"
        response = self._ask("GET", f"{self.url}/{name}/health", self._headers)
        if isinstance(response, str):
            return Check(what, ok=False, found=response)
        body = _json(response)
        found = str(body.get("git_sha", f"HTTP {response.status_code} {_said(response)}"))
        return Check(what, found == sha, found)

    def _embeds(self) -> Check:
        what = "embedder: SageMaker gives 384 numbers for a sentence"
        body = {"input": "Revenue grew by 12 %.", "model": "all-MiniLM-L6-v2"}
        response = self._ask("POST", f"{self.url}/embedder/v1/embeddings", self._headers, body)
        if isinstance(response, str):
            return Check(what, ok=False, found=response)
        data = _json(response).get("data")
        numbers = data[0].get("embedding", ()) if isinstance(data, list) and data else ()
        found = f"{len(numbers)} numbers" if numbers else f"HTTP {response.status_code} {_said(response)}"
        return Check(what, len(numbers) == _DIMENSION, found)

    def _ask(
        self, method: str, url: str, headers: Mapping[str, str], body: Mapping[str, str] | None = None
    ) -> httpx2.Response | str:
        """Return the answer, or in words why there is none."""
        try:
            return self.http.request(method, url, headers=dict(headers), json=body, timeout=COLD_START_SECONDS)
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
