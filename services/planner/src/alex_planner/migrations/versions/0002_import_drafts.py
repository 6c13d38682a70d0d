"""Drafts of imports, and what a broker's file says beside its positions."""

import sqlalchemy as sa
from alembic import op

revision = "planner_0002"
down_revision = "planner_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("portfolios", sa.Column("details", sa.LargeBinary, nullable=True))
    op.create_table(
        "portfolio_drafts",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("created_at", sa.String(32), nullable=False),
        sa.Column("expires_at", sa.String(32), nullable=False),
        sa.Column("result", sa.LargeBinary, nullable=False),
    )
    op.create_index("portfolio_drafts_by_expiry", "portfolio_drafts", ["expires_at"])


def downgrade() -> None:
    op.drop_index("portfolio_drafts_by_expiry", "portfolio_drafts")
    op.drop_table("portfolio_drafts")
    op.drop_column("portfolios", "details")
