"""Variants: a quote may be made from another by changing an assumption."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the quote a variant was made from."""
    with op.batch_alter_table("quotes") as table:
        table.add_column(sa.Column("variant_of", sa.String(36), nullable=True))
        table.create_foreign_key("fk_quotes_variant_of_quotes", "quotes", ["variant_of"], ["id"])


def downgrade() -> None:
    """Forget which quote a variant was made from."""
    with op.batch_alter_table("quotes") as table:
        table.drop_constraint("fk_quotes_variant_of_quotes", type_="foreignkey")
        table.drop_column("variant_of")
