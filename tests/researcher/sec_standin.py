"""A stand-in for EDGAR: a real server with the shapes of the real one, which cannot be reached from a test.

Shapes: https://www.sec.gov/search-filings/edgar-application-programming-interfaces
"""

import json
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.answering import answering

CIK = 1_234_567
ANNUAL, BEFORE, QUARTER = "0001234567-26-000012", "0001234567-25-000010", "0001234567-26-000031"
FILINGS = (
    # accession, filed, period, form, document; newest first, as the SEC lists them
    ("0001234567-26-000044", "2026-10-02", "2026-09-30", "4", "xslF345X05/primary_doc.xml"),
    ("0001234567-26-000040", "2026-09-15", "2026-09-14", "8-K", "trnf-20260914.htm"),
    (QUARTER, "2026-08-05", "2026-06-30", "10-Q", "trnf-20260630.htm"),
    ("0001234567-26-000020", "2026-03-01", "2025-12-31", "10-K/A", "trnf-20251231a.htm"),
    (ANNUAL, "2026-02-20", "2025-12-31", "10-K", "trnf-20251231.htm"),
    (BEFORE, "2025-02-21", "2024-12-31", "10-K", "trnf-20241231.htm"),
)
REPORT = """<html lang="en"><head><title>trnf-20251231</title></head><body>
<p>Tarnfield Rail Corp designs and builds passenger trains for cities along the northern coast.</p>
<p>A delay of the brake supplier could reduce Tarnfield Rail revenue and lead to penalties under its contracts.</p>
<p>Order backlog of Tarnfield Rail rose to 2,140 million as of December 31, 2025.</p></body></html>"""

QUARTERLY_REPORT = REPORT.replace("2,140 million as of December 31, 2025", "2,310 million as of June 30, 2026")


def fact(value: float, end: str, accession: str, filed: str, *, start: str = "", form: str = "10-K") -> dict[str, Any]:
    """Return an entry of the XBRL facts."""
    period = {"start": start} if start else {}
    year = {"fy": int(filed[:4]) - 1, "fp": "FY" if form == "10-K" else "Q2"}
    return {**period, "end": end, "val": value, "accn": accession, **year, "form": form, "filed": filed}


def concept(unit: str, *entries: dict[str, Any]) -> dict[str, Any]:
    """Return one concept with its values."""
    return {"label": "A label", "description": "A description", "units": {unit: list(entries)}}


def railway_facts() -> dict[str, Any]:
    """Return what the railway reported: two years, two quarters, one value restated later, a tag given up long ago."""
    year, before = ("2025-01-01", "2025-12-31"), ("2024-01-01", "2024-12-31")
    return {
        "Revenues": concept(
            "USD", fact(700_000_000, "2017-12-31", "0001234567-18-000003", "2018-02-20", start="2017-01-01")
        ),
        "RevenueFromContractWithCustomerExcludingAssessedTax": concept(
            "USD",
            fact(900_000_000, before[1], BEFORE, "2025-02-21", start=before[0]),
            fact(905_000_000, before[1], ANNUAL, "2026-02-20", start=before[0]),
            fact(1_012_500_000, year[1], ANNUAL, "2026-02-20", start=year[0]),
            fact(260_000_000, "2025-06-30", QUARTER, "2026-08-05", start="2025-04-01", form="10-Q"),
            fact(241_000_000, "2026-06-30", QUARTER, "2026-08-05", start="2026-04-01", form="10-Q"),
            fact(470_000_000, "2026-06-30", QUARTER, "2026-08-05", start="2026-01-01", form="10-Q"),
        ),
        "NetIncomeLoss": concept(
            "USD",
            fact(61_000_000, before[1], ANNUAL, "2026-02-20", start=before[0]),
            fact(55_000_000, year[1], ANNUAL, "2026-02-20", start=year[0]),
        ),
        "EarningsPerShareDiluted": concept("USD/shares", fact(1.37, year[1], ANNUAL, "2026-02-20", start=year[0])),
        "Assets": concept("USD", fact(2_000_000_123, year[1], ANNUAL, "2026-02-20")),
    }


@dataclass
class SecStandIn:
    """What the server knows, and what it was asked."""

    url: str = ""
    companies: list[tuple[int, str, str]] = field(
        default_factory=lambda: [
            (CIK, "TRNF", "TARNFIELD RAIL CORP"),
            (CIK, "TRNF-B", "TARNFIELD RAIL CORP"),
            (320, "APLE", "Apple Hospitality REIT, Inc."),
            (321, "AAPL", "Apple Inc."),
        ]
    )
    filings: Sequence[tuple[str, str, str, str, str]] = FILINGS
    facts: dict[str, Any] = field(default_factory=railway_facts)
    documents: dict[str, str] = field(
        default_factory=lambda: {"trnf-20251231.htm": REPORT, "trnf-20260630.htm": QUARTERLY_REPORT}
    )
    refusals: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    """Statuses that a path answers first, one after the other."""
    requests: list[tuple[str, str, float]] = field(default_factory=list)
    """Path, User-Agent and time of each request."""

    def answer(self, path: str) -> tuple[int, str, bytes]:
        """Return status, media type and body."""
        if self.refusals[path]:
            return self.refusals[path].pop(0), "text/html", b"Request Rate Threshold Exceeded"
        if path.startswith("/Archives/"):
            document = self.documents.get(path.rsplit("/", 1)[-1])
            return (200, "text/html; charset=utf-8", document.encode()) if document else (404, "text/html", b"")
        body = self._json(path)
        return (200, "application/json", json.dumps(body).encode()) if body else (404, "text/html", b"")

    def _json(self, path: str) -> dict[str, Any] | None:
        if path == "/files/company_tickers.json":
            rows = (dict(zip(("cik_str", "ticker", "title"), company, strict=True)) for company in self.companies)
            return {str(number): row for number, row in enumerate(rows)}
        if path == f"/submissions/CIK{CIK:010d}.json":
            names = ("accessionNumber", "filingDate", "reportDate", "form", "primaryDocument")
            columns = dict(zip(names, map(list, zip(*self.filings, strict=True)), strict=True))
            return {"cik": f"{CIK:010d}", "name": "TARNFIELD RAIL CORP", "filings": {"recent": columns, "files": []}}
        if path == f"/api/xbrl/companyfacts/CIK{CIK:010d}.json":
            return {"cik": CIK, "entityName": "TARNFIELD RAIL CORP", "facts": {"dei": {}, "us-gaap": self.facts}}
        return None


@contextmanager
def serving(sec: SecStandIn) -> Iterator[SecStandIn]:
    """Serve it for the duration of the block."""

    def answer(path: str, user_agent: str) -> tuple[int, str, bytes]:
        sec.requests.append((path, user_agent, time.monotonic()))
        return sec.answer(path)

    with answering(answer) as sec.url:
        yield sec
