"""Whoever was rung finds the call in their history, taken or missed."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the column."""
    op.add_column("calls", sa.Column("rung", sa.String(80)))
