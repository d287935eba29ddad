"""Tables of work under way: answers kept for a retry, and jobs."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 (SQLAlchemy reads the annotation at run time)

from sqlalchemy import Float, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from api.store.tables import Base
from api.store.times import UtcDateTime


class IdempotencyRow(Base):
    """A caller's key and the request it was used for; with its answer once there is one."""

    __tablename__ = "idempotency_keys"

    caller_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    key: Mapped[str] = mapped_column(String(255), primary_key=True)
    request_hash: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    status: Mapped[int | None] = mapped_column(default=None)
    headers: Mapped[str | None] = mapped_column(Text, default=None)
    body: Mapped[bytes | None] = mapped_column(LargeBinary, default=None)

    __table_args__ = (Index(None, "created_at"),)


class JobRow(Base):
    """A piece of work: what was asked, who has it in hand, how far it is, what came of it."""

    __tablename__ = "jobs"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    caller_id: Mapped[str] = mapped_column(String(64))
    key: Mapped[str | None] = mapped_column(String(255), default=None)
    request: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(12))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    owner: Mapped[str | None] = mapped_column(String(36), default=None)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    attempts: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
    stage: Mapped[int] = mapped_column(default=0)
    share: Mapped[float | None] = mapped_column(Float, default=None)
    words: Mapped[str] = mapped_column(String(200), default="")
    status: Mapped[int | None] = mapped_column(default=None)
    headers: Mapped[str | None] = mapped_column(Text, default=None)
    body: Mapped[bytes | None] = mapped_column(LargeBinary, default=None)

    __table_args__ = (Index(None, "state", "created_at"), Index(None, "created_at"))
