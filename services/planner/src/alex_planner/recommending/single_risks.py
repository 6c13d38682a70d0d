"""Proposals about single holdings: one company that weighs too much, and what funds cost over the horizon."""

import re
from decimal import Decimal

from alex_planner.allocation import UNCLASSIFIED, PositionValue
from alex_planner.allocation_facts import words_of_holding
from alex_planner.facts import format_money, format_percent, money_fact, percent_fact
from alex_planner.instruments.facts import DIMENSIONS
from alex_planner.recommending.proposal import Basis, Proposal, Proposed
from alex_planner.wording import called

COMPANY_LIMIT = Decimal("0.10")
"""Part of a portfolio in one company from which on it counts as concentrated: FINRA, Concentrate on Concentration
Risk (2022), speaks of 10 to 20 percent; the narrower is used."""
MAX_COMPANIES = 3
"""Companies proposed at once: after three the matter is the portfolio, not the company."""
EXPENSE_LIMIT = Decimal("0.005")
"""Average yearly expenses from which on a plan speaks of them: five times those of common index funds. The limit is
ours."""
_FUND = re.compile(r"(?i)\b(?:fund|etf|etn|ucits|index|trust|sicav|oeic|portfolio|ishares|vanguard|spdr|xtrackers)\b")
"""Words by which a name that is in no table of instruments tells a fund."""
_SPREAD_CLASSES = frozenset({"cash", "bond", "commodity", "other"})
"""Classes in which one line is not one company."""


def propose_for_concentration(basis: Basis, proposed: Proposed) -> None:
    """Propose to bring single companies down to the limit, the largest first."""
    currency = basis.allocation.base_currency
    if currency is None or not basis.allocation.total:
        return
    holdings = _companies(basis)
    over = sorted(
        ((symbol, value) for symbol, (value, _) in holdings.items() if value / basis.allocation.total > COMPANY_LIMIT),
        key=lambda item: (-item[1], item[0]),
    )
    if over:
        limit = percent_fact("concentration.limit", "limit for one company", COMPANY_LIMIT, "own limit", _OF_LIMIT)
        scenario = percent_fact(
            "concentration.scenario", "assumed loss of one company", Decimal("0.5"), "scenario", _OF_HALF
        )
        proposed.facts += [limit, scenario]
    for symbol, value in over[:MAX_COMPANIES]:
        _trim(basis, holdings[symbol][1], value, currency, proposed)


_OF_HALF = ("half", "halv", "lost", "lose")
_OF_LIMIT = ("limit", "company", "concentrat", "single", "more than", "above", "down to")


def is_fund(item: PositionValue) -> bool:
    """Say whether a holding is a fund: by the table of instruments, else by its name."""
    known = item.classification
    if known.expense is not None:
        return known.expense.of_fund
    # Of what the table has, only funds may be without known expenses.
    in_table = any(known.statement(dimension).origin == "table" for dimension in DIMENSIONS)
    return in_table or bool(_FUND.search(item.name or ""))


def _companies(basis: Basis) -> dict[str, tuple[Decimal, PositionValue]]:
    """Return value in the base currency and one position of each company, by symbol."""
    companies: dict[str, tuple[Decimal, PositionValue]] = {}
    for item in basis.allocation.positions:
        if item.base_value is None or item.asset_class in _SPREAD_CLASSES or is_fund(item):
            continue
        if item.asset_class == UNCLASSIFIED and not item.name:
            # Nobody says what it is: it may as well be a fund.
            continue
        before = companies[item.symbol][0] if item.symbol in companies else Decimal(0)
        companies[item.symbol] = (before + item.base_value, item)
    return companies


def _trim(basis: Basis, item: PositionValue, value: Decimal, currency: str, proposed: Proposed) -> None:
    total, symbol = basis.allocation.total, item.symbol
    name, about = f"concentration.{symbol}", words_of_holding(symbol, item.name)
    numbers = [n for n, other in enumerate(basis.allocation.positions, 1) if other.symbol == symbol]
    held = f"holding.{symbol}" if len(numbers) > 1 else f"position.{numbers[0]}"
    excess = (value - COMPANY_LIMIT * total).quantize(Decimal("0.01"))
    share = percent_fact(
        f"{name}.share",
        f"share of {symbol}",
        value / total,
        "value / total",
        about,
        computed_from=[held + ".value", "total"],
    )
    formula = "value - limit x total: the total stays, because the money goes elsewhere in it"
    inputs = [f"{name}.share", "concentration.limit", "total"]
    fact = money_fact(
        f"{name}.excess", f"value of {symbol} above the limit", excess, currency, formula, about, computed_from=inputs
    )
    label = f"loss of the portfolio if {symbol} lost half of its value"
    half = percent_fact(
        f"{name}.half", label, value / total / 2, "share / 2", about, computed_from=[share.id, "concentration.scenario"]
    )
    limit = format_percent(COMPANY_LIMIT)
    whole_name, short = (f"{item.name} ({symbol})" if item.name else symbol), called(symbol, item.name)
    proposed.add(
        Proposal(
            id=name,
            kind="concentration",
            title=f"Let {short} weigh less",
            headline=f"{whole_name} is {share.formatted} of the portfolio, above the limit of {limit} for one company.",
            why="What happens to one company alone is a risk that a spread portfolio does not have.",
            action=f"Moving {fact.formatted} of {short} elsewhere in the portfolio brings it to the limit of {limit}; "
            "new money that goes into other holdings does so more slowly and without a sale.",
            against=f"A sale of {short} may be taxed, and who knows the company well may want to carry its risk.",
            if_left=f"If {short} lost half of its value, the portfolio would lose {half.formatted}.",
            figures=(share.id, "concentration.limit", fact.id, half.id),
            symbols=(symbol,),
            weight=value / total - COMPANY_LIMIT,
        ),
        [share, fact, half],
    )


def propose_for_expenses(basis: Basis, proposed: Proposed) -> None:
    """Propose cheaper funds where the known expenses are high; the drag is a fact in any case."""
    drag, currency = basis.expenses, basis.allocation.base_currency
    if drag is None or currency is None or not drag.first_year:
        return
    if drag.expense_ratio < EXPENSE_LIMIT:
        return
    ratio, first = format_percent(drag.expense_ratio, 2), format_money(drag.first_year, currency)
    over = format_money(drag.drag, currency)
    unknown = " The expenses of other holdings are not known and not counted." if drag.unknown else ""
    proposed.add(
        Proposal(
            id="expense",
            kind="expense",
            title="Look for cheaper funds",
            headline=f"The funds whose expenses are known cost {ratio} a year, {first} in the first year.{unknown}",
            why="Expenses are certain and returns are not: what a fund costs is taken every year, in bad years too.",
            action=f"Over {basis.goals.horizon_years} years these expenses take {over} in today's money; "
            "compare them with index funds of the same classes.",
            against="A change may be taxed or cost a fee, and a cheaper fund is not always the same investment.",
            if_left=f"The expenses of the first year are {first}, and they grow with the funds.",
            figures=("expenses.ratio", "expenses.first_year", "expenses.drag"),
            weight=min(Decimal(1), drag.drag / drag.without) if drag.without else Decimal(0),
        ),
        (),
    )
