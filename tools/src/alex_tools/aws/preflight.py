"""What must be right before anything is made: found out all at once, so that the user mends it in one go."""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from botocore.exceptions import BotoCoreError, ClientError

from alex_tools.aws import images, terraform
from alex_tools.aws.account import Account, error_code, speaking_plainly
from alex_tools.aws.app_runner import Watch, all_services
from alex_tools.aws.deployment import DEFAULT_DATABASE, DEFAULT_NAME, PROBE_NAME, SCALING_KINDS, SERVICE_NAMES
from alex_tools.aws.programs import Programs
from alex_tools.errors import AwsRefused

State = Literal["ok", "warning", "wrong"]
_CONCURRENCY_QUOTA = "across all serverless endpoints"
"""In the name of SageMaker's quota on the total concurrency of serverless endpoints (SageMaker quotas page)."""
_NEEDED_CONCURRENCY = 4
_APP_RUNNER_QUOTAS = {"services": ("L-69F96A0C", 30), "scaling configurations": ("L-1D8C5BDD", 10)}
"""Code and default, for a region, of the quotas that Service Quotas calls "Services" and "Auto scaling
configurations"."""
_SMALLEST_IMAGE = "public.ecr.aws/aws-containers/hello-app-runner:latest"


@dataclass(frozen=True)
class Finding:
    """What one check found; `wrong` keeps a deployment from beginning."""

    what: str
    state: State
    text: str


@dataclass(frozen=True)
class Machine:
    """Where the command runs."""

    programs: Programs
    root: Path
    environment: Mapping[str, str]


def check_machine(machine: Machine) -> Iterator[Finding]:
    """Yield what is found about Docker, Terraform and the environment."""
    engine = images.engine_version(machine.programs, machine.root, machine.environment)
    missing = "no engine answers; start Docker Desktop, or install Docker"
    yield Finding("Docker", "ok" if engine else "wrong", engine or missing)
    found = terraform.version(machine.programs, machine.root, machine.environment)
    oldest = ".".join(map(str, terraform.OLDEST))
    if found is None:
        yield Finding("Terraform", "wrong", f"not on the PATH; install {oldest} or later, see guide 1")
    else:
        fits = found >= terraform.OLDEST
        text = ".".join(map(str, found)) + ("" if fits else f", {oldest} or later is needed")
        yield Finding("Terraform", "ok" if fits else "wrong", text)
    pointed = [name for name in {*machine.environment, *os.environ} if name.startswith("AWS_ENDPOINT_URL")]
    text = f"{', '.join(sorted(pointed))} leads away from AWS; unset it" if pointed else "AWS's own"
    yield Finding("endpoints", "wrong" if pointed else "ok", text)


def check_account(account: Account, database: str = DEFAULT_DATABASE, name: str = DEFAULT_NAME) -> Iterator[Finding]:
    """Yield what is found about credentials, permissions and quotas; without credentials nothing more is asked.

    Args:
        account: whose it is.
        database: what is needed for it is looked at as well.
        name: the deployment, whose own things take no room of others.
    """
    try:
        identity = account.identity()
    except AwsRefused as exc:
        yield Finding("credentials", "wrong", exc.message)
        return
    if identity.is_root:
        yield Finding("credentials", "warning", f"root of account {identity.account}; make a user, see guide 1")
    else:
        yield Finding("credentials", "ok", f"{identity.arn}")
    yield Finding("region", "ok", account.region)
    for what, ask in _permissions(account).items():
        yield _permission(what, ask)
    if database == "dsql":
        found = _permission("Aurora DSQL", lambda: account.client("dsql").list_clusters(maxResults=1))
        # A region without it has no address, so it looks like a network that is down.
        hint = "" if found.state == "ok" else f"; is it in {account.region}? `--database url` takes another PostgreSQL"
        yield Finding(found.what, found.state, found.text + hint)
    yield _concurrency(account, _NEEDED_CONCURRENCY)
    yield from _app_runner_room(account, name)


def _permissions(account: Account) -> dict[str, Callable[[], object]]:
    return {
        "App Runner": lambda: account.client("apprunner").list_services(MaxResults=1),
        "ECR": lambda: account.client("ecr").describe_repositories(maxResults=1),
        "API Gateway": lambda: account.client("apigateway").get_rest_apis(limit=1),
        "S3 Vectors": lambda: account.client("s3vectors").list_vector_buckets(maxResults=1),
        "SageMaker": lambda: account.client("sagemaker").list_endpoints(MaxResults=1),
        "Secrets Manager": lambda: account.client("secretsmanager").list_secrets(MaxResults=1),
        "CloudFormation": lambda: account.client("cloudformation").list_stacks(),
        "EventBridge": lambda: account.client("scheduler").list_schedules(MaxResults=1),
        "Step Functions": lambda: account.client("stepfunctions").list_state_machines(maxResults=1),
        "IAM": lambda: account.client("iam").list_roles(MaxItems=1),
    }


