"""Whether something may be written where a person wants it, as far as it can be known before a word is spoken."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from voicecoach.advice import Advice, Option
from voicecoach.coach.inputs import inputs, refuse_inputs, refuse_stdout
from voicecoach.coach.options import FileOptions, Options
from voicecoach.coach.sounds import Sounds
from voicecoach.errors import OutputError
from voicecoach.output import album, marks
from voicecoach.output.base import Format
from voicecoach.output.files import STDOUT, check_place
from voicecoach.output.formats import FORMATS, format_of
from voicecoach.output.sidecar import sidecar_paths
from voicecoach.reading_files import expanded


def format_for(path: str, ending: str | None = None) -> Format:
    """The format of a file by its ending, or by the one that was named; of a pipe, MP3. Raises `OutputError`."""
    if path == STDOUT and not ending:
        ending = "mp3"
    return format_of(f"x.{ending.lstrip('.')}" if ending else path)


def check_output(path: str, options: Options, file: FileOptions, *, split: bool) -> None:
    """Raises what writing would: `OutputError`, `MissingError`, and `RenderError` for music."""
    if "\0" in path:
        raise OutputError(f"no file can be called {path!r}", hint="Choose another name.")
    if split and path == STDOUT:
        raise OutputError(
            "an album does not go through a pipe", hint=Advice("Name a folder: ", Option("output", "FOLDER"))
        )
    if split:
        format_for("", file.format or "mp3")
        album.check_folder(Path(path))
    else:
        _check_file(path, file.format)
    if path == STDOUT and file.sidecars:
        raise OutputError(
            "there is no place for sidecars beside a pipe",
            hint=Advice("Name a file: ", Option("output", "routine.mp3")),
        )
    if options.music is not None:
        from voicecoach.coach.under import Under  # loads numpy

        Under(options)


def refuse_if_read(
    path: str, routines: Iterable[str], voice: str, options: Options, sounds: Sounds, file: FileOptions
) -> None:
    """Raises `OutputError` if something that would be written is read for it, by whatever name."""
    read = inputs(routines, voice, options, sounds)
    if path == STDOUT:
        refuse_stdout(read)
    else:
        refuse_inputs(_written(path, file), read, options, sounds)


def foreign_files(path: str, routine: str, file: FileOptions, *, split: bool) -> list[tuple[Path, str]]:
    """The files that are there although they are no exports of ours of that routine, each with what it is. Raises
    `OutputError` for a folder that no album may replace."""
    if path == STDOUT:
        return []
    if split:
        folder = expanded(path)
        album.check_folder(folder)
        whose = album.routine_of(folder)
        return [] if album.is_free(folder) or whose == routine else [(folder, _what(whose))]
    found = []
    for output in _written(path, file):
        whose = marks.routine_of(expanded(path) if output.suffix == ".srt" else output)
        if output.is_file() and whose != routine:
            found.append((output, _what(whose)))
    return found


def _what(whose: str | None) -> str:
    return f"an export of the routine “{whose}”" if whose else "no export of this routine"


def _written(path: str, file: FileOptions) -> list[Path]:
    target = expanded(path)
    return [target, *sidecar_paths(target, file.sidecars)]


def _check_file(path: str, ending: str | None) -> None:
    if path != STDOUT:
        check_place(expanded(path))
    named, suffix = format_for(path, ending), Path(path).suffix.lower()
    if path != STDOUT and suffix in FORMATS and FORMATS[suffix] is not named:
        raise OutputError(
            f"{path} would not hold {suffix}", hint=Advice("Leave ", Option("format"), " out: the ending says it.")
        )
