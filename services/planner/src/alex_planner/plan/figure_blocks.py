"""The figures of a plan as tables."""

from collections.abc import Iterator
from decimal import ROUND_HALF_EVEN, Decimal

from alex_planner.allocation import Allocation, PositionValue
from alex_planner.facts import format_money, format_percent
from alex_planner.plan.blocks import Block, Bullets, Heading, Paragraph, grid, line, paragraph, strong
from alex_planner.retirement.outcome import ProjectionYear
from alex_planner.retirement.projection import Projection

NONE = "–"


def figure_blocks(allocation: Allocation) -> Iterator[Block]:
    """Yield total, holdings and parts of a portfolio, and what is not counted."""
    yield _total(allocation)
    yield Heading(3, "Holdings")
    header = ("holding", "name", "account", "quantity", "price", "price date", "value", "share")
    yield grid(header, [_holding(item) for item in allocation.positions], numbers_from=3)
    dimensions = {
        "asset class": allocation.by_asset_class,
        "region": allocation.by_region,
        "sector": allocation.by_sector,
        "currency": allocation.by_currency,
        "account": allocation.by_account,
    }
    currency = allocation.base_currency or ""
    for name, slices in dimensions.items():
        if slices:
            rows = [(spoken(item.key), format_money(item.amount, currency), _percent(item.share)) for item in slices]
            yield Heading(3, f"By {name}")
            yield grid((name, "amount", "share"), rows)
    yield from _not_counted(allocation)


def projection_blocks(projection: Projection) -> Iterator[Block]:
    """Yield what a portfolio may become, with its premises."""
    currency = projection.currency
    mix = ", ".join(f"{spoken(item.asset_class)} {format_percent(item.share)}" for item in projection.mix)
    whole = "" if projection.complete else " (not the whole portfolio)"
    yield Heading(2, "What it may become")
    yield paragraph(
        f"In today's money of {currency}, after inflation and the fees that were given, before taxes. Start "
        f"{format_money(projection.start_value, currency)}{whole}; mix {mix}, brought back to these weights each year; "
        f"paid in each year {format_money(projection.annual_contribution, currency)}."
    )
    header = ("year", "5 %", "25 %", "median", "75 %", "95 %", "paid in", "chance of a real loss")
    yield grid(header, [_year(item) for item in projection.spoken_years()], numbers_from=0)
    final = projection.final
    yield paragraph(
        f"The column 5 % is the value that 5 % of {projection.paths:,} simulated paths stay below. Standard error "
        f"after {final.year} years: median {format_money(final.median_error, currency)}, mean "
        f"{format_money(final.mean_error, currency)}."
    )
    if projection.not_projected:
        yield Bullets(
            tuple(
                line(
                    f"Not projected, for want of an assumption: {spoken(item.asset_class)}, "
                    f"{format_money(item.amount, currency)}."
                )
                for item in projection.not_projected
            )
        )


def spoken(key: str) -> str:
    """Return a key as words."""
    return key.replace("_", " ")


def _total(allocation: Allocation) -> Paragraph:
    if allocation.base_currency is None:
        return paragraph(strong("Total: not known (incomplete)."), " No position has a price.")
    total = format_money(allocation.total, allocation.base_currency)
    dates, prices = allocation.price_dates, ""
    if dates.oldest and dates.newest:
        same = dates.oldest == dates.newest
        prices = f" Prices are of {dates.oldest.isoformat()}{'' if same else f' to {dates.newest.isoformat()}'}."
    if allocation.complete:
        return paragraph(strong(f"Total: {total}."), prices)
    return paragraph(strong(f"Total: {total} (incomplete)."), f" {' '.join(allocation.why_incomplete())}", prices)


def _holding(item: PositionValue) -> tuple[str, ...]:
    stale = " (stale)" if item.price_state == "stale" else ""
    return (
        item.symbol,
        item.name or NONE,
        item.account or NONE,
        f"{item.quantity:,f}",
        f"{item.price:,f} {item.currency}" if item.price is not None else "unpriced",
        f"{item.price_date.isoformat()}{stale}" if item.price_date else NONE,
        format_money(item.value, item.currency) if item.value is not None else NONE,
        _percent(item.share),
    )


def _percent(share: Decimal | None) -> str:
    return NONE if share is None else format_percent(share)


def _not_counted(allocation: Allocation) -> Iterator[Block]:
    items = [f"{symbol}: no price is known, and none was made up." for symbol in allocation.unpriced]
    items += [
        f"{item.symbol}: {format_money(item.amount, item.currency)}, which is not converted to "
        f"{allocation.base_currency} because no exchange rate is known."
        for item in allocation.unconverted
    ]
    if items:
        yield Heading(3, "Not counted")
        yield Bullets(tuple(line(item) for item in items))


def _year(year: ProjectionYear) -> tuple[str, ...]:
    amounts = (year.p5, year.p25, year.p50, year.p75, year.p95, year.paid_in)
    return (str(year.year), *(_whole(amount) for amount in amounts), _percent(year.probability_of_loss))


def _whole(amount: Decimal) -> str:
    return f"{amount.quantize(Decimal(1), rounding=ROUND_HALF_EVEN):,}"