def _permission(what: str, ask: Callable[[], object]) -> Finding:
    try:
        with speaking_plainly(f"asking {what}"):
            ask()
    except AwsRefused as exc:
        return Finding(what, "wrong", exc.message)
    return Finding(what, "ok", "may be asked")


def _concurrency(account: Account, needed: int) -> Finding:
    what = "SageMaker quota"
    unknown = f"cannot be read; a new account may have too little for {needed} serverless invocations at once"
    try:
        quotas = account.pages("service-quotas", "list_service_quotas", "Quotas", ServiceCode="sagemaker")
        quota = next((one["Value"] for one in quotas if _CONCURRENCY_QUOTA in one["QuotaName"]), None)
    except (ClientError, BotoCoreError) as exc:
        return Finding(what, "warning", f"{unknown} ({exc})")
    if quota is None:
        return Finding(what, "warning", unknown)
    if quota < needed:
        return Finding(what, "wrong", f"{quota:g} serverless invocations at once, {needed} are needed; ask for more")
    return Finding(what, "ok", f"{quota:g} serverless invocations at once")


def _app_runner_room(account: Account, name: str) -> Iterator[Finding]:
    """Look whether App Runner has room for the services and for the scaling configurations that they share."""
    what = "App Runner quota"
    try:
        # One whose creation failed counts as well.
        services = {one["ServiceName"] for one in all_services(account)}
        with speaking_plainly("listing scaling configurations"):
            answer = account.client("apprunner").list_auto_scaling_configurations(LatestOnly=True, MaxResults=100)
    except AwsRefused as exc:
        yield Finding(what, "warning", f"what is there cannot be listed ({exc.message})")
        return
    scaling = {one["AutoScalingConfigurationName"] for one in answer["AutoScalingConfigurationSummaryList"]}
    raised = _raised_quotas(account)
    needed = {
        "services": (services, {f"{name}-{service}" for service in SERVICE_NAMES}),
        "scaling configurations": (scaling, {f"{name}-{kind}" for kind in SCALING_KINDS}),
    }
    for things, (there, ours) in needed.items():
        code, default = _APP_RUNNER_QUOTAS[things]
        quota = raised.get(code, default)
        text = f"{len(there - ours)} of {quota:g} {things} are taken, {len(ours)} are needed"
        if len(there | ours) > quota:
            yield Finding(what, "wrong", f"{text}; delete one that nobody uses, or ask for more")
        else:
            yield Finding(what, "ok", text)


def _raised_quotas(account: Account) -> dict[str, float]:
    """Return App Runner's quotas as this account has them, by code; none where they may not be read."""
    try:
        quotas = [*account.pages("service-quotas", "list_service_quotas", "Quotas", ServiceCode="apprunner")]
    except (ClientError, BotoCoreError):
        return {}
    return {one["QuotaCode"]: one["Value"] for one in quotas if "QuotaCode" in one}


def check_app_runner(account: Account, watch: Watch) -> Finding:
    """Create the smallest App Runner service and delete it: the only sure way to know whether one may.

    It costs less than a cent. Being allowed to list services says nothing: App Runner takes no new customers since
    30 April 2026, and AWS documents no way to ask.
    """
    client, what = account.client("apprunner"), "new App Runner services"
    image = {"ImageIdentifier": _SMALLEST_IMAGE, "ImageRepositoryType": "ECR_PUBLIC"}
    try:
        created = client.create_service(
            ServiceName=PROBE_NAME,
            SourceConfiguration={"ImageRepository": image, "AutoDeploymentsEnabled": False},
            InstanceConfiguration={"Cpu": "256", "Memory": "512"},
        )
    except ClientError as exc:
        return Finding(what, "wrong", f"refused ({error_code(exc)}: {exc}); {terraform.NO_NEW_CUSTOMERS[0]}")
    except BotoCoreError as exc:
        return Finding(what, "warning", f"cannot be tried: {exc}")
    arn = created["Service"]["ServiceArn"]
    try:
        status = _settled(client, arn, watch)
        # Refused while the creation goes on, which is why its end is waited for.
        with speaking_plainly("apprunner:DeleteService"):
            client.delete_service(ServiceArn=arn)
    except AwsRefused as exc:
        left = f"the trial service {PROBE_NAME} is still there and costs money; `alex cleanup` deletes it"
        return Finding(what, "wrong", f"{exc.message}; {left}")
    if status == "CREATE_FAILED":
        return Finding(what, "wrong", f"the trial service failed; {terraform.NO_NEW_CUSTOMERS[0]}")
    return Finding(what, "ok", "may be created; the trial service is being deleted again")


def _settled(client: Any, arn: str, watch: Watch) -> str:
    """Return the status of the trial service when no operation is under way, or the time is over."""
    deadline = watch.now() + watch.operation_seconds
    while True:
        with speaking_plainly("apprunner:DescribeService"):
            status = str(client.describe_service(ServiceArn=arn)["Service"]["Status"])
        if status != "OPERATION_IN_PROGRESS" or watch.now() > deadline:
            return status
        watch.sleep(watch.poll_seconds)
