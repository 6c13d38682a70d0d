"""`alex deploy` from an empty account to a platform that works, and everything that can go wrong on the way."""

from __future__ import annotations

import time
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from alex_tools.aws import images
from alex_tools.aws.account import speaking_plainly
from alex_tools.aws.deployment import IMAGES, PAGE
from alex_tools.aws.keys import MADE
from alex_tools.aws.order import Order
from alex_tools.errors import BadInput, CommandFailed, DeployFailed
from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from alex_tools.aws.account import Account

    from tests.aws.conftest import World

SERVICES = [image.service for image in IMAGES]
BEHIND_GATEWAY = [service for service in SERVICES if service != PAGE]


def log_line(world: World, service: str, text: str) -> None:
    """Write a line into the log that App Runner keeps for a service."""
    logs = world.account.client("logs")
    group = f"/aws/apprunner/{world.app_runner.arn(f'alex-{service}').split(':service/')[1]}/application"
    logs.create_log_group(logGroupName=group)
    logs.create_log_stream(logGroupName=group, logStreamName="one")
    logs.put_log_events(
        logGroupName=group, logStreamName="one", logEvents=[{"timestamp": int(time.time() * 1000), "message": text}]
    )


def test_an_empty_account_becomes_a_working_platform(world: World) -> None:
    """Ours: registry first, then images, then the rest; the end is a check through the gateway."""
    record = world.deploy()
    assert record.finished
    assert record.url.startswith("https://")
    assert record.tag == "1a2b3c4d5e6f-20261128t101600"
    assert {one["tag"] for one in world.app_runner.services.values()} == {record.tag}
    order = [" ".join(call.arguments[:2]) for call in world.programs.calls]
    firsts = [order.index(step) for step in ("terraform init", "terraform apply", "docker build", "docker push")]
    assert firsts == sorted(firsts)
    targets = [argument for argument in world.programs.commands("terraform", "apply")[0] if "-target" in argument]
    assert targets == ["-target=module.ecr", "-target=module.secrets"]
    said = world.out.getvalue()
    assert said.count("ok  ") == 4 * len(BEHIND_GATEWAY) + 1 + 4
    assert "cost, planned: about 36.20 USD" in said.replace("\n", " ")
    assert "cost, now: about 36.20 USD" in said.replace("\n", " ")
    assert record.page == world.app_runner.url("alex-frontend")


def test_images_are_built_for_amd64_checked_and_then_pushed(world: World) -> None:
    """Ours: nothing is pushed before every image was built and looked at."""
    record = world.deploy()
    builds = world.programs.commands("docker", "build")
    assert len(builds) == len(SERVICES)
    for build, image in zip(builds, IMAGES, strict=True):
        assert build[build.index("--platform") + 1] == "linux/amd64"
        assert build[build.index("--build-arg") + 1] == f"GIT_SHA={record.tag}"
        assert build[build.index("--file") + 1] == image.dockerfile
        assert build[build.index("--tag") + 1].endswith(f"/alex/{image.service}:{record.tag}")
        assert build[-1] == ("frontend" if image.service == PAGE else ".")
    kinds = [call.arguments[1] for call in world.programs.calls if call.arguments[0] == "docker"]
    assert kinds == ["build", "image"] * len(SERVICES) + ["login"] + ["push"] * len(SERVICES)


def test_passwords_and_keys_are_in_no_command(world: World) -> None:
    """Ours: what a list of processes, a state or a file of the deployment shows is not secret."""
    order = Order(secrets={"model-key": "sk-very-secret"})
    world.deploy(order)
    login = next(call for call in world.programs.calls if call.arguments[:2] == ("docker", "login"))
    assert login.input
    secret = {login.input, "sk-very-secret", *(world.secret(name) for name in MADE)}
    written = [path.read_text(encoding="utf-8") for path in world.files.folder.rglob("*") if path.is_file()]
    shown = [" ".join(call.arguments) for call in world.programs.calls] + written + [world.out.getvalue()]
    assert not [text for text in shown if any(value in text for value in secret)]
    assert world.secret("model-key") == "sk-very-secret"
    assert world.programs.variables[-1]["model_key"] is True


def test_a_wrong_architecture_is_not_pushed(world: World) -> None:
    """Ours: an arm64 image would only fail in App Runner, with exit code 255."""
    world.programs.architecture = "linux/arm64"
    with pytest.raises(DeployFailed, match=r"step 2 .*is for linux/arm64, and App Runner runs linux/amd64") as failed:
        world.deploy()
    assert world.programs.commands("docker", "push") == []
    assert any("Rosetta" in line for line in failed.value.details)
    assert not world.files.read().finished


