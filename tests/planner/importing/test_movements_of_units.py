"""Rows that move units: by whichever words, they are counted, or named as an error; never left out in silence."""

from decimal import Decimal

import pytest

from tests.planner.importing.reading import read

D = Decimal
SCHWAB = '"Date","Action","Symbol","Description","Quantity","Price","Fees & Comm","Amount"\n'
FIDELITY = "Run Date,Action,Symbol,Description,Type,Quantity,Price ($),Commission ($),Fees ($),Amount ($)\n"
ROBINHOOD = (
    '"Activity Date","Process Date","Settle Date","Instrument","Description","Trans Code","Quantity","Price","Amount"\n'
)
TRADING_212 = "Action,Time,ISIN,Ticker,Name,No. of shares,Price / share,Currency (Price / share),Total (EUR),ID\n"
COINBASE = "Timestamp,Transaction Type,Asset,Quantity Transacted,Spot Price Currency,Spot Price at Transaction\n"
TRADE_REPUBLIC = "date,type,asset_class,symbol,shares,price,amount,currency\n"


@pytest.mark.parametrize(
    "text",
    [
        SCHWAB + '"01/05/2026","Levitated","PLGV","PELLGROVE","5","","",""\n',
        FIDELITY + "01/05/2026,LEVITATED PELLGROVE,PLGV,PELLGROVE,Cash,5,,,,\n",
        ROBINHOOD + '"1/5/2026","1/5/2026","1/5/2026","PLGV","Pellgrove","LEVI","5","",""\n',
        TRADING_212 + "Levitated,2026-01-05 08:00:00,US0000000001,PLGV,Pellgrove,5,10,USD,50,E1\n",
        COINBASE + "2026-01-05T09:00:00Z,Levitated,BTC,0.1,EUR,40000\n",
        TRADE_REPUBLIC + "2026-01-05,LEVITATED,STOCK,US0000000001,5,10,-50,EUR\n",
    ],
    ids=["schwab", "fidelity", "robinhood", "trading 212", "coinbase", "trade republic"],
)
def test_an_unknown_action_that_moves_units_is_an_error_of_its_row(text: str) -> None:
    """Ours: left out, the holding would be wrong."""
    (problem,) = read(text).problems
    assert problem.line == 2
    assert "not known" in problem.message


def test_journaled_shares_are_shares_and_journaled_money_is_money() -> None:
    """Schwab: one action for both; only the symbol tells."""
    result = read(
        SCHWAB
        + '"07/04/2026","Journal","PLGV","JOURNALED SHARES IN","100","","",""\n'
        + '"07/03/2026","Journal","","JOURNAL FRM ...896","","","","$1500.00"\n'
    )
    assert result.errors == 0
    assert [(item.kind, item.quantity, item.amount) for item in result.activities] == [
        ("transfer_in", D(100), None), ("deposit", None, D(1500)),
    ]  # fmt: skip
    assert [(item.symbol, item.quantity) for item in result.positions] == [("PLGV", D(100))]


def test_a_reverse_split_takes_the_old_units_and_brings_the_new() -> None:
    """Ours: each row by its own sign."""
    result = read(
        SCHWAB
        + '"02/02/2026","Reverse Split","PLGV","PELLGROVE","10","","",""\n'
        + '"02/02/2026","Reverse Split","PLGV","PELLGROVE","-100","","",""\n'
        + '"01/05/2026","Buy","PLGV","PELLGROVE","100","$1.00","","-$100.00"\n'
    )
    assert [(item.quantity, item.cost_basis) for item in result.positions] == [(D(10), D(100))]


def test_shares_that_are_distributed_are_a_split_and_the_core_account_is_money() -> None:
    """Fidelity: `DISTRIBUTION` with units and no amount; sweeps of the core fund are no purchases."""
    result = read(
        FIDELITY
        + "01/07/2026,REDEMPTION FROM CORE ACCOUNT PELL MONEY (PMMXX),PMMXX,PELL MONEY,Cash,-500,1,,,500\n"
        + "01/06/2026,DISTRIBUTION PELLGROVE (PLGV),PLGV,PELLGROVE,Cash,30,,,,\n"
        + "01/05/2026,YOU BOUGHT PELLGROVE (PLGV),PLGV,PELLGROVE,Cash,10,20,,,-200\n"
    )
    assert result.errors == 0
    assert [(item.symbol, item.quantity, item.cost_basis) for item in result.positions] == [("PLGV", D(40), D(200))]


def test_degiros_older_transactions_have_one_column_of_an_exchange() -> None:
    """DEGIRO, before 2020: the quantity stands a column earlier."""
    result = read(
        "Datum,Tijd,Product,ISIN,Beurs,Aantal,Koers,,Lokale waarde,,Waarde,,Wisselkoers,Kosten,,Totaal,,Order ID\n"
        '05-01-2019,09:05,PELLGROVE,NL0000000001,EAM,10,"10,50",EUR,"-105,00",EUR,"-105,00",EUR,,"-2,00",EUR,'
        '"-107,00",EUR,a\n'
    )
    assert (result.format, result.errors) == ("degiro_transactions", 0)
    assert [(item.quantity, item.price, item.cost_basis) for item in result.positions] == [(D(10), D("10.5"), D(107))]


