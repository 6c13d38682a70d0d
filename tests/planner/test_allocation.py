"""The allocation: exact sums, nothing guessed, what is not counted is listed."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from alex_planner.allocation import UNCLASSIFIED, Allocation, AllocationSlice, compute_allocation
from alex_planner.portfolio import AssetClass, Position
from hypothesis import given, settings
from hypothesis import strategies as st


def holding(
    symbol: str,
    quantity: str,
    price: str | None,
    currency: str = "USD",
    asset_class: AssetClass | None = None,
    **labels: str,
) -> Position:
    """Return a position from the text of its numbers."""
    return Position.model_validate(
        {"symbol": symbol, "quantity": quantity, "price": price, "currency": currency, "asset_class": asset_class}
        | labels
    )


MIXED = (
    holding("VTI", "10", "300", asset_class="equity", region="US", account="IRA", price_date="2026-11-20"),
    holding("BND", "20", "50", asset_class="bond", region="us", price_date="2026-10-01"),
    holding("MYSTERY", "1", "1000"),
    holding("NOPRICE", "5", None, asset_class="equity"),
    holding("SAP", "2", "200.50", currency="EUR", asset_class="equity", price_date="2026-11-19"),
)


def as_pairs(slices: tuple[AllocationSlice, ...]) -> list[tuple[str, str]]:
    """Return key and amount of each slice."""
    return [(item.key, format(item.amount, "f")) for item in slices]


def test_amounts_and_shares_are_of_the_counted_positions() -> None:
    """Ours: 3000 + 1000 + 1000; the euro and the unpriced holding are in no sum."""
    allocation = compute_allocation(MIXED)
    assert (allocation.base_currency, str(allocation.total)) == ("USD", "5000")
    assert as_pairs(allocation.by_asset_class) == [("equity", "3000"), ("bond", "1000"), (UNCLASSIFIED, "1000")]
    assert [item.share for item in allocation.by_asset_class] == [Decimal("0.6"), Decimal("0.2"), Decimal("0.2")]
    assert as_pairs(allocation.by_account) == [("IRA", "3000"), (UNCLASSIFIED, "2000")]
    assert as_pairs(allocation.by_currency) == [("USD", "5000")]
    assert as_pairs(allocation.by_sector) == [(UNCLASSIFIED, "5000")]


def test_labels_that_differ_in_case_alone_are_one_slice() -> None:
    """Ours: `US` and `us` are one region, in the first spelling."""
    assert as_pairs(compute_allocation(MIXED).by_region) == [("US", "4000"), (UNCLASSIFIED, "1000")]


def test_what_is_not_counted_is_listed_and_the_total_is_incomplete() -> None:
    """Ours: no price and no exchange rate is made up."""
    allocation = compute_allocation(MIXED)
    assert not allocation.complete
    assert allocation.unpriced == ("NOPRICE",)
    assert [item.model_dump(mode="json") for item in allocation.unconverted] == [
        {"symbol": "SAP", "amount": "401.00", "currency": "EUR"}
    ]
    assert allocation.why_incomplete() == (
        "No price is known for NOPRICE.",
        "No exchange rate to USD is known for SAP (EUR).",
    )
    sap = allocation.positions[4]
    assert str(sap.value) == "401.00"
    assert sap.share is None


def test_price_dates_name_the_oldest_the_newest_and_the_missing() -> None:
    """Ours: an undated price is said to be one."""
    dates = compute_allocation(MIXED).price_dates
    assert (dates.oldest, dates.newest, dates.missing) == (date(2026, 10, 1), date(2026, 11, 20), ("MYSTERY",))


def test_a_base_currency_can_be_asked_for() -> None:
    """Ours: the other currency is then what is not converted."""
    allocation = compute_allocation(MIXED, "EUR")
    assert allocation.total == 401
    assert [item.symbol for item in allocation.unconverted] == ["VTI", "BND", "MYSTERY"]


def test_the_base_currency_is_that_of_most_positions_not_of_the_largest_number() -> None:
    """Ours: a million yen is not more than two holdings in dollars."""
    positions = (
        holding("7203", "100", "10000", currency="JPY"),
        holding("VTI", "1", "300"),
        holding("BND", "1", "70"),
    )
    assert compute_allocation(positions).base_currency == "USD"


def test_a_fully_priced_portfolio_is_complete() -> None:
    """Ours: complete means that every position is in the total."""
    allocation = compute_allocation((holding("A", "1", "1"), holding("B", "2", "2")))
    assert allocation.complete
    assert allocation.why_incomplete() == ()


@pytest.mark.parametrize(
    ("positions", "complete"),
    [
        pytest.param((), False, id="no positions"),
        pytest.param((holding("A", "1", None),), False, id="no prices"),
        pytest.param((holding("A", "0", "5"), holding("B", "3", "0")), True, id="worth nothing"),
    ],
)
def test_a_portfolio_of_zero_has_no_shares(positions: tuple[Position, ...], complete: bool) -> None:  # noqa: FBT001
    """Ours: a share of nothing is not a number."""
    allocation = compute_allocation(positions)
    assert allocation.total == 0
    assert allocation.complete is complete
    assert {item.share for item in allocation.by_asset_class} <= {None}


def test_ten_thousand_of_the_longest_numbers_are_summed_without_rounding() -> None:
    """Ours: the sum is that of whole numbers."""
    quantity, price = "999999999999.999999999999999999", "999999999999.999999999999999998"
    allocation = compute_allocation([holding(f"S{number}", quantity, price) for number in range(10_000)])
    exact = int(quantity.replace(".", "")) * int(price.replace(".", "")) * 10_000
    assert int(format(allocation.total, "f").replace(".", "")) == exact
    assert Allocation.model_validate_json(allocation.model_dump_json()) == allocation


NUMBERS = st.decimals(min_value=0, max_value=10**9, places=6, allow_nan=False, allow_infinity=False)


@settings(deadline=None)
@given(st.lists(st.tuples(NUMBERS, NUMBERS, st.sampled_from(["equity", "bond", "cash", None])), max_size=20))
def test_every_dimension_adds_up_to_the_total(rows: list[tuple[Decimal, Decimal, AssetClass | None]]) -> None:
    """Ours: no position is lost or counted twice, and shares add up to one within their rounding."""
    positions = [
        Position(symbol=f"S{number}", quantity=quantity, price=price, currency="USD", asset_class=asset_class)
        for number, (quantity, price, asset_class) in enumerate(rows)
    ]
    allocation = compute_allocation(positions)
    for slices in (allocation.by_asset_class, allocation.by_region, allocation.by_currency, allocation.by_account):
        assert sum(Fraction(item.amount) for item in slices) == Fraction(allocation.total)
    if allocation.total:
        shares = sum((item.share or Decimal(0) for item in allocation.by_asset_class), Decimal(0))
        assert abs(shares - 1) <= Decimal("2e-10")
