"""Proposals about single companies that weigh too much."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from alex_planner.allocation import Allocation, PositionValue
from alex_planner.allocation_facts import value_id, words_of_holding
from alex_planner.companies import is_company
from alex_planner.facts import Fact, format_percent, money_fact, percent_fact
from alex_planner.gains import in_base
from alex_planner.recommending.proposal import Basis, Proposal, Proposed
from alex_planner.wording import called

COMPANY_LIMIT = Decimal("0.10")
"""Part of a portfolio in one company from which on it counts as concentrated: FINRA, Concentrate on Concentration
Risk (2022), speaks of 10 to 20 percent; the narrower is used."""
MAX_COMPANIES = 3
"""Companies proposed at once: after three the matter is the portfolio, not the company."""
CENT = Decimal("0.01")
_OF_HALF = ("half", "halv", "lost", "lose")
_OF_LIMIT = ("limit", "company", "concentrat", "single", "more than", "above", "down to")


@dataclass(frozen=True)
class _Company:
    """One company over all accounts; amounts in the base currency."""

    symbol: str
    name: str | None
    value: Decimal
    gain: Decimal | None
    """Unrealised; `None` when the cost of a part of it is not known."""
    held: str
    """Id of the fact that its share is computed from."""
    is_whole: bool
    """Whether every position of it is counted."""

    @property
    def short(self) -> str:
        """What it is called in a sentence."""
        return called(self.symbol, self.name)


def propose_for_concentration(basis: Basis, proposed: Proposed) -> None:
    """Propose to bring single companies down to the limit, the largest first.

    Of a portfolio that is not counted whole the share is one of the counted part, and the proposal says how much the
    rest must be worth for the company to be within the limit.
    """
    total, currency = basis.allocation.total, basis.allocation.base_currency
    if currency is None or not total:
        return
    over = [item for item in _companies(basis.allocation) if item.value / total > COMPANY_LIMIT]
    if over:
        limit = percent_fact("concentration.limit", "limit for one company", COMPANY_LIMIT, "own limit", _OF_LIMIT)
        scenario = percent_fact(
            "concentration.scenario", "assumed loss of one company", Decimal("0.5"), "scenario", _OF_HALF
        )
        proposed.facts += [limit, scenario]
    for company in sorted(over, key=lambda item: (-item.value, item.symbol))[:MAX_COMPANIES]:
        facts = {fact.id.rpartition(".")[2]: fact for fact in _facts(company, total, currency)}
        proposed.add(_proposal(company, basis, facts), facts.values())


def _companies(allocation: Allocation) -> Iterator[_Company]:
    positions: dict[str, list[tuple[int, PositionValue]]] = {}
    for number, item in enumerate(allocation.positions, start=1):
        if is_company(item):
            positions.setdefault(item.symbol, []).append((number, item))
    for symbol, items in positions.items():
        counted = [(number, item) for number, item in items if item.base_value is not None]
        if not counted:
            continue
        number, first = counted[0]
        known = [in_base(item, item.gain) for _, item in counted if item.gain is not None]
        yield _Company(
            symbol=symbol,
            name=first.name,
            value=sum((item.base_value or Decimal(0) for _, item in counted), Decimal(0)),
            gain=sum(known, Decimal(0)) if len(known) == len(counted) else None,
            held=value_id(number, first) if len(counted) == 1 else f"holding.{symbol}.value",
            is_whole=len(counted) == len(items),
        )


def _facts(company: _Company, total: Decimal, currency: str) -> Iterator[Fact]:
    """Yield share, excess and what half of the value is; what the rest must be worth; and what a sale would realise."""
    prefix, short = f"concentration.{company.symbol}", company.short
    about = words_of_holding(company.symbol, company.name)
    share, excess = company.value / total, (company.value - COMPANY_LIMIT * total).quantize(CENT)
    inputs = [f"{prefix}.share", "concentration.limit", "total"]
    yield percent_fact(
        f"{prefix}.share", f"share of {short}", share, "value / total", about, computed_from=[company.held, "total"]
    )
    formula = "value - limit x total: the total stays, because the money goes elsewhere in it"
    label = f"value of {short} above the limit"
    yield money_fact(f"{prefix}.excess", label, excess, currency, formula, about, computed_from=inputs)
    label, inputs_of_half = f"loss if {short} lost half of its value", [f"{prefix}.share", "concentration.scenario"]
    yield percent_fact(f"{prefix}.half", label, share / 2, "share / 2", about, computed_from=inputs_of_half)
    rest = (company.value / COMPANY_LIMIT - total).quantize(CENT)
    label, formula = f"worth of the rest with which {short} is at the limit", "value / limit - total"
    yield money_fact(f"{prefix}.rest", label, rest, currency, formula, (*about, "rest"), computed_from=inputs)
    if company.gain is not None:
        realised = abs(company.gain * excess / company.value).quantize(CENT)
        kind = "gain" if company.gain >= 0 else "loss"
        label = f"{kind} that a sale of the part of {short} above the limit realises"
        formula = "(value - cost) x part above the limit / value, on average over its lots"
        yield money_fact(
            f"{prefix}.realised", label, realised, currency, formula, about, computed_from=[f"{prefix}.excess"]
        )


def _proposal(company: _Company, basis: Basis, facts: dict[str, Fact]) -> Proposal:
    short, limit, excess = company.short, format_percent(COMPANY_LIMIT), facts["excess"].formatted
    whole_name = f"{company.name} ({company.symbol})" if company.name else company.symbol
    uncertain = "" if basis.allocation.complete else _uncertain(company, facts)
    first = "" if basis.allocation.complete else "First complete the portfolio. "
    figures = [facts["share"].id, "concentration.limit", facts["excess"].id, facts["half"].id]
    figures += [facts["rest"].id] if uncertain else []
    figures += [facts["realised"].id] if "realised" in facts else []
    return Proposal(
        id=f"concentration.{company.symbol}",
        kind="concentration",
        title=f"Let {short} weigh less",
        headline=f"{whole_name} is {facts['share'].formatted} of {basis.whole}, above the limit of {limit} for one "
        f"company.{uncertain}",
        why="What happens to one company alone is a risk that a spread portfolio does not have.",
        action=f"{first}Moving {excess} of {short} elsewhere in {basis.whole} brings it to the limit of {limit}; "
        "new money that goes into other holdings does so more slowly and without a sale.",
        against=f"{_of_sale(company, facts)} Who knows the company well may want to carry its risk.",
        if_left=f"If {short} lost half of its value, {basis.whole} would lose {facts['half'].formatted}.",
        figures=tuple(figures),
        symbols=(company.symbol,),
        weight=company.value / basis.allocation.total - COMPANY_LIMIT,
    )


def _uncertain(company: _Company, facts: dict[str, Fact]) -> str:
    if not company.is_whole:
        return " A part of it is not counted, so that it is more than that in amount."
    return f" It is within the limit only if all that is not counted is worth more than {facts['rest'].formatted}."


def _of_sale(company: _Company, facts: dict[str, Fact]) -> str:
    if "realised" not in facts:
        return f"The file does not say what was paid for {company.short}: a sale may realise a gain that is taxed."
    amount = facts["realised"].formatted
    is_gain = company.gain is not None and company.gain > 0
    return (
        f"The sale realises a gain of {amount}, which may be taxed." if is_gain else f"It realises a loss of {amount}."
    )