@pytest.mark.parametrize(("second", "day"), [("25/01/2026", 5), ("01/25/2026", 1)], ids=["day first", "month first"])
def test_a_flex_query_tells_the_order_of_its_dates(second: str, day: int) -> None:
    """Interactive Brokers: the owner of a query chooses how it writes dates."""
    csv = (
        '"CurrencyPrimary","AssetClass","Symbol","TradeDate","Quantity","TradePrice","IBCommission","Buy/Sell"\n'
        f'"USD","STK","PLGV","05/01/2026","1","10","0","BUY"\n"USD","STK","PLGV","{second}","1","10","0","BUY"\n'
    )
    row = '<Trade symbol="PLGV" currency="USD" quantity="1" tradePrice="10" tradeDate="{}" buySell="BUY"/>\n'
    xml = (
        '<FlexQueryResponse><FlexStatements><FlexStatement accountId="U1"><Trades>'
        f"{row.format('05/01/2026')}{row.format(second)}"
        "</Trades></FlexStatement></FlexStatements></FlexQueryResponse>"
    )
    for text in (csv, xml):
        assert [item.day.day for item in read(text).activities] == [day, 25]


def test_the_sign_tells_which_way_money_and_units_went() -> None:
    """Schwab: one word for both directions."""
    result = read(
        SCHWAB
        + '"01/20/2026","Cash Merger Adj","PLGV","PELLGROVE","-100","","",""\n'
        + '"01/10/2026","Buy","PLGV","PELLGROVE","100","$15.00","","-$1,500.00"\n'
        + '"01/08/2026","MoneyLink Transfer","","Tfr BANK","","","","-$50.00"\n'
    )
    assert [item.kind for item in result.activities] == ["transfer_out", "buy", "withdrawal"]
    assert result.positions == ()


def test_what_a_card_was_charged_for_a_deposit_is_no_fee() -> None:
    """Trading 212: `Charge amount` repeats the deposit."""
    (event,) = read(
        "Action,Time,ISIN,Ticker,Name,No. of shares,Price / share,Total (EUR),Charge amount (EUR),Deposit fee (EUR),"
        "ID\n"
        "Deposit,2026-01-05 08:00:00,,,,,,100.00,100.70,0.70,D1\n"
    ).activities
    assert (event.kind, event.amount, event.fee) == ("deposit", D(100), D("0.70"))


def test_a_sale_that_does_not_say_its_units_is_an_error_in_every_wording() -> None:
    """XTB, 2026: `Stock sell` with nothing in the comment moves units, so it cannot be passed over."""
    result = read(
        "Type;Instrument;Time;Amount;ID;Comment;Product\n"
        "Stock purchase;PLGV.DE;2026-01-05 10:00:00;-98.72;2;OPEN BUY 8 @ 12.34;My Trades\n"
        "Stock sell;PLGV.DE;2026-01-06 10:00:00;36.00;3;;My Trades\n"
        "Total;;;-62.72;;;\n"
    )
    assert (result.format, result.imported, result.errors) == ("xtb_cash_operations", 1, 1)
    assert [fate.line for fate in result.fates if fate.fate == "error"] == [3]


def test_a_plans_history_is_told_by_the_sign_of_its_units() -> None:
    """Fidelity NetBenefits: every plan has words of its own; a change of value moves no units."""
    result = read(
        "Plan name:,PELLGROVE SAVINGS\nDate Range,01/01/2026 - 03/31/2026\n\n"
        "Date,Investment,Transaction Type,Amount ($),Shares/Unit\n"
        "03/03/2026,PELL INDEX,Change in Market Value,1.50,0\n"
        "03/02/2026,PELL INDEX,RECORDKEEPING FEE,-20.00,-1.0\n"
        "03/01/2026,PELL INDEX,CONTRIBUTION,100.00,5.0\n"
    )
    assert (result.format, result.errors) == ("fidelity_plan_history", 0)
    (position,) = result.positions
    assert (position.account, position.symbol, position.quantity) == ("PELLGROVE SAVINGS", "PELL INDEX", D(4))
    assert (position.price, position.cost_basis) == (D(20), D(80))
    assert [(item.kind, item.amount) for item in result.activities] == [("sell", D(20)), ("buy", D(-100))]


def test_a_funds_dividend_paid_in_units_is_a_purchase() -> None:
    """E*TRADE: `Dividend` of a fund with units and a negative amount."""
    result = read(
        "For Account:,####0001\n\nTransactionDate,TransactionType,SecurityType,Symbol,Quantity,Amount,Price,Commission,"
        "Description\n\n04/08/26,Dividend,EQ,PLGV,0,3.00,0,0,PELLGROVE\n"
        "04/07/26,Dividend,MF,QLHVX,5.5,-82.50,0,0,QUILLHAVEN REINVEST PRICE $ 15.00\n"
    )
    assert [(item.kind, item.quantity) for item in result.activities] == [("dividend", None), ("buy", D("5.5"))]
    assert [(item.symbol, item.quantity, item.cost_basis) for item in result.positions] == [
        ("QLHVX", D("5.5"), D("82.50"))
    ]
