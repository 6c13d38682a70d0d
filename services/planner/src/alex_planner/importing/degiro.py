"""DEGIRO: portfolio, transactions and account statement, in any of its languages.

Headings are localised, so the files are known by their shape: which columns there are and which have no heading. Days
come before months; the decimal mark is learned from the file. The portfolio has no date.
Source: the column lists in the public importers of ghostfolio, portfolio-performance and jose-pleonasm/Halir.
"""

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal

from alex_planner.importing.amounts import Mark, read_money
from alex_planner.importing.collector import Collector
from alex_planner.importing.days import read_moment
from alex_planner.importing.formats import SheetFormat
from alex_planner.importing.readings import Holding, Trade
from alex_planner.importing.sheet import Record, Row, Table, find_record, heading
from alex_planner.portfolio import ActivityKind
from alex_planner.portfolio_cells import CellProblem

BROKER = "DEGIRO"
WIDTH = 24
"""Columns of the widest file and a few more: a row that was cut off reads as empty cells."""
_CURRENCY = re.compile(r"\b[A-Z]{3}\b")
_BUY = r"buy|koop|kauf|achat|compra|acquisto|köp|køb|kjøp|kupno|zakup|nákup|osto"
_SELL = r"sell|verkoop|verkauf|vente|venta|vendita|venda|sälj|salg|sprzedaż|prodej|myynti"
_ORDER = re.compile(
    rf"(?:.*: )?\b(?:({_BUY})|({_SELL}))\s+([\d.,' ]+?)\s+(.*)@([\d.,' ]+)\s+([A-Z]{{3}})", re.IGNORECASE
)
_CASH_KINDS: tuple[tuple[str, ActivityKind], ...] = (
    ((r"dividendbelasting|dividend tax|dividendensteuer|kapitalertragsteuer|impôts? sur dividende|ritenuta|retención|"
        r"imposto|withholding|\btax\b|belasting"), "tax"),
    (r"dividend|ausschüttung|coupon", "dividend"),
    (r"rente|interest|zinsen|intérêt|interess|interés|juros", "interest"),
    (r"deposit|storting|einzahlung|versement|dépôt|ingreso|deposito|depósito", "deposit"),
    (r"withdrawal|opname|terugstorting|auszahlung|retrait|retirada|prelievo|levantamento", "withdrawal"),
    (r"kosten|fee|cost|gebühr|frais|commission|costi|costes|comiss|stamp duty|connectivity|connection", "fee"),
    (r"op[eé]ration de change|valuta|fx |währung|devise|divisa|cambio|câmbio|currency", "fx_conversion"),
)  # fmt: skip


def _names(record: Record) -> list[str]:
    return [heading(cell) for cell in record.cells]


def _is_portfolio(record: Record) -> bool:
    names = _names(record)
    return len(names) >= 4 and names[1].endswith(("/isin", "| isin", "/ isin"))  # noqa: PLR2004 - columns


def _is_transactions(record: Record) -> bool:
    names = _names(record)
    return len(names) >= 14 and names[3].endswith("isin") and _units_at(names) in {5, 6}  # noqa: PLR2004 - columns


def _units_at(names: Sequence[str]) -> int:
    """Return the column of the quantity: price and its currency, without a heading, follow it.

    Files of before 2020 have one column of an exchange in front, later ones two.
    """
    return list(names).index("") - 2 if "" in names else -1


def _is_account(record: Record) -> bool:
    """Whether it has date, time, day of value, product, ISIN, words, rate, and two amounts with their currency.

    An amount and its currency share one heading, over the first of them in most languages, over the second in others.
    """
    names = _names(record)
    if len(names) < 11 or not names[4].endswith("isin") or not all((*names[:4], names[5])):  # noqa: PLR2004 - columns
        return False
    return not (names[8] or names[10]) or not (names[7] or names[9])


