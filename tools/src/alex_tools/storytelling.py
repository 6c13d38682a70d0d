"""Events of agents' runs as lines that a person can follow."""

from collections.abc import Mapping

from rich.text import Text

from alex_tools.following import Event
from alex_tools.terminal import Terminal

_SHOWN_CHARS = 150


def tell(event: Event, terminal: Terminal) -> None:
    """Print one line: which agent does what."""
    detail = describe(event.data)
    terminal.say(Text.assemble((f"{event.agent:<11}", "cyan"), event.type, f"  {detail}" if detail else ""))


def describe(data: Mapping[str, object]) -> str:
    """Return the plain values of an event in one short line."""
    parts = [f"{name}={value}" for name, value in data.items() if isinstance(value, str | int | float) and value != ""]
    line = " ".join(" ".join(parts).split())
    return line if len(line) <= _SHOWN_CHARS else line[: _SHOWN_CHARS - 3] + "..."
