"""Terraform on a copy of the configuration, against a provider that only knows the schema: nothing reaches AWS."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from alex_tools.repository import ROOT

TERRAFORM = ROOT / "terraform"
COMMAND_SECONDS = 110


@dataclass(frozen=True)
class Resource:
    """One resource of a planned or applied deployment."""

    address: str
    type: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Tested:
    """What `terraform test` said, and the resources of each run that was applied, by its name."""

    exit_code: int
    messages: str
    deployments: Mapping[str, tuple[Resource, ...]]


class Terraform:
    """The `terraform` command in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one command to its end."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("TF_VAR_", "TF_CLI_ARGS", "AWS_"))}
        return subprocess.run(
            ["terraform", *arguments],
            cwd=self.folder,
            env={**environment, "TF_IN_AUTOMATION": "1", "CHECKPOINT_DISABLE": "1"},
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=COMMAND_SECONDS,
        )


@pytest.fixture(scope="session")
def terraform(tmp_path_factory: pytest.TempPathFactory) -> Terraform:
    """The configuration with its modules and a provider, or a skip that says what is missing."""
    if shutil.which("terraform") is None:
        pytest.skip("terraform is not on the PATH")
    folder = tmp_path_factory.mktemp("deployment") / "terraform"
    shutil.copytree(TERRAFORM, folder, ignore=shutil.ignore_patterns(".terraform*", "*.tfstate*", "*.auto.tfvars*"))
    made = Terraform(folder)
    # A provider that the CLI configuration gives needs no `init`, which would ask the registry for its versions.
    got = made.run("get", "-no-color")
    assert got.returncode == 0, got.stderr
    if "Missing required provider" not in made.run("validate", "-no-color").stderr:
        return made
    initialised = made.run("init", "-backend=false", "-input=false", "-no-color")
    if initialised.returncode:
        pytest.skip(f"no AWS provider in TF_CLI_CONFIG_FILE, and terraform init failed: {initialised.stderr[-300:]}")
    return made


@pytest.fixture(scope="session")
def tested(terraform: Terraform) -> Tested:
    """One `terraform test`, with everything that it planned and applied."""
    done = terraform.run("test", "-json", "-verbose")
    assert done.stdout, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    deployments = {
        line["@testrun"]: tuple(_resources(line["test_state"]["root_module"])) for line in lines if "test_state" in line
    }
    messages = "\n".join(f"{line['@message']} {line.get('diagnostic', {}).get('detail', '')}" for line in lines)
    return Tested(done.returncode, messages, deployments)


def _resources(module: Mapping[str, Any]) -> Iterator[Resource]:
    for one in module.get("resources", ()):
        if one["mode"] == "managed":
            yield Resource(one["address"], one["type"], one["values"])
    for child in module.get("child_modules", ()):
        yield from _resources(child)