def _read_portfolio(records: Sequence[Record], start: int, into: Collector) -> None:
    table = Table(records[start], records[start + 1 :])
    last = len(records[start].cells) - 1
    # Old files write the local value with a point whatever the other columns have.
    local = Table(records[start], records[start + 1 :])
    local.learn_mark_at(range(4, last))
    table.learn_mark_at([2, 3, last])
    found = _CURRENCY.search(records[start].cells[-1])
    base = found[0] if found else ""
    into.notes.append("the file states no day of its prices")
    into.each(table.rows(), lambda row: _position(row, base, local.mark or table.mark, into))
    for currency, rate in _rates(table.rows(), base, local.mark or table.mark).items():
        into.rate(currency, base, rate, "the file: value in the currency of the account / local value")


def _rates(rows: Iterable[Row], base: str, local_mark: Mark | None) -> dict[str, Decimal]:
    """Return the rate of each currency, from the row in which rounding to cents matters least."""
    largest: dict[str, tuple[Decimal, Decimal]] = {}
    for row in rows:
        currency, value = _local(row, base)
        with suppress(CellProblem):
            local, counted = read_money(value, local_mark), _number(row.record.cells[-1], row)
            if local and counted and min(local.value, counted) > largest.get(currency, (Decimal(0),))[0]:
                largest[currency] = local.value, counted / local.value
    return {currency: rate for currency, (_, rate) in largest.items() if currency != base}


def _local(row: Row, base: str) -> tuple[str, str]:
    """Return currency and value of a row; older files write both in one cell (`EUR 1.00`)."""
    cells = [*row.record.cells, "", "", "", "", ""]
    found = _CURRENCY.match(cells[4])
    currency = found[0] if found else base
    return currency, cells[5] if cells[4] == currency else cells[4].removeprefix(currency).strip() or cells[5]


def _position(row: Row, base: str, local_mark: Mark | None, into: Collector) -> None:
    """Read product, ISIN, quantity, price, currency, value, value in the base currency."""
    product, isin, units, closing, local = [*row.record.cells, "", "", "", "", ""][:5]
    currency, value = _local(row, base)
    money = read_money(value, local_mark)
    amount = money.value if money else None
    if not isin and not units:
        into.cash(row.record.line, Holding(f"CASH {currency}", None, currency, name=product, value=amount))
        return
    into.hold(
        row.record.line,
        Holding(
            symbol=isin or product,
            quantity=_number(units, row),
            currency=currency,
            name=product,
            isin=isin if len(isin) == 12 else None,  # noqa: PLR2004 - characters of an ISIN
            price=_number(closing, row),
            value=amount if _CURRENCY.match(local) else None,
        ),
    )


def _read_transactions(records: Sequence[Record], start: int, into: Collector) -> None:
    table = Table(records[start], records[start + 1 :], order="dmy")
    table.learn_mark_at(range(_units_at(_names(records[start])), len(records[start].cells) - 1))
    into.each(table.rows(), lambda row: _transaction(row, into))


def _transaction(row: Row, into: Collector) -> None:
    """Read date, time, product, ISIN, exchanges, quantity, price and its currency, then values and costs.

    The total is the last amount before the order id, in old files with its currency behind it, in new ones with the
    currency in the heading.
    """
    cells, at = _cells(row), _units_at(_names(row.table.header))
    moment = read_moment(f"{cells[0]} {cells[1]}", "dmy")
    units = _number(cells[at], row)
    if not units:
        into.ignored(row.record.line, "no units change hands")
        return
    total, currency = _total(row)
    price_currency = cells[at + 2] or currency
    local = _number(cells[at + 3], row)
    into.act(
        row.record.line,
        Trade(
            kind="buy" if units > 0 else "sell",
            day=moment.day,
            clock=moment.clock,
            currency=price_currency,
            symbol=cells[3] or cells[2],
            isin=cells[3],
            name=cells[2],
            quantity=units,
            price=_number(cells[at + 1], row),
            amount=total if total is not None else local,
            amount_currency=currency or price_currency,
        ),
    )


