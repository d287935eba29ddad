"""Passwords: which are taken, and how they are kept (argon2id) and compared."""

from __future__ import annotations

import secrets
import unicodedata
from functools import cache
from threading import BoundedSemaphore

from pwdlib import PasswordHash

from staffing.errors import BadInputError, FieldIssue

SHORTEST, LONGEST = 12, 200
_AT_A_TIME = 4  # each takes 64 MB and a processor core
_hasher = PasswordHash.recommended()
_slots = BoundedSemaphore(_AT_A_TIME)


def hashed(password: str) -> str:
    """Hash a password with a salt of its own."""
    with _slots:
        return _hasher.hash(_normal(password))


def check(password: str, stored: str | None) -> tuple[bool, str | None]:
    """Compare a password with its hash; of nobody's it takes as long and is wrong.

    Returns
    -------
    right : bool
        Whether it is the one.
    rehashed : str or None
        Its new hash, where the stored one was made with older settings.
    """
    nobody = _nobody()
    with _slots:
        right, rehashed = _hasher.verify_and_update(_normal(password), stored or nobody)
    return (right, rehashed) if stored is not None else (False, None)


def refuse_weak(password: str, *names: str, path: str = "password") -> None:
    """Refuse a password that is too short, too long, or one of the user's names.

    Raises
    ------
    BadInputError
        Says what is accepted, and never what was found.
    """
    accepted = None
    if not SHORTEST <= len(password) <= LONGEST:
        accepted = f"a password of {SHORTEST} to {LONGEST} characters"
    elif _normal(password).casefold() in {name.casefold() for name in names}:
        accepted = "a password that is not the user's own name or address"
    elif len(set(password)) < SHORTEST // 3:
        accepted = "a password of more different characters"
    if accepted:
        raise BadInputError(FieldIssue(path, "", accepted))


@cache
def _nobody() -> str:
    """Hash to compare with where there is no user, so that the answer takes as long."""
    return _hasher.hash(secrets.token_urlsafe(24))


def _normal(password: str) -> str:
    """One form for characters that can be typed in several (NIST SP 800-63B, 5.1.1.2)."""
    return unicodedata.normalize("NFKC", password)
