"""Files: one programme with its tags, cover and sidecars, or an album with a track a chapter.

On top of `pipeline`: like it, this joins stages. Nothing here prints or asks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from voicecoach.advice import Advice, Option
from voicecoach.coach.pipeline import Options, Sounds, format_for, levelled, timed
from voicecoach.errors import OutputError
from voicecoach.model import Chapter, LevelledTimeline, Phase, Routine, Text, Timeline
from voicecoach.reading_files import expanded
from voicecoach.units import frames_to_ms

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

    from voicecoach.disk_cache import DiskCache
    from voicecoach.output.base import Programme
    from voicecoach.render.bed import Bed

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileOptions:
    """What a person may choose of a file beside its sound."""

    phase: Phase | None = None
    """Of the routine; it is drawn on the cover. `None`: no cover."""
    about: Text | None = None
    """What the routine says about itself."""
    year: int | None = None
    stereo: bool = False
    sidecars: tuple[str, ...] = ()
    """Kinds of `output.sidecar.SIDECARS`."""

    def of(self, routine: Routine) -> FileOptions:
        """With what the routine itself says of its files."""
        return replace(self, phase=routine.phase, about=routine.about)


class Production:
    """A programme that is ready to be written, as a whole or in parts."""

    def __init__(
        self, timeline: Timeline, sounds: Sounds, options: Options, file: FileOptions, progress: Progress
    ) -> None:
        from voicecoach.coach.naming import named
        from voicecoach.coach.sounding import Under, heard
        from voicecoach.output.base import programme_of

        under = Under(options)
        self._sounds, self._heard, self._progress = sounds, heard(options, sounds), progress
        self._bed: Bed | None = None
        self.timeline = levelled(timeline, sounds, options)
        if under:
            sounds.progress("music", 0, 0)
            with timed("music"):
                self.timeline, self._bed = under.balanced(self.timeline, sounds)
        self.programme = replace(
            named(programme_of(self.timeline), timeline, options, file, sounds),
            year=file.year,
            channels=2 if file.stereo else 1,
            cover=_cover(timeline, file.phase, sounds.kept) if file.phase else b"",
        )

    def blocks(self, start_ms: int = 0, end_ms: int | None = None) -> Iterable[NDArray[np.float32]]:
        """The sound from `start_ms` to `end_ms`. Without anything under the words, it can be taken in pieces too."""
        end_ms = self.timeline.duration_ms if end_ms is None else end_ms

        def progress(done_ms: int) -> None:
            self._progress(start_ms + done_ms)

        if self._bed is not None:
            from voicecoach.coach.sounding import blocks

            return _counted(blocks(self.timeline, self._heard.audio, self._bed, start_ms, end_ms), progress)
        from voicecoach.render.pieces import Mix

        part = _part(self.timeline, start_ms, end_ms)
        return Mix(part, self._heard.audio, self._heard.identity, self._sounds.kept, progress)


def check(path: str, ending: str | None, options: Options, file: FileOptions, *, split: bool) -> None:
    """Raises what `export` or `export_album` would, as far as it can be known before a word is spoken."""
    from voicecoach.coach.sounding import Under
    from voicecoach.output.files import STDOUT

    if split and path == STDOUT:
        raise OutputError("an album does not go through a pipe", hint="Name a folder: -o FOLDER")
    if split:
        from voicecoach.output.album import check_folder

        format_for("", ending or "mp3")
        check_folder(Path(path))
    else:
        _check_file(path, ending)
    if path == STDOUT and file.sidecars:
        raise OutputError(
            "there is no place for sidecars beside a pipe",
            hint=Advice("Name a file: ", Option("output", "routine.mp3")),
        )
    Under(options)


def refuse_inputs(
    path: str, routines: Iterable[str], voice: str, options: Options, sounds: Sounds, file: FileOptions
) -> None:
    """Raises `OutputError` if something that would be written is read for it, by whatever name."""
    from voicecoach.coach.inputs import inputs, refuse_inputs, refuse_stdout
    from voicecoach.output.files import STDOUT

    read = inputs(routines, voice, options, sounds)
    if path == STDOUT:
        refuse_stdout(read)
    else:
        refuse_inputs(_outputs(path, file), read, options)


def in_the_way(path: str, routine: str, file: FileOptions, *, split: bool) -> list[tuple[Path, str]]:
    """The files that are there although they are no exports of ours of that routine, each with what it is. Raises
    `OutputError` for a folder that no album may replace."""
    from voicecoach.output import album, marks
    from voicecoach.output.files import STDOUT

    if path == STDOUT:
        return []
    if split:
        folder = expanded(path)
        album.check_folder(folder)
        whose = album.routine_of(folder)
        return [] if album.is_free(folder) or whose == routine else [(folder, _what(whose))]
    found = []
    for output in _outputs(path, file):
        whose = marks.routine_of(expanded(path) if output.suffix == ".srt" else output)
        if output.is_file() and whose != routine:
            found.append((output, _what(whose)))
    return found


def _what(whose: str | None) -> str:
    return f"an export of the routine “{whose}”" if whose else "no export of this routine"


def _outputs(path: str, file: FileOptions) -> list[Path]:
    from voicecoach.output.sidecar import sidecar_paths

    target = expanded(path)
    return [target, *sidecar_paths(target, file.sidecars)]


def _check_file(path: str, ending: str | None) -> None:
    from voicecoach.output.files import STDOUT, check_place
    from voicecoach.output.formats import FORMATS

    if path != STDOUT:
        check_place(expanded(path))
    named, suffix = format_for(path, ending), Path(path).suffix.lower()
    if path != STDOUT and suffix in FORMATS and FORMATS[suffix] is not named:
        raise OutputError(
            f"{path} would not hold {suffix}", hint=Advice("Leave ", Option("format"), " out: the ending says it.")
        )


def export(
    timeline: Timeline,
    sounds: Sounds,
    path: str,
    ending: str | None = None,
    progress: Progress = lambda done_ms: None,
    *,
    options: Options | None = None,
    file: FileOptions | None = None,
) -> list[Path]:
    """Writes the programme to `path` (`-` is standard output) with its sidecars, all whole or none at all.

    Returns the sidecars. `progress` is called with the milliseconds that are done. Raises `OutputError`, and
    `RenderError` for music that cannot be used.
    """
    from voicecoach.output.files import write_together, write_whole
    from voicecoach.output.sidecar import sidecars

    file = file or FileOptions()
    format_ = format_for(path, ending)
    options = options or Options()
    refuse_inputs(path, _routines(timeline), timeline.voice, options, sounds, file)
    made = Production(timeline, sounds, options, file, progress)

    def write(out: BinaryIO) -> None:
        format_.write(made.blocks(), made.programme, out)

    with timed("export"):
        if not file.sidecars:
            write_whole(path, write)
            return []
        beside = sidecars(made.programme, expanded(path), file.sidecars)
        write_together([(Path(path), write), *((other, partial(_put, content)) for other, content in beside)])
        return [other for other, _ in beside]


def export_album(
    timeline: Timeline,
    sounds: Sounds,
    folder: str,
    ending: str = "mp3",
    progress: Progress = lambda done_ms: None,
    *,
    options: Options | None = None,
    file: FileOptions | None = None,
) -> list[str]:
    """Writes a track a chapter and a playlist into `folder`, all or nothing; returns the names of the tracks.

    Played one after another without a gap they are the programme. Raises as `export` does.
    """
    from voicecoach.output.album import Track, check_folder, track_name, write_album
    from voicecoach.output.programme import part_of
    from voicecoach.output.sidecar import sidecars

    file = file or FileOptions()
    format_ = format_for("", ending)
    check_folder(Path(folder))  # before anything is encoded
    options = options or Options()
    refuse_inputs(folder, _routines(timeline), timeline.voice, options, sounds, FileOptions())
    made = Production(timeline, sounds, options, file, progress)
    chapters = made.timeline.chapters
    tracks = []
    for number, chapter in enumerate(chapters, 1):
        part = part_of(made.programme, chapter, (number, len(chapters)))
        name = track_name(number, len(chapters), chapter.title, format_.suffix)
        kinds = [kind for kind in file.sidecars if kind != "chapters.json"]  # a track is a chapter
        beside = [(path.name, content) for path, content in sidecars(part, Path(name), kinds)]
        tracks.append(Track(name, part, partial(_write_part, made, format_.write, chapter, part), tuple(beside)))
    with timed("export"):
        write_album(Path(folder), timeline.title, tracks, timeline.routine_id)
    return [track.name for track in tracks]


def sidecar_kinds(text: str) -> tuple[str, ...]:
    """The kinds of sidecars of `lrc,vtt`. Raises `OutputError`."""
    from voicecoach.output.sidecar import sidecar_kinds as kinds

    return kinds(text)


def _routines(timeline: Timeline) -> set[str]:
    return {step.location.path for step in timeline.steps}


def _write_part(
    made: Production, write: Callable[..., None], chapter: Chapter, part: Programme, out: BinaryIO
) -> None:
    write(made.blocks(chapter.start_ms, chapter.end_ms), part, out)


def _put(content: bytes, out: BinaryIO) -> None:
    out.write(content)


def _counted(blocks: Iterator[NDArray[np.float32]], progress: Progress) -> Iterator[NDArray[np.float32]]:
    done_frames = 0
    for block in blocks:
        yield block
        done_frames += len(block)
        progress(frames_to_ms(done_frames))


def _part(timeline: LevelledTimeline, start_ms: int, end_ms: int) -> LevelledTimeline:
    """What is heard from `start_ms` to `end_ms`, as a timeline of its own."""
    if start_ms == 0 and end_ms == timeline.duration_ms:
        return timeline
    clips = (
        replace(clip, start_ms=clip.start_ms - start_ms, onset_ms=clip.onset_ms - start_ms)
        for clip in timeline.clips
        if clip.start_ms < end_ms and clip.end_ms > start_ms
    )
    return replace(timeline, duration_ms=end_ms - start_ms, clips=tuple(clips), steps=(), dropped=(), problems=())


def _cover(timeline: Timeline, phase: Phase, kept: DiskCache) -> bytes:
    from voicecoach.coach.naming import length, phase_words
    from voicecoach.disk_cache import digest
    from voicecoach.provenance import code_digest

    words = f"{phase_words(timeline.language, phase)} · {length(timeline.duration_ms)}"

    def draw() -> bytes:
        from voicecoach.output.cover import cover_png

        return cover_png(timeline.title, phase, words)

    key = digest("cover", code_digest("voicecoach.output.cover"), timeline.title, phase, words)
    return kept.made(key.hex(), draw)
