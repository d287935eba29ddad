"""Lives of quotes and the chain of events; quotes there already are become numbered drafts."""

import hashlib
import json
import uuid
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_SEQUENCE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TIME = sa.DateTime(timezone=True)
_REFUSED = "events are never changed or deleted"
# All of a quote that never changes, as the store hashes it.
_UNCHANGING = (
    *("id", "created_at", "name", "client", "currency", "input_bill", "output_bill"),
    *("content_hash", "variant_of", "engagement_hash", "reproducible", "engagement", "quote"),
)
# What the store calls the actor where nobody in particular caused an event.
_MIGRATION = {"actor_id": "system", "actor_name": "crewquote", "actor_role": "system"}


def upgrade() -> None:
    """Create the tables, guard the events, and begin the life of every quote there is."""
    op.create_table(
        "quote_numbers",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name="pk_quote_numbers"),
    )
    _create_lifecycles()
    _create_events()
    op.create_table(
        "event_chain",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sequence", _SEQUENCE, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_event_chain"),
    )
    _begin_lives(op.get_bind())
    if op.get_bind().dialect.name == "postgresql":
        _guard_on_postgresql()
    else:
        _guard_on_sqlite()


def downgrade() -> None:
    """Forget lives and events."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER events_are_kept ON events")
        op.execute("DROP TRIGGER events_are_not_emptied ON events")
        op.execute("DROP FUNCTION refuse_change_of_events()")
    for table in ("event_chain", "events", "lifecycles", "quote_numbers"):
        op.drop_table(table)  # and with it its triggers and indexes


def _create_lifecycles() -> None:
    op.create_table(
        "lifecycles",
        sa.Column("quote_id", sa.String(36), nullable=False),
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.String(80), nullable=False),
        sa.Column("requested_by", sa.String(80), nullable=True),
        sa.Column("approved_by", sa.String(80), nullable=True),
        sa.Column("approved_hash", sa.String(64), nullable=True),
        sa.Column("reasons", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("sent_at", _TIME, nullable=True),
        sa.Column("expires_at", _TIME, nullable=True),
        sa.Column("choice", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["quote_id"], ["quotes.id"], name="fk_lifecycles_quote_id_quotes"),
        sa.PrimaryKeyConstraint("quote_id", name="pk_lifecycles"),
        sa.UniqueConstraint("number", "revision", name="uq_lifecycles_number_revision"),
    )
    op.create_index("ix_lifecycles_state_expires_at", "lifecycles", ["state", "expires_at"])


def _create_events() -> None:
    op.create_table(
        "events",
        sa.Column("sequence", _SEQUENCE, autoincrement=False, nullable=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("at", sa.String(30), nullable=False),
        sa.Column("type", sa.String(60), nullable=False),
        sa.Column("subject_type", sa.String(30), nullable=False),
        sa.Column("subject_id", sa.String(80), nullable=False),
        sa.Column("actor_id", sa.String(80), nullable=False),
        sa.Column("actor_name", sa.String(120), nullable=False),
        sa.Column("actor_role", sa.String(20), nullable=False),
        sa.Column("request_id", sa.String(120), nullable=True),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("previous_hash", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name="pk_events"),
        sa.UniqueConstraint("id", name="uq_events_id"),
    )
    op.create_index("ix_events_subject_id_sequence", "events", ["subject_id", "sequence"])


def _guard_on_sqlite() -> None:
    for action in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER events_refuse_{action.lower()} BEFORE {action} ON events "
            f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
        )


def _guard_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION refuse_change_of_events() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_REFUSED}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER events_are_kept BEFORE UPDATE OR DELETE ON events "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change_of_events()"
    )
    op.execute(
        "CREATE TRIGGER events_are_not_emptied BEFORE TRUNCATE ON events "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_events()"
    )


def _begin_lives(connection: sa.Connection) -> None:
    """Number the quotes by the time they were made, and start the chain with one event each."""
    metadata = sa.MetaData()
    tables = {
        name: sa.Table(name, metadata, autoload_with=connection)
        for name in ("quotes", "lifecycles", "events", "event_chain", "quote_numbers")
    }
    quotes = tables["quotes"]
    ids = sa.select(quotes.c.id).order_by(quotes.c.created_at, quotes.c.id)
    last: dict[int, int] = {}
    sequence, previous = 0, "0" * 64
    for quote_id in connection.scalars(ids).all():
        quote = (
            connection.execute(sa.select(quotes).where(quotes.c.id == quote_id)).mappings().one()
        )
        made = _utc(quote["created_at"])
        last[made.year] = last.get(made.year, 0) + 1
        life = {
            "number": f"Q-{made.year}-{last[made.year]:05d}",
            "revision": 1,
            "state": "draft",
            "version": 1,
            "created_by": "system",
        }
        unset = ("requested_by", "approved_by", "approved_hash", "reasons", "note")
        record = {**life, **dict.fromkeys((*unset, "sent_at", "expires_at", "choice"))}
        after = {
            **record,
            "revision_of": None,
            "content_hash": quote["content_hash"],
            "stored_hash": _hash(
                {**{name: quote[name] for name in _UNCHANGING}, "created_at": _exact(made)}
            ),
        }
        sequence += 1
        event = {
            "sequence": sequence,
            "id": str(uuid.uuid4()),
            "at": _exact(datetime.now(UTC)),
            "type": "quote.created",
            "subject_type": "quote",
            "subject_id": quote_id,
            **_MIGRATION,
            "request_id": None,
            "before": None,
            "after": after,
            "previous_hash": previous,
        }
        previous = _hash(event)
        connection.execute(tables["lifecycles"].insert().values(quote_id=quote_id, **record))
        stored = {**event, "after": _canonical(after), "hash": previous}
        connection.execute(tables["events"].insert().values(**stored))
    if sequence:
        chain = {"id": 1, "sequence": sequence, "hash": previous}
        connection.execute(tables["event_chain"].insert().values(**chain))
    for year, number in last.items():
        connection.execute(tables["quote_numbers"].insert().values(year=year, last=number))


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _exact(moment: datetime) -> str:
    return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")


def _canonical(data: object) -> str:
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _hash(data: object) -> str:
    return hashlib.sha256(_canonical(data).encode()).hexdigest()
