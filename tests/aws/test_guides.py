"""What the guides of a deployment tell a reader to type exists: commands, options, calls of AWS, addresses."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import botocore.session
import pytest
import tree_sitter_powershell
import typer
from alex_tools.aws.account import REGIONS
from alex_tools.commands import app
from alex_tools.repository import ROOT
from botocore import xform_name
from botocore.model import StructureShape
from tree_sitter import Language, Node, Parser

GUIDES = (
    "1_permissions",
    "2_sagemaker",
    "3_ingest",
    "4_researcher",
    "architecture",
    "compose",
    "costs",
    "mcp_clients",
    "troubleshooting",
)
ALEX = re.compile(r"uv run alex (\w+)([^`\n]*)")
AWS = re.compile(r"\baws ([a-z0-9]+) ([a-z-]+)([^`\n)]*)")
ADDRESS = re.compile(r"ALEX_URL/(\w+)(/[\w/]+)")
OF_POSIX = re.compile(r"^export |^eval |^[A-Z_]+=|\$[A-Za-z({]|\\$", re.MULTILINE)
"""What other shells do not read: a variable, what is set for a command, a line that goes on."""
OF_THE_CLI = {"--query", "--output", "--profile", "--region"}
"""Options of every command of the AWS CLI."""
WITHOUT_API = {
    ("sso", "login"),
    ("configure", "list-profiles"),
    ("configure", "list"),
    ("configure", "export-credentials"),
}
"""Commands of the AWS CLI that no service answers."""
OPENAPI = {
    "embedder": "services/embedder",
    "researcher": "services/researcher",
    "planner": "services/planner",
    "vector_store": "mcp_servers/vector_store",
    "browser": "mcp_servers/browser",
}


def read(guide: str) -> str:
    """Return the text of a guide."""
    return (ROOT / "guides" / f"{guide}.md").read_text(encoding="utf-8")


def blocks(guide: str, language: str) -> list[str]:
    """Return the code of one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", read(guide), re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("guide", GUIDES)
def test_every_command_and_option_of_alex_exists(guide: str) -> None:
    """Ours: by the command line itself."""
    group = typer.main.get_command(app)
    for name, rest in ALEX.findall(read(guide)):
        command = group.commands[name]  # type: ignore[attr-defined]  # the application is a group
        known = {option for parameter in command.params for option in parameter.opts}
        assert set(re.findall(r"(?<=\s)--[a-z-]+", rest)) <= known, f"alex {name}{rest}"


@pytest.mark.parametrize("guide", GUIDES)
def test_every_call_of_aws_exists(guide: str) -> None:
    """AWS: by botocore's models, from which the AWS CLI makes its commands."""
    session = botocore.session.get_session()
    for service, operation, rest in AWS.findall(read(guide)):
        if (service, operation) not in WITHOUT_API:
            model = session.get_service_model(service)
            names = {xform_name(name, "-"): name for name in model.operation_names}
            assert operation in names, f"aws {service} {operation}"
            shape = model.operation_model(names[operation]).input_shape
            members = shape.members if isinstance(shape, StructureShape) else {}
            known = {f"--{xform_name(member, '-')}" for member in members} | OF_THE_CLI
            assert set(re.findall(r"(?<=\s)--[a-z-]+", rest)) <= known, f"aws {service} {operation}{rest}"


@pytest.mark.parametrize("guide", GUIDES)
def test_every_address_is_one_of_a_service(guide: str) -> None:
    """Ours: by the description that each service gives of itself; an MCP server's own path is not in it."""
    for service, path in ADDRESS.findall(read(guide)):
        described = json.loads((ROOT / OPENAPI[service] / "openapi.json").read_text(encoding="utf-8"))
        assert path in {*described["paths"], "/mcp"}, f"/{service}{path}"


@pytest.mark.parametrize("guide", GUIDES)
@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
def test_every_posix_block_can_be_parsed(guide: str) -> None:
    """POSIX: by a shell that only reads."""
    for code in blocks(guide, "sh"):
        parsed = subprocess.run(["bash", "-n"], input=code, capture_output=True, encoding="utf-8", check=False)
        assert parsed.returncode == 0, parsed.stderr
        assert "$env:" not in code


@pytest.mark.parametrize("guide", GUIDES)
def test_every_powershell_block_can_be_parsed(guide: str) -> None:
    """PowerShell: by tree-sitter's grammar of it, which finds an open quote, brace or line of another shell."""
    parser = Parser(Language(tree_sitter_powershell.language()))
    for code in blocks(guide, "powershell"):
        assert not list(errors_in(parser.parse(code.encode()).root_node)), code


def test_the_grammar_of_powershell_finds_what_other_shells_write() -> None:
    """Ours: a check that finds nothing in anything would be none."""
    parser = Parser(Language(tree_sitter_powershell.language()))
    for code in ('curl -d "x" \\\n  -H "y"', '$headers = @{"a" = 1', '$body = "x', "if ($a) {"):
        assert list(errors_in(parser.parse(code.encode()).root_node)), code


def errors_in(node: Node) -> Iterator[str]:
    """Yield what the grammar could not read, and what is missing."""
    if node.type == "ERROR" or node.is_missing:
        yield f"{node.type} at line {node.start_point.row + 1}"
    for child in node.children:
        yield from errors_in(child)


@pytest.mark.parametrize("guide", GUIDES)
def test_where_shells_differ_both_are_there(guide: str) -> None:
    """Ours: what names a variable or breaks a line is written for both, and PowerShell does that in its own way."""
    posix = [code for code in blocks(guide, "sh") if OF_POSIX.search(code)]
    powershell = blocks(guide, "powershell")
    assert len(posix) == len(powershell)
    for code in powershell:
        assert "export " not in code
        assert "curl " not in code
        assert not re.search(r"\\$", code, re.MULTILINE)
    for ours, theirs in zip(posix, powershell, strict=True):
        assert [call[:2] for call in AWS.findall(ours)] == [call[:2] for call in AWS.findall(theirs)]


@pytest.mark.parametrize("guide", GUIDES)
def test_every_guide_ends_with_a_check_that_says_what_is_wrong(guide: str) -> None:
    """Ours: the last section has something to type and says how to read the answer."""
    last = read(guide).rpartition("\n## ")[2]
    assert last.startswith("Check\n")
    assert "```sh" in last
    assert len(last.rpartition("```")[2].split()) > 8


def test_the_guides_name_all_regions_and_lead_to_each_other() -> None:
    """Ours: guide n names guide n - 1; guide 1 the regions that deploying takes."""
    assert set(re.findall(r"\b[a-z]{2}-[a-z]+-\d\b", read("1_permissions"))) == set(REGIONS)
    numbered = [guide for guide in GUIDES if guide[0].isdigit()]
    for before, guide in pairwise(numbered):
        assert f"({before}.md)" in read(guide)
    for guide in GUIDES:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", read(guide)):
            assert (Path(ROOT) / "guides" / target).exists(), target
