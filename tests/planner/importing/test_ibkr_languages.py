"""Interactive Brokers' statements in other languages: names, amounts and ids are invented."""

# ruff: noqa: E501 - the rows are as long as those of the broker

from datetime import date
from decimal import Decimal

import pytest

from tests.planner.importing.reading import read, read_without_errors

D = Decimal
GERMAN = """Statement,Header,Feldname,Feldwert
Statement,Data,Period,"Januar 1, 2026 - März 31, 2026"
Kontoinformationen,Header,Feldname,Feldwert
Kontoinformationen,Data,Name,A B
Kontoinformationen,Data,Konto,U0000001
Kontoinformationen,Data,Basiswährung,EUR
Nettoinventarwert,Header,Anlageklasse,Vorheriger Gesamtwert,Aktuell gesamt
Nettoinventarwert,Data,Barmittel,100,170
Cash-Bericht,Header,Währungsübersicht,Währung,Gesamt,Wertpapiere,Futures,
Cash-Bericht,Data,Anfangsbarsaldo,EUR,100,100,0,
Cash-Bericht,Data,Einzahlungen,EUR,100,100,0,
Cash-Bericht,Data,Käufe,EUR,-30,-30,0,
Cash-Bericht,Data,Endbarsaldo,EUR,170,170,0,
Cash-Bericht,Data,Abgerechneter Endbarsaldo,EUR,160,160,0,
Offene Positionen,Header,DataDiscriminator,Anlagekategorie,Währung,Symbol,Menge,Mult,Einstandspreis,Einstandswert,Schlusskurs,Wert,Unrealisierter G/V,Code
Offene Positionen,Data,Summary,Aktien,USD,PLGV,10,1,9.1,91,10.5,105,14,
Offene Positionen,Total,,Aktien,USD,,,,,91,,105,14,
Devisenpositionen,Header,Anlagekategorie,Währung,Beschreibung,Menge,Einstandspreis,Einstandswert in EUR,Schlusskurs,Wert in EUR,Unrealisierter G/V in EUR,Code
Devisenpositionen,Data,Devisen,EUR,USD,50,0.91,-45.5,0.9,45,-0.5,
Transaktionen,Header,DataDiscriminator,Anlagekategorie,Währung,Konto,Symbol,Datum/Zeit,Menge,T.-Kurs,Schlusskurs,Erlös,Provision/Gebühr,Basis,Realisierter G/V,MTM G/V,Code
Transaktionen,Data,Order,Aktien,USD,U0000001,PLGV,"2026-02-02, 10:00:00","1,010",9,9.5,-9090,-1,9091,0,0,O
Transaktionen,Data,Order,Aktien- und Indexoptionen,USD,U0000001,PLGV 20MAR26 15 C,"2026-02-02, 10:00:00",1,1,1,-100,-1,101,0,0,O
Transaktionen,Header,DataDiscriminator,Anlagekategorie,Währung,Konto,Symbol,Datum/Zeit,Menge,T.-Kurs,,Erlös,Prov. in EUR,,,MTM in EUR,Code
Transaktionen,Data,Order,Devisen,USD,U0000001,EUR.USD,"2026-02-03, 10:00:00",-100,1.1,,110,-2,,,0,
Einzahlungen & Auszahlungen,Header,Währung,Konto,Abrechnungsdatum,Beschreibung,Betrag
Einzahlungen & Auszahlungen,Data,EUR,U0000001,2026-02-01,Überweisung,100
Einzahlungen & Auszahlungen,Data,Gesamt,,,,100
Dividenden,Header,Währung,Konto,Datum,Beschreibung,Betrag
Dividenden,Data,USD,U0000001,2026-03-01,PLGV(US0000000001) Bardividende USD 0.33 pro Aktie,3.3
Quellensteuer,Header,Währung,Konto,Datum,Beschreibung,Betrag,Code
Quellensteuer,Data,USD,U0000001,2026-03-01,PLGV(US0000000001) Bardividende - US Steuer,-0.5,
Informationen zum Finanzinstrument,Header,Anlagekategorie,Symbol,Beschreibung,Conid,Wertpapier-ID,Underlying,Börse,Multiplikator,Typ,Code
Informationen zum Finanzinstrument,Data,Aktien,PLGV,PELLGROVE,1,US0000000001,PLGV,NYSE,1,COMMON,
"""
CHINESE_HISTORY = """Statement,Header,域名称,域值
Statement,Data,Period,"三月 1, 2026 - 三月 31, 2026"
总结,Header,域名称,域值
总结,Data,基础货币,USD
Transaction History,Header,日期,账户,说明,交易类型,代码,数量,价格,Price Currency,总额,佣金,净额
Transaction History,Data,2026-03-02,U***12345,PELLGROVE,买,PLGV,5.0,10.00,USD,-50.00,-0.34,-50.34
Transaction History,Data,2026-03-03,U***12345,PELLGROVE,卖,PLGV,-2.0,11.00,USD,22.00,-0.34,21.66
Transaction History,Data,2026-03-04,U***12345,PELLGROVE,股息,PLGV,-,-,-,0.1,-,0.1
Transaction History,Data,2026-03-05,U***12345,外汇,外汇交易组成部分,USD.HKD,-2.38,7.77,HKD,-0.001,-,-0.001
"""
PERIODS = {
    "Spanish": "Enero 1, 2026 - Septiembre 14, 2026",
    "French": "1 janvier 2026 - 14 septembre 2026",
    "Portuguese": "Janeiro 1, 2026 - Setembro 14, 2026",
    "Chinese": "一月 1, 2026 - 九月 14, 2026",
}


