"""Simulated cold starts and throttling, which the callers of an endpoint are tested with."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alex_local_aws.sagemaker.serverless import ServerlessEndpoint, Simulation
from alex_local_aws.wire.errors import ModelNotReadyException, ThrottlingException
from botocore.exceptions import ClientError

from tests.local_aws.conftest import new_server


class Time:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def test_only_the_first_invocation_and_the_first_after_idling_wait() -> None:
    """A cold start takes its time once; a warm endpoint answers at once."""
    time = Time()
    endpoint = ServerlessEndpoint(Simulation(cold_start_seconds=20, idle_seconds=60), lambda: time.now, time.sleep)
    waited = []
    for pause in (0, 10, 59, 61):
        time.now += pause
        before = time.now
        with endpoint.invocation():
            waited.append(time.now - before)
    assert waited == [20, 0, 0, 20]


def test_invocations_beyond_the_limit_are_throttled() -> None:
    """And let in again as soon as one has ended."""
    endpoint = ServerlessEndpoint(Simulation(max_concurrency=2))
    with endpoint.invocation():
        with endpoint.invocation(), pytest.raises(ThrottlingException), endpoint.invocation():
            pytest.fail("a third invocation was let in")
        with endpoint.invocation():
            pass


def test_a_number_of_invocations_is_refused_as_not_ready() -> None:
    """Exactly that number."""
    endpoint = ServerlessEndpoint(Simulation(not_ready_invocations=2))
    for _ in range(2):
        with pytest.raises(ModelNotReadyException), endpoint.invocation():
            pytest.fail("let in")
    with endpoint.invocation():
        pass


def test_clients_see_the_errors_of_aws(tmp_path: Path, graph_cache: Path) -> None:
    """ModelNotReadyException 429 first, then ThrottlingException for what is too much at once."""
    server = new_server(
        tmp_path / "data",
        graph_cache,
        LOCAL_AWS_NOT_READY_INVOCATIONS="1",
        LOCAL_AWS_MAX_CONCURRENCY="1",
        LOCAL_AWS_COLD_START_SECONDS="1.5",
    )
    server.start()
    try:
        with pytest.raises(ClientError) as caught:
            server.embed("a")
        assert caught.value.response["Error"]["Code"] == "ModelNotReadyException"
        assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 429
        together = threading.Barrier(2)
        with ThreadPoolExecutor(2) as pool:
            outcomes = sorted(pool.map(lambda _: _outcome(server.embed, together), range(2)))
        assert outcomes == ["ThrottlingException", "answered"]
    finally:
        server.stop()


def _outcome(embed: object, together: threading.Barrier) -> str:
    together.wait(10)
    try:
        assert callable(embed)
        embed("a")
    except ClientError as error:
        return str(error.response["Error"]["Code"])
    return "answered"
