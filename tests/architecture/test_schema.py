"""The migrations make the tables the program works with; both stores are asked elsewhere."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from api.store.migrate import upgrade
from api.store.opening import open_database
from api.store.tables import Base


def test_the_migrations_make_the_tables(tmp_path) -> None:
    engine = open_database(tmp_path / "new.sqlite")
    upgrade(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"render_as_batch": True})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()
