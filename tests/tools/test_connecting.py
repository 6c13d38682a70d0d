"""What `alex up` prints for MCP clients."""

import json
from pathlib import Path

from alex_tools.connecting import mcp_client_settings
from alex_tools.environment import compose_stack
from alex_tools.repository import ROOT
from alex_tools.stack import SERVICES


def test_the_guide_shows_what_is_printed(tmp_path: Path) -> None:
    """Ours: one set of names and one form; the page's snippets are compared with the same guide."""
    stack = compose_stack(SERVICES, {"ALEX_API_KEYS": "THE-KEY"}, tmp_path)
    section = (ROOT / "guides" / "mcp_clients.md").read_text(encoding="utf-8").split("\n## Cursor and others\n")[1]
    shown = section.split("```json\n")[1].split("\n```")[0]
    assert json.loads(shown) == json.loads(mcp_client_settings(stack))
