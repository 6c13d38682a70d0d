"""Durable agent runs: rows that are advanced by whoever waits for them.

A run outlives every request. It is created once, advances in short committed phases while somebody waits for
it, and goes on from its last phase on any instance. It knows no agent of any service: a service describes its
agent as an `AgentJob` and mounts `run_routes`.
"""

from alex_runs.budget import Budget
from alex_runs.client import RunsClient
from alex_runs.delegation import Delegation
from alex_runs.engine import RunEngine
from alex_runs.errors import IdempotencyConflict, RunFailed, RunNotFound
from alex_runs.job import AgentJob, Finished, JobContext, NotDone, Revision, RunScope
from alex_runs.routes import run_routes
from alex_runs.schemas import ChildRun, Quote, RunStatus, RunView
from alex_runs.store import RunStore
from alex_runs.usage import KnownCost, Receipt, UnknownCost, Usage

__all__ = [
    "AgentJob",
    "Budget",
    "ChildRun",
    "Delegation",
    "Finished",
    "IdempotencyConflict",
    "JobContext",
    "KnownCost",
    "NotDone",
    "Quote",
    "Receipt",
    "Revision",
    "RunEngine",
    "RunFailed",
    "RunNotFound",
    "RunScope",
    "RunStatus",
    "RunStore",
    "RunView",
    "RunsClient",
    "UnknownCost",
    "Usage",
    "run_routes",
]
