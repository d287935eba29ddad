"""Users, and the sessions and API keys they call with."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def _moment(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    """Create users and credentials."""
    op.create_table(
        "users",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("client", sa.String(120), nullable=True),
        sa.Column("password_hash", sa.Text(), nullable=False),
        _moment("created_at", nullable=False),
        _moment("disabled_at"),
        sa.CheckConstraint("(role = 'client') = (client IS NOT NULL)", name="ck_users_client"),
        sa.PrimaryKeyConstraint("id", name="pk_users"),
        sa.UniqueConstraint("email", name="uq_users_email"),
    )
    op.create_table(
        "credentials",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("user_id", sa.String(36), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("hint", sa.String(8), nullable=False),
        sa.Column("name", sa.String(120), nullable=True),
        sa.Column("permissions", sa.Text(), nullable=True),
        _moment("created_at", nullable=False),
        _moment("expires_at"),
        _moment("revoked_at"),
        _moment("used_at"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_credentials_user_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_credentials"),
        sa.UniqueConstraint("digest", name="uq_credentials_digest"),
    )
    op.create_index("ix_credentials_user_id", "credentials", ["user_id"])


def downgrade() -> None:
    """Drop users and credentials."""
    op.drop_index("ix_credentials_user_id", "credentials")
    op.drop_table("credentials")
    op.drop_table("users")
