"""The fields of Interactive Brokers' Flex queries, whether they come as CSV columns or as XML attributes.

Names are compared in small letters without spaces and signs: `Buy/Sell` and `buySell` are both `buysell`.
Source: Interactive Brokers, Flex Queries Reference, https://www.ibkrguides.com/reportingreference/
"""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from decimal import Decimal

from alex_planner.importing.amounts import read_money
from alex_planner.importing.collector import Collector
from alex_planner.importing.days import Moment, read_moment
from alex_planner.importing.readings import Holding, Trade
from alex_planner.portfolio import ActivityKind, AssetClass
from alex_planner.portfolio_cells import CellProblem

BROKER = "Interactive Brokers"
CLASSES: dict[str, AssetClass] = {"BOND": "bond", "BILL": "bond", "CMDTY": "commodity", "CRYPTO": "other"}
_CASH_KINDS: tuple[tuple[str, ActivityKind], ...] = (
    ("withholding", "tax"), ("dividend", "dividend"), ("payment in lieu", "dividend"), ("interest", "interest"),
    ("deposit", "deposit"), ("withdrawal", "deposit"), ("fee", "fee"), ("tax", "tax"), ("commission", "fee"),
)  # fmt: skip

OTHER: ActivityKind = "other"
HUNDRED = Decimal(100)

Fields = Mapping[str, str]


