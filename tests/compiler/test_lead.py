"""What a profile changes of the plan: room for a waking tone, and fewer words."""

from __future__ import annotations

from dataclasses import replace

from tests.compiler.compiling import compiled
from tests.fakes import fast_measure
from voicecoach.compiler.brief import briefly
from voicecoach.compiler.lead import WAKE, with_lead
from voicecoach.compiler.schedule import schedule
from voicecoach.model import (
    Chapter,
    Cue,
    CueSheet,
    PlannedStep,
    SoundLength,
    SourceLocation,
    StepKind,
    TimelineStep,
    Tone,
    Utterance,
)

HERE = SourceLocation(path="test", line=3, column=1)
LENGTH = SoundLength(duration_ms=1300, onset_ms=100)


def cue(text: str, role: str, step: int, anchor: str = "lead", shorter: Cue | None = None) -> Cue:
    sound = Utterance(text=text, language="da", voice="fake:da")
    return Cue(sound=sound, role=role, step_index=step, anchor=anchor, location=HERE, protected=True, shorter=shorter)  # type: ignore[arg-type]


def sheet(*cues: Cue) -> CueSheet:
    def step(index: int, kind: StepKind, work_ms: int) -> PlannedStep:
        return PlannedStep(
            index=index, kind=kind, exercise_id=None, title=f"{index}", side=None, round=1, work_ms=work_ms,
            prepare_ms=3000, stop=False, location=HERE,
        )  # fmt: skip

    steps = (step(0, "intro", 0), step(1, "exercise", 10_000), step(2, "outro", 0))
    return CueSheet(routine_id="r", title="R", language="da", voice="fake:da", steps=steps, cues=cues)


PLAN = sheet(cue("Velkommen.", "intro", 0), cue("Kat.", "name", 1), cue("Færdig.", "outro", 2))


def test_everything_moves_by_the_lead_and_the_first_step_grows_by_it() -> None:
    plain = schedule(PLAN, fast_measure)
    led = with_lead(plain, 1500, LENGTH)
    assert led.duration_ms == plain.duration_ms + 1500
    wake, *others = led.clips
    assert (wake.sound, wake.role, wake.start_ms, wake.onset_ms, wake.end_ms) == (WAKE, "wake", 0, 100, 1300)
    assert [c.onset_ms - 1500 for c in others] == [c.onset_ms for c in plain.clips]
    assert [c.start_ms - 1500 for c in others] == [c.start_ms for c in plain.clips]
    first, second, last = led.steps
    assert (first.start_ms, first.work_start_ms) == (0, 0)
    assert (first.end_ms, first.work_end_ms) == (second.start_ms, second.start_ms)
    assert second.work_end_ms - second.work_start_ms == 10_000
    assert last.end_ms == led.duration_ms
    assert led.chapters[0] == Chapter(title="0", start_ms=0, end_ms=first.end_ms)
    assert [c.end_ms - 1500 for c in led.chapters] == [c.end_ms for c in plain.chapters]


def test_where_playing_waits_moves_too() -> None:
    steps = "  - {exercise: plank, reps: 5, pace: own}\n  - stop: Take a walk.\n"
    plain = compiled(f"title: Trial\nlanguage: en\nsteps:\n{steps}", fast_measure)
    led = with_lead(plain, 1500, LENGTH)
    waits = [
        (after.waits_at_ms - before.waits_at_ms, after.goes_on_at_ms - before.goes_on_at_ms)
        for before, after in zip(plain.steps, led.steps, strict=True)
        if before.waits
    ]
    assert waits == [(1500, 1500)] * 2


def test_no_lead_is_the_same_timeline() -> None:
    plain = schedule(PLAN, fast_measure)
    assert with_lead(plain, 0, LENGTH) is plain
    empty = replace(plain, steps=(), clips=(), duration_ms=0)
    assert with_lead(empty, 1500, LENGTH) is empty


def test_a_timed_first_step_keeps_its_timed_part() -> None:
    plain = schedule(PLAN, fast_measure)
    timed: TimelineStep = replace(plain.steps[0], work_start_ms=500)
    led = with_lead(replace(plain, steps=(timed, *plain.steps[1:])), 1500, LENGTH)
    assert (led.steps[0].start_ms, led.steps[0].work_start_ms) == (0, 2000)


def test_briefly_takes_the_shorter_words_and_nothing_that_keeps_from_harm() -> None:
    def said(first: Cue) -> str:
        (made,) = briefly(sheet(first)).cues
        assert isinstance(made.sound, Utterance)
        return made.sound.text

    short = cue("Hvil.", "rest", 1)
    assert said(cue("Hvil i tredive sekunder.", "rest", 1, shorter=short)) == "Hvil."
    assert said(cue("Ti.", "tip", 1)) == "Ti."
    assert (
        said(cue("Mærk efter på huden nu.", "skin-check", 1, shorter=replace(short, role="skin-check")))[:5]
        == "Mærk "
    )
    assert said(cue("Hold.", "tip", 1, shorter=replace(short, anchor="work"))) == "Hold."
    tone = replace(short, sound=Tone(name="halfway"))
    assert said(cue("Du er halvvejs.", "halfway", 1, shorter=tone)) == "Du er halvvejs."
