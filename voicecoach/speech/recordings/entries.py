"""Writes into a manifest, an entry at a time, and leaves all else in it as the person wrote it."""

from __future__ import annotations

import re
from pathlib import Path

from voicecoach.errors import SettingsError, VoicecoachError
from voicecoach.model import Language
from voicecoach.settings import TomlFile, quoted
from voicecoach.speech.recordings.manifest import MANIFEST, Recordings, line_key

_TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)
_CLIPS = re.compile(r"^[ \t]*\[[ \t]*clips[ \t]*\][ \t]*(?:#.*)?$", re.MULTILINE)


def new_manifest(name: str, language: Language, fill_from: str | None) -> str:
    """A manifest without clips."""
    filled = f"fill_from = {quoted(fill_from)}\n" if fill_from else ""
    return f'name = {quoted(name)}\nlanguage = "{language}"\nlicence = "private"\n{filled}\n[clips]\n'


def with_entry(manifest: str, text: str, file: str, folder: Path) -> str:
    """The manifest in which `text` is said by `file`, whatever said it before.

    Raises `VoicecoachError` for a manifest that is written so unusually that it has to be changed by hand.
    """
    entry = f"{quoted(text)} = {quoted(file)}\n"
    if not (head := _CLIPS.search(manifest)):
        made = f"{manifest.rstrip()}\n\n[clips]\n{entry}"
    else:
        after = _TABLE.search(manifest, head.end())
        stop = after.start() if after else len(manifest)
        lines = manifest[head.end() : stop].rstrip().splitlines(keepends=True)
        kept = "".join(line for line in lines if not _says(line, text, folder)).rstrip()
        rest = f"\n{manifest[stop:]}" if after else ""
        made = f"{manifest[: head.end()]}{kept}\n{entry}{rest}"
    before, now = _clips(manifest, folder), _clips(made, folder)
    if now is None or now != {**(before or {}), line_key(text): file}:
        path = folder / MANIFEST
        raise VoicecoachError(f"no entry could be put into {path}", hint=f"Write this line into it: {entry.strip()}")
    return made


def file_for(found: Recordings, text: str, name: str) -> str:
    """The file in the folder for a new recording of `text`: the one that it has, else `name`, or `name` and a number
    where another line has that or somebody put one there."""
    clip = found.clip(text)
    if clip and clip.path.parent == found.folder and clip.path.suffix.lower() == ".wav":
        return clip.path.name
    taken = {each.path.name for each in found.clips.values()}
    names = (f"{name}.wav" if n == 1 else f"{name}-{n}.wav" for n in range(1, len(taken) + 10_000))
    return next(each for each in names if each not in taken and not (found.folder / each).exists())


def _says(line: str, text: str, folder: Path) -> bool:
    """Whether it is an entry of its own, for these words."""
    try:
        return [line_key(said) for said in TomlFile(folder, line).data] == [line_key(text)]
    except SettingsError:
        return False


def _clips(manifest: str, folder: Path) -> dict[str, object] | None:
    try:
        clips = TomlFile(folder / MANIFEST, manifest).data.get("clips", {})
    except SettingsError:
        return None
    return {line_key(said): clip for said, clip in clips.items()} if isinstance(clips, dict) else None
