"""`alex destroy` and `alex cleanup`: nothing of a deployment is left, and nothing of another one is touched."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from alex_tools.aws.inventory import find_everything
from alex_tools.errors import DeployFailed

from tests.aws.app_runner_fake import ACCOUNT, REGION

if TYPE_CHECKING:
    from tests.aws.conftest import World

TRUST = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": "*"}]}
WORK = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}


def make_all_kinds(world: World, name: str) -> None:
    """Make at least one of each kind of thing that Terraform makes for a deployment."""
    account = world.account
    account.client("iam").create_role(RoleName=f"{name}-{REGION}-planner", AssumeRolePolicyDocument=json.dumps(TRUST))
    account.client("iam").put_role_policy(
        RoleName=f"{name}-{REGION}-planner", PolicyName="work", PolicyDocument=json.dumps(WORK)
    )
    account.client("ecr").create_repository(repositoryName=f"{name}/planner")
    account.client("secretsmanager").create_secret(Name=f"{name}/origin-key", SecretString="x")
    account.client("logs").create_log_group(logGroupName=f"/aws/apprunner/{name}-planner/1/application")
    cluster = account.client("dsql").create_cluster(
        deletionProtectionEnabled=False, tags={"project": "alex", "stack": name, "Name": f"{name}-planner"}
    )
    assert cluster["identifier"]
    _make_endpoint(world, name)
    _make_gateway(world, name)
    _make_schedule(world, name)
    account.client("s3vectors").create_vector_bucket(vectorBucketName=f"{name}-knowledge-{ACCOUNT}")
    account.client("budgets").create_budget(
        AccountId=ACCOUNT,
        Budget={
            "BudgetName": f"{name}-{REGION}-monthly",
            "BudgetType": "COST",
            "TimeUnit": "MONTHLY",
            "BudgetLimit": {"Amount": "50", "Unit": "USD"},
        },
    )
    world.app_runner.put(f"{name}-planner", "tag")
    world.app_runner.scaling.append(f"{name}-shared")


def _make_endpoint(world: World, name: str) -> None:
    sagemaker = world.account.client("sagemaker")
    endpoint = f"{name}-embedding"
    role = f"arn:aws:iam::{ACCOUNT}:role/x"
    sagemaker.create_model(ModelName=f"{endpoint}-1a2b3c4d", ExecutionRoleArn=role, PrimaryContainer={"Image": "x"})
    variant = {
        "VariantName": "only",
        "ModelName": f"{endpoint}-1a2b3c4d",
        "ServerlessConfig": {"MemorySizeInMB": 2048, "MaxConcurrency": 4},
    }
    sagemaker.create_endpoint_config(EndpointConfigName=f"{endpoint}-20261128", ProductionVariants=[variant])
    sagemaker.create_endpoint(EndpointName=endpoint, EndpointConfigName=f"{endpoint}-20261128")


def _make_gateway(world: World, name: str) -> None:
    gateway = world.account.client("apigateway")
    gateway.create_rest_api(name=name)
    gateway.create_usage_plan(name=f"{name}-callers")
    gateway.create_api_key(name=f"{name}-first-caller", enabled=True)


def _make_schedule(world: World, name: str) -> None:
    world.account.client("events").create_connection(
        Name=f"{name}-gateway",
        AuthorizationType="API_KEY",
        AuthParameters={"ApiKeyAuthParameters": {"ApiKeyName": "x-api-key", "ApiKeyValue": "x" * 20}},
    )
    role = f"arn:aws:iam::{ACCOUNT}:role/x"
    machine = world.account.client("stepfunctions").create_state_machine(
        name=f"{name}-driver",
        definition='{"StartAt": "Done", "States": {"Done": {"Type": "Succeed"}}}',
        roleArn=role,
    )
    for schedule in ("research", "runs"):
        world.account.client("scheduler").create_schedule(
            Name=f"{name}-{schedule}",
            ScheduleExpression="rate(1 day)",
            FlexibleTimeWindow={"Mode": "OFF"},
            Target={"Arn": machine["stateMachineArn"], "RoleArn": role},
        )


def kinds(world: World, name: str) -> set[str]:
    """Return the kinds of things that a deployment has."""
    return {thing.kind for thing in find_everything(world.account, name, ACCOUNT)}


KINDS = {
    "API",
    "API key",
    "App Runner service",
    "DSQL cluster",
    "SageMaker endpoint",
    "SageMaker endpoint configuration",
    "SageMaker model",
    "budget",
    "connection",
    "image repository",
    "log group",
    "role",
    "scaling configuration",
    "schedule",
    "secret",
    "state machine",
    "usage plan",
    "vector bucket",
}


def test_every_kind_is_found_and_deleted_and_another_deployment_stays(world: World) -> None:
    """Ours: by name, without a state; `alex` does not find what belongs to `alex-b`."""
    make_all_kinds(world, "alex")
    make_all_kinds(world, "alex-b")
    assert kinds(world, "alex") == kinds(world, "alex-b") == KINDS
    world.remover().clean_up()
    assert kinds(world, "alex") == set()
    assert kinds(world, "alex-b") == KINDS
    assert "nothing of the deployment is left" in world.out.getvalue()


def test_destroy_after_a_deployment_leaves_nothing(world: World) -> None:
    """Ours: Terraform first; what it does not know, such as the logs of App Runner, by name."""
    world.deploy()
    world.account.client("logs").create_log_group(logGroupName="/aws/apprunner/alex-planner/1/application")
    world.remover().destroy()
    assert world.programs.commands("terraform", "destroy")
    assert kinds(world, "alex") == set()
    assert not world.files.state.exists()
    assert world.files.read().tag == ""


def test_destroy_without_a_state_goes_by_names(world: World) -> None:
    """Ours: the state may be on another machine, or lost."""
    make_all_kinds(world, "alex")
    world.remover().destroy()
    assert world.programs.commands("terraform") == []
    assert kinds(world, "alex") == set()


def test_destroy_of_nothing_is_no_error(world: World) -> None:
    """Ours: twice is as good as once."""
    world.remover().destroy()
    assert "nothing of the deployment is left" in world.out.getvalue()


def test_what_cannot_be_deleted_is_named_with_the_reason(world: World) -> None:
    """Ours: never "done" while something may cost money."""
    make_all_kinds(world, "alex")
    world.app_runner.undeletable.add("alex-planner")
    with pytest.raises(DeployFailed, match="may cost money") as failed:
        world.remover().destroy()
    assert len(failed.value.details) == 1
    assert failed.value.details[0].startswith("App Runner service: alex-planner (")
    assert "in the middle of an operation" in failed.value.details[0]


def test_a_service_that_takes_its_time_is_waited_for(world: World) -> None:
    """AWS's: a service that is being changed refuses to be deleted."""
    make_all_kinds(world, "alex")
    world.app_runner.listings_until_idle = 3
    world.remover().destroy()
    assert kinds(world, "alex") == set()
