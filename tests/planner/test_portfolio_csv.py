"""The plain CSV: what is read, and what is refused with which line and column."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from alex_planner.errors import MAX_LISTED_PROBLEMS, InvalidPortfolio, PortfolioProblem
from alex_planner.portfolio import content_hash
from alex_planner.portfolio_csv import COLUMNS, MAX_BYTES, MAX_ROWS, parse_portfolio_csv

TODAY = date(2026, 11, 23)
HEADER = "account,symbol,name,quantity,price,currency,price_date,cost_basis,asset_class,region,sector"
ROW = "IRA,VTI,Total Market,10,250.10,USD,2026-11-20,2000.50,equity,North America,Diversified"


def problems_of(text: str | bytes) -> tuple[PortfolioProblem, ...]:
    """Return the problems that `text` is refused for."""
    with pytest.raises(InvalidPortfolio) as caught:
        parse_portfolio_csv(text, today=TODAY)
    return caught.value.problems


def only_problem(text: str | bytes) -> PortfolioProblem:
    """Return the one problem of `text`."""
    problems = problems_of(text)
    assert len(problems) == 1, problems
    return problems[0]


def with_cell(column: str, cell: str) -> str:
    """Return a file whose one row has `cell` in `column`."""
    cells = dict(zip(COLUMNS, ROW.split(","), strict=True)) | {column: f'"{cell}"'}
    return f"{HEADER}\n{','.join(cells[name] for name in COLUMNS)}\n"


def test_a_full_row_is_read_exactly() -> None:
    """Ours: every cell arrives, numbers as decimals."""
    (position,) = parse_portfolio_csv(f"{HEADER}\n{ROW}\n", today=TODAY).positions
    assert position.model_dump() == {
        "account": "IRA",
        "symbol": "VTI",
        "name": "Total Market",
        "quantity": Decimal(10),
        "price": Decimal("250.10"),
        "currency": "USD",
        "price_date": date(2026, 11, 20),
        "asset_class": "equity",
        "region": "North America",
        "sector": "Diversified",
        "isin": None,
        "cost_basis": Decimal("2000.50"),
        "lots": (),
        "price_source": None,
    }


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("symbol,quantity,currency\nVTI,1,USD\n", id="required columns alone"),
        pytest.param("Currency, SYMBOL ,quantity\n usd , vti , 1 \n", id="order, case and spaces"),
        pytest.param("\ufeffsymbol,quantity,currency\nVTI,1,USD", id="byte order mark in text, no last newline"),
        pytest.param(b"\xef\xbb\xbfsymbol,quantity,currency\r\nVTI,1,USD\r\n", id="bytes with mark and CRLF"),
        pytest.param(b"symbol,quantity,currency\rVTI,1,USD\r", id="old line ends"),
        pytest.param("\n\nsymbol,quantity,currency\n\n,,\nVTI,1.000,USD\n\n", id="blank lines and padding"),
    ],
)
def test_the_same_holding_is_read_from_every_layout(text: str | bytes) -> None:
    """Ours: layout that carries no meaning is ignored."""
    (position,) = parse_portfolio_csv(text, today=TODAY).positions
    assert (position.symbol, position.quantity, position.currency) == ("VTI", Decimal(1), "USD")
    assert position.price is None
    assert position.account is None


def test_a_row_without_price_is_an_unpriced_holding() -> None:
    """Ours: a price is never made up."""
    parsed = parse_portfolio_csv(f"{HEADER}\n{ROW}\n,ACME,,5,,USD,,,,,\n", today=TODAY)
    assert parsed.unpriced == ("ACME",)
    assert parsed.positions[1].price is None


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        pytest.param("", 1, None, "empty", id="empty"),
        pytest.param(" \n\t\n", 1, None, "empty", id="white space"),
        pytest.param("\ufeff", 1, None, "empty", id="byte order mark alone"),
        pytest.param(HEADER, 1, None, "no holdings", id="header only"),
        pytest.param("symbol;quantity;currency\nVTI;1;USD\n", 1, None, "commas", id="semicolons"),
        pytest.param("symbol,quantity,currency,colour\nVTI,1,USD,red\n", 1, "colour", "known columns", id="unknown"),
        pytest.param("symbol,quantity,currency,\nVTI,1,USD,\n", 1, None, "column 4 has no name", id="nameless"),
        pytest.param("symbol,quantity\nVTI,1\n", 1, "currency", "missing", id="missing column"),
        pytest.param("symbol,quantity,currency,Symbol\nVTI,1,USD,X\n", 1, "symbol", "twice", id="column twice"),
        pytest.param("symbol,quantity,currency\nVTI,,USD\n", 2, "quantity", "no quantity", id="no quantity"),
        pytest.param("symbol,quantity,currency\nVTI,1\n", 2, None, "2 cells where the header has 3", id="too few"),
        pytest.param("symbol,quantity,currency\nVTI,1,000,USD\n", 2, None, "4 cells", id="too many"),
        pytest.param("symbol,quantity,currency\nVTI,1,USD\nVTI,2,USD\n", 3, "symbol", "line 2", id="same symbol"),
        pytest.param("symbol,quantity,currency\nVTI,1,USD\nvti,2,USD\n", 3, "symbol", "line 2", id="other case"),
        pytest.param('symbol,quantity,currency\nVTI,1,USD\n"BND,2,USD\n', 3, None, "quotation", id="open quote"),
        pytest.param("<!DOCTYPE html><html>", 1, None, "HTML", id="html"),
        pytest.param("  <html><table>", 1, None, "HTML", id="html without doctype"),
        pytest.param("%PDF-1.7", 1, None, "PDF", id="pdf"),
        pytest.param("{}", 1, None, "JSON", id="json"),
        pytest.param(b"PK\x03\x04\x14\x00", 1, None, "NUL", id="workbook"),
        pytest.param(b"symbol,quantity,currency\nV\0TI,1,USD\n", 2, None, "NUL", id="nul"),
        pytest.param("symbol,quantity,currency\nVTI,1,USD\n".encode("utf-16"), 1, None, "UTF-16", id="utf-16"),
        pytest.param(
            "symbol,name,quantity,currency\nX,Nestl\xe9,1,CHF\n".encode("latin-1"), 2, None, "0xe9", id="latin"
        ),
        pytest.param("symbol,quantity,currency\nV\udce9,1,USD\n", 2, None, "UTF-8", id="lone surrogate"),
        pytest.param(b"x" * (MAX_BYTES + 1), 1, None, "bytes", id="too large"),
    ],
)
def test_a_file_that_cannot_be_taken_says_where_and_why(
    text: str | bytes, line: int, column: str | None, words: str
) -> None:
    """Ours: one problem, its line, its column and words that help."""
    problem = only_problem(text)
    assert (problem.line, problem.column) == (line, column)
    assert words in problem.message


@pytest.mark.parametrize(
    ("column", "cell", "words"),
    [
        pytest.param("quantity", "1,234", "thousand separators", id="thousands"),
        pytest.param("quantity", "1.234,56", "decimal point", id="european"),
        pytest.param("price", "12,5", "decimal point", id="decimal comma"),
        pytest.param("price", "1'234.50", "thousand separators", id="swiss"),
        pytest.param("price", "1 234.50", "thousand separators", id="space"),
        pytest.param("price", "1\u00a0234", "thousand separators", id="hard space"),
        pytest.param("price", "1.234.567", "thousand separators", id="dots"),
        pytest.param("price", "$12.50", "currency", id="dollar"),
        pytest.param("price", "12%", "percent", id="percent"),
        pytest.param("price", "(12.50)", "parentheses", id="accounting"),
        pytest.param("quantity", "-5", "negative", id="negative"),
        pytest.param("price", "-0.01", "negative", id="negative price"),
        pytest.param("cost_basis", "-1", "negative", id="negative cost"),
        pytest.param("cost_basis", "1,000", "thousand separators", id="grouped cost"),
        pytest.param("quantity", "NaN", "leave the cell empty", id="nan"),
        pytest.param("price", "-Infinity", "leave the cell empty", id="infinity"),
        pytest.param("quantity", "1e999999999", "exponent", id="exponent"),
        pytest.param("quantity", "1_000", "not a plain number", id="underscore"),
        pytest.param("quantity", "\u0661\u0662", "not a plain number", id="arabic digits"),
        pytest.param("quantity", "0x10", "not a plain number", id="hexadecimal"),
        pytest.param("quantity", "9" * 13, "larger than 1000000000000", id="absurd"),
        pytest.param("quantity", "9" * 5000, "larger than", id="thousands of digits"),
        pytest.param("price", "0." + "1" * 19, "19 decimal places", id="too fine"),
        pytest.param("currency", "US$", "ISO 4217", id="currency sign"),
        pytest.param("currency", "UDS", "ISO 4217", id="no such currency"),
        pytest.param("currency", "GBX", "hundredth of GBP", id="pence"),
        pytest.param("currency", "GBp", "hundredth of GBP", id="pence by one letter"),
        pytest.param("price_date", "20/11/2026", "YYYY-MM-DD", id="day first"),
        pytest.param("price_date", "2026-02-30", "calendar", id="no such day"),
        pytest.param("price_date", "2026-11-24", "future", id="future"),
        pytest.param("price_date", "1899-12-31", "too long ago", id="spreadsheet zero"),
        pytest.param("asset_class", "stonks", "equity, bond, cash", id="asset class"),
        pytest.param("symbol", "=1+1", "formula", id="formula in symbol"),
        pytest.param("name", "=cmd|' /C calc'!A0", "formula", id="formula in name"),
        pytest.param("account", "+49 30", "formula", id="plus"),
        pytest.param("region", "@SUM(A1)", "formula", id="at"),
        pytest.param("sector", "-2+3", "formula", id="minus"),
        pytest.param("name", "\uff1dHYPERLINK(1)", "formula", id="full width"),
        pytest.param("name", "two\nlines", "U+000A", id="line break"),
        pytest.param("name", "abc\u202edef", "U+202E", id="writing direction"),
        pytest.param("name", "x" * 201, "201 characters", id="long name"),
        pytest.param("symbol", "Grand Total", "total row", id="total row"),
        pytest.param("symbol", "[x](http://evil)", "not a symbol", id="link as symbol"),
        pytest.param("symbol", "A" * 33, "not a symbol", id="long symbol"),
    ],
)
def test_a_cell_that_cannot_be_read_says_what_to_write(column: str, cell: str, words: str) -> None:
    """Ours: nothing is guessed and nothing is changed silently."""
    problem = only_problem(with_cell(column, cell))
    assert (problem.line, problem.column) == (2, column)
    assert words in problem.message


@pytest.mark.parametrize("symbol", ["BRK.B", "BF/B", "7203.T", "SPAXX**", "^GSPC", "BTC-USD", "RDS A", "XETR:SAP"])
def test_symbols_of_real_markets_are_read(symbol: str) -> None:
    """Ours: what brokers write for a symbol passes."""
    assert parse_portfolio_csv(with_cell("symbol", symbol), today=TODAY).positions[0].symbol == symbol


def test_the_longest_real_numbers_are_exact() -> None:
    """Ours: eighteen decimal places survive, as crypto exchanges write them."""
    text = with_cell("quantity", "1234567890.123456789012345678")
    assert parse_portfolio_csv(text, today=TODAY).positions[0].quantity == Decimal("1234567890.123456789012345678")


def test_all_problems_are_collected_in_the_order_of_the_lines() -> None:
    """Ours: a file is mended in one go."""
    text = "symbol,quantity,price,colour\nVTI,,1\nBND,x,y,red\n,1,1,red\n"
    found = [(problem.line, problem.column) for problem in problems_of(text)]
    assert found == [(1, "colour"), (1, "currency"), (2, None), (3, "quantity"), (3, "price"), (4, "symbol")]


def test_the_error_names_the_first_problem_and_how_many_more() -> None:
    """Ours: the message stands alone, the detail has all."""
    with pytest.raises(InvalidPortfolio) as caught:
        parse_portfolio_csv("symbol,quantity,currency\nVTI,,USD\nBND,-1,USD\nX,1,XXX\n", today=TODAY)
    error = caught.value
    assert error.message == "line 2, column 'quantity': the row has no quantity (and 2 more problems)"
    assert (error.status, error.code) == (422, "invalid_portfolio")
    listed = error.detail["problems"]
    assert isinstance(listed, list)
    assert listed[0] == {"line": 2, "column": "quantity", "message": "the row has no quantity"}
    assert error.detail["total"] == 3


def test_a_file_of_nothing_but_problems_lists_a_bounded_number() -> None:
    """Ours: an answer stays small, the count stays true."""
    rows = "".join(f"S{number},x,USD\n" for number in range(1000))
    with pytest.raises(InvalidPortfolio) as caught:
        parse_portfolio_csv("symbol,quantity,currency\n" + rows, today=TODAY)
    listed = caught.value.detail["problems"]
    assert isinstance(listed, list)
    assert len(listed) == MAX_LISTED_PROBLEMS
    assert caught.value.detail["total"] == 1000


def test_the_row_limit_is_exact() -> None:
    """Ours: ten thousand rows are read, one more is refused."""
    rows = [f"S{number},1,USD\n" for number in range(MAX_ROWS + 1)]
    header = "symbol,quantity,currency\n"
    assert len(parse_portfolio_csv(header + "".join(rows[:-1]), today=TODAY).positions) == MAX_ROWS
    problem = only_problem(header + "".join(rows))
    assert problem.line == MAX_ROWS + 2
    assert str(MAX_ROWS) in problem.message


def test_the_same_symbol_in_two_accounts_is_two_holdings() -> None:
    """Ours: duplicates are judged by account and symbol."""
    parsed = parse_portfolio_csv("account,symbol,quantity,currency\nA,VTI,1,USD\nB,VTI,2,USD\n,VTI,3,USD\n")
    assert [position.quantity for position in parsed.positions] == [1, 2, 3]


def test_a_line_after_a_quoted_line_break_keeps_its_number() -> None:
    """Ours: lines are those that an editor shows."""
    text = 'symbol,name,quantity,currency\nVTI,"two\nlines",1,USD\nBND,x,,USD\n'
    assert [(problem.line, problem.column) for problem in problems_of(text)] == [(2, "name"), (4, "quantity")]


def test_a_date_is_accepted_while_it_is_today_anywhere() -> None:
    """Ours: a broker where the day has begun may be a day ahead of this machine, no more."""
    latest = (datetime.now(UTC) + timedelta(hours=14)).date()
    assert parse_portfolio_csv(with_cell("price_date", latest.isoformat())).positions[0].price_date == latest
    with pytest.raises(InvalidPortfolio):
        parse_portfolio_csv(with_cell("price_date", (latest + timedelta(days=2)).isoformat()))


def test_content_is_the_same_whatever_its_order_and_padding() -> None:
    """Ours: the hash is about the holdings, not about the file."""
    first = parse_portfolio_csv("symbol,quantity,currency\nVTI,1.50,USD\nBND,100,USD\n").positions
    second = parse_portfolio_csv("currency,quantity,symbol\nUSD,100.0,BND\nusd,1.5,vti\n").positions
    third = parse_portfolio_csv("symbol,quantity,currency\nVTI,1.51,USD\nBND,100,USD\n").positions
    assert content_hash(first) == content_hash(second)
    assert content_hash(first) != content_hash(third)
