"""The two tables of durable runs.

Kept to what Aurora DSQL supports as well: no foreign keys, sequences, savepoints or JSONB.
"""

import sqlalchemy as sa

metadata = sa.MetaData()

runs = sa.Table(
    "runs",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("owner", sa.String(64), nullable=False),
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("status", sa.String(20), nullable=False),
    sa.Column("idempotency_key", sa.String(200), nullable=False),
    sa.Column("input", sa.Text, nullable=False),
    sa.Column("output", sa.Text),
    sa.Column("error", sa.Text),
    sa.Column("children", sa.Text, nullable=False),
    sa.Column("usage", sa.Text, nullable=False),
    sa.Column("budget", sa.Text),
    # Label of the model when the run was created.
    sa.Column("model", sa.String(200)),
    # Compressed JSON; what is needed to go on, empty before the first phase and after the last.
    sa.Column("state", sa.LargeBinary),
    # Phases begun since the last committed one; a run that kills its instances stops at a limit.
    sa.Column("attempts", sa.Integer, nullable=False),
    # Failures of the phase that is due; unlike `attempts` without those that a kill cut short.
    sa.Column("failures", sa.Integer),
    # Counts commits, so that a commit whose answer got lost is not made twice.
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("last_seq", sa.Integer, nullable=False),
    # Epoch seconds throughout, by the clock of the database, which all instances share.
    sa.Column("not_before", sa.Float, nullable=False),
    sa.Column("lease_holder", sa.String(40)),
    sa.Column("lease_until", sa.Float, nullable=False),
    sa.Column("created_at", sa.Float, nullable=False),
    sa.Column("updated_at", sa.Float, nullable=False),
    sa.UniqueConstraint("owner", "kind", "idempotency_key", name="uq_runs_idempotency"),
    sa.Index("runs_by_owner", "owner", "created_at"),
)

events = sa.Table(
    "run_events",
    metadata,
    sa.Column("run_id", sa.String(40), primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("type", sa.String(40), nullable=False),
    sa.Column("data", sa.Text, nullable=False),
)
