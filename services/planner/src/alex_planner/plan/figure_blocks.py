"""What a portfolio is made of, as tables."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from alex_planner.allocation import UNCLASSIFIED, Allocation, AllocationSlice, PositionValue
from alex_planner.allocation_facts import names_of_holdings
from alex_planner.facts import format_money, format_percent
from alex_planner.plan.blocks import Block, Bullets, Heading, Paragraph, grid, known_grid, line, paragraph, strong
from alex_planner.wording import NONE, spoken

MAX_HOLDINGS_SHOWN = 40
"""Rows of the table of holdings, the largest first; the rest is one sentence, and the plan's JSON has all."""
_DIMENSIONS = {
    "asset class": "by_asset_class",
    "region": "by_region",
    "sector": "by_sector",
    "currency": "by_currency",
    "account": "by_account",
}


def total_block(allocation: Allocation) -> Paragraph:
    """Return what is counted of a portfolio that is not whole, and why the rest is not."""
    if allocation.base_currency is None:
        return paragraph(strong("Total: not known (incomplete)."), " No position has a price.")
    total = format_money(allocation.total, allocation.base_currency)
    return paragraph(strong(f"Total: {total} (incomplete)."), f" {' '.join(allocation.why_incomplete())}")


def days_of_prices(allocation: Allocation) -> str:
    """Return the days of the prices in words."""
    dates = allocation.price_dates
    if dates.oldest is None or dates.newest is None:
        return "unknown days, because the file does not say"
    same = dates.oldest == dates.newest
    return dates.oldest.isoformat() if same else f"{dates.oldest.isoformat()} to {dates.newest.isoformat()}"


def holding_blocks(allocation: Allocation) -> Iterator[Block]:
    """Yield the holdings, and what is not counted."""
    yield Heading(3, "Holdings")
    yield from _holdings(allocation)
    yield from _not_counted(allocation)


def part_blocks(allocation: Allocation) -> Iterator[Block]:
    """Yield each way of dividing a portfolio."""
    for name, field in _DIMENSIONS.items():
        yield from _parts(name, getattr(allocation, field), allocation)


def share_heading(allocation: Allocation) -> str:
    """Return what the shares of a portfolio are shares of, as the head of a column."""
    return "share" if allocation.complete else "share of what is counted"


def _holdings(allocation: Allocation) -> Iterator[Block]:
    ordered = largest_first(allocation.positions)
    shown, left = ordered[:MAX_HOLDINGS_SHOWN], ordered[MAX_HOLDINGS_SHOWN:]
    header = ("holding", "name", "account", "quantity", "price", "price date", "value", share_heading(allocation))
    yield known_grid(header, [_holding(item) for item in shown], numbers_from=3)
    if left:
        share = sum((item.share or Decimal(0) for item in left), Decimal(0))
        yield paragraph(f"Not shown are {len(left)} smaller holdings, together {format_percent(share)} of the value.")


def largest_first(positions: Iterable[PositionValue]) -> list[PositionValue]:
    """Return positions by their value, those that are not counted last."""
    return sorted(positions, key=lambda item: (item.base_value is None, -(item.base_value or Decimal(0))))


def _holding(item: PositionValue) -> tuple[str, ...]:
    stale = " (stale)" if item.price_state == "stale" else ""
    return (
        item.symbol,
        item.name or NONE,
        item.account or NONE,
        f"{item.quantity:,f}",
        f"{item.price:,f} {item.currency}" if item.price is not None else "unpriced",
        f"{item.price_date.isoformat()}{stale}" if item.price_date else NONE,
        money_cell(item.value, item.currency),
        percent_cell(item.share),
    )


def _parts(name: str, slices: Sequence[AllocationSlice], allocation: Allocation) -> Iterator[Block]:
    """Yield one way of dividing a portfolio; none that has a single part and so tells nothing."""
    if not slices or (len(slices) == 1 and (name != "asset class" or slices[0].key == UNCLASSIFIED)):
        return
    yield Heading(3, f"By {name}")
    currency = allocation.base_currency or ""
    rows = [(spoken(item.key), format_money(item.amount, currency), percent_cell(item.share)) for item in slices]
    yield grid((name, "amount", share_heading(allocation)), rows)


def money_cell(amount: Decimal | None, currency: str) -> str:
    """Return an amount for a table, or the sign that it is not known."""
    return NONE if amount is None else format_money(amount, currency)


def percent_cell(share: Decimal | None) -> str:
    """Return a share for a table, or the sign that it is not known."""
    return NONE if share is None else format_percent(share)


def _not_counted(allocation: Allocation) -> Iterator[Block]:
    names = names_of_holdings(allocation)
    items = [f"{names[symbol]}: no price is known, and none was made up." for symbol in allocation.unpriced]
    items += [
        f"{names[item.symbol]}: {format_money(item.amount, item.currency)}, which is not converted to "
        f"{allocation.base_currency} because no exchange rate is known."
        for item in allocation.unconverted
    ]
    if items:
        yield Heading(3, "Not counted")
        yield Bullets(tuple(line(item) for item in items))
