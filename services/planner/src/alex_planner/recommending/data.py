"""Proposals about the data itself: advice is not built on what is missing or old without saying so."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from alex_planner.allocation import UNCLASSIFIED, Allocation
from alex_planner.allocation_facts import names_of_holdings
from alex_planner.facts import format_money, format_percent, percent_fact
from alex_planner.recommending.proposal import Basis, Proposal, Proposed
from alex_planner.wording import called, listed

UNKNOWN_LIMIT = Decimal("0.10")
"""Part of a portfolio of no known class from which on a plan asks for it. A limit of ours."""


def propose_for_data(basis: Basis, proposed: Proposed) -> None:
    """Propose to complete prices and exchange rates, to renew old prices, and to say what holdings are."""
    if _is_missing(basis):
        proposed.add(_complete(basis), ())
    stale = basis.allocation.price_dates.stale
    if stale:
        _renew(basis, stale, proposed)
    _name_classes(basis, proposed)


def _is_missing(basis: Basis) -> bool:
    return bool(basis.allocation.unpriced or basis.allocation.unconverted)


def _complete(basis: Basis) -> Proposal:
    allocation = basis.allocation
    symbols = (*allocation.unpriced, *(item.symbol for item in allocation.unconverted))
    return Proposal(
        id="data.missing",
        kind="data",
        title="Complete the portfolio before acting on it",
        headline=" ".join(_missing_sentences(basis)),
        why="A share of the counted part can be far from the share of the whole.",
        action=f"Give {_what_is_missing(allocation)}: in a file of prices, or in a newer export.",
        against="What is counted can be judged already where the missing part is small.",
        if_left="Every total and share stays one of the counted part alone.",
        figures=("unpriced", "unconverted"),
        symbols=tuple(dict.fromkeys(symbols)),
        weight=Decimal(1),
    )


def _missing_sentences(basis: Basis) -> Iterator[str]:
    allocation, names = basis.allocation, names_of_holdings(basis.allocation)
    if allocation.unpriced:
        yield f"No price is known for {listed([names[symbol] for symbol in allocation.unpriced])}."
    if allocation.unconverted:
        amounts = [
            f"{names[item.symbol]} ({format_money(item.amount, item.currency)})" for item in allocation.unconverted
        ]
        yield f"No exchange rate is known for {listed(amounts)}."
    counted = "Every share and every proposal below is of the counted part alone."
    yield counted if allocation.total else "Nothing else is counted, so that there is no share and no total."


def _what_is_missing(allocation: Allocation) -> str:
    names = names_of_holdings(allocation)
    parts = []
    if allocation.unpriced:
        parts.append(f"the price of {listed([names[symbol] for symbol in allocation.unpriced])}")
    pairs = dict.fromkeys(f"{item.currency}/{allocation.base_currency}" for item in allocation.unconverted)
    if pairs:
        parts.append(f"the exchange rate {listed(list(pairs))}")
    return " and ".join(parts)


def _name_classes(basis: Basis, proposed: Proposed) -> None:
    """Propose to say what the holdings are, where their class is not known: nothing of theirs is projected."""
    unknown = next((item for item in basis.allocation.by_asset_class if item.key == UNCLASSIFIED), None)
    if unknown is None or unknown.share is None or unknown.share < UNKNOWN_LIMIT:
        return
    held = sorted(basis.allocation.positions, key=lambda item: -(item.base_value or Decimal(0)))
    names = [
        called(item.symbol, item.name)
        for item in held
        if item.base_value and sum(item.classification.asset_class.shares.values()) < 1
    ]
    proposed.add(
        Proposal(
            id="data.classes",
            kind="data",
            title="Say what the holdings are",
            headline=f"{format_percent(unknown.share)} of {basis.whole} is of unknown asset class.",
            why="What is of no known class is in no projection, in no distance from a target and in no proposal.",
            action=f"Name the class of {listed(list(dict.fromkeys(names)))}, or have classes proposed and check them.",
            against="Shares, funds of bonds and funds of both are told apart by their documents: a guess helps nobody.",
            if_left="The outlook is that of the rest alone.",
            figures=(f"asset_class.{UNCLASSIFIED}.share", f"asset_class.{UNCLASSIFIED}.amount"),
            weight=unknown.share,
        ),
        (),
    )


def _renew(basis: Basis, stale: Sequence[str], proposed: Proposed) -> None:
    allocation, names = basis.allocation, names_of_holdings(basis.allocation)
    old = [item for item in allocation.positions if item.price_state == "stale" and item.base_value is not None]
    share = sum((item.share or Decimal(0) for item in old), Decimal(0))
    figures = ["stale"] + (["price_date.oldest"] if allocation.price_dates.oldest else [])
    about = ("price", "old", "stale")
    inputs = [f"position.{n}.share" for n, item in enumerate(allocation.positions, 1) if item in old]
    fact = percent_fact(
        "data.stale.share", "share of holdings with a stale price", share, "sum of shares", about, computed_from=inputs
    )
    proposed.add(
        Proposal(
            id="data.stale",
            kind="data",
            title="Renew the prices",
            headline=f"The prices of {fact.formatted} of {basis.whole} are more than a week old; the oldest is of "
            f"{allocation.price_dates.oldest}.",
            why="Amounts to buy or sell are only as good as the prices that they are computed with.",
            action=f"Import a newer file, or prices, for {listed([names[symbol] for symbol in stale])}.",
            against="The mix changes slowly: shares and drift stay roughly right, amounts may not.",
            if_left="Every amount stays the one of those days.",
            figures=(*figures, fact.id),
            weight=share,
        ),
        [fact],
    )
