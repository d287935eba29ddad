"""Settings of who may call: part of the server's settings, see `api.settings`."""

from __future__ import annotations

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings


class AccessSettings(BaseSettings):
    """Sign-in, host names and rates."""

    require_sign_in: bool = Field(
        False, description="Refuse requests without a credential; a must beyond loopback."
    )
    allowed_hosts: tuple[str, ...] = Field(
        (), description="Host names the server answers to beside loopback, as a JSON list."
    )
    session_hours: float = Field(12, gt=0, le=24 * 90, description="How long a sign-in lasts.")
    secure_cookie: bool = Field(
        False,
        description="Whether the dashboard's cookie is for TLS only though a proxy ends it unsaid.",
    )
    requests_per_minute: int = Field(
        600, ge=0, le=10**6, description="Of one signed-in caller; 0: no limit."
    )
    address_requests_per_minute: int = Field(
        1_200,
        ge=0,
        le=10**6,
        description="From one address without a sign-in where it is required; 0: any.",
    )
    failed_sign_ins: int = Field(
        5, ge=1, le=1_000, description="For one user from one address in 15 minutes."
    )

    @model_validator(mode="after")
    def _hosts_are_names(self) -> AccessSettings:
        for host in self.allowed_hosts:
            if not host or any(sign in host for sign in "*/: "):
                raise ValueError(
                    f"allowed_hosts holds {host!r}; name each host by itself, without scheme, "
                    "port or wildcard"
                )
        return self
