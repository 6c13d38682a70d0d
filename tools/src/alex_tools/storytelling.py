"""Events of agents' runs as lines that a person can follow: which agent does what."""

from collections import defaultdict
from collections.abc import Mapping
from threading import Lock, Thread

from rich.text import Text

from alex_tools.client import ServiceClient
from alex_tools.errors import AlexError
from alex_tools.following import Event, listen
from alex_tools.terminal import Terminal

_SHOWN_CHARS = 160
_LABEL_WIDTH = 11


class Story:
    """Prints the events of a run, and those of the runs that it hands to other agents."""

    def __init__(self, terminal: Terminal, others: Mapping[str, ServiceClient]) -> None:
        """`others` are the services whose runs are followed too when work is handed to them, by name."""
        self._terminal = terminal
        self._others = others
        self._lock = Lock()
        self._followed: set[str] = set()

    def __call__(self, event: Event) -> None:
        """Print one event."""
        sentence = describe(event)
        if sentence:
            self._terminal.say(Text.assemble((f"{event.agent:<{_LABEL_WIDTH}}", "cyan"), sentence))
        if event.type == "delegated":
            self._follow(event.data)

    def _follow(self, child: Mapping[str, object]) -> None:
        client, run_id = self._others.get(str(child.get("service"))), str(child.get("run_id") or "")
        with self._lock:
            if client is None or not run_id or run_id in self._followed:
                return
            self._followed.add(run_id)
        Thread(target=self._listen_to, args=(client, run_id), name=f"story of {run_id}", daemon=True).start()

    def _listen_to(self, client: ServiceClient, run_id: str) -> None:
        try:
            listen(client, run_id, "", self)
        except AlexError as error:
            # The run that waits for this one will say what became of it; here only its story ends.
            self._terminal.warn(f"{client.name}: no more is told of this run: {error.message}")


_SENTENCES = {
    "created": "starts",
    "tool_called": "calls {tool} {arguments}",
    "delegated": "hands the work to the {service} as {run_id}",
    "child_changed": "hears from the {service}: {run_id} is {status}",
    "finished": "is done: {status}",
    "failed": "failed: {message}",
}
"""What each type of event says, without its subject; empty for what a person need not see."""


def describe(event: Event) -> str:
    """Return what happened as a sentence without its subject; empty for what a person need not see."""
    if event.type == "tool_finished":
        # That a call ended well need not be seen: the next thing that happens tells it.
        return _values(event.data.get("not_done") or "")
    sentence = _SENTENCES.get(event.type)
    if sentence is None:
        return f"{event.type} {_values(event.data)}".rstrip()
    words = defaultdict(lambda: "?", {name: _values(value) for name, value in event.data.items()})
    return sentence.format_map(words).rstrip()


def _values(value: object) -> str:
    """Return a value of an event in one short line."""
    if isinstance(value, Mapping):
        value = " ".join(f"{name}={part}" for name, part in value.items() if part not in ("", None))
    line = " ".join(str(value).split())
    return line if len(line) <= _SHOWN_CHARS else line[: _SHOWN_CHARS - 3] + "..."
