"""Quotes in a SQL database: schema, migrations, and the one class that reads and writes."""
