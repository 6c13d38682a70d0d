"""XTB's cash operations and open positions, as CSV and as sheets of its workbook. Days before months.

Units and price of a trade stand in its comment, as in `OPEN BUY 5/8 @ 12.34`; the currency of the price is not in the
file, only that of the account, and that not always.
Source: the columns as read by the public importers of ghostfolio and portfolio-performance.
"""

import re
from collections.abc import Sequence
from contextlib import suppress
from decimal import Decimal
from itertools import pairwise

from alex_planner.importing.amounts import read_money
from alex_planner.importing.collector import Collector
from alex_planner.importing.days import Moment
from alex_planner.importing.formats import SheetFormat
from alex_planner.importing.readings import Holding, Trade
from alex_planner.importing.sheet import ColumnProblem, Record, Row, Table, find_heading
from alex_planner.portfolio import ActivityKind
from alex_planner.portfolio_cells import CellProblem

BROKER = "XTB"
_TYPE = ("type", "typ", "tipo")
_TIME = ("time", "czas", "čas", "hora", "zeit", "data", "date", "temps")
_COMMENT = ("comment", "komentarz", "komentář", "comentario", "comentário", "kommentar", "commentaire", "commento")
_AMOUNT = ("amount", "kwota", "částka", "importe", "montante", "valor", "betrag", "montant", "importo")
_SYMBOL = ("symbol", "ticker", "símbolo", "symbole", "simbolo", "instrument")
_POSITION = ("position", "pozycja", "pozice", "posición", "posição")
_VOLUME = ("volume", "wolumen", "objem", "volumen")
_OPENED = ("open time", "open time utc", "czas otwarcia", "čas otevření", "hora de apertura", "eröffnungszeit")
_OPEN_PRICE = ("open price", "cena otwarcia", "otevírací cena", "precio de apertura", "eröffnungskurs")
_MARKET = ("market price", "current price", "cena rynkowa", "tržní cena", "precio de mercado", "marktpreis")
_PURCHASE = ("purchase value", "wartość zakupu", "kupní hodnota", "valor de compra", "kaufwert")
_SHARES = re.compile(r"stock|etf|akcj|akci|accion|ações|aktien", re.IGNORECASE)
_TRADES = re.compile(r"purchase|sale|sell|kup|sprzeda|nákup|prodej|compra|venta|venda|kauf|verkauf", re.IGNORECASE)
_ORDER = re.compile(r"(OPEN|CLOSE)\s+(BUY|SELL)\s+([\d.,]+)(?:/[\d.,]+)?\s*@\s*([\d.,]+)", re.IGNORECASE)
_EXCHANGES = {
    "US": "USD", "DE": "EUR", "FR": "EUR", "NL": "EUR", "ES": "EUR", "IT": "EUR", "PT": "EUR", "BE": "EUR", "FI": "EUR",
    "PL": "PLN", "CZ": "CZK", "CH": "CHF", "DK": "DKK", "NO": "NOK", "SE": "SEK",
}  # fmt: skip
"""Currency of a listing by the suffix of XTB's symbols; London (UK) is left out: it trades in several."""
_KINDS: tuple[tuple[str, ActivityKind], ...] = (
    (r"withholding|\btax\b|podatek|\bdaň|impuesto|imposto|steuer|stamp duty", "tax"),
    (r"divid|dywidend|dividend", "dividend"),
    (r"interest|odsetki|úrok|interés|juros|zinsen", "interest"),
    (r"sec fee|fee|commission|prowizja|swap|poplatek|comisi|opłata", "fee"),
    (r"deposit|wpłata|vklad|depósito|einzahlung|ike|ikze", "deposit"),
    (r"withdrawal|wypłata|výběr|retir|auszahlung|levantamento", "withdrawal"),
    (r"transfer|przelew|převod|correction|korekta|conversion", "other"),
    (r"close trade|profit|strata|zysk|rollover|adjustment", "other"),
    (r"split|spin", "other"),
)


def _find_operations(records: Sequence[Record]) -> int | None:
    return find_heading(records, "id", _TYPE, _TIME, _COMMENT, _AMOUNT)


def _read_operations(records: Sequence[Record], start: int, into: Collector) -> None:
    table = Table(records[start], records[start + 1 :], order="dmy")
    table.learn_mark(*_AMOUNT)
    currency = into.account_currency or _account_currency(records[:start]) or _proven_currency(table)
    into.each(table.rows(), lambda row: _operation(row, currency, into))


def _account_currency(preamble: Sequence[Record]) -> str | None:
    """Return the cell under the heading `Currency` above the table, if there is one."""
    words = {"currency", "waluta", "měna", "moneda", "moeda", "währung"}
    for heading, below in pairwise(preamble):
        for index, cell in enumerate(heading.cells):
            if cell.lower() in words and index < len(below.cells):
                return below.cells[index]
    return None


def _proven_currency(table: Table) -> str | None:
    """Return the one currency in which amounts are units x price of listings whose currency is known."""
    proven: set[str] = set()
    for row in table.rows():
        order, listed = (
            _ORDER.search(row.text(*_COMMENT)),
            _EXCHANGES.get(row.text(*_SYMBOL).rpartition(".")[2].upper()),
        )
        with suppress(CellProblem):
            amount = row.money(*_AMOUNT)
            if order and listed and amount and _same(amount.value, _plain(order[3]), _plain(order[4])):
                proven.add(listed)
    return proven.pop() if len(proven) == 1 else None


