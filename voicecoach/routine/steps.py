"""Shapes → model: the steps. To add a kind: a function here and a line in `MAKERS`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, Literal

from voicecoach.model import (
    ExerciseStep,
    RepeatStep,
    RestStep,
    SayStep,
    SectionStep,
    SilenceStep,
    Step,
    Tempo,
    ThermalStep,
)
from voicecoach.routine import documents as shape
from voicecoach.routine.maker import Maker
from voicecoach.routine.moments import moments_of, moments_of_say
from voicecoach.routine.timing import check_ignored, timing_of
from voicecoach.routine.yaml_tree import Path

DEFAULT_RELEASE_MS = 2000
DEFAULT_TEMPO = Tempo(up_ms=2000, down_ms=2000)


def made_steps(maker: Maker, found: Iterable[Any], path: Path) -> tuple[Step, ...]:
    return tuple(made for index, step in enumerate(found) for made in MAKERS[type(step)](maker, step, (*path, index)))


def _repeat(maker: Maker, found: shape.RepeatShape, path: Path) -> Iterator[Step]:
    if steps := made_steps(maker, found.steps, (*path, "steps")):  # nothing but `heat: none`: nothing to repeat
        yield RepeatStep(
            rounds=found.repeat,
            between=found.between,
            between_location=maker.tree.key_at((*path, "between")),
            steps=steps,
            location=maker.tree.at(path),
        )


def _rest(maker: Maker, found: shape.RestShape, path: Path) -> Iterator[Step]:
    title = maker.maybe_text(found.title, (*path, "title"))
    moments = moments_of(maker, found.at, path, found.rest.high_ms)
    yield RestStep(duration=found.rest, title=title, at=moments, location=maker.tree.at(path))


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
        at=moments_of_say(maker, found.at, path, found.time),
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
    exercise = maker.in_own_words(exercise, found, path)
    timing = timing_of(maker, found, exercise, path)
    check_ignored(maker, found, timing, path)
    prepare_ms, prepare_written = maker.defaults.prepare(found.prepare)
    change_ms, change_written = maker.defaults.change(found.change)
    at = maker.tree.at(path)
    step = ExerciseStep(
        exercise=exercise,
        hold=timing.hold,
        hold_right=timing.hold_right,
        in_breaths=timing.in_breaths,
        duration=timing.duration,
        reps=None if timing.reps == "max" else timing.reps,
        own=timing.own,
        time=found.time if timing.own else None,
        release_ms=DEFAULT_RELEASE_MS if found.release is None else found.release,
        sets=found.sets,
        rest=found.rest if found.sets else None,
        rest_location=maker.tree.key_at((*path, "rest")),
        sides=timing.sides,
        breathing=timing.breathing,
        tempo=(
            Tempo(up_ms=found.tempo.up, down_ms=found.tempo.down) if found.tempo and not timing.own else DEFAULT_TEMPO
        ),
        words=maker.words(found.words, (*path, "words")) or exercise.words,
        counting=found.count or maker.defaults.counting,
        counting_own=found.count is not None,
        halfway=found.halfway is not False,
        halfway_text=None if isinstance(found.halfway, bool) else maker.text(found.halfway, (*path, "halfway")),
        at=(),
        count_in=maker.defaults.count_in if found.count_in is None else found.count_in,
        load=maker.load(found.load, (*path, "load")),
        note=maker.shared(found.note, (*path, "note")),
        named_own=found.name is not None,
        prepare_ms=prepare_ms,
        change_ms=change_ms,
        prepare_written=prepare_written,
        change_written=change_written,
        location=at,
        timing_location=timing.location,
        right_location=maker.tree.at((*path, "hold", "right")) if timing.hold_right else timing.location,
        time_location=maker.tree.key_at((*path, "time")) if found.time else at,
        breathing_location=maker.tree.key_at((*path, "breathing")),
    )
    longest_ms = max(step.side_lasts_ms(side)[1] for side in ("left", "right"))
    if longest_ms and not step.waits:  # what says no length was told
        step = replace(step, at=moments_of(maker, found.at, path, longest_ms))
    yield step


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
    prepare_ms, written = maker.defaults.prepare(found.prepare)
    return ThermalStep(
        kind=kind,
        source=source,
        duration=found.duration,
        at=moments_of(maker, found.at, path, found.duration.high_ms),
        count_in=found.count_in or 0,
        check_every_ms=found.check_every,
        prepare_ms=prepare_ms,
        prepare_written=written,
        location=maker.tree.at(path),
        timing_location=maker.tree.key_at((*path, "duration")),
    )


def _contrast(maker: Maker, found: shape.ContrastShape, path: Path) -> Iterator[Step]:
    times = found.contrast
    prepare_ms, written = maker.defaults.prepare(found.prepare)
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
            prepare_ms, written = maker.defaults.change()  # only the first has to be fetched and laid out


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