def field_name(name: str) -> str:
    """Return the name that these functions look for."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def hold_position(fields: Fields, line: int, into: Collector) -> None:
    """Keep an open position; raises `CellProblem` when it cannot be one."""
    day = _moment(fields, "reportdate")
    multiplier = _number(fields, "multiplier") or Decimal(1)
    price = _number(fields, "markprice", "closeprice")
    into.as_of = day.day if day else into.as_of
    holding = Holding(
        symbol=fields.get("symbol") or fields.get("isin") or fields.get("description", ""),
        quantity=_number(fields, "position", "quantity"),
        currency=fields.get("currency") or fields.get("currencyprimary", ""),
        account=fields.get("accountid") or fields.get("clientaccountid"),
        name=fields.get("description"),
        isin=fields.get("isin"),
        price=None if price is None else price * multiplier,
        price_date=day.day if day else into.as_of,
        value=_number(fields, "positionvalue"),
        cost_basis=_number(fields, "costbasismoney"),
        asset_class=CLASSES.get(fields.get("assetcategory") or fields.get("assetclass", "")),
    )
    if fields.get("levelofdetail", "").upper() == "LOT":
        opened = _moment(fields, "opendatetime", "open")
        into.lot(line, holding, opened.day if opened else None)
    else:
        into.hold(line, holding)


def keep_rate(fields: Fields, line: int, into: Collector) -> None:
    """Keep an exchange rate; raises `CellProblem` when it is no number."""
    rate = _number(fields, "rate")
    if rate is not None:
        into.rate(fields.get("fromcurrency", ""), fields.get("tocurrency", ""), rate, "the Flex query")
    into.ignored(line, "exchange rate, kept with the portfolio")


def keep_rates_to_base(positions: Iterable[Fields], base: str, into: Collector) -> None:
    """Keep the rates to the currency of the account that positions state beside their values.

    Args:
        base: currency of the account, empty where the query does not name it; then it is the one whose rate is 1.
    """
    stated: dict[str, Decimal] = {}
    for fields in positions:
        with suppress(CellProblem):
            rate = _number(fields, "fxratetobase")
            if rate:
                stated.setdefault(fields.get("currency") or fields.get("currencyprimary", ""), rate)
    base = base or next((currency for currency, rate in stated.items() if rate == 1), "")
    for currency, rate in stated.items():
        into.rate(currency, base, rate, "the Flex query")


def act_trade(fields: Fields, line: int, into: Collector) -> None:
    """Keep a trade of shares or of currency; raises `CellProblem` when it cannot be one."""
    level = fields.get("levelofdetail", "EXECUTION").upper()
    if level in {"ORDER", "CLOSED_LOT", "WASH_SALE", "SYMBOL_SUMMARY", "ASSET_SUMMARY"}:
        into.ignored(line, f"{level.lower().replace('_', ' ')} of trades that have rows of their own")
        return
    kind_of_asset = fields.get("assetcategory") or fields.get("assetclass", "")
    if kind_of_asset in {"OPT", "FUT", "FOP", "WAR", "CFD"}:
        into.ignored(line, f"a trade of {kind_of_asset}: derivatives are not read")
        return
    quantity = _number(fields, "quantity")
    if quantity is None:
        raise CellProblem("the trade has no quantity")
    side = fields.get("buysell", "").upper()
    quantity = -abs(quantity) if side.startswith("SELL") else abs(quantity) if side.startswith("BUY") else quantity
    currency = fields.get("currency") or fields.get("currencyprimary", "")
    symbol = fields.get("symbol") or fields.get("isin") or fields.get("cusip", "")
    is_fx = kind_of_asset == "CASH" or not (fields.get("isin") or symbol)
    moment = _moment(fields, "datetime", "tradedate") or _moment(fields, "reportdate")
    if moment is None:
        raise CellProblem("the trade has no date")
    price, commission = _number(fields, "tradeprice", "price"), _number(fields, "ibcommission", "commission")
    commission_currency = fields.get("ibcommissioncurrency") or currency
    money = _number(fields, "proceeds")
    traded = _number(fields, "trademoney")
    money = -traded if money is None and traded is not None else money
    same = commission is not None and commission_currency == currency
    into.act(
        line,
        Trade(
            kind="fx_conversion" if is_fx else "buy" if quantity > 0 else "sell",
            day=moment.day,
            clock=moment.clock,
            currency=currency,
            account=fields.get("accountid") or fields.get("clientaccountid"),
            symbol=None if is_fx else symbol,
            isin=None if is_fx else fields.get("isin"),
            name=fields.get("description"),
            quantity=None if is_fx else quantity,
            price=price,
            amount=None if money is None else money + (commission or 0) if same else money,
            fee=abs(commission) if commission is not None and same else None,
            reference=fields.get("transactionid") or fields.get("tradeid"),
        ),
    )
    if commission and not same and not is_fx:
        into.notes.append("commissions in another currency than the trade are in no cost basis")


def act_cash(fields: Fields, line: int, into: Collector) -> None:
    """Keep a cash transaction; raises `CellProblem` when it cannot be one."""
    if fields.get("levelofdetail", "").upper() == "SUMMARY":
        into.ignored(line, "sum of cash transactions that have rows of their own")
        return
    words, amount = fields.get("type", "").lower(), _number(fields, "amount")
    moment = _moment(fields, "datetime", "reportdate", "settledate")
    if moment is None or amount is None:
        raise CellProblem("the cash transaction has no date or no amount")
    kind = next((kind for word, kind in _CASH_KINDS if word in words), OTHER)
    into.act(
        line,
        Trade(
            kind=kind,
            day=moment.day,
            clock=moment.clock,
            currency=fields.get("currency") or fields.get("currencyprimary", ""),
            account=fields.get("accountid") or fields.get("clientaccountid"),
            symbol=fields.get("symbol"),
            isin=fields.get("isin"),
            name=fields.get("description"),
            amount=amount,
            reference=fields.get("transactionid"),
        ),
    )


def act_history(fields: Fields, base: str, line: int, into: Collector) -> None:
    """Keep a row of a transaction history, whose amounts are all in the base currency; raises as `act_trade` does.

    The price is in the currency of the exchange: where the file does not name it, it is only known to be the base
    currency when units x price are the amount.
    """
    words, moment = fields.get("transactiontype", ""), _moment(fields, "reportdate")
    kind = _history_kind(words.lower())
    if moment is None or kind is None:
        into.ignored(line, f"{words!r} is no movement of shares or cash that is read")
        return
    units, price, gross = (_number(fields, name) for name in ("quantity", "price", "grossamount"))
    trades = kind in {"buy", "sell", "transfer_in", "split"} and units is not None
    same = bool(units and price and gross) and abs(abs(units * price) - abs(gross)) <= abs(gross) / HUNDRED  # type: ignore[operator,arg-type]  # none of them is None
    currency = fields.get("pricecurrency") or (base if same else "")
    fee = _number(fields, "ibcommission")
    net = _number(fields, "netamount")
    into.act(
        line,
        Trade(
            kind=kind,
            day=moment.day,
            currency=currency or base,
            account=fields.get("account"),
            symbol=fields.get("symbol"),
            name=fields.get("description"),
            quantity=units if trades else None,
            price=price if trades and currency else None,
            amount=net,
            amount_currency=base,
            fee=abs(fee) if fee else None,
        ),
    )


def _history_kind(words: str) -> ActivityKind | None:
    known: dict[str, ActivityKind] = {
        "buy": "buy", "sell": "sell", "assignment": "transfer_in", "transfer": "transfer_in", "split": "split",
    }  # fmt: skip
    return next(
        (kind for word, kind in (*known.items(), *_CASH_KINDS) if word in words and not words.startswith("forex")), None
    )


def act_corporate(fields: Fields, line: int, into: Collector) -> None:
    """Keep a corporate action that changes the units held; raises `CellProblem` when it cannot be one."""
    quantity, moment = _number(fields, "quantity"), _moment(fields, "datetime", "reportdate")
    if not quantity or moment is None:
        into.ignored(line, "a corporate action that changes no units")
        return
    is_split = fields.get("type", "") in {"FS", "RS"} or " split " in fields.get("description", "").lower()
    kind: ActivityKind = "split" if is_split else "transfer_in" if quantity > 0 else "transfer_out"
    into.act(
        line,
        Trade(
            kind=kind,
            day=moment.day,
            clock=moment.clock,
            currency=fields.get("currency") or fields.get("currencyprimary", ""),
            account=fields.get("accountid") or fields.get("clientaccountid"),
            symbol=fields.get("symbol") or fields.get("isin", ""),
            isin=fields.get("isin"),
            name=fields.get("description"),
            quantity=quantity,
            reference=fields.get("transactionid") or fields.get("actionid"),
        ),
    )


def hold_cash(fields: Fields, line: int, into: Collector) -> None:
    """Keep the ending cash of one currency; raises `CellProblem` when it is a debt."""
    currency, amount = fields.get("currency") or fields.get("currencyprimary", ""), _number(fields, "endingcash")
    if currency in {"BASE_SUMMARY", "Base Currency Summary"} or not amount:
        into.ignored(line, "sum of all currencies" if amount else "no cash in this currency")
        return
    day = _moment(fields, "todate", "reportdate")
    account = fields.get("accountid") or fields.get("clientaccountid")
    into.cash(line, Holding("CASH", None, currency, account, value=amount, price_date=day.day if day else into.as_of))


def _number(fields: Fields, *names: str) -> Decimal | None:
    for name in names:
        money = read_money(fields[name]) if fields.get(name) else None
        if money:
            return money.value
    return None


def _moment(fields: Fields, *names: str) -> Moment | None:
    return next((read_moment(fields[name], "mdy") for name in names if fields.get(name)), None)
