"""What was paid for the holdings of a plan and what they have gained, as a table. Nothing is computed here."""

from collections.abc import Iterator
from decimal import Decimal

from alex_planner.allocation import Allocation, PositionValue
from alex_planner.facts import format_money, format_percent
from alex_planner.gains import UnrealisedGains, gain_share
from alex_planner.plan.blocks import Block, Heading, known_grid, paragraph
from alex_planner.wording import NONE, called, listed

MAX_SHOWN = 40
"""Rows of the table, the largest holdings first; the plan's JSON has all."""


def gain_blocks(allocation: Allocation, gains: UnrealisedGains | None) -> Iterator[Block]:
    """Yield cost and unrealised gain of each holding whose cost is known, and of all of them together."""
    known = [item for item in allocation.positions if item.gain is not None]
    if not known:
        return
    yield Heading(3, "What was paid and gained")
    known.sort(key=lambda item: (item.base_value is None, -(item.base_value or Decimal(0))))
    rows = [_row(item) for item in known[:MAX_SHOWN]]
    if gains is not None and allocation.base_currency is not None and len(known) > 1:
        rows.append(_together(gains, allocation.base_currency))
    yield known_grid(("holding", "account", "cost", "value", "unrealised gain", "of the cost"), rows, numbers_from=2)
    if gains is not None:
        yield paragraph(_coverage(gains, allocation, len(known) - MAX_SHOWN))


def _row(item: PositionValue) -> tuple[str, ...]:
    return (
        called(item.symbol, item.name),
        item.account or NONE,
        _money(item.cost, item.currency),
        _money(item.value, item.currency),
        _money(item.gain, item.currency),
        _percent(gain_share(item)),
    )


def _together(gains: UnrealisedGains, currency: str) -> tuple[str, ...]:
    amounts = (format_money(amount, currency) for amount in (gains.cost, gains.value, gains.gain))
    return ("together", NONE, *amounts, _percent(gains.gain_share))


def _coverage(gains: UnrealisedGains, allocation: Allocation, left: int) -> str:
    names = {item.symbol: called(item.symbol, item.name) for item in allocation.positions}
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


def _money(amount: Decimal | None, currency: str) -> str:
    return NONE if amount is None else format_money(amount, currency)


def _percent(share: Decimal | None) -> str:
    return NONE if share is None else format_percent(share)
