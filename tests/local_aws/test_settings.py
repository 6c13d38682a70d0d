"""Settings: documented, refused by name when wrong."""

import os
import subprocess
import sys
from pathlib import Path

from alex_local_aws.model.built_model import build_model
from alex_local_aws.model.embedding import SentenceModel
from alex_local_aws.settings import LocalAwsSettings


def test_every_setting_is_in_the_readme() -> None:
    """Ours: the table and the class say the same."""
    readme = (Path(__file__).parents[2] / "services/local_aws/README.md").read_text(encoding="utf-8")
    for name, field in LocalAwsSettings.model_fields.items():
        default = f"{field.default:g}" if isinstance(field.default, float | int) else field.default
        cell = "-" if default is None else f"`{default}`"
        assert f"| `LOCAL_AWS_{name.upper()}` | {cell} |" in readme


def test_a_wrong_setting_stops_the_start_with_its_name() -> None:
    """Ours: exit code 2 and the variable."""
    environment = {**os.environ, "LOCAL_AWS_EMBEDDING_SHAPE": "both"}
    command = [sys.executable, "-m", "alex_local_aws", "--port", "1"]
    ended = subprocess.run(command, env=environment, capture_output=True, timeout=60, check=False)
    assert ended.returncode == 2
    assert b"LOCAL_AWS_EMBEDDING_SHAPE" in ended.stderr


def test_a_model_that_was_built_ahead_is_used_as_it_is(tmp_path: Path) -> None:
    """Ours: with it the weights package is not read, and nothing is written beside it."""
    build_model(tmp_path / "built")
    cache = tmp_path / "cache"
    ahead = SentenceModel(cache, built=tmp_path / "built")
    assert not cache.exists()
    texts = ahead.tokenize(["Revenue grew by 12 %."])
    assert (ahead.embed(texts) == SentenceModel(cache).embed(texts)).all()


def test_a_model_that_was_built_ahead_and_is_not_complete_stops_the_start(tmp_path: Path) -> None:
    """Ours: nothing is built in its place in silence."""
    environment = {**os.environ, "LOCAL_AWS_MODEL_DIR": str(tmp_path)}
    command = [sys.executable, "-m", "alex_local_aws", "--port", "1"]
    ended = subprocess.run(command, env=environment, capture_output=True, timeout=60, check=False)
    assert ended.returncode == 1
    assert b"LOCAL_AWS_MODEL_DIR" in ended.stderr
    assert b"model.onnx" in ended.stderr
