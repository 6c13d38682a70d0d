"""What one file says: title, text, source and date, by the reader for its kind.

A file may come from anywhere, and some readers are native code: `read_document` is meant for a process of its own.
"""

import codecs
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

from alex_tools.document_files import HTML_SUFFIXES, MARKDOWN_SUFFIXES, PDF_SUFFIXES, TEXT_SUFFIXES

MAX_TITLE_CHARS = 500
"""The longest title that the vector store takes."""
MAX_TEXT_CHARS = 2_000_000
"""The longest text that it takes."""
_BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
"""What Windows programs put in front of a text that they save as "Unicode"."""


class UnreadableFile(Exception):
    """A file cannot be read as what its name says; the message says why, and what would help."""


@dataclass(frozen=True)
class ReadDocument:
    """A file's content, ready to be stored. `published_at` is ISO 8601; `url` is where the page says it stands."""

    title: str
    text: str
    url: str | None = None
    published_at: str | None = None


def read_document(path: Path) -> ReadDocument:
    """Return what the file says.

    Raises:
        UnreadableFile: it cannot be opened, is damaged, is protected, is not UTF-8, has no text or too much.
    """
    try:
        document = _READERS[path.suffix.lower()](path)
    except OSError as exc:
        raise UnreadableFile(f"it cannot be opened ({exc.strerror})") from exc
    if not document.text.strip():
        raise UnreadableFile("it has no text" + (" (a scan needs OCR first)" if _is_pdf(path) else ""))
    if len(document.text) > MAX_TEXT_CHARS:
        raise UnreadableFile(f"it has more than {MAX_TEXT_CHARS:,} characters ({len(document.text):,}); split it")
    return document


def _read_text(path: Path) -> ReadDocument:
    return ReadDocument(_name(path), _decoded(path))


def _read_markdown(path: Path) -> ReadDocument:
    from markdown_it import MarkdownIt  # noqa: PLC0415  each reader loads its library only for its own files
    from mdit_py_plugins.front_matter import front_matter_plugin  # noqa: PLC0415  as above

    text = _decoded(path)
    tokens = MarkdownIt().use(front_matter_plugin).parse(text)
    about = _front_matter(next((token.content for token in tokens if token.type == "front_matter"), ""))
    headings = (after.content for token, after in pairwise(tokens) if token.type == "heading_open")
    title, published = about.get("title"), about.get("date")
    return ReadDocument(
        _title(title if isinstance(title, str) else next(headings, ""), path),
        text,
        published_at=published.isoformat() if isinstance(published, date) else None,
    )


def _front_matter(block: str) -> Mapping[str, object]:
    """Return what a note says of itself in front, as static site generators and note books write it; YAML."""
    import yaml  # noqa: PLC0415  as above

    try:
        about = yaml.safe_load(block)
    except (yaml.YAMLError, ValueError):  # ValueError: a date such as 2026-02-30
        return {}
    return about if isinstance(about, dict) else {}


def _read_html(path: Path) -> ReadDocument:
    from alex_tools.html_reading import read_html  # noqa: PLC0415  as above

    page = read_html(path.read_bytes())
    return ReadDocument(_title(page.title, path), page.text, page.url or None, page.published or None)


def _read_pdf(path: Path) -> ReadDocument:
    import pypdfium2  # type: ignore[import-untyped]  # noqa: PLC0415  has no types; as above

    try:
        with pypdfium2.PdfDocument(path.read_bytes()) as pdf:
            title = pdf.get_metadata_dict().get("Title", "")
            pages = [_page_text(page) for page in pdf]
    except pypdfium2.PdfiumError as exc:
        protected = "password" in str(exc).lower()
        raise UnreadableFile("it is protected by a password" if protected else f"it is no sound PDF ({exc})") from exc
    # The name of a file often has the company and the year that the title inside leaves out.
    title = _title(title, path)
    return ReadDocument(title if title == _name(path) else f"{title} ({_name(path)})", "\n\n".join(pages))


def _page_text(page: "pypdfium2.PdfPage") -> str:  # type: ignore[name-defined]  # noqa: F821  has no types
    # PDFium writes U+FFFE where a word is divided at the end of a line.
    text = str(page.get_textpage().get_text_bounded()).replace("\ufffe\r\n", "").replace("\ufffe", "")
    return "\n".join(" ".join(line.split()) for line in text.splitlines()).strip()


def _decoded(path: Path) -> str:
    content = path.read_bytes()
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS if content.startswith(mark)), "utf-8")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as exc:
        raise UnreadableFile(f"it is not {encoding.upper()} text (byte {exc.start}); save it as UTF-8") from exc


def _title(found: str, path: Path) -> str:
    """Return the title that a file gives itself on one line, or else its name."""
    line = " ".join("".join(c if c.isprintable() else " " for c in found).split())
    return line[:MAX_TITLE_CHARS] or _name(path)


def _name(path: Path) -> str:
    return path.stem.replace("_", " ").strip()[:MAX_TITLE_CHARS] or path.name[:MAX_TITLE_CHARS]


def _is_pdf(path: Path) -> bool:
    return path.suffix.lower() in PDF_SUFFIXES


_READERS: dict[str, Callable[[Path], ReadDocument]] = {
    **dict.fromkeys(TEXT_SUFFIXES, _read_text),
    **dict.fromkeys(MARKDOWN_SUFFIXES, _read_markdown),
    **dict.fromkeys(HTML_SUFFIXES, _read_html),
    **dict.fromkeys(PDF_SUFFIXES, _read_pdf),
}
