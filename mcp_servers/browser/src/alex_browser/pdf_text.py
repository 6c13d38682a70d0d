"""The text of a PDF, extracted by a process of its own (`pdf_worker`), and its dates and pages put in order."""

import asyncio
import sys
from contextlib import suppress
from datetime import datetime

from pydantic import BaseModel

from alex_browser.errors import NotReadable, PageTooSlow
from alex_browser.metadata import parse_time

PDF_SECONDS = 25.0
"""Time for one file; a report of 300 pages takes about two seconds."""


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


async def read_pdf(body: bytes, url: str) -> PdfText:
    """Return the text of the PDF `body`.

    Raises:
        NotReadable: it is broken, protected by a password, or has no text.
        PageTooSlow: it takes too long.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "alex_browser.pdf_worker",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(PDF_SECONDS):
            answer, _ = await process.communicate(body)
    except TimeoutError as exc:
        raise PageTooSlow(url, PDF_SECONDS) from exc
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    if process.returncode != 0:
        raise NotReadable(url, "it is a PDF that cannot be parsed")
    found = PdfText.model_validate_json(answer)
    if found.error:
        raise NotReadable(url, f"it is a PDF that cannot be parsed ({found.error})")
    if not any(found.pages):
        raise NotReadable(url, f"it is a PDF of {found.page_count} pages without text, such as a scan")
    return found
