"""Every key of docs/routines.md, and the values that come of it."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.compiler.compiling import library
from voicecoach.model import (
    Breathing,
    Counting,
    CountRange,
    DurationRange,
    ExerciseStep,
    RepeatStep,
    RestStep,
    Routine,
    SayStep,
    Tempo,
    ThermalStep,
)
from voicecoach.routine import documents
from voicecoach.routine.read import read_exercises, read_routine
from voicecoach.routine.rules import RULES
from voicecoach.routine.steps import MAKERS

EVERYTHING = """\
title: {da: Æblegrød og øvelser på å 🧘, en: Everything}
about: {da: Om, en: About}
phase: cool-down
language: da
prepare: 12 s
change: 7 s
count: every 10 s
intro: {da: Hej., en: Hello.}
steps:
  - exercise: slow-walk
    duration: 5-10 min
    halfway: {da: Vend om., en: Turn round.}
  - exercise: knee-to-chest
    hold: 20–30 s
    sides: both
    breathing: {in: 4 s, out: 6 s, hold_in: 1 s, hold_out: 500 ms, lock: true}
    count: last 5
    prepare: 24 s
    change: 5 s
  - repeat: 2-4
    between: 20 s
    steps:
      - exercise: bird-dog
        reps: 5
        hold: 5 s
        release: 2500 ms
        sides: alternate
        tempo: {up: 3 s, down: 1 s}
        count: off
  - heat: pad
    duration: 10-15 min
    check every: 5 min
    prepare: 25 s
  - cold: pack
    duration: 90 s
  - heat: none
    duration: 10 min
  - contrast: {heat: 3 min, cold: 1 min, rounds: 2, first: cold, check every: 30 s}
    prepare: 30 s
  - say: {da: Drik et glas vand., en: Drink a glass of water.}
    title: {da: Vand, en: Water}
    time: 20 s
  - stop: {da: Træn., en: Train.}
    title: {da: Din træning, en: Your training}
  - rest: 1:30
    title: {da: Pause, en: Break}
  - exercise:
      name: {da: Katten, en: Cat stretch}
      kind: mobility
      sides: left
      setup: {da: Op., en: Up.}
      instruction: {da: Krum., en: Round.}
      tips: [{da: Et, en: One}, {da: To, en: Two}]
      caution: {da: Pas på., en: Take care.}
      easier: childs-pose
      place: all-fours
      ending: {da: Ret ryggen ud., en: Straighten your back.}
      equipment: [mat, pillow]
      intensity: easy
      sources: [bishop-2003]
    hold: 20 s
