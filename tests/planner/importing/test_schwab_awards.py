"""Charles Schwab's Equity Awards Center: names, amounts and ids are invented."""

from datetime import date
from decimal import Decimal

from tests.planner.importing.reading import read, read_without_errors

D = Decimal
HEADING = (
    '"Date","Action","Symbol","Description","Quantity","FeesAndCommissions","DisbursementElection","Amount","Type",'
    '"Shares","SalePrice","VestDate","VestFairMarketValue","AwardDate","AwardId","FairMarketValuePrice","Taxes"\n'
)
FILE = HEADING + (
    '"05/08/2026","Sale","PLGV","Share Sale","4","$0.50","","$99.50","","","","","","","","",""\n'
    '"","","","","","","","","RS","4","$25.00","01/05/2026","$20.00","","","",""\n'
    '"05/01/2026","Dividend","PLGV","Credit","","","","$3.00","","","","","","","","",""\n'
    '"01/06/2026","Deposit","PLGV","RS","10","","","","","","","","","","","",""\n'
    '"","","","","","","","","","","","01/05/2026","$20.00","01/05/2024","1","",""\n'
    '"01/05/2026","Lapse","PLGV","Restricted Stock Lapse","16","","","","","","","","","","","",""\n'
    '"","","","","","","","","","","","","","01/05/2024","1","$20.00","$120.00"\n'
)


def test_shares_that_vested_cost_what_they_were_worth_and_a_lapse_is_not_counted_twice() -> None:
    """Schwab: the parts of an event stand in the rows below it."""
    result = read_without_errors(FILE)
    assert (result.broker, result.format) == ("Charles Schwab", "schwab_equity_awards")
    (position,) = result.positions
    assert (position.symbol, position.quantity, position.cost_basis) == ("PLGV", D(6), D(120))
    assert (position.price, position.price_date) == (D("25.00"), date(2026, 5, 8))
    assert [(item.kind, item.quantity, item.amount) for item in result.activities] == [
        ("sell", D(-4), D("99.50")), ("dividend", None, D("3.00")), ("transfer_in", D(10), None),
    ]  # fmt: skip
    assert {fate.line: fate.reason for fate in result.fates}[3] == "a part of line 2"


def test_an_action_that_moves_shares_and_is_not_known_is_an_error() -> None:
    """Ours: units are never passed over."""
    result = read(HEADING + '"05/08/2026","Conjure","PLGV","","4","","","","","","","","","","","",""\n')
    assert (result.errors, result.positions) == (1, ())
