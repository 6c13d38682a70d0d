"""Commands that ask a running stack: plan, research, search, ingest."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.text import Text

from alex_tools.client import running_service
from alex_tools.errors import BadInput, PlanIncomplete
from alex_tools.following import follow_run, start_run
from alex_tools.plan_file import check_writable
from alex_tools.planning import PlanOrder, make_plan, read_portfolio, write_plan
from alex_tools.storytelling import Story
from alex_tools.terminal import Terminal

TEXT_SUFFIXES = frozenset({".md", ".markdown", ".txt"})


@dataclass(frozen=True)
class ResearchOrder:
    """What the research agent is asked: the body of its `POST /runs`."""

    topic: str
    symbols: Sequence[str]
    sources: Sequence[str]
    max_pages: int


def run_plan(order: PlanOrder, out: Path, user: Mapping[str, str], folder: Path, terminal: Terminal) -> None:
    """Make a plan and write it to `out`.

    Raises:
        AlexError: nothing is running, the portfolio has problems, or the plan is incomplete.
    """
    read_portfolio(order.portfolio)
    check_writable(out)
    planner, researcher = (running_service(name, user, folder) for name in ("planner", "researcher"))
    plan = make_plan(planner, order, Story(terminal, {"researcher": researcher}))
    path = write_plan(plan, out)
    terminal.say(f"plan: {path}, {len(plan.findings)} findings from {len(plan.source_urls)} sources", "bold green")


def run_research(order: ResearchOrder, user: Mapping[str, str], folder: Path, terminal: Terminal) -> None:
    """Print the brief that the research agent writes.

    Raises:
        AlexError: nothing is running, or the brief is incomplete.
    """
    researcher = running_service("researcher", user, folder)
    run = follow_run(researcher, start_run(researcher, asdict(order)), Story(terminal, {}))
    terminal.say()
    for line in brief_lines(run.output):
        terminal.say(line)
    if run.status == "partial":
        missing = run.output.get("missing")
        raise PlanIncomplete("the brief is incomplete; missing:", texts_in(missing))


def run_search(query: str, limit: int, user: Mapping[str, str], folder: Path, terminal: Terminal) -> None:
    """Print the passages nearest to `query`.

    Raises:
        AlexError: nothing is running.
    """
    knowledge = running_service("vector_store", user, folder)
    passages = objects_in(knowledge.post("/search", {"query": query, "limit": limit}).get("passages"))
    if not passages:
        terminal.say("nothing is stored that matches")
    for passage in passages:
        heading = Text.assemble((f"{passage.get('score', 0):.3f}  ", "cyan"), (str(passage.get("title")), "bold"))
        terminal.say(heading)
        terminal.say(f"       {passage.get('url') or passage.get('document_id')}")
        terminal.say(str(passage.get("text")))
        terminal.say()


def run_ingest(paths: Sequence[Path], user: Mapping[str, str], folder: Path, terminal: Terminal) -> None:
    """Store every text file in `paths`; all of them are read before the first one is sent.

    Raises:
        BadInput: a path is missing, no text file, or not UTF-8.
        AlexError: nothing is running.
    """
    documents = [(path, _read_text(path)) for path in text_files(paths)]
    knowledge = running_service("vector_store", user, folder)
    for path, text in documents:
        answer = knowledge.post("/ingest", {"title": title_of(path, text), "text": text, "kind": "note"})
        terminal.say(f"{answer.get('status')}  {path}  {answer.get('document_id')}, {answer.get('chunks')} chunks")


def text_files(paths: Iterable[Path]) -> list[Path]:
    """Return the Markdown and text files in `paths`, folders searched through, each once, in order.

    Raises:
        BadInput: a path is missing or another kind of file, or a folder has no such file.
    """
    found: dict[Path, None] = {}
    for path in paths:
        found |= dict.fromkeys(_files_at(path))
    return list(found)


def title_of(path: Path, text: str) -> str:
    """Return the first Markdown heading of `text`, else the name of the file."""
    headings = (line.lstrip("#").strip() for line in text.splitlines() if line.startswith("#"))
    return next((heading for heading in headings if heading), path.stem)


def _files_at(path: Path) -> Iterator[Path]:
    if path.is_dir():
        inside = sorted(p for p in path.rglob("*") if p.is_file() and p.suffix.lower() in TEXT_SUFFIXES)
        if not inside:
            raise BadInput(f"{path} has no Markdown or text file ({', '.join(sorted(TEXT_SUFFIXES))})")
        yield from inside
    elif not path.exists():
        raise BadInput(f"there is no file {path}")
    elif path.suffix.lower() not in TEXT_SUFFIXES:
        raise BadInput(f"{path} is not a Markdown or text file ({', '.join(sorted(TEXT_SUFFIXES))})")
    else:
        yield path


def _read_text(path: Path) -> str:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as exc:
        raise BadInput(f"{path} is not UTF-8 text (byte {exc.start}); save it as UTF-8") from exc
    except OSError as exc:
        raise BadInput(f"{path} cannot be read: {exc.strerror or exc}") from exc
    if not text.strip():
        raise BadInput(f"{path} is empty")
    return text


def brief_lines(brief: Mapping[str, object]) -> Iterator[str]:
    """Yield a brief as lines to read."""
    if brief.get("summary"):
        yield str(brief["summary"])
        yield ""
    for finding in objects_in(brief.get("findings")):
        claim, quote = finding.get("claim"), finding.get("quote")
        yield f"- ({finding.get('stance')}) {claim}"
        if quote != claim:
            yield f'  "{quote}"'
        yield f"  {finding.get('source_url') or finding.get('document_id')}"


def objects_in(value: object) -> list[dict[str, object]]:
    """Return the JSON objects in a JSON list."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def texts_in(value: object) -> list[str]:
    """Return the items of a JSON list as text."""
    return [str(item) for item in value] if isinstance(value, list) else []
