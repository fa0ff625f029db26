"""Ten million calls are searched: each has its number in the order of time, and is listed under what it is found by."""

import sqlalchemy as sa
from alembic import op

from switchroom.storage.calls import list_all
from switchroom.storage.search import make_index

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_NUMBERED = """
    UPDATE calls SET no = (
        SELECT CAST(calls.began * 1000 AS BIGINT) + COUNT(*) FROM calls AS other
        WHERE other.began = calls.began AND other.id < calls.id
    )
"""


def upgrade() -> None:
    """Make the column and the indexes; four indexes of before are not asked any more."""
    op.add_column("calls", sa.Column("no", sa.BigInteger))
    op.execute(_NUMBERED)
    with op.batch_alter_table("calls") as calls:
        calls.alter_column("no", nullable=False)
        for columns in ("began", "queue_began", "operator_began", "ended"):
            calls.drop_index(f"ix_calls_{columns}")
    op.create_index("ix_calls_no", "calls", ["no"])
    lives = sa.text("ended IS NULL")
    op.create_index("ix_calls_living", "calls", ["no"], sqlite_where=lives, postgresql_where=lives)
    connection = op.get_bind()
    make_index(connection)
    list_all(connection)
