"""`GET /health` touches nothing; `GET /ready` asks the dependencies and names the ones that do not answer."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel

CHECK_TIMEOUT_SECONDS = 5.0
"""How long one dependency may take to answer before it counts as not ready."""


class Health(BaseModel):
    """That the process is alive, and which build it is."""

    status: Literal["ok"] = "ok"
    name: str
    version: str
    git_sha: str


class Ready(BaseModel):
    """Whether each dependency answered; the value is `ok` or the reason why not."""

    status: Literal["ready", "not_ready"]
    checks: dict[str, str]


class Readiness:
    """The dependencies of one service: a name and a call that raises when it is not there."""

    def __init__(self) -> None:
        self._checks: dict[str, Callable[[], Awaitable[object]]] = {}

    def add(self, name: str, check: Callable[[], Awaitable[object]]) -> None:
        """Ask `check` under `name` at every `GET /ready`."""
        self._checks[name] = check

    async def ask(self) -> Ready:
        """Ask every dependency at once."""
        answers = await asyncio.gather(*(self._ask_one(check) for check in self._checks.values()))
        status: Literal["ready", "not_ready"] = "ready" if all(answer == "ok" for answer in answers) else "not_ready"
        return Ready(status=status, checks=dict(zip(self._checks, answers, strict=True)))

    @staticmethod
    async def _ask_one(check: Callable[[], Awaitable[object]]) -> str:
        try:
            async with asyncio.timeout(CHECK_TIMEOUT_SECONDS):
                await check()
        except TimeoutError:
            return f"no answer within {CHECK_TIMEOUT_SECONDS:g} s"
        except Exception as exc:  # noqa: BLE001  a check may fail in any way; the caller is told the way
            return f"{type(exc).__name__}: {exc}"
        return "ok"


@dataclass(frozen=True)
class HealthFacts:
    """What one service says of itself in `GET /health` beyond its build, from its own memory alone."""

    model: type[Health] = Health
    read: Callable[[], dict[str, object]] = dict
    """Returns the fields that `model` adds to `Health`; asks nobody and does not wait."""


def health_routes(
    name: str, version: str, git_sha: str, readiness: Readiness, facts: HealthFacts | None = None
) -> APIRouter:
    """Return the router with `/health` and `/ready`."""
    router = APIRouter(tags=["health"])
    own = facts or HealthFacts()

    @router.get("/health", response_model=own.model)
    async def health() -> Health:
        return own.model.model_validate({"name": name, "version": version, "git_sha": git_sha, **own.read()})

    @router.get("/ready", responses={503: {"model": Ready}})
    async def ready(response: Response) -> Ready:
        answer = await readiness.ask()
        if answer.status != "ready":
            response.status_code = 503
        return answer

    return router
