"""A small private copy of eSpeak's data, with voices that hold their pitch still.

eSpeak makes the pitch of every voice flutter at random, so that the same words come out longer or shorter. A voice
variant with `flutter 0` ends that, and a variant must lie in eSpeak's own data folder, which may be read-only.
Only what Danish and English need is copied: 1.1 of 19 MB. Whoever starts eSpeak compares every byte first, which
takes a millisecond: with a damaged copy it would be silent, hang, or say something else.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

from voicecoach import parts
from voicecoach.speech.espeak.voices import ESPEAK_VOICES

VARIANT = "coach"
VARIANT_TEXT = "language variant\nname coach\nflutter 0\n"
_VARIANT_FILE = f"voices/!v/{VARIANT}"


def _of_voice(voice: str) -> tuple[str, str]:
    """The dictionary and the description of `gmw/en-us`."""
    family, _, name = voice.partition("/")
    language, dash, region = name.partition("-")
    return f"{language}_dict", f"lang/{family}/{language}{dash}{region.upper()}"


_FILES = (
    *("phontab", "phonindex", "phondata", "intonations"),
    *sorted({file for voice, _, _ in ESPEAK_VOICES for file in _of_voice(voice)}),
)


def make_private_data(source: Path, target: Path) -> None:
    """Makes `target` from `source` if it is not whole already.

    The folder appears whole or not at all, so two processes may do this at once. Raises OSError if it cannot be
    written, or if `source` lacks a file.
    """
    if not _is_whole(source, target):
        target.parent.mkdir(parents=True, exist_ok=True)
        _make(source, target)


def _make(source: Path, target: Path) -> None:
    _sweep(target)
    beside = target.with_name(f"{target.name}.{parts.new_name()}")
    try:
        beside.mkdir()
        for name in _FILES:
            (beside / name).parent.mkdir(parents=True, exist_ok=True)
            _write(beside / name, (source / name).read_bytes())
        (beside / _VARIANT_FILE).parent.mkdir(parents=True)
        _write(beside / _VARIANT_FILE, VARIANT_TEXT.encode())
        _put_in_place(source, beside, target)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _sweep(target: Path) -> None:
    """What processes left that were killed here."""
    for left in list(target.parent.glob(f"{target.name}.*")):
        with contextlib.suppress(OSError):
            if parts.is_left(left.name, left.stat().st_mtime):
                shutil.rmtree(left)


def _put_in_place(source: Path, beside: Path, target: Path) -> None:
    if os.path.lexists(target) and not _is_whole(source, target):
        with contextlib.suppress(OSError):  # out of the way first: a folder that is not empty cannot be replaced
            target.rename(beside / "broken")
    try:
        beside.rename(target)
    except OSError:
        if not _is_whole(source, target):  # else another process was faster, which is as good
            raise
    else:
        shutil.rmtree(target / "broken", ignore_errors=True)


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _is_whole(source: Path, target: Path) -> bool:
    """Every file is there as it should be."""
    try:
        same = all(_is(target / name, (source / name).read_bytes()) for name in _FILES)
        return same and _is(target / _VARIANT_FILE, VARIANT_TEXT.encode())
    except OSError:
        return False


def _is(path: Path, data: bytes) -> bool:
    """The size first: a pipe, which would be waited for, has none."""
    return path.stat().st_size == len(data) and path.read_bytes() == data
