"""The same exports in other years and languages: headings that moved, columns left out. All data is made up."""

from datetime import date
from decimal import Decimal

import pytest

from tests.planner.importing.reading import read

D = Decimal
SCHWAB = """"Positions for account Individual ...111 as of 03:59 PM ET, 2026/08/07"

"Symbol","Description","Price","Qty (Quantity)","Mkt Val (Market Value)","Cost Basis","% of Acct (% of Account)","Asset Type",
"PLGV","PELLGROVE","222.185","0.5","$111.09","$90.10","50%","Equity",
"QLHV 10/16/2026 185.00 C","CALL QUILLHAVEN","$2.00","1","$200.00","$150.66","10%","Option",
"Cash & Cash Investments","--","--","--","$12.50","--","1%","Cash and Money Market",
"Positions Total","","--","--","$323.59","$240.76","--","--",
"""  # noqa: E501 - the rows are as long as those of the broker
FIDELITY = (
    "Account Number,Account Name,Symbol,Description,Quantity,Last Price,Current Value,Cost Basis Total\n"
    "X1,Indiv,PLGV,PELLGROVE,10,$12.50,$125.00,$100.00\n"
    "Pending Activity,,,,,,$-50.00\n"
    ",,,,,,,\n"
    '"Date downloaded Oct-01-2026",,,,,,,\n'
)
STATEMENT = (
    "Statement,Header,Field Name,Field Value\n"
    "Open Positions,Header,DataDiscriminator,Asset Category,Currency,Symbol,Quantity,Mult,Close Price,Value\n"
    "Open Positions,Data,Summary,Stocks - Held with Interactive Brokers (U.K.) Limited,USD,PLGV,10,1,10.5,105\n"
    "Trades,Header,DataDiscriminator,Asset Category,Currency,Symbol,Date/Time,Quantity,T. Price,Proceeds,Comm/Fee\n"
    "Trades,Data,Order,Equity and Index Options - Held with Interactive Brokers (U.K.) Limited,USD,"
    'PLGV 20NOV26 12 C,"2026-01-05, 10:01:14",1,9,-900,-1\n'
)
PORTFOLIOS = {
    "english": "Product,Symbol/ISIN,Quantity,Closing price,Currency,,Value in EUR",
    "portuguese": "Produto,Símbolo/ISIN,Quantidade,Fecho,Valor local,,Valor em EUR",
    "spanish": "Producto,Ticker/ISIN,Cantidad,Precio de cierre,Valor local,,Valor en EUR",
    "italian": "Prodotto,Simbolo/ISIN,Quantità,Chiusura,Valore locale,,Valore in EUR",
    "french": "Produit,Symbole/ISIN,Quantité,Clôture,Devise,,Montant en EUR",
    "finnish": "Tuote,Symboli/ISIN,Määrä,Päätöskurssi,Paikallinen arvo,,Arvo EUR",
}
ACCOUNTS = {
    "spanish": "Fecha,Hora,Fecha valor,Producto,ISIN,Descripción,Tipo,Variación,,Saldo,,ID Orden",
    "italian": "Data,Ora,Data Valuta,Prodotto,ISIN,Descrizione,Borsa,Variazioni,,Saldo,,ID Ordine",
    "portuguese": "Data,Hora,Data Valor,Produto,ISIN,Descrição,T.,Mudança,,Saldo,,ID da Ordem",
    "headings over the amounts": "Fecha,Hora,Fecha valor,Producto,ISIN,Descripción,Tipo de cambio,,Importe,,Saldo,,ID",
}


def test_schwabs_newer_positions_call_the_class_asset_type() -> None:
    """Schwab, 2026: `Asset Type`, and one total of all positions."""
    result = read(SCHWAB)
    assert (result.format, result.errors, result.differences) == ("schwab_positions", 0, ())
    held = [(item.symbol, item.quantity, item.price, item.asset_class) for item in result.positions]
    assert held == [
        ("PLGV", D("0.5"), D("222.185"), "equity"),
        ("QLHV 10/16/2026 185.00 C", D(1), D("200.00"), None),
        ("CASH", D("12.50"), D(1), "cash"),
    ]


def test_what_is_pending_is_no_holding_in_whichever_column_it_is_said() -> None:
    """Fidelity: `Pending Activity` stands in the place of the symbol or of the account."""
    result = read(FIDELITY)
    assert (result.errors, [item.symbol for item in result.positions]) == (0, ["PLGV"])
    assert result.as_of == date(2026, 10, 1)


def test_a_custodian_behind_the_category_changes_nothing() -> None:
    """Interactive Brokers: accounts of its British company; options stay options."""
    result = read(STATEMENT)
    assert [item.symbol for item in result.positions] == ["PLGV"]
    assert result.activities == ()
    assert any("derivatives" in fate.reason for fate in result.fates)


