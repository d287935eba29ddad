"""Drafts: engagements that are being written."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Create the table of drafts."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "drafts",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("owner_id", sa.String(80), nullable=False),
        sa.Column("client", sa.String(120), nullable=True),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("changed_at", moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_drafts"),
    )
    op.create_index("ix_drafts_owner_id_changed_at", "drafts", ["owner_id", "changed_at"])
    op.create_index("ix_drafts_client", "drafts", ["client"])
    op.create_index("ix_drafts_changed_at", "drafts", ["changed_at"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("drafts")
