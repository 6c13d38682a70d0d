"""Client of another service's runs."""

from collections.abc import Mapping

import httpx2
from alex_edge import UpstreamUnavailable, create_http_client, raise_for_upstream
from alex_edge.owner import OWNER_HEADER
from pydantic import JsonValue

from alex_runs.budget import NO_BUDGET, Budget
from alex_runs.errors import RunFailed
from alex_runs.schemas import MAX_BUDGET_SECONDS, RunView


class RunsClient:
    """The runs contract of one service."""

    def __init__(self, service: str, base_url: str, api_key: str) -> None:
        self.service = service
        # An advance may take its whole budget before it answers.
        self._http = create_http_client(base_url, api_key, timeout_seconds=MAX_BUDGET_SECONDS + 15)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def ping(self) -> None:
        """Ask the service's `GET /health`.

        Raises:
            UpstreamUnavailable: it does not answer.
        """
        await self._send("GET", "/health", owner=None)

    async def create(
        self, owner: str, body: Mapping[str, JsonValue], idempotency_key: str, budget: Budget = NO_BUDGET
    ) -> RunView:
        """Create a run, or return the one that this key created, with the budget that it got then.

        Raises:
            RunFailed: the service refuses the input.
            UpstreamUnavailable: it does not answer.
        """
        limits = {} if budget.is_unlimited else {"budget": budget.model_dump(mode="json", exclude_none=True)}
        response = await self._send(
            "POST", "/runs", owner=owner, body={**body, **limits}, headers={"Idempotency-Key": idempotency_key}
        )
        return RunView.model_validate_json(response.content)

    async def get(self, owner: str, run_id: str) -> RunView:
        """Return a run as it is.

        Raises:
            UpstreamUnavailable: the service does not answer.
        """
        return RunView.model_validate_json((await self._send("GET", f"/runs/{run_id}", owner=owner)).content)

    async def advance(self, owner: str, run_id: str, budget_seconds: float) -> RunView:
        """Drive a run for up to `budget_seconds` and return its state.

        Raises:
            UpstreamUnavailable: the service does not answer.
        """
        response = await self._send(
            "POST", f"/runs/{run_id}/advance", owner=owner, body={"budget_s": round(budget_seconds, 3)}
        )
        return RunView.model_validate_json(response.content)

    async def cancel(self, owner: str, run_id: str) -> None:
        """Cancel a run; one that is over stays as it is."""
        await self._send("POST", f"/runs/{run_id}/cancel", owner=owner)

    async def _send(
        self,
        method: str,
        path: str,
        *,
        owner: str | None,
        body: Mapping[str, JsonValue] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx2.Response:
        sent = dict(headers or {}) | ({OWNER_HEADER: owner} if owner else {})
        try:
            response = await self._http.request(method, path, json=body, headers=sent)
        except httpx2.HTTPError as exc:
            raise UpstreamUnavailable(self.service, type(exc).__name__) from exc
        raise_for_upstream(self.service, response)
        if response.is_client_error:
            raise RunFailed(f"{self.service} refuses: {_message(response)}", upstream=self.service)
        return response


def _message(response: httpx2.Response) -> str:
    try:
        return str(response.json()["error"]["message"])
    except (ValueError, KeyError, TypeError):
        return f"HTTP {response.status_code}"
