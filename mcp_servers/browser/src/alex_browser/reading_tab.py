"""A tab that pages are read in: a page of Chromium with the little of the DevTools protocol that reading needs.

It looks at a page from an isolated world, where what the page replaces of the browser's own functions changes nothing,
and knows the frames of a page, those in processes of their own (of other sites) too.
"""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from typing import Protocol
from urllib.parse import urlsplit

from playwright.async_api import Error

from alex_browser.devtools import Params, TargetSession, TargetSessions
from alex_browser.egress_proxy import EgressProxy
from alex_browser.tabs import Answer, NavigationFailed, Tab

SCREEN_WIDTH = 1280
"""Of the window that a page is laid out for, in CSS pixels."""
SCREEN_HEIGHT = 1600
LANGUAGE = "en-US"
SETTLE_SCRIPT = files("alex_browser").joinpath("settle.js").read_text(encoding="utf-8")
BLANK = "about:blank"
_WORLD = "alex"
_STORED = "local_storage,indexeddb,cache_storage,file_systems"
"""What a page can store, cookies apart; a service worker is not let in (`settle.js`)."""
_CLEAR_SESSION_STORAGE = (
    "() => { try { sessionStorage.clear(); } catch { /* documents without an origin have none */ } }"
)
_MAX_DIALOG_CHARS = 200
_IS_SHOWN = """function (pixels) {
  const box = this.getBoundingClientRect();
  return box.width * box.height >= pixels && this.checkVisibility({ opacityProperty: true, visibilityProperty: true });
}"""


class Listener(Protocol):
    """Who is told what a page does while it is read."""

    def note(self, text: str) -> None:
        """Note what a reader should know."""


@dataclass
class PageFrame:
    """A frame in a page."""

    id: str
    session: TargetSession
    """The debugger of its process."""
    holder: TargetSession
    """The debugger of the process of the element that holds it."""
    url: str