def test_a_german_statement_has_positions_cash_and_movements() -> None:
    """Interactive Brokers: ending cash is the sum of the rows above it, before what is settled later."""
    result = read_without_errors(GERMAN)
    assert (result.format, result.as_of) == ("ibkr_activity_statement", date(2026, 3, 31))
    held = [
        (item.account, item.symbol, item.isin, item.quantity, item.price, item.currency) for item in result.positions
    ]
    assert held == [
        ("U0000001", "CASH", None, D(170), D(1), "EUR"),
        ("U0000001", "PLGV", "US0000000001", D(10), D("10.5"), "USD"),
    ]
    moved = [(item.kind, item.quantity, item.amount, item.currency) for item in result.activities]
    assert moved == [
        ("buy", D(1010), D(-9091), "USD"),
        ("fx_conversion", None, D(108), "USD"),
        ("deposit", None, D(100), "EUR"),
        ("dividend", None, D("3.3"), "USD"),
        ("tax", None, D("-0.5"), "USD"),
    ]
    assert any("derivatives" in fate.reason for fate in result.fates)


def test_balances_of_currencies_give_the_brokers_own_rate() -> None:
    """Ours: a holding in dollars of an account in euros is counted at the rate that the file states."""
    (rate,) = read_without_errors(GERMAN).exchange_rates
    assert (rate.base, rate.quote, rate.rate, rate.as_of) == ("USD", "EUR", D("0.9"), date(2026, 3, 31))
    assert rate.source == "the statement"


def test_a_chinese_transaction_history_is_replayed() -> None:
    """Interactive Brokers: kinds by their words, currency pairs by their symbol."""
    result = read_without_errors(CHINESE_HISTORY)
    assert [(item.symbol, item.quantity, item.price) for item in result.positions] == [("PLGV", D(3), D(11))]
    assert [item.kind for item in result.activities] == ["buy", "sell", "dividend"]


def test_positions_in_a_language_without_known_words_are_known_by_their_shape() -> None:
    """Ours: the order of cells is the same in every language; what cannot be told apart is named, not guessed."""
    result = read(
        "Statement,Header,Mezonev,Mezoertek\n"
        "Nyitott,Header,DataDiscriminator,Eszkoz,Deviza,Szimbolum,Nyitva,Mennyiseg,Szorzo,Ar,Bekerules,Zaro,Ertek,NyV,Kod\n"
        "Nyitott,Data,Summary,Reszveny,USD,PLGV,-,10,1,9.1,91,10.5,105,14,\n"
        "Osztalek,Header,Deviza,Datum,Leiras,Osszeg\n"
        "Osztalek,Data,USD,2026-03-01,PLGV(US0000000001) Osztalek,3.3\n"
    )
    assert [(item.symbol, item.quantity, item.cost_basis) for item in result.positions] == [("PLGV", D(10), D(91))]
    assert result.activities == ()
    assert any(fate.line == 5 and "'Osztalek'" in fate.reason for fate in result.fates)


@pytest.mark.parametrize("language", PERIODS)
def test_the_last_day_of_a_period_is_read_in_its_language(language: str) -> None:
    """Ours: prices are of that day."""
    text = GERMAN.replace("Januar 1, 2026 - März 31, 2026", PERIODS[language])
    assert read_without_errors(text).as_of == date(2026, 9, 14)
