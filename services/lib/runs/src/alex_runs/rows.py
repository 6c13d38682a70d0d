"""A run as a row, and back: what the engine sees of it, what a phase changes in it."""

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import cast

import sqlalchemy as sa
from alex_database import DatabaseTime
from pydantic import JsonValue, TypeAdapter

from alex_runs.budget import Budget
from alex_runs.schemas import ChildRun, RunError, RunStatus, RunView
from alex_runs.usage import Receipt, Usage, total_of

_children_adapter = TypeAdapter(list[ChildRun])

Event = tuple[str, Mapping[str, JsonValue]]
State = Mapping[str, JsonValue]


@dataclass(frozen=True)
class Run:
    """A row, with what only the engine needs."""

    view: RunView
    owner: str
    state: dict[str, JsonValue] | None
    attempts: int
    failures: int
    not_before: float
    lease_until: float
    version: int

    @property
    def id(self) -> str:
        return self.view.id


@dataclass(frozen=True)
class Commit:
    """What one phase changes in a run. What is None stays as it is, but for `state`, which is always written."""

    status: RunStatus
    state: State | None
    children: Sequence[ChildRun] | None = None
    usage: Usage | None = None
    output: Mapping[str, JsonValue] | None = None
    error: RunError | None = None
    events: Sequence[Event] = field(default_factory=tuple)


@dataclass(frozen=True)
class Left:
    """How a driver leaves a run that it stops driving."""

    attempts: int
    """How often the phase that is due was begun and did not end."""
    failures: int
    """How often it failed."""
    usage: Usage
    """With the seconds that nothing was committed for."""
    retry_in_seconds: float = 0.0


def commit_values(change: Commit) -> dict[str, object]:
    values: dict[str, object] = {
        "status": change.status,
        "state": None if change.state is None else zlib.compress(dump(change.state).encode()),
        # The same driver begins the next phase at once.
        "attempts": 1,
        "failures": 0,
        "updated_at": DatabaseTime(),
    }
    if change.children is not None:
        values["children"] = _children_adapter.dump_json(list(change.children)).decode()
    if change.usage is not None:
        values["usage"] = change.usage.model_dump_json()
    if change.output is not None:
        values["output"] = dump(change.output)
    if change.error is not None:
        values["error"] = change.error.model_dump_json()
    return values


def run_of(row: sa.RowMapping) -> Run:
    run_id = str(row["id"])
    view = RunView(
        id=run_id,
        kind=row["kind"],
        status=RunStatus(row["status"]),
        input=json.loads(row["input"]),
        output=None if row["output"] is None else json.loads(row["output"]),
        error=None if row["error"] is None else RunError.model_validate_json(row["error"]),
        model=row["model"] or "",
        budget=Budget() if row["budget"] is None else Budget.model_validate_json(row["budget"]),
        children=_children_adapter.validate_json(row["children"]),
        receipt=receipt_in(row),
        created_at=_iso(row["created_at"]),
        updated_at=_iso(row["updated_at"]),
        links={
            "self": f"/runs/{run_id}",
            "advance": f"/runs/{run_id}/advance",
            "events": f"/runs/{run_id}/events",
            "cancel": f"/runs/{run_id}/cancel",
        },
    )
    state = None if row["state"] is None else cast("dict[str, JsonValue]", json.loads(zlib.decompress(row["state"])))
    return Run(
        view=view,
        owner=row["owner"],
        state=state,
        attempts=row["attempts"],
        failures=row["failures"] or 0,
        not_before=row["not_before"],
        lease_until=row["lease_until"],
        version=row["version"],
    )


def receipt_of(own: Usage, children: Sequence[ChildRun]) -> Receipt:
    """Return the bill of a run that used `own` itself."""
    delegated = total_of([child.usage for child in children])
    started = sum(1 for child in children if child.run_id)
    return Receipt(own=own, delegated=delegated, delegated_runs=started, total=own.plus(delegated))


def receipt_in(row: sa.RowMapping) -> Receipt:
    """Return the bill that the columns of a row hold."""
    return receipt_of(Usage.model_validate_json(row["usage"]), _children_adapter.validate_json(row["children"]))


def dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _iso(epoch_seconds: float) -> str:
    return datetime.fromtimestamp(epoch_seconds, UTC).isoformat().replace("+00:00", "Z")
