"""What holds for the image of every service alike; tests/compose builds and runs them."""

import re

import pytest
from alex_tools.stack import SERVICES as PROCESSES

from tools.write_openapi import ROOT, SERVICES

ALL = {**SERVICES, "services/local_aws": "alex_local_aws"}
PORTS = {process.name: process.port for process in PROCESSES}
BASE = "FROM --platform=linux/amd64 python:3.13-slim"
every_image = pytest.mark.parametrize(("folder", "package"), ALL.items(), ids=ALL)
LATER_THAN_DOCKER_20_10 = {
    "a frontend that has to be downloaded": r"^# *syntax *=",
    "a here-document": r"<<-?['\"]?\w",
    "an option of COPY or ADD": r"^(COPY|ADD) .*--(link|parents|exclude|checksum|keep-git-dir|unpack)",
    "a health check option": r"--start-interval",
}


def dockerfile(folder: str) -> str:
    """The text of a service's Dockerfile."""
    return (ROOT / folder / "Dockerfile").read_text(encoding="utf-8")


@every_image
def test_an_old_engine_can_build_it(folder: str, package: str) -> None:
    """Ours: nothing beyond the BuildKit that is part of Docker 20.10, and nothing to download before the build."""
    text = dockerfile(folder)
    assert package in text
    found = [what for what, pattern in LATER_THAN_DOCKER_20_10.items() if re.search(pattern, text, re.MULTILINE)]
    assert not found


@every_image
def test_every_stage_starts_from_one_base_for_one_platform(folder: str, package: str) -> None:
    """App Runner runs linux/amd64; an image made for the processor of the builder fails there with exit code 255."""
    names = re.findall(r" AS (\w+)$", dockerfile(folder), re.MULTILINE)
    sources = re.findall(r"^FROM .*$", dockerfile(folder), re.MULTILINE)
    foreign = [line for line in sources if not line.startswith(BASE) and line.split()[1] not in names]
    assert not foreign, package
    assert sources[-1] == BASE


@every_image
def test_dependencies_are_resolved_by_the_same_steps_everywhere(folder: str, package: str) -> None:
    """So that an engine does them once for all images, and a changed source repeats none of them."""
    text, reference = dockerfile(folder), dockerfile("services/planner")
    start, end = "FROM --platform", "FROM resolution AS dependencies"
    assert text[text.index(start) : text.index(end)] == reference[reference.index(start) : reference.index(end)]
    assert f"ARG PACKAGE={package.replace('_', '-')}\n" in text
    last = text[text.rindex(BASE) :]
    assert last.index("COPY --from=dependencies") < last.index("COPY --from=packages") < last.index("ARG GIT_SHA")


@every_image
def test_it_runs_the_program_as_nobody_in_particular(folder: str, package: str) -> None:
    """A platform sees the port, the health and the commit without asking anybody."""
    last = dockerfile(folder)[dockerfile(folder).rindex(BASE) :]
    port = PORTS[folder.split("/")[1]]
    assert "\nUSER 999:999\n" in last
    assert f'\nCMD ["python", "-m", "{package}"]\n' in last
    assert f"\nEXPOSE {port}\n" in last
    assert f"http://127.0.0.1:{port}/health" in last
    assert "LABEL org.opencontainers.image.revision=$GIT_SHA\nENV ALEX_GIT_SHA=$GIT_SHA\n" in last


def test_the_guide_names_every_setting_of_the_compose_files() -> None:
    """Ours: a setting that is not described does not exist for its user."""
    text = "".join((ROOT / name).read_text(encoding="utf-8") for name in ("compose.yaml", "compose.aws.yaml"))
    guide = (ROOT / "guides" / "compose.md").read_text(encoding="utf-8")
    # Credentials are printed by the command that the guide shows.
    credentials = {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"}
    settings = set(re.findall(r"\$\{([A-Z0-9_]+)", text)) - credentials
    assert {name for name in settings if name not in guide} == set()
