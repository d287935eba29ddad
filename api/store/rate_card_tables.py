"""Table of rate cards; a version is never changed."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 (SQLAlchemy reads the annotation at run time)

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from api.store.tables import Base
from api.store.times import UtcDateTime


class RateCardRow(Base):
    """One version of a rate card as canonical JSON, with the SHA-256 of that text."""

    __tablename__ = "rate_cards"

    name: Mapped[str] = mapped_column(String(120), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[str] = mapped_column(String(120))
    note: Mapped[str] = mapped_column(Text)
    content_hash: Mapped[str] = mapped_column(String(64))
    document: Mapped[str] = mapped_column(Text)
