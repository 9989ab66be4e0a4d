"""What a timeline says of itself, for tags, lyrics and sidecars."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from voicecoach.model import ROLES, Utterance

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from voicecoach.model import Chapter, Clip, Language, Timeline

_WORDS_A_LINE = 10
_LONGEST_PAUSE_MS = 8000
"""After this long, pacing begins a new line."""


GENRE = "Speech"


@dataclass(frozen=True, slots=True, kw_only=True)
class CueText:
    """Words, and when they are heard: a line of lyrics."""

    start_ms: int
    end_ms: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """What a file says of itself beside its sound."""

    title: str
    language: Language
    duration_ms: int
    language_iso_639_2: str = "und"
    """The language once more, in the letters that tags want: `dan`."""
    routine: str = ""
    """The id of what it is an export of: the mark by which a file is known as ours, see `marks`."""
    chapters: tuple[Chapter, ...] = ()
    """In the order of their starts."""
    cues: tuple[CueText, ...] = ()
    """In the order of their starts."""
    artist: str = "voicecoach"
    album: str = "voicecoach"
    album_artist: str = "voicecoach"
    """The same in all files, so that players keep them together."""
    comment: str = ""
    """What the routine says about itself."""
    year: int | None = None
    """Only if a person gave one: the same input is to give the same bytes next year too."""
    track: tuple[int, int] | None = None
    """Which one of how many, in an album."""
    cover: bytes = b""
    """A PNG; empty for none."""
    channels: int = 1
    """2: the same sound twice, for players that send one channel to one ear."""

    @property
    def words(self) -> str:
        """All that is said, without times: what a player shows as lyrics."""
        return "\n".join(cue.text for cue in self.cues)


def programme_of(timeline: Timeline) -> Programme:
    """What `timeline` says of itself."""
    return Programme(
        title=timeline.title,
        language=timeline.language,
        duration_ms=timeline.duration_ms,
        routine=timeline.routine_id,
        chapters=timeline.chapters,
        cues=tuple(_lines(clip for clip in timeline.clips if isinstance(clip.sound, Utterance))),
    )


def part_of(programme: Programme, chapter: Chapter, track: tuple[int, int]) -> Programme:
    """One chapter as a track of an album: its words with times from its own start."""
    cues = (
        replace(
            cue, start_ms=max(cue.start_ms - chapter.start_ms, 0),
            end_ms=min(cue.end_ms, chapter.end_ms) - chapter.start_ms,
        )
        for cue in programme.cues
        if chapter.start_ms <= cue.start_ms < chapter.end_ms
    )  # fmt: skip
    return replace(
        programme,
        title=chapter.title,
        album=programme.title,
        duration_ms=chapter.end_ms - chapter.start_ms,
        chapters=(),
        cues=tuple(cues),
        track=track,
    )


def _lines(clips: Iterable[Clip]) -> Iterator[CueText]:
    """The words in the order in which they are heard, a sentence a line and pacing words in runs."""
    run: list[Clip] = []
    for clip in clips:
        if run and not _goes_on(run, clip):
            yield _line(run)
            run = []
        run.append(clip)
    if run:
        yield _line(run)


def _goes_on(run: list[Clip], clip: Clip) -> bool:
    return (
        ROLES[clip.role].pacing  # a line each would be a page of single words
        and ROLES[run[-1].role].pacing
        and len(run) < _WORDS_A_LINE
        and clip.step_index == run[-1].step_index
        and clip.start_ms - run[-1].end_ms <= _LONGEST_PAUSE_MS
    )


def _line(run: list[Clip]) -> CueText:
    words = [clip.sound.text for clip in run if isinstance(clip.sound, Utterance)]
    text = words[0] if len(words) == 1 else " · ".join(word.rstrip(".,!") for word in words)
    return CueText(start_ms=run[0].start_ms, end_ms=run[-1].end_ms, text=" ".join(text.split()))
