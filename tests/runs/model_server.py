"""A stand-in for a model and for a tool's server, in one: it counts what it is asked, and fails on demand.

It speaks OpenAI's Responses API, streamed, so that the SDK's own client is what is tested. A conversation is known by
its first message; each asks for one tool call per turn and ends after `TURNS` turns.
"""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse

TURNS = 3
"""Turns with a tool call before the final answer."""
SILENCE_SECONDS = 60.0
"""How long a server that is silent says nothing; whoever asked gives up before."""


class ModelServer:
    """The application and its counts."""

    def __init__(self, *, delay_seconds: float = 0.0) -> None:
        self.delay_seconds = delay_seconds
        self.model_calls: Counter[str] = Counter()
        """How often each turn of each conversation was asked for, by `conversation/turn`."""
        self.effects: Counter[str] = Counter()
        """How often each side effect was asked for, by idempotency key; the world changes only the first time."""
        self.faults: list[str] = []
        """What goes wrong with the next model calls: `429`, `500`, `half`, `bad_json`, `silent` or `unknown_tool`."""
        self.asked: Counter[str] = Counter()
        """How often each idempotency key came; a key that was answered gets the same answer without a new call."""
        self.heard_model_call, self.heard_effect = asyncio.Event(), asyncio.Event()
        self._answers: dict[str, dict[str, Any]] = {}
        self.app = FastAPI()
        self.app.post("/v1/responses")(self.respond)
        self.app.post("/effects/{key}")(self.effect)

    async def effect(self, key: str) -> int:
        """Do something in the world, once per key."""
        self.effects[key] += 1
        self.heard_effect.set()
        await asyncio.sleep(self.delay_seconds)
        return self.effects[key]

    async def respond(self, request: Request) -> Response:
        """Answer a model call."""
        body = await request.json()
        conversation = _conversation(body["input"])
        turn = sum(1 for item in body["input"] if isinstance(item, dict) and item.get("type") == "function_call")
        key = request.headers["idempotency-key"]
        self.asked[key] += 1
        self.heard_model_call.set()
        if key in self._answers:
            return StreamingResponse(_stream(_events(self._answers[key])), media_type="text/event-stream")
        self.model_calls[f"{conversation}/{turn}"] += 1
        fault = self.faults.pop(0) if self.faults else ""
        if fault in {"429", "500"}:
            return JSONResponse({"error": {"message": "overloaded", "type": "server_error"}}, status_code=int(fault))
        if fault == "silent":
            await asyncio.sleep(SILENCE_SECONDS)
        output = _output(turn, fault)
        if not fault:
            # Kept before it is told: the caller may be gone when the answer is ready.
            self._answers[key] = output
        await asyncio.sleep(self.delay_seconds)
        events = _events(output)
        if fault == "bad_json":
            return StreamingResponse(
                iter(["event: response.created\ndata: {not json\n\n"]), media_type="text/event-stream"
            )
        return StreamingResponse(_stream(events[:2] if fault == "half" else events), media_type="text/event-stream")


def _conversation(items: Any) -> str:
    if isinstance(items, str):
        return items
    return next(str(item["content"]) for item in items if item.get("role") == "user")


def _output(turn: int, fault: str) -> dict[str, Any]:
    if turn >= TURNS:
        text: dict[str, Any] = {"type": "output_text", "text": "done", "annotations": []}
        return {
            "type": "message",
            "id": f"msg_{uuid4().hex}",
            "role": "assistant",
            "status": "completed",
            "content": [text],
        }
    return {
        "type": "function_call",
        "id": f"fc_{uuid4().hex}",
        # New with every answer: a repeated model call would show as a further side effect.
        "call_id": f"call_{uuid4().hex}",
        "name": "nothing_like_it" if fault == "unknown_tool" else "act",
        "arguments": json.dumps({"step": turn}),
        "status": "completed",
    }


def _events(item: dict[str, Any]) -> list[dict[str, Any]]:
    usage = {
        "input_tokens": 100,
        "input_tokens_details": {"cached_tokens": 0, "cache_write_tokens": 0},
        "output_tokens": 10,
        "output_tokens_details": {"reasoning_tokens": 0},
        "total_tokens": 110,
    }
    response = {
        "id": f"resp_{uuid4().hex}",
        "object": "response",
        "created_at": 0,
        "status": "completed",
        "model": "counted",
        "output": [item],
        "parallel_tool_calls": True,
        "tool_choice": "auto",
        "tools": [],
        "usage": usage,
    }
    return [
        {"type": "response.created", "response": {**response, "status": "in_progress", "output": [], "usage": None}},
        {"type": "response.output_item.added", "output_index": 0, "item": item},
        {"type": "response.output_item.done", "output_index": 0, "item": item},
        {"type": "response.completed", "response": response},
    ]


async def _stream(events: list[dict[str, Any]]) -> AsyncIterator[str]:
    for number, event in enumerate(events):
        yield f"event: {event['type']}\ndata: {json.dumps({**event, 'sequence_number': number})}\n\n"
