"""Tables. Money is text, never a float; documents are the canonical JSON that was priced."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 (SQLAlchemy reads the annotation at run time)

from sqlalchemy import (
    BigInteger,
    Boolean,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from api.store.times import UtcDateTime

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Base of all tables; constraints are named so that migrations can drop them."""

    metadata = MetaData(naming_convention=NAMING)


class QuoteRow(Base):
    """One stored quote; rows are written once and never changed (see `LifecycleRow`)."""

    __tablename__ = "quotes"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    name: Mapped[str] = mapped_column(String(120))
    client: Mapped[str] = mapped_column(String(120))
    currency: Mapped[str] = mapped_column(String(3))
    input_bill: Mapped[str] = mapped_column(Text)
    output_bill: Mapped[str] = mapped_column(Text)
    engagement_hash: Mapped[str] = mapped_column(String(64))
    content_hash: Mapped[str] = mapped_column(String(64))
    reproducible: Mapped[bool] = mapped_column(Boolean(create_constraint=True, name="reproducible"))
    engagement: Mapped[str] = mapped_column(Text)
    quote: Mapped[str] = mapped_column(Text)
    variant_of: Mapped[str | None] = mapped_column(ForeignKey("quotes.id"), default=None)
    lifecycle: Mapped[LifecycleRow] = relationship(cascade="all")

    __table_args__ = (Index(None, "created_at", "id"),)


class QuoteNumberRow(Base):
    """The last quote number given out in a year."""

    __tablename__ = "quote_numbers"

    year: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(Integer)


class LifecycleRow(Base):
    """Where a quote stands: all that may change about it; `version` counts the changes."""

    __tablename__ = "lifecycles"

    quote_id: Mapped[str] = mapped_column(ForeignKey("quotes.id"), primary_key=True)
    number: Mapped[str] = mapped_column(String(20))
    revision: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(20))
    version: Mapped[int] = mapped_column(Integer)
    created_by: Mapped[str] = mapped_column(String(80))
    requested_by: Mapped[str | None] = mapped_column(String(80), default=None)
    approved_by: Mapped[str | None] = mapped_column(String(80), default=None)
    approved_hash: Mapped[str | None] = mapped_column(String(64), default=None)
    reasons: Mapped[str | None] = mapped_column(Text, default=None)
    note: Mapped[str | None] = mapped_column(Text, default=None)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    choice: Mapped[str | None] = mapped_column(Text, default=None)

    __table_args__ = (UniqueConstraint("number", "revision"), Index(None, "state", "expires_at"))
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 (SQLAlchemy's way to count)


class EventRow(Base):
    """One thing that happened; triggers refuse to change or delete it, `hash` covers all of it."""

    __tablename__ = "events"

    sequence: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    )
    id: Mapped[str] = mapped_column(String(36), unique=True)
    at: Mapped[str] = mapped_column(String(30))
    type: Mapped[str] = mapped_column(String(60))
    subject_type: Mapped[str] = mapped_column(String(30))
    subject_id: Mapped[str] = mapped_column(String(80))
    actor_id: Mapped[str] = mapped_column(String(80))
    actor_name: Mapped[str] = mapped_column(String(120))
    actor_role: Mapped[str] = mapped_column(String(20))
    request_id: Mapped[str | None] = mapped_column(String(120))
    before: Mapped[str | None] = mapped_column(Text)
    after: Mapped[str | None] = mapped_column(Text)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))

    __table_args__ = (Index(None, "subject_id", "sequence"),)


class ChainRow(Base):
    """Where the chain of events ends: one row, which a writer locks before it appends."""

    __tablename__ = "event_chain"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    sequence: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"))
    hash: Mapped[str] = mapped_column(String(64))
