"""Settings of the server, read from the environment once, where the server starts."""

from __future__ import annotations

from ipaddress import ip_address
from pathlib import Path

from pydantic import Field, ValidationInfo, field_validator
from pydantic_settings import SettingsConfigDict

from api.identity.settings import AccessSettings

LOCAL_NAMES = frozenset({"localhost"})


def is_loopback(host: str) -> bool:
    """Whether a host name or address can only be reached from this machine."""
    if host in LOCAL_NAMES:
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


class Settings(AccessSettings):
    """Where the server listens and stores; ``CREWQUOTE_<NAME>`` in the environment sets a field."""

    model_config = SettingsConfigDict(env_prefix="CREWQUOTE_", frozen=True, extra="ignore")

    database: Path = Field(Path("crewquote.sqlite"), description="SQLite file with the quotes.")
    host: str = Field(
        "127.0.0.1", description="Address to listen on; beyond loopback only with sign-in."
    )
    port: int = Field(8000, ge=1, le=65_535)
    max_body_bytes: int = Field(5_000_000, ge=1_000, description="Largest request body.")
    max_parallel_quotes: int = Field(2, ge=1, le=64, description="Quotes and studies at a time.")

    @field_validator("host")
    @classmethod
    def _safe_beyond_loopback(cls, host: str, others: ValidationInfo) -> str:
        if is_loopback(host) or others.data.get("require_sign_in"):
            return host
        raise ValueError(
            f"{host} can be reached from other machines; without sign-in only loopback "
            "(127.0.0.1, ::1, localhost) is allowed. Add an admin with `crewquote users add`, "
            "then set CREWQUOTE_REQUIRE_SIGN_IN=true"
        )
