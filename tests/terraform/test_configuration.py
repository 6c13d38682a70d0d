"""The Terraform configuration itself: its form, its validity, its own tests, and what a static scanner says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.terraform.conftest import COMMAND_SECONDS, TERRAFORM

if TYPE_CHECKING:
    from tests.terraform.conftest import Terraform, Tested

pytestmark = pytest.mark.terraform
CHECKOV = "checkov==3.3.30"
"""The scanner pins an old boto3, so it runs in an environment of its own."""
BLOCK = re.compile(r'^(variable|output) "(\w+)" \{\n(.*?)^\}', re.MULTILINE | re.DOTALL)
LEFT_OUT = re.compile(r"^  - (CKV\w+)(.*)$", re.MULTILINE)
MODULES = sorted(path.name for path in (TERRAFORM / "modules").iterdir())


def test_the_files_are_formatted(terraform: Terraform) -> None:
    """Ours: `terraform fmt -recursive` has nothing to change."""
    done = terraform.run("fmt", "-check", "-recursive", "-diff")
    assert done.returncode == 0, done.stdout


def test_the_configuration_is_valid(terraform: Terraform) -> None:
    """Terraform's: every argument exists and every reference resolves."""
    done = terraform.run("validate", "-no-color")
    assert done.returncode == 0, done.stdout + done.stderr


def test_its_own_tests_pass(tested: Tested) -> None:
    """Ours: wrong regions, tags, names, owners and schedules are refused; two kinds of deployment apply."""
    assert tested.exit_code == 0, tested.messages
    assert set(tested.deployments) == {"everything", "another_deployment"}


@pytest.mark.parametrize("module", MODULES)
def test_a_module_has_the_files_that_a_reader_expects(module: str) -> None:
    """Ours: who knows one module knows all."""
    present = {path.name for path in (TERRAFORM / "modules" / module).iterdir()}
    assert {"main.tf", "variables.tf", "outputs.tf", "versions.tf"} <= present


def test_every_variable_and_output_is_described() -> None:
    """Ours: a variable that is not described does not exist for its user; those of the root are checked as well."""
    for path in TERRAFORM.rglob("*.tf"):
        blocks = re.findall(
            r'^(variable|output) "(\w+)" \{\n(.*?)^\}', path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
        )
        for kind, name, body in blocks:
            assert re.search(r'^  description += "[^"]{10,}"', body, re.MULTILINE), f"{path}: {name}"
            if kind == "variable" and path.parent == TERRAFORM and "type        = bool" not in body:
                assert "validation {" in body, f"{path}: {name} takes anything"


def test_the_scanner_finds_nothing_but_what_is_explained() -> None:
    """Ours: each check that is left out has its reason beside it in `.checkov.yaml`."""
    if shutil.which("uv") is None:
        pytest.skip("uv is not on the PATH, which brings the scanner")
    command = ["uv", "tool", "run", "--quiet", CHECKOV, "--config-file", ".checkov.yaml"]
    version = subprocess.run([*command[:5], "--version"], capture_output=True, text=True, check=False, timeout=110)
    if version.returncode:
        pytest.skip(f"the scanner cannot be installed: {version.stderr[-300:]}")
    done = subprocess.run(
        command,
        cwd=TERRAFORM,
        env={**os.environ, "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=COMMAND_SECONDS,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    left_out = LEFT_OUT.findall((TERRAFORM / ".checkov.yaml").read_text(encoding="utf-8"))
    assert left_out
    assert all(re.fullmatch(r" # [A-Z].{10,}\.", reason) for _, reason in left_out), left_out
