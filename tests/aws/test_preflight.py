"""What must be right before anything is made, and who one is in the account."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from alex_tools.aws.account import open_account
from alex_tools.aws.app_runner import Watch
from alex_tools.aws.deploying import stop_if_wrong
from alex_tools.aws.deployment import PROBE_NAME
from alex_tools.aws.images import is_pushed
from alex_tools.aws.preflight import Machine, check_account, check_app_runner, check_machine
from alex_tools.errors import AwsRefused, BadInput
from alex_tools.repository import ROOT

if TYPE_CHECKING:
    from tests.aws.conftest import World


def refuse(world: World, service: str, code: str) -> None:
    """Let AWS refuse every call to a service."""

    def answer(**_: object) -> tuple[object, dict[str, object]]:
        return SimpleNamespace(status_code=403), {"Error": {"Code": code, "Message": f"{code} it is"}}

    world.account.client(service).meta.events.register("before-call", answer)


def test_everything_is_in_order(world: World) -> None:
    """Ours: nothing stands in the way of an account that has what is needed."""
    findings = [*check_machine(world.machine), *check_account(world.account)]
    assert {finding.what for finding in findings if finding.state == "wrong"} == set()
    stop_if_wrong(findings)


def test_everything_that_is_wrong_is_said_at_once(world: World) -> None:
    """Ours: one mends it in one go, and nothing was made."""
    world.programs.engine = ""
    world.programs.terraform_version = "1.5.7"
    refuse(world, "dsql", "AccessDeniedException")
    machine = Machine(world.programs, ROOT, {"AWS_ENDPOINT_URL_S3VECTORS": "http://127.0.0.1:8000"})
    with pytest.raises(BadInput, match="nothing was made") as stopped:
        stop_if_wrong([*check_machine(machine), *check_account(world.account)])
    details = "\n".join(stopped.value.details)
    assert len(stopped.value.details) == 4
    for said in ("no engine answers", "1.5.7, 1.11 or later", "AWS_ENDPOINT_URL_S3VECTORS leads away", "not allowed"):
        assert said in details


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("ExpiredToken", "have expired; run `aws sso login`"),
        ("InvalidClientTokenId", "does not know the access key"),
        ("SignatureDoesNotMatch", "clock right"),
        ("AccessDenied", "guide 1 lists the permissions"),
    ],
)
def test_credentials_that_do_not_work_are_explained(world: World, code: str, said: str) -> None:
    """AWS's codes in our words; nothing else is asked then."""
    refuse(world, "sts", code)
    (finding,) = check_account(world.account)
    assert (finding.what, finding.state) == ("credentials", "wrong")
    assert said in finding.text
    with pytest.raises(BadInput):
        stop_if_wrong([finding])


def test_credentials_that_expire_meanwhile_are_explained(world: World) -> None:
    """Ours: an hour of deploying is longer than some credentials live; calling again goes on."""
    refuse(world, "ecr", "ExpiredTokenException")
    with pytest.raises(AwsRefused, match="have expired"):
        is_pushed(world.account, "alex/planner", "tag")


def test_no_credentials_at_all_are_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    """boto3 finds none: the user is told how to get some."""
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/nowhere/credentials")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nowhere/config")
    (finding,) = check_account(open_account({}, "eu-central-1"))
    assert "there are no AWS credentials" in finding.text


@pytest.mark.parametrize("region", ["eu-north-1", "mars-east-1"])
def test_a_region_without_app_runner_is_refused(region: str) -> None:
    """Ours: with the regions that have everything."""
    with pytest.raises(BadInput, match=f"does not exist in '{region}'") as refused:
        open_account({}, region)
    assert "us-east-1" in refused.value.details[0]


def test_a_region_comes_from_the_option_the_environment_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ours: none is guessed."""
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nowhere/config")
    assert open_account({"AWS_REGION": "us-east-2"}, "eu-west-1").region == "eu-west-1"
    assert open_account({"AWS_REGION": "us-east-2"}, None).region == "us-east-2"
    with pytest.raises(BadInput, match="no region is chosen"):
        open_account({}, None)


def test_an_unknown_profile_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """boto3's own exception would be a stack trace."""
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nowhere/config")
    with pytest.raises(BadInput, match="alex-nobody"):
        open_account({"AWS_PROFILE": "alex-nobody"}, "eu-west-1")


@pytest.mark.parametrize(
    ("value", "state"), [(1.0, "wrong"), (10.0, "ok"), (None, "warning")], ids=["too small", "enough", "unknown"]
)
def test_the_quota_of_serverless_invocations_is_read(world: World, value: float | None, state: str) -> None:
    """AWS's: new accounts often have few."""
    name = "Maximum total concurrency that can be allocated across all serverless endpoints"
    quotas = [] if value is None else [{"QuotaName": name, "Value": value}]

    def answer(**_: object) -> tuple[object, dict[str, object]]:
        return SimpleNamespace(status_code=200), {"Quotas": quotas, "ResponseMetadata": {}}

    world.account.client("service-quotas").meta.events.register_first("before-call", answer)
    found = {finding.what: finding for finding in check_account(world.account)}
    assert found["SageMaker quota"].state == state


