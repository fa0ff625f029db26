"""The wave form of a recording, sealed with the recording's own key."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the column."""
    op.add_column("recordings", sa.Column("peaks", sa.LargeBinary))
