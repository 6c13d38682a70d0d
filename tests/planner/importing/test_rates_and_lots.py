"""Exchange rates and tax lots, where a broker's file has them."""

from datetime import date
from decimal import Decimal

import pytest
from alex_planner.errors import InvalidPortfolio
from alex_planner.importing.importer import import_file
from alex_planner.importing.result import ImportResult

from tests.planner.importing import ibkr_samples as ibkr
from tests.planner.importing.reading import TODAY, read_without_errors

DEGIRO = (
    "Product,Symbol/ISIN,Amount,Closing,Local value,,Value in CHF\n"
    'CASH & CASH FUND (CHF),,,,CHF,"12,50","12,50"\n'
    'PELLGROVE FOODS,US0000000001,10,"100,00",USD,"1000,00","800,00"\n'
    'QUILLHAVEN,US0000000002,1,"0,01",USD,"0,01","0,01"\n'
    'VARROWMERE,NL0000000001,2,"50,00",EUR,"100,00","95,00"\n'
)
LOTS = """Statement,Header,Field Name,Field Value
Statement,Data,Period,"January 1, 2026 - January 31, 2026"
Account Information,Header,Field Name,Field Value
Account Information,Data,Account,U0000001
Account Information,Data,Base Currency,EUR
Open Positions,Header,DataDiscriminator,Asset Category,Currency,Symbol,Open,Quantity,Mult,Cost Price,Cost Basis,Close Price,Value
Open Positions,Data,Summary,Stocks,USD,PLGV,-,10,1,9.1,91,10.5,105
Open Positions,Data,Lot,Stocks,USD,PLGV,"2024-03-01, 10:01:14",4,1,8.5,34,10.5,42
Open Positions,Data,Lot,Stocks,USD,PLGV,"2025-03-03, 10:01:14",6,1,9.5,57,10.5,63
Base Currency Exchange Rate,Header,Currency,Rate
Base Currency Exchange Rate,Data,USD,0.9
Base Currency Exchange Rate,Data,GBP,1.15
"""  # noqa: E501 - the rows are as long as those of the broker


def rates(result: ImportResult) -> dict[str, str]:
    """Return the rates by pair."""
    return {f"{item.base}/{item.quote}": str(item.rate) for item in result.exchange_rates}


def test_degiros_two_values_of_a_row_give_the_rate_where_rounding_matters_least() -> None:
    """Ours: of the largest row of a currency; 0.01 against 0.01 would be a rate of one."""
    assert rates(read_without_errors(DEGIRO)) == {"USD/CHF": "0.8", "EUR/CHF": "0.95"}


def test_a_statement_has_rates_of_its_last_day_and_lots() -> None:
    """Interactive Brokers: sections `Base Currency Exchange Rate` and rows `Lot`."""
    result = read_without_errors(LOTS)
    assert rates(result) == {"USD/EUR": "0.9", "GBP/EUR": "1.15"}
    assert {item.as_of for item in result.exchange_rates} == {date(2026, 1, 31)}
    (position,) = result.positions
    assert (position.quantity, position.cost_basis) == (Decimal(10), Decimal(91))
    assert [(lot.acquired, lot.quantity, lot.cost) for lot in position.lots] == [
        (date(2024, 3, 1), Decimal(4), Decimal(34)),
        (date(2025, 3, 3), Decimal(6), Decimal(57)),
    ]


def test_lots_that_are_not_the_position_are_left_out_and_said() -> None:
    """Ours: an incomplete list of lots would be wrong tax."""
    result = read_without_errors(LOTS.replace('10:01:14",6,', '10:01:14",5,'))
    assert result.positions[0].lots == ()
    assert any("the lots of PLGV are 9 units, the position 10" in note for note in result.notes)


def test_a_flex_query_of_lots_alone_is_the_position_of_their_sum() -> None:
    """Interactive Brokers: the level of detail is the owner's choice."""
    row = (
        '<OpenPosition accountId="U1" currency="USD" assetCategory="STK" symbol="PLGV" isin="US0000000001"'
        ' reportDate="20260131" position="{}" markPrice="10" costBasisMoney="{}" openDateTime="{};101112"'
        ' levelOfDetail="LOT"/>'
    )
    text = (
        '<FlexQueryResponse><FlexStatements count="1"><FlexStatement accountId="U1" toDate="20260131"><OpenPositions>\n'
        + row.format("4", "34", "20240301")
        + "\n"
        + row.format("6", "57", "20250303")
        + '\n</OpenPositions><ConversionRates>\n<ConversionRate reportDate="20260131" fromCurrency="USD"'
        ' toCurrency="EUR" rate="0.9"/></ConversionRates></FlexStatement></FlexStatements></FlexQueryResponse>'
    )
    result = read_without_errors(text)
    (position,) = result.positions
    assert (position.quantity, position.cost_basis, len(position.lots)) == (Decimal(10), Decimal(91), 2)
    assert rates(result) == {"USD/EUR": "0.9"}


