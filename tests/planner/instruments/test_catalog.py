"""Who is believed about a position, and when an instrument is not taken for another one."""

from decimal import Decimal

import pytest
from alex_planner.instruments.catalog import NOT_APPLICABLE, OwnerClass, as_stated, bundled_catalog
from alex_planner.instruments.facts import Classification, Statement
from alex_planner.portfolio import AssetClass, Position

CATALOG = bundled_catalog()


def holding(
    symbol: str, currency: str = "USD", isin: str | None = None, asset_class: AssetClass | None = None
) -> Position:
    """Return a position of one unit."""
    return Position(symbol=symbol, isin=isin, quantity=Decimal(1), currency=currency, asset_class=asset_class)


@pytest.mark.parametrize(
    ("position", "name"),
    [
        pytest.param(holding("VTI"), "Vanguard Total Stock Market ETF", id="symbol"),
        pytest.param(holding("ANY", isin="US9229087690"), "Vanguard Total Stock Market ETF", id="isin"),
        pytest.param(holding("IE00B4L5Y983", "EUR"), "iShares Core MSCI World UCITS ETF", id="isin as symbol"),
        pytest.param(holding("922908769"), "Vanguard Total Stock Market ETF", id="cusip"),
        pytest.param(holding("VUSA.UK", "GBP"), "Vanguard S&P 500 UCITS ETF distributing", id="exchange"),
        pytest.param(holding("BRK B"), "Berkshire Hathaway class B", id="space for a point"),
        pytest.param(holding("SPAXX**"), "Fidelity Government Money Market Fund", id="marks"),
        pytest.param(holding("AI", "USD"), None, id="same letters, other currency"),
        pytest.param(holding("VTI", isin="US0000000000"), None, id="same letters, other isin"),
        pytest.param(holding("NOSUCH"), None, id="unknown"),
    ],
)
def test_an_instrument_is_found_by_what_names_it_alone(position: Position, name: str | None) -> None:
    """Ours: the same letters are another company in another currency."""
    found = CATALOG.find(position)
    assert (found.name if found else None) == name


def test_the_file_is_believed_before_the_table_and_the_owner_before_the_file() -> None:
    """Ours: each dimension has its own word."""
    position = holding("VTI").model_copy(update={"region": "World"})
    known = CATALOG.classify(position)
    assert dict(known.region.shares) == {"World": Decimal(1)}
    assert known.region.origin == "file"
    assert (known.main_class, known.asset_class.origin) == ("equity", "table")
    said = CATALOG.classify(position, {"VTI": OwnerClass(symbol="VTI", region="Home")})
    assert dict(said.region.shares) == {"Home": Decimal(1)}
    assert said.region.origin == "owner"


def test_a_proposal_fills_only_what_nobody_has_said() -> None:
    """Ours: and it is marked as one."""
    guess = Statement(shares={"Europe": Decimal(1)}, origin="proposal", source="a model")
    bond = Statement(shares={"bond": Decimal(1)}, origin="proposal", source="a model")
    proposal = Classification(asset_class=bond, region=guess, sector=guess)
    known = CATALOG.classify(holding("NOSUCH", asset_class="equity"), proposals={"NOSUCH": proposal})
    assert (known.main_class, known.asset_class.origin) == ("equity", "file")
    assert dict(known.region.shares) == {"Europe": Decimal(1)}
    assert known.region.origin == "proposal"


def test_an_unknown_instrument_stays_unknown() -> None:
    """Ours: nothing is made up."""
    known = CATALOG.classify(holding("NOSUCH"))
    assert (known.main_class, known.region.origin, known.expense) == (None, "nothing", None)


def test_money_has_no_region_no_sector_and_no_fund_expenses() -> None:
    """Ours: that it does not apply is known."""
    known = CATALOG.classify(holding("CASH", asset_class="cash"))
    assert set(known.region.shares) == set(known.sector.shares) == {NOT_APPLICABLE}
    assert known.expense is not None
    assert known.expense.ratio == 0


def test_a_share_costs_nothing_a_year_and_an_unknown_fund_an_unknown_amount() -> None:
    """Ours: unknown is not zero."""
    share, fund = CATALOG.classify(holding("AAPL")).expense, CATALOG.classify(holding("IWM")).expense
    assert share is not None
    assert share.ratio == 0
    assert fund is None


def test_without_a_table_only_the_file_speaks() -> None:
    """Ours: the default of the allocation."""
    assert as_stated(holding("VTI")).main_class is None
