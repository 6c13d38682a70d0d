"""Budgets of runs, the model that they were created for, and failures apart from kills."""

import sqlalchemy as sa
from alembic import op

revision = "runs_0002"
down_revision = "runs_0001"
branch_labels = None
depends_on = None

# Aurora DSQL adds columns only without a default and without NOT NULL.
_COLUMNS = (
    sa.Column("budget", sa.Text),
    sa.Column("model", sa.String(200)),
    sa.Column("failures", sa.Integer),
)


def upgrade() -> None:
    """Add the columns; older runs have no budget."""
    for column in _COLUMNS:
        op.add_column("runs", column)


def downgrade() -> None:
    """Drop the columns."""
    for column in _COLUMNS:
        op.drop_column("runs", column.name)
