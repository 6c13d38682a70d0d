"""Details that make a file's numbers right: lots below a position, executions below an order, the last balance."""

from datetime import date
from decimal import Decimal

from alex_planner.importing.importer import import_file
from alex_planner.importing.mapped import ColumnMapping

from tests.planner.importing.reading import TODAY, read_without_errors

D = Decimal
ETRADE = """Account Summary
Account,Net Account Value
"Individual Brokerage -0001",1300.00

Symbol,Quantity,Last Price $,Price Paid $,Market Value $
PLGV,100,10.00,9.00,1000.00
07/12/2021,60,10.00,8.00,600.00
03/01/2023,40,10.00,10.50,400.00
CASH,,,,300.00
TOTAL,,,,1300.00

Generated at Jan 14 2026 10:50 AM ET
"""
STATEMENT = """Statement,Header,Field Name,Field Value
Trades,Header,DataDiscriminator,Asset Category,Currency,Symbol,Date/Time,Quantity,T. Price,Proceeds,Comm/Fee
Trades,Data,Order,Stocks,USD,PLGV,"2026-01-05, 10:01:14",10,9,-90,-1
Trades,Data,Trade,Stocks,USD,PLGV,"2026-01-05, 10:01:14",6,9,-54,-0.6
Trades,Data,Trade,Stocks,USD,PLGV,"2026-01-05, 10:01:15",4,9,-36,-0.4
Trades,SubTotal,,Stocks,USD,PLGV,,10,,-90,-1
"""
ACCOUNT = (
    "Datum,Tijd,Valutadatum,Product,ISIN,Omschrijving,FX,Mutatie,,Saldo,,Order Id\n"
    '05-01-2026,09:05,05-01-2026,PELLGROVE,NL0000000001,"Koop 10 PELLGROVE@10,5 EUR (NL0000000001)",,EUR,"-105,00",EUR,'
    '"895,00",x\n'
    '04-01-2026,09:05,04-01-2026,PELLGROVE,US0000000001,Dividend,,USD,"2,50",USD,"2,50",\n'
    '03-01-2026,09:05,03-01-2026,,,Rente,,CHF,"-1,00",CHF,"-1,00",\n'
    '02-01-2026,08:05,02-01-2026,,,iDEAL storting,,EUR,"1000,00",EUR,"1000,00",\n'
)


def test_lots_below_a_position_are_its_lots() -> None:
    """E*TRADE: with lots expanded, a day stands in the place of the symbol."""
    result = read_without_errors(ETRADE)
    (held, cash) = result.positions
    assert (held.symbol, held.quantity, held.cost_basis, cash.quantity) == ("PLGV", D(100), D(900), D(300))
    assert [(lot.acquired, lot.quantity, lot.cost) for lot in held.lots] == [
        (date(2021, 7, 12), D(60), D(480)), (date(2023, 3, 1), D(40), D(420)),
    ]  # fmt: skip
    assert result.differences == ()


def test_executions_below_an_order_are_the_same_trade() -> None:
    """Interactive Brokers: both are listed when details of trades are asked for."""
    result = read_without_errors(STATEMENT)
    assert [(item.symbol, item.quantity, item.cost_basis) for item in result.positions] == [("PLGV", D(10), D(91))]


def test_the_last_balance_of_each_currency_is_money_and_a_debt_is_said() -> None:
    """DEGIRO: the account names its balance behind every movement; the newest row stands first."""
    result = read_without_errors(ACCOUNT)
    held = {(item.symbol, item.currency): (item.quantity, item.price_date) for item in result.positions}
    assert held == {
        ("CASH EUR", "EUR"): (D(895), date(2026, 1, 5)),
        ("CASH USD", "USD"): (D("2.5"), date(2026, 1, 4)),
        ("NL0000000001", "EUR"): (D(10), date(2026, 1, 5)),
    }
    assert any("CHF" in note and "debt" in note for note in result.notes)


def test_the_line_that_tells_a_spreadsheet_the_separator_is_no_row() -> None:
    """Ours: `sep=,` is written for one program alone; lines stay those of the file."""
    result = import_file(b"sep=,\r\nsymbol,quantity,currency\r\nPLGV,1,USD\r\nQLHV,-1,USD\r\n", today=TODAY)
    assert [item.symbol for item in result.positions] == ["PLGV"]
    assert [problem.line for problem in result.problems] == [4]


def test_a_note_in_the_owners_language_is_read_by_the_number_it_repeats() -> None:
    """Coinbase: columns have points, notes the owner's decimal mark."""
    result = read_without_errors(
        "Timestamp,Transaction Type,Asset,Quantity Transacted,EUR Spot Price at Transaction,EUR Subtotal,EUR Total"
        " (inclusive of fees),EUR Fees,Notes\n"
        '2026-01-05T09:00:00Z,Buy,BTC,0.01,40000,400,405,5,"Bought 0,01 BTC for 405,00 EUR"\n'
        '2026-01-06T09:00:00Z,Convert,BTC,0.001,40000,40,40,0,"Converted 0,001 BTC to 0,123 ETH"\n'
    )
    held = {item.symbol: item.quantity for item in result.positions}
    assert held == {"BTC": D("0.009"), "ETH": D("0.123")}


def test_a_dividend_names_the_share_that_its_words_begin_with() -> None:
    """Interactive Brokers: the section has no column of a symbol."""
    text = (
        "Statement,Header,Field Name,Field Value\nDividends,Header,Currency,Date,Description,Amount\n"
        "Dividends,Data,USD,2026-01-07,PLGV(US0000000001) Cash Dividend USD 0.1 per Share (Ordinary Dividend),80\n"
    )
    (event,) = read_without_errors(text).activities
    assert (event.kind, event.symbol, event.isin, event.amount) == ("dividend", "PLGV", "US0000000001", D(80))


def test_a_mapped_value_gives_the_price_where_no_column_does() -> None:
    """Ours: value / units, said in a note; a row without a value stays without a price."""
    mapping = ColumnMapping(columns={"symbol": "ticker", "quantity": "units", "value": "worth"}, currency="USD")
    result = import_file(b"Ticker,Units,Worth\nPLGV,3,100\nQLHV,5,\n", mapping=mapping, today=TODAY)
    assert [item.price for item in result.positions] == [Decimal("33.33333333"), None]
    assert "prices are the stated values divided by the units" in result.notes
    assert (result.errors, result.differences) == (0, ())
