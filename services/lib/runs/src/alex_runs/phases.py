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
from agents import Agent, RunConfig, RunContextWrapper, Runner, RunResultStreaming, RunState
from agents.items import ToolApprovalItem, TResponseInputItem
from pydantic import BaseModel, JsonValue

from alex_runs.job import Ending, JobContext, Revision, RunScope
from alex_runs.rows import Event
from alex_runs.schemas import Usage

# Traces would go to api.openai.com with whatever key is set, also that of another provider.
_RUN_CONFIG = RunConfig(tracing_disabled=True)


@dataclass(frozen=True)
class PendingCall:
    """A tool call that the model asked for and that has not run."""

    call_id: str
    tool: str
    arguments: Mapping[str, JsonValue]


@dataclass(frozen=True)
class PhaseResult:
    """Where the agent stands after a phase."""

    state: dict[str, JsonValue]
    pending: list[PendingCall]
    ended: bool
    final_output: JsonValue
    data: dict[str, JsonValue]
    usage: Usage
    events: list[Event]
    items: list[JsonValue]
    """Everything that was said; empty while the agent has not ended."""


async def first_phase(agent: Agent[Any], task: str, context: JobContext, max_turns: int) -> PhaseResult:
    """Think for the first time."""
    result = Runner.run_streamed(agent, task, context=context, max_turns=max_turns, run_config=_RUN_CONFIG)
    return await _finish_phase(result)


async def revising_phase(
    agent: Agent[Any], ending: Ending, revision: Revision, scope: RunScope, max_turns: int
) -> PhaseResult:
    """Think again after the agent had ended, with everything that was said before and what was wrong with it."""
    context = JobContext(run_id=scope.run_id, owner=scope.owner, data=dict(revision.data))
    used = ending.usage
    wrapper = RunContextWrapper(
        context=context,
        usage=agents.Usage(
            requests=used.requests,
            input_tokens=used.input_tokens,
            output_tokens=used.output_tokens,
            total_tokens=used.input_tokens + used.output_tokens,
        ),
    )
    said = cast("list[TResponseInputItem]", [*ending.items, {"role": "user", "content": revision.message}])
    result = Runner.run_streamed(agent, said, context=wrapper, max_turns=max_turns, run_config=_RUN_CONFIG)
    return await _finish_phase(result)


async def next_phase(agent: Agent[Any], state: Mapping[str, JsonValue], approved: Collection[str]) -> PhaseResult:
    """Act on the calls in `approved` (ids), or think when there is nothing to act on.

    Calls that are not approved stay pending.
    """
    run_state = await RunState.from_json(agent, dict(state), strict_context=True)
    interruptions = run_state.get_interruptions()
    for item in interruptions:
        if item.call_id in approved:
            run_state.approve(item)
    result = Runner.run_streamed(agent, run_state, run_config=_RUN_CONFIG)
    if interruptions:
        # Run the approved tools and stop before the model is called again.
        result.cancel(mode="after_turn")
    return await _finish_phase(result)


async def _finish_phase(result: RunResultStreaming) -> PhaseResult:
    events = [event async for event in _described(result)]
    state = result.to_state()
    context = cast("JobContext", result.context_wrapper.context)
    usage = result.context_wrapper.usage
    final = result.final_output
    return PhaseResult(
        state=cast("dict[str, JsonValue]", state.to_json(strict_context=True)),
        pending=[_pending(item) for item in state.get_interruptions()],
        ended=final is not None,
        final_output=final.model_dump(mode="json") if isinstance(final, BaseModel) else final,
        data=context["data"],
        usage=Usage(requests=usage.requests, input_tokens=usage.input_tokens, output_tokens=usage.output_tokens),
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
            yield "tool_finished", {"call_id": data.get("call_id")}


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
