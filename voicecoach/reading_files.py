"""Opens the files that a person can put somewhere, whatever those turn out to be: nothing here waits for ever, and
nothing is read without a limit.

Where a file was meant there may lie a FIFO, a device, a socket, a folder, a hundred megabytes, a link to itself, or
a name that no system takes. All that raises OSError, with the reason in plain words in `strerror`. May be used by
every stage, as `units` is.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

from voicecoach.errors import NotFoundError


class UnfitFileError(OSError):
    """It is there, and it is no file to read; `strerror` says what it is."""


class TooLargeError(UnfitFileError):
    """A file above its limit."""


def open_ordinary(path: str | Path, max_bytes: int | None = None) -> BinaryIO:
    """The ordinary file at `path`, open to be read. Raises OSError: `UnfitFileError` if it is none, or too large."""
    try:
        # O_NONBLOCK: opening a FIFO that nobody writes to must not wait for ever.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except ValueError as error:  # a NUL in the name
        raise UnfitFileError(errno.EINVAL, "no file can have this name", str(path)) from error
    except OSError as error:
        raise _told(error, path) from error
    try:
        _check(os.fstat(descriptor), path, max_bytes)
    except BaseException:
        os.close(descriptor)
        raise
    return os.fdopen(descriptor, "rb")


def read_limited(path: str | Path, max_bytes: int) -> bytes:
    """All of the ordinary file at `path`. Raises OSError, also where there is more than `max_bytes`."""
    with open_ordinary(path, max_bytes) as file:
        data = file.read(max_bytes + 1) or b""  # None, where a file of the system has nothing just now
    if len(data) > max_bytes:  # it grew, or its size was not known
        raise _too_large(path, len(data), max_bytes)
    return data


def check_ordinary(path: str | Path, max_bytes: int | None = None) -> None:
    """Raises what `open_ordinary` raises: for libraries that want a name to open."""
    open_ordinary(path, max_bytes).close()


def is_ordinary(path: str | Path) -> bool:
    """Whether there is an ordinary file; False also where one may not look. Never raises."""
    return os.path.isfile(path)


def expanded(path: str | Path) -> Path:
    """`~` and `~name` as home folders. Raises `NotFoundError` for somebody who has none here."""
    written = os.fspath(path)
    found = os.path.expanduser(written)
    if written.startswith("~") and found == written:
        name = written.split("/")[0]
        raise NotFoundError(f"{written}: {name} is nobody's home here", hint="Write the path without “~”.")
    return Path(found)


def _check(status: os.stat_result, path: str | Path, max_bytes: int | None) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise UnfitFileError(errno.EISDIR, "this is a folder", str(path))
    if not stat.S_ISREG(status.st_mode):
        raise UnfitFileError(errno.EINVAL, "this is not an ordinary file", str(path))
    if max_bytes is not None and status.st_size > max_bytes:
        raise _too_large(path, status.st_size, max_bytes)


def _too_large(path: str | Path, size: int, max_bytes: int) -> TooLargeError:
    reason = f"it is {max(size / 1e6, max_bytes / 1e6 + 0.1):.3g} MB, and at most {max_bytes / 1e6:g} MB are read"
    return TooLargeError(errno.EFBIG, reason, str(path))


_REASONS = {
    errno.ENOENT: "there is no such file",
    errno.EACCES: "no permission to read it",
    errno.EPERM: "no permission to read it",
    errno.EISDIR: "this is a folder",
    errno.ENOTDIR: "what stands before the last “/” is not a folder",
    errno.ELOOP: "it is a link that leads in a circle",
    errno.ENAMETOOLONG: "the name is too long",
    errno.ENXIO: "this is not an ordinary file",  # a socket
    errno.ENODEV: "this is not an ordinary file",
}


def _told(error: OSError, path: str | Path) -> OSError:
    """The same error in plain words, of the same class."""
    if isinstance(error, PermissionError) and os.path.isdir(path):  # what Windows says of a folder
        return UnfitFileError(errno.EISDIR, "this is a folder", str(path))
    reason = _REASONS.get(error.errno or 0, error.strerror or str(error))
    return OSError(error.errno, reason, str(path))  # OSError chooses the class by the number
