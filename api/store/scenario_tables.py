"""Tables of scenarios: sets, their scenarios, and with whom a set is shared."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 (SQLAlchemy reads the annotation at run time)

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from api.store.tables import Base
from api.store.times import UtcDateTime


class ScenarioRow(Base):
    """One scenario: what it changes of the base, and what its result was priced from."""

    __tablename__ = "scenarios"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    set_id: Mapped[str] = mapped_column(ForeignKey("scenario_sets.id", ondelete="CASCADE"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))
    description: Mapped[str] = mapped_column(Text)
    overrides: Mapped[str] = mapped_column(Text)
    version: Mapped[int]
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_by: Mapped[str] = mapped_column(String(120))
    # A quote that is erased leaves its scenario unpriced.
    quote_id: Mapped[str | None] = mapped_column(
        ForeignKey("quotes.id", ondelete="SET NULL"), default=None
    )
    base_hash: Mapped[str | None] = mapped_column(String(64), default=None)
    overrides_hash: Mapped[str | None] = mapped_column(String(64), default=None)
    calculation_version: Mapped[str | None] = mapped_column(String(40), default=None)

    __table_args__ = (UniqueConstraint("set_id", "name"), Index(None, "quote_id"))


class ScenarioShareRow(Base):
    """A member of staff who may read a set, or write it."""

    __tablename__ = "scenario_shares"

    set_id: Mapped[str] = mapped_column(
        ForeignKey("scenario_sets.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[str] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    access: Mapped[str] = mapped_column(String(5))

    __table_args__ = (Index(None, "user_id"),)


class ScenarioSetRow(Base):
    """A base and its scenarios; `version` counts the changes of the set's own fields."""

    __tablename__ = "scenario_sets"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    owner_id: Mapped[str] = mapped_column(String(80))
    owner_name: Mapped[str] = mapped_column(String(120))
    name: Mapped[str] = mapped_column(String(120))
    description: Mapped[str] = mapped_column(Text)
    base_quote_id: Mapped[str] = mapped_column(ForeignKey("quotes.id"))
    staff_access: Mapped[str] = mapped_column(String(5))
    version: Mapped[int]
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_by: Mapped[str] = mapped_column(String(120))
    scenarios: Mapped[list[ScenarioRow]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by=ScenarioRow.position
    )
    shares: Mapped[list[ScenarioShareRow]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by=ScenarioShareRow.user_id
    )

    __table_args__ = (Index(None, "created_at", "id"), Index(None, "base_quote_id"))