def _total(row: Row) -> tuple[Decimal | None, str]:
    names, cells = _names(row.table.header), row.record.cells
    words = ("total", "totaal", "gesamt", "totale", "summe", "suma", "razem", "celkem", "totalt", "yhteensä")
    index = next((i for i, name in enumerate(names) if name.startswith(words)), None)
    if index is None or index >= len(cells):
        return None, ""
    found = _CURRENCY.search(row.table.header.cells[index])
    beside = cells[index + 1] if index + 1 < len(cells) else ""
    return _number(cells[index], row), found[0] if found else beside if _CURRENCY.fullmatch(beside) else ""


def _read_account(records: Sequence[Record], start: int, into: Collector) -> None:
    table = Table(records[start], records[start + 1 :], order="dmy")
    table.learn_mark_at([8, 10])
    rows = [row for row in table.rows() if len(row.record.cells) > 10]  # noqa: PLR2004 - columns
    last = _last_balances(rows if _newest_first(rows) else rows[::-1])
    into.each(table.rows(), lambda row: _row_of_account(row, last, into))


def _last_balances(newest_first: Sequence[Row]) -> frozenset[int]:
    """Return the lines of the last balance of each currency."""
    lines: dict[str, int] = {}
    for row in newest_first:
        if _CURRENCY.fullmatch(row.record.cells[9]) and row.record.cells[10]:
            lines.setdefault(row.record.cells[9], row.record.line)
    return frozenset(lines.values())


def _row_of_account(row: Row, last: frozenset[int], into: Collector) -> None:
    """Read a movement, and the balance behind it where it is the last one of its currency."""
    if row.record.line in last:
        currency, balance = row.record.cells[9], _number(row.record.cells[10], row)
        day = read_moment(row.record.cells[0], "dmy").day if row.record.cells[0] else None
        if balance is not None and balance < 0:
            into.notes.append(
                f"the balance of {currency} at the end of the file is a debt of {-balance:f}: it is not read"
            )
        elif balance:
            into.cash(row.record.line, Holding(f"CASH {currency}", None, currency, value=balance, price_date=day))
    _movement(row, into)


def _newest_first(rows: Sequence[Row]) -> bool:
    days: list[date] = []
    for row in rows:
        with suppress(CellProblem):
            days.append(read_moment(row.record.cells[0], "dmy").day)
    return bool(days) and days[0] >= days[-1]


def _cells(row: Row) -> list[str]:
    """Return the cells of a row, as many as the widest of these files has."""
    cells = list(row.record.cells)
    return cells + [""] * (WIDTH - len(cells))


def _movement(row: Row, into: Collector) -> None:
    cells, line = _cells(row), row.record.line
    if not cells[0]:
        into.ignored(line, "second line of the description above")
        return
    moment, text = read_moment(f"{cells[0]} {cells[1]}", "dmy"), cells[5]
    amount, order = _number(cells[8], row), _ORDER.match(text)
    if order:
        units, price = _number(order[3], row), _number(order[5], row)
        kind: ActivityKind = "buy" if order[1] else "sell"
        signed = None if units is None else units if order[1] else -units
        currency = order[6].upper()
    else:
        found = next((kind for words, kind in _CASH_KINDS if re.search(words, text, re.IGNORECASE)), None)
        if found is None or amount is None:
            into.ignored(line, f"{text[:60]!r} is no trade, and no movement of cash that is known")
            return
        kind, signed, price, currency = found, None, None, cells[7]
    into.act(
        line,
        Trade(
            kind=kind, day=moment.day, clock=moment.clock, currency=currency, symbol=cells[4], isin=cells[4],
            name=cells[3], quantity=signed, price=price, amount=amount, amount_currency=cells[7] or currency,
        ),
    )  # fmt: skip


def _number(cell: str, row: Row) -> Decimal | None:
    money = read_money(cell, row.table.mark)
    return money.value if money else None


FORMATS = (
    SheetFormat(
        BROKER, "degiro_portfolio", lambda r: find_record(r, _is_portfolio), _read_portfolio, states_positions=True
    ),
    SheetFormat(
        BROKER,
        "degiro_transactions",
        lambda r: find_record(r, _is_transactions),
        _read_transactions,
        states_positions=False,
    ),
    SheetFormat(BROKER, "degiro_account", lambda r: find_record(r, _is_account), _read_account, states_positions=False),
)
