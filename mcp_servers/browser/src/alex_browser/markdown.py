"""A cleaned HTML tree as Markdown: headings, paragraphs, lists, tables, quotes and code, in page order.

It keeps everything it is given; which part of a page is worth reading is decided by the caller.
"""

from collections.abc import Iterator

from alex_browser.elements import Element
from alex_browser.html_tree import visible_text

_HEADINGS = {"h1": "# ", "h2": "## ", "h3": "### ", "h4": "#### ", "h5": "##### ", "h6": "###### "}
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big br cite code data del dfn em font i img ins kbd label mark q rp rt ruby s samp small"
    " span strike strong sub sup time tt u var wbr input select option button".split()
)
_DATA_ROWS = 2
"""A table with fewer rows or columns arranges the page rather than data."""
_MAX_DEPTH = 200
"""Nesting followed; deeper elements are written as their plain text."""


def to_markdown(element: Element) -> str:
    """Return `element` and all it contains as Markdown."""
    return "\n\n".join(block for block in _blocks(element, 0) if block)


def table_to_markdown(table: Element) -> str:
    """Return a data table as a Markdown table; cells spanning columns leave the others empty."""
    rows = [_cells(row) for row in table.iter("tr")]
    rows = [row for row in rows if any(row)]
    if not rows:
        return ""
    width = max(len(row) for row in rows)
    padded = [row + [""] * (width - len(row)) for row in rows]
    lines = [f"| {' | '.join(row)} |" for row in padded]
    lines.insert(1, f"|{' --- |' * width}")
    caption = next((visible_text(caption) for caption in table.iter("caption")), "")
    return "\n".join(([f"**{caption}**", ""] if caption else []) + lines)


def is_data_table(table: Element) -> bool:
    """Return whether `table` holds rows and columns of data, not the layout of the page."""
    if next(table.iterdescendants("table"), None) is not None or table.get("role") == "presentation":
        return False
    rows = [len(_cells(row)) for row in table.iter("tr")]
    return len(rows) >= _DATA_ROWS and max(rows) >= _DATA_ROWS


def holds_blocks(element: Element) -> bool:
    """Return whether a block element, such as a paragraph or a list, stands within `element`."""
    return any(isinstance(child.tag, str) and child.tag not in _INLINE for child in element.iterdescendants())


def _cells(row: Element) -> list[str]:
    cells: list[str] = []
    for cell in row.iterchildren("td", "th"):
        cells.append(visible_text(cell).replace("|", "\\|"))
        span = cell.get("colspan", "1")
        cells += [""] * (min(int(span), 50) - 1 if span.isdigit() else 0)
    return cells


def _blocks(element: Element, depth: int) -> Iterator[str]:
    """Yield the blocks of `element`; loose text between block elements becomes a paragraph."""
    if depth > _MAX_DEPTH:
        yield visible_text(element)
        return
    loose = element.text or ""
    for child in element.iterchildren():
        if not isinstance(child.tag, str):
            loose += child.tail or ""
            continue
        if child.tag in _INLINE and not holds_blocks(child):
            loose += _inline(child)
        else:
            yield _tidy(loose)
            loose = ""
            yield from _block(child, depth + 1)
        loose += child.tail or ""
    yield _tidy(loose)


def _block(element: Element, depth: int) -> Iterator[str]:
    tag = element.tag
    if tag in _HEADINGS:
        text = visible_text(element)
        yield _HEADINGS[tag] + text if text else ""
    elif tag in ("ul", "ol", "menu"):
        yield "\n".join(_items(element, depth))
    elif tag == "table" and is_data_table(element):
        yield table_to_markdown(element)
    elif tag == "pre":
        yield f"```\n{''.join(element.itertext()).strip(chr(10))}\n```"
    elif tag == "blockquote":
        inner = "\n\n".join(block for block in _blocks(element, depth) if block)
        yield "\n".join(f"> {line}".rstrip() for line in inner.splitlines())
    elif tag == "tr":
        yield " ".join(cell for cell in _cells(element) if cell)
    elif tag == "dt":
        yield f"**{visible_text(element)}**"
    else:
        yield from _blocks(element, depth)


def _items(items: Element, depth: int) -> Iterator[str]:
    for number, item in enumerate(items.iterchildren(), start=1):
        if not isinstance(item.tag, str):
            continue
        blocks = [block for block in _blocks(item, depth + 1) if block]
        if blocks:
            mark = f"{number}. " if items.tag == "ol" else "- "
            body = "\n".join(blocks)
            yield mark + body.replace("\n", "\n" + " " * len(mark))


def _inline(element: Element) -> str:
    if element.tag == "br":
        return "\n"
    inner = (element.text or "") + "".join(
        (_inline(child) if isinstance(child.tag, str) else "") + (child.tail or "") for child in element.iterchildren()
    )
    if element.tag in ("b", "strong") and inner.strip():
        return f"**{inner.strip()}**" + (" " if inner.endswith((" ", "\n")) else "")
    return inner


def _tidy(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
