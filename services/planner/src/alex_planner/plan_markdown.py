"""A plan as a Markdown document. The same plan gives the same bytes; texts of others cannot add markup to it."""

import re
from collections.abc import Sequence
from datetime import datetime
from decimal import ROUND_HALF_EVEN, Decimal

from alex_runs import KnownCost, Receipt

from alex_planner.allocation import Allocation, AllocationSlice
from alex_planner.assumptions import Assumption
from alex_planner.facts import format_money, format_percent
from alex_planner.markdown_text import escape, link, table
from alex_planner.plan import Plan, PlanFinding
from alex_planner.retirement.outcome import ProjectionYear
from alex_planner.retirement.projection import Projection

_NONE = "-"
_ADDRESS = re.compile(r"(https?://[^\s;,()]+)")


def render_plan(plan: Plan) -> str:
    """Return the document, ending with a line end."""
    sections = [
        _head(plan),
        _where_you_stand(plan),
        *([_projection(plan.projection)] if plan.projection else []),
        *([_assumptions(plan.assumptions)] if plan.assumptions else []),
        _findings(plan.findings),
        _case_against(plan.findings),
        _sources_tried(plan),
        _missing(plan.missing),
        _how_it_was_made(plan),
        ["## Notice", "", escape(plan.not_advice)],
    ]
    return "\n\n".join("\n".join(lines) for lines in sections) + "\n"


def _head(plan: Plan) -> list[str]:
    lines = [f"# Plan for {escape(plan.portfolio.name)}", ""]
    if plan.status == "partial":
        lines.append(
            "**Status: partial.** A part of this plan could not be made; see [What is missing](#what-is-missing)."
        )
    else:
        lines.append("**Status: completed.**")
    as_of = plan.portfolio.as_of
    prices = f"newest price of {as_of.isoformat()}" if as_of else "no price has a date"
    if plan.goals.text:
        lines += ["", f"Goal in the owner's words: {escape(plan.goals.text)}"]
    return [*lines, "", f"Portfolio `{_code(plan.portfolio.id)}`, {prices}; written {_time(plan.generated_at)}."]


def _where_you_stand(plan: Plan) -> list[str]:
    allocation = plan.allocation
    lines = ["## Where you stand", "", _total(allocation)]
    for paragraph in plan.summary:
        lines += ["", escape(paragraph)]
    lines += ["", *_holdings(allocation)]
    dimensions = {
        "asset class": allocation.by_asset_class,
        "region": allocation.by_region,
        "sector": allocation.by_sector,
        "currency": allocation.by_currency,
        "account": allocation.by_account,
    }
    for name, slices in dimensions.items():
        if slices:
            lines += ["", f"### By {name}", "", *_slices(name, slices, allocation.base_currency or "")]
    return [*lines, *_not_counted(allocation)]


def _total(allocation: Allocation) -> str:
    if allocation.base_currency is None:
        return "**Total: not known (incomplete).** No position has a price."
    total = format_money(allocation.total, allocation.base_currency)
    if allocation.complete:
        text = f"**Total: {total}.**"
    else:
        text = f"**Total: {total} (incomplete).** " + " ".join(map(escape, allocation.why_incomplete()))
    dates = allocation.price_dates
    if dates.oldest and dates.newest:
        same = dates.oldest == dates.newest
        text += f" Prices are of {dates.oldest.isoformat()}{'' if same else f' to {dates.newest.isoformat()}'}."
    return text


def _holdings(allocation: Allocation) -> list[str]:
    header = ("holding", "name", "account", "quantity", "price", "price date", "value", "share")
    rows = [
        (
            escape(position.symbol),
            _cell(position.name),
            _cell(position.account),
            f"{position.quantity:,f}",
            f"{position.price:,f} {position.currency}" if position.price is not None else "unpriced",
            position.price_date.isoformat() if position.price_date else _NONE,
            format_money(position.value, position.currency) if position.value is not None else _NONE,
            format_percent(position.share) if position.share is not None else _NONE,
        )
        for position in allocation.positions
    ]
    return ["### Holdings", "", *table(header, rows, numbers_from=3)]


def _slices(name: str, slices: Sequence[AllocationSlice], currency: str) -> list[str]:
    rows = [
        (
            escape(_spoken(item.key)),
            format_money(item.amount, currency),
            format_percent(item.share) if item.share is not None else _NONE,
        )
        for item in slices
    ]
    return table((name, "amount", "share"), rows)


def _not_counted(allocation: Allocation) -> list[str]:
    if not allocation.unpriced and not allocation.unconverted:
        return []
    lines = ["", "### Not counted", ""]
    lines += [f"- {escape(symbol)}: no price is known, and none was made up." for symbol in allocation.unpriced]
    lines += [
        f"- {escape(item.symbol)}: {format_money(item.amount, item.currency)}, which is not converted to "
        f"{allocation.base_currency} because no exchange rate is known."
        for item in allocation.unconverted
    ]
    return lines


def _projection(projection: Projection) -> list[str]:
    currency = projection.currency
    mix = ", ".join(f"{escape(_spoken(item.asset_class))} {format_percent(item.share)}" for item in projection.mix)
    start = format_money(projection.start_value, currency) + (
        "" if projection.complete else " (not the whole portfolio)"
    )
    rows = [_projection_row(year) for year in projection.spoken_years()]
    header = ("year", "5 %", "25 %", "median", "75 %", "95 %", "paid in", "chance of a real loss")
    left_out = [
        f"- Not projected, for want of an assumption: {escape(_spoken(item.asset_class))}, "
        f"{format_money(item.amount, currency)}."
        for item in projection.not_projected
    ]
    premises = (
        f"In today's money of {currency}, after inflation and before taxes and fees. Start {start}; mix {mix}, "
        f"brought back to these weights each year; paid in each year "
        f"{format_money(projection.annual_contribution, currency)}."
    )
    lines = ["## What it may become", "", premises, "", *table(header, rows, numbers_from=0), "", _reading(projection)]
    return [*lines, "", *left_out] if left_out else lines


