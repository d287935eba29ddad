"""The file a quote is written to: whole or not at all, and nothing else is put in its place."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from staffing.errors import BadInputError


def check_target(file: Path, engagement: Path) -> None:
    """Find out before pricing, not after, that the quote could not be written.

    Raises
    ------
    BadInputError
        A folder, the engagement itself, or a place that cannot be written to.
    """
    if file.exists() and engagement.exists() and file.samefile(engagement):
        raise BadInputError.at("--out", str(file), "another file than the engagement itself")
    if file.is_dir():
        raise BadInputError.at("--out", str(file), "a file, not a folder")
    place = file if _is_special(file) else file.resolve().parent
    if not place.exists() or not os.access(place, os.W_OK):
        raise BadInputError.at("--out", str(file), "a file in a folder that can be written to")


def write_whole(file: Path, text: str) -> None:
    """Write a file completely or not at all, also when the process is killed.

    A symbolic link is followed; a pipe, a terminal or another device is written to as it is.
    """
    try:
        if _is_stdout(file):
            sys.stdout.write(text)
            sys.stdout.flush()
        elif _is_special(file):
            with file.open("w", encoding="utf-8") as stream:
                stream.write(text)
        else:
            _replace(file.resolve(), text)
    except OSError as error:
        error.filename = error.filename or str(file)
        raise


def _is_special(file: Path) -> bool:
    """Whether a link leads to something that exists and is no regular file."""
    return file.exists() and not file.is_file()


def _is_stdout(file: Path) -> bool:
    """Whether this is where standard output goes, e.g. /dev/stdout sent to a file."""
    try:
        return os.path.samestat(file.stat(), os.fstat(1))
    except OSError:
        return False


def _replace(file: Path, text: str) -> None:
    handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(file)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
