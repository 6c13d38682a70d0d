"""Prints how long made-up activity files of 10,000 rows take to import, format by format.

Run it with `uv run python tools/bench/importing/run.py`; the figure to reach is under 2 s.
"""

import io
import time
from datetime import date, datetime, timedelta

from alex_planner.importing.importer import import_file
from openpyxl import Workbook  # type: ignore[import-untyped]  # it ships no types

ROWS = 10_000
FIRST = date(2020, 1, 1)


def _days() -> list[date]:
    return [FIRST + timedelta(days=index // 8) for index in range(ROWS)]


def trading212() -> str:
    """Return buys of eight shares, each fifth row a sale."""
    header = (
        "Action,Time,ISIN,Ticker,Name,No. of shares,Price / share,Currency (Price / share),Total,Currency (Total),ID"
    )
    rows = [
        f"Market {'buy' if i % 5 else 'sell'},{day} 10:00:{i % 60:02}.{i % 1000:03},US{i % 8:010},S{i % 8},Share,"
        f"{1 if i % 5 else 0}.5,{100 + i % 50}.25,USD,{150 + i % 50}.38,EUR,E{i}"
        for i, day in enumerate(_days(), start=41)
    ]
    return "\n".join([header, *rows])


def robinhood() -> str:
    """Return buys of forty shares with dollar signs and line breaks, the newest first."""
    names = ("Activity Date", "Process Date", "Settle Date", "Instrument", "Description", "Trans Code", "Quantity")
    header = ",".join(f'"{name}"' for name in (*names, "Price", "Amount"))
    rows = [
        f'"{day:%m/%d/%Y}","{day:%m/%d/%Y}","{day:%m/%d/%Y}","S{i % 40}","Share\nCUSIP: {i % 40:09}","Buy","1.25",'
        f'"$1,{100 + i % 50}.25","($1,{375 + i % 50}.31)"'
        for i, day in enumerate(_days())
    ]
    return "\n".join([header, *reversed(rows)])


def flex_xml() -> str:
    """Return trades as a Flex query."""
    rows = [
        f'<Trade accountId="U1" currency="USD" assetCategory="STK" symbol="S{i % 40}" isin="US{i % 40:010}"'
        f' tradeID="{i}" dateTime="{day:%Y%m%d};101112" quantity="10" tradePrice="9.25" proceeds="-92.5"'
        f' ibCommission="-1" ibCommissionCurrency="USD" buySell="BUY" levelOfDetail="EXECUTION"/>'
        for i, day in enumerate(_days())
    ]
    body = "\n".join(rows)
    return (
        '<FlexQueryResponse><FlexStatements><FlexStatement accountId="U1" toDate="20261031"><Trades>\n'
        f"{body}\n</Trades></FlexStatement></FlexStatements></FlexQueryResponse>"
    )


def ofx() -> str:
    """Return buys without end tags."""
    rows = [
        f"<BUYSTOCK><INVBUY><INVTRAN><FITID>{i}<DTTRADE>{day:%Y%m%d}</INVTRAN><SECID><UNIQUEID>{i % 40:09}"
        f"<UNIQUEIDTYPE>CUSIP</SECID><UNITS>10<UNITPRICE>9.25<TOTAL>-92.5</INVBUY></BUYSTOCK>"
        for i, day in enumerate(_days())
    ]
    body = "\n".join(rows)
    return f"OFXHEADER:100\n\n<OFX><INVSTMTRS><CURDEF>USD<INVTRANLIST>\n{body}\n</INVTRANLIST></INVSTMTRS></OFX>"


def workbook() -> bytes:
    """Return purchases as a sheet of XTB."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("CASH OPERATION HISTORY")
    sheet.append(["ID", "Type", "Time", "Comment", "Symbol", "Amount"])
    for i, day in enumerate(_days()):
        time_of_day = datetime.combine(day, datetime.min.time())
        sheet.append([i, "Stock purchase", time_of_day, "OPEN BUY 2 @ 10.25", f"S{i % 40}.DE", -20.5])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


for make in (trading212, robinhood, flex_xml, ofx, workbook):
    made = make()
    data = made if isinstance(made, bytes) else made.encode()
    started, worked = time.perf_counter(), time.process_time()
    result = import_file(data)
    seconds, cpu = time.perf_counter() - started, time.process_time() - worked
    print(
        f"{make.__name__:12} {result.rows} rows, {len(data) / 1e6:.1f} MB: {seconds:.2f} s ({cpu:.2f} s of processor), "
        f"{result.imported} imported, {result.errors} errors, {len(result.positions)} positions"
    )