@pytest.mark.parametrize(("others", "state"), [(8, "ok"), (9, "wrong")], ids=["there is room", "there is none"])
def test_room_for_scaling_configurations_is_looked_for(world: World, others: int, state: str) -> None:
    """AWS's: ten names in a region; those that the deployment has already count once."""
    world.app_runner.scaling += [f"other-{number}" for number in range(others)] + ["alex-shared"]
    found = app_runner_room(world)
    assert found[f"{others} of 10 scaling configurations are taken, 2 are needed"] == state


@pytest.mark.parametrize(("others", "state"), [(24, "ok"), (25, "wrong")], ids=["there is room", "there is none"])
def test_room_for_services_is_looked_for(world: World, others: int, state: str) -> None:
    """AWS's: thirty in a region, failed ones among them; those that the deployment has already count once."""
    for number in range(others):
        world.app_runner.put(f"other-{number}", "tag", status="CREATE_FAILED" if number % 2 else "RUNNING")
    world.app_runner.put("alex-planner", "tag")
    assert app_runner_room(world)[f"{others} of 30 services are taken, 6 are needed"] == state


RAISED = {"QuotaName": "Services", "QuotaCode": "L-69F96A0C", "Value": 60.0}


def test_a_raised_quota_of_services_counts(world: World) -> None:
    """AWS's: both quotas can be raised."""

    def answer(params: dict[str, object], **_: object) -> tuple[object, dict[str, object]]:
        quotas = [] if "apprunner" not in str(params["body"]) else [RAISED]
        return SimpleNamespace(status_code=200), {"Quotas": quotas, "ResponseMetadata": {}}

    world.account.client("service-quotas").meta.events.register_first("before-call", answer)
    for number in range(40):
        world.app_runner.put(f"other-{number}", "tag")
    assert app_runner_room(world)["40 of 60 services are taken, 6 are needed"] == "ok"


def app_runner_room(world: World) -> dict[str, str]:
    """Return what is said about App Runner's quotas, and how it is judged."""
    findings = [finding for finding in check_account(world.account) if finding.what == "App Runner quota"]
    return {finding.text.partition(";")[0]: finding.state for finding in findings}


def test_root_is_warned(world: World) -> None:
    """AWS's advice: the account itself has no keys."""
    body = {"Account": "123456789012", "Arn": "arn:aws:iam::123456789012:root", "ResponseMetadata": {}}
    world.account.client("sts").meta.events.register(
        "before-call", lambda **_: (SimpleNamespace(status_code=200), json.loads(json.dumps(body)))
    )
    found = {finding.what: finding for finding in check_account(world.account)}
    assert found["credentials"].state == "warning"


class TestTrial:
    """The opt-in trial whether this account may create App Runner services."""

    def try_it(self, world: World) -> tuple[str, str]:
        """Return what it found; the trial service is gone in every case."""
        finding = check_app_runner(world.account, Watch(now=world.clock.now, sleep=world.clock.sleep))
        assert PROBE_NAME not in world.app_runner.services
        return finding.state, finding.text

    def test_it_may(self, world: World) -> None:
        """Ours: created and deleted."""
        assert self.try_it(world)[0] == "ok"

    def test_it_is_refused(self, world: World) -> None:
        """Ours: said plainly."""
        world.app_runner.refuses_new_services = True
        state, text = self.try_it(world)
        assert state == "wrong"
        assert "closed to new customers since 30 April 2026" in text

    def test_it_fails(self, world: World) -> None:
        """Ours: a service that never came up counts as refused."""
        world.app_runner.new_services_fail = True
        assert self.try_it(world)[0] == "wrong"

    def test_its_creation_is_waited_for(self, world: World) -> None:
        """App Runner: a service in the middle of an operation cannot be deleted."""
        world.app_runner.looks_until_created = 4
        assert self.try_it(world)[0] == "ok"

    def test_one_that_stays_is_told_and_cleaned_up(self, world: World) -> None:
        """Ours: it costs money, so it is named, and the removal of any deployment finds it."""
        world.app_runner.undeletable.add(PROBE_NAME)
        finding = check_app_runner(world.account, world.watch)
        assert finding.state == "wrong"
        assert f"{PROBE_NAME} is still there and costs money" in finding.text
        assert PROBE_NAME in {thing.name for thing in world.remover().find()}
        world.app_runner.undeletable.clear()
        world.remover().clean_up()
        assert PROBE_NAME not in world.app_runner.services
