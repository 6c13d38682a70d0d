"""The web page as a part of `alex up`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from alex_tools import web_page


@pytest.fixture
def fake_node(tmp_path: Path) -> dict[str, str]:
    """A PATH on which Node.js and npm are ours."""
    for name, words in (("node", "v20.8.1"), ("npm", "11.0.0")):
        script = tmp_path / name
        script.write_text(f"#!/bin/sh\necho {words}\n", encoding="ascii")
        script.chmod(0o755)
    return {"PATH": f"{tmp_path}{os.pathsep}/nowhere"}


@pytest.mark.skipif(os.name != "posix", reason="the stand-in is a shell script")
@pytest.mark.parametrize(
    ("version", "found"),
    [("v20.8.1", None), ("v20.9.0", "node"), ("v24.1.0", "node"), ("v8.17.0", None), ("nonsense", None)],
)
def test_node_must_be_new_enough(
    fake_node: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, found: str | None
) -> None:
    """Next.js 16 asks for Node.js 20.9."""
    (tmp_path / "node").write_text(f"#!/bin/sh\necho {version}\n", encoding="ascii")
    monkeypatch.setenv("PATH", fake_node["PATH"])
    assert web_page.find_node() == (found and str(tmp_path / found))
