"""What holds for every service alike."""

import ast
import importlib
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from alex_edge import EdgeSettings
from pydantic import SecretStr
from pydantic_settings import BaseSettings

from tools.write_openapi import ROOT, SERVICES, schema_of

LIBRARIES = sorted(folder for folder in (ROOT / "services" / "lib").iterdir() if folder.is_dir())
SHARED = {f"alex_{folder.name}" for folder in LIBRARIES}
ALL = {**SERVICES, "services/local_aws": "alex_local_aws"}
every_service = pytest.mark.parametrize(("folder", "package"), ALL.items(), ids=ALL)
own_contract = pytest.mark.parametrize(("folder", "package"), SERVICES.items(), ids=SERVICES)


def python_files(folder: Path) -> Iterator[Path]:
    """The sources of a package."""
    return (path for path in folder.rglob("*.py") if ".venv" not in path.parts)


def imported_packages(path: Path) -> set[str]:
    """The top-level packages that a file imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


@every_service
def test_no_service_imports_another(folder: str, package: str) -> None:
    """Ours: contracts meet on the wire; shared code has a library of its own."""
    for path in python_files(ROOT / folder / "src"):
        foreign = {name for name in imported_packages(path) if name.startswith("alex_")} - SHARED - {package}
        assert not foreign, f"{path.relative_to(ROOT)} imports {foreign}"


@pytest.mark.parametrize("library", LIBRARIES, ids=lambda folder: folder.name)
def test_a_library_imports_no_service_and_declares_what_it_imports(library: Path) -> None:
    """Ours: libraries are below the services."""
    project = tomllib.loads((library / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[\[<>=~ ;]", name)[0].replace("-", "_") for name in project["dependencies"]}
    for path in python_files(library / "src"):
        own = {name for name in imported_packages(path) if name.startswith("alex_")} - {f"alex_{library.name}"}
        assert own <= SHARED, f"{path.relative_to(ROOT)} imports {own - SHARED}"
        assert own <= declared, f"{library.name} does not declare {own - declared}"


@every_service
def test_a_service_has_the_files_that_a_reader_expects(folder: str, package: str) -> None:
    """Ours: who knows one service knows all."""
    expected = ["README.md", "pyproject.toml", "Dockerfile"]
    source = [f"src/{package}/{name}" for name in ("__init__.py", "__main__.py", "app.py", "settings.py", "py.typed")]
    missing = [name for name in [*expected, *source] if not (ROOT / folder / name).is_file()]
    assert not missing


@own_contract
def test_the_committed_openapi_is_what_the_application_serves(folder: str, package: str) -> None:
    """Ours: run `uv run python tools/write_openapi.py` after a change."""
    committed = (ROOT / folder / "openapi.json").read_text(encoding="utf-8")
    assert json.loads(committed) == json.loads(schema_of(package))


@every_service
def test_the_settings_table_of_the_readme_names_every_setting(folder: str, package: str) -> None:
    """Ours: a setting that is not described does not exist for its user."""
    module = importlib.import_module(f"{package}.settings")
    settings = [
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, BaseSettings) and value.__module__ == module.__name__
    ]
    readme = (ROOT / folder / "README.md").read_text(encoding="utf-8")
    described = set(re.findall(r"`([A-Z][A-Z0-9_]+)`", readme))
    for one in settings:
        prefix = one.model_config["env_prefix"]
        names = {f"{prefix}{name}".upper() for name in one.model_fields}
        assert names <= described, names - described
        assert {name for name in described if name.startswith(prefix)} <= names


@own_contract
@pytest.mark.anyio
async def test_health_is_open_and_the_rest_is_not(folder: str, package: str) -> None:
    """Ours: one key check and one error shape for all but local_aws, which takes what boto3 sends."""
    app = importlib.import_module(f"{package}.app").create_app(EdgeSettings(api_keys=(SecretStr("right"),)))
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://test") as client:
        health = await client.get("/health")
        refused = await client.get("/ready", headers={"x-api-key": "wrong"})
        nothing = await client.get("/there/is/nothing", headers={"x-api-key": "right"})
    assert health.json()["name"] == folder.split("/")[1]
    assert nothing.status_code == 404
    assert refused.status_code == 401
    assert refused.json()["error"]["code"] == "unauthorized"
    assert set(nothing.json()["error"]) == {"code", "message", "detail", "request_id"}
