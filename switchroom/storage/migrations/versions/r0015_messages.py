"""Messages that callers leave."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "messages",
        sa.Column("id", sa.String(120), nullable=False),
        sa.Column("user", sa.String(80), nullable=False),
        sa.Column("call", sa.String(80), nullable=False),
        sa.Column("kept", sa.Float(), nullable=False),
        sa.Column("lasts", sa.Float(), nullable=False),
        sa.Column("octets", sa.Integer(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=True),
        sa.Column("until", sa.Float(), nullable=False),
        sa.Column("heard", sa.Float(), nullable=True),
        sa.Column("deleted", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_messages"),
    )
    op.create_index("ix_messages_user_kept", "messages", ["user", "kept"])
    op.create_index("ix_messages_until", "messages", ["until"])
