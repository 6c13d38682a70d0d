"""Other exports of the same brokers: histories, statements, other languages, marks that were changed once."""

from datetime import date
from decimal import Decimal

import pytest
from alex_planner.errors import InvalidPortfolio
from alex_planner.importing.importer import SHEET_FORMATS

from tests.planner.importing.reading import read

D = Decimal
HISTORY = """Statement,Header,Field Name,Field Value
Statement,Data,Title,Transaction History
Statement,Data,Period,"January 1, 2026 - January 31, 2026"
Summary,Header,Field Name,Field Value
Summary,Data,Base Currency,GBP
Summary,Data,Starting Cash,0.0
Summary,Data,Ending Cash,88.5
Transaction History,Header,Date,Account,Description,Transaction Type,Symbol,Quantity,Price,Gross Amount ,Commission,Net Amount
Transaction History,Data,2026-01-20,U***1,PLGV(US0000000001) Cash Dividend,Dividend,PLGV,-,-,2.0,-,2.0
Transaction History,Data,2026-01-20,U***1,PLGV(US0000000001) Cash Dividend - US Tax,Foreign Tax Withholding,PLGV,-,-,-0.3,-,-0.3
Transaction History,Data,2026-01-15,U***1,QUILLHAVEN,Buy,QLHV,2.0,50.0,-80.0,-1.0,-81.0
Transaction History,Data,2026-01-12,U***1,PELLGROVE,Sell,PLGV,-1.0,11.0,11.0,-1.0,10.0
Transaction History,Data,2026-01-10,U***1,PELLGROVE,Buy,PLGV,4.0,10.0,-40.0,-1.0,-41.0
Transaction History,Data,2026-01-09,U***1,Net Amount in Base from Forex Trade,Forex Trade Component,GBP.USD,8,1.3,-0.1,-,-0.1
Transaction History,Data,2026-01-05,U***1,Electronic Fund Transfer,Deposit,-,-,-,200.0,-,200.0
"""  # noqa: E501 - the rows are as long as those of the broker
FIDELITY = """Account Type,Account,Beginning mkt Value,Change in Investment,Ending mkt Value
My Account,X11111111,0.,-61.4,330.7

Symbol/CUSIP,Description,Quantity,Price,Beginning Value,Ending Value,Cost Basis

X11111111
Stocks

PLGV,PELLGROVE FOODS ,20.0000,15.00000,290.00,300.00,280.00
Subtotal of Stocks,,,,,300.00,280.00

X11111111
Bonds
000000AA1,VARROWMERE 5% 2030,30.0000,100.00000,30.00,30.00,30.00

X11111111
Core Account
QZZZQ,BANK DEPOSIT,0.70000,1.00000,0.70,0.70,not applicable
Subtotal of Core Account,,,,,0.70
"""


def test_a_transaction_history_is_replayed_in_its_base_currency() -> None:
    """Interactive Brokers: a price is only known to be in that currency where units x price are the amount."""
    result = read(HISTORY)
    assert (result.broker, result.errors, result.as_of) == ("Interactive Brokers", 0, date(2026, 1, 31))
    held = {item.symbol: (item.quantity, item.price, item.currency, item.cost_basis) for item in result.positions}
    assert held == {
        "CASH": (D("88.5"), D(1), "GBP", None),
        "PLGV": (D(3), D(11), "GBP", D("30.75")),
        "QLHV": (D(2), None, "GBP", D(81)),
    }
    kinds = [item.kind for item in result.activities]
    assert kinds == ["dividend", "tax", "buy", "sell", "buy", "deposit"]


def test_a_monthly_statement_has_holdings_by_account_and_section() -> None:
    """Fidelity: subtotals are no holdings, the core account is money."""
    result = read(FIDELITY)
    assert result.errors == 0
    held = [(item.account, item.symbol, item.quantity, item.asset_class, item.cost_basis) for item in result.positions]
    assert held == [
        ("X11111111", "PLGV", D(20), None, D(280)),
        ("X11111111", "000000AA1", D(30), "bond", D(30)),
        ("X11111111", "QZZZQ", D("0.7"), "cash", None),
    ]