outro: {da: Tak., en: Thanks.}
heat caution: true
sources: [bishop-2003, nadler-2003]
"""


def read(text: str, folder: Path) -> Routine:
    path = folder / "my-routine.yaml"
    path.write_bytes(text.encode())
    routine, problems = read_routine(path, library())
    assert problems == []
    assert routine
    return routine


def range_ms(low: int, high: int | None = None) -> DurationRange:
    return DurationRange(low_ms=low, high_ms=high or low)


@pytest.fixture
def everything(tmp_path: Path) -> Routine:
    return read(EVERYTHING, tmp_path)


def test_the_head(everything: Routine) -> None:
    assert everything.id == "my-routine"
    assert everything.title.by_language == {"da": "Æblegrød og øvelser på å 🧘", "en": "Everything"}
    assert (everything.title.location.line, everything.title.location.column) == (1, 8)
    assert everything.about
    assert everything.about.get("en") == "About"
    assert (everything.phase, everything.language) == ("cool-down", "da")
    assert everything.intro
    assert everything.intro.get("da") == "Hej."
    assert everything.outro
    assert everything.outro.get("en") == "Thanks."
    assert everything.heat_caution is True
    assert everything.sources == ("bishop-2003", "nadler-2003")
    assert len(everything.steps) == 13  # heat: none is nothing, and a contrast of two rounds is four


def test_a_step_with_a_duration(everything: Routine) -> None:
    walk = everything.steps[0]
    assert isinstance(walk, ExerciseStep)
    assert walk.exercise is library()["slow-walk"]
    assert (walk.duration, walk.hold, walk.reps, walk.halfway) == (range_ms(300_000, 600_000), None, None, True)
    assert (walk.sides, walk.breathing, walk.prepare_ms, walk.change_ms) == ("none", None, 12_000, 7_000)
    assert walk.counting == Counting(style="every", seconds=10)
    assert (walk.location.line, walk.location.column) == (10, 5)
    assert walk.timing_location.line == 11


def test_a_step_with_a_hold(everything: Routine) -> None:
    stretch = everything.steps[1]
    assert isinstance(stretch, ExerciseStep)
    assert (stretch.hold, stretch.sides) == (range_ms(20_000, 30_000), "both")
    assert stretch.breathing == Breathing(in_ms=4000, out_ms=6000, hold_in_ms=1000, hold_out_ms=500, lock=True)
    assert stretch.breathing.cycle_ms == 11_500
    assert stretch.counting == Counting(style="last", seconds=5)
    assert (stretch.prepare_ms, stretch.change_ms) == (24_000, 5_000)


def test_a_repeat_and_repetitions(everything: Routine) -> None:
    repeat = everything.steps[2]
    assert isinstance(repeat, RepeatStep)
    assert (repeat.rounds, repeat.between) == (CountRange(low=2, high=4), range_ms(20_000))
    (dog,) = repeat.steps
    assert isinstance(dog, ExerciseStep)
    assert (dog.reps, dog.hold, dog.release_ms, dog.sides) == (
        CountRange(low=5, high=5),
        range_ms(5000),
        2500,
        "alternate",
    )
    assert dog.tempo == Tempo(up_ms=3000, down_ms=1000)
    assert dog.counting == Counting(style="off")


def test_heat_cold_and_both_in_turn(everything: Routine) -> None:
    heat, cold, *contrast = everything.steps[3:9]
    assert isinstance(heat, ThermalStep)
    assert (heat.kind, heat.source, heat.duration) == ("heat", "pad", range_ms(600_000, 900_000))
    assert (heat.check_every_ms, heat.prepare_ms) == (300_000, 25_000)
    assert isinstance(cold, ThermalStep)
    assert (cold.kind, cold.source, cold.duration) == ("cold", "pack", range_ms(90_000))
    assert (cold.check_every_ms, cold.prepare_ms) == (None, 12_000)
    turns = [step for step in contrast if isinstance(step, ThermalStep)]
    assert [(step.kind, step.contrast_round, step.contrast_rounds) for step in turns] == [
        ("cold", 1, 2), ("heat", 1, 2), ("cold", 2, 2), ("heat", 2, 2),
    ]  # fmt: skip
    assert [step.duration for step in turns] == 2 * [range_ms(60_000), range_ms(180_000)]
    assert [step.check_every_ms for step in turns] == [30_000] * 4
    assert [step.prepare_ms for step in turns] == [30_000, 7_000, 7_000, 7_000]


def test_words_and_rests(everything: Routine) -> None:
    say, stop, rest = everything.steps[9:12]
    assert isinstance(say, SayStep)
    assert (say.text.get("da"), say.stop, say.time_ms) == ("Drik et glas vand.", False, 20_000)
    assert isinstance(stop, SayStep)
    assert (stop.text.get("en"), stop.stop) == ("Train.", True)
    assert isinstance(rest, RestStep)
    assert rest.duration == range_ms(90_000)
    assert [title.get("en") for title in (say.title, stop.title, rest.title) if title] == [
        "Water",
        "Your training",
        "Break",
    ]


def test_an_exercise_of_ones_own(everything: Routine) -> None:
    step = everything.steps[-1]
    assert isinstance(step, ExerciseStep)
    cat = step.exercise
    assert (cat.id, cat.kind, cat.sides, cat.easier, cat.intensity) == (
        None,
        "mobility",
        "left",
        "childs-pose",
        "easy",
    )
    assert cat.name.by_language == {"da": "Katten", "en": "Cat stretch"}
    texts = [text.get("da") for text in (cat.setup, cat.instruction, *cat.tips, cat.caution) if text]
    assert texts == ["Op.", "Krum.", "Et", "To", "Pas på."]
    assert cat.sources == ("bishop-2003",)
    assert (cat.place, cat.equipment) == ("all-fours", ("mat", "pillow"))
    assert cat.ending
    assert cat.ending.get("en") == "Straighten your back."
    assert step.sides == "left"


def test_what_is_not_written_has_the_documented_value(tmp_path: Path) -> None:
    routine = read("title: {en: Calm}\nsteps: [{exercise: {name: {en: Cat}, kind: mobility}, reps: 3}]", tmp_path)
    (step,) = routine.steps
    assert isinstance(step, ExerciseStep)
    assert (step.prepare_ms, step.release_ms, step.tempo) == (8000, 2000, Tempo(up_ms=2000, down_ms=2000))
    assert (step.counting, step.sides) == (Counting(style="last", seconds=5), "none")
    assert (routine.phase, routine.language, routine.heat_caution, routine.intro) == ("mixed", "en", True, None)


def test_a_step_without_a_length_takes_the_exercises_own(tmp_path: Path) -> None:
    (step,) = read("title: {en: Calm}\nsteps: [{exercise: bird-dog}]", tmp_path).steps
    assert isinstance(step, ExerciseStep)
    assert (step.reps, step.hold, step.sides) == (CountRange(low=5, high=5), range_ms(5000), "alternate")


def test_plain_texts_are_in_the_files_language(tmp_path: Path) -> None:
    routine = read("title: Ro\nlanguage: da\nsteps: [{say: Hej}]", tmp_path)
    assert routine.title.by_language == {"da": "Ro"}


@pytest.mark.parametrize(
    ("written", "counting"),
    [
        ("down", Counting(style="down")),
        ("up", Counting(style="up")),
        ("off", Counting(style="off")),
        ("last 5", Counting(style="last", seconds=5)),
        ("last 5 s", Counting(style="last", seconds=5)),
        ("every 10 s", Counting(style="every", seconds=10)),
        ("every 1 min", Counting(style="every", seconds=60)),
    ],
)
def test_every_way_to_count(written: str, counting: Counting, tmp_path: Path) -> None:
    (step,) = read(f"title: {{en: x}}\nsteps: [{{exercise: plank, hold: 20 s, count: {written}}}]", tmp_path).steps
    assert isinstance(step, ExerciseStep)
    assert step.counting == counting


@pytest.mark.parametrize(
    "written",
    [
        EVERYTHING.replace("\n", "\r\n"),
        "\ufeff" + EVERYTHING,
        EVERYTHING.rstrip("\n"),
        "# en kommentar\n%YAML 1.2\n---\n".replace("# en kommentar\n", "") + EVERYTHING,
    ],
    ids=["CRLF", "BOM", "no last newline", "a YAML directive"],
)
def test_files_of_every_editor_are_read(written: str, everything: Routine, tmp_path: Path) -> None:
    assert read(written, tmp_path).title.by_language == everything.title.by_language


def test_places_count_characters_not_bytes(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text('title: {da: "ÆØÅ 🧘", en: x, xx: y}\nsteps: [{say: {da: x}}]\n', encoding="utf-8")
    _, (problem,) = read_routine(path, library())
    assert (problem.location.line, problem.location.column) == (1, 8)
    path.write_text("title: {da: x}\nsteps: [{say: {da: æøå}, æ: 1}]\n", encoding="utf-8")
    _, (problem,) = read_routine(path, library())
    assert (problem.location.line, problem.location.column) == (2, 26)


def test_aliases_are_for_people_who_repeat_themselves(tmp_path: Path) -> None:
    text = "title: {en: Calm}\nsteps:\n  - &plank {exercise: plank, hold: 20 s}\n  - rest: 10 s\n  - *plank\n"
    steps = read(text, tmp_path).steps
    assert isinstance(steps[0], ExerciseStep)
    assert isinstance(steps[2], ExerciseStep)
    assert steps[0].hold == steps[2].hold


def test_a_library_file_leaves_out_what_is_wrong_and_keeps_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(
        "language: da\ngood: {name: God, kind: mobility}\nbad: {name: Nej, kind: x}\nBad: {name: x, kind: core}\n",
        encoding="utf-8",
    )
    exercises, problems = read_exercises(path)
    assert list(exercises) == ["good"]
    assert exercises["good"].name.by_language == {"da": "God"}
    assert [(p.location.line, p.rule) for p in problems] == [(3, "unknown-word"), (4, "id"), (4, "unknown-word")]


# --- whatever it is, it is no traceback ----------------------------------------------------------------------

_yaml_like = st.text(st.sampled_from("ab:-[]{}#&*!|>'\"%@`?,\\ \n\t\r019æ🧘\x00\x85\u2028~<>"), max_size=120)
_keys = st.one_of(
    st.sampled_from(
        ["title", "steps", "exercise", "hold", "reps", "repeat", "between", "rest", "say", "heat", "cold", "contrast",
         "duration", "breathing", "tempo", "count", "sides", "name", "kind", "tips", "rounds", "language", "da", "en"]
    ),
    _yaml_like,
)  # fmt: skip
_values = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), _yaml_like,
        st.sampled_from(["plank", "20 s", "5", "both", "pad", "last 5", "mobility", "2-4"]),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(_keys, inner, max_size=5)),
    max_leaves=12,
)  # fmt: skip


def _is_told(data: bytes, folder: Path) -> None:
    path = folder / "any.yaml"
    path.unlink(missing_ok=True)
    path.write_bytes(data)
    for result, problems in (read_routine(path, library()), read_exercises(path)):
        assert result is not None or problems
        for problem in problems:
            assert problem.rule in RULES
            assert problem.location.line >= 1
            assert problem.location.column >= 1


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any")


@given(data=st.binary(max_size=200))
def test_any_bytes_are_a_routine_or_problems(data: bytes, folder: Path) -> None:
    _is_told(data, folder)


@given(text=_yaml_like)
def test_any_text_is_a_routine_or_problems(text: str, folder: Path) -> None:
    _is_told(text.encode(), folder)


@given(value=st.dictionaries(_keys, _values, max_size=6))
def test_any_values_are_a_routine_or_problems(value: dict[str, object], folder: Path) -> None:
    import json

    _is_told(json.dumps(value, ensure_ascii=False, indent=1).encode(), folder)


@settings(max_examples=settings().max_examples // 2)
@given(
    value=st.fixed_dictionaries(
        {
            "title": st.one_of(st.just({"da": "Ro"}), _values),
            "steps": st.lists(st.dictionaries(_keys, _values, max_size=4), max_size=3),
        }
    )
)
def test_almost_routines_are_routines_or_problems(value: dict[str, object], folder: Path) -> None:
    import json

    _is_told(json.dumps(value, ensure_ascii=False, indent=1).encode(), folder)


def test_every_kind_of_step_is_made() -> None:
    steps = get_args(get_args(documents.StepShape)[0])
    assert {get_args(step)[0] for step in steps} == set(MAKERS)
