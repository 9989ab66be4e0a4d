"""Files: one programme with its tags, cover and sidecars, or an album with a track a chapter."""

from __future__ import annotations

import io
from functools import partial
from pathlib import Path
from typing import BinaryIO

from voicecoach.coach.jobs import Made, sha256_of
from voicecoach.coach.options import AS_USUAL, PLAIN_FILE, FileOptions, Options
from voicecoach.coach.outputs import format_for, refuse_if_read
from voicecoach.coach.production import Production
from voicecoach.coach.progress import Report, quiet, timed
from voicecoach.coach.sounds import Sounds
from voicecoach.coach.writing import writer
from voicecoach.model import Chapter, Timeline
from voicecoach.output.album import Track, check_folder, track_name, write_album
from voicecoach.output.base import Format
from voicecoach.output.files import STDOUT, write_together, write_whole
from voicecoach.output.programme import Programme, part_of
from voicecoach.output.sidecar import sidecars
from voicecoach.reading_files import expanded


def write_file(
    timeline: Timeline,
    sounds: Sounds,
    path: str,
    options: Options = AS_USUAL,
    file: FileOptions = PLAIN_FILE,
    report: Report = quiet,
) -> Made:
    """Writes the programme to `path` (`-` is standard output) with its sidecars, all whole or none at all.

    Raises `OutputError`, `RenderError` for music that cannot be used, and what `report` raises.
    """
    format_ = format_for(path, file.format)
    refuse_if_read(path, _routines(timeline), timeline.voice, options, sounds, file)
    made = Production(timeline, sounds, options, file, report)
    size, known = 0, ""

    def write(out: BinaryIO) -> None:
        nonlocal size, known
        format_.write(made.blocks(), made.programme, out)
        size = out.seek(0, io.SEEK_END)
        if path == STDOUT:
            out.seek(0)
            known = sha256_of(out)

    with timed("export"):
        beside = sidecars(made.programme, expanded(path), file.sidecars)
        if beside:
            write_together([(Path(path), write), *((other, writer(content)) for other, content in beside)])
        else:
            write_whole(path, write)
    return Made(
        path=Path(path),
        duration_ms=made.timeline.duration_ms,
        bytes=size,
        beside=tuple(other for other, _ in beside),
        known_sha256=known,
    )


def write_tracks(
    timeline: Timeline,
    sounds: Sounds,
    folder: str,
    options: Options = AS_USUAL,
    file: FileOptions = PLAIN_FILE,
    report: Report = quiet,
) -> list[Made]:
    """Writes a track a chapter and a playlist into `folder`, all or nothing; the tracks, in their order.

    Played one after another without a gap they are the programme. Raises as `write_file` does.
    """
    format_ = format_for("", file.format or "mp3")
    check_folder(Path(folder))  # before anything is encoded
    refuse_if_read(folder, _routines(timeline), timeline.voice, options, sounds, PLAIN_FILE)
    made = Production(timeline, sounds, options, file, report)
    chapters = made.timeline.chapters
    tracks = [_track(made, format_, file, chapter, (n, len(chapters))) for n, chapter in enumerate(chapters, 1)]
    with timed("export"):
        write_album(Path(folder), timeline.title, tracks, timeline.routine_id)
    paths = [expanded(folder) / track.name for track in tracks]
    return [
        Made(path=path, duration_ms=chapter.end_ms - chapter.start_ms, bytes=path.stat().st_size)
        for path, chapter in zip(paths, chapters, strict=True)
    ]


def _track(made: Production, format_: Format, file: FileOptions, chapter: Chapter, number: tuple[int, int]) -> Track:
    part = part_of(made.programme, chapter, number)
    name = track_name(*number, chapter.title, format_.suffix)
    kinds = [kind for kind in file.sidecars if kind != "chapters.json"]  # a track is a chapter
    beside = [(path.name, content) for path, content in sidecars(part, Path(name), kinds)]
    return Track(name, part, partial(_write_part, made, format_, chapter, part), tuple(beside))


def _write_part(made: Production, format_: Format, chapter: Chapter, part: Programme, out: BinaryIO) -> None:
    format_.write(made.blocks(chapter.start_ms, chapter.end_ms), part, out)


def _routines(timeline: Timeline) -> set[str]:
    return {step.location.path for step in timeline.steps}
