"""Decides what is said in each step, and where it belongs: performed steps → `CueSheet`.

Nothing here knows how long a word takes. A cue that may not fit brings its shorter forms along.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from voicecoach.compiler.expand import Performed, rep_ms, rep_starts_ms, work_ms
from voicecoach.compiler.roles import PRIORITY
from voicecoach.errors import RoutineError
from voicecoach.model import (
    Breathing,
    Cue,
    CueSheet,
    ExerciseStep,
    Language,
    PlannedStep,
    Problem,
    RestStep,
    Role,
    Routine,
    Side,
    SourceLocation,
    StepKind,
    Text,
    ThermalStep,
    Tone,
    ToneName,
    Utterance,
)
from voicecoach.wording import spoken
from voicecoach.wording.phrasebook import phrasebook, sentences

FAST_PACE = 1.4
"""For a number that would run into the next second."""
COUNTED_ALOUD_S = 99
"""Up to here every second is counted. “One hundred and seventeen” takes longer than a second."""
COUNTED_IN_TENS_S = 120
"""Up to here every tenth second is; above it only the whole minutes are."""
USUAL_MS = 600_000
"""How long a routine takes, as long as nobody knows."""
BEFORE_NEXT_SECOND_MS = 820
"""A number should be over by then, so that the next one, which starts before its second, has room."""


def plan(
    routine: Routine,
    performed: Sequence[Performed],
    *,
    language: Language,
    voice: str,
    length_ms: Callable[[CueSheet], int],
    pace: float = 1.0,
) -> CueSheet:
    """The cue sheet of the routine. `length_ms` is how long a cue sheet takes, which the introduction tells: it is
    asked of this one, with a usual length told in it. `pace` is a factor on the pace of every utterance.

    Raises `RoutineError` with a problem for every text that is missing in the language.
    """
    planner = _Planner(routine, performed, language, voice, pace)
    planner.intro()
    for position, item in enumerate(performed):
        planner.step(item, performed[position + 1 :])
    planner.outro()
    if planner.problems:
        raise RoutineError(planner.problems)
    sheet = CueSheet(
        routine_id=routine.id,
        title=planner.text(routine.title),
        language=language,
        voice=voice,
        steps=tuple(planner.steps),
        cues=tuple(planner.cues),
    )
    return replace(sheet, cues=planner.cues_telling(length_ms(sheet)))


class _Planner:
    """Collects the planned steps and their cues, one step after another."""

    def __init__(
        self, routine: Routine, performed: Sequence[Performed], language: Language, voice: str, pace: float
    ) -> None:
        self.routine, self.language, self.voice, self.pace = routine, language, voice, pace
        self.phrases = phrasebook(language)
        self.total = max((item.place for item in performed), default=0)
        self.steps: list[PlannedStep] = []
        self.cues: list[Cue] = []
        self.problems: list[Problem] = []
        self.telling_length = 0
        """The index of the cue that tells it."""
        self.cautioned: set[str] = set()
        self.heat_caution_said = False
        self.at = routine.location

    # --- building blocks -------------------------------------------------------------------------------------

    def text(self, text: Text) -> str:
        """The text in the language; if it is missing, that is a problem at its line."""
        found = text.get(self.language)
        if found is None:
            message = f"this text is missing in {self.phrases.language}"
            problem = Problem(
                rule="missing-language",
                severity="error",
                message=message,
                location=text.location,
                hint=f"Add `{self.language}:` to it, or choose another language with --lang.",
            )
            if problem not in self.problems:
                self.problems.append(problem)
        return found or "?"

    def utterance(self, text: str, pace: float = 1.0) -> Utterance:
        return Utterance(text=text, language=self.language, voice=self.voice, pace=round(pace * self.pace, 3))

    def open_step(
        self,
        kind: StepKind,
        title: str,
        at: SourceLocation,
        *,
        item: Performed | None = None,
        prepare_ms: int = 0,
        stop: bool = False,
    ) -> None:
        self.at = at
        step = item.step if item else None
        self.steps.append(
            PlannedStep(
                index=len(self.steps),
                kind=kind,
                exercise_id=step.exercise.id if isinstance(step, ExerciseStep) else None,
                title=title,
                side=item.side if item else None,
                round=_round(item) if item else 1,
                work_ms=work_ms(item) if item else 0,
                prepare_ms=prepare_ms,
                stop=stop,
                location=at,
            )
        )

    def lead(self, role: Role, *forms: str, protected: bool = True, at: SourceLocation | None = None) -> None:
        """Said in the get-ready time; each form is shorter than the one before."""
        self._add([self._cue(role, form, anchor="lead", protected=protected, at=at) for form in forms])

    def tail(self, role: Role, *forms: str) -> None:
        """Said after the timed part."""
        self._add([self._cue(role, form, anchor="tail", protected=True) for form in forms])

    def _cue(
        self, role: Role, text: str, *, pace: float = 1.0, at: SourceLocation | None = None, **rest: object
    ) -> Cue:
        return Cue(
            sound=self.utterance(text, pace),
            role=role,
            step_index=self.steps[-1].index,
            location=at or self.at,
            priority=PRIORITY.get(role, 0),
            **rest,  # type: ignore[arg-type]
        )

    def _add(self, forms: list[Cue]) -> None:
        """The first form, with each following one as what to say where it does not fit."""
        chained: Cue | None = None
        for form in reversed(forms):
            chained = replace(form, shorter=chained)
        if chained:
            self.cues.append(chained)

    def tone(self, name: ToneName, role: Role, offset_ms: int = 0, *, tail: bool = False) -> Cue:
        return Cue(
            sound=Tone(name=name),
            role=role,
            step_index=self.steps[-1].index,
            anchor="tail" if tail else "work",
            offset_ms=offset_ms,
            priority=PRIORITY[role],
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
            self._cue(
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
        self._add(cues + ([otherwise] if otherwise else []))

    # --- the steps -------------------------------------------------------------------------------------------

    def intro(self) -> None:
        self.open_step("intro", self.phrases.say("title-intro"), self.routine.location)
        self.lead("intro", _sentence(self.text(self.routine.title)), at=self.routine.title.location)
        self.telling_length = len(self.cues)
        self.lead("intro", self._length_told(USUAL_MS))
        if self.routine.intro:
            self.say_all("intro", self.routine.intro)

    def cues_telling(self, about_ms: int) -> tuple[Cue, ...]:
        """The cues, with this length told in the introduction."""
        at = self.telling_length
        told = replace(self.cues[at], sound=self.utterance(self._length_told(about_ms)))
        return (*self.cues[:at], told, *self.cues[at + 1 :])

    def _length_told(self, about_ms: int) -> str:
        total = spoken.about(about_ms, self.language)
        if not self.total:
            return self.phrases.say("intro-time", duration=total)
        exercises = spoken.counted(self.total, "exercise", self.language)
        return self.phrases.say("intro-size", exercises=exercises, duration=total)

    def outro(self) -> None:
        self.open_step("outro", self.phrases.say("title-outro"), self.routine.location)
        self.lead("outro", self.phrases.say("done"))
        if self.routine.outro:
            self.say_all("outro", self.routine.outro)

    def say_all(self, role: Role, text: Text) -> None:
        for sentence in sentences(self.text(text)):
            self.lead(role, sentence, at=text.location)

    def step(self, item: Performed, following: Sequence[Performed]) -> None:
        step = item.step
        if isinstance(step, ExerciseStep):
            self.exercise(item, step)
        elif isinstance(step, ThermalStep):
            self.thermal(item, step)
        elif isinstance(step, RestStep):
            self.rest(item, step, following)
        else:
            self.open_step(
                "say",
                self.phrases.say("title-stop" if step.stop else "title-say"),
                step.location,
                item=item,
                stop=step.stop,
            )
            self.round(item)
            self.say_all("say", step.text)

    def round(self, item: Performed) -> None:
        if item.opens_round and item.rounds > 1 and not item.second_side:
            n, total = spoken.place(item.round, self.language), spoken.number(item.rounds, self.language)
            self.lead("round", self.phrases.say("round", n=n, total=total))

    def rest(self, item: Performed, step: RestStep, following: Sequence[Performed]) -> None:
        self.open_step("rest", self.phrases.say("title-rest"), step.location, item=item)
        self.round(item)
        length = spoken.duration(item.length_ms, self.language)
        forms: tuple[str, ...] = (self.phrases.say("rest", duration=length), self.phrases.say("rest-short"))
        if self.routine.phase == "screening":  # after a question no one rests
            forms = (self.phrases.say("think"),)
        self.work("rest", forms, 300, window_ms=(0, 1500))
        coming = next((other.step for other in following if isinstance(other.step, ExerciseStep)), None)
        if coming:
            name = self.text(coming.exercise.name)
            forms = (self.phrases.say("next", name=name), self.phrases.say("next-short", name=name))
            middle = item.length_ms // 2
            self.work("next", forms, min(middle, item.length_ms - 4000), window_ms=(0, item.length_ms))

    def exercise(self, item: Performed, step: ExerciseStep) -> None:
        exercise = step.exercise
        name = self.text(exercise.name)
        title = self.phrases.say(f"title-{item.side}", name=name) if item.side else name
        prepare_ms = step.change_ms if item.second_side else step.prepare_ms
        self.open_step("exercise", title, step.location, item=item, prepare_ms=prepare_ms)
        if item.second_side:
            self.change_of_side(item.side or "right")
        else:
            self.get_ready(item, step, name)
        self.cues.append(self.tone("start", "begin"))
        if step.reps is not None:
            self.repetitions(item, step)
        else:
            self.hold(item, step)
        self.coaching(item, step)
        self.cues.append(self.tone("end", "end", tail=True))

    def change_of_side(self, side: Side) -> None:
        self.cues.append(replace(self.tone("side", "side"), anchor="lead"))
        self.lead("side", self.phrases.say(f"side-change-{side}"), self.phrases.say(f"side-change-{side}-short"))

    def get_ready(self, item: Performed, step: ExerciseStep, name: str) -> None:
        exercise = step.exercise
        self.round(item)
        which = "first" if item.place == 1 else "last" if item.place == self.total else "next"
        named = (self.phrases.say(f"name-{which}", name=name),) if self.total > 1 else ()
        self.lead("name", *named, self.phrases.say("name", name=name), at=step.location)
        if self.total > 1:
            place, total = spoken.place(item.place, self.language), spoken.number(self.total, self.language)
            self.lead("place", self.phrases.say("place", place=place, total=total), protected=False, at=step.location)
        length = self.phrases.say("length", length=self._length(item, step))
        self.lead("length", length, protected=False, at=step.location)
        if exercise.setup:
            self.lead("setup", self.text(exercise.setup), at=exercise.setup.location)
        if exercise.caution and self._first_time(exercise.caution):
            self.lead("caution", self.text(exercise.caution), at=exercise.caution.location)
        if step.sides == "both":
            self.lead("side", self.phrases.say(f"side-first-{item.side}"))
        elif step.sides in ("left", "right"):
            self.lead("side", self.phrases.say(f"side-only-{step.sides}"))
        elif step.sides == "alternate":
            self.lead("side", self.phrases.say("side-alternate"))
            if step.reps is not None:
                self.lead("side", self.phrases.say("side-left"))
        self.lead("ready", self.phrases.say("ready"), protected=False)

    def _first_time(self, caution: Text) -> bool:
        key = str(caution.location)
        first = key not in self.cautioned
        self.cautioned.add(key)
        return first

    def _length(self, item: Performed, step: ExerciseStep) -> str:
        """“Thirty seconds on each side”, “five repetitions, each held for five seconds”."""
        duration = spoken.duration(item.length_ms, self.language) if item.length_ms else ""
        sided = step.sides in ("both", "alternate")
        if step.reps is None:
            return self.phrases.say("length-each-side", length=duration) if step.sides == "both" else duration
        length = spoken.counted(step.reps, "rep", self.language)
        if sided:
            length = self.phrases.say("length-each-side-reps", length=length)
        return self.phrases.say("length-held-reps", reps=length, duration=duration) if step.hold else length

    def coaching(self, item: Performed, step: ExerciseStep) -> None:
        """The instruction, the tips and half-way: what is said around the counting."""
        exercise, length = step.exercise, self.steps[-1].work_ms
        if exercise.instruction and not item.second_side:
            text, at = self.text(exercise.instruction), exercise.instruction.location
            in_get_ready = self._cue("instruction", text, anchor="lead", protected=True, at=at)
            window = (500, length // 2)
            self.work("instruction", (text,), 1400, window_ms=window, otherwise=in_get_ready, at=at)
        for tip, offset_ms in self._tips(item, step, length):
            reach = length // 5
            window = (max(0, offset_ms - reach), offset_ms + reach)
            text, at = self.text(tip), tip.location
            before = self._cue("tip", text, anchor="lead", at=at) if step.reps is not None else None
            self.work("tip", (text,), offset_ms, window_ms=window, otherwise=before, at=at)
        if step.halfway:
            half = length // 2
            forms = (self.phrases.say("halfway"), self.phrases.say("halfway-short"))
            tone = self.tone("halfway", "halfway", half)
            self.work("halfway", forms, half, window_ms=(half, half + 1500), otherwise=tone)

    @staticmethod
    def _tips(item: Performed, step: ExerciseStep, length: int) -> list[tuple[Text, int]]:
        """One tip in the middle; in a long set one every minute and a half, each once."""
        tips = step.exercise.tips
        if not tips:
            return []
        if length < 180_000:
            return [(tips[item.occurrence % len(tips)], length * 45 // 100)]
        return [
            (tip, 45_000 + 90_000 * index)
            for index, tip in enumerate(tips)
            if 45_000 + 90_000 * index < length - 30_000
        ]

    # --- counting --------------------------------------------------------------------------------------------

    def hold(self, item: Performed, step: ExerciseStep) -> None:
        length = self.steps[-1].work_ms
        # Where the breath is led, its “in” is the word to begin with.
        if step.counting.style not in ("down", "up") and length >= 8000 and not step.breathing:
            self.work("go", (self.phrases.say("begin"),), 450, window_ms=(400, 1500))
        self.count(step, 0, length, whole=True)
        if step.breathing:
            self.breathe(step.breathing, length)

    def count(self, step: ExerciseStep, start_ms: int, length_ms: int, *, whole: bool) -> None:
        """The counts of one hold. `whole`: the count at its very start belongs to it too."""
        style, seconds = step.counting.style, step.counting.seconds
        if style == "off":
            return
        for left_s in _seconds_left(style, seconds, length_ms, whole):
            said, offset_ms = left_s, start_ms + length_ms - left_s * 1000
            if style == "up":  # from the start, also where the hold is no whole number of seconds
                said = length_ms // 1000 - left_s
                offset_ms = start_ms + said * 1000
            minutes = said > COUNTED_IN_TENS_S or (style == "every" and said % 60 == 0)
            self.number("count", said, offset_ms, minutes=minutes)

    def number(self, role: Role, n: int, offset_ms: int, *, minutes: bool = False) -> None:
        """A number whose perceived beginning is at `offset_ms` exactly, said faster where it would be too long."""
        text = spoken.duration(n * 1000, self.language) if minutes else spoken.number(n, self.language)
        alone = minutes or n > COUNTED_ALOUD_S  # nothing is counted in the seconds after it
        fast = max(FAST_PACE, FAST_PACE / self.pace)  # a second is a second, however calm the voice
        paces = ((1.0, BEFORE_NEXT_SECOND_MS), (fast, 1000))
        self._add(
            [
                self._cue(
                    role,
                    text,
                    pace=pace,
                    anchor="work",
                    offset_ms=offset_ms,
                    earliest_ms=offset_ms,
                    latest_ms=offset_ms,
                    end_by_ms=offset_ms + (3000 if alone else over_by_ms),
                )
                for pace, over_by_ms in paces
            ]
        )

    def repetitions(self, item: Performed, step: ExerciseStep) -> None:
        starts, each_ms = rep_starts_ms(item), rep_ms(item)
        for index, start_ms in enumerate(starts):
            self.number("rep", index + 1, start_ms)
            last = index == len(starts) - 1
            if step.sides == "alternate" and not last:
                self.next_side("right" if index % 2 == 0 else "left", start_ms, starts[index + 1])
            if step.hold:
                self.count(step, start_ms, each_ms, whole=False)
                if not last:
                    end_ms = start_ms + each_ms
                    self.work(
                        "release", (self.phrases.say("release"),), end_ms + 100, window_ms=(end_ms, end_ms + 700)
                    )
            else:
                self.tempo(step, start_ms, first=index == 0)

    def next_side(self, side: Side, this_start_ms: int, next_start_ms: int) -> None:
        """Names the side of the next repetition shortly before it."""
        earliest = max(this_start_ms + 200, next_start_ms - 1500)
        window = (earliest, next_start_ms)
        tone = self.tone("side", "side", next_start_ms)
        word = (self.phrases.say(f"side-{side}"),)
        self.work("side", word, next_start_ms - 800, window_ms=window, end_by_ms=next_start_ms + 500, otherwise=tone)

    def tempo(self, step: ExerciseStep, start_ms: int, *, first: bool) -> None:
        down_ms = start_ms + step.tempo.up_ms
        if first:
            self.work(
                "tempo",
                (self.phrases.say("tempo-up"),),
                start_ms + 700,
                window_ms=(start_ms + 400, down_ms - 300),
                end_by_ms=down_ms,
            )
        self.work("tempo", (self.phrases.say("tempo-down"),), down_ms, window_ms=(down_ms, down_ms + 200))

    def breathe(self, breathing: Breathing, length_ms: int) -> None:
        """Breaths fitted evenly into the hold, so that it ends with an out-breath. Words first, then tones."""
        cycles = max(1, round(length_ms / breathing.cycle_ms))
        phases: tuple[tuple[str, ToneName, int], ...] = (
            ("breath-in", "breath-in", breathing.in_ms),
            ("breath-hold", "breath-hold", breathing.hold_in_ms),
            ("breath-out", "breath-out", breathing.out_ms),
            ("breath-hold", "breath-hold", breathing.hold_out_ms),
        )
        for cycle in range(cycles):
            elapsed = 0
            for role, tone, phase_ms in phases:
                start_ms = (cycle * breathing.cycle_ms + elapsed) * length_ms // (cycles * breathing.cycle_ms)
                elapsed += phase_ms
                if not phase_ms:
                    continue
                if cycle < 2:
                    word = (self.phrases.say(role),)
                    self.work(
                        role,
                        word,
                        start_ms,
                        window_ms=(start_ms, start_ms + 250),
                        otherwise=self.tone(tone, role, start_ms),
                    )
                else:
                    self.cues.append(self.tone(tone, role, start_ms))

    # --- heat and cold ---------------------------------------------------------------------------------------

    def thermal(self, item: Performed, step: ThermalStep) -> None:
        title = self.phrases.say(f"title-{step.kind}")
        self.open_step(step.kind, title, step.location, item=item, prepare_ms=step.prepare_ms)
        if step.kind == "heat" and not self.heat_caution_said:
            for sentence in sentences(self.phrases.say("heat-caution")):
                self.lead("caution", sentence)
            self.heat_caution_said = True
        self.round(item)
        length = spoken.duration(item.length_ms, self.language)
        if step.contrast_rounds:
            n = spoken.place(step.contrast_round, self.language)
            total = spoken.number(step.contrast_rounds, self.language)
            self.lead(step.kind, self.phrases.say(f"contrast-{step.kind}", n=n, total=total, duration=length))
        else:
            self.lead(step.kind, self.phrases.say(f"{step.kind}-on-{step.source}", duration=length))
        self.cues.append(self.tone("start", "begin"))
        self.skin_checks(step, item.length_ms)
        self.minutes_left(item.length_ms)
        self.cues.append(self.tone("end", "end", tail=True))
        off = "contrast-off" if step.contrast_rounds and step.kind == "heat" else f"{step.kind}-off-{step.source}"
        for sentence in sentences(self.phrases.say(off)):
            self.tail(step.kind, sentence)

    def skin_checks(self, step: ThermalStep, length_ms: int) -> None:
        if step.check_every_ms is None:
            return
        forms = [
            self.phrases.say("skin-check" if step.kind == "heat" else "skin-check-cold"),
            self.phrases.say("skin-check-short"),
        ]
        for offset_ms in range(step.check_every_ms, length_ms - 10_000, step.check_every_ms):
            self.work("skin-check", forms, offset_ms + 2500, window_ms=(offset_ms, offset_ms + 8000))

    def minutes_left(self, length_ms: int) -> None:
        for left_min in (30, 20, 15, 10, 5, 2, 1):
            offset_ms = length_ms - left_min * 60_000
            if offset_ms >= 60_000:
                left = spoken.duration(left_min * 60_000, self.language)
                self.work(
                    "time-left",
                    (self.phrases.say("time-left", duration=left),),
                    offset_ms,
                    window_ms=(offset_ms, offset_ms + 3000),
                )


def _seconds_left(style: str, seconds: int, length_ms: int, whole: bool) -> list[int]:
    """At which seconds left something is counted, the last second first."""
    whole_s = length_ms // 1000
    most = whole_s if whole and length_ms % 1000 == 0 else -(-length_ms // 1000) - 1
    if style == "every":
        return [left for left in range(seconds, whole_s, seconds) if left < length_ms / 1000]
    if style == "last":
        most = min(seconds, most)
    if style == "up":  # counted from the start: the last second is the end tone's
        return [left for left in range(1, whole_s) if _is_counted(whole_s - left)]
    return [left for left in range(1, most + 1) if _is_counted(left)]


def _is_counted(second: int) -> bool:
    if second <= COUNTED_ALOUD_S:
        return True
    return second % (10 if second <= COUNTED_IN_TENS_S else 60) == 0


def _round(item: Performed) -> int:
    return item.step.contrast_round or item.round if isinstance(item.step, ThermalStep) else item.round


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else text + "."
