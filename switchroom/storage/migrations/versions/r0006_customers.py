"""A customer's calls are found by their number, however many calls there are."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the indexes."""
    op.create_index("ix_parties_number", "parties", ["number"])
    op.create_index("ix_calls_caller", "calls", ["caller"])
