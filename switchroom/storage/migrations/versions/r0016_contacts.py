"""Contacts and their numbers."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "contacts",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("list", sa.String(80), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("changed", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_contacts"),
    )
    op.create_index("ix_contacts_list_folded_id", "contacts", ["list", "folded", "id"])
    op.create_table(
        "contact_numbers",
        sa.Column("list", sa.String(80), nullable=False),
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("contact", sa.String(36), nullable=False),
        sa.PrimaryKeyConstraint("list", "number", name="pk_contact_numbers"),
    )
    op.create_index("ix_contact_numbers_contact", "contact_numbers", ["contact"])
