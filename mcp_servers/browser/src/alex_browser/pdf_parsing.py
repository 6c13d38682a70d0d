"""Parses one PDF, in a worker process: a PDF is a stranger's input to a native parser."""

import pypdfium2  # type: ignore[import-untyped]  # has no types

MAX_PAGES = 2000
"""Pages read of one file; the answer says when there are more."""


def extract_pdf(body: bytes) -> dict[str, object]:
    """Return the fields of `pdf_text.PdfText` for the PDF `body`."""
    try:
        document = pypdfium2.PdfDocument(body)
        about = document.get_metadata_dict()
        pages = [_page_text(document[number]) for number in range(min(len(document), MAX_PAGES))]
    except pypdfium2.PdfiumError as exc:
        return {"error": str(exc)}
    return {
        "title": about.get("Title", "").strip(),
        "author": about.get("Author", "").strip() or None,
        "created": about.get("CreationDate", ""),
        "pages": pages,
        "page_count": len(document),
    }


def _page_text(page: pypdfium2.PdfPage) -> str:
    # PDFium writes U+FFFE where a word is divided at the end of a line.
    text = page.get_textpage().get_text_bounded().replace("\ufffe\r\n", "").replace("\ufffe", "")
    return "\n".join(" ".join(line.split()) for line in text.splitlines()).strip()