def test_a_list_in_dutch_is_known_and_ambiguous_numbers_are_errors_of_their_rows() -> None:
    """Trade Republic: the app changed its decimal mark once; each number tells by itself or is named."""
    text = (
        "Datum;Transactietype;Waarde (netto);Opmerking;ISIN;Aantal;Kosten;Belasting\n"
        "2026-01-09;Storting;100,50;J. Doe;;;;\n"
        "2026-01-08;Aankoop;-20.5;Pellgrove;US0000000001;2.0500;;\n"
        "2026-01-07;Aankoop;-1,234;Pellgrove;US0000000001;1,5;;\n"
    )
    result = read(text)
    assert (result.format, result.errors) == ("trade_republic_list", 1)
    assert "two ways" in result.problems[0].message
    assert result.positions[0].quantity == D("2.05")


def test_currency_exchanges_of_a_french_account_are_exchanges() -> None:
    """DEGIRO: with and without the accent."""
    text = (
        "Date,Heure,Date de,Produit,Code ISIN,Description,FX,Mouvements,,Solde,,ID Ordre\n"
        '05-01-2026,10:00,05-01-2026,,,Operation de change - Crédit,"1,1",EUR,"10,50",EUR,"10,50",\n'
        '05-01-2026,10:00,05-01-2026,,,Opération de change - Débit,,USD,"-11,55",USD,"0,00",\n'
    )
    assert [item.kind for item in read(text).activities] == ["fx_conversion", "fx_conversion"]


def test_more_digits_than_anything_is_traded_in_are_rounded() -> None:
    """Coinbase: it writes quotients with all their digits."""
    text = (
        "Timestamp,Transaction Type,Asset,Quantity Transacted,Price Currency,Price at Transaction,Subtotal,"
        "Total (inclusive of fees and/or spread),Fees and/or Spread,Notes\n"
        "2026-01-05 10:00:00 UTC,Buy,ETH,0.5,EUR,€3100.4200000000000000012,€1550.21,€1550.21,€0,\n"
    )
    result = read(text)
    assert result.errors == 0
    assert result.positions[0].price == D("3100.420000000000000001")


@pytest.mark.parametrize(
    "text",
    ["date,description,amount,balance\n2026-01-05,Card,-5.00,10\n", '"Date";"Status";"Type"\n"1";"2";"3"\n'],
    ids=["bank", "semicolons"],
)
def test_a_table_of_nobody_known_is_refused_in_one_sentence_that_says_what_to_do(text: str) -> None:
    """Ours: not one problem for each of its columns."""
    with pytest.raises(InvalidPortfolio, match=r"no export of a broker.*column=symbol:HEADING") as caught:
        read(text)
    assert len(caught.value.problems) == 1


def test_transactions_without_holdings_are_replayed() -> None:
    """Vanguard: the lower table alone; a sweep is money, a capital gain is income."""
    result = read(
        "Account Number,Trade Date,Settlement Date,Transaction Type,Transaction Description,Investment Name,Symbol,"
        "Shares,Share Price,Principal Amount,Commissions and Fees,Net Amount,Accrued Interest,Account Type\n"
        "1,01/05/2026,01/06/2026,Buy,Buy,PELLGROVE,PLGVX,10.0,100.0,-1000.0,0.0,-1000.0,0.0,CASH\n"
        "1,01/05/2026,01/06/2026,Sweep out,Sweep,SETTLEMENT FUND,VMFXX,0.0,1.0,1000.0,0.0,1000.0,0.0,CASH\n"
        "1,01/07/2026,01/07/2026,Capital gain (LT),LT,PELLGROVE,PLGVX,0.0,0.0,10.0,0.0,10.0,0.0,CASH\n"
        "1,01/07/2026,01/07/2026,Reinvestment,LT,PELLGROVE,PLGVX,0.1,100.0,-10.0,0.0,-10.0,0.0,CASH\n"
    )
    assert (result.format, result.errors) == ("vanguard_transactions", 0)
    assert [(item.symbol, item.quantity, item.cost_basis) for item in result.positions] == [
        ("PLGVX", D("10.1"), D(1010))
    ]
    assert [item.kind for item in result.activities] == ["buy", "other", "dividend", "buy"]


def test_every_broker_that_is_promised_has_a_format() -> None:
    """Ours: those of the README; OFX and the plain CSV have readers of their own."""
    promised = {
        "Charles Schwab", "Fidelity", "Vanguard", "Interactive Brokers", "E*TRADE", "Robinhood", "Trading 212",
        "DEGIRO", "Swissquote", "XTB", "Trade Republic", "Coinbase",
    }  # fmt: skip
    assert promised == {known.broker for known in SHEET_FORMATS}
