"""What findings bring that prose may name: the days of their sources, and figures that companies reported."""

from collections.abc import Iterator, Sequence

from alex_planner.currency import CURRENCY_CODES
from alex_planner.facts import Fact, date_fact, money_fact, with_inputs, words_about
from alex_planner.plan.evidence import Finding, ReportedFigure

PER_SHARE = "/shares"
"""End of XBRL's units of amounts for one share."""
_OF_SHARES = ("per share", "eps", "a share")


def evidence_facts(findings: Sequence[Finding]) -> Iterator[Fact]:
    """Yield the facts of findings in their order; ids are unique when those of the findings are."""
    for item in findings:
        day = item.published_at or item.fetched_at
        if day is not None:
            what = "publication" if item.published_at else "reading"
            yield date_fact(f"finding.{item.id}", f"day of {what}: {item.title}", day, "stored document")
        if item.figure is not None:
            yield from _reported(f"reported.{item.id}", item.title, item.figure)


def _reported(prefix: str, company: str, figure: ReportedFigure) -> Iterator[Fact]:
    currency = figure.unit.removesuffix(PER_SHARE)
    if currency in CURRENCY_CODES:
        about = _OF_SHARES if figure.unit.endswith(PER_SHARE) else words_about(figure.label)
        label = f"{figure.label}, {company}"
        fact = money_fact(prefix, label, figure.value, currency, f"{figure.form}, {figure.accession}", about)
        yield with_inputs(fact, concept=figure.concept, period=period_of(figure), filed=figure.filed, page=figure.url)
    yield date_fact(f"{prefix}.end", f"end of the period of {figure.label}", figure.period_end, figure.accession)
    yield date_fact(f"{prefix}.filed", f"filing of {figure.label}", figure.filed, figure.accession)


def period_of(figure: ReportedFigure) -> str:
    """Return the days of a figure as text."""
    start = f"{figure.period_start.isoformat()} to " if figure.period_start else ""
    return f"{start}{figure.period_end.isoformat()}"
