"""What holds for everything that a deployment makes, whichever module it is in."""

from __future__ import annotations

import importlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pytest
from alex_tools.repository import ROOT
from alex_tools.stack import SERVICES
from alex_tools.web_page import page_service
from pydantic_settings import BaseSettings

if TYPE_CHECKING:
    from tests.terraform.conftest import Resource, Tested

pytestmark = pytest.mark.terraform
RUNS = ("everything", "another_deployment")
every_deployment = pytest.mark.parametrize("run", RUNS)
WITHOUT_ARN = {"ecr:GetAuthorizationToken", "cloudwatch:PutMetricData"}
"""Actions that AWS knows no resource for (service authorization reference); all others name theirs."""
WILDCARD_PARTS = (
    re.compile(r":log-group:/aws/sagemaker/Endpoints/[a-z0-9-]+:\*$"),  # the streams of one group
    re.compile(r":ecr:[a-z0-9-]+:\*:repository/huggingface-pytorch-inference$"),  # AWS's account, by region
)
NAMES = {
    "aws_apprunner_service": "service_name",
    "aws_apprunner_auto_scaling_configuration_version": "auto_scaling_configuration_name",
    "aws_s3vectors_vector_bucket": "vector_bucket_name",
    "aws_sagemaker_endpoint_configuration": "name_prefix",
}
"""Where the name is not in `name`."""
NAMED_WITHIN = {
    "aws_api_gateway_usage_plan_key",
    "aws_iam_role_policy",
    "aws_s3vectors_index",
}
"""Names of these are unique within another resource, not in the account."""
PAGE_README = (ROOT / "frontend/README.md").read_text(encoding="utf-8")
PAGE_SETTINGS = (ROOT / "frontend/src/lib/server/settings.ts").read_text(encoding="utf-8")
PAGE_ASKS = re.findall(r"(\w+): \d+", re.findall(r"DEFAULT_PORTS: .*?= (\{.*?\})", PAGE_SETTINGS)[0])
"""Services whose addresses the page's settings have, each with a port of this machine by default."""
REFERENCE = re.compile(r"\{\{resolve:secretsmanager:[^{}]+:SecretString:::[A-Za-z0-9-]*\}\}")


def of_type(tested: Tested, run: str, kind: str) -> list[Resource]:
    """Return the resources of one type; there are some."""
    found = [resource for resource in tested.deployments[run] if resource.type == kind]
    assert found, f"{run} has no {kind}"
    return found


def statements(resource: Resource) -> Iterator[Mapping[str, Any]]:
    """Yield the statements of the policies that a resource holds."""
    for attribute in ("policy", "assume_role_policy"):
        text = resource.values.get(attribute)
        if isinstance(text, str) and text.startswith("{") and "Statement" in text:
            yield from json.loads(text)["Statement"]


def is_page(service: Resource) -> bool:
    """Return whether an App Runner service is the web page."""
    return str(service.values["service_name"]).endswith("-frontend")


def as_list(value: str | Sequence[str]) -> list[str]:
    """Return one or several strings of a policy as a list."""
    return [value] if isinstance(value, str) else list(value)


@every_deployment
def test_every_method_needs_an_api_key(tested: Tested, run: str) -> None:
    """Ours: nothing on the internet answers without a key, /health included."""
    methods = of_type(tested, run, "aws_api_gateway_method")
    assert all(method.values["api_key_required"] for method in methods)
    services = [one for one in of_type(tested, run, "aws_apprunner_service") if not is_page(one)]
    assert len(methods) == len(of_type(tested, run, "aws_api_gateway_resource")) == 2 * len(services)
    assert of_type(tested, run, "aws_api_gateway_usage_plan_key")


@every_deployment
def test_the_gateway_replaces_the_key_and_names_the_owner(tested: Tested, run: str) -> None:
    """Ours: the public addresses refuse what does not come through the gateway, and no caller chooses an owner."""
    owner = {"everything": "'local'", "another_deployment": "context.identity.apiKeyId"}[run]
    for integration in of_type(tested, run, "aws_api_gateway_integration"):
        parameters = integration.values["request_parameters"]
        assert parameters["integration.request.header.x-api-key"] == "stageVariables.originKey"
        assert parameters["integration.request.header.x-alex-owner"] == owner
        assert integration.values["response_transfer_mode"] == "STREAM"
        assert integration.values["timeout_milliseconds"] > 29_000
    # Files of brokers in other encodings than UTF-8 pass unchanged.
    assert of_type(tested, run, "aws_api_gateway_rest_api")[0].values["binary_media_types"] == ["*/*"]


