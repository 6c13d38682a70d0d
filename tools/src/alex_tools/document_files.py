"""Which files of a person's folders are documents that can be stored. It opens none of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from alex_tools.errors import BadInput

MARKDOWN_SUFFIXES = frozenset({".md", ".markdown"})
TEXT_SUFFIXES = frozenset({".txt"})
HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
PDF_SUFFIXES = frozenset({".pdf"})
SUFFIXES = PDF_SUFFIXES | HTML_SUFFIXES | MARKDOWN_SUFFIXES | TEXT_SUFFIXES
KINDS = "PDF, HTML, Markdown or text file"


@dataclass(frozen=True)
class FoundFiles:
    """Documents in the order in which they are stored, and the other files that the folders hold."""

    documents: list[Path]
    passed_over: list[Path]


def find_documents(paths: Iterable[Path]) -> FoundFiles:
    """Return the documents in `paths`, each once; folders are searched through, but not their hidden parts.

    Raises:
        BadInput: a path is missing or another kind of file, or a folder has no such file.
    """
    found: dict[Path, None] = {}
    passed_over: dict[Path, None] = {}
    for path in paths:
        inside = list(_files_at(path))
        documents = [file for file in inside if file.suffix.lower() in SUFFIXES]
        if not documents:
            raise BadInput(_nothing_at(path))
        found |= dict.fromkeys(documents)
        passed_over |= dict.fromkeys(file for file in inside if file.suffix.lower() not in SUFFIXES)
    return FoundFiles(list(found), list(passed_over))


def _files_at(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        if not path.exists():
            raise BadInput(f"there is no file {path}")
        yield path
        return
    for file in sorted(path.rglob("*")):
        hidden = any(part.startswith(".") for part in file.relative_to(path).parts)
        if not hidden and file.is_file():
            yield file


def _nothing_at(path: Path) -> str:
    known = ", ".join(sorted(SUFFIXES))
    return f"{path} {'has no' if path.is_dir() else 'is not a'} {KINDS} ({known})"
