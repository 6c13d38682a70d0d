"""Interactive Brokers' Flex queries: as CSV of one section or several, and as XML. It reads no monthly statement.

XML is read by defusedxml: entities and external references are refused, whatever they would have become.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl, Locator

from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]  # it ships no types
from defusedxml.sax import parseString  # type: ignore[import-untyped]  # it ships no types

from alex_planner.importing import ibkr_fields as ibkr
from alex_planner.importing.collector import Collector
from alex_planner.importing.days import Order, in_iso, order_of, read_moment
from alex_planner.importing.decoding import refuse
from alex_planner.importing.formats import SheetFormat
from alex_planner.importing.sheet import Record, find_record
from alex_planner.portfolio_cells import CellProblem

Keep = Callable[[ibkr.Fields, int, Collector], None]
_ELEMENTS: dict[str, Keep] = {
    "OpenPosition": ibkr.hold_position,
    "Trade": ibkr.act_trade,
    "CashTransaction": ibkr.act_cash,
    "CorporateAction": ibkr.act_corporate,
    "CashReportCurrency": ibkr.hold_cash,
    "ConversionRate": ibkr.keep_rate,
}
_SECTION_HEADINGS = frozenset({"CurrencyPrimary", "FromCurrency"})
"""One of these stands in the headings of every section that is read."""
_VALUE = re.compile(r'="(\d{1,2}[-./]\d{1,2}[-./]\d{4})')
"""An attribute that begins with a numeric date."""
_SINGLE = frozenset({"FlexQueryResponse", "FlexStatements"})


def _keeper(names: frozenset[str]) -> Keep | None:
    """Return what reads a section with these columns."""
    if "markprice" in names and names & {"quantity", "position"}:
        return ibkr.hold_position
    if names >= {"fromcurrency", "tocurrency", "rate"}:
        return ibkr.keep_rate
    if names >= {"quantity"} and names & {"tradeprice", "ibcommission", "buysell"}:
        return ibkr.act_trade
    if "endingcash" in names:
        return ibkr.hold_cash
    if names >= {"actiondescription", "quantity"}:
        return ibkr.act_corporate
    return ibkr.act_cash if names >= {"amount", "type", "currencyprimary"} else None


def _names(record: Record) -> frozenset[str]:
    return frozenset(ibkr.field_name(cell) for cell in record.cells)


def _is_heading(record: Record) -> bool:
    names = _names(record)
    return "currencyprimary" in names and _keeper(names) is not None


def _find_csv(records: Sequence[Record]) -> int | None:
    return find_record(records, _is_heading)


def _read_csv(records: Sequence[Record], start: int, into: Collector) -> None:
    into.states_positions = any(_is_heading(r) and _keeper(_names(r)) is ibkr.hold_position for r in records)
    header, keep = records[start], _keeper(_names(records[start]))
    order = _order_of((cell for record in records for cell in record.cells), into)
    positions: list[ibkr.Fields] = []
    for record in records[start + 1 :]:
        heads_section = not _SECTION_HEADINGS.isdisjoint(record.cells)
        if heads_section or record.cells[0] in {"HEADER", "BOS", "EOS", "EOA", "EOF"}:
            header, keep = (record, _keeper(_names(record))) if heads_section else (header, keep)
            continue
        if keep is None:
            into.ignored(record.line, "a section that is not read")
            continue
        named = zip(header.cells, record.cells, strict=False)
        fields = {ibkr.field_name(name): in_iso(cell, order) for name, cell in named}
        into.one(record, lambda keep=keep, fields=fields, line=record.line: keep(fields, line, into), header)  # type: ignore[misc]  # bound
        if keep is ibkr.hold_position:
            positions.append(fields)
    ibkr.keep_rates_to_base(positions, "", into)


def _order_of(cells: Iterable[str], into: Collector) -> Order:
    """Return the order of day and month: a query writes dates as its owner chose, and each file must tell."""
    dates = [cell for cell in cells if in_iso(cell, "mdy") != cell]
    order = order_of(dates)
    if dates and order is None:
        into.notes.append("dates such as 1/2/2026 are read month first, because none of the file's dates tells")
    return order or "mdy"


def read_xml(data: str, into: Collector) -> list[int]:
    """Read a Flex query as XML and return the line of each of its elements.

    Raises:
        InvalidPortfolio: it is no well-formed XML, or has entities.
    """
    handler = _Elements(into, _order_of(_VALUE.findall(data), into))
    try:
        parseString(data.encode(), handler, forbid_dtd=True)
    except DefusedXmlException as exc:
        refuse(1, f"the file declares entities or a document type, which is refused ({type(exc).__name__})")
    except SAXException as exc:
        refuse(getattr(exc, "getLineNumber", lambda: 1)() or 1, f"the file is not well-formed XML ({exc})")
    ibkr.keep_rates_to_base(handler.positions, handler.base, into)
    return handler.lines


class _Elements(ContentHandler):
    """Gives each element with attributes a fate."""

    def __init__(self, into: Collector, order: Order) -> None:
        super().__init__()
        self._into = into
        self._order = order
        self._locator: Locator | None = None
        self._account = ""
        self.lines: list[int] = []
        self.positions: list[ibkr.Fields] = []
        self.base = ""
        """Currency of the account."""
        into.states_positions = False

    def setDocumentLocator(self, locator: Locator) -> None:  # noqa: N802 - SAX's name
        self._locator = locator

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 - SAX's name
        fields = {
            ibkr.field_name(key): in_iso(value, self._order) for key, value in attrs.items() if value not in {"", "-"}
        }
        if name == "FlexStatement":
            self._account = fields.get("accountid", "")
            with suppress(CellProblem):
                self._into.as_of = read_moment(fields.get("todate", ""), "mdy").day
        if name == "AccountInformation":
            self.base = fields.get("currency", "")
        elif name == "OpenPositions":
            self._into.states_positions = True
        elif name == "OpenPosition":
            self.positions.append(fields)
        keep = _ELEMENTS.get(name)
        if not fields or name in _SINGLE:
            return
        line = self._line()
        if keep is None:
            self._into.ignored(line, f"{name}: not a position, trade or amount of cash that is read")
            return
        fields.setdefault("accountid", self._account)
        record = Record(line, tuple(f"{key}={value}" for key, value in fields.items()))
        self._into.one(record, lambda: keep(fields, line, self._into))

    def _line(self) -> int:
        """Return the line, or the next free one when several elements share one: each has a fate of its own."""
        line = (self._locator.getLineNumber() if self._locator else 0) or 1
        line = max(line, self.lines[-1] + 1) if self.lines and line <= self.lines[-1] else line
        self.lines.append(line)
        return line


FORMATS = (SheetFormat(ibkr.BROKER, "ibkr_flex_csv", _find_csv, _read_csv, states_positions=False),)