@every_deployment
def test_the_page_is_a_caller_with_a_password_before_it(tested: Tested, run: str) -> None:
    """Ours: an entrance of its own, neither the origin key nor a permission, and every call through the gateway."""
    (page,) = [one for one in of_type(tested, run, "aws_apprunner_service") if is_page(one)]
    image = page.values["source_configuration"][0]["image_repository"][0]["image_configuration"][0]
    plain, secret = image["runtime_environment_variables"], image["runtime_environment_secrets"]
    arns = {
        one.values["name"].partition("/")[2]: one.values["arn"]
        for one in of_type(tested, run, "aws_secretsmanager_secret")
    }
    assert secret == {"ALEX_API_KEYS": arns["caller-key"], "FRONTEND_PASSWORD": arns["page-password"]}
    for service in PAGE_ASKS:
        address = plain[f"FRONTEND_{service.upper()}_URL"]
        assert re.fullmatch(rf"https://\w+\.execute-api\.eu-central-1\.amazonaws\.com/alex/{service}", address)
    assert plain["FRONTEND_BROWSER_MCP_URL"].endswith(".amazonaws.com/alex/browser/mcp")
    paths = {one.values["path_part"] for one in of_type(tested, run, "aws_api_gateway_resource")}
    assert "frontend" not in paths
    (policy,) = [
        one for one in of_type(tested, run, "aws_iam_role_policy") if one.address.startswith("module.frontend.")
    ]
    (statement,) = statements(policy)
    assert statement["Action"] == ["secretsmanager:GetSecretValue"]
    assert sorted(statement["Resource"]) == sorted(secret.values())


@every_deployment
def test_no_secret_value_is_in_the_state(tested: Tested, run: str) -> None:
    """Ours: Terraform makes secrets without values; who needs one is told where it is."""
    kinds = {resource.type for resource in tested.deployments[run]}
    would_hold_values = {
        "aws_secretsmanager_secret_version",
        "aws_ssm_parameter",
        "aws_api_gateway_api_key",
        "aws_api_gateway_stage",
        "aws_cloudwatch_event_connection",
    }
    assert not kinds & would_hold_values
    stacks = [json.loads(one.values["template_body"]) for one in of_type(tested, run, "aws_cloudformation_stack")]
    resources = {kind["Type"]: kind["Properties"] for stack in stacks for kind in stack["Resources"].values()}
    assert REFERENCE.fullmatch(resources["AWS::ApiGateway::Stage"]["Variables"]["originKey"])
    assert REFERENCE.fullmatch(resources["AWS::ApiGateway::ApiKey"]["Value"])
    if "AWS::Events::Connection" in resources:
        parameters = resources["AWS::Events::Connection"]["AuthParameters"]["ApiKeyAuthParameters"]
        assert REFERENCE.fullmatch(parameters["ApiKeyValue"])
    for service in of_type(tested, run, "aws_apprunner_service"):
        image = service.values["source_configuration"][0]["image_repository"][0]["image_configuration"][0]
        plain, secret = image["runtime_environment_variables"], image["runtime_environment_secrets"]
        assert "ALEX_API_KEYS" in secret
        assert not {name for name in plain if name.endswith(("_KEY", "_KEYS", "PASSWORD"))}


@every_deployment
def test_images_are_unique_and_nothing_deploys_by_itself(tested: Tested, run: str) -> None:
    """Ours: what runs is what was applied; a tag cannot be pushed twice."""
    for service in of_type(tested, run, "aws_apprunner_service"):
        source = service.values["source_configuration"][0]
        assert source["auto_deployments_enabled"] is False
        assert source["image_repository"][0]["image_identifier"].endswith(":1a2b3c4d5e6f-20261128t101500")
    for repository in of_type(tested, run, "aws_ecr_repository"):
        assert repository.values["image_tag_mutability"] == "IMMUTABLE"


@every_deployment
def test_nothing_is_open_to_everybody(tested: Tested, run: str) -> None:
    """Ours: no bucket for the public, no policy for everybody."""
    kinds = {resource.type for resource in tested.deployments[run]}
    assert not {kind for kind in kinds if kind.startswith("aws_s3_") or kind.endswith("bucket_policy")}
    for resource in tested.deployments[run]:
        for statement in statements(resource):
            assert statement["Effect"] == "Allow"
            assert statement.get("Principal") not in ("*", {"AWS": "*"}), resource.address


@every_deployment
def test_permissions_name_their_actions_and_resources(tested: Tested, run: str) -> None:
    """Ours: `*` only where AWS knows no ARN; each of those is listed here."""
    seen = 0
    for resource in of_type(tested, run, "aws_iam_role_policy"):
        for statement in statements(resource):
            seen += 1
            actions, resources = as_list(statement["Action"]), as_list(statement["Resource"])
            assert actions
            assert resources
            assert not [action for action in actions if "*" in action], resource.address
            if resources == ["*"]:
                assert set(actions) <= WITHOUT_ARN, resource.address
            else:
                wild = [one for one in resources if "*" in one and not any(p.search(one) for p in WILDCARD_PARTS)]
                assert not wild, f"{resource.address}: {wild}"
    assert seen > 10


@every_deployment
def test_names_are_unique_in_the_deployment(tested: Tested, run: str) -> None:
    """AWS's: two things of one kind cannot have one name."""
    repeated = [name for name, count in Counter(names(tested, run)).items() if count > 1]
    assert not repeated


