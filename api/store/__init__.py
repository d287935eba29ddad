"""Quotes in a SQL database: schema, migrations, and the one class that reads and writes."""

from api.store import (
    draft_tables,
    identity_tables,
    proposal_tables,
    rate_card_tables,
    scenario_tables,
    tables,
    webhook_tables,
    work_tables,
)

__all__ = [
    "draft_tables",
    "identity_tables",
    "proposal_tables",
    "rate_card_tables",
    "scenario_tables",
    "tables",
    "webhook_tables",
    "work_tables",
]  # whoever imports the store knows every table
