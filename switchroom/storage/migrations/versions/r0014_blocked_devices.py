"""Phones whose calls outside the fraud guard has stopped."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "blocked_devices",
        sa.Column("device", sa.String(80), nullable=False),
        sa.Column("user", sa.String(80), nullable=False),
        sa.Column("why", sa.String(20), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("device", name="pk_blocked_devices"),
    )
