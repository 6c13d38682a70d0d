"""Settings: documented, refused by name when wrong."""

import os
import subprocess
import sys
from pathlib import Path

from alex_local_aws.settings import LocalAwsSettings


def test_every_setting_is_in_the_readme() -> None:
    """Ours: the table and the class say the same."""
    readme = (Path(__file__).parents[2] / "services/local_aws/README.md").read_text(encoding="utf-8")
    for name, field in LocalAwsSettings.model_fields.items():
        default = f"{field.default:g}" if isinstance(field.default, float | int) else field.default
        assert f"| `LOCAL_AWS_{name.upper()}` | `{default}` |" in readme


def test_a_wrong_setting_stops_the_start_with_its_name() -> None:
    """Ours: exit code 2 and the variable."""
    environment = {**os.environ, "LOCAL_AWS_EMBEDDING_SHAPE": "both"}
    command = [sys.executable, "-m", "alex_local_aws", "--port", "1"]
    ended = subprocess.run(command, env=environment, capture_output=True, timeout=60, check=False)
    assert ended.returncode == 2
    assert b"LOCAL_AWS_EMBEDDING_SHAPE" in ended.stderr