def _same(amount: Decimal, units: Decimal, price: Decimal) -> bool:
    """Whether the amount is units x price but for rounding and a small cost, so that no rate came between."""
    return abs(abs(amount) - units * price) <= abs(amount) * Decimal("0.001")


def _operation(row: Row, account_currency: str | None, into: Collector) -> None:
    line, words, comment = row.record.line, row.text(*_TYPE), row.text(*_COMMENT)
    if not words or words.lower() == "total" or not row.text(*_TIME):
        into.ignored(line, "total row")
        return
    amount, order, symbol = row.money(*_AMOUNT), _ORDER.search(comment), row.text(*_SYMBOL)
    moment, value = row.moment(*_TIME), amount.value if amount else None
    currency = account_currency
    if order and symbol and value is not None:
        _trade(row, order, moment, account_currency, into)
        return
    if symbol and _SHARES.search(words) and _TRADES.search(words):
        raise ColumnProblem("comment", f"{words}: {comment[:40]!r} does not say how many units at what price")
    kind = next((kind for pattern, kind in _KINDS if re.search(pattern, words, re.IGNORECASE)), None)
    if kind is None:
        into.ignored(line, f"the operation {words!r} is not known")
        return
    if currency is None:
        into.ignored(line, f"{words}: cash of {value}, whose currency is not in the file: say it with currency=EUR")
        return
    trade = Trade(
        kind=kind,
        day=moment.day,
        clock=moment.clock,
        currency=currency,
        symbol=symbol if symbol and symbol != "-" else None,
        amount=value,
        reference=row.text("id"),
    )
    into.act(line, trade)


def _trade(row: Row, order: re.Match[str], moment: Moment, account_currency: str | None, into: Collector) -> None:
    symbol, money = row.text(*_SYMBOL), row.money(*_AMOUNT)
    units, price = _plain(order[3]), _plain(order[4])
    opens, buys = order[1].upper() == "OPEN", order[2].upper() == "BUY"
    if not buys:
        into.ignored(row.record.line, "a short sale (SELL is opened): CFDs are not read")
        return
    currency = _EXCHANGES.get(symbol.rpartition(".")[2].upper())
    amount = money.value if money else None
    same = amount is not None and _same(amount, units, price)
    unknown = currency is None and not same
    currency = currency or account_currency
    if currency is None:
        raise ColumnProblem(
            "symbol", f"the file says neither in which currency {symbol!r} trades nor the account is: say currency=EUR"
        )
    into.act(
        row.record.line,
        Trade(
            kind="buy" if opens else "sell",
            day=moment.day,
            clock=moment.clock,
            currency=currency,
            symbol=symbol,
            quantity=units if opens else -units,
            price=None if unknown else price,
            amount=amount,
            amount_currency=account_currency or (currency if same else None),
            reference=row.text("id"),
        ),
    )


def _plain(text: str) -> Decimal:
    """Return a number of a comment: it has no thousands, so that any mark divides decimals."""
    money = read_money(text.rstrip(".,"), "," if "," in text else ".")
    if money is None:
        raise CellProblem(f"{text!r} is not a number")
    return money.value


def _find_positions(records: Sequence[Record]) -> int | None:
    return find_heading(records, _SYMBOL, _TYPE, _VOLUME, _OPENED, _MARKET)


def _read_positions(records: Sequence[Record], start: int, into: Collector) -> None:
    table = Table(records[start], records[start + 1 :], order="dmy")
    table.learn_mark(*_VOLUME, *_OPEN_PRICE, *_MARKET, *_PURCHASE)
    into.account_currency = into.account_currency or _account_currency(records[:start])
    into.each(table.rows(), lambda row: _position(row, into))


def _position(row: Row, into: Collector) -> None:
    symbol, number = row.text(*_SYMBOL), row.text(*_POSITION)
    has_numbers = row.table.index(*_POSITION) is not None
    if not symbol or (has_numbers and not any(char.isdigit() for char in number)):
        into.ignored(row.record.line, "total row")
        return
    if row.text(*_TYPE).upper() != "BUY":
        into.ignored(row.record.line, "a short position (SELL): CFDs are not read")
        return
    units, price, opened, paid = (row.money(*names) for names in (_VOLUME, _MARKET, _OPEN_PRICE, _PURCHASE))
    cost = opened.value * units.value if opened and units else None
    same = bool(paid and opened and units and _same(paid.value, units.value, opened.value))
    currency = _EXCHANGES.get(symbol.rpartition(".")[2].upper()) or (into.account_currency if same else None)
    if currency is None:
        raise ColumnProblem("symbol", f"the file does not say in which currency {symbol!r} trades")
    into.hold(
        row.record.line,
        Holding(
            symbol=symbol, quantity=units.value if units else None, currency=currency,
            price=price.value if price else None, price_date=into.as_of, cost_basis=cost,
            part=number or str(row.record.line),
        ),
    )  # fmt: skip


FORMATS = (
    SheetFormat(BROKER, "xtb_cash_operations", _find_operations, _read_operations, states_positions=False),
    SheetFormat(BROKER, "xtb_open_positions", _find_positions, _read_positions, states_positions=True),
)
