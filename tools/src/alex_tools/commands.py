"""The command line: options and help of every `alex` command. The work is done in the modules it calls."""

from pathlib import Path
from typing import Annotated

import typer

from alex_tools import asking, checks, watching
from alex_tools.analysing import analyse
from alex_tools.aws import commands as aws_commands
from alex_tools.aws.deployment import DEFAULT_NAME
from alex_tools.budgeting import BudgetOrder
from alex_tools.demo import DemoOrder, run_demo
from alex_tools.doctor import run_doctor
from alex_tools.environment import load_environment
from alex_tools.errors import BadInput
from alex_tools.importing import import_file
from alex_tools.newsroom_server import bundled_newsroom
from alex_tools.plan_command import plan
from alex_tools.repository import SAMPLE_PORTFOLIO
from alex_tools.retiring import retire
from alex_tools.stack import port_offset, shifted_services
from alex_tools.terminal import Terminal
from alex_tools.up import run_up
from alex_tools.web_page import NO_NODE, find_node, page_service

app = typer.Typer(
    name="alex",
    help="From real positions to a plan one can check.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Sources = Annotated[list[str] | None, typer.Option("--source", help="Page to start from; may be given again.")]
BudgetUsd = Annotated[float | None, typer.Option(min=0.0001, help="US dollars it may use at the most.")]
BudgetTokens = Annotated[int | None, typer.Option(min=1, help="Tokens it may use at the most.")]
BudgetSeconds = Annotated[float | None, typer.Option(min=1, help="Seconds it may work at the most.")]
Out = Annotated[Path, typer.Option(help="Where the plan is written; as PDF when the name ends so, else Markdown.")]


@app.command()
def up(context: typer.Context) -> None:
    """Start all services on this machine and show their logs until Ctrl-C."""
    user = load_environment(Path.cwd())
    offset, terminal = port_offset(user), _terminal(context)
    services = shifted_services(offset)
    if find_node() is None:
        terminal.warn(NO_NODE)
    else:
        services = (*services, page_service(offset))
    run_up(services, user, Path.cwd(), terminal)


@app.command()
def demo(
    context: typer.Context,
    *,
    exit_when_done: Annotated[bool, typer.Option("--exit", help="End when the plan is written.")] = False,
    portfolio: Annotated[Path, typer.Option(help="CSV file with positions.")] = SAMPLE_PORTFOLIO,
    newsroom: Annotated[Path | None, typer.Option(help="Folder with pages to serve; the sample one if none.")] = None,
    out: Out = Path("plan.md"),
) -> None:
    """Start all services, research two holdings in a sample newsroom, and write a plan."""
    user = load_environment(Path.cwd())
    offset = port_offset(user)
    order = DemoOrder(portfolio, newsroom or bundled_newsroom(), out, exit_when_done)
    run_demo(shifted_services(offset), offset, user, order, _terminal(context))


@app.command()
def research(
    context: typer.Context,
    topic: Annotated[str | None, typer.Argument(help="What to find out about.")] = None,
    source: Sources = None,
    *,
    symbol: Annotated[list[str] | None, typer.Option(help="Symbol the topic is about; may be given again.")] = None,
    max_pages: Annotated[int, typer.Option(min=1, help="Pages to read.")] = 6,
    follow: Annotated[bool, typer.Option("--follow", help="Repeat it from now on, see --every and --due.")] = False,
    every: Annotated[str, typer.Option(help="How often a followed topic is due: 12h, 1d, 2w ...")] = "1d",
    due: Annotated[bool, typer.Option("--due", help="Research the followed topics that are due.")] = False,
    budget_usd: BudgetUsd = None,
    budget_tokens: BudgetTokens = None,
    budget_seconds: BudgetSeconds = None,
) -> None:
    """Let the research agent write a brief with quoted sources, once or again and again."""
    user, folder, terminal = load_environment(Path.cwd()), Path.cwd(), _terminal(context)
    if (topic is None) != due:
        raise BadInput("give either a topic or --due")
    if topic is None:
        watching.run_due(user, folder, terminal)
        return
    budget = BudgetOrder(budget_usd, budget_tokens, budget_seconds)
    order = asking.ResearchOrder(topic, symbol or [], source or [], max_pages, budget)
    if follow:
        watching.run_follow(order, every, user, folder, terminal)
    else:
        asking.run_research(order, user, folder, terminal)


@app.command()
def search(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help="What to look for.")],
    *,
    limit: Annotated[int, typer.Option(min=1, max=50, help="Passages to show.")] = 5,
) -> None:
    """Find passages in the knowledge base."""
    asking.run_search(query, limit, load_environment(Path.cwd()), Path.cwd(), _terminal(context))


@app.command()
def ingest(
    context: typer.Context,
    path: Annotated[list[Path], typer.Argument(help="PDF, HTML, Markdown or text files, or folders with such files.")],
    *,
    kind: Annotated[str, typer.Option(help="One lower-case word that sorts documents: note, filing ...")] = "note",
) -> None:
    """Store documents in the knowledge base; the same again changes nothing."""
    # Its MCP client takes a second to load, which no other command should wait for.
    from alex_tools.ingesting import run_ingest  # noqa: PLC0415  as said above

    run_ingest(path, kind, load_environment(Path.cwd()), Path.cwd(), _terminal(context))


@app.command()
def doctor(
    context: typer.Context,
    *,
    aws: Annotated[bool, typer.Option("--aws", help="Show what a deployment to AWS needs, and what is there.")] = False,
    region: aws_commands.Region = None,
    name: aws_commands.Name = DEFAULT_NAME,
) -> None:
    """Show what this machine has and which services answer."""
    if aws:
        aws_commands.run_aws_doctor(region, name, _terminal(context))
    else:
        run_doctor(load_environment(Path.cwd()), Path.cwd(), _terminal(context))


@app.command("test", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def run_tests(
    context: typer.Context,
    *,
    fast: Annotated[bool, typer.Option("--fast", help="Leave out the tests that start the whole stack.")] = False,
) -> None:
    """Check the repository: ruff, mypy, pytest. Other arguments go to pytest."""
    raise typer.Exit(checks.run_checks(context.args, fast=fast, terminal=_terminal(context)))


app.command("import")(import_file)
app.command()(plan)
app.command()(analyse)
app.command()(retire)
app.command()(aws_commands.deploy)
app.command()(aws_commands.destroy)
app.command()(aws_commands.cleanup)


def _terminal(context: typer.Context) -> Terminal:
    assert isinstance(context.obj, Terminal)
    return context.obj
