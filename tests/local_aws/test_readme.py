"""The page of the service shows what works."""

import re
from pathlib import Path

import pytest

from tests.local_aws.conftest import LocalAws

README = Path(__file__).parents[2] / "services" / "local_aws" / "README.md"


def test_the_python_of_the_readme_runs(own_server: LocalAws, capsys: pytest.CaptureFixture[str]) -> None:
    """Letter for letter, but for the port; it prints what its last comment says."""
    (code,) = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    exec(compile(code.replace("http://127.0.0.1:8000", own_server.url), README.name, "exec"), {})
    shown = code.strip().rpartition("# ")[2]
    assert capsys.readouterr().out.strip() == shown
