"""An album: a folder with a track a chapter and a playlist, there whole or not at all.

Names are safe on every disk that a phone, a player or a car may have (FAT, NTFS): no `:?*"<>|/\\`, no dot or space at
the end, short enough; æøå stay. The playlist is M3U8: UTF-8, with names relative to itself.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from voicecoach.errors import OutputError
from voicecoach.output import marks
from voicecoach.output.files import NAME, NEW, OLD, check_folder_of, clear_errors, part_beside, put_back
from voicecoach.reading_files import expanded, read_limited

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from voicecoach.output.programme import Programme

_UNSAFE = dict.fromkeys(map(ord, '?*"<>|'), "") | dict.fromkeys(map(ord, ":/\\"), "-")
_LONGEST = 80
_MAX_PLAYLIST_BYTES = 1_000_000
_MARK = "#GENERATOR:voicecoach"
"""A comment in the playlist: by it an album of ours is known, which may be replaced."""


@dataclass(frozen=True, slots=True)
class Track:
    name: str
    """Of its file, in the folder."""
    programme: Programme
    write: Callable[[BinaryIO], None]
    beside: tuple[tuple[str, bytes], ...] = ()
    """Names and contents of other files that belong to it."""


def track_name(number: int, total: int, title: str, suffix: str) -> str:
    """`03 Lændestræk.mp3`"""
    return f"{number:0{max(2, len(str(total)))}} {safe_name(title)}".rstrip() + suffix


def safe_name(title: str) -> str:
    """`title` as a part of a file's name."""
    letters = unicodedata.normalize("NFC", " ".join(title.split())).translate(_UNSAFE)
    kept = "".join(letter for letter in letters if letter.isprintable() and ord(letter) < 0x10000)
    return " ".join(kept.split())[:_LONGEST].strip(" .")


def check_folder(folder: Path) -> None:
    """Raises `OutputError` unless an album may be put there: nothing, an empty folder, or an album of ours."""
    folder = expanded(folder)
    with clear_errors(folder):
        check_folder_of(folder.resolve())
        if os.path.exists(folder) and not os.path.isdir(folder):
            raise OutputError(f"{folder} is a file", hint="Name a folder for the tracks: -o FOLDER")
        if not is_free(folder) and not _is_ours(folder):
            raise OutputError(
                f"{folder} holds files that are not an album of voicecoach",
                hint="Name a new folder, or an empty one: -o FOLDER",
            )


def write_album(folder: Path, title: str, tracks: Sequence[Track], routine: str = "") -> None:
    """Write `tracks` and their playlist into `folder`, whole: made beside it, then renamed into its place."""
    check_folder(folder)
    folder = expanded(folder)
    target = folder.resolve()
    part = part_beside(target)
    made = part / NEW
    with clear_errors(folder):
        try:
            made.mkdir(parents=True)
            for track in tracks:
                with (made / track.name).open("xb+") as file:
                    track.write(file)
                for name, content in track.beside:
                    (made / name).write_bytes(content)
            (made / f"00 {safe_name(title)}.m3u8").write_bytes(playlist(title, tracks, routine).encode())
            _put_in_place(part, target)
        finally:
            put_back(part)
            shutil.rmtree(part, ignore_errors=True)


def playlist(title: str, tracks: Sequence[Track], routine: str = "") -> str:
    """M3U8. Lengths in whole seconds, as players want them; the files have the exact ones."""
    lines = ["#EXTM3U", "#EXTENC:UTF-8", _MARK, f"#PLAYLIST:{' '.join(title.split())}"]
    lines += [f"#{marks.mark(routine)}"] * bool(routine)
    for track in tracks:
        seconds = round(track.programme.duration_ms / 1000)
        lines += [f"#EXTINF:{seconds},{' '.join(track.programme.title.split())}", track.name]
    return "\n".join(lines) + "\n"


def _put_in_place(part: Path, target: Path) -> None:
    """Rename, with what was there out of the way until it is done. A kill at any moment leaves one of the two."""
    if target.exists():
        (part / NAME).write_text(target.name, encoding="utf-8")
        os.rename(target, part / OLD)
    os.rename(part / NEW, target)


def is_free(folder: Path) -> bool:
    """Whether nothing is there, or an empty folder."""
    with clear_errors(folder):
        return not os.path.isdir(folder) or not any(folder.iterdir())


def routine_of(folder: Path) -> str | None:
    """The id of the routine of which `folder` is our album; None for any other folder."""
    with clear_errors(folder):
        lists = folder.glob("*.m3u8") if os.path.isdir(folder) and _is_ours(folder) else ()
        return next(map(marks.routine_of, lists), None)


def _is_ours(folder: Path) -> bool:
    """Whether there is nothing in `folder` but a playlist of ours, what it names, and what stands beside that."""
    files = list(folder.iterdir())
    lists = [file for file in files if file.suffix == ".m3u8"]
    if len(lists) != 1 or not all(file.is_file() for file in files):
        return False
    with contextlib.suppress(UnicodeDecodeError):
        lines = read_limited(lists[0], _MAX_PLAYLIST_BYTES).decode("utf-8").splitlines()
        stems = {Path(line).stem for line in lines if line and not line.startswith("#")}
        return _MARK in lines and all(file == lists[0] or file.stem in stems for file in files)
    return False
