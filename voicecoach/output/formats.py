"""The file formats, by their ending. `output/base.py` says how to add one."""

from __future__ import annotations

from difflib import get_close_matches
from importlib.util import find_spec
from pathlib import PurePath
from typing import TYPE_CHECKING

from voicecoach.errors import MissingError, OutputError
from voicecoach.output.flac import Flac
from voicecoach.output.m4a import M4a
from voicecoach.output.mp3.format import Mp3
from voicecoach.output.ogg import OPUS, VORBIS
from voicecoach.output.wav import Wav

if TYPE_CHECKING:
    from voicecoach.output.base import Format

FORMATS: dict[str, Format] = {
    format.suffix: format for format in (Mp3(), Wav(), Flac(), OPUS, VORBIS, M4a(".m4a"), M4a(".m4b"))
}


def format_of(path: str | PurePath) -> Format:
    """The format that the ending of `path` chooses. Raises `OutputError` naming the known ones, or `MissingError`."""
    suffix = PurePath(path).suffix.lower()
    if found := FORMATS.get(suffix):
        _check_library(suffix)
        return found
    known = ", ".join(FORMATS)
    near = get_close_matches(suffix, FORMATS, n=1, cutoff=0.5)
    if not suffix:
        raise OutputError(f"{path} has no ending to choose a format by", hint=f"Known endings: {known}.")
    hint = f"Did you mean {near[0]}? Known endings: {known}." if near else f"Known endings: {known}."
    raise OutputError(f"{suffix} is not a format that can be written", hint=hint)


def _check_library(suffix: str) -> None:
    module, extra = FORMATS[suffix].needs
    if module and find_spec(module) is None:
        raise MissingError(
            f"{suffix} needs the Python package “{module}”, which is not installed",
            hint=f'Install it: pip install "voicecoach[{extra}]", or export to .mp3.',
        )
