"""Commands that ask a running stack: plan, research, search."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.text import Text

from alex_tools.brief_text import brief_lines, objects_in, texts_in
from alex_tools.budgeting import NO_BUDGET, BudgetOrder, quote_line, used_line
from alex_tools.client import running_service
from alex_tools.errors import PlanIncomplete
from alex_tools.following import follow_run, start_run
from alex_tools.plan_file import check_writable
from alex_tools.planning import Plan, PlanOrder, make_plan, read_portfolio, write_plan
from alex_tools.storytelling import Story
from alex_tools.terminal import Terminal


@dataclass(frozen=True)
class ResearchOrder:
    """What the research agent is asked: the body of its `POST /runs`."""

    topic: str
    symbols: Sequence[str]
    sources: Sequence[str]
    max_pages: int
    budget: BudgetOrder = NO_BUDGET

    def as_request(self) -> dict[str, object]:
        """Return the body."""
        asked = {"topic": self.topic, "symbols": list(self.symbols), "sources": list(self.sources)}
        return {**asked, "max_pages": self.max_pages, **self.budget.as_request()}


def run_plan(order: PlanOrder, out: Path, user: Mapping[str, str], folder: Path, terminal: Terminal) -> None:
    """Make a plan and write it to `out`.

    Raises:
        AlexError: nothing is running, the portfolio has problems, or the plan is incomplete.
    """
    if isinstance(order.portfolio, Path):
        read_portfolio(order.portfolio)
    check_writable(out)
    planner, researcher = (running_service(name, user, folder) for name in ("planner", "researcher"))
    with planner.http, researcher.http:
        plan = make_plan(planner, order, out, Story(terminal, {"researcher": researcher}), terminal.say)
    tell_plan(plan, planner.url, terminal)
    terminal.say(f"used {used_line(plan.used)}")
    path = write_plan(plan, out)
    terminal.say(f"plan: {path}, {len(plan.findings)} findings from {len(plan.source_urls)} sources", "bold green")


def tell_plan(plan: Plan, planner_url: str, terminal: Terminal) -> None:
    """Print what a plan recommends, and where its figures and claims are opened."""
    for number, title in enumerate(plan.recommendations, start=1):
        terminal.say(f"recommendation {number}: {title}")
    terminal.say(f"its figures and claims: {planner_url}/plans/{plan.id}/facts, .../claims/ID, .../plan.pdf")


def run_research(order: ResearchOrder, user: Mapping[str, str], folder: Path, terminal: Terminal) -> None:
    """Print the brief that the research agent writes.

    Raises:
        AlexError: nothing is running, or the brief is incomplete.
    """
    researcher = running_service("researcher", user, folder)
    body = order.as_request()
    with researcher.http:
        terminal.say(quote_line(researcher, body))
        run = follow_run(researcher, start_run(researcher, body), Story(terminal, {}))
    terminal.say()
    for line in brief_lines(run.output):
        terminal.say(line)
    terminal.say(f"used {used_line(run.used)}")
    if run.status == "partial":
        missing = run.output.get("missing")
        raise PlanIncomplete("the brief is incomplete; missing:", texts_in(missing))


def run_search(query: str, limit: int, user: Mapping[str, str], folder: Path, terminal: Terminal) -> None:
    """Print the passages nearest to `query`.

    Raises:
        AlexError: nothing is running.
    """
    knowledge = running_service("vector_store", user, folder)
    with knowledge.http:
        passages = objects_in(knowledge.post("/search", {"query": query, "limit": limit}).get("passages"))
    if not passages:
        terminal.say("nothing is stored that matches")
    for passage in passages:
        heading = Text.assemble((f"{passage.get('score', 0):.3f}  ", "cyan"), (str(passage.get("title")), "bold"))
        terminal.say(heading)
        terminal.say(f"       {passage.get('url') or passage.get('document_id')}")
        terminal.say(str(passage.get("text")))
        terminal.say()
