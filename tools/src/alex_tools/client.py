"""Calls to one running service: its key, its errors in words, its name in every failure. It knows no business."""

from collections.abc import Mapping
from pathlib import Path

import httpx2

from alex_tools.api_key import given_key, kept_key
from alex_tools.environment import DATA_FOLDER
from alex_tools.errors import AlexError, BadInput, NotRunning, ServiceRefused
from alex_tools.stack import port_offset, shifted_services

CALL_SECONDS = 30.0
"""How long one answer may take; nothing that is asked for here computes for longer."""
_BAD_INPUT_STATUSES = frozenset({400, 413, 415, 422})


class ServiceClient:
    """HTTP to one service of a running stack."""

    def __init__(self, name: str, url: str, api_key: str) -> None:
        self.name = name
        self.url = url
        self.key = api_key
        # The services are on this machine: a proxy of the environment is not for them.
        self.http = httpx2.Client(
            base_url=url, headers={"x-api-key": api_key}, timeout=httpx2.Timeout(CALL_SECONDS), trust_env=False
        )

    def get(self, path: str, params: Mapping[str, str | int] | None = None) -> dict[str, object]:
        """Return the JSON object that `GET path` answers.

        Raises:
            NotRunning: nobody answers.
            ServiceRefused: the answer is an error.
        """
        return _object(self.checked("GET", path, params=params))

    def post(
        self, path: str, body: Mapping[str, object], headers: Mapping[str, str] | None = None
    ) -> dict[str, object]:
        """Return the JSON object that `POST path` answers.

        Raises:
            NotRunning: nobody answers.
            BadInput: the service cannot use what was sent; says what and where.
            ServiceRefused: the answer is another error.
        """
        return _object(self.checked("POST", path, json=body, headers=headers))

    def post_csv(self, path: str, content: bytes, params: Mapping[str, str]) -> dict[str, object]:
        """Return the JSON object that `POST path` answers to a CSV body; raises as `post` does."""
        headers = {"content-type": "text/csv; charset=utf-8"}
        return _object(self.checked("POST", path, content=content, headers=headers, params=params))

    def checked(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str | int] | None = None,
        json: Mapping[str, object] | None = None,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx2.Response:
        """Return a successful answer; raises as `post` does."""
        try:
            response = self.http.request(
                method, path, params=params, json=json, content=content, headers=dict(headers or {})
            )
        except httpx2.ConnectError as exc:
            raise NotRunning(self.name, self.url) from exc
        except httpx2.HTTPError as exc:
            raise ServiceRefused(f"{self.name}: {method} {path} got no answer ({type(exc).__name__}: {exc})") from exc
        raise_for_error(self.name, response)
        return response


def running_service(name: str, user: Mapping[str, str], folder: Path) -> ServiceClient:
    """Return a client for a service of the stack that was started in `folder`.

    Raises:
        NotRunning: there is no API key, so `alex up` was never called here.
        BadInput: the port offset is no number.
    """
    if gateway := user.get("ALEX_URL", "").rstrip("/"):
        # A deployment: its gateway has each service below its name, and takes the caller's key.
        return ServiceClient(name, f"{gateway}/{name}", given_key(user) or "")
    service = next(s for s in shifted_services(port_offset(user)) if s.name == name)
    key = given_key(user) or kept_key(folder / DATA_FOLDER)
    if key is None:
        raise NotRunning(name, f"{service.url}: no API key in ALEX_API_KEYS or {folder / DATA_FOLDER}")
    return ServiceClient(name, service.url, key)


def raise_for_error(name: str, response: httpx2.Response) -> None:
    """Turn an error answer of the service `name` into an error of ours.

    Raises:
        BadInput: what was sent cannot be used; one detail per problem.
        ServiceRefused: every other error.
    """
    if response.is_success:
        return
    error = _error_of(response)
    message = str(error.get("message") or f"HTTP {response.status_code}")
    if response.is_server_error and error.get("request_id"):
        message += f" (request id {error['request_id']})"
    detail = error.get("detail")
    problems = _problems(detail) if isinstance(detail, dict) else []
    kind: type[AlexError] = BadInput if response.status_code in _BAD_INPUT_STATUSES else ServiceRefused
    raise kind(f"{name}: {message}", problems)


def _error_of(response: httpx2.Response) -> dict[str, object]:
    try:
        body = response.json()
    except ValueError:
        return {}
    error = body.get("error") if isinstance(body, dict) else None
    return error if isinstance(error, dict) else {}


def _problems(detail: Mapping[str, object]) -> list[str]:
    problems = detail.get("problems")
    if not isinstance(problems, list):
        return []
    return [_describe_problem(problem) for problem in problems if isinstance(problem, dict)]


def _describe_problem(problem: Mapping[str, object]) -> str:
    column = f", column {problem['column']}" if problem.get("column") else ""
    return f"line {problem.get('line', '?')}{column}: {problem.get('message', '')}"


def _object(response: httpx2.Response) -> dict[str, object]:
    try:
        body = response.json()
    except ValueError as exc:
        raise ServiceRefused(f"{response.request.url} did not answer JSON") from exc
    if not isinstance(body, dict):
        raise ServiceRefused(f"{response.request.url} did not answer a JSON object")
    return body
