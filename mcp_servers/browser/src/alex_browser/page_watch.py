"""What a reader should know of a page that it did not ask for: dialogs, windows, what was clicked away or cut."""

from collections.abc import Mapping
from dataclasses import dataclass, field

MAX_NOTES = 10
"""A page that opens dialogs without end says no more than its first ones do."""


@dataclass
class PageWatch:
    """Collects notes while a page is read."""

    notes: list[str] = field(default_factory=list)

    @property
    def held(self) -> bool:
        """Never: dialogs are answered at once."""
        return False

    def note(self, text: str) -> None:
        """Note what a reader should know."""
        if len(self.notes) < MAX_NOTES:
            self.notes.append(text)


def describe_download(name: str, headers: Mapping[str, str]) -> str:
    """Return name, media type and size of a download, as far as the `headers` (names in lower case) tell them."""
    kind = headers.get("content-type", "").partition(";")[0] or "of unknown type"
    size = headers.get("content-length", "")
    return f"the download {name!r} ({kind}, {f'{int(size):,} bytes' if size.isdigit() else 'size unknown'})"
