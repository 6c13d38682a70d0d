"""The newest reports of a company, from the list of its filings.

Shape of `submissions/CIK##########.json`: `{"filings": {"recent": {"accessionNumber": [...], "form": [...], ...}}}`,
one list for each column, newest first. It holds at least a year or 1,000 filings, so the newest annual report is in it.
"""

import re
from datetime import date
from typing import Final

from pydantic import BaseModel, Field

FORMS: Final = {
    "annual report": ("10-K", "20-F", "40-F"),
    "quarterly report": ("10-Q",),
    "current report": ("8-K", "6-K"),
}
"""Which forms are read, by what they are; amendments repeat only parts."""
_ACCESSION: Final = re.compile(r"\d{10}-\d{2}-\d{6}")
_DOCUMENT: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,120}\.(?:htm|html|txt|pdf)", re.IGNORECASE)


class FilingColumns(BaseModel):
    """Columns of the list, as far as they are used."""

    accessions: list[str] = Field(alias="accessionNumber")
    filed: list[str] = Field(alias="filingDate")
    periods: list[str] = Field(alias="reportDate")
    forms: list[str] = Field(alias="form")
    documents: list[str | None] = Field(alias="primaryDocument")


class _Filings(BaseModel):
    recent: FilingColumns


class Submissions(BaseModel):
    """The answer, as far as it is used."""

    filings: _Filings


class Filing(BaseModel):
    """A report that a company filed; every part has a known form."""

    kind: str = Field(description="What it is: annual report, quarterly report or current report.")
    form: str = Field(description="The SEC's name of the form, such as 10-K.")
    filed: date
    period: date | None = Field(description="Last day of what it reports on, or the day of what happened.")
    accession: str = Field(description="Accession number, by which the SEC names the filing.")
    url: str = Field(description="Address of the report itself.")


def newest_filings(submissions: Submissions, archive: str) -> list[Filing]:
    """Return the newest filing of each kind in `FORMS`; `archive` is the address of the company's folder."""
    found: dict[str, Filing] = {}
    columns = submissions.filings.recent
    rows = zip(columns.accessions, columns.filed, columns.periods, columns.forms, columns.documents, strict=False)
    for accession, filed, period, form, document in rows:
        kind = next((kind for kind, forms in FORMS.items() if form in forms), None)
        filed_on = _date(filed)
        if kind is None or filed_on is None or not _ACCESSION.fullmatch(accession):
            continue
        if not _DOCUMENT.fullmatch(document or "") or (kind in found and found[kind].filed >= filed_on):
            continue
        url = f"{archive}/{accession.replace('-', '')}/{document}"
        found[kind] = Filing(kind=kind, form=form, filed=filed_on, period=_date(period), accession=accession, url=url)
    return [found[kind] for kind in FORMS if kind in found]


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
