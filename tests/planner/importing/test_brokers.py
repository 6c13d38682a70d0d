"""Every broker's format: detected by its content, every row with a fate, positions as the file has them."""

from datetime import date
from decimal import Decimal

import pytest
from alex_planner.importing.importer import import_file
from alex_planner.importing.result import ImportResult
from alex_planner.portfolio import Position

from tests.planner.importing import american_samples as american
from tests.planner.importing import european_samples as european
from tests.planner.importing import ibkr_samples as ibkr

TODAY = date(2026, 11, 23)


def imported(text: str, encoding: str = "utf-8") -> ImportResult:
    """Return the result of a file, whose counts must add up."""
    result = import_file(text.encode(encoding), today=TODAY)
    assert result.imported + result.ignored + result.errors == result.rows == len(result.fates)
    return result


def brief(position: Position) -> tuple[str | None, ...]:
    """Return what an investor would compare by eye: account, symbol, quantity, price, currency, day, cost."""
    numbers = [
        None if n is None else f"{n.normalize():f}" for n in (position.quantity, position.price, position.cost_basis)
    ]
    day = position.price_date.isoformat() if position.price_date else None
    return position.account, position.symbol, numbers[0], numbers[1], position.currency, day, numbers[2]


CASES = {
    "schwab_positions": (
        american.SCHWAB_POSITIONS,
        [
            ("Joint ...111", "QLHV", "10", "1050.5", "USD", "2026-01-05", "9000"),
            ("Joint ...111", "CASH", "100", "1", "USD", "2026-01-05", None),
            ("Roth ...222", "QLHV", "3", "1050.5", "USD", "2026-01-05", "2900"),
            ("Roth ...222", "PLGV 5- 2030", "10000", "0.995", "USD", "2026-01-05", "10000"),
        ],
    ),
    "schwab_transactions": (
        american.SCHWAB_TRANSACTIONS,
        [("Joint ...111", "QLHV", "15", "20", "USD", "2026-01-02", "225")],
    ),
    "fidelity_positions": (
        american.FIDELITY_POSITIONS,
        [
            ("X1", "FZZXX", "10.5", "1", "USD", "2026-01-06", None),
            ("X1", "PLGV", "12", "12.5", "USD", "2026-01-06", "130"),
        ],
    ),
    "fidelity_history": (
        american.FIDELITY_HISTORY,
        [("X123", "PLGV", "15.199", "12", "USD", "2026-01-03", "151.99")],
    ),
    "vanguard_holdings": (
        american.VANGUARD,
        [
            ("12345678", "PLGVX", "10.5", "100", "USD", None, None),
            ("12345678", "VMFXX", "33.1", "1", "USD", None, None),
        ],
    ),
    "etrade_portfolio": (
        american.ETRADE_PORTFOLIO,
        [
            ("Individual Brokerage -0001", "PLGV", "100", "10", "USD", "2026-01-14", "900"),
            ("Individual Brokerage -0001", "PLGV JAN 15 -27 -12 CALL", "4", "250", "USD", "2026-01-14", "800"),
            ("Individual Brokerage -0001", "CASH", "300", "1", "USD", "2026-01-14", None),
        ],
    ),
    "etrade_history": (
        american.ETRADE_HISTORY,
        [("Indiv -0001", "PLGV", "8", "11", "USD", "2026-02-19", "80")],
    ),
    "robinhood_activity": (american.ROBINHOOD, [(None, "PLGV", "15", "12", "USD", "2026-01-06", "150")]),
    "coinbase_history": (american.COINBASE, [(None, "ETH", "0.1001", None, "USD", None, None)]),
    "trading212_history": (european.TRADING_212, [(None, "PLGV", "20", None, "GBP", None, "25.1")]),
    "degiro_portfolio": (
        european.DEGIRO_DUTCH,
        [
            (None, "CASH EUR", "12.34", "1", "EUR", None, None),
            (None, "NL0000000001", "10", "1250.5", "EUR", None, None),
        ],
    ),
    "degiro_transactions": (
        european.DEGIRO_TRANSACTIONS,
        [(None, "NL0000000001", "6", "12.5", "EUR", "2026-01-05", "61.2")],
    ),
    "degiro_account": (
        european.DEGIRO_ACCOUNT,
        [
            (None, "CASH EUR", "895", "1", "EUR", "2026-01-05", None),
            (None, "NL0000000001", "10", "10.5", "EUR", "2026-01-05", "105"),
        ],
    ),
    "swissquote_transactions": (
        european.SWISSQUOTE_GERMAN,
        [(None, "PLGV", "6", "125.5", "USD", "2026-01-06", "746.91")],
    ),
    "xtb_cash_operations": (
        european.XTB,
        [
            (None, "PLGV.DE", "5", "12", "EUR", "2026-01-06", "61.7"),
            (None, "QLHV.UK", "8", "12.34", "EUR", "2026-01-05", "98.72"),
        ],
    ),
    "trade_republic_export": (
        european.TRADE_REPUBLIC,
        [(None, "IE0000000001", "1.5", "100", "EUR", "2026-01-06", "151")],
    ),
    "trade_republic_list": (
        european.TRADE_REPUBLIC_LIST,
        [(None, "IE0000000001", "1.5", "100.333333", "EUR", "2026-01-06", "150.5")],
    ),
    "ibkr_activity_statement": (
        ibkr.STATEMENT,
        [
            ("U0000001", "CASH", "500.25", "1", "EUR", "2026-01-31", None),
            ("U0000001", "PLGV", "10", "10.5", "USD", "2026-01-31", "91"),
        ],
    ),
    "ibkr_flex_xml": (
        ibkr.FLEX_XML,
        [
            ("U1", "CASH", "10.5", "1", "USD", "2026-01-31", None),
            ("U1", "PLGV", "10", "10.5", "USD", "2026-01-31", "90"),
        ],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_brokers_file_is_detected_and_read(name: str) -> None:
    """Ours: the format by its content alone, and the positions it has or its trades lead to."""
    text, expected = CASES[name]
    result = imported(text)
    assert result.format == name
    assert [brief(position) for position in result.positions] == expected


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_a_file_reads_the_same_in_every_encoding(encoding: str) -> None:
    """Ours: spreadsheets save in many."""
    assert imported(european.SWISSQUOTE_GERMAN, encoding) == imported(european.SWISSQUOTE_GERMAN)


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_a_file_reads_the_same_with_another_separator(delimiter: str) -> None:
    """Ours: saved again by a spreadsheet of another country."""
    text = ibkr.FLEX_POSITIONS
    assert imported(text.replace(",", delimiter)).positions == imported(text).positions


def test_flex_positions_bring_the_price_of_a_bond_to_one_unit() -> None:
    """Ours: the stated value proves that 99.5 is per 100."""
    result = imported(ibkr.FLEX_POSITIONS)
    assert [brief(p)[1:4] for p in result.positions] == [("PLGV", "10", "10.5"), ("QLHV 5 31", "2000", "0.995")]
    assert result.differences == ()


def test_a_flex_file_of_sections_is_replayed() -> None:
    """Ours: section marks are accounted for, trades become positions."""
    result = imported(ibkr.FLEX_SECTIONS)
    assert [brief(p)[1:] for p in result.positions] == [("PLGV", "6", "10", "USD", "2026-01-06", "54.6")]


def test_the_new_transactions_of_degiro_keep_both_currencies() -> None:
    """Ours: price in dollars, paid in euros; the cost is price x quantity, in the currency of the price."""
    (event,) = imported(european.DEGIRO_NEW_TRANSACTIONS).activities
    assert (event.currency, event.amount, event.amount_currency) == ("USD", Decimal("-47.11"), "EUR")


def test_a_debt_is_an_error_of_its_line() -> None:
    """Ours: negative cash is not read as money."""
    result = imported(european.DEGIRO_GERMAN, "cp1252")
    assert [(p.line, "debt" in p.message) for p in result.problems] == [(2, True)]
    assert [p.symbol for p in result.positions] == ["NL0000000001"]


def test_a_total_that_is_not_the_sum_is_named_and_no_holding() -> None:
    """Ours: the row is left out, its difference is not."""
    (difference,) = imported(american.ETRADE_PORTFOLIO).differences
    assert (difference.what, difference.difference) == ("total", Decimal("1.00"))


def test_duplicates_and_oversold_rows_have_their_fate() -> None:
    """Ours: one id twice is one event; a sale of what the file never bought is named by its line."""
    result = imported(european.TRADING_212)
    assert next(fate.reason for fate in result.fates if fate.line == 4) == "duplicate of line 3: the same id 'EOF1'"
    assert [problem.line for problem in result.problems] == [7]


def test_pence_become_pounds() -> None:
    """Ours: GBX is a hundredth of GBP."""
    buy = next(event for event in imported(european.TRADING_212).activities if event.kind == "buy")
    assert (buy.price, buy.currency) == (Decimal("2.50"), "GBP")


def test_a_coinbase_conversion_is_two_movements_of_one_row() -> None:
    """Ours: what leaves and what comes in."""
    events = [e for e in imported(american.COINBASE).activities if e.line == 6]
    assert [(e.symbol, e.quantity) for e in events] == [("BTC", Decimal("-0.005")), ("ETH", Decimal("0.1"))]


def test_swissquotes_thousands_are_apostrophes() -> None:
    """Ours: 1'234.50 is one number."""
    assert imported(european.SWISSQUOTE).positions[0].price == Decimal("1234.50")
