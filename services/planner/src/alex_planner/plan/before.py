"""The plan before this one, as far as the next one is compared with it."""

from alex_planner.plan.changes import Before
from alex_planner.plan.schema import Plan


def before_of(plan: Plan) -> Before:
    """Return what of a plan the next one is compared with."""
    return Before(
        plan_id=plan.id,
        at=plan.generated_at,
        allocation=plan.allocation,
        goals=plan.goals.model_dump(mode="json"),
        assumptions={item.name: item.value for item in plan.assumptions},
        median=plan.projection.final.p50 if plan.projection else None,
        proposals={
            **{item.id: item.title for item in plan.recommendations},
            **{item.id: item.title for item in plan.not_chosen},
        },
        findings=frozenset(item.id for item in plan.findings),
    )
