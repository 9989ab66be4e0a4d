"""The paper on which a cue sheet is written: planned steps and their cues, one step after another.

The files beside it write on it, one a kind of step: `exercise`, `counting`, `thermal`, `talk`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import takewhile

from voicecoach.compiler.missing import missing_text
from voicecoach.compiler.performed import Performed, work_ms
from voicecoach.compiler.variables import is_filled, pieces, plain
from voicecoach.language.phrasebook import phrasebook, sentences
from voicecoach.model import (
    ROLES,
    Anchor,
    Cue,
    Exercise,
    ExerciseStep,
    Language,
    Opening,
    Place,
    PlannedStep,
    Problem,
    Role,
    Routine,
    SourceLocation,
    StepKind,
    Text,
    ThermalStep,
    Tone,
    ToneName,
    Utterance,
)


class Draft:
    """Collects the planned steps and their cues."""

    def __init__(
        self, routine: Routine, performed: Sequence[Performed], language: Language, voice: str, pace: float
    ) -> None:
        self.routine, self.language, self.voice, self.pace = routine, language, voice, pace
        self.performed = performed
        self.last_exercise = next((item for item in reversed(performed) if isinstance(item.step, ExerciseStep)), None)
        self.phrases = phrasebook(language)
        self.total = max((item.place for item in performed), default=0)
        self.steps: list[PlannedStep] = []
        self.cues: list[Cue] = []
        self.problems: list[Problem] = []
        """Texts that are missing: with any of them there is no plan."""
        self.warnings: list[Problem] = []
        self.telling_length = 0
        """The index of the cue that tells it."""
        self.said: set[str] = set()
        """Sentences of the routine's own texts that were said: a caution is not said twice."""
        self.announced: Exercise | None = None
        """What a rest has just named."""
        self.place: Place | None = "standing"
        """Where the person is, as far as anybody said so."""
        self.section: str | None = None
        """The heading of what is planned now."""
        self.own_breath_told = False
        self.at = routine.location

    def text(self, text: Text) -> str:
        """The text in the language; if it is missing, that is a problem at its line."""
        found = text.get(self.language)
        if found is None:
            problem = missing_text(text, self.language)
            if problem not in self.problems:
                self.problems.append(problem)
        return found or "?"

    def named(self, step: ExerciseStep) -> str:
        """The name of the exercise, with what is lifted."""
        name = self.text(step.exercise.name)
        return self.phrases.say("with-load", name=name, load=self.text(step.load)) if step.load else name

    def utterance(self, text: str, pace: float = 1.0) -> Utterance:
        return Utterance(
            text=plain(text),
            language=self.language,
            voice=self.voice,
            pace=round(pace * self.pace, 3),
            personal=is_filled(text),
        )

    def open_step(
        self,
        kind: StepKind,
        title: str,
        at: SourceLocation,
        *,
        item: Performed | None = None,
        prepare_ms: int = 0,
        stop: bool = False,
        settle_ms: int = 0,
        chapter: str | None = "",
    ) -> None:
        self.at = at
        step = item.step if item else None
        self.steps.append(
            PlannedStep(
                index=len(self.steps),
                kind=kind,
                exercise_id=step.exercise.id if isinstance(step, ExerciseStep) else None,
                title=plain(title),
                side=item.side if item else None,
                round=_round(item) if item else 1,
                work_ms=work_ms(item) if item else 0,
                prepare_ms=prepare_ms,
                waits=stop or (isinstance(step, ExerciseStep) and step.waits),
                stop=stop,
                chapter=chapter,
                section=plain(self.section) if self.section else None,
                location=at,
                prepare_written=_is_written(item),
                settle_ms=settle_ms,
                opening=_opening(item),
                leads_on=item is not None and item.leads_on,
                set=item.set if item else None,
                sets=step.sets if isinstance(step, ExerciseStep) else None,
                note=self.text(step.note) if isinstance(step, ExerciseStep) and step.note else "",
                work=step.work if isinstance(step, ExerciseStep) else None,
            )
        )

    def lead(
        self,
        role: Role,
        *forms: str,
        protected: bool | None = None,
        at: SourceLocation | None = None,
        pause_ms: int = 0,
        last: bool = False,
        again: bool = False,
    ) -> None:
        """Said in the get-ready time; each form is shorter than the one before. `protected`: `None`, as its role."""
        protected = ROLES[role].protected if protected is None else protected
        if is_filled(forms[0]):
            self._lead_in_pieces(role, forms[0], at, pause_ms, last=last, again=again)
            return
        self.add(
            [
                self.cue(
                    role, form, at=at, anchor="lead", protected=protected, pause_ms=pause_ms, last=last, again=again
                )
                for form in forms
            ]
        )

    def _lead_in_pieces(
        self, role: Role, text: str, at: SourceLocation | None, pause_ms: int, *, last: bool, again: bool
    ) -> None:
        """A sentence with variables, each in an utterance of its own; all of it is said, as no half of it may be."""
        parts = pieces(text)
        for index, part in enumerate(parts):
            self.cues.append(
                self.cue(
                    role,
                    part,
                    at=at,
                    anchor="lead",
                    protected=True,
                    pause_ms=pause_ms if part is parts[-1] else 0,
                    last=last,
                    again=again,
                    joined=index > 0,
                )
            )

    def of_this_step(self) -> list[Cue]:
        """The cues of the step that is open, so far."""
        index = self.steps[-1].index
        return list(takewhile(lambda cue: cue.step_index == index, reversed(self.cues)))[::-1]

    def cue(
        self, role: Role, text: str, *, pace: float = 1.0, at: SourceLocation | None = None, **rest: object
    ) -> Cue:
        return Cue(
            sound=self.utterance(text, pace),
            role=role,
            step_index=self.steps[-1].index,
            location=at or self.at,
            priority=ROLES[role].priority,
            **rest,  # type: ignore[arg-type]
        )

    def add(self, forms: list[Cue]) -> None:
        """The first form, with each following one as what to say where it does not fit."""
        chained: Cue | None = None
        for form in reversed(forms):
            chained = replace(form, shorter=chained) if chained else form
        if chained:
            self.cues.append(chained)

    def tone(
        self,
        name: ToneName,
        role: Role,
        offset_ms: int = 0,
        *,
        anchor: Anchor = "work",
        duration_ms: int | None = None,
    ) -> Cue:
        return Cue(
            sound=Tone(name=name, duration_ms=duration_ms),
            role=role,
            step_index=self.steps[-1].index,
            anchor=anchor,
            offset_ms=offset_ms,
            priority=ROLES[role].priority,
            protected=True,
            location=self.at,
        )

    def work(
        self,
        role: Role,
        forms: Iterable[str],
        offset_ms: int,
        *,
        window_ms: tuple[int, int],
        end_by_ms: int | None = None,
        otherwise: Cue | None = None,
        at: SourceLocation | None = None,
    ) -> None:
        """Said in the timed part, its perceived beginning at `offset_ms` or as near to it as the window allows."""
        earliest_ms, latest_ms = window_ms
        cues = [
            self.cue(
                role,
                form,
                anchor="work",
                offset_ms=offset_ms,
                earliest_ms=earliest_ms,
                latest_ms=latest_ms,
                end_by_ms=end_by_ms,
                at=at,
            )
            for form in forms
        ]
        self.add(cues + ([otherwise] if otherwise else []))

    def say_all(self, role: Role, text: Text) -> None:
        """All sentences of a text that is no exercise's own, one after another; none of them is a caution later."""
        self.said.update(sentences(self.text(text), self.language))
        self.lead_all(role, self.text(text), at=text.location)

    def lead_all(self, role: Role, text: str, *, at: SourceLocation | None = None) -> None:
        """All sentences of a text, one after another in the get-ready time."""
        for sentence in sentences(text, self.language):
            self.lead(role, sentence, at=at)

    def tail_all(self, role: Role, text: str, *, at: SourceLocation | None = None) -> None:
        """All sentences of a text, one after another after the timed part."""
        for sentence in sentences(text, self.language):
            for index, piece in enumerate(pieces(sentence) if is_filled(sentence) else [sentence]):
                self.add([self.cue(role, piece, anchor="tail", protected=True, at=at, joined=index > 0)])


def _round(item: Performed) -> int:
    return item.step.contrast_round or item.round if isinstance(item.step, ThermalStep) else item.round


def _is_written(item: Performed | None) -> bool:
    """Whether somebody asked for this get-ready time, or this time to change sides."""
    if item is None or not isinstance(item.step, (ExerciseStep, ThermalStep)):
        return False
    if isinstance(item.step, ExerciseStep) and item.second_side:
        return item.step.change_written
    return item.step.prepare_written


def _opening(item: Performed | None) -> Opening:
    if item is None:
        return "get-ready"
    return "rest" if item.after_rest else "change" if item.second_side else "get-ready"
