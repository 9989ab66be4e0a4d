"""The index of the Piper voices: `voices.json`, which names every voice with its files, sizes and hashes.

Whatever it says is checked here: it comes from elsewhere, and its names become paths.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from voicecoach.advice import Advice, Option
from voicecoach.errors import DownloadError, NotFoundError
from voicecoach.model import LANGUAGES
from voicecoach.speech.download.remote import RemoteFile, RemoteVoice
from voicecoach.speech.piper.voices import ENGINE, LICENCES, language_of, voices_folder

MAX_FILE_BYTES = 1_000_000_000
"""The largest of the voices has 115 MB."""
ENDINGS = (".onnx", ".onnx.json", ".MODEL_CARD")
"""What a voice's files are called here, behind its id. The last one, which tells the licence, may be missing."""
PINNED = {
    "da_DK-talesyntese-medium.onnx": (
        63_201_294,
        "2b86d516c48dc530fed4e0bb9e390c43eac982a6e3ac0b0ee10785b462bb25a2",
    ),
    "da_DK-talesyntese-medium.onnx.json": (
        4_878,
        "56207f31c52827aedc246761cb9925b97fdc16286d287d661ae170fd5631483c",
    ),
}
"""Bytes and SHA-256 of the files that this program recommends. What the server says of them does not count."""
_PATH = re.compile(r"[\w-]+(/[\w-]+)*/(?P<name>[\w.-]+)")
_MD5 = re.compile(r"[0-9a-f]{32}")


def plain_id(voice: str) -> str:
    """The id without the name of the engine, which `voicecoach voices` puts before it."""
    return voice.strip().removeprefix(f"{ENGINE}:")


def find_in(index: bytes, voice: str, base_url: str) -> RemoteVoice:
    """The voice of that id. Raises `NotFoundError` with the nearest one, `DownloadError` for a bad index."""
    voices = _parsed(index)
    voice_id = plain_id(voice)
    if voice_id not in voices:
        raise _unknown(voice_id, voices)
    language = language_of(voice_id)
    if language is None:
        raise NotFoundError(f"the voice {voice_id} speaks neither Danish nor English", hint=_some(voices))
    files = tuple(_files(voice_id, voices[voice_id]))
    if [file.name for file in files[:2]] != [f"{voice_id}{ending}" for ending in ENDINGS[:2]]:
        raise DownloadError(f"the index of voices does not name the files of {voice_id} as it should")
    return RemoteVoice(
        id=voice_id,
        use=f"{ENGINE}:{voice_id}",
        languages=(language,),
        files=files,
        folder=voices_folder(),
        last=voice_id + ENDINGS[1],
        base_url=base_url,
        licence=LICENCES.get(voice_id, ""),
    )


def _parsed(index: bytes) -> dict[str, Any]:
    try:
        voices = json.loads(index)
    except (ValueError, RecursionError):
        voices = None
    if not isinstance(voices, dict):
        raise DownloadError(
            "what the server gave is no index of voices", hint=Advice("Is ", Option("base_url"), " right?")
        )
    return voices


def _unknown(voice_id: str, voices: Mapping[str, Any]) -> NotFoundError:
    spoken = [known for known in voices if language_of(known)]
    near = difflib.get_close_matches(voice_id, spoken, n=1, cutoff=0.5)
    hint = f"Did you mean {near[0]}?" if near else _some(voices)
    return NotFoundError(f"there is no voice “{voice_id}” to add", hint=hint)


def _some(voices: Mapping[str, Any]) -> str:
    """One line with the voices of the languages that are spoken here; the rarer language first."""
    spoken = sorted((LANGUAGES.index(language), known) for known in voices if (language := language_of(known)))
    names = [known for _, known in spoken]
    return f"There are {', '.join(names[:6])}{' …' if len(names) > 6 else ''}" if names else ""


def _files(voice_id: str, entry: Any) -> Iterator[RemoteFile]:
    """The files that are wanted, in the order of `ENDINGS`; what is not as it should be is left out."""
    listed = entry.get("files") if isinstance(entry, dict) else None
    by_name: dict[str, tuple[str, Any]] = {}
    for path, about in (listed if isinstance(listed, dict) else {}).items():
        if (match := _PATH.fullmatch(path)) and isinstance(about, dict):
            by_name[match["name"]] = (path, about)
    for ending in ENDINGS:
        path, about = by_name.get("MODEL_CARD" if ending == ".MODEL_CARD" else voice_id + ending, ("", {}))
        size, md5 = about.get("size_bytes"), about.get("md5_digest")
        if isinstance(size, int) and 0 < size <= MAX_FILE_BYTES and isinstance(md5, str) and _MD5.fullmatch(md5):
            name = voice_id + ending
            size, sha256 = PINNED.get(name, (size, ""))
            yield RemoteFile(path=path, name=name, size_bytes=size, md5=md5, sha256=sha256)
