"""Proposals about the data itself: advice is not built on what is missing or old without saying so."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from alex_planner.facts import percent_fact
from alex_planner.recommending.proposal import Basis, Proposal, Proposed
from alex_planner.wording import listed


def propose_for_data(basis: Basis, proposed: Proposed) -> None:
    """Propose to complete prices, exchange rates and classes, and to renew old prices."""
    if _is_missing(basis):
        proposed.add(_complete(basis), ())
    stale = basis.allocation.price_dates.stale
    if stale:
        _renew(basis, stale, proposed)


def _is_missing(basis: Basis) -> bool:
    return bool(basis.allocation.unpriced or basis.allocation.unconverted)


def _complete(basis: Basis) -> Proposal:
    symbols = (*basis.allocation.unpriced, *(item.symbol for item in basis.allocation.unconverted))
    return Proposal(
        id="data.missing",
        kind="data",
        title="Complete the portfolio before acting on it",
        headline=" ".join(_missing_sentences(basis)),
        why="A share of the counted part can be far from the share of the whole.",
        action=f"Import the portfolio again with a price and an exchange rate for {listed(symbols)}.",
        against="What is counted can be judged already, if the missing part is small; nobody has said how large it is.",
        if_left="Every total and share stays one of the counted part alone.",
        figures=("unpriced", "unconverted"),
        symbols=tuple(dict.fromkeys(symbols)),
        weight=Decimal(1),
    )


def _missing_sentences(basis: Basis) -> Iterator[str]:
    allocation = basis.allocation
    if allocation.unpriced:
        yield f"No price is known for {listed(allocation.unpriced)}."
    if allocation.unconverted:
        yield f"No exchange rate is known for {listed([item.symbol for item in allocation.unconverted])}."
    yield "Every share and every proposal below is of the counted part alone."


def _renew(basis: Basis, stale: Sequence[str], proposed: Proposed) -> None:
    allocation = basis.allocation
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
            headline=f"The prices of {fact.formatted} of the portfolio are more than a week old; the oldest is of "
            f"{allocation.price_dates.oldest}.",
            why="Amounts to buy or sell are only as good as the prices that they are computed with.",
            action=f"Import a newer file, or prices, for {listed(stale)}.",
            against="The mix changes slowly: shares and drift stay roughly right, amounts may not.",
            if_left="Every amount stays the one of those days.",
            figures=(*figures, fact.id),
            weight=share,
        ),
        [fact],
    )
