"""What a hostile or tired person uploads: each has a clear answer, and nothing of it is half kept."""

from datetime import date

import pytest
from alex_planner.errors import InvalidPortfolio
from alex_planner.importing.decoding import MAX_BYTES
from alex_planner.importing.importer import import_file

TODAY = date(2026, 11, 23)
HEADER = "Account Number,Account Name,Symbol,Description,Quantity,Last Price,Current Value\n"
BOMB = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "b">]><FlexQueryResponse>&b;</FlexQueryResponse>'


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"  \n\n", "empty"),
        (b"<!doctype html><html>Sign in</html>", "HTML"),
        (b"PK\x03\x04rest", "workbook"),
        (b"%PDF-1.7", "PDF"),
        (b"!Type:Invst\nD01/05/2026\nNBuy\nYPLGV\nQ5\n^\n", "QIF.*export OFX"),
        (b'{"Transactions": [{"Action": "Sale"}]}', "JSON; export"),
        (b"{\\rtf1 Statement}", "RTF"),
        (b"x" * (MAX_BYTES + 1), "at most"),
        (b"a,b\n\x81\x8d\n", "neither UTF-8"),
        (b"\x01\0\x02binary\x07", "NUL"),
        (BOMB.encode(), "refused"),
        (BOMB.replace("FlexQueryResponse", "OFX").encode(), "refused"),
        (b"<FlexQueryResponse><FlexStatement>", "not well-formed"),
        (b"<note>hello</note>", "neither a Flex query"),
        (b"OFXHEADER:100\nDATA:OFXSGML\n", "cut off"),
        (HEADER.encode(), "without a row"),
        (b"symbol;quantity;currency\nVTI;1;USD\n", "not separated by commas"),
        (b"symbol,quantity,currency" + b",x" * 300_000, "cells; at most"),
        (b"," * 1_000_000, "cells; at most"),
        (b"<FlexQueryResponse>" + b"<a>" * 100_000, "not well-formed"),
        (b"<OFX>" + b"<A>" * 100_000 + b"</OFX>", "deeper than"),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><FlexQueryResponse/>', "refused"),
        (b'symbol,quantity,currency\n"VTI,1,USD\n' + b"VTI,1,USD\n" * 40, "quotation"),
    ],
    ids=[
        "empty", "blank", "html", "workbook", "pdf", "qif", "json", "rtf", "huge",
        "encoding", "binary", "flex bomb", "ofx bomb", "cut xml",
        "other xml", "cut ofx", "no rows", "semicolons", "wide", "commas", "deep flex", "deep ofx", "external entity",
        "open quote",
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(data: bytes, words: str) -> None:
    """Ours: one sentence that says what is wrong."""
    with pytest.raises(InvalidPortfolio, match=words):
        import_file(data, today=TODAY)


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ("X1,A,PLGV,=HYPERLINK(1),1,$1.00,$1.00", None, "formula"),
        ("X1,A,=1+1,P,1,$1.00,$1.00", None, "formula"),
        ("X1,A,PLGV,P,1,€1.00,$1.00", "last price", "in EUR"),
        ("X1,A,PLGV,P,-1,$1.00,-$1.00", "quantity", "short position"),
        ("X1,A,PLGV,P,1,-$1.00,$1.00", "price", "negative"),
        ("X1,A,PLGV,P,9999999999999,$1.00,$1.00", "quantity", "larger than"),
        ("X1,A,PLGV,P,1e5,$1.00,$1.00", "quantity", "not a number"),
        ("X1,A,PLGV,P,1e-999999999,$1.00,$1.00", "quantity", "decimal places"),
        ("X1,A,PLGV,P,,$1.00,$1.00", "quantity", "no quantity"),
        ("X1,A,Total,P,1,$1.00,$1.00", None, None),
        ("X1,A,VRWM,V,3,$1.00,$3.00", None, "already on line 2"),
        ("X1,A,VRWM,V,2,$1.00,$2.00", None, None),
    ],
    ids=[
        "formula name", "formula symbol", "two currencies", "short", "negative price", "absurd", "exponent",
        "vanishing", "no quantity", "total", "other quantity", "duplicate",
    ],
)  # fmt: skip
def test_a_bad_row_is_named_and_the_good_ones_stay(row: str, column: str | None, words: str | None) -> None:
    """Ours: an error with its line, or a row left out with the reason; never a holding."""
    result = import_file((HEADER + "X1,A,VRWM,V,2,$1.00,$2.00\n" + row + "\n").encode(), today=TODAY)
    assert [position.symbol for position in result.positions] == ["VRWM"]
    fate = result.fates[-1]
    assert (fate.line, fate.fate) == (3, "error" if words else "ignored")
    assert fate.column == column
    assert (words or "") in fate.reason


def test_rows_under_a_repeated_heading_are_duplicates() -> None:
    """Ours: a file that was pasted to itself holds nothing twice."""
    rows = HEADER + "X1,A,VRWM,V,2,$1.00,$2.00\n"
    result = import_file((rows + rows).encode(), today=TODAY)
    assert (result.imported, result.ignored, len(result.positions)) == (1, 3, 1)


@pytest.mark.parametrize(
    ("number", "name", "kept"),
    [("X1", "Joint", ["X1"]), ("X2", "Single", ["X1", "X2"])],
    ids=["one number under two names", "one name under two numbers"],
)
def test_an_account_that_is_listed_twice_counts_once(number: str, name: str, kept: list[str]) -> None:
    """Ours: its number tells an account; what it is called does not."""
    rows = f"X1,Single,VRWM,V,2,$1.00,$2.00\n{number},{name},VRWM,V,2,$1.00,$2.00\n"
    result = import_file((HEADER + rows).encode(), today=TODAY)
    assert [position.account for position in result.positions] == kept
    assert result.fates[-1].reason == ("duplicate of line 2" if number == "X1" else "position")


def test_a_price_that_does_not_make_the_value_is_a_named_difference() -> None:
    """Ours: price x quantity and the stated value side by side."""
    result = import_file((HEADER + "X1,A,VRWM,V,2,$1.00,$2.50\n").encode(), today=TODAY)
    (difference,) = result.differences
    assert (difference.line, str(difference.computed), str(difference.stated)) == (2, "2.00", "2.50")


def test_a_date_in_the_future_is_an_error() -> None:
    """Ours: nothing has a price before it is traded."""
    text = "Date,Action,Symbol,Description,Quantity,Price,Fees & Comm,Amount\n01/05/2027,Buy,PLGV,P,1,$1,,-$1\n"
    (problem,) = import_file(text.encode(), today=TODAY).problems
    assert "future" in problem.message


def test_a_plain_file_has_a_fate_for_every_row() -> None:
    """Ours: the strict reader's problems become errors of their lines."""
    result = import_file(b"symbol,quantity,currency\nVTI,1,USD\nTOTAL,1,USD\n", today=TODAY)
    assert [(fate.line, fate.fate) for fate in result.fates] == [(1, "ignored"), (2, "imported"), (3, "error")]
