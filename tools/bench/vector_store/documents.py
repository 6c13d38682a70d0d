"""Documents of five pages in the four kinds that `alex ingest` reads, the same ones for the same numbers."""

import random
from collections.abc import Iterator
from pathlib import Path
from textwrap import wrap

PAGES = 5
PARAGRAPHS = 5
"""On a page; with some 90 words each that is a full page of a report."""
_SUBJECTS = "The company|Our subsidiary|The board|Management|The cloud unit|The retail segment|A major customer".split(
    "|"
)
_VERBS = "reported|expects|announced|recorded|reduced|raised|deferred|reviewed|financed|acquired".split("|")
_OBJECTS = (
    "revenue growth|operating expenses|a dividend|goodwill impairment|inventory levels|capital expenditure|a credit "
    "facility|lease liabilities|warranty provisions|research spending|tax assets|an interest in a joint venture"
).split("|")
_ENDINGS = "in the third quarter|compared with the prior year|because of currency effects|in every region".split("|")


def write_documents(folder: Path, first: int, count: int) -> None:
    """Write the documents `first` to `first + count - 1`, a quarter of each kind."""
    folder.mkdir(parents=True, exist_ok=True)
    writers = (_write_pdf, _write_html, _write_markdown, _write_text)
    for number in range(first, first + count):
        writers[number % len(writers)](folder / f"report_{number:05d}", f"Report {number}", pages_of(number))


def pages_of(number: int) -> list[list[str]]:
    """Return the paragraphs of each page of document `number`."""
    draw = random.Random(number)  # noqa: S311  text, no secret
    return [[" ".join(_sentences(draw)) for _ in range(PARAGRAPHS)] for _ in range(PAGES)]


def _sentences(draw: random.Random) -> Iterator[str]:
    for _ in range(6):
        parts = (draw.choice(_SUBJECTS), draw.choice(_VERBS), draw.choice(_OBJECTS), draw.choice(_ENDINGS))
        yield f"{' '.join(parts)}, after {draw.randrange(1, 900)} million dollars in {draw.randrange(2015, 2027)}."


def _write_text(path: Path, title: str, pages: list[list[str]]) -> None:
    text = "\n\n".join("\n\n".join(page) for page in pages)
    path.with_suffix(".txt").write_text(f"{title}\n\n{text}\n", encoding="utf-8")


def _write_markdown(path: Path, title: str, pages: list[list[str]]) -> None:
    text = "\n\n".join(f"## Part {n}\n\n" + "\n\n".join(page) for n, page in enumerate(pages, start=1))
    path.with_suffix(".md").write_text(f"# {title}\n\n{text}\n", encoding="utf-8")


def _write_html(path: Path, title: str, pages: list[list[str]]) -> None:
    text = "".join(f"<p>{paragraph}</p>" for page in pages for paragraph in page)
    page = f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{text}</article></body></html>"
    path.with_suffix(".html").write_text(page, encoding="utf-8")


def _write_pdf(path: Path, title: str, pages: list[list[str]]) -> None:
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415  for this kind only

    canvas = Canvas(str(path.with_suffix(".pdf")))
    canvas.setTitle(title)
    for page in pages:
        lines = canvas.beginText(40, 800)
        for paragraph in page:
            for line in wrap(paragraph, 95):
                lines.textLine(line)
            lines.textLine("")
        canvas.drawText(lines)
        canvas.showPage()
    canvas.save()