@pytest.mark.parametrize("language", PORTFOLIOS)
def test_degiros_portfolio_is_known_in_every_language(language: str) -> None:
    """DEGIRO: by its shape, not by its words."""
    rows = '\nPELLGROVE,NL0000000001,10,"12,50",USD,"125,00","110,00"\nCASH & CASH FUND (EUR),,,,EUR,"5,50","5,50"\n'
    result = read(PORTFOLIOS[language] + rows)
    assert (result.broker, result.errors) == ("DEGIRO", 0)
    held = [(item.symbol, item.quantity, item.price, item.currency) for item in result.positions]
    assert held == [("NL0000000001", D(10), D("12.50"), "USD"), ("CASH EUR", D("5.50"), D(1), "EUR")]


@pytest.mark.parametrize("language", ACCOUNTS)
def test_degiros_account_is_known_in_every_language(language: str) -> None:
    """DEGIRO: the rate has another name in each, and the amounts' heading stands over either of their columns."""
    rows = (
        '\n05-01-2026,09:05,05-01-2026,PELLGROVE,NL0000000001,"Compra 10 Pellgrove@10,50 EUR (NL0000000001)",,EUR,'
        '"-105,00",EUR,"895,00",x\n'
        '04-01-2026,09:05,04-01-2026,PELLGROVE,NL0000000001,Dividendo,,USD,"2,50",USD,"2,50",\n'
    )
    result = read(ACCOUNTS[language] + rows)
    assert (result.format, result.errors) == ("degiro_account", 0)
    moved = [(item.kind, item.quantity, item.amount, item.amount_currency) for item in result.activities]
    assert moved == [("buy", D(10), D(-105), "EUR"), ("dividend", None, D("2.5"), "USD")]


def test_a_history_without_trades_has_no_columns_of_shares() -> None:
    """Trading 212: an export of deposits and withdrawals alone; what is withdrawn leaves, whatever its sign."""
    result = read(
        "Action,Time,Notes,ID,Total,Currency (Total),Merchant name,Merchant category\n"
        "Deposit,2026-01-05 08:00:00,Bank,D1,1000.00,EUR,,\n"
        "Withdrawal,2026-01-06 08:00:00,Bank,D2,10.00,EUR,,\n"
        "Card debit,2026-01-07 08:00:00,,D3,-5.00,EUR,Shop,RETAIL\n"
    )
    assert (result.broker, result.errors) == ("Trading 212", 0)
    assert [(item.kind, item.amount) for item in result.activities] == [
        ("deposit", D(1000)), ("withdrawal", D(-10)), ("withdrawal", D(-5)),
    ]  # fmt: skip


def test_costs_are_counted_where_the_heading_names_their_currency() -> None:
    """Trading 212: `Stamp duty reserve tax (GBP)` in older files; withheld tax is no cost of a trade."""
    result = read(
        "Action,Time,ISIN,Ticker,Name,No. of shares,Price / share,Currency (Price / share),Exchange rate,Total (GBP),"
        "Withholding tax,Stamp duty reserve tax (GBP),Currency conversion fee (GBP),Notes,ID\n"
        "Market buy,2026-01-05 08:00:00,GB0000000001,PLGV,Pellgrove,10,5.00,GBP,1,50.30,0.10,0.25,0.05,,E1\n"
    )
    (event,) = result.activities
    assert (event.fee, event.amount) == (D("0.30"), D("-50.30"))


def test_fills_paid_in_money_are_trades_and_fills_paid_in_a_coin_are_two_movements() -> None:
    """Coinbase's exchange: USDC and BTC are no currencies of ISO 4217."""
    result = read(
        "portfolio,trade id,product,side,created at,size,size unit,price,fee,total,price/fee/total unit\n"
        "default,1,BTC-USD,BUY,2026-01-05T09:00:00.000Z,0.1,BTC,40000,10,-4010,USD\n"
        "default,2,ETH-BTC,BUY,2026-01-06T09:00:00.000Z,1,ETH,0.05,0,-0.05,BTC\n"
    )
    assert (result.format, result.errors) == ("coinbase_fills", 0)
    held = {item.symbol: (item.quantity, item.cost_basis) for item in result.positions}
    assert held == {"BTC": (D("0.05"), D(2005)), "ETH": (D(1), None)}


def test_an_account_statement_of_the_exchange_adds_up_to_its_balances() -> None:
    """Coinbase's exchange: money and coins by their unit; each match is a row per unit."""
    result = read(
        "portfolio,type,time,amount,balance,amount/balance unit,transfer id,trade id,order id\n"
        "default,deposit,2026-01-05T09:00:00.000Z,500,500,EUR,t,,\n"
        "default,match,2026-01-06T09:00:00.000Z,-400,100,EUR,,1,o\n"
        "default,match,2026-01-06T09:00:00.000Z,0.01,0.01,BTC,,1,o\n"
        "default,fee,2026-01-06T09:00:00.000Z,-1,99,EUR,,1,o\n"
    )
    assert [(item.symbol, item.quantity, item.cost_basis) for item in result.positions] == [("BTC", D("0.01"), None)]
    assert [item.kind for item in result.activities] == ["deposit", "other", "transfer_in", "fee"]
