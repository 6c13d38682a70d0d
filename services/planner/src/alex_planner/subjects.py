"""What can be researched for a plan: its holdings and the owner's questions, and what may leave about each.

A topic is the name and symbol of a holding, or a question without its figures and account names. The rest of what
the owner holds goes along as terms that the researcher keeps out of every address and query.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from pydantic import BaseModel, ConfigDict, Field

from alex_planner.allocation import PositionValue
from alex_planner.figures import CASH, Figures
from alex_planner.plan_input import PlanInput
from alex_planner.portfolio import Portfolio, Position

QUESTION = "question "
"""Beginning of the subject that is a question; its number follows, from 1."""
STALE_AFTER = timedelta(days=30)
"""After this long what was found on a holding counts as fully out of date. The time is ours."""
CONCENTRATED = 2
"""How much more research a holding needs that the plan proposes to reduce."""
MAX_TERM_CHARS = 100
MAX_TERMS = 500
_MIN_QUESTION_WORDS = 2
_MIN_SYMBOL_CHARS = 4
_MIN_NAME_CHARS = 6
_MIN_AMOUNT_DIGITS = 5
_FIGURES = re.compile(r"\S*\d\S*")
_MONEY_SIGNS = re.compile(r"[$€£¥₹%]")


@dataclass(frozen=True)
class Subject:
    """One thing to research: the topic as it leaves, and the symbols that it is about."""

    id: str
    topic: str
    symbols: tuple[str, ...]


class Candidate(BaseModel):
    """A subject that may need research, and why."""

    model_config = ConfigDict(frozen=True)

    subject: str
    name: str
    need: Decimal = Field(
        description="Share of the portfolio x how out of date x 2 when concentrated; 1 for questions."
    )
    why: str


def subject_of(portfolio: Portfolio, asked: PlanInput, subject: str) -> Subject | None:
    """Return the subject with this id, or `None` when the plan has no such thing to research."""
    if subject.startswith(QUESTION):
        return _question(portfolio, asked, subject)
    position = next((item for item in portfolio.positions if item.symbol == subject), None)
    if position is None:
        return None
    return Subject(subject, f"{position.name or subject} ({subject}): outlook and risks", (subject,))


def candidates(
    figures: Figures, asked: PlanInput, researched: Mapping[str, datetime], now: datetime
) -> list[Candidate]:
    """Return what may be researched, the greatest need first: the questions, then holdings.

    Args:
        researched: when each subject was last researched for a plan of this owner.
        now: when the run was created.

    Pages that the owner names are to be read in any case: then what was researched before counts for nothing.
    """
    researched = {} if asked.research.sources else researched
    concentrated = {symbol for item in figures.proposals if item.kind == "concentration" for symbol in item.symbols}
    questions = [
        Candidate(subject=f"{QUESTION}{n}", name=text, need=Decimal(1), why="the owner asks")
        for n, text in enumerate(asked.questions, start=1)
        if subject_of(figures.portfolio, asked, f"{QUESTION}{n}") is not None
    ]
    holdings = [
        _holding(item, researched.get(item.symbol), now, CONCENTRATED if item.symbol in concentrated else 1)
        for item in figures.researchable()
    ]
    return [*questions, *sorted(holdings, key=lambda item: -item.need)]


def private_terms(portfolio: Portfolio, subject: Subject) -> list[str]:
    """Return what the owner holds beyond the subject, as terms that must not leave; short and common ones are left out.

    A term that any address may contain, such as a symbol of two letters or a quantity of 10, would only block pages.
    """
    others = (item for item in portfolio.positions if item.symbol not in subject.symbols)
    terms = [*_names(others), *_amounts(portfolio.positions), *_accounts(portfolio.positions)]
    return [term[:MAX_TERM_CHARS] for term in dict.fromkeys(terms)][:MAX_TERMS]


def _holding(item: PositionValue, last: datetime | None, now: datetime, factor: int) -> Candidate:
    age = STALE_AFTER if last is None else min(now - last, STALE_AFTER)
    out_of_date = Decimal(str(round(max(age / STALE_AFTER, 0), 4)))
    need = (item.share or Decimal(0)) * out_of_date * factor
    reasons = [
        "its share is not known" if item.share is None else f"{item.share * 100:.1f} % of the portfolio",
        "never researched" if last is None else f"last researched {last.date().isoformat()}",
        *(["concentrated"] if factor > 1 else []),
    ]
    name = item.name or item.symbol
    return Candidate(subject=item.symbol, name=name, need=need.quantize(Decimal("0.0001")), why=", ".join(reasons))


def _question(portfolio: Portfolio, asked: PlanInput, subject: str) -> Subject | None:
    number = subject.removeprefix(QUESTION)
    if not number.isdecimal() or not 1 <= int(number) <= len(asked.questions):
        return None
    question = asked.questions[int(number) - 1]
    topic = _without_private(question, portfolio)
    if len(re.findall(r"[^\W\d_]{3,}", topic)) < _MIN_QUESTION_WORDS:
        return None
    return Subject(subject, topic, _named_in(question, portfolio.positions))


def _without_private(question: str, portfolio: Portfolio) -> str:
    """Return a question without figures, money signs, account names and currency amounts."""
    text = _MONEY_SIGNS.sub(" ", _FIGURES.sub(" ", question))
    for account in {item.account for item in portfolio.positions if item.account}:
        text = re.sub(rf"(?i)(?<!\w){re.escape(account)}(?!\w)", " ", text)
    return " ".join(text.split())


def _named_in(question: str, positions: Sequence[Position]) -> tuple[str, ...]:
    named = (
        item.symbol
        for item in positions
        if item.asset_class != CASH
        and (
            re.search(rf"(?<!\w){re.escape(item.symbol)}(?!\w)", question)
            or (item.name and item.name.casefold() in question.casefold())
        )
    )
    return tuple(dict.fromkeys(named))


def _names(positions: Iterator[Position]) -> Iterator[str]:
    for item in positions:
        if item.asset_class == CASH:
            continue
        if len(item.symbol) >= _MIN_SYMBOL_CHARS:
            yield item.symbol
        if item.name and len(item.name) >= _MIN_NAME_CHARS:
            yield item.name


def _amounts(positions: Sequence[Position]) -> Iterator[str]:
    for item in positions:
        values = (item.quantity, None if item.price is None else item.quantity * item.price, item.cost_basis)
        for value in values:
            text = "" if value is None else f"{value.normalize():f}"
            if sum(char.isdigit() for char in text) >= _MIN_AMOUNT_DIGITS:
                yield text


def _accounts(positions: Sequence[Position]) -> Iterator[str]:
    """Yield the names of accounts that have digits: numbers tell the owner, `Retirement` tells nobody."""
    return (item.account for item in positions if item.account and any(char.isdigit() for char in item.account))
