"""Pages of Chromium spoken to in the DevTools protocol, through the connection that Playwright holds.

Playwright sends some sixty commands for a page and follows each of its requests; reading one needs ten commands and
three events. So a reader attaches to its pages itself: `Target.attachToTarget` without `flatten`, whose messages travel
within those of the session it was called on. It knows nothing of what the commands are for.
"""

import asyncio
import itertools
import json
from collections import defaultdict
from collections.abc import Callable
from typing import Any, Protocol

from playwright.async_api import Error

Params = dict[str, Any]
Handler = Callable[[Params], None]


class Debugger(Protocol):
    """A session of the protocol: Playwright's `CDPSession`, or one within it."""

    async def send(self, method: str, params: Params | None = None) -> Params:
        """Return the answer to a command.

        Raises:
            Error: the command failed, or the target is gone.
        """

    def on(self, event: Any, f: Any) -> None:
        """Call `f` with the parameters of each `event`."""


class TargetSession:
    """The debugger of one target, within the session `parent`."""

    def __init__(self, parent: Debugger, session_id: str) -> None:
        self._parent = parent
        self._id = session_id
        self._numbers = itertools.count(1)
        self._answers: dict[int, asyncio.Future[Params]] = {}
        self._handlers: defaultdict[str, list[Handler]] = defaultdict(list)
        self.ended = ""
        """Why the target does not answer any more; empty while it does."""

    async def send(self, method: str, params: Params | None = None) -> Params:
        """Return the answer to a command.

        Raises:
            Error: the command failed, or the target is gone.
        """
        if self.ended:
            raise Error(self.ended)
        number = next(self._numbers)
        answer: asyncio.Future[Params] = asyncio.get_running_loop().create_future()
        self._answers[number] = answer
        message = json.dumps({"id": number, "method": method, "params": params or {}})
        try:
            await self._parent.send("Target.sendMessageToTarget", {"sessionId": self._id, "message": message})
            return await answer
        finally:
            del self._answers[number]

    def on(self, event: str, f: Handler) -> None:
        """Call `f` with the parameters of each `event`."""
        self._handlers[event].append(f)

    def receive(self, message: str) -> None:
        """Take a message of the target."""
        said = json.loads(message)
        if "id" not in said:
            for handler in self._handlers[said["method"]]:
                handler(said["params"])
            return
        answer = self._answers.get(said["id"])
        if answer is None or answer.done():
            return
        if "error" in said:
            answer.set_exception(Error(str(said["error"].get("message"))))
        else:
            answer.set_result(said["result"])

    def end(self, reason: str) -> None:
        """Fail what waits for an answer of the target, and what is sent from now on."""
        self.ended = self.ended or reason
        for answer in self._answers.values():
            if not answer.done():
                answer.set_exception(Error(self.ended))


class TargetSessions:
    """The sessions within one session: passes their messages on."""

    def __init__(self, parent: Debugger) -> None:
        self._parent = parent
        self._open: dict[str, TargetSession] = {}
        parent.on("Target.receivedMessageFromTarget", self._on_message)
        parent.on("Target.detachedFromTarget", self._on_detached)

    async def attach(self, target_id: str) -> TargetSession:
        """Return the debugger of a target.

        Raises:
            Error: there is no such target.
        """
        attached = await self._parent.send("Target.attachToTarget", {"targetId": target_id, "flatten": False})
        return self.adopt(attached["sessionId"])

    def adopt(self, session_id: str) -> TargetSession:
        """Return the debugger of a target that was attached to by itself."""
        session = self._open[session_id] = TargetSession(self._parent, session_id)
        return session

    def end(self, reason: str) -> None:
        """End all of them."""
        for session in self._open.values():
            session.end(reason)
        self._open.clear()

    def _on_message(self, event: Params) -> None:
        if session := self._open.get(event["sessionId"]):
            session.receive(event["message"])

    def _on_detached(self, event: Params) -> None:
        if session := self._open.pop(event["sessionId"], None):
            session.end("the page is gone")
