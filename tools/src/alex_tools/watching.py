"""Research that repeats: following a topic, and briefs on the followed topics that are due."""

import re
from collections.abc import Mapping
from pathlib import Path
from uuid import uuid4

from alex_tools.asking import ResearchOrder
from alex_tools.brief_text import brief_lines, objects_in, texts_in
from alex_tools.budgeting import limits_line, used_line
from alex_tools.client import running_service
from alex_tools.errors import BadInput, PlanIncomplete
from alex_tools.following import follow_run
from alex_tools.storytelling import Story
from alex_tools.terminal import Terminal

_UNIT_SECONDS = {"m": 60, "h": 3_600, "d": 86_400, "w": 604_800}


def run_follow(order: ResearchOrder, every: str, user: Mapping[str, str], folder: Path, terminal: Terminal) -> None:
    """Have the research agent follow a topic.

    Raises:
        BadInput: `every` is no duration, or the agent cannot use the order.
        AlexError: nothing is running.
    """
    body = {**order.as_request(), "every": seconds_of(every)}
    researcher = running_service("researcher", user, folder)
    with researcher.http:
        topic = researcher.post("/topics", body)
    terminal.say(f"following {topic.get('topic')!r} every {every}; `alex research --due` says what is new")
    terminal.say(f"each time it may use {limits_line(topic.get('budget'))}")


def run_due(user: Mapping[str, str], folder: Path, terminal: Terminal) -> None:
    """Research every followed topic that is due, and print what changed.

    Raises:
        AlexError: nothing is running, or a brief is incomplete.
    """
    researcher = running_service("researcher", user, folder)
    missing: list[str] = []
    with researcher.http:
        answer = researcher.post("/due", {"event_id": uuid4().hex})
        started, refused = objects_in(answer.get("runs")), objects_in(answer.get("refused"))
        missing.extend(f"{topic.get('topic')}: {topic.get('reason')}" for topic in refused)
        for due in started:
            run = follow_run(researcher, str(due.get("run_id")), Story(terminal, {}))
            terminal.say()
            terminal.say(str(due.get("topic")), "bold")
            for line in _news_lines(run.output):
                terminal.say(line)
            terminal.say(f"used {used_line(run.used)}")
            missing.extend(texts_in(run.output.get("missing")) if run.status == "partial" else [])
    if not started and not refused:
        terminal.say("no followed topic is due")
    if missing:
        raise PlanIncomplete("the research is incomplete; missing:", missing)


def seconds_of(duration: str) -> int:
    """Return the seconds of a duration such as `30m`, `12h`, `1d` or `2w`.

    Raises:
        BadInput: it is not a number with one of these units.
    """
    match = re.fullmatch(r"([1-9]\d{0,4})([mhdw])", duration.strip().lower())
    if match is None:
        raise BadInput(f"--every {duration!r} is no duration; give a number with m, h, d or w, such as 12h or 1d")
    return int(match[1]) * _UNIT_SECONDS[match[2]]


def _news_lines(brief: Mapping[str, object]) -> list[str]:
    if brief.get("changes") is None:
        return list(brief_lines(brief))
    changes = objects_in(brief.get("changes"))
    lines = [f'- {change.get("kind")}: "{change.get("quote")}"\n  {change.get("source_url")}' for change in changes]
    return lines or ["nothing new"]
