"""The rules, in the order in which a reader should meet them; each looks at the figures and proposes, or does not."""

from alex_planner.recommending.balance import propose_for_cash, propose_for_drift
from alex_planner.recommending.concentration import propose_for_concentration
from alex_planner.recommending.data import propose_for_data
from alex_planner.recommending.expenses import propose_for_expenses
from alex_planner.recommending.proposal import Basis, Proposed
from alex_planner.recommending.success import propose_for_success

_RULES = (
    propose_for_data,
    propose_for_success,
    propose_for_drift,
    propose_for_concentration,
    propose_for_expenses,
    propose_for_cash,
)


def propose(basis: Basis) -> Proposed:
    """Return all proposals with their facts: those on the data first, in their order, then by the part concerned."""
    proposed = Proposed()
    for rule in _RULES:
        rule(basis, proposed)
    data = [item for item in proposed.proposals if item.kind == "data"]
    others = [item for item in proposed.proposals if item.kind != "data"]
    proposed.proposals = [*data, *sorted(others, key=lambda item: (-item.weight, item.id))]
    return proposed
