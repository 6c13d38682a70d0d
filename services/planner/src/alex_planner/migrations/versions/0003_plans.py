"""Plans with their facts and what they were made of."""

import sqlalchemy as sa
from alembic import op

revision = "planner_0003"
down_revision = "planner_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "plans",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("run_id", sa.String(64), nullable=False),
        sa.Column("portfolio_id", sa.String(64), nullable=False),
        sa.Column("portfolio_name", sa.String(200), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("created_at", sa.String(32), nullable=False),
        sa.Column("content_hash", sa.String(80), nullable=False),
        sa.Column("researched", sa.Text, nullable=False),
        sa.Column("plan", sa.LargeBinary, nullable=False),
        sa.Column("facts", sa.LargeBinary, nullable=False),
        sa.Column("material", sa.LargeBinary, nullable=False),
    )
    op.create_index("plans_by_owner", "plans", ["owner", "created_at"])


def downgrade() -> None:
    op.drop_index("plans_by_owner", "plans")
    op.drop_table("plans")
