"""The SEC's EDGAR as a source: which company, its newest filings, and the figures that it reported in XBRL.

Nothing here knows of agents or runs. What EDGAR answers is hostile data like any page: only names, dates, numbers and
addresses of a known form leave this package, so that no text of theirs can speak to a model.

Source of all shapes: https://www.sec.gov/search-filings/edgar-application-programming-interfaces
"""

from alex_researcher.edgar.client import EdgarClient
from alex_researcher.edgar.companies import Company
from alex_researcher.edgar.errors import EdgarFailed, EdgarNotTried
from alex_researcher.edgar.figures import ReportedFigure
from alex_researcher.edgar.filings import Filing
from alex_researcher.edgar.source import CompanyReport, Edgar

__all__ = [
    "Company",
    "CompanyReport",
    "Edgar",
    "EdgarClient",
    "EdgarFailed",
    "EdgarNotTried",
    "Filing",
    "ReportedFigure",
]
