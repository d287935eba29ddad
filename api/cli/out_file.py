"""The files results are written to: whole or not at all, and nothing else is put in their place."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from staffing.errors import BadInputError, FieldIssue


def check_target(file: Path, engagement: Path, option: str) -> None:
    """Find out before the work, not after, that its result could not be written.

    Parameters
    ----------
    file : Path
        What the user named.
    engagement : Path
        The file read, which is never overwritten.
    option : str
        Where the user named it, for messages.

    Raises
    ------
    BadInputError
        A folder, the engagement itself, or a place that cannot be written to.
    """
    if file.exists() and engagement.exists() and file.samefile(engagement):
        raise _refused(file, option, "another file than the engagement itself")
    if file.is_dir():
        raise _refused(file, option, "a file, not a folder")
    special = _is_special(file)
    place = file if special else file.resolve().parent
    if not (special or place.is_dir()) or not os.access(place, os.W_OK):
        raise _refused(file, option, "a file in a folder that can be written to")


def check_folder(folder: Path, option: str) -> None:
    """Accept a folder that can be written to, or one that can be made.

    Raises
    ------
    BadInputError
        Anything else.
    """
    place = folder if folder.exists() else folder.parent
    if not place.is_dir() or not os.access(place, os.W_OK):
        accepted = "a folder that can be written to, or made in one that exists"
        raise _refused(folder, option, accepted)


def write_whole(file: Path, content: str | bytes) -> None:
    """Write a file completely or not at all, also when the process is killed.

    A symbolic link is followed; a pipe, a terminal or another device is written to as it is.
    """
    data = content.encode() if isinstance(content, str) else content
    try:
        if _is_stdout(file):
            sys.stdout.flush()
            sys.stdout.buffer.write(data)
            sys.stdout.flush()
        elif _is_special(file):
            with file.open("wb") as stream:
                stream.write(data)
        else:
            _replace(file.resolve(), data)
    except OSError as error:
        error.filename = error.filename or str(file)
        raise


def _refused(file: Path, option: str, accepted: str) -> BadInputError:
    """Name the file whole: the end of a long path tells the most."""
    return BadInputError(FieldIssue(option, str(file), accepted))


def _is_special(file: Path) -> bool:
    """Whether a link leads to something that exists and is no regular file."""
    return file.exists() and not file.is_file()


def _is_stdout(file: Path) -> bool:
    """Whether this is where standard output goes, e.g. /dev/stdout sent to a file."""
    try:
        return os.path.samestat(file.stat(), os.fstat(1))
    except OSError:
        return False


def _replace(file: Path, data: bytes) -> None:
    handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(file)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
