"""The allocation: exact sums, nothing guessed, what is not counted is listed."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from alex_planner.allocation import UNCLASSIFIED, Allocation, AllocationSlice, compute_allocation
from alex_planner.instruments.catalog import bundled_catalog
from alex_planner.portfolio import AssetClass, Position
from alex_planner.prices.rates import ExchangeRate
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
    assert as_pairs(allocation.by_sector) == [(UNCLASSIFIED, "4000"), ("Not applicable", "1000")]


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


def test_a_rate_brings_an_amount_into_the_total_and_is_shown() -> None:
    """Ours: 401 EUR at 1.10 are 441.10 USD."""
    rate = ExchangeRate(base="EUR", quote="USD", rate=Decimal("1.10"), as_of=date(2026, 11, 20), source="a file")
    allocation = compute_allocation(MIXED, "USD", rates=[rate])
    assert (str(allocation.total.normalize()), allocation.unconverted) == ("5441.1", ())
    assert as_pairs(allocation.by_currency) == [("USD", "5000"), ("EUR", "441.1000")]
    assert allocation.positions[4].rate == rate


def test_a_fund_is_looked_through_and_what_is_not_known_is_said() -> None:
    """Worked example: half of 1000 in a world fund, of which the table states 87.4 percent by region."""
    fund = holding("VT", "10", "50", price_date="2026-11-20")
    share = holding("AAPL", "5", "100", price_date="2026-11-01")
    allocation = compute_allocation((fund, share), classify=bundled_catalog().classify, as_of=date(2026, 11, 20))
    assert [(item.key, f"{item.amount:.2f}") for item in allocation.by_region] == [
        ("North America", "811.50"),
        (UNCLASSIFIED, "63.00"),
        ("Emerging markets", "50.00"),
        ("Europe", "47.50"),
        ("Asia Pacific", "28.00"),
    ]
    coverage = {item.dimension: item for item in allocation.coverage}
    assert (coverage["region"].classified, coverage["asset_class"].classified) == (Decimal("0.937"), Decimal(1))
    assert dict(coverage["sector"].by_origin) == {"table": Decimal("0.5")}


def test_a_balanced_fund_is_in_two_classes() -> None:
    """Worked example: 60/40 by its target."""
    allocation = compute_allocation([holding("AOR", "1", "100")], classify=bundled_catalog().classify)
    assert as_pairs(allocation.by_asset_class) == [("equity", "60.0"), ("bond", "40.0")]


def test_a_price_is_current_stale_undated_or_missing() -> None:
    """Ours: a state with a name for each; money is worth itself on any day."""
    positions = (*MIXED, holding("CASH", "5", "1", asset_class="cash"))
    allocation = compute_allocation(positions, as_of=date(2026, 11, 22))
    states = {item.symbol: item.price_state for item in allocation.positions}
    assert states == {
        "VTI": "current", "BND": "stale", "MYSTERY": "undated", "NOPRICE": "missing", "SAP": "current",
        "CASH": "current",
    }  # fmt: skip
    assert (allocation.price_dates.stale, allocation.price_dates.missing) == (("BND",), ("MYSTERY",))
