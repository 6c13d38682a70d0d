"""A document as Markdown. The same document gives the same bytes; texts of others cannot add markup to it."""

from collections.abc import Sequence

from alex_planner.markdown_text import escape, link, table
from alex_planner.plan.blocks import Bars, Block, Bullets, Grid, Heading, Line, Paragraph, Quotation, Ranges, Span


def to_markdown(blocks: Sequence[Block]) -> str:
    """Return the document, ending with a line end; charts are left out, their figures stand in the tables."""
    written = (block for block in blocks if not isinstance(block, Bars | Ranges))
    return "\n\n".join("\n".join(_lines(block)) for block in written) + "\n"


def _lines(block: Heading | Paragraph | Bullets | Quotation | Grid) -> list[str]:
    match block:
        case Heading():
            return [f"{'#' * block.level} {escape(block.text)}"]
        case Paragraph():
            return [_text(block.line)]
        case Bullets():
            return [f"- {_text(item)}" for item in block.items]
        case Quotation():
            quote = ["", f"  > {escape(block.quote)}"] if block.quote is not None else []
            return [f"- {_text(block.lead)}", *quote, "", f"  {_text(block.source)}"]
        case Grid():
            rows = [tuple(_text(cell) for cell in row) for row in block.rows]
            return table(tuple(escape(name) for name in block.header), rows, block.numbers_from)


def _text(line: Line) -> str:
    return "".join(_span(span) for span in line)


def _span(span: Span) -> str:
    if span.style == "code":
        # A code span cannot be escaped: whatever could end it is dropped.
        return "`" + "".join(char for char in span.text if char.isalnum() or char in "_-:.") + "`"
    if span.url:
        return link(span.text, span.url)
    if span.style == "strong":
        return f"**{escape(span.text)}**"
    # Escaping trims a text; the spaces that part it from its neighbours stay.
    before = " " if span.text[:1].isspace() else ""
    after = " " if span.text[-1:].isspace() and span.text.strip() else ""
    return f"{before}{escape(span.text)}{after}"