def test_two_deployments_share_no_name(tested: Tested) -> None:
    """Ours: several deployments fit in one account; IAM names say the region as well."""
    first, second = (set(names(tested, run)) for run in RUNS)
    assert first & second == set()
    roles = of_type(tested, "everything", "aws_iam_role")
    assert all(role.values["name"].startswith("alex-eu-central-1-") for role in roles)


def names(tested: Tested, run: str) -> list[tuple[str, str]]:
    """Return type and name of everything whose name must be unique in the account."""
    found = [
        (resource.type, resource.values.get(NAMES.get(resource.type, "name")))
        for resource in tested.deployments[run]
        if resource.type not in NAMED_WITHIN
    ]
    return [(kind, name) for kind, name in found if isinstance(name, str)]


def test_logs_end_and_money_has_an_alarm(tested: Tested) -> None:
    """Ours: no log is kept for ever, and somebody is told before it becomes expensive."""
    groups = of_type(tested, "everything", "aws_cloudwatch_log_group")
    assert all(group.values["retention_in_days"] == 30 for group in groups)
    budget = of_type(tested, "another_deployment", "aws_budgets_budget")[0]
    kinds = {one["notification_type"] for one in budget.values["notification"]}
    assert kinds == {"ACTUAL", "FORECASTED"}


def test_the_schedules_drive_all_runs_to_their_end_without_a_lambda(tested: Tested) -> None:
    """Ours: research that is due is started once; every agent is called until none of its runs is open."""
    machine = of_type(tested, "everything", "aws_sfn_state_machine")[0]
    states = json.loads(machine.values["definition"])["States"]
    due = states["Start research"]["Parameters"]
    assert due["ApiEndpoint"].endswith("/alex/researcher/due")
    assert due["RequestBody"] == {"event_id.$": "$$.Execution.Name"}
    called = set()
    for branch in states["Drive"]["Branches"]:
        advance = branch["States"][branch["StartAt"]]
        called.add(advance["Parameters"]["ApiEndpoint"].split("/alex/")[1])
        (again,) = branch["States"][advance["Next"]]["Choices"]
        assert again == {"Variable": "$.open", "NumericGreaterThan": 0, "Next": branch["StartAt"]}
    assert called == {"planner/runs/advance", "researcher/runs/advance"}
    inputs = {
        one.values["name"]: json.loads(one.values["target"][0]["input"])
        for one in of_type(tested, "everything", "aws_scheduler_schedule")
    }
    assert inputs == {"alex-research": {"research": True}, "alex-runs": {"research": False}}
    kinds = {resource.type for resource in tested.deployments["everything"]}
    assert not [kind for kind in kinds if kind.startswith("aws_lambda")]


def test_every_service_gets_its_port_and_the_addresses_it_needs(tested: Tested) -> None:
    """Ours: a setting whose default is an address of this machine is given another one in AWS."""
    running = {
        service.values["service_name"].removeprefix("alex-"): service.values["source_configuration"][0]
        for service in of_type(tested, "everything", "aws_apprunner_service")
    }
    services = (*SERVICES, page_service(0))
    wanted = {service.name: service.port for service in services if service.name != "local_aws"}
    assert set(running) == set(wanted)
    for name, source in running.items():
        image = source["image_repository"][0]["image_configuration"][0]
        assert image["port"] == str(wanted[name])
        given = {**image["runtime_environment_variables"], **image["runtime_environment_secrets"]}
        assert local_settings(name) <= set(given), name
        assert not [value for value in given.values() if "127.0.0.1" in value]


def local_settings(service: str) -> set[str]:
    """Return the variables of a service whose default is on this machine: an address, or a file."""
    if service == "frontend":
        return set(re.findall(r"FRONTEND_\w+_URL(?=` \| `http://127)", PAGE_README))
    module = importlib.import_module(f"alex_{service}.settings")
    found = set()
    for settings in vars(module).values():
        if isinstance(settings, type) and issubclass(settings, BaseSettings) and settings.__module__ == module.__name__:
            prefix = settings.model_config["env_prefix"]
            for name, field in settings.model_fields.items():
                if str(field.default).startswith(("http://127.0.0.1", "sqlite:")):
                    found.add(f"{prefix}{name}".upper())
    return found


def test_the_index_is_the_one_that_the_vector_store_would_make(tested: Tested) -> None:
    """Ours: what Terraform makes and what the service expects cannot be told apart."""
    records = importlib.import_module("alex_vector_store.records")
    embedder = importlib.import_module("alex_vector_store.clients.embedder")
    index = of_type(tested, "everything", "aws_s3vectors_index")[0].values
    keys = index["metadata_configuration"][0]["non_filterable_metadata_keys"]
    assert sorted(keys) == sorted(records.NON_FILTERABLE_KEYS)
    assert index["dimension"] == embedder.EMBEDDING_DIMENSION
    assert (index["data_type"], index["distance_metric"]) == ("float32", "cosine")
