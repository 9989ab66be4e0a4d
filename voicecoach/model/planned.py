"""The whole plan: what is said in which step and in what order, with no absolute times."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from voicecoach.model.languages import Language
from voicecoach.model.problems import Problem, SourceLocation
from voicecoach.model.roles import Role
from voicecoach.model.sounds import Sound
from voicecoach.model.words import Side, Work

StepKind: TypeAlias = Literal["exercise", "rest", "heat", "cold", "section", "silence", "say", "intro", "outro"]
Opening: TypeAlias = Literal["get-ready", "change", "rest"]
"""What lies between a timed part and the one before: time to get ready, time to change sides, or a rest."""
Anchor: TypeAlias = Literal["lead", "before", "work", "tail"]
"""`lead`: said one after another from the step's start; `before` and `work`: `offset_ms` from the start of the timed
part, before it and in it;
`tail`: one after another from the end of the timed part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A planned sound, anchored to a step. It has no absolute time yet."""

    sound: Sound
    role: Role
    step_index: int
    anchor: Anchor
    location: SourceLocation
    offset_ms: int = 0
    """Where its perceived beginning belongs, relative to the anchor (`work` only)."""
    earliest_ms: int = 0
    latest_ms: int = 0
    """The window, relative to the anchor, in which its perceived beginning may lie (`work` only)."""
    end_by_ms: int | None = None
    """It must be over by then, relative to the anchor; `None`: by the end of the timed part."""
    priority: int = 0
    """The greater is placed first and dropped last."""
    protected: bool = False
    """Never dropped: time is made for it."""
    pause_ms: int = 0
    """The least silence after it, where that is more than its role asks for (`lead` and `tail` only)."""
    last: bool = False
    """Said after all others of the get-ready time."""
    again: bool = False
    """It tells what was told before. A rest that is too short does without a name that is known."""
    joined: bool = False
    """It goes on with the sentence of the cue before it (`lead` and `tail` only)."""
    shorter: Cue | None = None
    """What to say where this does not fit."""

    def forms(self) -> Iterator[Cue]:
        """Itself, then what is said where it does not fit, and so on."""
        form: Cue | None = self
        while form is not None:
            yield form
            form = form.shorter


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedStep:
    """A step as it will be performed, with the length of its timed part, which speech never changes."""

    index: int
    kind: StepKind
    exercise_id: str | None
    title: str
    """What a person calls it, in the routine's language."""
    side: Side | None
    round: int
    work_ms: int
    """0 for `say`, `intro` and `outro`, whose length is that of their words."""
    prepare_ms: int
    """The get-ready time that was asked for. It grows if protected words need more."""
    stop: bool
    waits: bool = False
    """Playing waits in it for the person: at the end of a `stop`, and in repetitions that have no time."""
    chapter: str | None = ""
    """The title of the chapter that begins with it, where that is not its own; `None`: the chapter before goes on."""
    location: SourceLocation
    prepare_written: bool = False
    """Somebody asked for this get-ready time; else it is as long as its words need, and nothing is left out."""
    settle_ms: int = 0
    """The least silence between the last word before the timed part and its start; in a `say`, after its words."""
    work: Work | None = None
    opening: Opening = "get-ready"
    leads_on: bool = False
    """Of a rest: a timed part comes right after it, and what is said of that is said in the rest."""
    set: int | None = None
    sets: int | None = None
    """Which of how many sets; `None` where there are none."""
    note: str = ""
    """Shown, and never said."""
    section: str | None = None
    """The heading that it stands under."""

    @property
    def is_timed(self) -> bool:
        """It has a get-ready time, and a timed part that begins and ends with a tone."""
        return self.kind in ("exercise", "heat", "cold")

    @property
    def holds_the_end(self) -> bool:
        """It begins with the very end of the timed part before it: its end tone, and the way out, are heard in it."""
        return self.leads_on or self.opening == "change"

    @property
    def is_talk(self) -> bool:
        """Nothing in it is timed: the words are the step."""
        return self.kind in ("section", "say", "intro", "outro")


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How the coach talks where nothing is timed: never quicker than one can follow."""

    words_a_minute: int = 125
    """At most, with the pauses."""
    pauses: float = 1.0
    """A factor on every pause."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CueSheet:
    """The whole plan: what is said in which step and in what order, with no absolute times."""

    routine_id: str
    title: str
    language: Language
    voice: str
    steps: tuple[PlannedStep, ...]
    cues: tuple[Cue, ...]
    """In the order of their steps."""
    manner: Manner = Manner()
    problems: tuple[Problem, ...] = ()
    """What could not be planned as it was written, and was planned otherwise."""
