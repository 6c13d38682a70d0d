"""The environment that services are started with."""

from pathlib import Path

import boto3
import pytest
from alex_tools.environment import compose_stack, describe_model, load_environment
from alex_tools.errors import BadInput
from alex_tools.stack import SERVICES, port_offset, shifted_services


def compose(tmp_path: Path, **user: str) -> tuple[dict[str, str], str]:
    """Return the environment and the notes of a stack."""
    stack = compose_stack(shifted_services(100), user, tmp_path)
    return dict(stack.environment), "\n".join(stack.notes)


def test_services_find_each_other_on_shifted_ports(tmp_path: Path) -> None:
    """Our rule: the offset moves every address of the stack."""
    environment, _ = compose(tmp_path)
    assert environment["VECTOR_STORE_EMBEDDER_URL"] == "http://127.0.0.1:8101"
    assert environment["RESEARCHER_BROWSER_URL"] == "http://127.0.0.1:8112/mcp"
    assert environment["RESEARCHER_VECTOR_STORE_URL"] == "http://127.0.0.1:8111/mcp"
    assert environment["PLANNER_RESEARCHER_URL"] == "http://127.0.0.1:8102"
    assert environment["PLANNER_VECTOR_STORE_URL"] == "http://127.0.0.1:8111/mcp"
    assert environment["FRONTEND_BROWSER_MCP_URL"] == "http://127.0.0.1:8112/mcp"
    assert environment["AWS_ENDPOINT_URL_S3VECTORS"] == "http://127.0.0.1:8100"
    assert environment["AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME"] == "http://127.0.0.1:8100"


def test_an_address_from_outside_does_not_break_the_stack(tmp_path: Path) -> None:
    """Services of one stack talk to each other, not to what an old variable names."""
    environment, _ = compose(tmp_path, PLANNER_RESEARCHER_URL="http://elsewhere:1")
    assert environment["PLANNER_RESEARCHER_URL"] == "http://127.0.0.1:8102"


def test_data_lies_under_the_current_folder_unless_the_user_says_otherwise(tmp_path: Path) -> None:
    """An empty variable counts as not set."""
    environment, _ = compose(tmp_path, PLANNER_DATABASE_URL="postgresql+asyncpg://db/alex", RESEARCHER_DATABASE_URL="")
    assert environment["LOCAL_AWS_DATA_DIR"] == str(tmp_path / ".alex" / "local_aws")
    assert environment["PLANNER_DATABASE_URL"] == "postgresql+asyncpg://db/alex"
    expected = f"sqlite+aiosqlite:///{(tmp_path / '.alex' / 'researcher.db').as_posix()}"
    assert environment["RESEARCHER_DATABASE_URL"] == expected


def test_boto3_works_without_an_account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A profile that exists nowhere would end boto3 with an error; it is taken away."""
    environment, note = compose(tmp_path, AWS_PROFILE="of-the-office", AWS_IGNORE_CONFIGURED_ENDPOINT_URLS="true")
    assert "your AWS credentials are not used" in note
    for name in ("AWS_PROFILE", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"):
        assert name not in environment
        monkeypatch.delenv(name, raising=False)
    for name in [name for name in environment if name.startswith("AWS_")]:
        monkeypatch.setenv(name, environment[name])
    client = boto3.Session().client("s3vectors")
    assert client.meta.endpoint_url == "http://127.0.0.1:8100"


def test_real_aws_is_used_only_when_named_and_then_said_so(tmp_path: Path) -> None:
    """A user's endpoint keeps the user's credentials, and the start tells so."""
    url = "https://s3vectors.eu-west-1.api.aws"
    environment, note = compose(tmp_path, AWS_ENDPOINT_URL_S3VECTORS=url, AWS_PROFILE="office", AWS_REGION="eu-west-1")
    assert environment["AWS_ENDPOINT_URL_S3VECTORS"] == url
    assert environment["AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME"] == "http://127.0.0.1:8100"
    assert environment["AWS_PROFILE"] == "office"
    assert "AWS_ACCESS_KEY_ID" not in environment
    assert f"S3 Vectors at {url}" in note
    assert "AWS credentials of your environment" in note


def test_calls_on_this_machine_pass_by_a_proxy(tmp_path: Path) -> None:
    """Behind a company's proxy the services must still reach each other."""
    environment, _ = compose(tmp_path, HTTP_PROXY="http://proxy:3128", no_proxy="intranet")
    assert environment["NO_PROXY"] == "intranet,127.0.0.1,localhost"
    assert "no_proxy" not in environment


def test_a_key_is_made_once_and_given_to_every_service(tmp_path: Path) -> None:
    """The kept key is used at the next start; a given one comes first."""
    first, _ = compose(tmp_path)
    second, _ = compose(tmp_path)
    given, _ = compose(tmp_path, ALEX_API_KEYS=" one , two ")
    assert first["ALEX_API_KEYS"] == second["ALEX_API_KEYS"]
    assert len(first["ALEX_API_KEYS"]) >= 43
    assert compose_stack(SERVICES, {"ALEX_API_KEYS": " one , two "}, tmp_path).api_key == "one"
    assert given["ALEX_API_KEYS"].startswith("one")


@pytest.mark.parametrize(
    ("user", "words"),
    [
        ({}, "built in"),
        ({"OPENAI_API_KEY": "k"}, "at OpenAI"),
        ({"OPENAI_BASE_URL": "http://localhost:11434/v1", "ALEX_MODEL": "llama"}, "llama at http://localhost:11434"),
    ],
    ids=["nothing", "openai", "ollama"],
)
def test_the_model_is_named(user: dict[str, str], words: str) -> None:
    """One sees before the start what the agents think with."""
    assert words in describe_model(user)


@pytest.mark.parametrize(
    "text",
    ["ten", "1.5", "60000", "-8000", "3000"],
    ids=["word", "fraction", "too_high", "too_low", "port_that_browsers_block"],
)
def test_a_wrong_offset_is_named(text: str) -> None:
    """The variable and the value are in the message."""
    with pytest.raises(BadInput, match="ALEX_PORT_OFFSET") as caught:
        port_offset({"ALEX_PORT_OFFSET": text})
    assert text in caught.value.message


def test_an_offset_that_is_empty_is_zero() -> None:
    """`.env.example` has it empty or zero."""
    assert port_offset({"ALEX_PORT_OFFSET": ""}) == 0


def test_an_env_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    """Windows editors like UTF-16."""
    (tmp_path / ".env").write_bytes("ALEX_MODEL=größer".encode("utf-16"))
    with pytest.raises(BadInput, match=r"\.env"):
        load_environment(tmp_path)
