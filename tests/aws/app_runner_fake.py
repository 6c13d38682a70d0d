"""App Runner, which moto does not have: the answers of a real boto3 client, checked against botocore's own model."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import boto3
from botocore.validate import ParamValidator

ACCOUNT = "123456789012"
REGION = "eu-central-1"
_BEGIN = datetime(2026, 11, 28, tzinfo=UTC)
_SIZES = {"browser": ("2048", "1024"), "frontend": ("512", "256")}
"""Memory in MB and CPU units, where they are not those of most services."""


class AppRunnerFake:
    """Services by name, each with its operations. Requests and answers are checked as botocore checks them."""

    def __init__(self) -> None:
        self.services: dict[str, dict[str, Any]] = {}
        self.operations: dict[str, list[dict[str, Any]]] = {}
        self.scaling: list[str] = []
        self.refuses_new_services = False
        self.new_services_fail = False
        self.undeletable: set[str] = set()
        self.looks_until_created = 0
        """How often a new service is still being created, and cannot be deleted, when it is looked at."""
        self.listings_until_idle = 0
        """How often a service still says OPERATION_IN_PROGRESS."""

    def client(self) -> Any:
        """Return a boto3 client that is answered here."""
        client = boto3.client("apprunner", region_name=REGION, aws_access_key_id="x", aws_secret_access_key="x")
        client.meta.events.register("before-call.apprunner", self._answer)
        return client

    def put(self, name: str, tag: str, *, status: str = "RUNNING") -> None:
        """Create or update a service as Terraform would; its newest operation succeeded."""
        kind = "UPDATE_SERVICE" if name in self.services else "CREATE_SERVICE"
        self.services[name] = {**self._summary(name, status), "tag": tag}
        self.finish(name, kind, "SUCCEEDED" if status == "RUNNING" else "FAILED")

    def roll_back(self, name: str, old_tag: str) -> None:
        """Go back to the old image: RUNNING again, and only the list of operations tells."""
        self.services[name]["tag"] = old_tag
        self.operations[name][-1]["Status"] = "ROLLBACK_SUCCEEDED"

    def finish(self, name: str, kind: str, status: str) -> None:
        """Note an operation of a service."""
        operations = self.operations.setdefault(name, [])
        started = _BEGIN + timedelta(minutes=len(operations))
        number = f"{len(operations):036d}"
        operations.append({"Id": number, "Type": kind, "Status": status, "StartedAt": started, "EndedAt": started})

    def arn(self, name: str) -> str:
        """Return the ARN of a service."""
        return f"arn:aws:apprunner:{REGION}:{ACCOUNT}:service/{name}/{abs(hash(name)) % 16**8:032x}"

    def url(self, name: str) -> str:
        """Return the public address of a service."""
        return f"https://{name.replace('_', '-')}.{REGION}.awsapprunner.com"

    def _summary(self, name: str, status: str) -> dict[str, Any]:
        return {
            "ServiceName": name,
            "ServiceId": self.arn(name).rsplit("/", 1)[1],
            "ServiceArn": self.arn(name),
            "ServiceUrl": self.url(name).removeprefix("https://"),
            "CreatedAt": _BEGIN,
            "UpdatedAt": _BEGIN,
            "Status": status,
        }

    def _answer(self, model: Any, params: dict[str, Any], **_: object) -> tuple[Any, dict[str, Any]]:
        handler = getattr(self, f"_{model.name}")
        try:
            answer = handler(json.loads(params["body"]))
        except _Refused as exc:
            return SimpleNamespace(status_code=400), {"Error": {"Code": exc.code, "Message": exc.message}}
        report = ParamValidator().validate(answer, model.output_shape)
        assert not report.has_errors(), report.generate_report()
        return SimpleNamespace(status_code=200), {**answer, "ResponseMetadata": {}}

    def _ListServices(self, _: dict[str, Any]) -> dict[str, Any]:  # noqa: N802  the operation's name
        listed = [{k: v for k, v in one.items() if k != "tag"} for one in self.services.values()]
        if self.listings_until_idle:
            self.listings_until_idle -= 1
            listed = [{**one, "Status": "OPERATION_IN_PROGRESS"} for one in listed]
        return {"ServiceSummaryList": listed}

    def _ListOperations(self, request: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        return {"OperationSummaryList": self.operations[self._name(request)]}

    def _DescribeService(self, request: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        name = self._name(request)
        if self.looks_until_created:
            self.looks_until_created -= 1
            status = "OPERATION_IN_PROGRESS" if self.looks_until_created else "RUNNING"
            self.services[name]["Status"] = status
        memory, cpu = _SIZES.get(name.rpartition("-")[2], ("1024", "256"))
        return {
            "Service": {
                **{k: v for k, v in self.services[name].items() if k != "tag"},
                "SourceConfiguration": {},
                "InstanceConfiguration": {"Cpu": cpu, "Memory": memory},
                "AutoScalingConfigurationSummary": {},
                "NetworkConfiguration": {},
            }
        }

    def _CreateService(self, request: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        if self.refuses_new_services:
            raise _Refused("InvalidRequestException", "App Runner is not available to new customers.")
        name = request["ServiceName"]
        self.put(name, "probe", status="CREATE_FAILED" if self.new_services_fail else "RUNNING")
        return {**self._DescribeService({"ServiceArn": self.arn(name)}), "OperationId": "0" * 36}

    def _DeleteService(self, request: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        name = self._name(request)
        if name in self.undeletable or self.looks_until_created:
            raise _Refused("InvalidStateException", f"{name} is in the middle of an operation.")
        described = self._DescribeService(request)
        del self.services[name]
        return {**described, "OperationId": "0" * 36}

    def _ListAutoScalingConfigurations(self, request: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        wanted = request.get("AutoScalingConfigurationName")
        prefix = f"arn:aws:apprunner:{REGION}:{ACCOUNT}:autoscalingconfiguration"
        listed = [
            {"AutoScalingConfigurationArn": f"{prefix}/{name}/1/{'0' * 32}", "AutoScalingConfigurationName": name}
            for name in self.scaling
            if wanted in {None, name}
        ]
        return {"AutoScalingConfigurationSummaryList": listed}

    def _DeleteAutoScalingConfiguration(self, request: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        self.scaling.remove(request["AutoScalingConfigurationArn"].split("/")[1])
        return {"AutoScalingConfiguration": {}}

    def _name(self, request: dict[str, Any]) -> str:
        for name in self.services:
            if self.arn(name) == request["ServiceArn"]:
                return name
        raise _Refused("ResourceNotFoundException", "There is no such service.")


class _Refused(Exception):
    def __init__(self, code: str, message: str) -> None:
        self.code, self.message = code, message
