"""The built-in model: a `Model` of the Agents SDK that answers by rule, without network, always the same.

It does not pretend to reason. An agent that supports it gives a rule, which looks at the transcript and says
either which tools to call next or the final answer; the SDK, the tools and the checks around it are the same
as with any other model.
"""

import hashlib
import json
from abc import abstractmethod
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass

from agents import Model, ModelResponse, ModelSettings, ModelTracing, Tool, Usage
from agents.agent_output import AgentOutputSchemaBase
from agents.handoffs import Handoff
from agents.items import TResponseInputItem, TResponseOutputItem, TResponseStreamEvent
from openai.types.responses import (
    Response,
    ResponseCompletedEvent,
    ResponseFunctionToolCall,
    ResponseOutputMessage,
    ResponseOutputText,
    ResponseUsage,
)
from openai.types.responses.response_prompt_param import ResponsePromptParam
from openai.types.responses.response_usage import InputTokensDetails, OutputTokensDetails
from pydantic import BaseModel, JsonValue
from typing_extensions import override

from alex_agent_models.transcript import Transcript

BUILTIN_MODEL_NAME = "alex-builtin"
"""Name under which the built-in model's answers are stored."""

_NO_TOKENS = ResponseUsage(
    input_tokens=0,
    input_tokens_details=InputTokensDetails(cached_tokens=0, cache_write_tokens=0),
    output_tokens=0,
    output_tokens_details=OutputTokensDetails(reasoning_tokens=0),
    total_tokens=0,
)


@dataclass(frozen=True)
class ToolCall:
    """A tool that the rule wants called."""

    name: str
    arguments: Mapping[str, JsonValue]


@dataclass(frozen=True)
class Answer:
    """The rule's final answer; a Pydantic model where the agent has an output type."""

    content: BaseModel | str


class RuleModel(Model):
    """A model whose next step is a function of the transcript."""

    @abstractmethod
    def decide(self, transcript: Transcript) -> Sequence[ToolCall] | Answer:
        """Return the tools to call next, or the final answer. Must be a pure function of `transcript`."""

    @override
    async def get_response(
        self,
        system_instructions: str | None,
        input: str | list[TResponseInputItem],
        model_settings: ModelSettings,
        tools: list[Tool],
        output_schema: AgentOutputSchemaBase | None,
        handoffs: list[Handoff],
        tracing: ModelTracing,
        *,
        previous_response_id: str | None,
        conversation_id: str | None,
        prompt: ResponsePromptParam | None,
    ) -> ModelResponse:
        return ModelResponse(output=self._next_items(input), usage=Usage(requests=1), response_id=None)

    @override
    async def stream_response(
        self,
        system_instructions: str | None,
        input: str | list[TResponseInputItem],
        model_settings: ModelSettings,
        tools: list[Tool],
        output_schema: AgentOutputSchemaBase | None,
        handoffs: list[Handoff],
        tracing: ModelTracing,
        *,
        previous_response_id: str | None,
        conversation_id: str | None,
        prompt: ResponsePromptParam | None,
    ) -> AsyncIterator[TResponseStreamEvent]:
        response = Response(
            id="resp_builtin",
            created_at=0,
            model=BUILTIN_MODEL_NAME,
            object="response",
            output=self._next_items(input),
            parallel_tool_calls=True,
            tool_choice="auto",
            tools=[],
            status="completed",
            # The SDK counts a request only where it finds a usage.
            usage=_NO_TOKENS,
        )
        yield ResponseCompletedEvent(response=response, sequence_number=0, type="response.completed")

    def _next_items(self, items: str | list[TResponseInputItem]) -> list[TResponseOutputItem]:
        transcript = Transcript.from_items(items)
        decision = self.decide(transcript)
        if isinstance(decision, Answer):
            return [_message(decision, transcript.turn)]
        return [_function_call(call, transcript.turn, number) for number, call in enumerate(decision)]


def _function_call(call: ToolCall, turn: int, number: int) -> ResponseFunctionToolCall:
    arguments = json.dumps(call.arguments, ensure_ascii=False, sort_keys=True)
    # The same call in the same place has the same id, so that a repeated model call changes nothing.
    digest = hashlib.sha256(f"{turn}:{number}:{call.name}:{arguments}".encode()).hexdigest()[:16]
    return ResponseFunctionToolCall(
        id=f"fc_{digest}",
        call_id=f"call_{digest}",
        type="function_call",
        name=call.name,
        arguments=arguments,
        status="completed",
    )


def _message(answer: Answer, turn: int) -> ResponseOutputMessage:
    text = answer.content if isinstance(answer.content, str) else answer.content.model_dump_json()
    return ResponseOutputMessage(
        id=f"msg_{turn}",
        role="assistant",
        status="completed",
        type="message",
        content=[ResponseOutputText(type="output_text", text=text, annotations=[])],
    )
