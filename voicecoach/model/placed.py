"""Everything that will be heard and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

from voicecoach.model.languages import Language
from voicecoach.model.planned import PlannedStep, StepKind
from voicecoach.model.problems import Problem, SourceLocation
from voicecoach.model.roles import Role
from voicecoach.model.sounds import Sound
from voicecoach.model.words import Side, Work


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineStep:
    """A planned step in its place."""

    planned: PlannedStep
    start_ms: int
    end_ms: int
    work_start_ms: int
    work_end_ms: int
    """The timed part; the whole step where nothing in it is timed."""
    pause_ms: tuple[int, int] | None = None
    """Of a step that waits in its middle: where playing waits, and where it goes on from."""

    @property
    def waits_at_ms(self) -> int:
        """Where playing waits, if it waits in this step."""
        return self.pause_ms[0] if self.pause_ms else self.end_ms

    @property
    def goes_on_at_ms(self) -> int:
        """And where it goes on from."""
        return self.pause_ms[1] if self.pause_ms else self.end_ms

    @property
    def index(self) -> int:
        return self.planned.index

    @property
    def kind(self) -> StepKind:
        return self.planned.kind

    @property
    def exercise_id(self) -> str | None:
        return self.planned.exercise_id

    @property
    def title(self) -> str:
        return self.planned.title

    @property
    def side(self) -> Side | None:
        return self.planned.side

    @property
    def round(self) -> int:
        return self.planned.round

    @property
    def set(self) -> int | None:
        return self.planned.set

    @property
    def sets(self) -> int | None:
        return self.planned.sets

    @property
    def stop(self) -> bool:
        return self.planned.stop

    @property
    def waits(self) -> bool:
        return self.planned.waits

    @property
    def work(self) -> Work | None:
        return self.planned.work

    @property
    def location(self) -> SourceLocation:
        return self.planned.location


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """A sound with its place in the programme."""

    sound: Sound
    role: Role
    step_index: int
    start_ms: int
    duration_ms: int
    onset_ms: int
    """Absolute: where it is perceived to begin."""
    location: SourceLocation

    @property
    def end_ms(self) -> int:
        return self.start_ms + self.duration_ms


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelledClip(Clip):
    """A sound with its place and its gain."""

    gain_db: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    title: str
    start_ms: int
    end_ms: int
    section: str | None = None
    """The heading that it stands under."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A cue that did not fit, and why."""

    role: Role
    text: str
    step_index: int
    reason: str
    location: SourceLocation
    again: bool = False
    """It was told before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Everything that will be heard and when. No samples: it prints, compares and is the JSON of `show --json`.
    How loud each clip is nobody knows yet: what renders wants a `LevelledTimeline`."""

    routine_id: str
    title: str
    language: Language
    voice: str
    duration_ms: int
    steps: tuple[TimelineStep, ...]
    clips: tuple[Clip, ...]
    """In the order of their starts."""
    dropped: tuple[Dropped, ...]
    problems: tuple[Problem, ...] = ()
    """What the schedule had to do that the author should know of, such as a get-ready time that grew."""

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        """One a step, but for those that go on with the one before; so chapters follow without a gap. That of a
        heading which is told in a rest begins where it is told: none is without time."""
        return tuple(_chapters(self))


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelledTimeline(Timeline):
    """A timeline whose every clip has its gain."""

    clips: tuple[LevelledClip, ...]


def levelled(timeline: Timeline, gains_db: Iterable[float]) -> LevelledTimeline:
    """The timeline with these gains, one a clip."""
    clips = (
        LevelledClip(**{**_values(clip, Clip), "gain_db": gain_db})
        for clip, gain_db in zip(timeline.clips, gains_db, strict=True)
    )
    return LevelledTimeline(**{**_values(timeline, Timeline), "clips": tuple(clips)})


def _values(of: Clip | Timeline, kind: type) -> dict[str, Any]:
    return {one.name: getattr(of, one.name) for one in fields(kind)}


def _chapters(timeline: Timeline) -> Iterator[Chapter]:
    open_: Chapter | None = None
    for step in timeline.steps:
        title = step.planned.chapter
        if open_ and title is None:
            open_ = replace(open_, end_ms=step.end_ms)
            continue
        start_ms = step.start_ms
        if step.kind == "section" and step.end_ms == start_ms:
            start_ms = next((clip.start_ms for clip in timeline.clips if clip.step_index == step.index), start_ms)
        if open_ and start_ms > open_.start_ms:
            yield replace(open_, end_ms=start_ms)
        section = step.planned.section
        open_ = Chapter(title=title or step.title, start_ms=start_ms, end_ms=step.end_ms, section=section)
    if open_:
        yield open_
