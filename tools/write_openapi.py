"""Writes each service's `openapi.json` from its application. A test fails while a committed file differs.

Run it with `uv run python tools/write_openapi.py` after a change of routes or schemas.
"""

import importlib
import json
from pathlib import Path

from alex_edge import EdgeSettings
from pydantic import SecretStr

ROOT = Path(__file__).parent.parent
SERVICES = {
    "services/embedder": "alex_embedder",
    "services/researcher": "alex_researcher",
    "services/planner": "alex_planner",
    "mcp_servers/vector_store": "alex_vector_store",
    "mcp_servers/browser": "alex_browser",
}
"""Folder and package of each service whose contract is its own; `local_aws` speaks AWS's, which botocore describes."""


def schema_of(package: str) -> str:
    """Return the OpenAPI document of a service as it is committed."""
    create_app = importlib.import_module(f"{package}.app").create_app
    app = create_app(EdgeSettings(api_keys=(SecretStr("unused"),)))
    return json.dumps(app.openapi(), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    for folder, package in SERVICES.items():
        (ROOT / folder / "openapi.json").write_text(schema_of(package), encoding="utf-8")