def test_a_rollback_is_seen_although_the_service_runs(world: World) -> None:
    """Ours: App Runner says RUNNING again; the operation, the log and its meaning are shown."""
    world.deploy()
    world.programs.rolls_back = "researcher"
    log_line(world, "researcher", "exec /usr/bin/python: exec format error")
    with pytest.raises(DeployFailed, match="researcher: UPDATE_SERVICE ROLLBACK_SUCCEEDED") as failed:
        world.deploy()
    details = "\n".join(failed.value.details)
    assert "exec format error" in details
    assert "for another processor" in details
    assert "call `alex deploy` again" in details
    assert not world.files.read().finished


def test_an_old_build_is_seen_although_every_operation_succeeded(world: World) -> None:
    """Ours: `/health` has the last word."""
    first = world.deploy()
    world.programs.rolls_back_silently = "planner"
    with pytest.raises(DeployFailed, match=f"planner runs {first.tag}, not 1a2b3c4d5e6f-20261128t101700"):
        world.deploy()


def test_a_half_finished_apply_goes_on_with_the_same_images(world: World) -> None:
    """Ours: nothing is built or pushed twice; what is up is said."""
    world.programs.fails_after = 2
    with pytest.raises(DeployFailed, match=r"step 3 .*Terraform could not make everything") as failed:
        world.deploy()
    assert "services that are up: embedder running, vector_store running" in failed.value.details
    tag = world.files.read().tag
    before = len(world.programs.commands("docker", "build"))
    record = world.deploy()
    assert record.finished
    assert record.tag == tag
    assert len(world.programs.commands("docker", "build")) == before == len(SERVICES)
    assert "browser: already pushed" in world.out.getvalue()


