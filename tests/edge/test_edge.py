"""What every service answers at its edge."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2
import pytest
from alex_edge import (
    EdgeSettings,
    InvalidInput,
    Owner,
    Readiness,
    UpstreamUnavailable,
    create_http_client,
    create_service,
    raise_for_upstream,
)
from fastapi import FastAPI
from pydantic import BaseModel, SecretStr

pytestmark = pytest.mark.anyio


class Body(BaseModel):
    """A body with one field that can be wrong."""

    count: int


def make_app(readiness: Readiness | None = None, allowed_hosts: tuple[str, ...] = ()) -> FastAPI:
    """A service with a route for each way to end."""
    keys = (SecretStr("old"), SecretStr("new"))

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield

    app = create_service(
        "test",
        version="1.2.3",
        settings=EdgeSettings(api_keys=keys, git_sha="abc", allowed_hosts=allowed_hosts),
        lifespan=lifespan,
        readiness=readiness or Readiness(),
    )

    @app.get("/owner")
    async def owner(owner: Owner) -> str:
        return owner

    @app.post("/body")
    async def body(body: Body) -> int:
        return body.count

    @app.get("/invalid")
    async def invalid() -> None:
        raise InvalidInput("count must be even, got 3", field="count")

    @app.get("/upstream")
    async def upstream() -> None:
        raise UpstreamUnavailable("browser", "ConnectError")

    @app.get("/broken")
    async def broken() -> None:
        raise KeyError("secret detail")

    return app


@asynccontextmanager
async def client_of(app: FastAPI, key: str = "new", owner: str | None = None) -> AsyncIterator[httpx2.AsyncClient]:
    """A client of `app` without a socket."""
    transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
    headers = {"x-alex-owner": owner} if owner else {}
    async with create_http_client(
        "http://test", key, timeout_seconds=5, headers=headers, transport=transport
    ) as client:
        yield client


@pytest.mark.parametrize("key", ["old", "new"])
async def test_every_accepted_key_opens(key: str) -> None:
    """Ours: two keys are valid while one replaces the other."""
    async with client_of(make_app(), key) as client:
        assert (await client.get("/owner")).status_code == 200


@pytest.mark.parametrize("path", ["/owner", "/ready", "/docs", "/openapi.json", "/nothing"])
async def test_a_wrong_key_is_refused_everywhere_but_at_health(path: str) -> None:
    """Ours: also what does not exist is not told to strangers."""
    async with client_of(make_app(), "wrong") as client:
        answer = await client.get(path)
        assert answer.status_code == 401
        assert answer.json()["error"]["code"] == "unauthorized"
        assert (await client.get("/health")).json() == {
            "status": "ok",
            "name": "test",
            "version": "1.2.3",
            "git_sha": "abc",
        }


async def test_a_service_without_keys_does_not_start() -> None:
    """Ours: an empty setting must not open the door."""
    with pytest.raises(ValueError, match="ALEX_API_KEYS"):
        create_service(
            "test", version="1", settings=EdgeSettings(), lifespan=lambda _: make_none(), readiness=Readiness()
        )


@asynccontextmanager
async def make_none() -> AsyncIterator[None]:
    """A lifespan that does nothing."""
    yield


async def test_invalid_input_names_the_field() -> None:
    """Ours: 422 with the field in message and detail, from the framework and from our own checks alike."""
    async with client_of(make_app()) as client:
        by_schema = await client.post("/body", json={"count": "many"})
        by_hand = await client.get("/invalid")
    assert by_schema.status_code == by_hand.status_code == 422
    assert by_schema.json()["error"]["detail"]["fields"][0]["field"] == "body.count"
    assert by_hand.json()["error"]["detail"] == {"field": "count"}


async def test_an_upstream_that_is_down_is_named() -> None:
    """Ours: 503 with the name of the service."""
    async with client_of(make_app()) as client:
        answer = await client.get("/upstream")
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "5"
    assert answer.json()["error"]["detail"] == {"upstream": "browser"}


async def test_an_unexpected_failure_tells_nothing_but_the_request_id() -> None:
    """Ours: the reason is in the log under that id."""
    async with client_of(make_app()) as client:
        answer = await client.get("/broken", headers={"x-request-id": "req-1"})
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert answer.json()["error"]["request_id"] == "req-1"


async def test_a_request_id_that_could_forge_log_lines_is_replaced() -> None:
    """Ours: only short plain ids are taken over."""
    async with client_of(make_app()) as client:
        kept = await client.get("/owner", headers={"x-request-id": "abc-1"})
        replaced = await client.get("/owner", headers={"x-request-id": "a b\tforged"})
    assert kept.headers["x-request-id"] == "abc-1"
    assert len(replaced.headers["x-request-id"]) == 32


@pytest.mark.parametrize("second", ["x-alex-owner", "X-Alex-Owner"])
async def test_two_owners_in_one_request_are_refused(second: str) -> None:
    """Ours: a gateway that adds its own value beside the caller's must not leave the choice to chance."""
    async with client_of(make_app()) as client:
        two = await client.get("/owner", headers=[("x-alex-owner", "ann"), (second, "bob")])
        same = await client.get("/owner", headers=[("x-alex-owner", "ann"), (second, "ann")])
    assert (two.status_code, two.json()["error"]["detail"]) == (422, {"field": "x-alex-owner"})
    assert same.json() == "ann"


