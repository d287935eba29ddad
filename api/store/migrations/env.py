"""How Alembic reaches the database: over the connection `api.store.migrate` hands it."""

from alembic import context

import api.store.identity_tables  # noqa: F401 (its tables are part of the schema)
from api.store.tables import Base

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