def test_a_push_that_broke_off_goes_on_where_it_was(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ours: what the registry has is not pushed again."""
    whole_push = world.programs._push
    pushed: list[str] = []

    def break_off(reference: str) -> None:
        if len(pushed) == 2:
            raise CommandFailed("pushing the image of browser failed (exit code 1)", ["connection reset"])
        pushed.append(reference)
        whole_push(reference)

    monkeypatch.setattr(world.programs, "_push", break_off)
    with pytest.raises(DeployFailed, match=r"step 2 .*pushing the image of browser"):
        world.deploy()
    monkeypatch.setattr(world.programs, "_push", whole_push)
    assert world.deploy().finished
    services = [call[2].rpartition("/")[2].partition(":")[0] for call in world.programs.commands("docker", "push")]
    assert services == [*SERVICES[:3], *SERVICES[2:]]


def test_a_second_deployment_has_a_new_tag_and_the_same_keys(world: World) -> None:
    """Ours: a tag is used once; callers keep their key."""
    first = world.deploy()
    keys = [world.secret(name) for name in MADE]
    second = world.deploy()
    assert second.tag != first.tag
    assert [world.secret(name) for name in MADE] == keys
    assert keys[0] == keys[1]
    assert len(set(keys)) == len(keys) - 1
    assert all(key.isalnum() and 20 <= len(key) <= 128 for key in keys)


def test_changes_that_are_not_committed_never_reuse_images(world: World) -> None:
    """Ours: the commit says nothing about them."""
    world.programs.changes = " M services/planner/src/alex_planner/app.py\n"
    world.programs.fails_after = 1
    with pytest.raises(DeployFailed):
        world.deploy()
    tag = world.files.read().tag
    assert world.deploy().tag != tag
    assert "not committed" in world.out.getvalue()


def test_a_service_that_was_never_up_is_made_again(world: World) -> None:
    """AWS's: a service in CREATE_FAILED cannot be updated."""
    world.app_runner.put("alex-browser", "old", status="CREATE_FAILED")
    world.deploy()
    assert "-replace=module.browser.aws_apprunner_service.this" in world.programs.commands("terraform", "apply")[-1]


def test_a_service_in_the_middle_of_an_operation_is_waited_for(world: World) -> None:
    """AWS's: it can be neither updated nor deleted meanwhile."""
    world.deploy()
    world.app_runner.listings_until_idle = 3
    assert world.deploy().finished
    assert "waiting for App Runner" in world.out.getvalue()
    world.app_runner.listings_until_idle = 10_000
    with pytest.raises(DeployFailed, match="still changing"):
        world.deploy()


def test_an_account_that_came_too_late_is_told_what_to_do(world: World) -> None:
    """Ours: App Runner takes no new customers; the same images run elsewhere."""
    world.programs.fails_after = 0
    world.programs.stops_with = "Error: creating App Runner Service: AppRunner: SubscriptionRequiredException"
    with pytest.raises(DeployFailed) as failed:
        world.deploy()
    details = "\n".join(failed.value.details)
    assert "closed to new customers since 30 April 2026" in details
    assert "ECS Express Mode" in details


def test_the_index_is_searched_by_words_afterwards(world: World) -> None:
    """Ours: what Terraform's provider has no words for is done here, once."""
    world.deploy()
    world.deploy()
    client = world.account.client("s3vectors")
    index = client.get_index(vectorBucketName="alex-knowledge-123456789012", indexName="documents")["index"]
    assert index["indexMode"] == "ENHANCED"
    configured = {one["metadataKey"] for one in index["metadataConfiguration"]["textSearchConfigurations"]}
    assert configured == {"text", "title"}


def test_logs_of_services_end_after_a_month(world: World) -> None:
    """Ours: App Runner makes them without an end."""
    log_line(world, "planner", "started")
    world.deploy()
    (group,) = world.account.client("logs").describe_log_groups()["logGroups"]
    assert group["retentionInDays"] == 30


def test_an_open_address_behind_the_gateway_fails_the_smoke_test(world: World) -> None:
    """Ours: a caller's key must not open a service's own address."""
    world.gateway_key_is_open = True
    with pytest.raises(DeployFailed, match=f"step 6 .*{len(BEHIND_GATEWAY)} checks") as failed:
        world.deploy()
    assert "planner: its own address refuses a caller's key: HTTP 200" in failed.value.details


def test_a_rotation_never_refuses_a_key_that_is_in_use(world: World) -> None:
    """Ours: what is shown during a step was accepted in the step before it, and the old key is refused at the end."""
    world.deploy()
    old = world.secret("origin-key")
    world.deploy(Order(rotate_key=True))
    steps = world.programs.accepted[1:]
    assert len(steps) == 4
    for (before, _), (after, shown) in pairwise(steps):
        assert shown in before.split(",")
        # Services call each other with the first key, while others still have the list before.
        assert after.split(",")[0] in before.split(",")
    new = world.secret("origin-key")
    assert new != old
    assert world.secret("accepted-keys") == new
    ids = [given["key_versions"] for given in world.programs.variables[1:]]
    assert len({one["accepted"] for one in ids}) == 4
    assert len({one["origin"] for one in ids}) == 2


def test_an_open_page_fails_the_smoke_test(world: World) -> None:
    """Ours: whoever finds the page's address sees nothing of a portfolio without the password."""
    world.page_is_open = True
    with pytest.raises(DeployFailed, match=r"step 6 .*2 checks failed") as failed:
        world.deploy()
    assert "frontend: without the password the page is refused: HTTP 200" in failed.value.details


@pytest.mark.parametrize("by", ["boto3", "terraform"])
def test_credentials_that_expire_in_the_middle_are_named_and_the_next_call_goes_on(
    world: World, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    """Ours: a first deployment lasts longer than some credentials; nothing that was done is done again."""
    with monkeypatch.context() as context:
        if by == "boto3":
            context.setattr(images, "registry_password", expired)
        else:
            world.programs.fails_after = 1
            world.programs.stops_with = "Error: reading ECR: api error ExpiredTokenException: The security token ..."
        with pytest.raises(DeployFailed) as failed:
            world.deploy()
    assert any("run `aws sso login`" in line for line in (failed.value.message, *failed.value.details))
    tag, built = world.files.read().tag, len(world.programs.commands("docker", "build"))
    assert world.deploy().tag == tag
    pushed = [call[2] for call in world.programs.commands("docker", "push")]
    assert len(pushed) == len(set(pushed)) == len(SERVICES)
    assert len(world.programs.commands("docker", "build")) == (built if by == "terraform" else 2 * built)


def expired(account: Account) -> tuple[str, str]:
    """Answer as AWS does when a token is over."""
    with speaking_plainly("ecr:GetAuthorizationToken"):
        raise ClientError({"Error": {"Code": "ExpiredTokenException"}}, "GetAuthorizationToken")
    return account.region, ""


def test_a_folder_without_git_is_refused(world: World) -> None:
    """Ours: images are named for the commit."""
    world.programs.missing = {"git"}
    with pytest.raises(BadInput, match="git is not on the PATH"):
        world.deploy()
    assert world.programs.calls == []


def test_a_damaged_record_is_named(world: World) -> None:
    """Ours: with what to do about it."""
    (world.files.folder / "deployment.json").write_text("{", encoding="utf-8")
    with pytest.raises(BadInput, match=r"deployment\.json is damaged"):
        world.deploy()
