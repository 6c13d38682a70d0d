"""What can be researched for a plan: holdings, themes and the owner's questions, and what may leave about each.

A topic is the name and symbol of a holding (those of the bundled table where it has it: a register knows companies by
their ticker, and files of brokers by ISIN), a theme of a fixed list, or a question without its figures and account
names. The rest of what the owner holds goes along as terms that the researcher keeps out of every address and query.
`choosing` says which of them need research.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from alex_planner.figures import CASH
from alex_planner.instruments.catalog import bundled_catalog
from alex_planner.plan_input import PlanInput
from alex_planner.portfolio import Portfolio, Position
from alex_planner.themes import THEME, theme_topic
from alex_planner.wording import called

QUESTION = "question "
"""Beginning of the subject that is a question; its number follows, from 1."""
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
    """As the portfolio has them: what is found is about these holdings."""
    tickers: tuple[str, ...] = ()
    """What the holdings are looked up by, in the order of `symbols`."""


def subject_of(portfolio: Portfolio, asked: PlanInput, subject: str) -> Subject | None:
    """Return the subject with this id, or `None` when the plan has no such thing to research."""
    if subject.startswith(QUESTION):
        return _question(portfolio, asked, subject)
    if subject.startswith(THEME):
        topic = theme_topic(subject)
        return None if topic is None else Subject(subject, topic, ())
    position = next((item for item in portfolio.positions if item.symbol == subject), None)
    if position is None:
        return None
    name, ticker = _public(position)
    return Subject(subject, f"{name} ({ticker}): outlook and risks", (subject,), (_looked_up_by(position),))


def private_terms(portfolio: Portfolio, subject: Subject) -> list[str]:
    """Return what the owner holds beyond the subject, as terms that must not leave; short and common ones are left out.

    A term that any address may contain, such as a symbol of two letters or a quantity of 10, would only block pages.
    """
    others = (item for item in portfolio.positions if item.symbol not in subject.symbols)
    terms = [*_names(others), *_amounts(portfolio.positions), *_accounts(portfolio.positions)]
    return [term[:MAX_TERM_CHARS] for term in dict.fromkeys(terms)][:MAX_TERMS]


def _question(portfolio: Portfolio, asked: PlanInput, subject: str) -> Subject | None:
    number = subject.removeprefix(QUESTION)
    if not number.isdecimal() or not 1 <= int(number) <= len(asked.questions):
        return None
    question = asked.questions[int(number) - 1]
    topic = _without_private(question, portfolio)
    if len(re.findall(r"[^\W\d_]{3,}", topic)) < _MIN_QUESTION_WORDS:
        return None
    named = {item.symbol: item for item in _named_in(question, portfolio.positions)}
    return Subject(subject, topic, tuple(named), tuple(_looked_up_by(item) for item in named.values()))


def _public(position: Position) -> tuple[str, str]:
    """Return the name and the symbol by which others know a holding."""
    known = bundled_catalog().identify(position)
    if known is not None:
        return known.name, known.ticker
    return position.name or position.symbol, position.symbol


def _looked_up_by(position: Position) -> str:
    """Return the ticker of a holding; its name where the file and the table have only a number of a register."""
    name, symbol = _public(position)
    return called(symbol, name)


def _without_private(question: str, portfolio: Portfolio) -> str:
    """Return a question without figures, money signs, account names and currency amounts."""
    text = _MONEY_SIGNS.sub(" ", _FIGURES.sub(" ", question))
    for account in {item.account for item in portfolio.positions if item.account}:
        text = re.sub(rf"(?i)(?<!\w){re.escape(account)}(?!\w)", " ", text)
    return " ".join(text.split())


def _named_in(question: str, positions: Sequence[Position]) -> Iterator[Position]:
    return (
        item
        for item in positions
        if item.asset_class != CASH
        and (
            re.search(rf"(?<!\w){re.escape(item.symbol)}(?!\w)", question)
            or (item.name and item.name.casefold() in question.casefold())
        )
    )


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
        values = (item.quantity, None if item.price is None else item.quantity * item.price, item.cost)
        for value in values:
            text = "" if value is None else f"{value.normalize():f}"
            if sum(char.isdigit() for char in text) >= _MIN_AMOUNT_DIGITS:
                yield text


def _accounts(positions: Sequence[Position]) -> Iterator[str]:
    """Yield the names of accounts that have digits: numbers tell the owner, `Retirement` tells nobody."""
    return (item.account for item in positions if item.account and any(char.isdigit() for char in item.account))
