"""What a page does while it is read that would hold a reader: dialogs, downloads, new windows; all are answered."""

from dataclasses import dataclass, field

from playwright.async_api import Dialog, Download, Page, Response

MAX_NOTES = 10
"""A page that opens dialogs without end says no more than its first ones do."""


@dataclass
class PageWatch:
    """Answers what a page asks of a person, and notes it."""

    notes: list[str] = field(default_factory=list)
    download: str | None = None
    crashed: bool = False

    @property
    def held(self) -> bool:
        """Never: dialogs are answered at once."""
        return False

    def follow(self, page: Page) -> None:
        """Answer from now on."""
        page.on("dialog", self._on_dialog)
        page.on("download", self._on_download)
        page.on("popup", self._on_popup)
        page.on("crash", self._on_crash)

    def note(self, text: str) -> None:
        """Note what a reader should know."""
        if len(self.notes) < MAX_NOTES:
            self.notes.append(text)

    async def _on_dialog(self, dialog: Dialog) -> None:
        if dialog.type == "beforeunload":
            await dialog.accept()
            return
        self.note(f"the page opened the dialog {dialog.type}({dialog.message[:200]!r}); it was dismissed")
        await dialog.dismiss()

    async def _on_download(self, download: Download) -> None:
        self.download = download.suggested_filename
        await download.cancel()

    async def _on_popup(self, popup: Page) -> None:
        self.note("the page opened another window; it was closed")
        await popup.close()

    def _on_crash(self, _: Page) -> None:
        self.crashed = True


def describe_download(name: str, response: Response | None) -> str:
    """Return name, media type and size of a download, as far as the site tells them."""
    headers = response.headers if response else {}
    kind = headers.get("content-type", "").partition(";")[0] or "of unknown type"
    size = headers.get("content-length", "")
    return f"the download {name!r} ({kind}, {f'{int(size):,} bytes' if size.isdigit() else 'size unknown'})"
