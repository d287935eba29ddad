"""Scenarios: sets of them, what each changes, and with whom a set is shared."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Create the tables of scenarios."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "scenario_sets",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("owner_id", sa.String(80), nullable=False),
        sa.Column("owner_name", sa.String(120), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("base_quote_id", sa.String(36), nullable=False),
        sa.Column("staff_access", sa.String(5), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", moment, nullable=False),
        sa.Column("changed_by", sa.String(120), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_scenario_sets"),
        sa.ForeignKeyConstraint(
            ["base_quote_id"], ["quotes.id"], name="fk_scenario_sets_base_quote_id_quotes"
        ),
    )
    op.create_index("ix_scenario_sets_created_at_id", "scenario_sets", ["created_at", "id"])
    op.create_index("ix_scenario_sets_base_quote_id", "scenario_sets", ["base_quote_id"])
    op.create_table(
        "scenarios",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("set_id", sa.String(36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("overrides", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", moment, nullable=False),
        sa.Column("changed_by", sa.String(120), nullable=False),
        sa.Column("quote_id", sa.String(36), nullable=True),
        sa.Column("base_hash", sa.String(64), nullable=True),
        sa.Column("overrides_hash", sa.String(64), nullable=True),
        sa.Column("calculation_version", sa.String(40), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_scenarios"),
        sa.UniqueConstraint("set_id", "name", name="uq_scenarios_set_id_name"),
        sa.ForeignKeyConstraint(
            ["set_id"],
            ["scenario_sets.id"],
            name="fk_scenarios_set_id_scenario_sets",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["quote_id"], ["quotes.id"], name="fk_scenarios_quote_id_quotes", ondelete="SET NULL"
        ),
    )
    op.create_index("ix_scenarios_quote_id", "scenarios", ["quote_id"])
    op.create_table(
        "scenario_shares",
        sa.Column("set_id", sa.String(36), nullable=False),
        sa.Column("user_id", sa.String(36), nullable=False),
        sa.Column("access", sa.String(5), nullable=False),
        sa.PrimaryKeyConstraint("set_id", "user_id", name="pk_scenario_shares"),
        sa.ForeignKeyConstraint(
            ["set_id"],
            ["scenario_sets.id"],
            name="fk_scenario_shares_set_id_scenario_sets",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_scenario_shares_user_id_users", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_scenario_shares_user_id", "scenario_shares", ["user_id"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("scenario_shares")
    op.drop_table("scenarios")
    op.drop_table("scenario_sets")
