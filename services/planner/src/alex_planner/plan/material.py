"""What a plan is made of beside its snapshot and the plan before: kept with it, so that it can be made again."""

from datetime import datetime

from alex_runs import Receipt
from pydantic import BaseModel, ConfigDict

from alex_planner.notes import PlanNotes
from alex_planner.plan.draft import DraftPlan
from alex_planner.plan_input import PlanInput
from alex_planner.retirement.history import HistoryRecord


class Material(BaseModel):
    """The inputs of one plan; the same material gives the same plan, to the byte."""

    model_config = ConfigDict(frozen=True)

    run_id: str
    created_at: datetime
    asked: PlanInput
    portfolio_hash: str
    """Content hash of the snapshot."""
    previous_plan_id: str | None
    history: HistoryRecord | None = None
    """Past years that the projection rests on; `None` in plans that were stored before it was kept."""
    notes: PlanNotes
    draft: DraftPlan
    """The model's last one, or an empty one when the run was stopped."""
    stopped: str | None = None
    """Why the run ended before the model did."""
    model_label: str
    builtin: bool
    """Whether the built-in model wrote the draft: then it can be written again."""
    receipt: Receipt
