"""Brings the files of a voice here: all of them, whole and checked, or no voice at all.

While a file comes it is called `….part`, which no one takes for a voice; it stays after a break, so that the next try
goes on from there. A file whose SHA-256 is known is held against that, whatever a server says; any other against the
hash of the index, which comes from the same server.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from voicecoach.errors import DownloadError
from voicecoach.reading_files import open_ordinary
from voicecoach.speech.download.http import append_to
from voicecoach.speech.download.remote import RemoteFile, RemoteVoice

LIMIT_S = 30.0
"""The longest silence of a server that is waited for."""
_SPARE_BYTES = 20_000_000
"""What a download leaves free of a disk."""


def fetch(voice: RemoteVoice, base_url: str, limit_s: float, progress: Callable[[int], None]) -> None:
    """Downloads the files that are not there, checks all, and puts them in place.

    `progress` gets the bytes that are done, of `voice.size_bytes`. Raises `DownloadError`.
    """
    folder = voice.folder
    with disk_errors(folder):
        for file in voice.files:
            (folder / file.name).parent.mkdir(parents=True, exist_ok=True)
        wanted = [file for file in voice.files if file.name == voice.last or not _is_here(file, folder)]
        done = voice.size_bytes - sum(file.size_bytes for file in wanted)
        to_come = sum(max(file.size_bytes - _size(_part(file, folder)), 0) for file in wanted)
        if shutil.disk_usage(folder).free < to_come + _SPARE_BYTES:
            raise OSError(errno.ENOSPC, "")
        for file in sorted(wanted, key=lambda file: file.size_bytes):  # what is wrong is known soon
            _fetch(file, folder, base_url, limit_s, lambda part, before=done: progress(before + part))  # type: ignore[misc]
            done += file.size_bytes
        (folder / voice.last).unlink(missing_ok=True)
        for file in sorted(wanted, key=lambda file: file.name == voice.last):
            _part(file, folder).replace(folder / file.name)


def discard(folder: Path, names: list[str]) -> None:
    """Deletes the files of a voice, and the parts of them; `names` in an order in which what is left is no voice.
    Raises `DownloadError`."""
    with disk_errors(folder):
        for name in names:
            path = folder / name
            path.unlink(missing_ok=True)
            for part in path.parent.glob(f"{path.name}.*.part"):
                part.unlink(missing_ok=True)


@contextlib.contextmanager
def disk_errors(folder: Path) -> Iterator[None]:
    """Turns what the disk raises into one line that a person can use."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", None)):
            reason, hint = "the disk is full", "Free some space and run the command again: it goes on from there."
        else:
            reason, hint = error.strerror or str(error), "VOICECOACH_DATA_DIR names another folder."
        raise DownloadError(f"nothing can be kept in {folder}: {reason}", hint=hint) from error


# --- inside ---


def _fetch(file: RemoteFile, folder: Path, base_url: str, limit_s: float, progress: Callable[[int], None]) -> None:
    """The file as a checked `.part`."""
    with _open_part(_part(file, folder)) as part:
        _lock(part)
        progress(min(part.seek(0, 2), file.size_bytes))
        url = f"{base_url.rstrip('/')}/{file.path}"
        try:
            append_to(part, url, file.size_bytes, limit_s=limit_s, progress=progress)
        except DownloadError as error:
            raise DownloadError(f"{file.name} cannot be had: {error.message}", hint=error.hint) from error
        part.seek(0)
        if _hash(part, file) != (file.sha256 or file.md5):
            part.truncate(0)
            whose = "the one that is known of it" if file.sha256 else "that of the index"
            raise DownloadError(f"{file.name} came damaged: its hash is not {whose}", hint="Try again.")
        os.fsync(part.fileno())


def _is_here(file: RemoteFile, folder: Path) -> bool:
    """Whether it lies in its place, whole: of a download that was broken off while its files were put there."""
    with contextlib.suppress(OSError), open_ordinary(folder / file.name) as there:
        return (
            bool(file.sha256) and _size(folder / file.name) == file.size_bytes and _hash(there, file) == file.sha256
        )
    return False


def _size(path: Path) -> int:
    try:
        return path.lstat().st_size
    except OSError:
        return 0


def _part(file: RemoteFile, folder: Path) -> Path:
    """Named after its hash, so that a part is never continued with another file."""
    return folder / f"{file.name}.{(file.sha256 or file.md5)[:8]}.part"


def _lock(part: IO[bytes]) -> None:
    """Two downloads of one file at once would spoil it. Windows goes without: there the hash tells."""
    try:
        import fcntl
    except ImportError:
        return
    try:
        fcntl.flock(part, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise DownloadError("this voice is being downloaded already, by another voicecoach") from error


def _open_part(path: Path) -> IO[bytes]:
    """To read and to append. What is not a plain file with this one name, a link above all, is not followed: it goes,
    and whatever it leads to stays as it is."""
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND
    flags |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with contextlib.suppress(FileNotFoundError):
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode) or found.st_nlink > 1:
            path.unlink()
    return os.fdopen(os.open(path, flags, 0o666), "ab+")


def _hash(file: IO[bytes], known: RemoteFile) -> str:
    digest = hashlib.sha256() if known.sha256 else hashlib.md5(usedforsecurity=False)
    while block := file.read(1 << 20):
        digest.update(block)
    return digest.hexdigest()
