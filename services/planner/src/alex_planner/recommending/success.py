"""The proposal about retirement: what would raise the chance that the money lasts, when it is too low."""

from alex_planner.facts import format_money, format_percent
from alex_planner.recommending.proposal import Basis, Proposal, Proposed
from alex_planner.retirement.levers import Lever
from alex_planner.retirement.outcome import Outcome


def propose_for_success(basis: Basis, proposed: Proposed) -> None:
    """Propose the change that raises the chance of success most; the facts are those of the retirement."""
    projection = basis.projection
    if projection is None:
        return
    outcome, wanted = projection.outcomes[0], basis.goals.target_success_percent / 100
    if outcome.success is None or outcome.success.probability >= wanted:
        return
    chance, prefix = outcome.success.probability, f"retirement.{outcome.model}"
    helping = [lever for lever in projection.levers if lever.mean_gain > 0]
    safe = next((item for item in outcome.safe_spending if item.success == wanted), None)
    start = format_money(projection.start_value, projection.currency)
    subject = "It" if projection.complete else f"The {start} that can be projected"
    lasting = ""
    if safe is not None:
        amount = format_money(safe.amount, projection.currency, 0)
        lasting = f" Spending of {amount} a year lasts with the chance that is asked for."
    proposed.add(
        Proposal(
            id="success",
            kind="success",
            title="Raise the chance that the money lasts",
            headline=f"{subject} lasts with a chance of {format_percent(chance)}, and {format_percent(wanted)} is "
            "asked for.",
            why="What is too little is easier to mend early: each year that passes leaves fewer years to save in.",
            action=f"{_steps(helping, outcome, projection.currency)}{lasting}",
            against="The models know the past and assumptions, not the future; spending can also be cut in bad "
            "years, which they leave out.",
            if_left=f"The chance of failure stays {format_percent(1 - chance)}.",
            figures=(f"{prefix}.success", f"{prefix}.failure", "retirement.goal.target", "projection.start"),
            weight=min(wanted - chance, wanted),
        ),
        (),
    )


def _steps(levers: list[Lever], outcome: Outcome, currency: str) -> str:
    steps = [step for lever in levers if (step := _step(lever, outcome, currency))]
    return f"Each by itself: {'; '.join(steps)}." if steps else "No single change that was tried raises it."


def _step(lever: Lever, outcome: Outcome, currency: str) -> str:
    effect = next((item for item in lever.effects if item.model == outcome.model), None)
    if effect is None:
        return ""
    amount = format_money(lever.step, currency, 0)
    what = {
        "spend_less": f"spending {amount} a year less",
        "save_more": f"saving {amount} a year more",
        "retire_later": f"retiring {lever.step:f} years later",
    }[lever.kind]
    return f"{what} raises the chance to {format_percent(effect.success)}"
