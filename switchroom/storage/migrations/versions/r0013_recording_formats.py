"""A rule says in which format a recording is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the column; what was kept before is Ogg Vorbis."""
    op.add_column("recordings", sa.Column("format", sa.String(10), nullable=False, server_default="ogg"))
