"""The proposal about what funds cost over the horizon."""

from decimal import Decimal

from alex_planner.facts import format_money, format_percent
from alex_planner.recommending.proposal import Basis, Proposal, Proposed

EXPENSE_LIMIT = Decimal("0.005")
"""Average yearly expenses from which on a plan speaks of them: five times those of common index funds. The limit is
ours."""


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
