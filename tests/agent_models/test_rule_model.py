"""The built-in model and the choice of a model."""

import json
from collections.abc import Sequence
from decimal import Decimal

import pytest
from agents import Agent, OpenAIChatCompletionsModel, OpenAIResponsesModel, Runner, function_tool
from agents.result import RunResultBase
from alex_agent_models import Answer, ModelChoice, RuleModel, ToolCall, Transcript, choose_model
from pydantic import BaseModel, SecretStr
from typing_extensions import override

pytestmark = pytest.mark.anyio


class Sum(BaseModel):
    """Output of the test agent."""

    total: int
    failure: str | None


@function_tool
def add(a: int, b: int) -> str:
    """Add two numbers."""
    return json.dumps({"sum": a + b})


@function_tool(failure_error_function=lambda _context, error: f"failed: {error}")
def fail() -> str:
    """Fail."""
    raise ValueError("no")


class Adder(RuleModel):
    """Adds, fails once, and answers with what it saw."""

    @override
    def decide(self, transcript: Transcript) -> Sequence[ToolCall] | Answer:
        if transcript.turn == 0:
            return [ToolCall("add", {"a": 1, "b": 2}), ToolCall("add", {"a": 3, "b": 4})]
        if transcript.turn == 1:
            return [ToolCall("fail", {})]
        total = sum(int(str(call.result["sum"])) for call in transcript.calls_of("add"))
        return Answer(Sum(total=total, failure=transcript.calls_of("fail")[0].failure))


@pytest.mark.parametrize("streamed", [True, False])
async def test_a_rule_drives_an_agent_through_tools_to_an_answer(*, streamed: bool) -> None:
    """Ours: the SDK treats the built-in model as any other, streamed and not."""
    agent = Agent(name="adder", model=Adder(), tools=[add, fail], output_type=Sum)
    if streamed:
        streaming = Runner.run_streamed(agent, "add")
        _ = [event async for event in streaming.stream_events()]
        result: RunResultBase = streaming
    else:
        result = await Runner.run(agent, "add")
    assert result.final_output == Sum(total=10, failure="failed: no")
    assert result.context_wrapper.usage.requests == 3
    assert result.context_wrapper.usage.total_tokens == 0


async def test_the_same_transcript_gives_the_same_call_ids() -> None:
    """Ours: a repeated model call must not look like a new tool call."""
    agent = Agent(name="adder", model=Adder(), tools=[add, fail], output_type=Sum)
    ids = [
        [
            item.raw_item.call_id
            for item in (await Runner.run(agent, "add")).new_items
            if item.type == "tool_call_item" and hasattr(item.raw_item, "call_id")
        ]
        for _ in range(2)
    ]
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == 3


def choice(key: str | None = None, url: str | None = None, name: str | None = None) -> ModelChoice:
    """A choice, whatever the environment says."""
    return ModelChoice(api_key=SecretStr(key) if key is not None else None, base_url=url, name=name)


def test_nothing_set_is_the_built_in_model() -> None:
    """Ours: it works with nothing; an empty variable counts as not set."""
    for empty in (choice(), choice(key="", url="", name="")):
        chosen = choose_model(empty, Adder())
        assert isinstance(chosen.model, Adder)
        assert chosen.builtin
        assert "built-in" in chosen.label


def test_a_key_alone_is_openai_and_a_base_url_chat_completions() -> None:
    """Ours: OpenAI by the Responses API, every compatible server by the interface that all of them have."""
    openai = choose_model(choice(key="k", name="gpt-x"), Adder())
    ollama = choose_model(choice(url="http://127.0.0.1:11434/v1", name="qwen"), Adder())
    assert isinstance(openai.model, OpenAIResponsesModel)
    assert isinstance(ollama.model, OpenAIChatCompletionsModel)
    assert "gpt-x" in openai.label
    assert "qwen" in ollama.label


def test_a_base_url_without_a_model_is_refused_with_the_variable_to_set() -> None:
    """Ours: no name is guessed for a server that we do not know."""
    with pytest.raises(ValueError, match="ALEX_MODEL"):
        choose_model(choice(url="http://127.0.0.1:11434/v1"), Adder())


def test_prices_come_from_the_environment_and_no_other_model_has_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ours: a table of the user's, by model name; the built-in model is free, every other unknown."""
    prices = {"gpt-x": {"input": 1.25, "cached_input": 0.125, "output": 10}}
    monkeypatch.setenv("ALEX_MODEL_PRICES", json.dumps(prices))
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    for name in ("gpt-x", "gpt-y"):
        monkeypatch.setenv("ALEX_MODEL", name)
        price = choose_model(ModelChoice(), Adder()).price
        assert (price is not None) == (name == "gpt-x")
    known = choose_model(
        choice(key="k", name="gpt-x").model_copy(update={"prices": ModelChoice().prices}), Adder()
    ).price
    assert known is not None
    assert known.usd(input_tokens=1_000_000, cached_input_tokens=200_000, output_tokens=100_000) == Decimal("2.025")
    free = choose_model(choice(), Adder()).price
    assert free is not None
    assert free.usd(input_tokens=9, cached_input_tokens=0, output_tokens=9) == 0
    monkeypatch.setenv("ALEX_MODEL_PRICES", "")
    assert ModelChoice().prices == {}
    monkeypatch.setenv("ALEX_MODEL_PRICES", "1.25")
    with pytest.raises(ValueError, match="ALEX_MODEL_PRICES"):
        ModelChoice()


def test_the_environment_is_the_one_of_the_openai_sdk(monkeypatch: pytest.MonkeyPatch) -> None:
    """OpenAI: OPENAI_API_KEY and OPENAI_BASE_URL; ours: ALEX_MODEL."""
    for name, value in {"OPENAI_API_KEY": "k", "OPENAI_BASE_URL": "http://b", "ALEX_MODEL": "m"}.items():
        monkeypatch.setenv(name, value)
    read = ModelChoice()
    assert read.api_key is not None
    assert (read.api_key.get_secret_value(), read.base_url, read.name) == ("k", "http://b", "m")
