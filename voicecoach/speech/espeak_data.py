"""A small private copy of eSpeak's data, with voices that hold their pitch still.

eSpeak makes the pitch of every voice flutter at random, so that the same words come out longer or shorter. A voice
variant with `flutter 0` ends that, and a variant must lie in eSpeak's own data folder, which may be read-only.
Only what Danish and English need is copied: 1.1 of 19 MB.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from pathlib import Path

VARIANT = "coach"
VARIANT_TEXT = "language variant\nname coach\nflutter 0\n"
_FILES = (
    *("phontab", "phonindex", "phondata", "intonations", "da_dict", "en_dict"),
    *("lang/gmq/da", "lang/gmw/en", "lang/gmw/en-US"),
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
    beside = Path(tempfile.mkdtemp(prefix=f"{target.name}.", dir=target.parent))
    try:
        for name in _FILES:
            (beside / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / name, beside / name)
        variants = beside / "voices" / "!v"
        variants.mkdir(parents=True)
        (variants / VARIANT).write_text(VARIANT_TEXT, encoding="utf-8")
        _put_in_place(source, beside, target)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _put_in_place(source: Path, beside: Path, target: Path) -> None:
    if target.exists() and not _is_whole(source, target):
        with contextlib.suppress(OSError):  # out of the way first: a folder that is not empty cannot be replaced
            target.rename(beside / "broken")
    try:
        beside.rename(target)
    except OSError:
        if not _is_whole(source, target):  # else another process was faster, which is as good
            raise
    else:
        shutil.rmtree(target / "broken", ignore_errors=True)


def _is_whole(source: Path, target: Path) -> bool:
    """Every file is there with its right size: cheap, and enough after a copy that was put in place in one go."""
    try:
        same = all((source / name).stat().st_size == (target / name).stat().st_size for name in _FILES)
        return same and (target / "voices" / "!v" / VARIANT).stat().st_size == len(VARIANT_TEXT)
    except OSError:
        return False
