"""Drift and rebalancing: worked examples, and what holds for every portfolio."""

from decimal import Decimal

import pytest
from alex_planner.errors import InvalidAssumption
from alex_planner.rebalancing import Rebalancing, measure_drift, propose_rebalancing, total_drift
from hypothesis import given, settings
from hypothesis import strategies as st

D = Decimal
AMOUNTS = {"equity": D(7000), "bond": D(2000), "cash": D(1000)}
TARGET = {"equity": D("0.6"), "bond": D("0.4")}


def as_rows(proposal: Rebalancing) -> list[tuple[str, str, str, str]]:
    """Return the trades as text: class, new money, buy, sell."""
    return [(item.key, str(item.new_money), str(item.buy), str(item.sell)) for item in proposal.trades]


def test_drift_is_share_minus_target_of_every_class_of_either_side() -> None:
    """Worked example: 70/20/10 against 60/40/0."""
    found = [(item.key, str(item.drift.normalize())) for item in measure_drift(AMOUNTS, TARGET)]
    assert found == [("bond", "-0.2"), ("cash", "0.1"), ("equity", "0.1")]
    assert total_drift(AMOUNTS, TARGET) == D("0.2")


def test_without_new_money_the_surplus_pays_for_the_deficit() -> None:
    """Worked example: sell 1000 of each to buy 2000 of bonds."""
    proposal = propose_rebalancing(AMOUNTS, TARGET, cost_rate=D("0.001"))
    assert as_rows(proposal) == [
        ("bond", "0", "2000.00", "0"),
        ("cash", "0", "0", "1000.00"),
        ("equity", "0", "0", "1000.00"),
    ]
    assert (str(proposal.traded), str(proposal.cost)) == ("4000.00", "4.00")
    assert proposal.total_drift_after == 0


def test_new_money_goes_first_and_saves_trades() -> None:
    """Worked example: of 11,000 the bonds want 4400; the new 1000 goes to them and 400 of equity pays the rest."""
    proposal = propose_rebalancing({"equity": D(7000), "bond": D(3000)}, TARGET, new_money=D(1000))
    assert as_rows(proposal) == [("bond", "1000.00", "400.00", "0"), ("equity", "0", "0", "400.00")]
    assert (proposal.total_drift_before, proposal.total_drift_after) == (D("0.1"), D(0))


def test_new_money_is_split_in_proportion_to_what_is_lacking() -> None:
    """Worked example: what a lacks gets 3000 and what b lacks 1000; nothing is traded."""
    target = {"a": D("0.5"), "b": D("0.3"), "c": D("0.2")}
    proposal = propose_rebalancing({"a": D(2000), "b": D(2000), "c": D(2000)}, target, new_money=D(4000))
    assert as_rows(proposal) == [("a", "3000.00", "0", "0"), ("b", "1000.00", "0", "0")]


def test_trades_below_the_minimum_are_not_made() -> None:
    """Ours: what stays undone is seen in the drift after."""
    proposal = propose_rebalancing({"a": D(5050), "b": D(4950)}, {"a": D("0.5"), "b": D("0.5")}, minimum_trade=D(100))
    assert proposal.trades == ()
    assert proposal.total_drift_after == proposal.total_drift_before == D("0.005")
    assert proposal.cost == 0


def test_an_empty_portfolio_is_filled_at_the_target() -> None:
    """Ours: all money is new."""
    proposal = propose_rebalancing({}, TARGET, new_money=D(100))
    assert as_rows(proposal) == [("bond", "40.00", "0", "0"), ("equity", "60.00", "0", "0")]


@pytest.mark.parametrize(
    ("amounts", "target", "options"),
    [
        pytest.param(AMOUNTS, {"equity": D("0.6")}, {}, id="target below one"),
        pytest.param(AMOUNTS, {"equity": D("1.2"), "bond": D("-0.2")}, {}, id="negative target"),
        pytest.param({"equity": D(-1)}, TARGET, {}, id="negative amount"),
        pytest.param(AMOUNTS, TARGET, {"new_money": D(-1)}, id="withdrawal"),
        pytest.param(AMOUNTS, TARGET, {"cost_rate": D("NaN")}, id="no number"),
    ],
)
def test_a_target_that_means_nothing_is_refused(
    amounts: dict[str, Decimal], target: dict[str, Decimal], options: dict[str, Decimal]
) -> None:
    """Ours: 422 with the name of the value."""
    with pytest.raises(InvalidAssumption):
        propose_rebalancing(amounts, target, **options)


MONEY = st.decimals(min_value=0, max_value=10**8, places=2)


@settings(deadline=None)
@given(st.lists(MONEY, min_size=3, max_size=3), st.lists(st.integers(0, 100), min_size=3, max_size=3), MONEY, MONEY)
def test_what_holds_for_every_portfolio(
    values: list[Decimal], parts: list[int], new_money: Decimal, minimum: Decimal
) -> None:
    """Ours: money is kept to the cent, nothing is oversold, drift never grows; without a minimum it ends at zero."""
    if not sum(parts) or not sum(values):
        return
    amounts = dict(zip("abc", values, strict=True))
    shares = [D(part) / sum(parts) for part in parts]
    target = dict(zip("abc", [*shares[:2], 1 - shares[0] - shares[1]], strict=True))
    target = {key: max(share, D(0)) for key, share in target.items()}
    proposal = propose_rebalancing(amounts, target, new_money=new_money, minimum_trade=minimum)
    assert sum(item.new_money for item in proposal.trades) == new_money
    assert sum(item.buy for item in proposal.trades) == sum(item.sell for item in proposal.trades)
    assert all(0 <= item.sell <= amounts.get(item.key, D(0)) for item in proposal.trades)
    assert all(not (item.buy and item.sell) for item in proposal.trades)
    cents = D("0.05") / (sum(values) + new_money)
    assert proposal.total_drift_after <= proposal.total_drift_before + cents
    full = propose_rebalancing(amounts, target, new_money=new_money)
    assert full.total_drift_after <= cents
