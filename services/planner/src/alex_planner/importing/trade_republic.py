"""Trade Republic: its own export of transactions, and the localised lists that export tools make of its app.

The own export is in English with points; the lists have the headings of the app's language and its decimal mark.
Source: the columns as read by the public importers of ghostfolio and portfolio-performance (format of pytr).
"""

import re
from collections.abc import Sequence
from decimal import Decimal

from alex_planner.importing.collector import Collector
from alex_planner.importing.formats import SheetFormat
from alex_planner.importing.readings import Trade
from alex_planner.importing.sheet import ColumnProblem, Record, Row, Table, find_heading
from alex_planner.portfolio import ActivityKind

BROKER = "Trade Republic"
PRICE_PLACES = Decimal("0.000001")
"""A list states value and shares: the price is their quotient, rounded here."""
_DATE = ("date", "datum", "fecha", "data", "datetime")
_TYPE = ("type", "typ", "tipo", "transaction type", "transactietype")
_VALUE = (
    "value",
    "wert",
    "waarde",
    "waarde netto",
    "wert netto",
    "value net",
    "valeur",
    "valor",
    "valore",
    "amount",
    "betrag",
    "wartość",
)
_NOTE = ("note", "notiz", "notitie", "nota", "name", "notatka", "opmerking", "bemerkung", "remarque", "observación")
_SHARES = (
    "shares",
    "stück",
    "anteile",
    "aandelen",
    "aantal",
    "actions",
    "acciones",
    "azioni",
    "ações",
    "udziały",
    "parts",
)
_FEES = ("fees", "fee", "gebühren", "kosten", "frais", "comisiones", "commissioni", "taxas", "opłaty")
_TAXES = ("taxes", "tax", "steuern", "belastingen", "belasting", "impôts", "impuestos", "tasse", "impostos", "podatki")
_KINDS: tuple[tuple[str, ActivityKind | None], ...] = (
    (r"tax|steuer|belasting|impôt|impuesto|tasse|podatek", "tax"),
    (r"\bsell|verkauf|verkoop|vente|venta|vendita|venda|sprzedaż", "sell"),
    (r"\bbuy|kauf|aankoop|koop|achat|compra|acquisto|kupno|saveback|savings|sparplan|spaarplan|round", "buy"),
    (r"dividend|ausschüttung|distribution|dywidenda", "dividend"),
    (r"interest|zinsen|rente|intérêt|interes|interessi|juros|odsetki", "interest"),
    (r"split", "split"),
    (r"bonus|spin|stock_?perk|gift|free_receipt|migration|securities|transfer_in(?!stant)\b", "transfer_in"),
    ((r"removal|withdrawal|auszahlung|onttrekking|opname|retrait|retirada|prelievo|levantamento|wypłata|outbound|"
        r"card|kartenzahlung|karte"), "withdrawal"),
    (r"deposit|einzahlung|storting|dépôt|depósito|deposito|wpłata|inbound|inpayment|transfer|pea_", "deposit"),
    (r"fee|gebühr", "fee"),
    (r"benefits|adjustment|refund|credit", "other"),
)  # fmt: skip


def _find_export(records: Sequence[Record]) -> int | None:
    return find_heading(records, "date", "type", "asset_class", "symbol", "shares", "price", "amount", "currency")


def _find_list(records: Sequence[Record]) -> int | None:
    return find_heading(records, _DATE, _TYPE, _VALUE, _NOTE, "isin", _SHARES)


def _read_export(records: Sequence[Record], start: int, into: Collector) -> None:
    into.each(Table(records[start], records[start + 1 :], order="dmy").rows(), lambda row: _event(row, into))


def _read_list(records: Sequence[Record], start: int, into: Collector) -> None:
    table = Table(records[start], records[start + 1 :], order="dmy")
    table.learn_mark(*_VALUE, *_SHARES)
    table.learn_mark_at(
        [i for i in (table.index(*names) for names in (_VALUE, _SHARES, _FEES, _TAXES)) if i is not None]
    )
    into.notes.append("the file names no currency: Trade Republic keeps accounts in EUR")
    into.each(table.rows(), lambda row: _event(row, into))


def _event(row: Row, into: Collector) -> None:
    words, line = row.text(*_TYPE), row.record.line
    category = row.text("category").upper()
    kind = next((kind for pattern, kind in _KINDS if re.search(pattern, words, re.IGNORECASE)), None)
    if kind is None and row.text(*_SHARES):
        raise ColumnProblem("type", f"the transaction {words!r} is not known, and shares move with it")
    if kind is None:
        into.ignored(line, f"the transaction {words!r} is not known" if words else "footer")
        return
    moment, symbol = row.moment("datetime", *_DATE), row.text("symbol", "isin")
    shares, value, fee = _number(row, *_SHARES), _number(row, *_VALUE), _number(row, *_FEES)
    price, tax = _number(row, "price"), _number(row, *_TAXES)
    if kind in {"buy", "sell"} and shares is None and category in {"", "CASH"}:
        kind = "other"
    quantity = _change(kind, shares)
    if kind == "transfer_in" and quantity is None:
        kind = "other"
    if price is None and quantity and value is not None and kind in {"buy", "sell"}:
        price = (abs(value) / abs(quantity)).quantize(PRICE_PLACES)
    costs = sum((number for number in (fee, tax) if number), Decimal(0)) if row.text("currency") else Decimal(0)
    into.act(
        line,
        Trade(
            kind=kind,
            day=moment.day,
            clock=moment.clock,
            currency=row.text("currency") or "EUR",
            account=row.text("account_type") if row.text("account_type") not in {"", "DEFAULT"} else None,
            symbol=symbol,
            isin=symbol,
            name=row.text(*_NOTE) if symbol else None,
            quantity=quantity,
            price=price,
            amount=None if value is None else value + costs,
            fee=abs(fee) if fee else None,
            reference=row.text("transaction_id") or None,
        ),
    )


def _change(kind: ActivityKind, shares: Decimal | None) -> Decimal | None:
    if shares is None or kind not in {"buy", "sell", "split", "transfer_in"}:
        return None
    return abs(shares) if kind == "buy" else -abs(shares) if kind == "sell" else shares


def _number(row: Row, *names: str) -> Decimal | None:
    money = row.money(*names)
    return money.value if money else None


FORMATS = (
    SheetFormat(BROKER, "trade_republic_export", _find_export, _read_export, states_positions=False),
    SheetFormat(BROKER, "trade_republic_list", _find_list, _read_list, states_positions=False),
)
