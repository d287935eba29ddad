"""Tables of webhooks: who is told, what is told, and how each delivery went."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 (SQLAlchemy reads the annotation at run time)

from sqlalchemy import Boolean, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from api.store.tables import Base
from api.store.times import UtcDateTime


class WebhookRow(Base):
    """An endpoint. Its secret is kept readable: messages are signed with it."""

    __tablename__ = "webhooks"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[str] = mapped_column(String(120))
    url: Mapped[str] = mapped_column(Text)
    types: Mapped[str] = mapped_column(Text)
    secret: Mapped[str] = mapped_column(String(64))
    old_secret: Mapped[str | None] = mapped_column(String(64), default=None)
    old_secret_until: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    active: Mapped[bool] = mapped_column(Boolean(create_constraint=True, name="active"))


class WebhookDeliveryRow(Base):
    """One message to one endpoint: written with the event, kept until long after it arrived."""

    __tablename__ = "webhook_deliveries"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    webhook_id: Mapped[str] = mapped_column(ForeignKey("webhooks.id", ondelete="CASCADE"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    type: Mapped[str] = mapped_column(String(60))
    body: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10))
    attempts: Mapped[int] = mapped_column()
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    status: Mapped[int | None] = mapped_column(default=None)
    problem: Mapped[str | None] = mapped_column(Text, default=None)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)

    __table_args__ = (Index(None, "state", "due_at"), Index(None, "webhook_id", "created_at"))
