"""What is read to make a file, so that no output is ever an input: not itself, and not by another name or link."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from voicecoach.coach.options import Options
from voicecoach.coach.sounds import Sounds
from voicecoach.errors import OutputError
from voicecoach.reading_files import expanded
from voicecoach.routine.files import exercise_files
from voicecoach.speech.piper.voices import installed

_ELSEWHERE = "Name a file elsewhere."


def inputs(routines: Iterable[str], voice: str, options: Options, sounds: Sounds) -> list[Path]:
    """All files that may be read: `routines` by their paths, exercises, configuration, voices, tones, music."""
    own = sounds.places.own
    found = [*map(Path, routines), *exercise_files(own), sounds.places.config_file, *_files_in(own)]
    found += sounds.speaker.recorded_files(voice)
    found += (path for files in installed().values() for path in (files.model, files.description))
    found += (file for folder in _folders(options, sounds) for file in _files_in(folder))
    return [*found, options.music] if options.music else found


def refuse_inputs(outputs: Iterable[Path], read: Iterable[Path], options: Options, sounds: Sounds) -> None:
    """Raises `OutputError` if an output is one of the files that are read, or would be read the next time."""
    known = {mark: path for path in read if (mark := _mark(path)) is not None}
    for output in outputs:
        path = expanded(output)
        if (found := known.get(_mark(path) or (0, 0))) is not None:
            raise OutputError(f"{output} is read for this export{_as(output, found)}", hint=_ELSEWHERE)
        for folder in _folders(options, sounds):
            if path.resolve().parent == folder.resolve():
                raise OutputError(f"{output} would be read the next time: {folder} is searched", hint=_ELSEWHERE)
        if os.path.isdir(path):  # an album would take its place
            inside = [file for file in known.values() if path.resolve() in file.resolve().parents]
            if inside:
                raise OutputError(f"{inside[0]} is read for this export, and lies in {output}", hint=_ELSEWHERE)


def refuse_stdout(read: Iterable[Path]) -> None:
    """`> song.mp3` is an output too. Raises `OutputError`."""
    with suppress(OSError, ValueError, AttributeError):
        here = os.fstat(sys.stdout.fileno())
        for path in read:
            if _mark(path) == (here.st_dev, here.st_ino) and path.is_file():
                raise OutputError(f"{path} is read for this export, and standard output goes there", hint=_ELSEWHERE)


def _folders(options: Options, sounds: Sounds) -> Iterator[Path]:
    """Those of which every sound file is read."""
    yield sounds.places.tones
    if options.music is not None and os.path.isdir(music := expanded(options.music)):
        yield music


def _files_in(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _mark(path: Path) -> tuple[int, int] | None:
    """The same for two names of one file."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino


def _as(output: Path, found: Path) -> str:
    return "" if os.path.abspath(output) == os.path.abspath(found) else f", as {found}"
