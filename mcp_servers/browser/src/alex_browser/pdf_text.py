"""The text of a PDF, with its dates and pages put in order; `pdf_parsing` takes it out, in a worker process."""

from datetime import datetime

from pydantic import BaseModel

from alex_browser.errors import NotReadable
from alex_browser.metadata import parse_time
from alex_browser.pdf_parsing import extract_pdf
from alex_browser.workers import Workers


class PdfText(BaseModel):
    """What a PDF says; `pages` holds the text of each page."""

    title: str = ""
    author: str | None = None
    created: str = ""
    pages: list[str] = []
    page_count: int = 0
    error: str = ""

    def markdown(self) -> str:
        """Return the pages under headings with their numbers."""
        shown = [f"## Page {number}\n\n{text}" for number, text in enumerate(self.pages, start=1) if text]
        return "\n\n".join(shown)

    def created_at(self) -> datetime | None:
        """Return the creation date, written as in ISO 32000-1 section 7.9.4: `D:YYYYMMDDHHmmSSOHH'mm'`."""
        digits = self.created.removeprefix("D:").replace("'", "")
        date, zone = digits[:14], digits[14:].replace("Z", "+0000")[:5]
        if len(date) < len("YYYYMMDD") or not date.isdigit():
            return None
        return parse_time(f"{date[:8]}T{date[8:].ljust(6, '0')}{zone}")


async def read_pdf(body: bytes, url: str, workers: Workers) -> PdfText:
    """Return the text of the PDF `body`.

    Raises:
        NotReadable: it is broken, protected by a password, or has no text.
        PageTooSlow: it takes too long.
    """
    found = PdfText.model_validate(await workers.run(url, extract_pdf, body))
    if found.error:
        raise NotReadable(url, f"it is a PDF that cannot be parsed ({found.error})")
    if not any(found.pages):
        raise NotReadable(url, f"it is a PDF of {found.page_count} pages without text, such as a scan")
    return found
