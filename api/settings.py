"""Settings of the server, read from the environment once, where the server starts."""

from __future__ import annotations

from ipaddress import ip_address
from pathlib import Path

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

LOCAL_NAMES = frozenset({"localhost"})


def is_loopback(host: str) -> bool:
    """Whether a host name or address can only be reached from this machine."""
    if host in LOCAL_NAMES:
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


class Settings(BaseSettings):
    """Where the server listens and stores; ``CREWQUOTE_<NAME>`` in the environment sets a field."""

    model_config = SettingsConfigDict(env_prefix="CREWQUOTE_", frozen=True, extra="ignore")

    database: Path = Field(Path("crewquote.sqlite"), description="SQLite file with the quotes.")
    host: str = Field("127.0.0.1", description="Loopback only, until there is authentication.")
    port: int = Field(8000, ge=1, le=65_535)
    max_body_bytes: int = Field(5_000_000, ge=1_000, description="Largest request body.")
    max_parallel_quotes: int = Field(2, ge=1, le=64, description="Quotes and studies at a time.")

    approval_policy: Path | None = Field(
        None, description="YAML file with the limits beyond which a quote needs approval."
    )
    expiry_interval_s: float = Field(
        60, ge=0, le=86_400, description="How often sent quotes past their day expire; 0: never."
    )

    @field_validator("host")
    @classmethod
    def _loopback(cls, host: str) -> str:
        if not is_loopback(host):
            raise ValueError(
                f"{host} can be reached from other machines; there is no authentication yet, "
                "so only loopback (127.0.0.1, ::1, localhost) is allowed"
            )
        return host
