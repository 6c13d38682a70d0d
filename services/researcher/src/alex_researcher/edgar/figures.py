"""Figures that companies report to the SEC in XBRL, each as one sentence that can be quoted.

Shape of `api/xbrl/companyfacts/CIK##########.json`: `{"facts": {"us-gaap": {"Assets": {"units": {"USD": [{"start",
"end", "val", "accn", "fy", "fp", "form", "filed"}, ...]}}}}}`. The same figure comes again in every later report that
compares with it, so the one that was filed last is the one that holds. `start` is missing for figures of one day.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Final, cast

from pydantic import BaseModel, Field, ValidationError, ValidatorFunctionWrapHandler, WrapValidator, create_model

from alex_researcher.edgar.companies import Company

_ANNUAL_FORMS: Final = frozenset({"10-K", "10-K/A", "10-KT", "20-F", "20-F/A", "40-F", "40-F/A"})
_QUARTERLY_FORMS: Final = frozenset({"10-Q", "10-Q/A"})
YEAR_DAYS: Final = range(349, 381)
"""Lengths of a financial year: of 52 or 53 weeks, or 12 months."""
QUARTER_DAYS: Final = range(76, 106)
"""Lengths of a quarter: of 12 to 14 weeks, or 3 months."""
_MILLION: Final = 1_000_000
_FROM_A_MILLION: Final = 10 * _MILLION


@dataclass(frozen=True)
class Concept:
    """A figure by its plain name and the XBRL tags under which companies report it, the usual one first."""

    label: str
    tags: tuple[str, ...]
    """`taxonomy:tag`."""
    more_is_better: bool = False


CONCEPTS: Final = (
    Concept(
        "Revenue",
        (
            "us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax",
            "us-gaap:Revenues",
            "us-gaap:RevenueFromContractWithCustomerIncludingAssessedTax",
            "ifrs-full:Revenue",
        ),
        more_is_better=True,
    ),
    Concept("Net income", ("us-gaap:NetIncomeLoss", "us-gaap:ProfitLoss", "ifrs-full:ProfitLoss"), more_is_better=True),
    Concept(
        "Diluted earnings per share",
        ("us-gaap:EarningsPerShareDiluted", "ifrs-full:DilutedEarningsLossPerShare"),
        more_is_better=True,
    ),
    Concept(
        "Operating income",
        ("us-gaap:OperatingIncomeLoss", "ifrs-full:ProfitLossFromOperatingActivities"),
        more_is_better=True,
    ),
    Concept(
        "Cash from operations",
        (
            "us-gaap:NetCashProvidedByUsedInOperatingActivities",
            "ifrs-full:CashFlowsFromUsedInOperatingActivities",
        ),
        more_is_better=True,
    ),
    Concept("Long-term debt", ("us-gaap:LongTermDebt", "us-gaap:LongTermDebtNoncurrent")),
    Concept("Total assets", ("us-gaap:Assets", "ifrs-full:Assets")),
    Concept("Shareholders' equity", ("us-gaap:StockholdersEquity", "ifrs-full:Equity")),
    Concept("Dividends declared per share", ("us-gaap:CommonStockDividendsPerShareDeclared",)),
)
"""What an investor asks first, in the order in which it is shown."""


class ReportedFigure(BaseModel):
    """A figure as a company reported it."""

    label: str = Field(description="Its plain name.")
    concept: str = Field(description="Its XBRL concept, such as `us-gaap:NetIncomeLoss`.")
    value: Decimal
    unit: str = Field(description="Such as USD or USD/shares.")
    period_start: date | None = Field(description="Null for a figure of one day.")
    period_end: date
    form: str
    filed: date
    accession: str = Field(description="Accession number of the filing that states it.")
    url: str = Field(description="Address of that filing at the SEC.")
    sentence: str = Field(description="The sentence under which it is stored.")


class _Entry(BaseModel):
    end: date
    start: date | None = None
    val: Decimal
    accn: Annotated[str, Field(pattern=r"^\d{10}-\d{2}-\d{6}$")]
    form: str
    filed: date

    @property
    def days(self) -> int:
        """Length of its period, 0 for a figure of one day."""
        return (self.end - self.start).days if self.start else 0


def _none_if_malformed(value: object, validate: ValidatorFunctionWrapHandler) -> _Entry | None:
    try:
        return cast("_Entry", validate(value))
    except ValidationError:
        return None


_Unit = Annotated[str, Field(pattern=r"^[A-Za-z]{1,12}(/[A-Za-z]{1,12})?$")]


class _Values(BaseModel):
    units: dict[_Unit, list[Annotated[_Entry | None, WrapValidator(_none_if_malformed)]]]


def _none_if_other(value: object, validate: ValidatorFunctionWrapHandler) -> _Values | None:
    try:
        return cast("_Values", validate(value))
    except ValidationError:
        return None


def _taxonomy(name: str) -> type[BaseModel]:
    """Return the shape of one taxonomy with the tags of `CONCEPTS` alone: the rest, megabytes, is never built."""
    prefix = f"{name}:"
    tags = [tag.removeprefix(prefix) for concept in CONCEPTS for tag in concept.tags if tag.startswith(prefix)]
    wanted: dict[str, Any] = {tag: (Annotated[_Values | None, WrapValidator(_none_if_other)], None) for tag in tags}
    return create_model(f"Taxonomy {name}", **wanted)


_UsGaap, _Ifrs = _taxonomy("us-gaap"), _taxonomy("ifrs-full")


class _Facts(BaseModel):
    us_gaap: _UsGaap = Field(default_factory=_UsGaap, alias="us-gaap")  # type: ignore[valid-type]
    ifrs_full: _Ifrs = Field(default_factory=_Ifrs, alias="ifrs-full")  # type: ignore[valid-type]


class CompanyFacts(BaseModel):
    """The answer, as far as it is used."""

    facts: _Facts

    def entries(self, tag: str) -> Iterator[tuple[str, _Entry]]:
        """Yield unit and entry of everything reported under `taxonomy:tag`."""
        taxonomy, _, name = tag.partition(":")
        values: _Values | None = getattr(getattr(self.facts, taxonomy.replace("-", "_")), name)
        for unit, entries in (values.units if values else {}).items():
            yield from ((unit, entry) for entry in entries if entry is not None)


def newest_figures(facts: CompanyFacts, company: Company, archive: str) -> list[ReportedFigure]:
    """Return for each concept the newest year or day, and the newest quarter when it is newer than the year."""
    figures: list[ReportedFigure] = []
    for concept in CONCEPTS:
        year = _newest(facts, concept, _ANNUAL_FORMS, YEAR_DAYS)
        quarter = _newest(facts, concept, _QUARTERLY_FORMS, QUARTER_DAYS)
        day = None if year or quarter else _newest(facts, concept, _ANNUAL_FORMS | _QUARTERLY_FORMS, range(1))
        newer = quarter if quarter and (year is None or quarter.entry.end > year.entry.end) else None
        figures.extend(_figure(concept, found, company, archive) for found in (year, newer, day) if found)
    return figures


@dataclass(frozen=True)
class _Found:
    tag: str
    unit: str
    entry: _Entry
    earlier: _Entry | None
    """The same figure a year before, as the same filing states it."""


def _newest(facts: CompanyFacts, concept: Concept, forms: Iterable[str], days: range) -> _Found | None:
    """Return the entry with the newest period, of the tag that has it, as it was filed last."""
    candidates = [
        (tag, unit, entry)
        for tag in concept.tags
        for unit, entry in facts.entries(tag)
        if entry.form in forms and entry.days in days
    ]
    if not candidates:
        return None
    tag, unit, newest = max(candidates, key=lambda item: (item[2].end, item[2].filed, -concept.tags.index(item[0])))
    earlier = [
        entry
        for other_tag, other_unit, entry in candidates
        if (other_tag, other_unit, entry.accn) == (tag, unit, newest.accn)
        and (newest.end - entry.end).days in YEAR_DAYS
    ]
    return _Found(tag, unit, newest, earlier[0] if earlier else None)


def _figure(concept: Concept, found: _Found, company: Company, archive: str) -> ReportedFigure:
    entry = found.entry
    return ReportedFigure(
        label=concept.label,
        concept=found.tag,
        value=entry.val,
        unit=found.unit,
        period_start=entry.start,
        period_end=entry.end,
        form=entry.form,
        filed=entry.filed,
        accession=entry.accn,
        url=f"{archive}/{entry.accn.replace('-', '')}/{entry.accn}-index.htm",
        sentence=_sentence(concept, found, company),
    )


def _sentence(concept: Concept, found: _Found, company: Company) -> str:
    entry = found.entry
    period = f"from {entry.start} to {entry.end}" if entry.start else f"on {entry.end}"
    return (
        f"{concept.label} of {company.name} {period}: {amount(entry.val, found.unit)}{_comparison(concept, found)} "
        f"({entry.form} filed {entry.filed}, accession number {entry.accn})."
    )


def _comparison(concept: Concept, found: _Found) -> str:
    if found.earlier is None:
        return ""
    before = amount(found.earlier.val, found.unit)
    if not concept.more_is_better or found.entry.val == found.earlier.val:
        return f", after {before} a year before"
    return f", {'higher' if found.entry.val > found.earlier.val else 'lower'} than {before} a year before"


def amount(value: Decimal, unit: str) -> str:
    """Return a value with its unit, exactly: in millions where nothing is lost by it."""
    if abs(value) >= _FROM_A_MILLION and value % _MILLION == 0:
        return f"{value // _MILLION:,} million {unit}"
    return f"{value:,} {unit}"