class ReadingTab(Tab):
    """A page in a context of its own, the proxy of that context, and its debugger."""

    debugger: TargetSession

    def __init__(self, proxy: EgressProxy, debugger: TargetSession, context_id: str, target_id: str) -> None:
        super().__init__(proxy, debugger)
        self.context_id = context_id
        self.target_id = target_id
        self.listener: Listener | None = None
        self.reads = 0
        """Pages that were read in it."""
        self._url = BLANK
        self._answer: Answer | None = None
        self._frames: dict[str, PageFrame] = {}
        self._user_agent = ""
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        """Where the page is."""
        return self._url

    @property
    def gone(self) -> bool:
        """Whether the page was closed or its process ended."""
        return bool(self.debugger.ended)

    async def prepare(self, user_agent: str) -> None:
        """Make the page ready for its first document.

        Raises:
            Error: it is gone.
        """
        self._user_agent = user_agent
        self.debugger.on("Page.javascriptDialogOpening", self._on_dialog)
        self.debugger.on("Network.responseReceived", self._on_response)
        screen = {"width": SCREEN_WIDTH, "height": SCREEN_HEIGHT, "deviceScaleFactor": 1, "mobile": False}
        reduced = {"features": [{"name": "prefers-reduced-motion", "value": "reduce"}]}
        await asyncio.gather(
            self._follow(self.debugger),
            self.debugger.send("Emulation.setDeviceMetricsOverride", screen),
            self.debugger.send("Emulation.setFocusEmulationEnabled", {"enabled": True}),
            self.debugger.send("Emulation.setEmulatedMedia", reduced),
        )

    async def navigate(self, url: str, seconds: float) -> Answer | None:
        """Go to `url`, as `Tab.navigate` says."""
        self._answer = None
        send = self.debugger.send
        async with asyncio.timeout(seconds):
            # Only the document is followed, and asked for anew; what it loads may come from the cache.
            _, _, done = await asyncio.gather(
                send("Network.enable"),
                send("Network.setCacheDisabled", {"cacheDisabled": True}),
                send("Page.navigate", {"url": url}),
            )
        # Not waited for: a script that never ends may be ahead of it.
        self._in_background(send("Network.disable"))
        if reason := done.get("errorText", ""):
            raise NavigationFailed(reason.removeprefix("net::"), self._answer, download=bool(done.get("isDownload")))
        return self._answer

    async def evaluate(self, function: str) -> object:
        """Return what a function returns in the page."""
        return _value(await self.debugger.send("Runtime.evaluate", _call(function)))

    async def evaluate_in_frames(self, function: str, limit: int) -> list[object]:
        """Return what it returns in the frames of the page."""
        frames = [frame for frame in self._frames.values() if _holds_document(frame)][:limit]
        found = await asyncio.gather(*(self.look(function, frame) for frame in frames), return_exceptions=True)
        return [one for one in found if not isinstance(one, BaseException)]

    async def look(self, function: str, frame: PageFrame | None = None) -> object:
        """Return what a function returns in an isolated world of the page, or of a frame in it.

        Raises:
            Error: the page or the frame is gone, or cannot be looked at.
        """
        session = frame.session if frame else self.debugger
        named = {"frameId": frame.id if frame else self.target_id, "worldName": _WORLD}
        world = await session.send("Page.createIsolatedWorld", named)
        evaluated = await session.send(
            "Runtime.evaluate", {**_call(function), "contextId": world["executionContextId"]}
        )
        return _value(evaluated)

    def frames_of_other_origins(self, limit: int) -> list[PageFrame]:
        """Return up to `limit` frames whose text the page itself cannot read."""
        own = urlsplit(self._url)[:2]
        frames = (frame for frame in self._frames.values() if frame.url.startswith("http"))
        return [frame for frame in frames if not frame.session.ended and urlsplit(frame.url)[:2] != own][:limit]

    async def shows(self, frame: PageFrame, pixels: int) -> bool:
        """Return whether a person can see `frame`, with an area of at least `pixels`.

        Raises:
            Error: the frame is gone.
        """
        owner = await frame.holder.send("DOM.getFrameOwner", {"frameId": frame.id})
        node = await frame.holder.send("DOM.resolveNode", {"backendNodeId": owner["backendNodeId"]})
        asked = {
            "objectId": node["object"]["objectId"],
            "functionDeclaration": _IS_SHOWN,
            "arguments": [{"value": pixels}],
            "returnByValue": True,
        }
        return bool(_value(await frame.holder.send("Runtime.callFunctionOn", asked)))

    async def clear(self) -> None:
        """Leave the page, and what its site stored.

        Raises:
            Error: it is gone.
        """
        origin = "{0.scheme}://{0.netloc}".format(urlsplit(self._url))
        await self.look(_CLEAR_SESSION_STORAGE)
        # One after the other: a command that meets a change of process fails.
        await self.debugger.send("Page.navigate", {"url": BLANK})
        await self.debugger.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": _STORED})

    async def rest(self) -> None:
        """Let go of the memory of the pages before."""
        await _quietly(self.debugger.send("HeapProfiler.collectGarbage"))

    async def kill(self) -> None:
        """Give the page up: its context is closed, and its process with it."""
        self.debugger.end("the page was given up")

    async def _follow(self, session: TargetSession) -> None:
        """Follow the frames of a process; scripts of its documents wait until it is prepared for them."""
        children = TargetSessions(session)
        session.on("Page.frameNavigated", partial(self._on_navigated, session))
        session.on("Page.frameDetached", partial(self._on_detached, session))
        session.on("Target.attachedToTarget", partial(self._on_attached, session, children))
        agent = {"userAgent": self._user_agent, "acceptLanguage": LANGUAGE}
        attach = {"autoAttach": True, "waitForDebuggerOnStart": True, "flatten": False, "filter": [{"type": "iframe"}]}
        # Sent in this order at once; each is answered in its turn.
        await asyncio.gather(
            session.send("Page.enable"),
            session.send("Page.addScriptToEvaluateOnNewDocument", {"source": SETTLE_SCRIPT}),
            session.send("Emulation.setUserAgentOverride", agent),
            session.send("Target.setAutoAttach", attach),
            session.send("Runtime.runIfWaitingForDebugger"),
        )

    def _on_attached(self, holder: TargetSession, children: TargetSessions, event: Params) -> None:
        session = children.adopt(event["sessionId"])
        target = event["targetInfo"]
        self._frames[target["targetId"]] = PageFrame(target["targetId"], session, holder, target["url"])
        self._in_background(self._follow(session))

    def _on_navigated(self, session: TargetSession, event: Params) -> None:
        frame = event["frame"]
        if session is self.debugger and "parentId" not in frame:
            self._url = frame["url"] + frame.get("urlFragment", "")
            self._frames.clear()
            return
        known = self._frames.get(frame["id"])
        if known is not None and known.session is session:
            known.url = frame["url"]
        else:
            self._frames[frame["id"]] = PageFrame(frame["id"], session, session, frame["url"])

    def _on_detached(self, session: TargetSession, event: Params) -> None:
        # A frame that went to another process is told of by its new one, before or after this.
        if (known := self._frames.get(event["frameId"])) and known.session is session:
            del self._frames[event["frameId"]]

    def _on_response(self, event: Params) -> None:
        if event["type"] == "Document" and event.get("frameId") == self.target_id:
            response = event["response"]
            headers = {name.lower(): value for name, value in response["headers"].items()}
            self._answer = Answer(response["status"], headers)

    def _on_dialog(self, event: Params) -> None:
        leaves = event["type"] == "beforeunload"
        if self.listener is not None and not leaves:
            message = event["message"][:_MAX_DIALOG_CHARS]
            self.listener.note(f"the page opened the dialog {event['type']}({message!r}); it was dismissed")
        self._in_background(self.debugger.send("Page.handleJavaScriptDialog", {"accept": leaves}))

    def _in_background(self, work: Coroutine[object, object, object]) -> None:
        task = asyncio.create_task(_quietly(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _quietly(work: Coroutine[object, object, object]) -> None:
    """Do what fails only when what it is done to is gone."""
    try:
        await work
    except Error:
        return


def _call(function: str) -> Params:
    return {"expression": f"({function})()", "awaitPromise": True, "returnByValue": True}


def _value(evaluated: Params) -> object:
    if "exceptionDetails" in evaluated:
        raise Error(f"the page could not be looked at: {evaluated['exceptionDetails'].get('text')}")
    value: object = evaluated["result"].get("value")
    return value


def _holds_document(frame: PageFrame) -> bool:
    return not frame.session.ended and frame.url.startswith(("http", "about:srcdoc"))
