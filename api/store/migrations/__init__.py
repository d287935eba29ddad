"""Migrations, one per change of the schema; run by `api.store.migrate`."""
