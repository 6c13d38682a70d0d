"""A plain table whose columns the owner names: which heading is the symbol, which the quantity, and so on.

The decimal mark and the order of day and month are learned from whole columns or given; nothing is guessed.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict

from alex_planner.currency import CURRENCY_CODES
from alex_planner.errors import InvalidMapping
from alex_planner.importing.amounts import Mark, decimal_mark, unit_price
from alex_planner.importing.collector import Collector
from alex_planner.importing.days import Order, in_iso, order_of
from alex_planner.importing.decoding import refuse
from alex_planner.importing.readings import Holding
from alex_planner.importing.sheet import ColumnProblem, Record, Row, Table, heading
from alex_planner.portfolio_cells import TOTAL_ROWS, CellProblem, read_asset_class

Field = Literal[
    "account",
    "symbol",
    "name",
    "isin",
    "quantity",
    "price",
    "value",
    "currency",
    "price_date",
    "cost_basis",
    "asset_class",
]
FIELDS: tuple[Field, ...] = get_args(Field)
NUMBERS: tuple[Field, ...] = ("quantity", "price", "value", "cost_basis")


class ColumnMapping(BaseModel):
    """How to read a table that no broker's module knows."""

    model_config = ConfigDict(frozen=True)

    columns: dict[Field, str]
    currency: str | None = None
    """Of all rows, where there is no column of it."""
    decimal: Literal["point", "comma"] | None = None
    dates: Order | None = None


def parse_mapping(
    pairs: Sequence[str], currency: str | None, decimal: Literal["point", "comma"] | None, dates: Order | None
) -> ColumnMapping | None:
    """Return the mapping that pairs `field:heading` describe, `None` when there are none.

    Raises:
        InvalidMapping: a field is unknown, or symbol, quantity or currency is missing.
    """
    if not pairs:
        return None
    columns: dict[Field, str] = {}
    for pair in pairs:
        name, _, title = pair.partition(":")
        field = next((known for known in FIELDS if known == name.strip()), None)
        if field is None or not title.strip():
            raise InvalidMapping(f"{pair[:80]!r} is not field:heading; fields are {', '.join(FIELDS)}")
        columns[field] = heading(title)
    missing = [field for field in ("symbol", "quantity") if field not in columns]
    if missing:
        raise InvalidMapping(f"the mapping names no column for {' and '.join(missing)}")
    if "currency" not in columns and (currency or "").upper() not in CURRENCY_CODES:
        raise InvalidMapping("name a column of currencies, or with `currency` the one of all rows, such as USD")
    return ColumnMapping(columns=columns, currency=currency.upper() if currency else None, decimal=decimal, dates=dates)


def read_account_currency(code: str | None) -> str | None:
    """Return the code in capitals.

    Raises:
        InvalidMapping: no such currency.
    """
    if code is not None and code.upper() not in CURRENCY_CODES:
        raise InvalidMapping(f"{code[:20]!r} is not a currency of ISO 4217, such as USD or EUR")
    return code.upper() if code else None


def read_mapped(tables: Iterable[list[Record]], mapping: ColumnMapping, into: Collector) -> list[int]:
    """Read the first of the tables that has the headings of the mapping, and return the line of each of its rows.

    Raises:
        InvalidPortfolio: no row has the headings, or numbers or dates can be read in two ways.
    """
    records, start = _find(tables, mapping)
    table = Table(records[start], records[start + 1 :])
    if mapping.decimal:
        table.mark = "," if mapping.decimal == "comma" else "."
    else:
        table.mark = _mark(table, [mapping.columns[name] for name in NUMBERS if name in mapping.columns])
    if "price_date" in mapping.columns:
        table.order = mapping.dates or _order(table, mapping.columns["price_date"])
    if "value" in mapping.columns and "price" not in mapping.columns:
        into.notes.append("prices are the stated values divided by the units")
    into.each(table.rows(), lambda row: _holding(row, mapping, into))
    return [record.line for record in records]


def _find(tables: Iterable[list[Record]], mapping: ColumnMapping) -> tuple[list[Record], int]:
    wanted = set(mapping.columns.values())
    for records in tables:
        for index, record in enumerate(records[:80]):
            if wanted <= {heading(cell) for cell in record.cells}:
                return records, index
    return refuse(1, f"no row has all the headings {', '.join(sorted(wanted))}")


def _mark(table: Table, names: Sequence[str]) -> Mark | None:
    """Return the mark that the numbers prove; two ways in one table are for its owner to sort out."""
    try:
        return decimal_mark(row.text(name) for row in table.rows() for name in names)
    except CellProblem as exc:
        refuse(table.header.line, f"{exc}; say which mark divides decimals with decimal=point or decimal=comma")


def _order(table: Table, column: str) -> Order:
    cells = [row.text(column) for row in table.rows()]
    order = order_of(cells)
    if order is None and any(in_iso(cell, "mdy") != cell for cell in cells):
        refuse(
            table.header.line, "the dates can be read day first or month first; say which with dates=dmy or dates=mdy"
        )
    return order or "mdy"


def _holding(row: Row, mapping: ColumnMapping, into: Collector) -> None:
    def text(field: Field) -> str:
        return row.text(mapping.columns[field]) if field in mapping.columns else ""

    if heading(text("symbol")).upper() in TOTAL_ROWS:
        into.ignored(row.record.line, "total row")
        return
    currency = text("currency") or mapping.currency or ""
    numbers = {field: _number(row, mapping, field, currency) for field in NUMBERS}
    day: date | None = row.moment(mapping.columns["price_date"]).day if text("price_date") else None
    asset_class = read_asset_class(text("asset_class")) if text("asset_class") else None
    if not text("symbol"):
        raise CellProblem("the row has no symbol")
    into.hold(
        row.record.line,
        Holding(
            symbol=text("symbol"),
            quantity=numbers["quantity"],
            currency=currency,
            account=text("account"),
            name=text("name"),
            isin=text("isin"),
            price=numbers["price"] if "price" in mapping.columns else _price(numbers["value"], numbers["quantity"]),
            price_date=day,
            value=numbers["value"],
            cost_basis=numbers["cost_basis"],
            asset_class=asset_class,
        ),
    )


def _price(value: Decimal | None, quantity: Decimal | None) -> Decimal | None:
    """Return the price of one unit that a stated value means."""
    return unit_price(value, quantity) if value is not None and quantity else None


def _number(row: Row, mapping: ColumnMapping, field: Field, currency: str) -> Decimal | None:
    money = row.money(mapping.columns[field]) if field in mapping.columns else None
    if money and money.currency and money.currency != currency.upper():
        written = row.text(mapping.columns[field])
        raise ColumnProblem(mapping.columns[field], f"{written!r} is in {money.currency}, the row in {currency}")
    return money.value if money else None
