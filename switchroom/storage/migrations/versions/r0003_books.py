"""The books: the history of calls, card records, roll-ups by quarter of an hour, and what is due later."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _calls()
    _records()
    op.create_table(
        "rollups",
        sa.Column("start", sa.Float, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("start", "kind", "key", name="pk_rollups"),
    )
    op.create_table(
        "agenda",
        sa.Column("id", sa.String(160), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("due", sa.Float, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_agenda"),
    )
    op.create_index("ix_agenda_due", "agenda", ["due"])


def _calls() -> None:
    op.create_table(
        "calls",
        sa.Column("id", sa.String(80), nullable=False),
        sa.Column("began", sa.Float, nullable=False),
        sa.Column("ended", sa.Float),
        sa.Column("direction", sa.String(10), nullable=False),
        sa.Column("caller", sa.String(120), nullable=False),
        sa.Column("dialled", sa.String(80), nullable=False),
        sa.Column("user", sa.String(80)),
        sa.Column("queue", sa.String(80)),
        sa.Column("operator", sa.String(80)),
        sa.Column("disposition", sa.String(40)),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_calls"),
    )
    for columns in (["began"], ["queue", "began"], ["operator", "began"], ["ended"]):
        op.create_index(f"ix_calls_{'_'.join(columns)}", "calls", columns)


def _records() -> None:
    op.create_table(
        "records",
        sa.Column("dialog", sa.String(80), nullable=False),
        sa.Column("card", sa.String(80), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("holder", sa.String(80), nullable=False),
        sa.Column("call", sa.String(80)),
        sa.Column("queue", sa.String(80)),
        sa.Column("values", sa.JSON, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("opened", sa.Float, nullable=False),
        sa.Column("closed", sa.Float),
        sa.Column("closed_by", sa.String(20)),
        sa.Column("disposition", sa.String(80)),
        sa.PrimaryKeyConstraint("dialog", name="pk_records"),
    )
    for columns in (["card", "opened"], ["holder", "opened"], ["call"]):
        op.create_index(f"ix_records_{'_'.join(columns)}", "records", columns)
