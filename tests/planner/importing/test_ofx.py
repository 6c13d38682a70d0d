"""OFX and QFX: elements with and without end tags, positions, cash and transactions."""

from datetime import date
from decimal import Decimal

from alex_planner.importing.importer import import_file

TODAY = date(2026, 11, 23)
SGML = """OFXHEADER:100
DATA:OFXSGML
VERSION:102

<OFX><SIGNONMSGSRSV1><SONRS><FI><ORG>Sample Broker</FI></SONRS></SIGNONMSGSRSV1>
<INVSTMTMSGSRSV1><INVSTMTTRNRS><INVSTMTRS><DTASOF>20260131160000<CURDEF>USD
<INVACCTFROM><BROKERID>sample.example<ACCTID>77</INVACCTFROM>
<INVTRANLIST><DTSTART>20260101<DTEND>20260131
<BUYSTOCK><INVBUY><INVTRAN><FITID>1<DTTRADE>20260105</INVTRAN><SECID><UNIQUEID>000000001<UNIQUEIDTYPE>CUSIP</SECID>
<UNITS>10<UNITPRICE>9<COMMISSION>1<TOTAL>-91</INVBUY></BUYSTOCK>
<INVBANKTRAN><STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20260102<TRNAMT>500<FITID>2<MEMO></STMTTRN></INVBANKTRAN>
</INVTRANLIST>
<INVPOSLIST>
<POSSTOCK><INVPOS><SECID><UNIQUEID>000000001<UNIQUEIDTYPE>CUSIP</SECID><HELDINACCT>CASH<POSTYPE>LONG
<UNITS>10<UNITPRICE>10.5<MKTVAL>105<DTPRICEASOF>20260131</INVPOS></POSSTOCK>
<POSMF><INVPOS><SECID><UNIQUEID>000000002<UNIQUEIDTYPE>CUSIP</SECID><HELDINACCT>CASH<POSTYPE>SHORT
<UNITS>-1<UNITPRICE>1<MKTVAL>-1<DTPRICEASOF>20260131</INVPOS></POSMF>
</INVPOSLIST>
<INVBAL><AVAILCASH>409.00<MARGINBALANCE>0<SHORTBALANCE>0</INVBAL>
</INVSTMTRS></INVSTMTTRNRS></INVSTMTMSGSRSV1>
<SECLISTMSGSRSV1><SECLIST><STOCKINFO><SECINFO><SECID><UNIQUEID>000000001<UNIQUEIDTYPE>CUSIP</SECID>
<SECNAME>Pellgrove &amp; Sons<TICKER>PLGV</SECINFO></STOCKINFO></SECLIST></SECLISTMSGSRSV1></OFX>
"""


def test_elements_without_end_tags_are_read() -> None:
    """Source: OFX 1.6, 2.2.1: end tags of elements are optional."""
    result = import_file(SGML.encode(), today=TODAY)
    assert (result.broker, result.format, result.as_of) == ("Sample Broker", "ofx", date(2026, 1, 31))
    stock, cash = result.positions
    assert (stock.account, stock.symbol, stock.name) == ("77", "PLGV", "Pellgrove & Sons")
    assert (stock.quantity, stock.price) == (Decimal(10), Decimal("10.5"))
    assert stock.price_date == date(2026, 1, 31)
    assert (cash.asset_class, cash.quantity, cash.currency) == ("cash", Decimal(409), "USD")
    assert [event.kind for event in result.activities] == ["buy", "deposit"]
    assert result.imported + result.ignored + result.errors == result.rows


def test_a_short_position_is_an_error_with_its_line() -> None:
    """Ours: the line of its element."""
    (problem,) = import_file(SGML.encode(), today=TODAY).problems
    assert (problem.line, "short" in problem.message) == (16, True)


def test_without_positions_the_transactions_are_replayed() -> None:
    """Ours: a download of transactions alone still leads to a position."""
    start, end = SGML.index("<INVPOSLIST>"), SGML.index("<INVBAL>")
    result = import_file((SGML[:start] + SGML[end:]).encode(), today=TODAY)
    stock = next(position for position in result.positions if position.symbol == "PLGV")
    assert (stock.quantity, stock.cost_basis) == (Decimal(10), Decimal(91))


def test_a_transaction_that_comes_twice_is_imported_once() -> None:
    """Source: OFX 2.2, 3.2.3: a FITID is unique in an account."""
    start, end = SGML.index("<BUYSTOCK>"), SGML.index("<INVBANKTRAN>")
    result = import_file((SGML[:end] + SGML[start:end] + SGML[end:]).encode(), today=TODAY)
    assert [event.kind for event in result.activities] == ["buy", "deposit"]
    assert any("duplicate" in fate.reason for fate in result.fates)
