"""Portfolio snapshots."""

import sqlalchemy as sa
from alembic import op

revision = "planner_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "portfolios",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("created_at", sa.String(32), nullable=False),
        sa.Column("content_hash", sa.String(80), nullable=False),
        sa.Column("position_count", sa.Integer, nullable=False),
        sa.Column("unpriced_count", sa.Integer, nullable=False),
        sa.Column("positions", sa.LargeBinary, nullable=False),
    )
    op.create_index("portfolios_by_owner", "portfolios", ["owner", "created_at"])


def downgrade() -> None:
    op.drop_index("portfolios_by_owner", "portfolios")
    op.drop_table("portfolios")
