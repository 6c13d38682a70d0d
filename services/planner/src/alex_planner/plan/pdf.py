"""A document as PDF, by ReportLab in Noto Sans. The same document gives the same bytes; no text of others is markup.

The font has the Latin, Greek and Cyrillic letters. Of other scripts each character is shown as the replacement mark,
and the document says so: the Markdown has them.
"""

import io
from collections.abc import Sequence
from functools import cache
from importlib.resources import as_file, files
from xml.sax.saxutils import escape, quoteattr

from reportlab.lib import colors
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepTogether, LongTable, SimpleDocTemplate, Spacer, TableStyle
from reportlab.platypus import Paragraph as Text

from alex_planner.markdown_text import link_target, visible
from alex_planner.plan.blocks import (
    Bars,
    Block,
    Bullets,
    Chart,
    Grid,
    Heading,
    Line,
    Paragraph,
    Quotation,
    Ranges,
    Span,
)
from alex_planner.plan.pdf_charts import draw_bars, draw_ranges

FONT = "NotoSans"
LACKING = "\ufffd"
MARGIN = 18 * mm
WIDTH = A4[0] - 2 * MARGIN
CHART_WIDTH = WIDTH - 12
"""As wide as a paragraph: ReportLab keeps 6 points on each side of a frame."""
_INK, _LINK, _RULE = colors.HexColor("#1a1a1a"), "#1f4e9c", colors.HexColor("#c8c8c8")
_MAX_CELL_CHARS = 2000
"""A cell cannot be parted over pages; what is longer is cut, and says so. No text of a plan is nearly so long."""


def to_pdf(blocks: Sequence[Block]) -> bytes:
    """Return the document as the bytes of a PDF file."""
    pages = _Pages()
    story = [flowable for block in blocks for flowable in pages.flowables(block)]
    if pages.lacks:
        story.append(pages.text(f"{LACKING} stands for a character that this font does not have.", "small"))
    title = next((block.text for block in blocks if isinstance(block, Heading)), "Plan")
    out = io.BytesIO()
    # Without `invariant` a file would carry the time at which it was written.
    template = SimpleDocTemplate(
        out,
        pagesize=A4,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN,
        title=visible(title),
        author="Alex",
        invariant=1,
    )
    template.build(story, onFirstPage=_number, onLaterPages=_number)
    return out.getvalue()


class _Pages:
    """Turns blocks into ReportLab's flowables."""

    def __init__(self) -> None:
        self._glyphs = _glyphs()
        self._styles = _styles()
        self.lacks = False

    def flowables(self, block: Block) -> list[Flowable]:
        match block:
            case Heading():
                return [self.text(block.text, f"heading{block.level}")]
            case Paragraph():
                return [self._line(block.line, "body")]
            case Bullets():
                return [self._line((Span("\u2022 "), *item), "item") for item in block.items]
            case Quotation():
                quote = [self.text(block.quote, "quote")] if block.quote is not None else []
                return [self._line((Span("\u2022 "), *block.lead), "item"), *quote, self._line(block.source, "source")]
            case Grid():
                return [self._table(block)]
            case Bars() | Ranges():
                return self._chart(block)

    def _chart(self, chart: Chart) -> list[Flowable]:
        if isinstance(chart, Bars):
            return [draw_bars(chart, CHART_WIDTH, FONT, self._drawable), Spacer(0, 8)]
        return [KeepTogether([draw_ranges(chart, CHART_WIDTH, FONT), self.text(chart.caption, "small")])]

    def text(self, text: str, style: str) -> Text:
        return self._line((Span(text),), style)

    def _line(self, line: Line, style: str) -> Text:
        return Text("".join(self._span(span) for span in line), self._styles[style])

    def _span(self, span: Span) -> str:
        shown = escape(self._drawable(span.text))
        target = link_target(span.url) if span.url else None
        if target:
            return f"<a href={quoteattr(target)} color={quoteattr(_LINK)}>{shown}</a>"
        if span.style == "strong":
            return f'<font color="#0b6b4a" size="9.5">{shown}</font>'
        if span.style == "code":
            return f'<font size="6.5" color="#555555">{shown}</font>'
        return shown

    def _drawable(self, text: str) -> str:
        shown = "".join(char if ord(char) in self._glyphs else LACKING for char in visible(text))
        self.lacks = self.lacks or LACKING in shown
        before, after = text[:1].isspace(), text[-1:].isspace()
        return f"{' ' if before else ''}{shown}{' ' if after and shown else ''}"

    def _table(self, block: Grid) -> LongTable:
        rows = [tuple(self._cut(cell) for cell in row) for row in block.rows]
        names = ["cell" if column < block.numbers_from else "number" for column in range(len(block.header))]
        head = [self.text(name, style) for name, style in zip(block.header, names, strict=True)]
        body = [[self._line(cell, style) for cell, style in zip(row, names, strict=True)] for row in rows]
        table = LongTable([head, *body], colWidths=_widths(block), repeatRows=1, spaceAfter=6)
        table.setStyle(
            TableStyle(
                [
                    ("VALIGN", (0, 0), (-1, -1), "TOP"),
                    ("LINEBELOW", (0, 0), (-1, -1), 0.4, _RULE),
                    ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#eef2ef")),
                    ("LEFTPADDING", (0, 0), (-1, -1), 3),
                    ("RIGHTPADDING", (0, 0), (-1, -1), 3),
                    ("TOPPADDING", (0, 0), (-1, -1), 2),
                    ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
                ]
            )
        )
        return table

    @staticmethod
    def _cut(cell: Line) -> Line:
        return tuple(
            span if len(span.text) <= _MAX_CELL_CHARS else Span(span.text[:_MAX_CELL_CHARS] + " ... (cut)")
            for span in cell
        )


