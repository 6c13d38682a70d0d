"""What a run asks of EDGAR: one company, its newest filings and its reported figures."""

import asyncio
import time
from collections import OrderedDict, defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import quote

from pydantic import TypeAdapter

from alex_researcher.edgar.client import EdgarClient
from alex_researcher.edgar.companies import Company, CompanyList, find_company, name_before_symbol, shares_a_word
from alex_researcher.edgar.errors import EdgarFailed, EdgarNotTried
from alex_researcher.edgar.figures import CompanyFacts, ReportedFigure, newest_figures
from alex_researcher.edgar.filings import Filing, Submissions, newest_filings

LIST_SECONDS = 24 * 3600.0
"""How long the list of companies is kept; it changes by a few entries a day."""
ANSWER_SECONDS = 600.0
"""How long a company's filings and figures are kept: a plan asks for the same company several times."""
REPORTS_KEPT = 100
_COMPANIES = TypeAdapter(CompanyList)
_SUBMISSIONS = TypeAdapter(Submissions)
_FACTS = TypeAdapter(CompanyFacts)
_Value = TypeVar("_Value")


@dataclass(frozen=True)
class CompanyReport:
    """What EDGAR has on a company."""

    company: Company
    filings: list[Filing]
    figures: list[ReportedFigure]
    figures_url: str
    """Where the figures are from."""

    @property
    def title(self) -> str:
        """Title of the document that holds the figures."""
        return f"{self.company.name} ({self.company.ticker}): figures reported to the SEC"

    @property
    def text(self) -> str:
        """Text of that document: a sentence for each figure."""
        head = f"# {self.title}\n\nCIK {self.company.padded_cik}, XBRL facts of {self.figures_url}"
        return "\n\n".join([head, *(figure.sentence for figure in self.figures)])


class _Kept(Generic[_Value]):
    """Answers that are not asked for again for a while; callers that come at the same time wait for the first."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._locks: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._values: OrderedDict[int, tuple[float, _Value]] = OrderedDict()

    async def get(self, key: int, find: Callable[[], Awaitable[_Value]]) -> _Value:
        """Return what `find` gave for `key` at most so many seconds ago, or ask it."""
        async with self._locks[key]:
            until, value = self._values.get(key, (0.0, None))
            if value is None or time.monotonic() > until:
                value = await find()
                self._values[key] = (time.monotonic() + self._seconds, value)
                while len(self._values) > REPORTS_KEPT:
                    self._values.popitem(last=False)
            return value


class Edgar:
    """EDGAR at two addresses: `www_url` for the list of companies and the archive, `data_url` for the JSON."""

    def __init__(self, client: EdgarClient, www_url: str, data_url: str) -> None:
        self._client = client
        self._www_url = www_url.rstrip("/")
        self._data_url = data_url.rstrip("/")
        self._lists = _Kept[CompanyList](LIST_SECONDS)
        self._reports = _Kept[CompanyReport](ANSWER_SECONDS)

    def page_of(self, wanted: str) -> str:
        """Return the address of the page on which a person would look for a company."""
        return f"{self._www_url}/cgi-bin/browse-edgar?action=getcompany&CIK={quote(wanted, safe='')}"

    async def report(self, wanted: str, topic: str) -> CompanyReport:
        """Return what there is on the company with this symbol or name.

        A symbol may be another company's elsewhere: where `topic` names the company before it, the SEC's must be
        called so.

        Raises:
            EdgarNotTried: EDGAR is not set up, or has no such company.
            EdgarFailed: EDGAR does not answer.
        """
        company = find_company(await self._lists.get(0, self._read_list), wanted)
        if company is None:
            raise EdgarNotTried(f"no company called {wanted!r} files with the SEC")
        named = name_before_symbol(topic, wanted)
        if named and not shares_a_word(company, named):
            raise EdgarNotTried(f"{wanted!r} is {company.name} at the SEC, which is not what the topic names")
        return await self._reports.get(company.cik, lambda: self._read_report(company))

    async def _read_list(self) -> CompanyList:
        url = f"{self._www_url}/files/company_tickers.json"
        listed = await self._client.read(url, _COMPANIES)
        if listed is None:
            raise EdgarFailed(f"the SEC has no list of companies at {url}")
        return listed

    async def _read_report(self, company: Company) -> CompanyReport:
        archive = f"{self._www_url}/Archives/edgar/data/{company.cik}"
        cik = company.padded_cik
        figures_url = f"{self._data_url}/api/xbrl/companyfacts/CIK{cik}.json"
        submissions = await self._client.read(f"{self._data_url}/submissions/CIK{cik}.json", _SUBMISSIONS)
        # Funds and the newest companies have filings but no figures.
        facts = await self._client.read(figures_url, _FACTS)
        return CompanyReport(
            company,
            newest_filings(submissions, archive) if submissions else [],
            newest_figures(facts, company, archive) if facts else [],
            figures_url,
        )
