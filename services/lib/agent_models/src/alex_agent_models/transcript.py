"""What has been said so far in a run, as a built-in model needs it: the task and the tool calls with their answers."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from agents.items import TResponseInputItem
from pydantic import JsonValue


@dataclass(frozen=True)
class MadeCall:
    """A tool call of an earlier turn; `output` is None while it has none."""

    name: str
    arguments: Mapping[str, JsonValue]
    call_id: str
    output: JsonValue

    @property
    def result(self) -> Mapping[str, JsonValue]:
        """The tool's structured answer, empty when it answered in plain text (which is how a failure reads)."""
        return self.output if isinstance(self.output, dict) else {}

    @property
    def failure(self) -> str | None:
        """The tool's plain-text answer, which is why it failed, else None."""
        return self.output if isinstance(self.output, str) else None


@dataclass(frozen=True)
class Transcript:
    """The task as text, and every tool call made, in order."""

    task: str
    calls: Sequence[MadeCall]
    turn: int
    """How many times the model has answered before."""

    def calls_of(self, name: str) -> list[MadeCall]:
        """Return the calls of one tool, in order."""
        return [call for call in self.calls if call.name == name]

    @classmethod
    def from_items(cls, items: str | list[TResponseInputItem]) -> "Transcript":
        """Read the input that the Agents SDK hands to a model."""
        if isinstance(items, str):
            return cls(task=items, calls=(), turn=0)
        dicts = [cast("Mapping[str, object]", item) for item in items]
        outputs = {
            str(item["call_id"]): _read(_text_of(item["output"]))
            for item in dicts
            if item.get("type") == "function_call_output"
        }
        calls = [
            MadeCall(
                name=str(item["name"]),
                arguments=cast("dict[str, JsonValue]", json.loads(str(item["arguments"]))),
                call_id=str(item["call_id"]),
                output=outputs.get(str(item["call_id"])),
            )
            for item in dicts
            if item.get("type") == "function_call"
        ]
        task = next((_text_of(item["content"]) for item in dicts if item.get("role") == "user"), "")
        return cls(task=task, calls=calls, turn=_turns(dicts))


def _turns(items: Sequence[Mapping[str, object]]) -> int:
    """Count the groups of consecutive items that a model wrote: its earlier answers."""
    by_model = [item.get("type") == "function_call" or item.get("role") == "assistant" for item in items]
    return sum(1 for here, before in zip(by_model, [False, *by_model], strict=False) if here and not before)


def _text_of(content: object) -> str:
    if isinstance(content, str):
        return content
    if isinstance(content, Sequence):
        return "".join(str(part.get("text", "")) for part in content if isinstance(part, Mapping))
    return str(content)


def _read(text: str) -> JsonValue:
    try:
        return cast("JsonValue", json.loads(text))
    except json.JSONDecodeError:
        return text