def _widths(block: Grid) -> list[float]:
    """Return widths by the longest word and the length of the texts of each column, together one page."""
    columns = list(zip(*([[(Span(name),) for name in block.header], *block.rows]), strict=True))
    needs = [min(60, max(sum(len(span.text) for span in cell) for cell in column)) + 3 for column in columns]
    words = [
        max((len(word) for cell in column for span in cell for word in span.text.split()), default=1)
        for column in columns
    ]
    weights = [max(min(word, 14) + 2, need**0.75) for need, word in zip(needs, words, strict=True)]
    return [WIDTH * weight / sum(weights) for weight in weights]


@cache
def _glyphs() -> frozenset[int]:
    """Register the font and return the code points that it has."""
    with as_file(files("fontpkg_noto_sans") / "files" / "NotoSans[wdth,wght].ttf") as path:
        font = TTFont(FONT, str(path))
    pdfmetrics.registerFont(font)
    pdfmetrics.registerFontFamily(FONT, normal=FONT, bold=FONT, italic=FONT, boldItalic=FONT)
    return frozenset(font.face.charToGlyph) - {0}


@cache
def _styles() -> dict[str, ParagraphStyle]:
    body = ParagraphStyle(
        "body", fontName=FONT, fontSize=9, leading=12.5, textColor=_INK, spaceAfter=5, splitLongWords=1
    )
    sizes = {"heading1": (18, 4), "heading2": (13, 10), "heading3": (10.5, 6)}
    headings = {
        name: ParagraphStyle(
            name,
            parent=body,
            fontSize=size,
            leading=size * 1.3,
            spaceBefore=before,
            keepWithNext=1,
            textColor=colors.HexColor("#0b3d2e"),
        )
        for name, (size, before) in sizes.items()
    }
    small = ParagraphStyle("small", parent=body, fontSize=7.5, leading=10)
    return {
        "body": body,
        "small": small,
        "item": ParagraphStyle("item", parent=body, leftIndent=10, bulletIndent=0, firstLineIndent=-6, spaceAfter=3),
        "quote": ParagraphStyle(
            "quote", parent=body, leftIndent=18, textColor=colors.HexColor("#444444"), spaceAfter=2
        ),
        "source": ParagraphStyle("source", parent=small, leftIndent=10, spaceAfter=6),
        "cell": ParagraphStyle("cell", parent=small, spaceAfter=0),
        "number": ParagraphStyle("number", parent=small, spaceAfter=0, alignment=TA_RIGHT),
        **headings,
    }


def _number(canvas: Canvas, document: SimpleDocTemplate) -> None:
    canvas.saveState()
    canvas.setFont(FONT, 7)
    canvas.drawRightString(A4[0] - MARGIN, MARGIN / 2, str(document.page))
    canvas.restoreState()
