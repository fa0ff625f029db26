"""What stories heard, for a while."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "heard",
        sa.Column("seq", _BIG, autoincrement=True, nullable=False),
        sa.Column("story", sa.String(80), nullable=False),
        sa.Column("at", sa.Float, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_heard"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_heard_story", "heard", ["story"])
    op.create_index("ix_heard_at", "heard", ["at"])
