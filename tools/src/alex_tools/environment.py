"""The environment that service processes are started with. Code in the services never asks whether it is local.

What the user set wins, except for the addresses by which the services of one stack find each other.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from dotenv import dotenv_values

from alex_tools.api_key import KEYS_VARIABLE, find_or_make_key
from alex_tools.errors import BadInput
from alex_tools.stack import HOST, Service

DATA_FOLDER = ".alex"
"""Folder for keys, databases and logs, in the folder where the command is called."""
AWS_ENDPOINTS = {
    "AWS_ENDPOINT_URL_S3VECTORS": "S3 Vectors",
    "AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME": "SageMaker Runtime",
}
"""AWS's own variables (botocore reads them itself) and the service each one is about."""
_LOCAL_CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "alex-local",
    "AWS_SECRET_ACCESS_KEY": "alex-local",
}
_OF_A_REAL_ACCOUNT = (
    "AWS_PROFILE",
    "AWS_DEFAULT_PROFILE",
    "AWS_SESSION_TOKEN",
    "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
)
"""Variables that would make boto3 look for an account, or past the local endpoint."""
_DEFAULT_REGION = "us-east-1"


@dataclass(frozen=True)
class Stack:
    """One set of services: where they listen, what they may know, where their data is."""

    services: tuple[Service, ...]
    environment: Mapping[str, str]
    data: Path
    api_key: str
    notes: tuple[str, ...]

    def service(self, name: str) -> Service:
        """Return the service called `name`."""
        return next(service for service in self.services if service.name == name)


def load_environment(folder: Path) -> dict[str, str]:
    """Return the environment of this process over the filled-in lines of `.env` in `folder`.

    Raises:
        BadInput: `.env` is not UTF-8 text.
    """
    path = folder / ".env"
    try:
        values = dotenv_values(path, interpolate=False, encoding="utf-8-sig")
    except (UnicodeDecodeError, PermissionError) as exc:
        raise BadInput(f"{path} cannot be read as UTF-8 text: {exc}") from exc
    return {name: value for name, value in values.items() if value} | dict(os.environ)


def compose_stack(services: tuple[Service, ...], user: Mapping[str, str], folder: Path) -> Stack:
    """Return what is needed to start `services`, given the user's environment and the current folder."""
    data = folder / DATA_FOLDER
    api_key = find_or_make_key(user, data)
    environment = dict(user)
    environment.pop("no_proxy", None)
    notes = [_point_aws(environment, services), describe_model(user)]
    environment |= {
        KEYS_VARIABLE: user.get(KEYS_VARIABLE, "").strip(" ,") or api_key,
        "ALEX_STOP_ON_STDIN_EOF": "1",
        "NO_PROXY": _without_proxy(user),
        # Their output is read as UTF-8 here, whatever the terminal of the command can show.
        "PYTHONIOENCODING": "utf-8",
        "PYTHONUNBUFFERED": "1",
        "PYTHONUTF8": "1",
        **_addresses({service.name: service.url for service in services}),
    }
    environment |= {name: value for name, value in _places(data).items() if not user.get(name)}
    return Stack(services, environment, data, api_key, tuple(notes))


def _addresses(urls: Mapping[str, str]) -> dict[str, str]:
    wanted = {
        "VECTOR_STORE_EMBEDDER_URL": ("embedder", ""),
        "RESEARCHER_BROWSER_URL": ("browser", "/mcp"),
        "RESEARCHER_VECTOR_STORE_URL": ("vector_store", "/mcp"),
        "PLANNER_RESEARCHER_URL": ("researcher", ""),
        "PLANNER_VECTOR_STORE_URL": ("vector_store", "/mcp"),
        "FRONTEND_PLANNER_URL": ("planner", ""),
        "FRONTEND_RESEARCHER_URL": ("researcher", ""),
        "FRONTEND_VECTOR_STORE_URL": ("vector_store", ""),
        "FRONTEND_VECTOR_STORE_MCP_URL": ("vector_store", "/mcp"),
        "FRONTEND_BROWSER_MCP_URL": ("browser", "/mcp"),
    }
    return {variable: urls[name] + path for variable, (name, path) in wanted.items() if name in urls}


def _places(data: Path) -> dict[str, str]:
    return {
        "LOCAL_AWS_DATA_DIR": str(data / "local_aws"),
        "RESEARCHER_DATABASE_URL": f"sqlite+aiosqlite:///{(data / 'researcher.db').as_posix()}",
        "PLANNER_DATABASE_URL": f"sqlite+aiosqlite:///{(data / 'planner.db').as_posix()}",
    }


def _point_aws(environment: dict[str, str], services: tuple[Service, ...]) -> str:
    """Point boto3 at `local_aws` unless the user chose otherwise, and say what is used."""
    own = {name: url for name in AWS_ENDPOINTS if (url := environment.get(name)) and not _is_loopback(url)}
    local = next((service.url for service in services if service.name == "local_aws"), f"http://{HOST}:8000")
    for name in AWS_ENDPOINTS:
        if name not in own:
            environment[name] = local
    region = environment.get("AWS_REGION") or environment.get("AWS_DEFAULT_REGION") or _DEFAULT_REGION
    environment |= {"AWS_REGION": region, "AWS_DEFAULT_REGION": region}
    if own:
        used = ", ".join(f"{label} at {environment[name]}" for name, label in AWS_ENDPOINTS.items())
        return f"AWS: {used}, region {region}, with the AWS credentials of your environment"
    has_account = any(environment.get(name) for name in (*_LOCAL_CREDENTIALS, "AWS_PROFILE"))
    for name in _OF_A_REAL_ACCOUNT:
        environment.pop(name, None)
    environment |= _LOCAL_CREDENTIALS
    unused = "; your AWS credentials are not used" if has_account else ""
    return f"AWS: local_aws at {local}, nothing leaves this machine{unused}"


def describe_model(user: Mapping[str, str]) -> str:
    """Return which model the agents think with."""
    if not (user.get("OPENAI_API_KEY") or user.get("OPENAI_BASE_URL")):
        return "model: built in and deterministic (set OPENAI_API_KEY or OPENAI_BASE_URL for a language model)"
    name = user.get("ALEX_MODEL") or "the default of the services"
    return f"model: {name} at {user.get('OPENAI_BASE_URL') or 'OpenAI'}"


def _without_proxy(user: Mapping[str, str]) -> str:
    given = user.get("NO_PROXY") or user.get("no_proxy") or ""
    return ",".join(part for part in (given, HOST, "localhost") if part)


def _is_loopback(url: str) -> bool:
    return urlsplit(url).hostname in {HOST, "localhost", "::1"}
