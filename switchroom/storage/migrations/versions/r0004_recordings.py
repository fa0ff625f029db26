"""Recordings and their wrapped keys."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "recordings",
        sa.Column("id", sa.String(120), nullable=False),
        sa.Column("call", sa.String(80), nullable=False),
        sa.Column("queue", sa.String(80)),
        sa.Column("operator", sa.String(80)),
        sa.Column("kept", sa.Float, nullable=False),
        sa.Column("lasts", sa.Float, nullable=False),
        sa.Column("octets", sa.Integer, nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary),
        sa.Column("until", sa.Float, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_recordings"),
    )
    op.create_index("ix_recordings_call", "recordings", ["call"])
    op.create_index("ix_recordings_until", "recordings", ["until"])