@pytest.mark.parametrize(("owner", "status"), [("ann@example.org", 200), ("a/../b", 422), ("", 200)])
async def test_the_owner_comes_from_its_header(owner: str, status: int) -> None:
    """Ours: an owner is a plain name; without one it is the local person."""
    async with client_of(make_app(), owner=owner or None) as client:
        answer = await client.get("/owner")
    assert answer.status_code == status
    if status == 200:
        assert answer.json() == (owner or "local")


async def test_ready_names_the_dependency_that_does_not_answer() -> None:
    """Ours: 503 with a reason for each dependency."""
    readiness = Readiness()

    async def fine() -> None:
        """Answer."""

    async def down() -> None:
        raise UpstreamUnavailable("browser", "ConnectError")

    readiness.add("database", fine)
    assert (await ask_ready(readiness)).status_code == 200
    readiness.add("browser", down)
    answer = await ask_ready(readiness)
    assert answer.status_code == 503
    assert answer.json()["checks"]["database"] == "ok"
    assert "browser does not answer" in answer.json()["checks"]["browser"]


async def ask_ready(readiness: Readiness) -> httpx2.Response:
    """Ask a service with these checks."""
    async with client_of(make_app(readiness)) as client:
        return await client.get("/ready")


@pytest.mark.parametrize(("status", "raises"), [(200, False), (404, False), (422, False), (401, True), (500, True)])
def test_only_failures_of_the_upstream_itself_are_raised(status: int, *, raises: bool) -> None:
    """Ours: what the caller can mend is left to the caller."""
    response = httpx2.Response(status, request=httpx2.Request("GET", "http://up/"))
    if raises:
        with pytest.raises(UpstreamUnavailable, match="up does not answer"):
            raise_for_upstream("up", response)
    else:
        raise_for_upstream("up", response)


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8003", 200),
        ("planner", 200),
        ("PLANNER:8003", 200),
        ("[::1]:8003", 200),
        ("page.example", 421),
        ("planner.page.example:8003", 421),
        ("127.0.0.1@page.example", 421),
        ("[::1", 421),
        ("", 421),
    ],
)
async def test_a_call_for_another_host_is_refused(host: str, status: int) -> None:
    """Ours: a page that points its own name at this machine cannot call, not even with the right key."""
    async with client_of(make_app(allowed_hosts=("127.0.0.1", "::1", "planner"))) as client:
        answers = [await client.get(path, headers={"host": host}) for path in ("/health", "/owner")]
    assert [answer.status_code for answer in answers] == [status, status]
    if status == 421:
        assert answers[0].json()["error"]["code"] == "misdirected_request"


async def test_any_host_is_taken_while_none_is_named() -> None:
    """Behind a gateway a service has whatever name it is given there."""
    async with client_of(make_app()) as client:
        assert (await client.get("/health", headers={"host": "abc.awsapprunner.example"})).status_code == 200


def test_allowed_hosts_are_read_from_a_comma_list(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the keys are."""
    monkeypatch.setenv("ALEX_ALLOWED_HOSTS", "127.0.0.1, planner,")
    assert EdgeSettings().allowed_hosts == ("127.0.0.1", "planner")
