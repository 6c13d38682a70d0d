"""What `.env` and the second file change, as the engine is told of it; no container is started for that."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from alex_tools.repository import ROOT
from alex_tools.stack import SERVICES
from alex_tools.web_page import page_service

from tests.compose.conftest import image_of
from tests.compose.engine import CommandFailed, Stack, clean_environment, docker, run

pytestmark = [pytest.mark.compose, pytest.mark.timeout(1500)]

EVERYTHING = (*SERVICES, page_service(0))
ACCOUNT = "AWS_REGION=eu-west-1\nAWS_ACCESS_KEY_ID=AKIAEXAMPLE\nAWS_SECRET_ACCESS_KEY=example\n"
ENDPOINTS = "import boto3; print(*(boto3.client(s).meta.endpoint_url for s in ('s3vectors', 'sagemaker-runtime')))"


def configuration(env_file: Path, *files: str) -> dict[str, Any]:
    """Return the services that the files describe, with the settings of `env_file`."""
    chosen = [part for name in ("compose.yaml", *files) for part in ("--file", str(ROOT / name))]
    command = ["docker", "compose", *chosen, "--project-directory", str(ROOT), "--env-file", str(env_file)]
    text = run([*command, "config", "--format", "json"], env=clean_environment())
    services: dict[str, Any] = json.loads(text)["services"]
    return services


@pytest.fixture
def env_file(built: Stack, tmp_path: Path) -> Path:
    """An empty `.env`."""
    assert built
    (tmp_path / ".env").touch()
    return tmp_path / ".env"


def test_nothing_has_to_be_set(env_file: Path) -> None:
    """The example file as it is changes nothing either."""
    plain = configuration(env_file)
    assert "newsroom" not in plain
    assert set(plain) == {service.name for service in EVERYTHING} | {"postgres"}
    for service in EVERYTHING:
        assert plain[service.name]["environment"]["ALEX_API_KEYS"] == "alex-local"
        (port,) = plain[service.name]["ports"]
        assert (port["host_ip"], int(port["published"])) == ("127.0.0.1", service.port)
    assert configuration(ROOT / ".env.example") == plain


def test_settings_of_the_env_file_reach_the_services_that_read_them(env_file: Path) -> None:
    """A model's key goes to the agents alone."""
    env_file.write_text(
        "ALEX_API_KEYS=one,two\nOPENAI_API_KEY=sk\nALEX_MODEL=m\nALEX_PORT_PREFIX=91\nALEX_PAGE_PORT=3001\n"
    )
    services = configuration(env_file)
    for service in SERVICES:
        environment = services[service.name]["environment"]
        assert environment["ALEX_API_KEYS"] == "one,two"
        assert environment.get("OPENAI_API_KEY") == ("sk" if service.name in {"planner", "researcher"} else None)
        assert int(services[service.name]["ports"][0]["published"]) == service.port + 1100
    assert services["frontend"]["environment"]["ALEX_API_KEYS"] == "one,two"
    assert "sk" not in services["frontend"]["environment"].values()
    assert services["frontend"]["ports"][0]["published"] == "3001"


def test_an_account_is_not_used_unless_it_is_asked_for(env_file: Path) -> None:
    """Credentials that lie in the environment or in `.env` stay out of the containers."""
    env_file.write_text(ACCOUNT)
    assert "AKIAEXAMPLE" not in json.dumps(configuration(env_file))


def test_the_second_file_takes_local_aws_away(env_file: Path) -> None:
    """The two services that use AWS get the account, the others do not."""
    env_file.write_text(ACCOUNT)
    services = configuration(env_file, "compose.aws.yaml")
    assert "local_aws" not in services
    with_account = {name for name, service in services.items() if "AKIAEXAMPLE" in json.dumps(service)}
    assert with_account == {"embedder", "vector_store"}
    assert "AWS_ENDPOINT_URL" not in json.dumps(services)


def test_the_second_file_asks_for_credentials(env_file: Path) -> None:
    """Rather than failing later, in a container; which of them is missed first is left to Compose."""
    with pytest.raises(CommandFailed, match=r"set AWS_REGION|set the credentials"):
        configuration(env_file, "compose.aws.yaml")


@pytest.mark.parametrize(
    ("files", "host"), [([], "http://local-aws:8000"), (["compose.aws.yaml"], ".eu-west-1.")], ids=["local", "account"]
)
@pytest.mark.parametrize("service", ["embedder", "vector_store"])
def test_the_same_image_calls_local_aws_or_aws(
    built: Stack, env_file: Path, service: str, files: list[str], host: str
) -> None:
    """Only AWS's own variables differ."""
    env_file.write_text(ACCOUNT)
    environment = configuration(env_file, *files)[service]["environment"]
    given = [part for name, value in environment.items() for part in ("--env", f"{name}={value}")]
    asked = docker("run", "--rm", "--network=none", *given, image_of(built, service), "python", "-c", ENDPOINTS)
    assert len(asked.split()) == 2
    assert all(host in endpoint for endpoint in asked.split())
