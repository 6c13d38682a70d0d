"""Options and help of the `alex` commands for AWS; the work is done in the modules beside it."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import httpx2
import typer
from rich.table import Table
from rich.text import Text

from alex_tools.aws.account import Account, open_account
from alex_tools.aws.app_runner import Watch
from alex_tools.aws.deploying import Deployer, stop_if_wrong
from alex_tools.aws.deployment import DEFAULT_DATABASE, DEFAULT_NAME, Files, Record
from alex_tools.aws.order import order_from
from alex_tools.aws.preflight import Finding, Machine, check_account, check_app_runner, check_machine
from alex_tools.aws.programs import RealPrograms
from alex_tools.aws.removing import Remover
from alex_tools.environment import describe_model, load_environment
from alex_tools.errors import AlexError, BadInput, Stopped
from alex_tools.repository import ROOT
from alex_tools.terminal import Terminal

Name = Annotated[str, typer.Option(help="Name of the deployment; everything in the account begins with it.")]
Region = Annotated[str | None, typer.Option(help="AWS region; that of the environment or profile if none.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]
_COLOURS = {"ok": "green", "warning": "yellow", "wrong": "red"}
_HTTP_SECONDS = 30.0


def deploy(
    context: typer.Context,
    *,
    region: Region = None,
    name: Name = DEFAULT_NAME,
    email: Annotated[str | None, typer.Option(help="Who is told when the budget is nearly spent.")] = None,
    budget: Annotated[float | None, typer.Option(min=1, help="Monthly budget in US dollars; 50 if none.")] = None,
    database: Annotated[
        str | None,
        typer.Option(help="dsql: clusters of Aurora DSQL (if none); url: PostgreSQL addresses in the environment."),
    ] = None,
    probe: Annotated[
        bool, typer.Option("--check-app-runner", help="Try whether this account may create App Runner services.")
    ] = False,
    rotate_key: Annotated[
        bool, typer.Option("--rotate-key", help="Replace the key between gateway and services.")
    ] = False,
    yes: Yes = False,
) -> None:
    """Bring the current commit up in an AWS account, or go on with a deployment that stopped half-way.

    E-mail address, budget and database are those of the last time unless they are given again.
    """
    terminal, user = _terminal(context), load_environment(Path.cwd())
    machine, account = Machine(RealPrograms(), ROOT, user), open_account(user, region)
    files = Files(Path.cwd(), name, account.region)
    chosen = {"email": email, "budget_usd": budget, "database": database}
    order = order_from(user, files.read(), name=name, rotate_key=rotate_key, **chosen)
    stop_if_wrong(_show([*check_machine(machine), *check_account(account, order.database, name)], terminal))
    if probe:
        stop_if_wrong(_show([check_app_runner(account, Watch())], terminal))
    terminal.say(describe_model(user))
    with httpx2.Client(timeout=_HTTP_SECONDS) as http:
        deployer = Deployer(account, machine, files, terminal, http)
        deployer.show_plan(order)
        if not order.email:
            terminal.warn("without --email nobody is told when it becomes expensive")
        _ask(f"Deploy {name!r} to {account.region}? It costs money from now on.", yes=yes)
        record = deployer.deploy(order)
    _say_how_to_use(record, terminal)


def destroy(context: typer.Context, *, region: Region = None, name: Name = DEFAULT_NAME, yes: Yes = False) -> None:
    """Take a deployment down, its knowledge and portfolios with it, and show that nothing is left."""
    remover = _remover(context, name, region)
    things = remover.find()
    remover.show(things)
    _ask(f"Remove all of this, with its data, from {remover.account.region}?", yes=yes)
    remover.destroy()


def cleanup(context: typer.Context, *, region: Region = None, name: Name = DEFAULT_NAME, yes: Yes = False) -> None:
    """Find by its names what is left of a deployment whose state is lost, and delete it."""
    remover = _remover(context, name, region)
    things = remover.find()
    if not things:
        remover.terminal.say(f"nothing of {name!r} is in {remover.account.region}")
        return
    remover.show(things)
    _ask(f"Delete all of this, with its data, from {remover.account.region}?", yes=yes)
    remover.clean_up()


def run_aws_doctor(region: str | None, name: str, terminal: Terminal) -> None:
    """Print what this machine and the account have, and what is deployed.

    Raises:
        BadInput: something stands in the way of a deployment.
    """
    user = load_environment(Path.cwd())
    account = open_account(user, region)
    machine, files = Machine(RealPrograms(), ROOT, user), Files(Path.cwd(), name, account.region)
    database = str(files.read().given("database", DEFAULT_DATABASE))
    findings = [*check_machine(machine), *check_account(account, database, name)]
    _show(findings, terminal)
    if not any(finding.what == "credentials" and finding.state == "wrong" for finding in findings):
        remover = Remover(account, machine, files, terminal)
        things = remover.find()
        terminal.say(f"{name!r} has {len(things) or 'nothing'} in {account.region}{':' if things else ''}")
        remover.show(things)
    wrong = [f"{finding.what}: {finding.text}" for finding in findings if finding.state == "wrong"]
    if wrong:
        raise BadInput("before a deployment, mend:", wrong)


def _remover(context: typer.Context, name: str, region: str | None) -> Remover:
    user = load_environment(Path.cwd())
    account: Account = open_account(user, region)
    files = Files(Path.cwd(), name, account.region)
    return Remover(account, Machine(RealPrograms(), ROOT, user), files, _terminal(context))


def _show(findings: Iterable[Finding], terminal: Terminal) -> list[Finding]:
    table, kept = Table(show_header=False), list(findings)
    table.add_column("what", style="bold", no_wrap=True)
    table.add_column("state", no_wrap=True)
    table.add_column("finding", overflow="fold")
    for finding in kept:
        table.add_row(finding.what, Text(finding.state, _COLOURS[finding.state]), Text(finding.text))
    terminal.out.print(table)
    return kept


def _ask(question: str, *, yes: bool) -> None:
    try:
        agreed = yes or typer.confirm(question)
    except typer.Abort:
        agreed = False
    if not agreed:
        raise Stopped


def _say_how_to_use(record: Record, terminal: Terminal) -> None:
    def reading(secret: str) -> str:
        options = f"--secret-id {record.name}/{secret} --region {record.region} --query SecretString --output text"
        return f"  aws secretsmanager get-secret-value {options}"

    terminal.say(f"the web page: {record.page}", "bold green")
    terminal.say("its password, with any name:")
    terminal.say(reading("page-password"))
    terminal.say(f"the gateway, for programs: {record.url}", "bold green")
    terminal.say("its API key:")
    terminal.say(reading("caller-key"))
    terminal.say("to use it with `alex plan`, `alex research` and `alex search`, set")
    terminal.say(f"  ALEX_URL={record.url} and ALEX_API_KEYS=<the key>")


def _terminal(context: typer.Context) -> Terminal:
    if not isinstance(context.obj, Terminal):
        raise AlexError("the command was called without a terminal")
    return context.obj
