"""Quotes in a SQL database: schema, migrations, and the one class that reads and writes."""

from api.store import proposal_tables, tables, work_tables

__all__ = [
    "proposal_tables",
    "tables",
    "work_tables",
]  # whoever imports the store knows every table
