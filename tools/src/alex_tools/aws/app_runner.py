"""What App Runner did with a deployment. A service that went back to its old image is RUNNING; its operations tell."""

import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import httpx2
from botocore.exceptions import BotoCoreError, ClientError

from alex_tools.aws.account import Account, speaking_plainly
from alex_tools.aws.deployment import SERVICE_NAMES
from alex_tools.errors import DeployFailed

OPERATION_SECONDS = 1500.0
"""A service that never becomes healthy is given up by App Runner after about 20 minutes."""
HEALTH_SECONDS = 90.0
POLL_SECONDS = 5.0
_RUNNING = frozenset({"PENDING", "IN_PROGRESS", "ROLLBACK_IN_PROGRESS"})
_LOG_LINES = 15
_LOG_SECONDS = 3600
_MEANINGS = {
    "exec format error": "the image is for another processor: build it with `alex deploy`, which checks this",
    "wrong settings": "the service refuses its settings; the line names the variable",
    "AccessDenied": "the service's role lacks a permission",
}


@dataclass(frozen=True)
class RunningService:
    """One service of a deployment in App Runner."""

    name: str
    arn: str
    url: str


@dataclass(frozen=True)
class Watch:
    """Waiting for App Runner: how long, how often, and by which clock."""

    operation_seconds: float = OPERATION_SECONDS
    health_seconds: float = HEALTH_SECONDS
    poll_seconds: float = POLL_SECONDS
    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


def services_of(account: Account, deployment: str) -> dict[str, dict[str, Any]]:
    """Return the services of a deployment as App Runner lists them, by their short name."""
    listed = {one["ServiceName"]: one for one in all_services(account)}
    return {name: listed[full] for name in SERVICE_NAMES if (full := f"{deployment}-{name}") in listed}


def all_services(account: Account) -> list[dict[str, Any]]:
    """Return what App Runner lists in the region, without what is gone.

    Raises:
        AwsRefused: it may not be asked.
    """
    found: list[dict[str, Any]] = []
    token: dict[str, str] = {}
    with speaking_plainly("apprunner:ListServices"):
        while True:
            answer = account.client("apprunner").list_services(**token)
            found += [one for one in answer["ServiceSummaryList"] if one["Status"] != "DELETED"]
            if not answer.get("NextToken"):
                return found
            token = {"NextToken": answer["NextToken"]}


def wait_until_idle(account: Account, deployment: str, watch: Watch, say: Callable[[str], None]) -> None:
    """Return when no service of a deployment is in the middle of an operation, as then it cannot be changed or deleted.

    Raises:
        DeployFailed: one is stuck.
    """
    deadline = watch.now() + watch.operation_seconds
    while busy := _busy(account, deployment):
        say(f"waiting for App Runner: {', '.join(busy)}")
        if watch.now() > deadline:
            raise DeployFailed(
                f"App Runner is still changing {', '.join(busy)}",
                ["it cannot be changed or deleted meanwhile; call this again in half an hour"],
            )
        watch.sleep(watch.poll_seconds)


def check_operation(account: Account, service: RunningService, watch: Watch) -> None:
    """Wait for the newest operation of a service and make sure that it succeeded.

    Raises:
        DeployFailed: it failed, or App Runner went back to the old image; shows the end of the service's log.
    """
    deadline = watch.now() + watch.operation_seconds
    while (operation := _newest_operation(account, service)) and operation["Status"] in _RUNNING:
        if watch.now() > deadline:
            raise DeployFailed(f"{service.name}: App Runner does not finish ({operation['Type']})")
        watch.sleep(watch.poll_seconds)
    if operation is None or operation["Status"] == "SUCCEEDED":
        return
    went_back = operation["Status"].startswith("ROLLBACK")
    happened = "the new image did not become healthy, App Runner went back to the old one" if went_back else "failed"
    raise DeployFailed(
        f"{service.name}: {operation['Type']} {operation['Status']}: {happened}", last_log_lines(account, service)
    )


def check_health(service: RunningService, sha: str, http: httpx2.Client, watch: Watch) -> None:
    """Wait until a service reports `sha` as its build; `/health` is the one path that needs no key.

    Raises:
        DeployFailed: it does not within the time.
    """
    deadline = watch.now() + watch.health_seconds
    while True:
        found = _reported_sha(service, http)
        if found == sha:
            return
        if watch.now() > deadline:
            raise DeployFailed(
                f"{service.name} runs {found}, not {sha}",
                ["App Runner may have gone back to the old image", f"ask it yourself: {service.url}/health"],
            )
        watch.sleep(watch.poll_seconds)


def last_log_lines(account: Account, service: RunningService) -> list[str]:
    """Return the end of a service's log, and what it means where that is known; nothing when it cannot be read."""
    group = f"/aws/apprunner/{service.arn.split(':service/')[-1]}/application"
    since = int((time.time() - _LOG_SECONDS) * 1000)
    try:
        events = account.pages("logs", "filter_log_events", "events", logGroupName=group, startTime=since)
        lines = list(deque((str(event["message"]).rstrip() for event in events), maxlen=_LOG_LINES))
    except (ClientError, BotoCoreError) as exc:
        return [f"its log {group} cannot be read: {exc}"]
    meanings = [meaning for sign, meaning in _MEANINGS.items() if any(sign in line for line in lines)]
    return [f"the end of {group}:", *lines, *meanings]


def keep_logs(account: Account, services: Mapping[str, RunningService], days: int) -> None:
    """Give the log groups, which App Runner makes without an end, one."""
    client = account.client("logs")
    with speaking_plainly("logs:PutRetentionPolicy"):
        for service in services.values():
            prefix = f"/aws/apprunner/{service.arn.split(':service/')[-1]}/"
            for group in account.pages("logs", "describe_log_groups", "logGroups", logGroupNamePrefix=prefix):
                if group.get("retentionInDays") != days:
                    client.put_retention_policy(logGroupName=group["logGroupName"], retentionInDays=days)


def _busy(account: Account, deployment: str) -> list[str]:
    return [name for name, one in services_of(account, deployment).items() if one["Status"] == "OPERATION_IN_PROGRESS"]


def _newest_operation(account: Account, service: RunningService) -> dict[str, Any] | None:
    with speaking_plainly("apprunner:ListOperations"):
        answer = account.client("apprunner").list_operations(ServiceArn=service.arn)
    operations = answer["OperationSummaryList"]
    return max(operations, key=lambda one: one["StartedAt"]) if operations else None


def _reported_sha(service: RunningService, http: httpx2.Client) -> str:
    try:
        body = http.get(f"{service.url}/health").raise_for_status().json()
    except (httpx2.HTTPError, ValueError) as exc:
        return f"nothing that answers ({type(exc).__name__})"
    return str(body.get("git_sha")) if isinstance(body, dict) else "something else"
