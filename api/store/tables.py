"""Tables. Money is text, never a float; documents are the canonical JSON that was priced."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 (SQLAlchemy reads the annotation at run time)

from sqlalchemy import Boolean, ForeignKey, Index, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

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
    """One stored quote; rows are written once and never changed."""

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

    __table_args__ = (Index(None, "created_at", "id"),)
