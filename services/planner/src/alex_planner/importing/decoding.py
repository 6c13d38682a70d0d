"""The bytes of an upload as text, or a clear refusal. It knows encodings and look-alikes, no broker."""

import codecs
import re
from typing import NoReturn

from alex_planner.errors import InvalidPortfolio, PortfolioProblem

MAX_BYTES = 20 * 1024 * 1024
"""Size of one file in bytes: an activity statement as XML takes about 1.5 kB per trade. The limit is ours."""
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_BINARY = {
    b"PK\x03\x04": "a workbook or ZIP archive, which is not read as text",
    b"%PDF": "a PDF; export the same page as CSV",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook (XLS); save it as XLSX or CSV",
    b"\x1f\x8b": "compressed; unpack it first",
}
_QIF = "QIF, which has neither identifiers nor a fixed order of dates; export OFX, QFX or CSV instead"
_OTHER_TEXTS = {
    **dict.fromkeys(("!type:", "!account", "!option:"), _QIF),
    **dict.fromkeys(("{", "["), "JSON; export the same page as CSV"),
    "{\\rtf": "a text document (RTF); export the same page as CSV",
}
"""Beginnings in small letters; the longest that fits says what the file is."""
_SEPARATOR_HINT = re.compile(r"\Asep=.(?=\r?\n)")
"""A first line by which spreadsheets are told the separator; its line stays."""


def refuse(line: int, message: str) -> NoReturn:
    """Refuse the whole file.

    Raises:
        InvalidPortfolio: always.
    """
    raise InvalidPortfolio([PortfolioProblem(line=line, column=None, message=message)])


def decode(data: bytes) -> str:
    """Return the text of a file in UTF-8, UTF-16 or, when it is neither, Windows-1252.

    Raises:
        InvalidPortfolio: it is empty, too large, binary, HTML, QIF or JSON.
    """
    if len(data) > MAX_BYTES:
        refuse(1, f"the file has {len(data)} bytes; at most {MAX_BYTES} are read")
    for start, what in _BINARY.items():
        if data.startswith(start):
            refuse(1, f"the file is {what}")
    text = _SEPARATOR_HINT.sub("", _text(data).lstrip("\ufeff"))
    head = text.lstrip()[:600].lower()
    if not head:
        refuse(1, "the file is empty")
    if head.startswith(("<!doctype html", "<html", "<head", "<body")) or "<html" in head:
        refuse(1, "the file is HTML, not an export; download it again while signed in")
    other = max((start for start in _OTHER_TEXTS if head.startswith(start)), key=len, default=None)
    if other:
        refuse(1, f"the file is {_OTHER_TEXTS[other]}")
    return text


def _text(data: bytes) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decoded(data, encoding)
    if b"\0" in data:
        return _decoded(data, _utf16_without_mark(data))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded(data, "cp1252")


def _utf16_without_mark(data: bytes) -> str:
    """Return the byte order by where the zero bytes of ASCII characters stand in the first line."""
    head = data[:200]
    low, high = head[1::2].count(0), head[0::2].count(0)
    if max(low, high) < len(head) // 4:
        refuse(1, "the file has NUL bytes and is not a text file; export it as CSV")
    return "utf-16-le" if low > high else "utf-16-be"


def _decoded(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as exc:
        line = data.count(b"\n", 0, exc.start) + 1
        refuse(line, f"byte {data[exc.start]:#04x} is neither UTF-8, UTF-16 nor Windows-1252; save the file as UTF-8")
    if "\0" in text:
        refuse(text.count("\n", 0, text.index("\0")) + 1, "the file has NUL characters and is not a text file")
    return text
