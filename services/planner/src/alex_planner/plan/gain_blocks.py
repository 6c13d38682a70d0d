"""What was paid for the holdings of a plan and what they have gained, as a table. Nothing is computed here."""

from collections.abc import Iterator

from alex_planner.allocation import Allocation, PositionValue
from alex_planner.allocation_facts import names_of_holdings
from alex_planner.facts import format_money, format_percent
from alex_planner.gains import UnrealisedGains, gain_share
from alex_planner.plan.blocks import Block, Heading, known_grid, paragraph
from alex_planner.plan.figure_blocks import MAX_HOLDINGS_SHOWN, largest_first, money_cell, percent_cell
from alex_planner.wording import NONE, called, listed


def gain_blocks(allocation: Allocation, gains: UnrealisedGains | None) -> Iterator[Block]:
    """Yield cost and unrealised gain of each holding whose cost is known, and of all of them together."""
    known = [item for item in allocation.positions if item.gain is not None]
    if not known:
        return
    yield Heading(3, "What was paid and gained")
    rows = [_row(item) for item in largest_first(known)[:MAX_HOLDINGS_SHOWN]]
    if gains is not None and allocation.base_currency is not None and len(known) > 1:
        rows.append(_together(gains, allocation.base_currency))
    yield known_grid(("holding", "account", "cost", "value", "unrealised gain", "of the cost"), rows, numbers_from=2)
    if gains is not None:
        yield paragraph(_coverage(gains, allocation, len(known) - MAX_HOLDINGS_SHOWN))


def _row(item: PositionValue) -> tuple[str, ...]:
    return (
        called(item.symbol, item.name),
        item.account or NONE,
        money_cell(item.cost, item.currency),
        money_cell(item.value, item.currency),
        money_cell(item.gain, item.currency),
        percent_cell(gain_share(item)),
    )


def _together(gains: UnrealisedGains, currency: str) -> tuple[str, ...]:
    amounts = (format_money(amount, currency) for amount in (gains.cost, gains.value, gains.gain))
    return ("together", NONE, *amounts, percent_cell(gains.gain_share))


def _coverage(gains: UnrealisedGains, allocation: Allocation, left: int) -> str:
    names = names_of_holdings(allocation)
    text = f"The file says what was paid for {format_percent(gains.covered)} of the value without money. "
    if gains.unknown:
        text += f"Not known: {listed([names[symbol] for symbol in gains.unknown])}. "
    if left > 0:
        text += f"Not shown are {left} smaller holdings, which are counted. "
    if gains.converted:
        text += (
            "Together, costs in other currencies are taken at today's exchange rate: what the currencies themselves "
            "gained or lost is in no figure here. "
        )
    return f"{text}Income that was paid out is not part of it."
