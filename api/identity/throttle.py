"""How often a caller may ask, and how often a sign-in may fail; counted in this process."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter, SlidingWindowCounterRateLimiter

from api.errors import TOO_MANY, RefusedError

if TYPE_CHECKING:
    from limits import RateLimitItem

    from api.identity.settings import AccessSettings

_MINUTES = 15
# Of one user from anywhere, and from one address for anybody, as multiples of `failed_sign_ins`.
_FROM_ANYWHERE, _FOR_ANYBODY = 4, 20


class Throttle:
    """Counts requests and sign-ins, and refuses with 429 and ``Retry-After``."""

    def __init__(self, settings: AccessSettings) -> None:
        storage = MemoryStorage()
        self._requests = SlidingWindowCounterRateLimiter(storage)
        self._sign_ins = MovingWindowRateLimiter(storage)
        self._per_caller = _per_minute(settings.requests_per_minute)
        self._per_address = _per_minute(settings.address_requests_per_minute)
        failures = settings.failed_sign_ins
        self._pair = RateLimitItemPerMinute(failures, _MINUTES, "pair")
        self._user = RateLimitItemPerMinute(failures * _FROM_ANYWHERE, _MINUTES, "user")
        self._address = RateLimitItemPerMinute(failures * _FOR_ANYBODY, _MINUTES, "address")

    def count_caller(self, credential: str) -> None:
        """Count a request of a signed-in caller."""
        self._count_request(self._per_caller, "caller", credential)

    def count_address(self, address: str) -> None:
        """Count a request from an address."""
        self._count_request(self._per_address, "address", address)

    def begin_sign_in(self, email: str, address: str) -> None:
        """Count an attempt before it is looked at: many at once are no way around.

        Raises
        ------
        RefusedError
            Too many have failed; whether there is such a user plays no part.
        """
        for limit, key in (
            (self._address, address),
            (self._user, email),
            (self._pair, f"{address} {email}"),
        ):
            if not self._sign_ins.hit(limit, key):
                reset = self._sign_ins.get_window_stats(limit, key).reset_time
                raise _refused("too many failed sign-ins", reset)

    def end_sign_in(self, email: str, address: str) -> None:
        """Forget the failures of a user that has signed in."""
        self._sign_ins.clear(self._user, email)
        self._sign_ins.clear(self._pair, f"{address} {email}")

    def _count_request(self, limit: RateLimitItem | None, *key: str) -> None:
        if limit is not None and not self._requests.hit(limit, *key):
            reset = self._requests.get_window_stats(limit, *key).reset_time
            raise _refused(f"more than {limit.amount:,} requests in a minute", reset)


def _per_minute(amount: int) -> RateLimitItem | None:
    return RateLimitItemPerMinute(amount) if amount else None


def _refused(what: str, reset: float) -> RefusedError:
    wait_s = max(1, math.ceil(reset - time.time()))
    return RefusedError(
        TOO_MANY, f"{what}; try again in {wait_s} seconds", {"Retry-After": str(wait_s)}
    )
