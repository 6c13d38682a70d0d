"""The images: small, alike, and built again quickly after a change. What their text must be is in tests/contracts."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from alex_tools.repository import ROOT
from alex_tools.stack import SERVICES
from alex_tools.web_page import page_service

from tests.compose.conftest import MEGABYTE, image_of, image_size
from tests.compose.engine import IMAGES, PAGE, Stack, clean_environment, docker, run

pytestmark = [pytest.mark.compose, pytest.mark.timeout(1500)]

BASES = {"python:3.13-slim": 130, "node:24-slim": 250}
"""What the published images have, in megabytes; what a stand-in for one has beyond that is not counted."""
LIMIT_MEGABYTES = {"browser": 1200, PAGE: 300}
every_image = pytest.mark.parametrize("service", IMAGES)


def inspect_image(name: str) -> dict[str, Any]:
    """What the engine knows of an image."""
    return dict(json.loads(docker("image", "inspect", name))[0])


@every_image
def test_the_image_is_small(built: Stack, service: str) -> None:
    """Our promise: 450 MB, 1.2 GB with Chromium, 300 MB for the web page."""
    base = "node:24-slim" if service == PAGE else "python:3.13-slim"
    beyond = max(0, int(inspect_image(base)["Size"]) - BASES[base] * MEGABYTE)
    assert image_size(built, service) - beyond < LIMIT_MEGABYTES.get(service, 450) * MEGABYTE


@every_image
def test_the_image_tells_what_it_is(built: Stack, service: str) -> None:
    """Platform, user, port, health and commit, for whoever runs it."""
    image = inspect_image(image_of(built, service))
    config = image["Config"]
    port = next(one.port for one in (*SERVICES, page_service(0)) if one.name == service)
    command = ["node", "server.js"] if service == PAGE else ["python", "-m", f"alex_{service}"]
    assert (image["Os"], image["Architecture"]) == ("linux", "amd64")
    assert config["User"] == "999:999"
    assert config["Cmd"] == command
    assert list(config["ExposedPorts"]) == [f"{port}/tcp"]
    assert config["Healthcheck"]["Test"][0] == "CMD"
    assert config["Labels"]["org.opencontainers.image.revision"] == built.git_sha


@every_image
def test_the_image_has_no_build_tools(built: Stack, service: str) -> None:
    """Who gets into a container finds nothing to make more with."""
    look = "for tool in uv gcc cc g++ make ld strip git npm npx yarn; do command -v $tool; done; true"
    assert docker("run", "--rm", "--network=none", image_of(built, service), "sh", "-c", look) == ""


def test_a_changed_source_leaves_the_dependencies_as_they_are(built: Stack, tmp_path: Path) -> None:
    """A build after an edit, and the transfer of its image, are about the last layer alone."""
    for name in run(["git", "ls-files"], cwd=ROOT).split():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, tmp_path / name)
    source = tmp_path / "services" / "planner" / "src" / "alex_planner" / "app.py"
    source.write_text(source.read_text(encoding="utf-8") + "\n\nEDITED = True\n", encoding="utf-8")
    project = "alex_compose_edited"
    command = ["docker", "compose", "--project-name", project, "--project-directory", str(tmp_path)]
    run([*command, "build", "planner", "researcher"], seconds=600, cwd=tmp_path, env=clean_environment())
    layers = {
        (name, service): inspect_image(f"{name}-{service}")["RootFS"]["Layers"]
        for name in (project, image_of(built, "planner").removesuffix("-planner"))
        for service in ("planner", "researcher")
    }
    docker("image", "rm", f"{project}-planner", f"{project}-researcher")
    (edited, edited_other), (before, other) = ([layers[key] for key in layers][start : start + 2] for start in (0, 2))
    assert edited_other == other, "the researcher has no part in the planner's source"
    changed = [number for number, layer in enumerate(before) if edited[number] != layer]
    assert len(edited) == len(before)
    assert len(changed) == 1, "one layer, that of our own packages"
