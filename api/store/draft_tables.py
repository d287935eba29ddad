"""The table of unfinished engagements."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 (SQLAlchemy reads the annotation at run time)

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from api.store.tables import Base
from api.store.times import UtcDateTime


class DraftRow(Base):
    """An engagement that somebody is writing; `client` is whom it is for, to be found by."""

    __tablename__ = "drafts"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    owner_id: Mapped[str] = mapped_column(String(80))
    client: Mapped[str | None] = mapped_column(String(120))
    document: Mapped[str] = mapped_column(Text)
    version: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        Index(None, "owner_id", "changed_at"),
        Index(None, "client"),
        Index(None, "changed_at"),
    )
