"""OFX and QFX of any broker or bank: positions, cash balances and transactions.

Source: Open Financial Exchange 2.2, chapter 13 (investments) and 11 (banking).
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal

from alex_planner.importing.amounts import read_money
from alex_planner.importing.collector import Collector
from alex_planner.importing.days import read_moment
from alex_planner.importing.ofx_elements import Element, read_elements
from alex_planner.importing.readings import Holding, Trade
from alex_planner.importing.sheet import Record
from alex_planner.portfolio import ActivityKind, AssetClass
from alex_planner.portfolio_cells import CellProblem

_KINDS: dict[str, ActivityKind] = {
    "BUYMF": "buy", "BUYSTOCK": "buy", "BUYDEBT": "buy", "BUYOTHER": "buy", "REINVEST": "buy", "SELLMF": "sell",
    "SELLSTOCK": "sell", "SELLDEBT": "sell", "SELLOTHER": "sell", "INCOME": "dividend", "RETOFCAP": "dividend",
    "TRANSFER": "transfer_in", "SPLIT": "split", "INVEXPENSE": "fee", "MARGININTEREST": "fee",
}  # fmt: skip
_INCOME: dict[str, ActivityKind] = {"INTEREST": "interest", "MISC": "other"}
_BANK: dict[str, ActivityKind] = {"INT": "interest", "DIV": "dividend", "FEE": "fee", "SRVCHG": "fee"}


@dataclass(frozen=True)
class _Statement:
    account: str
    currency: str
    securities: dict[str, Element]
    into: Collector


def is_ofx(text: str) -> bool:
    """Whether the file begins like OFX."""
    head = text[:3000].upper()
    return "OFXHEADER" in head or "<OFX>" in head


def read_ofx(text: str, into: Collector) -> list[int]:
    """Read a file and return the line of each of its transactions, positions and balances.

    Raises:
        InvalidPortfolio: it is cut off, or declares entities.
    """
    root = read_elements(text)
    into.broker = root.text("ORG") or root.text("BROKERID") or into.broker
    securities = {info.text("UNIQUEID"): info for info in root.all("SECINFO")}
    into.states_positions = root.first("INVPOSLIST", "LEDGERBAL") is not None
    lines: list[int] = []
    for statement in root.all("INVSTMTRS", "STMTRS", "CCSTMTRS"):
        with suppress(CellProblem):
            into.as_of = read_moment(statement.text("DTASOF"), "mdy").day
        context = _Statement(statement.text("ACCTID"), statement.text("CURDEF"), securities, into)
        _read_statement(statement, context, lines)
    return lines


def _read_statement(statement: Element, context: _Statement, lines: list[int]) -> None:
    positions = [child for box in statement.all("INVPOSLIST") for child in box.children]
    for position in positions:
        _one(position, lines, context, _position)
    for box in statement.all("INVTRANLIST", "BANKTRANLIST"):
        for transaction in box.children:
            if not transaction.value:
                _one(transaction, lines, context, _transaction)
    for balance in statement.all("AVAILCASH", "LEDGERBAL"):
        values = _values(positions)
        _one(balance, lines, context, lambda e, line, c, values=values: _cash(e, line, c, values))  # type: ignore[misc]  # bound


def _values(positions: Iterable[Element]) -> set[Decimal | None]:
    """Return the values of the positions that have a readable one."""
    found: set[Decimal | None] = set()
    for position in positions:
        with suppress(CellProblem):
            found.add(_number(position, "MKTVAL"))
    return found


def _one(
    element: Element, lines: list[int], context: _Statement, read: Callable[[Element, int, _Statement], None]
) -> None:
    """Read one element; several on one line of the file get the numbers that follow, as each has its own fate."""
    line = max(element.line, lines[-1] + 1) if lines and element.line <= lines[-1] else element.line
    lines.append(line)
    raw = tuple(f"{leaf.name}={leaf.value}" for leaf in element.all_of_value())
    context.into.one(Record(line, (element.name, element.value, *raw)), lambda: read(element, line, context))


def _position(element: Element, line: int, context: _Statement) -> None:
    if element.text("POSTYPE").upper() == "SHORT":
        raise CellProblem("a short position, which is not read")
    symbol, name, isin = _security(element, context)
    priced = element.text("DTPRICEASOF")
    asset_class: AssetClass | None = "bond" if element.name == "POSDEBT" else None
    context.into.hold(
        line,
        Holding(
            symbol=symbol,
            quantity=_number(element, "UNITS"),
            currency=element.text("CURSYM") or context.currency,
            account=context.account,
            name=name,
            isin=isin,
            price=_number(element, "UNITPRICE"),
            price_date=read_moment(priced, "mdy").day if priced else None,
            value=_number(element, "MKTVAL"),
            asset_class=asset_class,
            part=element.text("INV401KSOURCE") + element.text("SUBACCTSEC", "HELDINACCT"),
        ),
    )


def _transaction(element: Element, line: int, context: _Statement) -> None:
    if element.name in {"STMTTRN", "INVBANKTRAN"}:
        _bank(element, line, context)
        return
    kind = _KINDS.get(element.name)
    if kind is None:
        context.into.ignored(line, f"{element.name}: not a transaction that is read")
        return
    if kind == "dividend":
        kind = _INCOME.get(element.text("INCOMETYPE").upper(), kind)
    symbol, name, isin = _security(element, context)
    units = _units(element, kind)
    if kind == "transfer_in" and units is not None and (units < 0 or element.text("TFERACTION").upper() == "OUT"):
        kind, units = "transfer_out", -abs(units)
    fees = [number for number in (_number(element, "COMMISSION"), _number(element, "FEES")) if number]
    moment = read_moment(element.text("DTTRADE", "DTPOSTED"), "mdy")
    context.into.act(
        line,
        Trade(
            kind=kind,
            day=moment.day,
            clock=moment.clock,
            currency=element.text("CURSYM") or context.currency,
            account=context.account,
            symbol=symbol,
            isin=isin,
            name=name,
            quantity=units,
            price=_number(element, "UNITPRICE"),
            amount=_number(element, "TOTAL"),
            fee=sum(fees, Decimal(0)) if fees else None,
            reference=element.text("FITID") or None,
        ),
    )


def _units(element: Element, kind: ActivityKind) -> Decimal | None:
    if kind == "split":
        old, new = _number(element, "OLDUNITS"), _number(element, "NEWUNITS")
        return None if old is None or new is None else new - old
    units = _number(element, "UNITS")
    if units is None or kind not in {"buy", "sell", "transfer_in"}:
        return None
    return units if kind == "transfer_in" else abs(units) if kind == "buy" else -abs(units)


def _bank(element: Element, line: int, context: _Statement) -> None:
    amount, moment = _number(element, "TRNAMT"), read_moment(element.text("DTPOSTED"), "mdy")
    other: ActivityKind = "withdrawal" if amount is not None and amount < 0 else "deposit"
    context.into.act(
        line,
        Trade(
            kind=_BANK.get(element.text("TRNTYPE").upper(), other),
            day=moment.day,
            clock=moment.clock,
            currency=context.currency,
            account=context.account,
            name=None,
            amount=amount,
            reference=element.text("FITID") or None,
        ),
    )


def _cash(element: Element, line: int, context: _Statement, values: set[Decimal | None]) -> None:
    money = read_money(element.value) if element.value else None
    amount = money.value if money else _number(element, "BALAMT")
    if not amount:
        context.into.ignored(line, "no cash")
    elif amount in values:
        context.into.ignored(line, "the money market fund with the same value is already a position")
    else:
        context.into.cash(
            line, Holding("CASH", None, context.currency, context.account, value=amount, price_date=context.into.as_of)
        )


def _security(element: Element, context: _Statement) -> tuple[str, str | None, str | None]:
    """Return symbol, name and ISIN; a security without a ticker keeps the id that its custodian gave it."""
    unique = element.text("UNIQUEID")
    info = context.securities.get(unique)
    ticker, name = (info.text("TICKER"), info.text("SECNAME")) if info else ("", "")
    isin = unique if element.text("UNIQUEIDTYPE").upper() == "ISIN" else None
    return ticker or unique, name or None, isin


def _number(element: Element, name: str) -> Decimal | None:
    text = element.text(name)
    money = read_money(text, "," if "," in text and "." not in text else ".") if text else None
    return money.value if money else None
