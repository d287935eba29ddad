"""Settings of the server, read from the environment once, where the server starts."""

from __future__ import annotations

from ipaddress import ip_address
from pathlib import Path
from tempfile import gettempdir
from typing import Any, Literal, Self

from pydantic import Field, SecretStr, ValidationInfo, field_validator, model_validator
from pydantic_settings import SettingsConfigDict

from api.identity.settings import AccessSettings
from api.store.address import UnusableDatabaseError, database_url, is_postgresql, shown

PREFIX = "CREWQUOTE_"
LOCAL_NAMES = frozenset({"localhost"})
_MASK = "***"
_TEMPORARY = ("/tmp", "/var/tmp", "/dev/shm", "/run")  # noqa: S108 (named to be refused)


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

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore")

    environment: Literal["development", "production"] = Field(
        "development", description="In production unsafe settings are refused."
    )
    database: str = Field(
        "crewquote.sqlite",
        description="Where quotes are kept: a SQLite file or postgresql://USER:PASSWORD@HOST/NAME.",
    )
    database_pool_size: int = Field(
        10, ge=1, le=200, description="Connections to the database kept open; ten more for a while."
    )
    host: str = Field(
        "127.0.0.1", description="Address to listen on; beyond loopback only with sign-in."
    )
    port: int = Field(8000, ge=1, le=65_535, description="Port of the API.")
    max_body_bytes: int = Field(5_000_000, ge=1_000, description="Largest request body.")
    log: Literal["json", "off"] = Field(
        "json", description="Lines of JSON on standard error, one for each request; or none."
    )
    wait_s: float = Field(
        0.2, ge=0, le=600, description="Seconds a request waits before its work becomes a job."
    )
    max_queued_jobs: int = Field(200, ge=1, le=100_000, description="Jobs that may wait.")
    job_lease_s: float = Field(
        15,
        ge=0.2,
        le=600,
        description="Seconds after which a job of a killed server is begun anew.",
    )
    shutdown_s: float = Field(
        20, ge=0, le=600, description="Seconds to finish what runs when the server is stopped."
    )
    max_parallel_quotes: int = Field(2, ge=1, le=64, description="Quotes and studies at a time.")
    approval_policy: Path | None = Field(
        None, description="YAML file with the limits beyond which a quote needs approval."
    )
    expiry_interval_s: float = Field(
        60, ge=0, le=86_400, description="How often sent quotes past their day expire; 0: never."
    )

    webhook_interval_s: float = Field(
        2, ge=0, le=3_600, description="How often waiting messages are sent; 0: never."
    )
    webhook_private_addresses: bool = Field(
        False, description="Whether webhooks may go to machines of this network, and over http."
    )
    keep_accepted_years: int = Field(
        10, ge=0, le=100, description="Accepted quotes are contracts: how long none is erased."
    )
    keep_ended_years: int | None = Field(
        None, ge=0, le=100, description="Quotes that came to nothing; unset: for ever."
    )

    @field_validator("database", mode="before")
    @classmethod
    def _text(cls, database: object) -> object:
        return str(database) if isinstance(database, Path) else database

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

    @model_validator(mode="after")
    def _safe(self) -> Self:
        """Refuse in production what is only fit to try things out."""
        reasons = [] if self.environment == "development" else list(filter(None, unsafe(self)))
        if reasons:
            raise ValueError("; ".join(reasons))
        return self


def unsafe(settings: Settings) -> list[str | None]:
    """Check everything that may not be so in production; None for what is right."""
    return [
        _open_to_everybody(settings),
        _lost_with_its_folder(settings.database),
        _read_on_the_way(settings.database),
    ]


def _open_to_everybody(settings: Settings) -> str | None:
    """Without sign-in whoever reaches the server is its admin."""
    return None if settings.require_sign_in else "require_sign_in: should be true in production"


def _lost_with_its_folder(database: str) -> str | None:
    """Quotes in a temporary folder are swept away."""
    url = _url(database)
    if url is None or is_postgresql(url):
        return None
    file = Path(str(url.database)).resolve()
    if any(file.is_relative_to(Path(folder).resolve()) for folder in (gettempdir(), *_TEMPORARY)):
        return f"database: {file} is in a temporary folder, which is emptied; name another place"
    return None


def _read_on_the_way(database: str) -> str | None:
    """Whether quotes cross a network unencrypted is to be said, not left to the other side."""
    url = _url(database)
    if url is None or not is_postgresql(url):
        return None
    hosts = [url.host or "", *url.normalized_query.get("host", ())]
    away = [host for host in hosts if host and not host.startswith("/") and not is_loopback(host)]
    if away and "sslmode" not in url.query:
        return (
            f"database: {shown(url)} is on another machine and does not say whether the way there "
            "is encrypted; add ?sslmode=verify-full (or another mode that you can answer for)"
        )
    return None


def _url(database: str) -> Any:  # noqa: ANN401 (a URL, or None; the store alone knows its type)
    try:
        return database_url(database)
    except UnusableDatabaseError:  # said in better words where it is opened
        return None


def public_values(settings: Settings) -> dict[str, Any]:
    """Every setting as it may be shown: secrets masked, the database without its password."""
    values = {}
    for name in type(settings).model_fields:
        value = getattr(settings, name)
        values[name] = (
            (_MASK if value.get_secret_value() else "") if isinstance(value, SecretStr) else value
        )
    url = _url(settings.database)
    values["database"] = _MASK if url is None else shown(url)
    return values
