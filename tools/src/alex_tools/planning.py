"""A portfolio file becomes a plan file, over the HTTP API of a running planner."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path

from alex_tools.budgeting import NO_BUDGET, BudgetOrder, quote_line
from alex_tools.client import ServiceClient
from alex_tools.errors import AlexError, BadInput, PlanIncomplete
from alex_tools.following import Event, Run, follow_run, start_run
from alex_tools.plan_file import partial_path, write_whole


@dataclass(frozen=True)
class PlanOrder:
    """What a plan is asked for with."""

    portfolio: Path | str | None
    """A file, the id of a stored portfolio, or `None` for the one that was stored last."""
    sources: Sequence[str] = ()
    holdings: int = 2
    """How many of the largest holdings are researched."""
    max_pages: int = 6
    """Pages read for one holding."""
    goals: Mapping[str, object] = field(default_factory=dict)
    """As the planner's API names them."""
    questions: Sequence[str] = ()
    """What the owner wants to know."""
    target: Mapping[str, Decimal] = field(default_factory=dict)
    """Wished shares by asset class, as fractions; empty for none."""
    analysis: Mapping[str, object] = field(default_factory=dict)
    """Prices, costs, taxes and classes, as the planner's API names them."""
    budget: BudgetOrder = NO_BUDGET
    options: Mapping[str, object] = field(default_factory=dict)
    """Band and seed, where they are given, as the planner's API names them."""

    def as_request(self, portfolio_id: str) -> dict[str, object]:
        """Return the body of `POST /runs`."""
        return {
            "portfolio_id": portfolio_id,
            "goals": dict(self.goals),
            "analysis": dict(self.analysis),
            "questions": list(self.questions),
            "target": {name: str(share) for name, share in self.target.items()} or None,
            "research": {"holdings": self.holdings, "sources": list(self.sources), "max_pages": self.max_pages},
            **self.options,
            **self.budget.as_request(),
        }


@dataclass(frozen=True)
class Plan:
    """A finished plan, not yet written."""

    id: str
    status: str
    content: bytes
    """The document, Markdown or PDF."""
    missing: tuple[str, ...] = ()
    findings: tuple[Mapping[str, object], ...] = field(default=())
    recommendations: tuple[str, ...] = ()
    """Their titles, the most important first."""
    used: Mapping[str, object] = field(default_factory=dict)
    """What the run used, its research included."""

    @property
    def source_urls(self) -> set[str]:
        """Addresses that the findings quote."""
        return {str(finding["source_url"]) for finding in self.findings if finding.get("source_url")}


def read_portfolio(path: Path) -> bytes:
    """Return the bytes of a portfolio file.

    Raises:
        BadInput: it is missing or cannot be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise BadInput(f"there is no portfolio file {path}") from None
    except OSError as exc:
        raise BadInput(f"the portfolio file {path} cannot be read: {exc.strerror or exc}") from exc


def make_plan(
    planner: ServiceClient,
    order: PlanOrder,
    out: Path,
    on_event: Callable[[Event], None],
    tell: Callable[[str], None],
) -> Plan:
    """Import the portfolio, let the planner work, and return its plan in the form of `out`; nothing is written.

    `tell` is told beforehand what the run will probably use.

    Raises:
        BadInput: the portfolio has problems; one detail per problem, with line and column.
        AlexError: the planner failed or went away.
    """
    portfolio_id = _portfolio_id(planner, order.portfolio)
    body = order.as_request(portfolio_id)
    tell(quote_line(planner, body))
    run = follow_run(planner, start_run(planner, body), on_event)
    form = "pdf" if out.suffix.lower() == ".pdf" else "md"
    return _plan(run, planner.checked("GET", f"/plans/{run.output.get('id')}/plan.{form}").content)


def _portfolio_id(planner: ServiceClient, portfolio: Path | str | None) -> str:
    if isinstance(portfolio, Path):
        return import_portfolio(planner, portfolio)
    return portfolio or newest(planner)


def newest(planner: ServiceClient) -> str:
    """Return the id of the portfolio that was stored last.

    Raises:
        BadInput: there is none.
    """
    found = planner.get("/portfolios").get("portfolios")
    if not isinstance(found, list) or not found:
        raise BadInput("there is no portfolio yet; import one with: alex import FILE")
    return str(found[0]["id"])


def fraction(percent: float) -> str:
    """Return `0.05000000` for 5, as the planner's API takes it."""
    return f"{percent / 100:.8f}"


def read_classes(parts: Sequence[str]) -> list[dict[str, str]]:
    """Return what the owner says of holdings, from parts such as `ACME=equity`.

    Raises:
        BadInput: a part is no such thing.
    """
    classes = []
    for part in parts:
        symbol, _, name = (piece.strip() for piece in part.partition("="))
        if not symbol or not name:
            raise BadInput(f"the class {part!r} is not of the form ACME=equity")
        classes.append({"symbol": symbol, "asset_class": name})
    return classes


def text_of(file: Path) -> str:
    """Return a file of prices or of past years.

    Raises:
        BadInput: it cannot be read as UTF-8.
    """
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as exc:
        raise BadInput(f"{file} cannot be read as text in UTF-8 ({exc})") from exc


def read_target(parts: Sequence[str]) -> dict[str, Decimal]:
    """Return a target mix from parts such as `equity=60`, in percent.

    Raises:
        BadInput: a part is no such thing.
    """
    target = {}
    for part in parts:
        name, _, percent = part.partition("=")
        try:
            target[name.strip()] = Decimal(percent.strip().rstrip("%")) / 100
        except InvalidOperation:
            raise BadInput(f"the target {part!r} is not of the form equity=60, in percent") from None
    return target


def import_portfolio(planner: ServiceClient, path: Path) -> str:
    """Keep the portfolio at the planner and return its id; raises as `make_plan` does."""
    content = read_portfolio(path)
    try:
        answer = planner.post_csv("/portfolios/import", content, {"name": path.stem})
    except BadInput as exc:
        raise BadInput(f"{path} cannot be used: {exc.message}", exc.details) from exc
    return str(answer["id"])


def write_plan(plan: Plan, path: Path) -> Path:
    """Write a complete plan to `path` and an incomplete one beside it; returns where it is.

    Raises:
        PlanIncomplete: after writing; names each missing thing.
    """
    if plan.status == "completed":
        write_whole(path, plan.content)
        return path
    target = partial_path(path)
    write_whole(target, plan.content)
    raise PlanIncomplete(f"the plan is incomplete; what there is of it is in {target}; missing:", plan.missing)


def _plan(run: Run, content: bytes) -> Plan:
    missing, findings = run.output.get("missing"), run.output.get("findings")
    recommended = run.output.get("recommendations")
    if not content.strip():
        raise AlexError("planner: the plan is empty")
    return Plan(
        str(run.output.get("id")),
        run.status,
        content,
        tuple(str(thing) for thing in missing) if isinstance(missing, list) else (),
        tuple(f for f in findings if isinstance(f, dict)) if isinstance(findings, list) else (),
        tuple(str(r.get("title")) for r in recommended if isinstance(r, dict)) if isinstance(recommended, list) else (),
        run.used,
    )
