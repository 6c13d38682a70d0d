"""From classes to orders: which lots are sold, what it brings with it, and what cannot be traded."""

from datetime import date
from decimal import Decimal

from alex_planner.allocation import compute_allocation
from alex_planner.instruments.catalog import bundled_catalog
from alex_planner.portfolio import AssetClass, Lot, Position
from alex_planner.prices.rates import ExchangeRate
from alex_planner.rebalancing import propose_rebalancing
from alex_planner.trades.proposal import TradeProposal, propose_trades
from hypothesis import given, settings
from hypothesis import strategies as st

D = Decimal
TARGET = {"equity": D("0.5"), "bond": D("0.5")}


def holding(symbol: str, units: str, price: str, asset_class: AssetClass | None = "equity", **more: object) -> Position:
    """Return a priced position."""
    values = {"symbol": symbol, "quantity": units, "price": price, "currency": "USD", "asset_class": asset_class}
    return Position.model_validate(values | more)


def lot(day: str, units: str, cost: str | None) -> Lot:
    """Return a lot."""
    return Lot(acquired=date.fromisoformat(day), quantity=D(units), cost=D(cost) if cost else None)


def proposed(
    positions: list[Position],
    target: dict[str, Decimal] | None = None,
    *,
    new_money: str = "0",
    tax_rate: str = "0",
    rates: tuple[ExchangeRate, ...] = (),
) -> TradeProposal:
    """Return the orders for a target."""
    allocation = compute_allocation(positions, "USD", rates=rates, classify=bundled_catalog().classify)
    amounts = {item.key: item.amount for item in allocation.by_asset_class}
    rebalancing = propose_rebalancing(amounts, target or TARGET, new_money=D(new_money), cost_rate=D("0.001"))
    return propose_trades(positions, allocation, rebalancing, tax_rate=D(tax_rate))


def test_the_lots_with_a_loss_are_sold_first() -> None:
    """Worked example: 1000 to sell of 1500: the lot bought at 150 first, then the one with the smaller gain."""
    lots = (lot("2020-01-02", "5", "200"), lot("2024-01-02", "5", "750"), lot("2022-01-03", "5", "400"))
    positions = [holding("A", "15", "100", lots=lots, cost_basis="1350"), holding("B", "1", "100", "bond")]
    found = proposed(positions, {"equity": D("0.3125"), "bond": D("0.6875")}, tax_rate="0.25")
    sale = next(trade for trade in found.trades if trade.side == "sell")
    assert (sale.symbol, sale.amount, sale.units) == ("A", D(1000), D(10))
    assert [(item.acquired, item.proceeds, item.gain) for item in sale.lots] == [
        (date(2024, 1, 2), D(500), D(-250)),
        (date(2022, 1, 3), D(500), D(100)),
    ]
    assert (found.realised_gain, found.tax, found.cost) == (D(-150), D(0), D(2))
    (purchase,) = [trade for trade in found.trades if trade.side == "buy"]
    assert (purchase.symbol, purchase.amount, purchase.units) == ("B", D(1000), D(10))


def test_a_gain_is_taxed_at_the_rate_given() -> None:
    """Worked example: 500 sold of what cost half."""
    found = proposed([holding("A", "10", "100", cost_basis="500"), holding("B", "0", "1", "bond")], tax_rate="0.2")
    assert (found.realised_gain, found.tax) == (D(250), D(50))


def test_what_is_sold_without_a_known_cost_is_said() -> None:
    """Ours: an unknown gain is not zero; lots of known cost go first."""
    positions = [holding("A", "4", "100"), holding("C", "4", "100", cost_basis="100"), holding("B", "2", "100", "bond")]
    found = proposed(positions, {"equity": D("0.3"), "bond": D("0.7")})
    assert [(trade.symbol, trade.amount) for trade in found.trades if trade.side == "sell"] == [
        ("C", D(400)),
        ("A", D(100)),
    ]
    assert (found.realised_gain, found.unknown_gain) == (D(300), D(100))
    assert "not in the file" in found.notes[0]


def test_money_has_no_gain() -> None:
    """Ours: cash is sold at what it is."""
    found = proposed([holding("CASH", "1000", "1", "cash"), holding("B", "1", "1000", "bond")], {"bond": D(1)})
    assert (found.realised_gain, found.unknown_gain) == (D(0), D(0))


def test_purchases_follow_the_holdings_and_a_class_without_one_is_left_to_the_owner() -> None:
    """Worked example: 100 split three to one; the bonds have no holding."""
    positions = [holding("A", "3", "100"), holding("C", "1", "100")]
    found = proposed(positions, {"equity": D("0.8"), "bond": D("0.2")}, new_money="225")
    assert [(trade.symbol, trade.amount) for trade in found.trades] == [
        (None, D("125.00")), ("A", D("75.00")), ("C", D("25.00")),
    ]  # fmt: skip
    assert found.notes == ("Nothing of a class to buy is held: which instrument to buy is the owner's choice.",)


def test_a_fund_of_two_classes_is_not_sold_for_one_of_them() -> None:
    """Ours: what cannot be met is said."""
    found = proposed([holding("AOR", "10", "100", None)], {"equity": D("0.5"), "bond": D("0.5")})
    assert found.unmet == {"equity": D("100.00")}
    assert [trade.side for trade in found.trades] == ["buy"]


def test_a_foreign_cost_is_converted_and_the_rate_is_said() -> None:
    """Worked example: 5 of 10 units at 100 euros and 1.10; they cost 50 each."""
    rate = ExchangeRate(base="EUR", quote="USD", rate=D("1.1"), source="a test")
    positions = [holding("A", "10", "100", currency="EUR", cost_basis="500")]
    found = proposed(positions, rates=(rate,))
    assert found.realised_gain == D("275.00")
    assert "today's exchange rate" in found.notes[0]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.integers(1, 500), st.integers(1, 300), st.integers(0, 2)), min_size=1, max_size=8),
    st.integers(0, 10_000),
)
def test_what_is_sold_and_what_is_new_pays_for_what_is_bought(rows: list[tuple[int, int, int]], new_money: int) -> None:
    """Ours: to the cent, and no lot is sold twice."""
    names: tuple[AssetClass, ...] = ("equity", "bond", "cash")
    positions = [holding(f"S{n}", str(units), str(price), names[kind]) for n, (units, price, kind) in enumerate(rows)]
    found = proposed(positions, new_money=str(new_money))
    sold = sum((trade.amount for trade in found.trades if trade.side == "sell"), D(0))
    bought = sum((trade.amount for trade in found.trades if trade.side == "buy"), D(0))
    assert bought == sold + new_money + sum(found.unmet.values(), D(0))
    values = {position.symbol: position.quantity * (position.price or 0) for position in positions}
    for trade in found.trades:
        if trade.side == "sell" and trade.symbol:
            assert trade.amount <= values[trade.symbol]
