"""Swissquote's transactions in English, German, French and Italian. Days before months, apostrophes between thousands.

The balance after each row is not taken for cash: it is the balance of one of several accounts.
Source: the columns as read by the public importers of ghostfolio and portfolio-performance.
"""

import re
from collections.abc import Sequence

from alex_planner.importing.collector import Collector
from alex_planner.importing.formats import SheetFormat
from alex_planner.importing.readings import Trade
from alex_planner.importing.sheet import Record, Row, Table, find_heading
from alex_planner.portfolio import ActivityKind

BROKER = "Swissquote"
_DATE = ("date", "datum", "data")
_ORDER = ("order", "auftrag", "ordre", "ordine", "n° d'ordre", "no d'ordre")
_TYPE = ("transaction", "transaktionen", "transaktion", "transactions", "transazione", "transazioni", "opération")
_QUANTITY = ("quantity", "anzahl", "quantité", "quantità", "menge")
_PRICE = ("unit price", "stückpreis", "prix unitaire", "prezzo unitario", "prezzo per unità")
_SYMBOL = ("symbol", "symbole", "simbolo")
_NAME = ("name", "nom", "nome", "bezeichnung")
_COSTS = ("costs", "kosten", "coûts", "frais", "costi", "spese")
_NET = ("net amount", "nettobetrag", "montant net", "importo netto")
_BALANCE = ("balance", "saldo", "solde")
_CURRENCY = ("currency", "währung", "monnaie", "devise", "valuta", "moneta")
_NET_CURRENCY = (
    "net amount currency", "currency net amount", "währung nettobetrag", "nettobetrag währung", "devise montant net",
)  # fmt: skip
_KINDS: tuple[tuple[str, ActivityKind], ...] = (
    (r"forex|fx |change|devisen|wechsel|exchange|cambio", "fx_conversion"),
    (r"withholding|verrechnungssteuer|impôt|tax|steuer|imposta", "tax"),
    (r"verkauf|sell|vente|vendita|redemption|rückzahlung|remboursement", "sell"),
    (r"kauf|buy|achat|acquisto|purchase|subscription|zeichnung", "buy"),
    (r"reverse split|split|aktiensplit|frazionamento|division", "split"),
    (r"dividend|ausschüttung|distribution|capital gain|kapitalgewinn|coupon", "dividend"),
    (r"interest|zins|intérêt|interess", "interest"),
    (r"fee|gebühr|frais|spese|tariff|commission", "fee"),
    (r"payment|zahlung|versement|vergütung|deposit|einzahlung|bonifico|pagamento|versamento|paiement", "deposit"),
    (r"auszahlung|withdrawal|retrait|belastung|debit|prelievo|addebito", "withdrawal"),
    (r"credit|gutschrift|crédit|accredito", "deposit"),
    (r"spin|merger|fusion|umtausch|internal|titel|transfer|einlieferung|delivery|auslieferung", "transfer_in"),
)


def _find(records: Sequence[Record]) -> int | None:
    return find_heading(records, _DATE, _ORDER, _TYPE, "isin", _QUANTITY, _PRICE)


def _read(records: Sequence[Record], start: int, into: Collector) -> None:
    table = Table(records[start], records[start + 1 :], order="dmy")
    table.learn_mark(*_QUANTITY, *_PRICE, *_COSTS, *_NET, *_BALANCE)
    indexes = [i for i, name in enumerate(records[start].cells) if i >= 6 and name]  # noqa: PLR2004 - first number
    numeric = [i for i in indexes if i != table.index(*_CURRENCY)]
    table.learn_mark_at([i for i in numeric if not _is_words(records[start + 1 :], i)])
    rows = list(table.rows())
    into.each(rows, lambda row: _event(row, into))


def _is_words(records: Sequence[Record], index: int) -> bool:
    return any(re.search("[A-Za-z]", record.cells[index]) for record in records if index < len(record.cells))


def _event(row: Row, into: Collector) -> None:
    words, line = row.text(*_TYPE), row.record.line
    if not words:
        into.ignored(line, "footer")
        return
    kind = next((kind for pattern, kind in _KINDS if re.search(pattern, words, re.IGNORECASE)), None)
    if kind is None:
        into.ignored(line, f"the transaction {words!r} is not known")
        return
    moment, units = row.moment(*_DATE), row.money(*_QUANTITY)
    price, net, costs = row.money(*_PRICE), row.money(*_NET), row.money(*_COSTS)
    currency = row.text(*_NET_CURRENCY) or row.text(*_CURRENCY)
    holds_units = kind in {"buy", "sell", "split", "transfer_in"} and units is not None
    quantity = units.value if units and holds_units else None
    if quantity is not None and kind in {"buy", "sell"}:
        quantity = abs(quantity) if kind == "buy" else -abs(quantity)
    into.act(
        line,
        Trade(
            kind=kind,
            day=moment.day,
            clock=moment.clock,
            currency=currency,
            symbol=row.text(*_SYMBOL) or row.text("isin"),
            isin=row.text("isin"),
            name=row.text(*_NAME),
            quantity=quantity,
            price=price.value if price and holds_units else None,
            amount=net.value if net else None,
            fee=abs(costs.value) if costs and costs.value else None,
        ),
    )


FORMATS = (SheetFormat(BROKER, "swissquote_transactions", _find, _read, states_positions=False),)
