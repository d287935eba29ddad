"""Proposals: what was made of a quote for its client, kept as it was made."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create the table of proposals."""
    op.create_table(
        "proposals",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("quote_id", sa.String(36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_proposals"),
        sa.ForeignKeyConstraint(["quote_id"], ["quotes.id"], name="fk_proposals_quote_id_quotes"),
    )
    op.create_index("ix_proposals_quote_id_created_at", "proposals", ["quote_id", "created_at"])


def downgrade() -> None:
    """Drop the table of proposals."""
    op.drop_index("ix_proposals_quote_id_created_at", "proposals")
    op.drop_table("proposals")
