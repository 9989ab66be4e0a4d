"""What every timeline keeps, whatever the routine and however long the words take."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from voicecoach.compiler.place import BEFORE_WORK_MS
from voicecoach.language import spoken
from voicecoach.language.phrasebook import sentences
from voicecoach.model import (
    Clip,
    DurationRange,
    ExerciseStep,
    Language,
    Level,
    Measure,
    RepeatStep,
    RestStep,
    Routine,
    SayStep,
    SectionStep,
    SilenceStep,
    SourceLocation,
    Step,
    Text,
    ThermalStep,
    Timeline,
    TimelineStep,
    Tone,
    Utterance,
)

S = 1000


# --- what was asked for, worked out once more ----------------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """A step as it should be performed."""

    kind: str
    exercise: str | None = None
    side: str | None = None
    work_ms: int | None = None
    """`None` where the words decide."""
    step: Step | None = None
    second_side: bool = False
    set: int | None = None
    moments: tuple[tuple[int, Text], ...] = ()
    """What is said when, after the start."""

    @property
    def is_timed(self) -> bool:
        return self.kind in ("exercise", "heat", "cold")


def asked(routine: Routine, level: Level) -> list[Asked]:
    """Rests next to each other are one; one of no length is one only between two timed parts."""
    found: list[Asked] = []
    for item in map(_with_moments, _asked(routine.steps, level)):
        if found and item.kind == found[-1].kind == "rest":
            both_ms = (found[-1].work_ms or 0) + (item.work_ms or 0)
            later = tuple(((found[-1].work_ms or 0) + at_ms, text) for at_ms, text in item.moments)
            found[-1] = replace(found[-1], work_ms=both_ms, moments=found[-1].moments + later)
        else:
            found.append(item)
    after = [*found, Asked("outro")][1:]
    kept = [
        item
        for item, following in zip(found, after, strict=True)
        if item.kind != "rest" or item.work_ms or following.is_timed
    ]
    return [Asked("intro"), *kept, Asked("outro")]


def _with_moments(item: Asked) -> Asked:
    return replace(item, moments=tuple((moment.at_ms, moment.text) for moment in getattr(item.step, "at", ())))


def _asked(steps: Sequence[Step], level: Level) -> Iterator[Asked]:
    for step in steps:
        if isinstance(step, RepeatStep):
            low, high = step.rounds.low, step.rounds.high
            rounds = {"gentle": low, "normal": (low + high + 1) // 2, "full": high}[level]
            for round_ in range(rounds):
                if round_ and step.between:
                    yield Asked("rest", work_ms=rest_ms(step.between, level), step=step)
                yield from _asked(step.steps, level)
        elif isinstance(step, ExerciseStep):
            sides = {"both": ["left", "right"], "left": ["left"], "right": ["right"]}.get(step.sides, [None])
            for set_ in range(1, (step.sets or 1) + 1):
                if set_ > 1 and step.rest:
                    yield Asked("rest", work_ms=rest_ms(step.rest, level))
                for index, side in enumerate(sides):
                    of_step = Asked(
                        "exercise", step.exercise.id, side, exercise_ms(step, level, side), step, index == 1
                    )
                    yield replace(of_step, set=set_ if step.sets else None)
        elif isinstance(step, RestStep):
            yield Asked("rest", work_ms=rest_ms(step.duration, level), step=step)
        elif isinstance(step, ThermalStep):
            yield Asked(step.kind, work_ms=chosen_ms(step.duration, level), step=step)
        elif isinstance(step, SilenceStep):
            yield Asked("silence", work_ms=step.length_ms, step=step)
        else:
            yield Asked("section" if isinstance(step, SectionStep) else "say", step=step)


def chosen_ms(range_: DurationRange, level: Level) -> int:
    if level != "normal" or range_.low_ms == range_.high_ms:
        return range_.high_ms if level == "full" else range_.low_ms
    middle = (range_.low_ms + range_.high_ms) / 2
    return max(range_.low_ms, min(range_.high_ms, int(middle / 5000 + 0.5) * 5000))


def rest_ms(range_: DurationRange, level: Level) -> int:
    """The other way round: who wants it gentle rests longer."""
    return chosen_ms(range_, {"gentle": "full", "normal": "normal", "full": "gentle"}[level])  # type: ignore[arg-type]


def exercise_ms(step: ExerciseStep, level: Level, side: str | None) -> int | None:
    if step.own and (step.time or not step.reps):
        return chosen_ms(step.time, level) if step.time else 40 * S
    range_ = step.hold_right if side == "right" and step.hold_right else step.hold or step.duration
    if step.breathing and step.breathing.lock and step.hold and not step.hold.is_fixed:
        return None  # see test_breathing
    each = chosen_ms(range_, level) if range_ else 4 * S if step.own else step.tempo.up_ms + step.tempo.down_ms
    if step.reps is None:
        return each
    reps = repetitions(step, level)
    return reps * each + (reps - 1) * (step.release_ms if step.hold else 0)


def repetitions(step: ExerciseStep, level: Level = "normal") -> int:
    if step.reps is None:
        return 0
    low, high = step.reps.low, step.reps.high
    chosen = {"gentle": low, "normal": (low + high + 1) // 2, "full": high}[level]
    return chosen * (2 if step.sides == "alternate" else 1)


# --- the promises --------------------------------------------------------------------------------------------


def speech(timeline: Timeline) -> list[Clip]:
    return [clip for clip in timeline.clips if not isinstance(clip.sound, Tone)]


def cues(timeline: Timeline, step: TimelineStep, role: str | None = None) -> list[Clip]:
    return [clip for clip in timeline.clips if clip.step_index == step.index and role in (None, clip.role)]


def hold_all(routine: Routine, timeline: Timeline, measure: Measure, level: Level = "normal") -> None:
    hold_together(routine, timeline, measure)
    lengths_are_exact(routine, timeline, level)
    rests_are_exact(timeline)
    what_matters_is_said(routine, timeline, level)
    a_hold_is_whole(routine, timeline, level)
    counts_are_on_the_second(routine, timeline, level)
    starts_are_counted_in(routine, timeline, level)
    moments_are_told(routine, timeline, level)


def hold_together(routine: Routine, timeline: Timeline, measure: Measure) -> None:
    """The promises that hold whatever length was chosen."""
    steps_follow_one_another(timeline)
    no_two_voices(timeline)
    nothing_is_cut(timeline, measure)
    meant = set(_meant_to_differ(routine.steps))
    left_equals_right(timeline, meant)
    left_and_right_are_alike(timeline, meant)
    chapters_follow_one_another(timeline)


def steps_follow_one_another(timeline: Timeline) -> None:
    now_ms = 0
    for index, step in enumerate(timeline.steps):
        assert step.index == index
        assert step.start_ms == now_ms
        assert step.start_ms <= step.work_start_ms <= step.work_end_ms <= step.end_ms
        if step.kind in ("intro", "outro", "say", "section"):
            assert (step.work_start_ms, step.work_end_ms) == (step.start_ms, step.end_ms)
        now_ms = step.end_ms
    assert timeline.duration_ms == now_ms


def no_two_voices(timeline: Timeline) -> None:
    said = speech(timeline)
    for before, after in pairwise(said):
        assert before.end_ms <= after.start_ms, (before, after)


def nothing_is_cut(timeline: Timeline, measure: Measure) -> None:
    assert list(timeline.clips) == sorted(timeline.clips, key=lambda clip: clip.start_ms)
    for clip in timeline.clips:
        length = measure(clip.sound)
        assert clip.duration_ms == length.duration_ms
        assert clip.onset_ms - clip.start_ms == length.onset_ms
        assert clip.start_ms >= 0
        assert clip.end_ms <= timeline.duration_ms
        if not isinstance(clip.sound, Tone):
            first, last = _around(timeline, clip.step_index)
            number_ms = timeline.steps[clip.step_index].work_start_ms - BEFORE_WORK_MS  # one on the first instant
            assert min(first.start_ms, number_ms) <= clip.start_ms
            assert clip.end_ms <= last.end_ms


def _around(timeline: Timeline, index: int) -> tuple[TimelineStep, TimelineStep]:
    """The steps in which a step may be told: itself, the rest that leads to it, and where its end is told."""
    steps = timeline.steps
    first = steps[index]
    while first.planned.opening == "rest":  # with a heading between, which is told there too
        first = steps[first.index - 1]
    after = steps[index + 1 : index + 2]
    return first, after[0] if after and after[0].planned.holds_the_end else steps[index]


def rests_are_exact(timeline: Timeline) -> None:
    """From the end of a timed part to the start of the next a rest is as long as it was asked for, and one that grew
    is told at its line. A change of sides and a get-ready time count from there too."""
    grown = {problem.location for problem in timeline.problems if problem.rule == "rest-grew"}
    for before, step in zip([None, *timeline.steps], timeline.steps, strict=False):
        planned = step.planned
        headings = [*takewhile(lambda one: one.kind == "section", timeline.steps[step.index + 1 :])]
        after = timeline.steps[min(step.index + len(headings) + 1, len(timeline.steps) - 1)]
        if step.kind == "rest" and after.planned.is_timed:
            assert planned.leads_on
            assert all(one.planned.opening == "rest" for one in [*headings, after])
            assert all(one.start_ms == one.end_ms == step.end_ms for one in headings)
            assert (step.start_ms, step.end_ms) == (step.work_start_ms, step.work_end_ms)
            assert before is None or step.start_ms == before.work_end_ms
            assert step.end_ms == after.start_ms == after.work_start_ms
            rest_ms = step.end_ms - step.start_ms
            assert rest_ms == planned.work_ms or (rest_ms > planned.work_ms and step.location in grown)
        elif planned.is_timed and planned.opening != "rest" and before is not None:
            since_ms = before.work_end_ms if before.planned.is_timed else before.end_ms
            lead_ms = step.work_start_ms - since_ms
            assert lead_ms >= planned.prepare_ms
            if planned.opening == "change":
                assert step.start_ms == before.work_end_ms
        elif not planned.is_timed and step.kind != "section":
            assert planned.opening == "get-ready"
            assert not planned.leads_on


def lengths_are_exact(routine: Routine, timeline: Timeline, level: Level) -> None:
    expected = asked(routine, level)
    assert [(step.kind, step.exercise_id, step.side) for step in timeline.steps] == [
        (item.kind, item.exercise, item.side) for item in expected
    ]
    for step, item in zip(timeline.steps, expected, strict=True):
        if item.work_ms is not None and not step.planned.leads_on:
            assert step.work_end_ms - step.work_start_ms == item.work_ms, step
        if item.work_ms is not None:
            assert step.planned.work_ms == item.work_ms


def _meant_to_differ(steps: Sequence[Step]) -> Iterator[SourceLocation]:
    for step in steps:
        if isinstance(step, RepeatStep):
            yield from _meant_to_differ(step.steps)
        elif isinstance(step, ExerciseStep) and step.hold_right:
            yield step.location


def _both_sides(timeline: Timeline, meant: Container[SourceLocation]) -> Iterator[tuple[TimelineStep, TimelineStep]]:
    """Each left side with its right one, but for those that are meant to differ."""
    for left, right in pairwise(timeline.steps):
        sides = (left.side, right.side) == ("left", "right")
        if sides and left.location == right.location and left.location not in meant:
            yield left, right


def left_equals_right(timeline: Timeline, meant: Container[SourceLocation] = ()) -> None:
    for left, right in _both_sides(timeline, meant):
        assert left.work_end_ms - left.work_start_ms == right.work_end_ms - right.work_start_ms


QUIET_MS, SETTLE_MS = 5000, 2000
PACING = {"at", "begin", "go", "count", "side", "breath-in", "breath-out", "breath-hold", "end", "halfway"}
"""What may be heard in the first seconds of a hold."""


def a_hold_is_whole(routine: Routine, timeline: Timeline, level: Level) -> None:
    """How to do it is said before the start, with time to settle; then comes nothing new for a while."""
    for step, item in zip(timeline.steps, asked(routine, level), strict=True):
        if not isinstance(item.step, ExerciseStep) or not item.step.hold:
            continue
        said = [clip for clip in cues(timeline, step) if not isinstance(clip.sound, Tone)]
        assert all(clip.end_ms <= step.work_start_ms for clip in said if clip.role == "instruction")
        before = [clip for clip in said if clip.onset_ms < step.work_start_ms and clip.role != "count-in"]
        assert all(clip.end_ms + SETTLE_MS <= step.work_start_ms for clip in before)
        if item.step.is_held:
            early = {c.role for c in said if step.work_start_ms <= c.start_ms < step.work_start_ms + QUIET_MS}
            assert early <= PACING | ({"out"} if step.work_end_ms - step.work_start_ms < QUIET_MS else set())


def left_and_right_are_alike(timeline: Timeline, meant: Container[SourceLocation] = ()) -> None:
    """The same cues in the timed part, but for tips, which take turns."""
    for left, right in _both_sides(timeline, meant):
        assert _paced(timeline, left) == _paced(timeline, right)


def _paced(timeline: Timeline, step: TimelineStep) -> Counter[str]:
    clips = [clip for clip in cues(timeline, step) if clip.onset_ms >= step.work_start_ms]
    return Counter(clip.role for clip in clips if clip.role not in ("tip", "instruction", "out"))


def what_matters_is_said(routine: Routine, timeline: Timeline, level: Level) -> None:
    """Names, set-ups, cautions, instructions, start, end and change of side are never dropped."""
    introduced: set[object] = set()
    named: list[object] = []
    told = set(_sentences(routine.intro, timeline.language))
    for step, item in zip(timeline.steps, asked(routine, level), strict=True):
        roles = Counter(clip.role for clip in cues(timeline, step))
        if step.kind in ("exercise", "heat", "cold"):
            (begin,), (end,) = cues(timeline, step, "begin"), cues(timeline, step, "end")
            assert (begin.onset_ms, end.onset_ms) == (step.work_start_ms, step.work_end_ms)
        in_rest = step.planned.opening == "rest"
        gone = Counter(dropped.role for dropped in timeline.dropped if in_rest and dropped.step_index == step.index)
        if isinstance(item.step, ExerciseStep):
            assert step.kind == "exercise"
            exercise = item.step.exercise
            known = item.step.location in introduced
            if item.second_side:
                assert roles["side"] >= 2  # a tone, and the side's name
                assert roles["name"] == 0
            else:
                assert any(roles[role] + gone[role] for role in ("name", "side", "round", "set"))
                key = exercise.id or tuple(exercise.name.by_language.items())
                assert roles["name"] == 1 or key in named
                assert roles["name"] <= 1
                named.append(key)
                if not known and exercise.setup is not None:
                    assert roles["setup"] + gone["setup"] > 0 or key in named[:-1]
                if not known and key not in named[:-1]:
                    new = set(_sentences(exercise.caution, timeline.language)) - told
                    assert roles["caution"] == len(new)
                    told |= new
                assert roles["side"] > 0 or item.step.sides in ("none", "alternate")
            introduced.add(item.step.location)
            how = exercise.instruction or exercise.reminder or exercise.setup
            assert (roles["instruction"] + gone["instruction"] > 0) <= (how is not None)
            if how and not known and not item.second_side and key not in named[:-1]:
                assert roles["instruction"] + gone["instruction"] > 0 or (exercise.instruction is None)
            if item.step.sides == "alternate" and item.step.work == "reps":
                first = {2, 1} if key in named[:-1] else {1 if known else 2}
                assert roles["side"] - (repetitions(item.step, level) - 1) in first
                assert roles["rep"] <= repetitions(item.step, level) // 2
            if item.step.own:
                assert roles["rep"] == roles["tempo"] == roles["release"] == 0
                assert known or roles["length"] + gone["length"] >= 2  # how many, and when it is over
            assert step.waits == (item.step.own and item.step.time is None)
            if step.waits:  # nobody knows when it is over
                assert not {"count", "halfway", "time-left", "at"} & set(roles)
                (end,) = cues(timeline, step, "end")
                before = [clip for clip in cues(timeline, step) if clip.start_ms < end.start_ms]
                assert max(clip.end_ms for clip in before) <= step.waits_at_ms <= step.goes_on_at_ms == end.start_ms
        if isinstance(item.step, ThermalStep):
            assert (roles["caution"] >= 2) == (step.kind == "heat" and item.step.contrast_round <= 1)
            said = [(clip.start_ms, clip.end_ms) for clip in cues(timeline, step, step.kind)]
            assert any(end_ms <= step.work_start_ms for _, end_ms in said)  # on
            assert any(start_ms >= step.work_end_ms for start_ms, _ in said)  # off
            assert not any(start < step.work_end_ms and end > step.work_start_ms for start, end in said)
            every_ms = item.step.check_every_ms or 300_000
            assert roles["skin-check"] == max(1, len(range(every_ms, (item.work_ms or 0) - 10_000, every_ms)))
        if isinstance(item.step, SilenceStep):
            assert not roles
            assert (step.start_ms, step.end_ms) == (step.work_start_ms, step.work_end_ms)
        if isinstance(item.step, SectionStep):
            assert roles["section"] > 0
        if isinstance(item.step, SayStep):
            assert roles["say"] > 0
            told |= set(_sentences(item.step.text, timeline.language))
    never = {"caution", "begin", "end", "side", "skin-check", "say", "intro", "outro", "heat", "cold"}
    assert not never & {dropped.role for dropped in timeline.dropped}
    in_rests = {step.index for step in timeline.steps if step.planned.leads_on or step.planned.opening == "rest"}
    ends_told = {step.index - 1 for step in timeline.steps if step.planned.holds_the_end}
    elsewhere = {
        dropped.role
        for dropped in timeline.dropped
        if dropped.step_index not in in_rests and not (dropped.role == "instruction" and dropped.again)
    }
    assert not {"name", "setup", "instruction", "round", "set"} & elsewhere
    assert {dropped.step_index for dropped in timeline.dropped if dropped.role == "out"} <= ends_told
    assert all(dropped.again for dropped in timeline.dropped if dropped.role == "name")


def _sentences(text: Text | None, language: Language) -> list[str]:
    return sentences(text.get(language) or "") if text else []


def counts_are_on_the_second(routine: Routine, timeline: Timeline, level: Level) -> None:
    for step, item in zip(timeline.steps, asked(routine, level), strict=True):
        if not isinstance(item.step, ExerciseStep):
            assert not cues(timeline, step, "count")
            continue
        starts, ends = _holds(step, item.step, level)
        for clip in cues(timeline, step, "count"):
            n = _number(clip, timeline.language)
            seconds = (
                {start + n * S for start in starts}
                if item.step.counting.style == "up"
                else {end - n * S for end in ends}
            )
            assert clip.onset_ms in seconds, (clip, sorted(seconds))
        reps = cues(timeline, step, "rep")
        for clip in reps:
            number = _number(clip, timeline.language) - 1  # on two sides in turn that of the pair, on its first side
            assert clip.onset_ms == starts[2 * number if item.step.sides == "alternate" else number]


def starts_are_counted_in(routine: Routine, timeline: Timeline, level: Level) -> None:
    """All numbers, each a whole second before the start; or none, which is told."""
    for step, item in zip(timeline.steps, asked(routine, level), strict=True):
        asked_for = item.step.count_in if isinstance(item.step, (ExerciseStep, ThermalStep)) else 0
        wanted = list(range(asked_for, 0, -1))
        said = cues(timeline, step, "count-in")
        missed = [
            dropped for dropped in timeline.dropped if (dropped.role, dropped.step_index) == ("count-in", step.index)
        ]
        assert [_number(clip, timeline.language) for clip in said] == ([] if missed else wanted)
        assert len(missed) in (0, len(wanted))
        assert [step.work_start_ms - clip.onset_ms for clip in said] == [n * S for n in wanted[: len(said)]]
        of_step = [clip for clip in speech(timeline) if clip.step_index == step.index and clip not in said]
        before = [clip for clip in of_step if clip.onset_ms < step.work_start_ms]
        assert not said or all(clip.end_ms <= said[0].start_ms for clip in before)


def moments_are_told(routine: Routine, timeline: Timeline, level: Level) -> None:
    """At their moments, or at most three seconds beside them; what is not heard is told."""
    for before, step, item in zip([None, *timeline.steps], timeline.steps, asked(routine, level), strict=False):
        if step.waits:
            continue
        zero_ms = step.work_start_ms
        if item.kind == "rest" and before is not None and before.planned.is_timed:
            zero_ms = before.work_end_ms
        if item.kind == "say":
            zero_ms = max(clip.end_ms for clip in cues(timeline, step, "say"))
        missed = Counter(dropped.text for dropped in timeline.dropped if dropped.step_index == step.index)
        heard = [clip for clip in cues(timeline, step, "at") if isinstance(clip.sound, Utterance)]
        for at_ms, text in item.moments:
            words = (text.get(timeline.language) or "").replace("{{", "{").replace("}}", "}")
            moment_ms = max(step.work_start_ms, zero_ms + at_ms) if item.kind != "say" else zero_ms + at_ms
            near = [c for c in heard if c.sound.text == words and abs(c.onset_ms - moment_ms) <= 3 * S]  # type: ignore[union-attr]
            assert near or missed[words], (words, moment_ms, heard)


def _holds(step: TimelineStep, asked_step: ExerciseStep, level: Level) -> tuple[list[int], list[int]]:
    """Where each hold, or each repetition, starts and ends."""
    if asked_step.work != "reps":
        return [step.work_start_ms], [step.work_end_ms]
    reps = repetitions(asked_step, level)
    release_ms = asked_step.release_ms if asked_step.hold else 0
    each_ms = (step.work_end_ms - step.work_start_ms - (reps - 1) * release_ms) // reps
    starts = [step.work_start_ms + index * (each_ms + release_ms) for index in range(reps)]
    return starts, [start + each_ms for start in starts]


def _number(clip: Clip, language: Language) -> int:
    assert not isinstance(clip.sound, Tone)
    return _numbers(language)[clip.sound.text]


_NUMBERS: dict[Language, dict[str, int]] = {}


def _numbers(language: Language) -> dict[str, int]:
    """The number of each number word, and the seconds of each whole time that is counted."""
    if language not in _NUMBERS:
        numbers = {spoken.number(n, language): n for n in range(2001)}
        numbers |= {spoken.duration(n * S, language): n for n in range(121, 1000)}
        numbers |= {spoken.duration(n * 60 * S, language): n * 60 for n in range(1, 200)}
        _NUMBERS[language] = numbers
    return _NUMBERS[language]


def chapters_follow_one_another(timeline: Timeline) -> None:
    assert {chapter.start_ms for chapter in timeline.chapters} >= {
        step.start_ms
        for step in timeline.steps
        if step.kind not in ("rest", "heat", "cold", "silence") and (step.set or 1) == 1
    }
    ends = [chapter.start_ms for chapter in timeline.chapters[1:]] + [timeline.duration_ms]
    assert [chapter.end_ms for chapter in timeline.chapters] == ends
    assert all(chapter.start_ms < chapter.end_ms for chapter in timeline.chapters)


def plan(timeline: Timeline) -> list[object]:
    """What must be the same in every language."""
    return [
        (step.kind, step.exercise_id, step.side, step.round, step.stop,
         step.set, step.waits, step.planned.work_ms)
        for step in timeline.steps
    ]  # fmt: skip
