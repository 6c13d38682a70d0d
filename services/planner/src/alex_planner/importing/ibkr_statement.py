"""Interactive Brokers' activity statement: one CSV of many sections, each row with section and kind in front.

Positions come from `Open Positions`, or from the trades of a `Transaction History`, which has none; cash from the
ending cash of `Cash Report`, ISINs from the instruments at its end.
Source: Interactive Brokers, Activity Statements, https://www.ibkrguides.com/reportingreference/
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from alex_planner.importing import ibkr_fields as ibkr
from alex_planner.importing.amounts import read_money
from alex_planner.importing.collector import Collector
from alex_planner.importing.days import find_day
from alex_planner.importing.formats import SheetFormat
from alex_planner.importing.ibkr_languages import in_english
from alex_planner.importing.ibkr_words import last_day
from alex_planner.importing.sheet import Record, find_record

_CASH_SECTIONS = {
    "Dividends": "dividend", "Withholding Tax": "withholding", "Interest": "interest",
    "Deposits & Withdrawals": "deposit", "Fees": "fee", "Payment In Lieu Of Dividends": "dividend",
}  # fmt: skip
_BASE_SECTIONS = frozenset({"Transaction History", "Summary", "Base Currency Exchange Rate", "Forex Balances"})
_CATEGORIES = {
    "Stocks": "STK", "Bonds": "BOND", "Forex": "CASH", "Equity and Index Options": "OPT", "Futures": "FUT",
    "Options On Futures": "FOP", "CFDs": "CFD", "Warrants": "WAR", "Crypto": "CRYPTO", "Treasury Bills": "BILL",
}  # fmt: skip
_RENAMED = {
    "tprice": "tradeprice", "commfee": "ibcommission", "commineur": "ibcommission", "costbasis": "costbasismoney",
    "value": "positionvalue", "mult": "multiplier", "comminusd": "ibcommission", "commission": "ibcommission",
    "currencysummary": "currencysummary", "total": "endingcash", "settledate": "reportdate", "date": "reportdate",
}  # fmt: skip
_NAMED = re.compile(r"([^()]{1,20})\(([A-Z]{2}[A-Z0-9]{9}[0-9])\)")


@dataclass
class _Statement:
    into: Collector
    account: str = ""
    base: str = ""
    has_orders: bool = False
    """Whether trades are listed by order: their executions below them are the same trades again."""
    headers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    isins: dict[str, str] = field(default_factory=dict)


def _find(records: Sequence[Record]) -> int | None:
    return find_record(records, lambda record: record.cells[:2] == ("Statement", "Header"))


def _read(records: Sequence[Record], start: int, into: Collector) -> None:
    statement = _Statement(into)
    data = in_english([record for record in records[start:] if len(record.cells) > 2])  # noqa: PLR2004 - section, kind, first cell
    for record in data:
        _learn(record, statement)
    into.states_positions = any(r.cells[:2] == ("Open Positions", "Data") for r in data)
    statement.has_orders = any(r.cells[:3] == ("Trades", "Data", "Order") for r in data)
    for record in data:
        section, kind = record.cells[:2]
        if kind == "Header":
            statement.headers[section] = tuple(ibkr.field_name(cell) for cell in record.cells)
        elif kind == "Data":
            into.one(record, lambda record=record: _row(record, statement))  # type: ignore[misc]  # bound argument
        else:
            into.ignored(record.line, f"{kind.lower()} of a section")


def _learn(record: Record, statement: _Statement) -> None:
    """Take account, period and ISINs, wherever they stand."""
    section, kind, name, value = (*record.cells, "")[:4]
    if kind == "Header":
        statement.headers[section] = tuple(ibkr.field_name(cell) for cell in record.cells)
    elif section == "Account Information" and name == "Account":
        statement.account = value.partition(" ")[0]
    elif section in {"Account Information", "Summary"} and name == "Base Currency":
        statement.base = value
    elif section == "Statement" and name == "Period":
        statement.into.as_of = find_day(value.rpartition(" - ")[2]) or last_day(value)
    elif section == "Financial Instrument Information" and kind == "Data":
        fields = dict(zip(statement.headers.get(section, ()), record.cells, strict=False))
        if len(fields.get("securityid", "")) == 12:  # noqa: PLR2004 - characters of an ISIN
            for symbol in fields.get("symbol", "").split(","):
                statement.isins[symbol.strip()] = fields["securityid"]


def _row(record: Record, statement: _Statement) -> None:
    section, line, into = record.cells[0], record.line, statement.into
    pairs = zip(statement.headers.get(section, ()), record.cells, strict=False)
    fields = {_RENAMED.get(name, name): "" if cell == "-" else cell for name, cell in pairs}
    fields["accountid"] = fields.get("account") or statement.account
    fields["isin"] = statement.isins.get(fields.get("symbol", ""), "")
    category = fields.get("assetcategory", "").partition(" - Held with")[0]
    fields["assetcategory"] = _CATEGORIES.get(category, category)
    detail = fields.get("datadiscriminator", "")
    if section == "Open Positions" and fields["assetcategory"] == "CASH":
        into.ignored(line, "a position of currency, which the cash report states")
    elif section == "Open Positions":
        ibkr.hold_position({**fields, "levelofdetail": detail}, line, into)
    elif section == "Trades":
        if detail not in {"Order", "Trade", ""} or (detail == "Trade" and statement.has_orders):
            into.ignored(line, f"{detail.lower()} of a trade that has a row of its own")
        else:
            ibkr.act_trade(fields, line, into)
    elif section == "Cash Report" and fields.get("currencysummary", "").lower() == "ending cash":
        ibkr.hold_cash(fields, line, into)
    elif section in _CASH_SECTIONS and not fields.get("currency", "Total").startswith("Total"):
        ibkr.act_cash({**fields, **_security(fields), "type": _CASH_SECTIONS[section]}, line, into)
    elif section == "Corporate Actions" and not fields["assetcategory"].startswith("Total"):
        symbol = fields.get("description", "").partition("(")[0]
        ibkr.act_corporate({**fields, "symbol": symbol}, line, into)
    elif section in _BASE_SECTIONS:
        _base_row(record, fields, statement)
    else:
        into.ignored(line, f"section {section!r} has no position, trade or amount of cash that is read")


def _security(fields: ibkr.Fields) -> dict[str, str]:
    """Return symbol and ISIN that stand before the words, as in `PLGV(US0000000001) Cash Dividend`."""
    found = _NAMED.match(fields.get("description", ""))
    return {"symbol": found[1].strip(), "isin": found[2]} if found else {}


def _balance(fields: ibkr.Fields, line: int, into: Collector) -> None:
    """Keep the closing price of a currency, which is its rate; the amount stands in the cash report."""
    rate = read_money(fields.get("closeprice", "")) if fields["assetcategory"] == "CASH" else None
    if rate:
        into.rate(fields.get("description", ""), fields.get("currency", ""), rate.value, "the statement")
    into.ignored(line, "balance of a currency, whose exchange rate is kept with the portfolio" if rate else "total row")


def _base_row(record: Record, fields: ibkr.Fields, statement: _Statement) -> None:
    """Read a row of the sections that are in the base currency of the account."""
    section, line, into = record.cells[0], record.line, statement.into
    if section == "Transaction History":
        ibkr.act_history(fields, statement.base, line, into)
    elif section == "Forex Balances":
        _balance(fields, line, into)
    elif section == "Base Currency Exchange Rate":
        rate = read_money(fields.get("rate", ""))
        if rate:
            into.rate(fields.get("currency", ""), statement.base, rate.value, "the statement")
        into.ignored(line, "exchange rate, kept with the portfolio")
    elif record.cells[2:3] == ("Ending Cash",):
        ibkr.hold_cash({**fields, "currency": statement.base, "endingcash": record.cells[3]}, line, into)
    else:
        into.ignored(line, "summary of the rows below")


FORMATS = (SheetFormat(ibkr.BROKER, "ibkr_activity_statement", _find, _read, states_positions=True),)
