"""Pages read, topics followed, events of the scheduler."""

import sqlalchemy as sa
from alembic import op

revision = "researcher_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "read_pages",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("stored_url", sa.Text, nullable=False),
        sa.Column("content_hash", sa.String(80), nullable=False),
        sa.Column("read_at", sa.String(40), nullable=False),
        sa.Column("links", sa.Text, nullable=False),
    )
    op.create_table(
        "topics",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("input", sa.Text, nullable=False),
        sa.Column("every_seconds", sa.BigInteger, nullable=False),
        sa.Column("due_at", sa.BigInteger, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("last_run_id", sa.String(64), nullable=True),
    )
    op.create_index("topics_by_owner", "topics", ["owner", "due_at"])
    op.create_table(
        "due_events",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("topics", sa.Text, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("due_events")
    op.drop_index("topics_by_owner", "topics")
    op.drop_table("topics")
    op.drop_table("read_pages")
