"""Which holdings, themes and questions need research, in which order, and what became of each: computed, not judged.

The need of a holding or theme is its share of the portfolio x how out of date what was found is x a factor of its kind.
Questions of the owner come first. The factors are ours: news moves a share more than a fund, and a portfolio that hangs
on one share most of all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from pydantic import BaseModel, ConfigDict, Field

from alex_planner.allocation import PositionValue
from alex_planner.companies import is_fund
from alex_planner.figures import Figures
from alex_planner.plan.schema import SubjectKind
from alex_planner.plan_input import PlanInput
from alex_planner.subjects import QUESTION, subject_of
from alex_planner.themes import Theme, themes_of

STALE_AFTER = timedelta(days=30)
"""After this long what was found on a holding counts as fully out of date. The time is ours."""
CONCENTRATED, SINGLE, OF_THEME, OF_FUND = Decimal(2), Decimal(1), Decimal("0.5"), Decimal("0.25")
"""Factors of a share that the plan proposes to reduce, of another share, of a theme, and of a fund."""
FACTORS = (
    "Questions come first. Then counts the share of the portfolio x how long ago it was researched (a month is fully "
    "out of date) x 2 for a share that weighs more than the limit, x 1 for another share, x 1/2 for a theme such as "
    "bonds or a sector, x 1/4 for a fund, because news on a fund is mostly news on its theme."
)


class Candidate(BaseModel):
    """A subject that may need research, and why."""

    model_config = ConfigDict(frozen=True)

    subject: str
    name: str
    kind: SubjectKind
    need: Decimal = Field(description="Share of the portfolio x how out of date x factor of its kind; 1 for questions.")
    why: str


def candidates(
    figures: Figures, asked: PlanInput, researched: Mapping[str, datetime], now: datetime
) -> list[Candidate]:
    """Return what may be researched, the greatest need first: the questions, then holdings and themes.

    Args:
        researched: when each subject was last researched for a plan of this owner.
        now: when the run was created.

    Pages that the owner names are to be read in any case: then what was researched before counts for nothing.
    """
    researched = {} if asked.research.sources else researched
    concentrated = {symbol for item in figures.proposals if item.kind == "concentration" for symbol in item.symbols}
    shares = _shares(figures)
    ages = _Ages(researched, now, "the portfolio" if figures.allocation.complete else "what is counted")
    holdings = [
        _holding(item, shares.get(item.symbol), ages, concentrated=item.symbol in concentrated)
        for item in figures.researchable()
    ]
    themes = [_theme(item, ages) for item in themes_of(figures.allocation)]
    return [*_questions(figures, asked), *sorted([*holdings, *themes], key=lambda item: -item.need)]


@dataclass(frozen=True)
class _Ages:
    """When subjects were last researched, and what their shares are shares of, in words."""

    researched: Mapping[str, datetime]
    now: datetime
    whole: str

    def need(self, subject: str, share: Decimal | None, factor: Decimal) -> Decimal:
        """Return share x how out of date what was found is x factor."""
        last = self.researched.get(subject)
        age = STALE_AFTER if last is None else min(self.now - last, STALE_AFTER)
        out_of_date = Decimal(str(round(max(age / STALE_AFTER, 0), 4)))
        return ((share or Decimal(0)) * out_of_date * factor).quantize(Decimal("0.0001"))

    def why(self, subject: str, share: Decimal | None, what: str) -> str:
        """Return what need rests on."""
        last = self.researched.get(subject)
        weight = "its share is not known" if share is None else f"{share * 100:.1f} % of {self.whole}"
        return f"{weight}, {what}, {f'last researched {last.date().isoformat()}' if last else 'never researched'}"


def _questions(figures: Figures, asked: PlanInput) -> Sequence[Candidate]:
    return [
        Candidate(subject=f"{QUESTION}{n}", name=text, kind="question", need=Decimal(1), why="the owner asks")
        for n, text in enumerate(asked.questions, start=1)
        if subject_of(figures.portfolio, asked, f"{QUESTION}{n}") is not None
    ]


def _shares(figures: Figures) -> dict[str, Decimal]:
    """Return the share of each holding over all accounts, by symbol."""
    shares: dict[str, Decimal] = {}
    for item in figures.allocation.positions:
        if item.share is not None:
            shares[item.symbol] = shares.get(item.symbol, Decimal(0)) + item.share
    return shares


def _holding(item: PositionValue, share: Decimal | None, ages: _Ages, *, concentrated: bool) -> Candidate:
    fund = not concentrated and is_fund(item)
    if concentrated:
        factor, what = CONCENTRATED, "above the limit for one share"
    else:
        factor, what = (OF_FUND, "a fund") if fund else (SINGLE, "a single share or bond")
    return Candidate(
        subject=item.symbol,
        name=item.name or item.symbol,
        kind="fund" if fund else "share",
        need=ages.need(item.symbol, share, factor),
        why=ages.why(item.symbol, share, what),
    )


def _theme(theme: Theme, ages: _Ages) -> Candidate:
    subject = theme.subject
    return Candidate(
        subject=subject,
        name=theme.name,
        kind="theme",
        need=ages.need(subject, theme.share, OF_THEME),
        why=ages.why(subject, theme.share, "a theme"),
    )