def _reading(projection: Projection) -> str:
    final, currency = projection.final, projection.currency
    return (
        f"The column 5 % is the value that 5 % of {projection.paths:,} simulated paths stay below. Standard error "
        f"after {final.year} years: median {format_money(final.median_error, currency)}, mean "
        f"{format_money(final.mean_error, currency)}."
    )


def _projection_row(year: ProjectionYear) -> tuple[str, ...]:
    amounts = (year.p5, year.p25, year.p50, year.p75, year.p95, year.paid_in)
    loss = year.probability_of_loss
    return (str(year.year), *(_whole(amount) for amount in amounts), _NONE if loss is None else format_percent(loss))


def _whole(amount: Decimal) -> str:
    return f"{amount.quantize(Decimal(1), rounding=ROUND_HALF_EVEN):,}"


def _assumptions(assumptions: Sequence[Assumption]) -> list[str]:
    rows = [
        (escape(item.name), f"{item.value} {escape(item.unit)}", escape(item.note), _source(item.source))
        for item in assumptions
    ]
    return [
        "### Assumptions",
        "",
        "These are the planning assumptions of this project, rounded from long-run history; they are not forecasts.",
        "",
        *table(("assumption", "value", "note", "source"), rows, numbers_from=9),
    ]


def _source(text: str) -> str:
    """Return a source with its addresses as links."""
    parts = _ADDRESS.split(text)
    shown = " ".join(_address(part) if number % 2 else escape(part) for number, part in enumerate(parts) if part)
    return re.sub(r" (?=[;,.)])", "", shown)


def _findings(findings: Sequence[PlanFinding]) -> list[str]:
    lines = ["## What was found", ""]
    shown = [finding for finding in findings if finding.stance != "against"]
    if not shown:
        return [*lines, "Nothing that supports or explains a holding was found."]
    groups: dict[str, list[PlanFinding]] = {}
    for finding in shown:
        groups.setdefault(", ".join(finding.symbols) or "General", []).append(finding)
    for name, group in groups.items():
        lines += [f"### {escape(name)}", ""]
        for finding in group:
            lines += [*_finding(finding), ""]
    return lines[:-1]


def _case_against(findings: Sequence[PlanFinding]) -> list[str]:
    lines = ["## The case against", ""]
    against = [finding for finding in findings if finding.stance == "against"]
    if not against:
        return [*lines, "No source against was found among those tried; that does not mean that there is none."]
    for finding in against:
        lines += [*_finding(finding, about=", ".join(finding.symbols)), ""]
    return lines[:-1]


def _finding(finding: PlanFinding, about: str = "") -> list[str]:
    published = f"published {_day(finding.published_at)}" if finding.published_at else "not dated"
    lead = f"**{escape(about)}**: " if about else ""
    read = f"read {_day(finding.fetched_at)}; stored as `{_code(finding.document_id)}`"
    source = f"{link(finding.title, finding.source_url)}, {published}, {read}."
    if finding.claim == finding.quote:
        return [f"- {lead}\u201c{escape(finding.quote)}\u201d", "", f"  {source}"]
    return [f"- {lead}{escape(finding.claim)}", "", f"  > {escape(finding.quote)}", "", f"  {source}"]


def _sources_tried(plan: Plan) -> list[str]:
    lines = ["## Sources tried", ""]
    if not plan.sources_tried:
        return [*lines, "None."]
    rows = [(_address(source.url), escape(source.status), _cell(source.reason)) for source in plan.sources_tried]
    return [*lines, *table(("source", "result", "reason"), rows, numbers_from=9)]


def _missing(missing: Sequence[str]) -> list[str]:
    return ["## What is missing", "", *([f"- {escape(item)}" for item in missing] or ["Nothing that was asked for."])]


def _how_it_was_made(plan: Plan) -> list[str]:
    lines = ["## How this was made", "", f"- Words: {escape(plan.model_label)}. Figures: computed by code."]
    if plan.projection:
        made = plan.projection
        lines.append(f"- Simulation: {made.paths:,} paths, seed {made.seed}, generator {escape(made.generator)}.")
    lines.append(
        f"- Numbers in the prose: {plan.gate.checked} paragraphs checked against the computed facts, "
        f"{plan.gate.replaced} replaced by computed sentences."
    )
    return [*lines, f"- Used: {escape(_used(plan.receipt))}."]


def _used(receipt: Receipt) -> str:
    total = receipt.total
    cost = f"{total.cost.usd:f} USD" if isinstance(total.cost, KnownCost) else f"cost unknown ({total.cost.reason})"
    return (
        f"{total.requests} model calls and {receipt.delegated_runs} research runs, {total.input_tokens:,} tokens read, "
        f"{total.output_tokens:,} written, {total.seconds:.1f} s of work, {cost}"
    )


def _spoken(key: str) -> str:
    return key.replace("_", " ")


def _address(url: str) -> str:
    """Return a link that shows where it leads, without the scheme, which would have to be escaped."""
    return link(re.sub(r"^https?://", "", url), url)


def _cell(text: str | None) -> str:
    return escape(text) if text else _NONE


def _code(text: str) -> str:
    """Return an identifier for a code span, which cannot be escaped: whatever could end it is dropped."""
    return "".join(char for char in text if char.isalnum() or char in "_-:.")


def _time(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _day(moment: datetime) -> str:
    return moment.date().isoformat()
