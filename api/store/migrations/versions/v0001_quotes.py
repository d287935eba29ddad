"""Quotes, written once."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the table of quotes."""
    # Where there is no type for yes and no, a rule stands in for it.
    yes_or_no = sa.CheckConstraint("reproducible IN (0, 1)", name="ck_quotes_reproducible")
    rules = [] if op.get_bind().dialect.supports_native_boolean else [yes_or_no]
    op.create_table(
        "quotes",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("client", sa.String(120), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("input_bill", sa.Text(), nullable=False),
        sa.Column("output_bill", sa.Text(), nullable=False),
        sa.Column("engagement_hash", sa.String(64), nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("reproducible", sa.Boolean(), nullable=False),
        sa.Column("engagement", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        *rules,
        sa.PrimaryKeyConstraint("id", name="pk_quotes"),
    )
    op.create_index("ix_quotes_created_at_id", "quotes", ["created_at", "id"])


def downgrade() -> None:
    """Drop the table of quotes."""
    op.drop_index("ix_quotes_created_at_id", "quotes")
    op.drop_table("quotes")
