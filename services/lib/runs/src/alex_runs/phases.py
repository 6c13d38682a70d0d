"""One phase of an agent on the Agents SDK: think (one model call) or act (its tool calls), never both.

Every tool of an agent needs approval. A model's answer with tool calls therefore ends a phase with nothing
executed; the next phase approves calls and stops before the next model call. Between the two the state is
plain JSON, which is what makes a run survive its process. It knows neither rows nor HTTP.
"""

import json
from collections.abc import AsyncIterator, Collection, Mapping
from dataclasses import dataclass
from typing import Any, cast

import agents
from agents import Agent, ModelSettings, RunConfig, RunContextWrapper, Runner, RunResultStreaming, RunState
from agents.items import ToolApprovalItem, TResponseInputItem
from openai.types.responses.response_usage import InputTokensDetails
from pydantic import BaseModel, JsonValue

from alex_runs.job import Ending, JobContext, NotDone, Revision, RunScope
from alex_runs.meter import Tokens
from alex_runs.rows import Event

MAX_REASON_CHARS = 200
"""Longer reasons are cut in events: what the model reads has them whole."""


@dataclass(frozen=True)
class PendingCall:
    """A tool call that the model asked for and that has not run."""

    call_id: str
    tool: str
    arguments: Mapping[str, JsonValue]


LiveState = RunState[Any, Agent[Any]]


@dataclass(frozen=True)
class PhaseResult:
    """Where the agent stands after a phase."""

    state: dict[str, JsonValue]
    live: LiveState
    """The same, for a driver that goes on at once and need not read it again."""
    pending: list[PendingCall]
    ended: bool
    final_output: JsonValue
    data: dict[str, JsonValue]
    tokens: Tokens
    events: list[Event]
    items: list[JsonValue]
    """Everything that was said; empty while the agent has not ended."""


async def first_phase(agent: Agent[Any], task: str, context: JobContext, max_turns: int, call_key: str) -> PhaseResult:
    """Think for the first time; `call_key` names the model call to a server that knows repeated ones."""
    config = _run_config(call_key)
    result = Runner.run_streamed(agent, task, context=context, max_turns=max_turns, run_config=config)
    return await _finish_phase(result)


async def revising_phase(
    agent: Agent[Any], ending: Ending, revision: Revision, scope: RunScope, *, max_turns: int, call_key: str
) -> PhaseResult:
    """Think again after the agent had ended, with everything that was said before and what was wrong with it."""
    context = JobContext(run_id=scope.run_id, owner=scope.owner, data=dict(revision.data))
    used = ending.receipt.own
    wrapper = RunContextWrapper(
        context=context,
        usage=agents.Usage(
            requests=used.requests,
            input_tokens=used.input_tokens,
            input_tokens_details=InputTokensDetails(cached_tokens=used.cached_input_tokens, cache_write_tokens=0),
            output_tokens=used.output_tokens,
            total_tokens=used.tokens,
        ),
    )
    said = cast("list[TResponseInputItem]", [*ending.items, {"role": "user", "content": revision.message}])
    config = _run_config(call_key)
    result = Runner.run_streamed(agent, said, context=wrapper, max_turns=max_turns, run_config=config)
    return await _finish_phase(result)


async def read_state(agent: Agent[Any], state: Mapping[str, JsonValue]) -> LiveState:
    """Return the state that another driver committed as JSON."""
    return await RunState.from_json(agent, dict(state), strict_context=True)


async def next_phase(agent: Agent[Any], run_state: LiveState, approved: Collection[str], call_key: str) -> PhaseResult:
    """Act on the calls in `approved` (ids), or think when there is nothing to act on.

    Calls that are not approved stay pending. `run_state` is used up.
    """
    interruptions = run_state.get_interruptions()
    for item in interruptions:
        if item.call_id in approved:
            run_state.approve(item)
    result = Runner.run_streamed(agent, run_state, run_config=_run_config(call_key))
    if interruptions:
        # Run the approved tools and stop before the model is called again.
        result.cancel(mode="after_turn")
    return await _finish_phase(result)


def data_in(state: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """Return what the tools of a run share, from its state."""
    context = cast("Mapping[str, Mapping[str, JsonValue]]", state["context"])
    return cast("dict[str, JsonValue]", context["context"]["data"])


def _run_config(call_key: str) -> RunConfig:
    # Traces would go to api.openai.com with whatever key is set, also that of another provider. Chat Completions
    # reports no tokens of a stream unless it is asked to.
    config = RunConfig(tracing_disabled=True)
    # Set afterwards: given to the constructor, it has all type hints evaluated, which takes a millisecond.
    config.model_settings = ModelSettings(include_usage=True, extra_headers={"Idempotency-Key": call_key})
    return config


async def _finish_phase(result: RunResultStreaming) -> PhaseResult:
    events = [event async for event in _described(result)]
    state = result.to_state()
    context = cast("JobContext", result.context_wrapper.context)
    usage = result.context_wrapper.usage
    final = result.final_output
    return PhaseResult(
        state=cast("dict[str, JsonValue]", state.to_json(strict_context=True)),
        live=state,
        pending=[_pending(item) for item in state.get_interruptions()],
        ended=final is not None,
        final_output=final.model_dump(mode="json") if isinstance(final, BaseModel) else final,
        data=context["data"],
        tokens=Tokens(
            input=usage.input_tokens,
            cached_input=usage.input_tokens_details.cached_tokens,
            output=usage.output_tokens,
            last_call=usage.request_usage_entries[-1].total_tokens if usage.request_usage_entries else 0,
        ),
        events=events,
        items=cast("list[JsonValue]", result.to_input_list()) if final is not None else [],
    )


async def _described(result: RunResultStreaming) -> AsyncIterator[Event]:
    async for event in result.stream_events():
        if event.type != "run_item_stream_event":
            continue
        raw = event.item.raw_item
        data = cast("Mapping[str, JsonValue]", raw if isinstance(raw, Mapping) else raw.model_dump(mode="json"))
        if event.name == "tool_called":
            yield (
                "tool_called",
                {"tool": data.get("name"), "call_id": data.get("call_id"), "arguments": _arguments(data)},
            )
        elif event.name == "tool_output":
            output = getattr(event.item, "output", None)
            reason = {"not_done": str(output)[:MAX_REASON_CHARS]} if isinstance(output, NotDone) else {}
            yield "tool_finished", {"call_id": data.get("call_id"), **reason}


def _pending(item: ToolApprovalItem) -> PendingCall:
    return PendingCall(
        call_id=item.call_id or "",
        tool=item.name or "",
        arguments=_arguments({"arguments": item.arguments}),
    )


def _arguments(data: Mapping[str, object]) -> dict[str, JsonValue]:
    """Return a call's arguments; a model may write JSON that is none, which its tool then refuses."""
    try:
        arguments = json.loads(str(data.get("arguments") or "{}"))
    except json.JSONDecodeError:
        return {}
    return arguments if isinstance(arguments, dict) else {}
