"""What a deployment has in an account, found by its names instead of Terraform's state, which may be lost.

Names that another deployment could have are compared whole: `alex` must not find what belongs to `alex-b`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from botocore.exceptions import ClientError, EndpointConnectionError

from alex_tools.aws.account import Account, error_code, speaking_plainly
from alex_tools.aws.app_runner import all_services, services_of
from alex_tools.aws.deployment import PROBE_NAME, SCALING_KINDS, SERVICE_NAMES

_GONE = frozenset({"ResourceNotFoundException", "NotFoundException", "NotFound", "NoSuchEntity", "ValidationException"})
_ROLES = (*sorted(SERVICE_NAMES), "image-access", "embedding", "scheduler", "driver")


@dataclass(frozen=True)
class Thing:
    """Something in the account that belongs to a deployment."""

    kind: str
    name: str
    delete: Callable[[], object]
    is_billable: bool = True


def find_everything(account: Account, name: str, number: str) -> list[Thing]:
    """Return everything that belongs to the deployment `name`, in the order in which it can be deleted.

    Args:
        account: whose region is looked at; IAM is looked at for this region.
        name: the deployment's name.
        number: the account's number.

    Raises:
        AwsRefused: something cannot be listed, so that nobody can say that nothing is left.
    """
    with speaking_plainly("looking for what the deployment has"):
        return [
            *_schedule(account, name),
            *_gateway(account, name),
            *_app_runner(account, name),
            *_sagemaker(account, name),
            *_vectors(account, name, number),
            *_databases(account, name),
            *_images(account, name),
            *_secrets(account, name),
            *_logs(account, name),
            *_budget(account, name, number),
            *_roles(account, name),
        ]


def delete(thing: Thing) -> None:
    """Delete one thing; what is gone already is no error.

    Raises:
        AwsRefused: AWS refused.
    """
    with speaking_plainly(f"deleting {thing.kind} {thing.name}"):
        try:
            thing.delete()
        except ClientError as exc:
            if error_code(exc) not in _GONE:
                raise


def _schedule(account: Account, name: str) -> Iterator[Thing]:
    scheduler, events, states = (account.client(one) for one in ("scheduler", "events", "stepfunctions"))
    ours = {f"{name}-research", f"{name}-runs"}
    for one in account.pages("scheduler", "list_schedules", "Schedules", NamePrefix=f"{name}-r"):
        if one["Name"] in ours:
            yield Thing("schedule", one["Name"], _calling(scheduler.delete_schedule, Name=one["Name"]))
    for one in account.pages("stepfunctions", "list_state_machines", "stateMachines"):
        if one["name"] == f"{name}-driver":
            deleting = _calling(states.delete_state_machine, stateMachineArn=one["stateMachineArn"])
            yield Thing("state machine", one["name"], deleting)
    yield from _stack(account, f"{name}-schedule-connection")
    for one in events.list_connections(NamePrefix=f"{name}-gateway")["Connections"]:
        if one["Name"] == f"{name}-gateway":
            yield Thing("connection", one["Name"], lambda: events.delete_connection(Name=f"{name}-gateway"))


def _gateway(account: Account, name: str) -> Iterator[Thing]:
    gateway = account.client("apigateway")
    for plan in account.pages("apigateway", "get_usage_plans", "items"):
        if plan["name"] == f"{name}-callers":
            deleting = _deleting_plan(account, plan["id"], plan.get("apiStages", []))
            yield Thing("usage plan", plan["name"], deleting, is_billable=False)
    yield from _stack(account, f"{name}-gateway-stage")
    for key in account.pages("apigateway", "get_api_keys", "items"):
        if re.fullmatch(rf"{name}-first-caller(-[0-9a-f]{{1,8}})?", key.get("name", "")):
            yield Thing("API key", key["name"], _calling(gateway.delete_api_key, apiKey=key["id"]), is_billable=False)
    for api in account.pages("apigateway", "get_rest_apis", "items"):
        if api["name"] == name:
            yield Thing("API", name, _calling(gateway.delete_rest_api, restApiId=api["id"]))


def _deleting_plan(account: Account, plan: str, stages: list[dict[str, str]]) -> Callable[[], object]:
    def delete_plan() -> None:
        gateway = account.client("apigateway")
        removed = [{"op": "remove", "path": "/apiStages", "value": f"{s['apiId']}:{s['stage']}"} for s in stages]
        if removed:
            gateway.update_usage_plan(usagePlanId=plan, patchOperations=removed)
        gateway.delete_usage_plan(usagePlanId=plan)

    return delete_plan


def _stack(account: Account, name: str) -> Iterator[Thing]:
    try:
        (stack,) = account.client("cloudformation").describe_stacks(StackName=name)["Stacks"]
    except ClientError as exc:
        # What CloudFormation answers when there is no such stack.
        if error_code(exc) == "ValidationError":
            return
        raise
    if stack["StackStatus"] != "DELETE_COMPLETE":
        yield Thing("stack", name, lambda: _delete_stack(account, name), is_billable=False)


def _delete_stack(account: Account, name: str) -> None:
    client = account.client("cloudformation")
    client.delete_stack(StackName=name)
    client.get_waiter("stack_delete_complete").wait(StackName=name)


def _app_runner(account: Account, name: str) -> Iterator[Thing]:
    client = account.client("apprunner")
    # The trial service is taken down with any deployment: it should have been gone a minute after its creation.
    trials = [one for one in all_services(account) if one["ServiceName"] == PROBE_NAME]
    for service in (*services_of(account, name).values(), *trials):
        yield Thing(
            "App Runner service",
            service["ServiceName"],
            _calling(client.delete_service, ServiceArn=service["ServiceArn"]),
        )
    for kind in SCALING_KINDS:
        answer = client.list_auto_scaling_configurations(AutoScalingConfigurationName=f"{name}-{kind}")
        for one in answer["AutoScalingConfigurationSummaryList"]:
            arn = one["AutoScalingConfigurationArn"]
            deleting = _calling(client.delete_auto_scaling_configuration, AutoScalingConfigurationArn=arn)
            yield Thing("scaling configuration", f"{name}-{kind}", deleting, is_billable=False)


def _sagemaker(account: Account, name: str) -> Iterator[Thing]:
    client, endpoint = account.client("sagemaker"), f"{name}-embedding"
    generated = re.compile(rf"{re.escape(endpoint)}-[0-9a-f]+")
    for one in account.pages("sagemaker", "list_endpoints", "Endpoints", NameContains=endpoint):
        if one["EndpointName"] == endpoint:
            yield Thing("SageMaker endpoint", endpoint, lambda: client.delete_endpoint(EndpointName=endpoint))
    for one in account.pages("sagemaker", "list_endpoint_configs", "EndpointConfigs", NameContains=endpoint):
        if generated.fullmatch(found := one["EndpointConfigName"]):
            deleting = _calling(client.delete_endpoint_config, EndpointConfigName=found)
            yield Thing("SageMaker endpoint configuration", found, deleting, is_billable=False)
    for one in account.pages("sagemaker", "list_models", "Models", NameContains=endpoint):
        if generated.fullmatch(found := one["ModelName"]):
            yield Thing("SageMaker model", found, _calling(client.delete_model, ModelName=found), is_billable=False)


def _vectors(account: Account, name: str, number: str) -> Iterator[Thing]:
    bucket = f"{name}-knowledge-{number}"
    for one in account.pages("s3vectors", "list_vector_buckets", "vectorBuckets", prefix=bucket):
        if one["vectorBucketName"] == bucket:
            yield Thing("vector bucket", bucket, lambda: _delete_bucket(account, bucket))


def _delete_bucket(account: Account, bucket: str) -> None:
    client = account.client("s3vectors")
    for index in account.pages("s3vectors", "list_indexes", "indexes", vectorBucketName=bucket):
        client.delete_index(vectorBucketName=bucket, indexName=index["indexName"])
    client.delete_vector_bucket(vectorBucketName=bucket)


def _databases(account: Account, name: str) -> Iterator[Thing]:
    client = account.client("dsql")
    try:
        clusters = list(account.pages("dsql", "list_clusters", "clusters"))
    except EndpointConnectionError:
        # The region has no Aurora DSQL, so no cluster either.
        return
    for cluster in clusters:
        try:
            found = client.get_cluster(identifier=cluster["identifier"])
        except client.exceptions.ResourceNotFoundException:
            # Listed a moment ago, and gone since.
            continue
        tags, status = found.get("tags", {}), found["status"]
        if tags.get("project") == "alex" and tags.get("stack") == name and status not in {"DELETING", "DELETED"}:
            deleting = _calling(client.delete_cluster, identifier=cluster["identifier"])
            yield Thing("DSQL cluster", tags.get("Name", cluster["identifier"]), deleting)


def _images(account: Account, name: str) -> Iterator[Thing]:
    client = account.client("ecr")
    for one in account.pages("ecr", "describe_repositories", "repositories"):
        repository = one["repositoryName"]
        if repository in {f"{name}/{service}" for service in SERVICE_NAMES}:
            deleting = _calling(client.delete_repository, repositoryName=repository, force=True)
            yield Thing("image repository", repository, deleting)


def _secrets(account: Account, name: str) -> Iterator[Thing]:
    client = account.client("secretsmanager")
    for one in account.pages("secretsmanager", "list_secrets", "SecretList"):
        if one["Name"].startswith(f"{name}/"):
            deleting = _calling(client.delete_secret, SecretId=one["ARN"], ForceDeleteWithoutRecovery=True)
            yield Thing("secret", one["Name"], deleting)


def _logs(account: Account, name: str) -> Iterator[Thing]:
    client = account.client("logs")
    prefixes = [f"/aws/apprunner/{name}-{service}/" for service in sorted(SERVICE_NAMES)]
    for prefix in (*prefixes, f"/aws/sagemaker/Endpoints/{name}-embedding"):
        for one in account.pages("logs", "describe_log_groups", "logGroups", logGroupNamePrefix=prefix):
            group = one["logGroupName"]
            yield Thing("log group", group, _calling(client.delete_log_group, logGroupName=group))


def _budget(account: Account, name: str, number: str) -> Iterator[Thing]:
    client, budget = account.client("budgets"), f"{name}-{account.region}-monthly"
    for one in account.pages("budgets", "describe_budgets", "Budgets", AccountId=number):
        if one["BudgetName"] == budget:
            deleting = _calling(client.delete_budget, AccountId=number, BudgetName=budget)
            yield Thing("budget", budget, deleting, is_billable=False)


def _roles(account: Account, name: str) -> Iterator[Thing]:
    client = account.client("iam")
    for role in (f"{name}-{account.region}-{suffix}" for suffix in _ROLES):
        try:
            client.get_role(RoleName=role)
        except client.exceptions.NoSuchEntityException:
            continue
        yield Thing("role", role, _deleting_role(account, role), is_billable=False)


def _deleting_role(account: Account, role: str) -> Callable[[], object]:
    def delete_role() -> None:
        client = account.client("iam")
        for policy in account.pages("iam", "list_role_policies", "PolicyNames", RoleName=role):
            client.delete_role_policy(RoleName=role, PolicyName=policy)
        client.delete_role(RoleName=role)

    return delete_role


def _calling(operation: Callable[..., object], **parameters: object) -> Callable[[], object]:
    """Return a call with its parameters bound now, and not when a loop has gone on."""
    return lambda: operation(**parameters)