def test_a_flex_query_as_csv_has_rates_in_a_section_of_their_own() -> None:
    """Interactive Brokers: its heading has no column of a currency."""
    text = (
        '"ClientAccountID","CurrencyPrimary","AssetClass","Symbol","ISIN","Quantity","MarkPrice","LevelOfDetail"\n'
        '"U1","USD","STK","PLGV","US0000000001","10","10.5","SUMMARY"\n'
        '"Date/Time","FromCurrency","ToCurrency","Rate"\n"20260131","USD","EUR","0.9"\n'
    )
    assert rates(read_without_errors(text)) == {"USD/EUR": "0.9"}


ACCOUNT = '<AccountInformation accountId="U1" currency="EUR"/>'
POSITIONS_IN_TWO_CURRENCIES = {
    "xml, account named": (ACCOUNT, False),
    "xml, a position in its currency": ("", True),
}


@pytest.mark.parametrize(("account", "own"), POSITIONS_IN_TWO_CURRENCIES.values(), ids=POSITIONS_IN_TWO_CURRENCIES)
def test_positions_of_a_flex_query_state_the_rate_to_the_accounts_currency(account: str, own: bool) -> None:  # noqa: FBT001 - a case
    """Interactive Brokers: `fxRateToBase`; the currency of the account is named, or has the rate 1."""
    row = (
        '<OpenPosition accountId="U1" currency="{}" fxRateToBase="{}" symbol="{}" reportDate="20260131" position="1"'
        ' markPrice="10"/>\n'
    )
    text = (
        '<FlexQueryResponse><FlexStatements><FlexStatement accountId="U1" toDate="20260131">\n'
        f"{account}<OpenPositions>\n{row.format('USD', '0.9', 'PLGV')}{row.format('EUR', '1', 'QLHV') if own else ''}"
        "</OpenPositions></FlexStatement></FlexStatements></FlexQueryResponse>"
    )
    result = read_without_errors(text)
    assert rates(result) == {"USD/EUR": "0.9"}
    assert result.exchange_rates[0].as_of == date(2026, 1, 31)


def test_positions_of_a_flex_query_as_csv_state_the_rate_as_well() -> None:
    """Interactive Brokers: column `FXRateToBase`; without a row of the account's own currency it is not known."""
    text = (
        '"CurrencyPrimary","FXRateToBase","AssetClass","Symbol","Quantity","MarkPrice","ReportDate"\n'
        '"USD","0.9","STK","PLGV","1","10","20260131"\n'
    )
    assert rates(read_without_errors(text)) == {}
    assert rates(read_without_errors(text + '"EUR","1","STK","QLHV","1","10","20260131"\n')) == {"USD/EUR": "0.9"}


@pytest.mark.parametrize("text", [ibkr.STATEMENT, ibkr.FLEX_XML], ids=["statement", "flex"])
def test_a_file_without_rates_has_none(text: str) -> None:
    """Ours: none is made up."""
    assert import_file(text.encode(), today=TODAY).exchange_rates == ()


def test_schwabs_lot_details_are_the_holding_of_their_sum() -> None:
    """Schwab: one holding a file, its symbol in the title; a file without the title is refused."""
    heading = (
        '"Open Date","Quantity","Price","Cost/Share","Market Value","Cost Basis","Gain/Loss $","Holding Period",\n'
    )
    rows = (
        '"10/30/2024 00:00:00","8","$20.00","$10.50","$160.00","$84.00","$76.00","Long Term",\n'
        '"07/11/2025 00:00:00","2","$20.00","$15.00","$40.00","$30.00","$10.00","Short Term",\n'
        '"Total","10","","","$200.00","$114.00","$86.00","",\n'
    )
    result = read_without_errors('"PLGV Lot Details for XXXX-0001 as of 08:03 AM ET, 02/11/2026"\n\n' + heading + rows)
    (position,) = result.positions
    assert (result.format, result.as_of) == ("schwab_lots", date(2026, 2, 11))
    assert (position.account, position.symbol, position.quantity) == ("XXXX-0001", "PLGV", Decimal(10))
    assert (position.price, position.cost_basis) == (Decimal("20.00"), Decimal("114.00"))
    assert [(lot.acquired, lot.cost) for lot in position.lots] == [
        (date(2024, 10, 30), Decimal("84.00")), (date(2025, 7, 11), Decimal("30.00")),
    ]  # fmt: skip
    with pytest.raises(InvalidPortfolio, match="no title"):
        import_file((heading + rows).encode(), today=TODAY)


@pytest.mark.parametrize("left", ["Account,", "Account"], ids=["empty cell", "no cell"])
def test_a_statement_whose_account_was_cut_out_is_still_read(left: str) -> None:
    """Ours: what a person removed before sending the file is not known, and nothing else is lost."""
    result = read_without_errors(LOTS.replace("Account,U0000001", left))
    assert [(position.account, position.symbol) for position in result.positions] == [(None, "PLGV")]
