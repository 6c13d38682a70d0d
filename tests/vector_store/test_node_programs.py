"""Programs for Node that npm cannot install: what is only out of reach may be skipped, what is wrong may not."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.answering import answering
from tests.service_process import free_port
from tests.vector_store import node_programs
from tests.vector_store.node_programs import install

pytestmark = pytest.mark.skipif(shutil.which("npm") is None, reason="npm was not found")


def _one_version(path: str, _agent: str) -> tuple[int, str, bytes]:
    """Answer as a registry in which every package has the version 1.0.0."""
    name = path.strip("/")
    dist = {"tarball": f"http://127.0.0.1:1/{name}.tgz", "shasum": "0" * 40}
    version = {"name": name, "version": "1.0.0", "dist": dist}
    known = {"name": name, "dist-tags": {"latest": "1.0.0"}, "versions": {"1.0.0": version}}
    return 200, "application/json", json.dumps(known).encode()


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask for a version that no registry has; with a cache of its own, npm has to ask one."""
    path = tmp_path / "package.json"
    path.write_text(json.dumps({"private": True, "dependencies": {"program": "2.0.0"}}))
    monkeypatch.setattr(node_programs, "PACKAGES", path)
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "cache"))
    monkeypatch.setenv("npm_config_fetch_retries", "0")
    monkeypatch.setenv("npm_config_update_notifier", "false")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "programs"
    path.mkdir()
    return path


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with answering(_one_version) as url:
        monkeypatch.setenv("npm_config_registry", url)
        yield


@pytest.mark.usefixtures("packages", "registry")
def test_a_version_that_does_not_exist_is_a_failure(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Skipped, it would hide that nothing is checked any more."""
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.fail.Exception, match="ETARGET"):
        install(folder)


@pytest.mark.usefixtures("packages")
@pytest.mark.parametrize(("ci", "outcome"), [(False, pytest.skip.Exception), (True, pytest.fail.Exception)])
def test_a_registry_out_of_reach_is_skipped_but_where_everything_must_be_checked(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    ci: bool,  # noqa: FBT001  a parameter of the test
    outcome: type[BaseException],
) -> None:
    """A laptop may be without a network; `.ci/run` sets `CI`."""
    monkeypatch.setenv("npm_config_registry", f"http://127.0.0.1:{free_port()}")
    if ci:
        monkeypatch.setenv("CI", "true")
    else:
        monkeypatch.delenv("CI", raising=False)
    with pytest.raises(outcome, match="ECONNREFUSED"):
        install(folder)
