"""What a run on a followed topic may use."""

import sqlalchemy as sa
from alembic import op

revision = "researcher_0002"
down_revision = "researcher_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("topics", sa.Column("budget", sa.Text, nullable=True))


def downgrade() -> None:
    op.drop_column("topics", "budget")
