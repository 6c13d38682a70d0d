"""Full-text search over metadata: one FTS5 table per searchable key, in the index's own file.

The tables hold no text of their own (it is in the metadata), only the words; `rowid` is the slot. They change in the
same transaction as the rows, so text search sees exactly what vector search sees. Ranking is BM25 as FTS5 computes it
(https://www.sqlite.org/fts5.html#the_bm25_function), with the sign turned so that more is better.

A key that becomes searchable while there are rows is built from them in steps (`text_builds` has the slots that are
still to be read) and serves queries when that is done; rows written meanwhile are in its table at once.
"""

import re
import sqlite3
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pydantic_core import from_json

STANDARD = "standard"
"""The analyzer without a language: words, without case and accents."""
_TOKENIZERS = {"en": "porter unicode61 remove_diacritics 2"}
_DEFAULT_TOKENIZER = "unicode61 remove_diacritics 2"
_CHARACTER_LANGUAGES = frozenset({"zh", "ja", "ko"})
_CHARACTER = re.compile("([\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])")
_WORD = re.compile(r"\w+")
_STOP_WORDS = {
    "en": frozenset(
        "a an and are as at be but by for if in into is it no not of on or such that the their then there these they "
        "this to was will with".split()
    )
}
"""Words that a query of the language leaves out; for English those of Lucene's EnglishAnalyzer."""


class TextField(NamedTuple):
    """A searchable metadata key; `number` names its table.

    While it is built, rows in the slots from `unread` up to, not including, `unread_end` are not in its table yet.
    """

    number: int
    key: str
    language: str
    unread: int
    unread_end: int

    @property
    def is_built(self) -> bool:
        return self.unread == self.unread_end

    def has_read(self, slot: int) -> bool:
        return not self.unread <= slot < self.unread_end


class TextTables:
    """The text tables of one file, changed through the connection that writes it."""

    def __init__(self, writer: sqlite3.Connection) -> None:
        self._writer = writer
        writer.execute(
            "CREATE TABLE IF NOT EXISTS text_fields "
            "(number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, language TEXT NOT NULL)"
        )
        writer.execute(
            "CREATE TABLE IF NOT EXISTS text_builds "
            "(number INTEGER PRIMARY KEY, unread INTEGER NOT NULL, unread_end INTEGER NOT NULL)"
        )
        self.load()

    def load(self) -> None:
        """Read the fields again: after each transaction that changed them, or was undone."""
        fields = self._writer.execute(
            "SELECT number, key, language, coalesce(unread, 0), coalesce(unread_end, 0) "
            "FROM text_fields LEFT JOIN text_builds USING (number) ORDER BY number"
        )
        self.fields = {field.key: field for field in map(TextField._make, fields.fetchall())}

    def add(self, key: str, language: str, unread_end: int) -> None:
        """Make `key` searchable; what lies in the slots before `unread_end` is read by `build`."""
        cursor = self._writer.execute("INSERT INTO text_fields (key, language) VALUES (?, ?)", (key, language))
        field = TextField(int(cursor.lastrowid or 0), key, language, 0, unread_end)
        tokenizer = _TOKENIZERS.get(language, _DEFAULT_TOKENIZER)
        self._writer.execute(
            f"CREATE VIRTUAL TABLE {_table(field)} USING fts5(body, content='', tokenize='{tokenizer}')"
        )
        if not field.is_built:
            self._writer.execute("INSERT INTO text_builds VALUES (?, 0, ?)", (field.number, unread_end))

    def build(self, count: int) -> None:
        """Read up to `count` rows into a table that is being built, if there is one."""
        field = next((field for field in self.fields.values() if not field.is_built), None)
        if field is None:
            return
        rows = self._writer.execute(
            "SELECT slot, metadata FROM rows WHERE slot >= ? AND slot < ? ORDER BY slot LIMIT ?",
            (field.unread, field.unread_end, count),
        ).fetchall()
        self._insert(field, rows)
        if len(rows) < count:
            self._writer.execute("DELETE FROM text_builds WHERE number = ?", (field.number,))
        else:
            self._writer.execute("UPDATE text_builds SET unread = ? WHERE number = ?", (rows[-1][0] + 1, field.number))

    def drop(self, key: str) -> None:
        """Make `key` unsearchable."""
        self._writer.execute(f"DROP TABLE {_table(self.fields[key])}")
        self._writer.execute("DELETE FROM text_builds WHERE number = ?", (self.fields[key].number,))
        self._writer.execute("DELETE FROM text_fields WHERE key = ?", (key,))

    def insert(self, rows: Iterable[tuple[int, bytes]]) -> None:
        """Add slots with their metadata to every table."""
        for field in self.fields.values():
            self._insert(field, rows)

    def remove(self, rows: Iterable[tuple[int, bytes]]) -> None:
        """Take slots out of every table; the metadata must be what they were added with."""
        for field in self.fields.values():
            table = _table(field)
            self._writer.executemany(
                f"INSERT INTO {table} ({table}, rowid, body) VALUES ('delete', ?, ?)",  # noqa: S608  a numbered name
                _bodies(field, [row for row in rows if field.has_read(row[0])]),
            )

    def _insert(self, field: TextField, rows: Iterable[tuple[int, bytes]]) -> None:
        self._writer.executemany(
            f"INSERT INTO {_table(field)} (rowid, body) VALUES (?, ?)",  # noqa: S608  a numbered name
            _bodies(field, rows),
        )


def search(reader: sqlite3.Connection, field: TextField, text: str, most: int) -> list[tuple[int, float]]:
    """Return slots and scores of the `most` best rows that have any word of `text`, best first."""
    expression = _match_expression(field, text)
    if not expression:
        return []
    table = _table(field)
    # With a limit SQLite keeps the best rows only, instead of sorting all that have a word of the text.
    found = reader.execute(
        f"SELECT rowid, bm25({table}) AS badness FROM {table} WHERE {table} MATCH ? "  # noqa: S608  a numbered name
        "ORDER BY badness, rowid LIMIT ?",
        (expression, most),
    )
    return [(slot, -badness) for slot, badness in found]


def _table(field: TextField) -> str:
    return f"text_{field.number}"


def _bodies(field: TextField, rows: Iterable[tuple[int, bytes]]) -> Iterator[tuple[int, str]]:
    for slot, metadata in rows:
        value = from_json(metadata).get(field.key)
        words = [value] if isinstance(value, str) else value if isinstance(value, list) else []
        text = " ".join(word for word in words if isinstance(word, str))
        if text:
            yield slot, _separated(field, text)


def _match_expression(field: TextField, text: str) -> str:
    words = _WORD.findall(_separated(field, text))
    stop_words = _STOP_WORDS.get(field.language, frozenset())
    # Quoted, a word is a word and never an operator of FTS5.
    return " OR ".join(f'"{word}"' for word in dict.fromkeys(words) if word.lower() not in stop_words)


def _separated(field: TextField, text: str) -> str:
    """Return `text` with spaces between the characters of languages that put none between words."""
    return _CHARACTER.sub(r" \1 ", text) if field.language in _CHARACTER_LANGUAGES else text
