"""Shapes → model: the steps. To add a kind: a function here and a line in `MAKERS`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal

from voicecoach.model import (
    Breathing,
    DurationRange,
    ExerciseStep,
    Problem,
    RepeatStep,
    RestStep,
    SayStep,
    SectionStep,
    SilenceStep,
    SourceLocation,
    Step,
    Tempo,
    ThermalStep,
)
from voicecoach.routine import documents as shape
from voicecoach.routine.faults import wrong
from voicecoach.routine.maker import Maker
from voicecoach.routine.tree import Path

DEFAULT_RELEASE_MS = 2000
DEFAULT_TEMPO = Tempo(up_ms=2000, down_ms=2000)


def made_steps(maker: Maker, found: Iterable[Any], path: Path) -> tuple[Step, ...]:
    return tuple(made for index, step in enumerate(found) for made in MAKERS[type(step)](maker, step, (*path, index)))


def _repeat(maker: Maker, found: shape.RepeatShape, path: Path) -> Iterator[Step]:
    if steps := made_steps(maker, found.steps, (*path, "steps")):  # nothing but `heat: none`: nothing to repeat
        yield RepeatStep(rounds=found.repeat, between=found.between, steps=steps, location=maker.tree.at(path))


def _rest(maker: Maker, found: shape.RestShape, path: Path) -> Iterator[Step]:
    title = maker.maybe_text(found.title, (*path, "title"))
    yield RestStep(duration=found.rest, title=title, location=maker.tree.at(path))


def _section(maker: Maker, found: shape.SectionShape, path: Path) -> Iterator[Step]:
    yield SectionStep(text=maker.text(found.section, (*path, "section")), location=maker.tree.at(path))


def _silence(maker: Maker, found: shape.SilenceShape, path: Path) -> Iterator[Step]:
    yield SilenceStep(length_ms=found.silence, location=maker.tree.at(path))


def _say(maker: Maker, found: shape.SayShape, path: Path) -> Iterator[Step]:
    yield SayStep(
        text=maker.text(found.say, (*path, "say")),
        stop=False,
        title=maker.maybe_text(found.title, (*path, "title")),
        time_ms=found.time or 0,
        location=maker.tree.at(path),
    )


def _stop(maker: Maker, found: shape.StopShape, path: Path) -> Iterator[Step]:
    yield SayStep(
        text=maker.text(found.stop, (*path, "stop")),
        stop=True,
        title=maker.maybe_text(found.title, (*path, "title")),
        time_ms=0,
        location=maker.tree.at(path),
    )


def _exercise_step(maker: Maker, found: shape.ExerciseStepShape, path: Path) -> Iterator[Step]:
    exercise = maker.find_exercise(found.exercise, (*path, "exercise"))
    if exercise is None:
        return
    timing = (found.hold, found.duration, found.reps)
    if timing == (None, None, None):
        timing = (exercise.hold, exercise.duration, exercise.reps)
    hold, duration, reps = timing
    timing_at = _check_timing(maker, hold, duration, reps, path)
    _check_ignored(maker, found, repeated=reps is not None, path=path)
    sides = found.sides or exercise.sides
    yield ExerciseStep(
        exercise=exercise,
        hold=hold,
        duration=duration,
        reps=reps,
        release_ms=DEFAULT_RELEASE_MS if found.release is None else found.release,
        sides=sides,
        breathing=_breathing(found.breathing),
        tempo=Tempo(up_ms=found.tempo.up, down_ms=found.tempo.down) if found.tempo else DEFAULT_TEMPO,
        counting=found.count or maker.defaults.counting,
        counting_own=found.count is not None,
        halfway=found.halfway is not False,
        halfway_text=None if isinstance(found.halfway, bool) else maker.text(found.halfway, (*path, "halfway")),
        prepare_ms=maker.defaults.prepare_ms if found.prepare is None else found.prepare,
        change_ms=maker.defaults.change_ms if found.change is None else found.change,
        prepare_written=found.prepare is not None or "prepare" in maker.defaults.written,
        change_written=found.change is not None or "change" in maker.defaults.written,
        location=maker.tree.at(path),
        timing_location=timing_at,
        breathing_location=maker.tree.key_at((*path, "breathing")),
    )


def _check_timing(
    maker: Maker, hold: DurationRange | None, duration: DurationRange | None, reps: int | None, path: Path
) -> SourceLocation:
    at = maker.tree.at(path)
    if hold is None and duration is None and reps is None:
        hint = "Add `hold: 20-30 s`, `duration: 5 min` or `reps: 10`."
        maker.problems.append(wrong("no-length", "the step does not say how long or how often", at, hint))
    elif duration is not None and (hold is not None or reps is not None):
        other = "hold" if hold is not None else "reps"
        hint = f"Keep `duration` (a set that goes on) or `{other}`."
        at = maker.tree.key_at((*path, "duration"))
        maker.problems.append(wrong("two-lengths", f"`duration` and `{other}` both say how long", at, hint))
    for key in ("hold", "duration", "reps"):
        if (*path, key) in maker.tree.keys:
            return maker.tree.key_at((*path, key))
    return at


def _check_ignored(maker: Maker, found: shape.ExerciseStepShape, *, repeated: bool, path: Path) -> None:
    """A key that changes nothing here is a wish that would be lost without a word."""
    ignored = {
        "tempo": (found.tempo and not repeated, "It paces repetitions: add `reps`."),
        "release": (found.release is not None and not repeated, "It comes between held repetitions: add `reps`."),
        "breathing": (found.breathing and repeated, "It paces one hold or one set, not repetitions."),
    }
    for key, (is_ignored, hint) in ignored.items():
        if is_ignored:
            at, message = maker.tree.key_at((*path, key)), f"`{key}` changes nothing in this step"
            maker.problems.append(
                Problem(rule="ignored-key", severity="warning", message=message, location=at, hint=hint)
            )


def _breathing(found: shape.BreathingShape | None) -> Breathing | None:
    if found is None:
        return None
    return Breathing(
        in_ms=found.in_, out_ms=found.out, hold_in_ms=found.hold_in, hold_out_ms=found.hold_out, lock=found.lock
    )


def _heat(maker: Maker, found: shape.HeatShape, path: Path) -> Iterator[Step]:
    assert found.heat != "none"  # which has a shape of its own
    yield _thermal(maker, found, path, "heat", found.heat)


def _no_heat(maker: Maker, found: shape.NoHeatShape, path: Path) -> Iterator[Step]:
    return iter(())


def _cold(maker: Maker, found: shape.ColdShape, path: Path) -> Iterator[Step]:
    yield _thermal(maker, found, path, "cold", found.cold)


def _thermal(
    maker: Maker,
    found: shape.HeatShape | shape.ColdShape,
    path: Path,
    kind: Literal["heat", "cold"],
    source: Literal["pad", "belt", "pack"],
) -> ThermalStep:
    return ThermalStep(
        kind=kind,
        source=source,
        duration=found.duration,
        check_every_ms=found.check_every,
        prepare_ms=maker.defaults.prepare_ms if found.prepare is None else found.prepare,
        prepare_written=found.prepare is not None or "prepare" in maker.defaults.written,
        location=maker.tree.at(path),
        timing_location=maker.tree.key_at((*path, "duration")),
    )


def _contrast(maker: Maker, found: shape.ContrastShape, path: Path) -> Iterator[Step]:
    times = found.contrast
    prepare_ms = maker.defaults.prepare_ms if found.prepare is None else found.prepare
    written = found.prepare is not None or "prepare" in maker.defaults.written
    for round_ in range(1, times.rounds + 1):
        both = (("heat", times.heat), ("cold", times.cold))
        for index, (kind, duration) in enumerate(both if times.first == "heat" else both[::-1]):
            yield ThermalStep(
                kind="heat" if kind == "heat" else "cold",
                source="pad" if kind == "heat" else "pack",
                duration=duration,
                check_every_ms=times.check_every,
                prepare_ms=prepare_ms,
                prepare_written=written,
                location=maker.tree.at(path),
                timing_location=maker.tree.key_at((*path, "contrast", kind)),
                contrast_round=round_,
                contrast_rounds=times.rounds,
                contrast_second=index == 1,
            )
            prepare_ms = maker.defaults.change_ms  # only the first has to be fetched and laid out
            written = "change" in maker.defaults.written


MAKERS: dict[type[shape.Shape], Callable[[Maker, Any, Path], Iterator[Step]]] = {
    shape.ExerciseStepShape: _exercise_step,
    shape.RepeatShape: _repeat,
    shape.RestShape: _rest,
    shape.SectionShape: _section,
    shape.SilenceShape: _silence,
    shape.SayShape: _say,
    shape.StopShape: _stop,
    shape.HeatShape: _heat,
    shape.NoHeatShape: _no_heat,
    shape.ColdShape: _cold,
    shape.ContrastShape: _contrast,
}
"""By the shape of a step, what makes the steps of the model: none, one, or several."""
