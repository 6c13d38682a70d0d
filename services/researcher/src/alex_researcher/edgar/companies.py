"""From a ticker symbol or a name to a company that files with the SEC.

Shape of `company_tickers.json`: `{"0": {"cik_str": 320193, "ticker": "AAPL", "title": "Apple Inc."}, ...}`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pydantic import BaseModel, Field

from alex_researcher.hostile_text import speaks_to_a_model

MAX_NAME_CHARS: Final = 80
_LEGAL_FORMS: Final = frozenset(
    "inc incorporated corp corporation co company companies ltd limited plc sa ag nv se llc lp the group holdings "
    "holding trust de new com class".split()
)
"""Words of a company's name that people leave out."""
_WORD: Final = re.compile(r"[a-z0-9]+")


class ListedCompany(BaseModel):
    """An entry of `company_tickers.json`."""

    cik_str: int = Field(gt=0, lt=10**10)
    ticker: str = Field(pattern=r"^[A-Za-z0-9.\-]{1,12}$")
    title: str


CompanyList = dict[str, ListedCompany]


@dataclass(frozen=True)
class Company:
    """A company at the SEC; `cik` is its Central Index Key."""

    cik: int
    ticker: str
    name: str
    """Its name, or its symbol where the name is no name."""
    named: tuple[str, ...]
    """The telling words of its name as the SEC has it: to compare, not to show."""

    @property
    def padded_cik(self) -> str:
        """The key as it stands in addresses: ten digits."""
        return f"{self.cik:010d}"


def find_company(listed: CompanyList, wanted: str) -> Company | None:
    """Return the company with this ticker symbol or name; None when there is none, or more than one.

    A name must have all its words but those of the legal form: 'Apple' is Apple Inc., not Apple Hospitality.
    """
    symbol = re.sub(r"[./ ]", "-", wanted.strip().upper())
    for entry in listed.values():
        if entry.ticker.upper().replace(".", "-") == symbol:
            return _company(entry)
    named = _telling(wanted)
    # Several classes of shares are one company.
    found = {entry.cik_str: entry for entry in reversed(listed.values()) if named and _telling(entry.title) == named}
    return _company(next(iter(found.values()))) if len(found) == 1 else None


def name_before_symbol(topic: str, symbol: str) -> frozenset[str]:
    """Return the telling words of the name in a topic such as `Apple (AAPL): outlook`; none in any other topic."""
    name, found, _ = topic.partition(f"({symbol})")
    return frozenset(_telling(name)) if found else frozenset()


def shares_a_word(company: Company, named: Iterable[str]) -> bool:
    """Say whether one of the words stands in the company's name, also as the beginning of one of its words."""
    return any(word.startswith(own) or own.startswith(word) for word in named for own in company.named)


def _telling(name: str) -> tuple[str, ...]:
    return tuple(word for word in _WORD.findall(name.lower()) if word not in _LEGAL_FORMS)


def _company(entry: ListedCompany) -> Company:
    """Return a company with a name that may be shown: the name is the only text of theirs that is used."""
    name = " ".join(entry.title.split())[:MAX_NAME_CHARS]
    plain = re.fullmatch(r"[\w &.,'/()!-]+", name) is not None and not speaks_to_a_model(name)
    return Company(entry.cik_str, entry.ticker.upper(), name if plain else entry.ticker.upper(), _telling(entry.title))
