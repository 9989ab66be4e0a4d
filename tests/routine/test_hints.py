"""A hint says what the person meant: hints.txt."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.compiler.compiling import library
from voicecoach.cli.advised import worded
from voicecoach.model import LANGUAGES, LEVELS, Problem
from voicecoach.routine import documents, hints, meant, values
from voicecoach.routine.nearest import really_near
from voicecoach.routine.read import read_exercises, read_routine

_LINE = re.compile(r"^(routine|step|exercise) (.+?) ~ (.+)$", re.MULTILINE)
CASES = _LINE.findall((Path(__file__).parent / "hints.txt").read_text(encoding="utf-8"))
SHAPES = [
    found for found in vars(documents).values() if isinstance(found, type) and issubclass(found, documents.Shape)
]
GOOD = "title: {da: Ro, en: Calm}\n"


@pytest.mark.parametrize(("where", "written", "hint"), CASES, ids=lambda value: value[:60])
def test_a_hint_says_what_was_meant(where: str, written: str, hint: str, tmp_path: Path) -> None:
    (problem,) = _problems(where, written, tmp_path / "x.yaml")
    assert hint in worded(problem.hint)


def _problems(where: str, written: str, path: Path) -> list[Problem]:
    texts = {
        "routine": f"{GOOD}{written}\nsteps: [{{rest: 5 s}}]\n",
        "step": f"{GOOD}steps:\n  - {written}\n",
        "exercise": f"kat: {written}\n",
    }
    path.write_text(texts[where], encoding="utf-8")
    return read_exercises(path)[1] if where == "exercise" else read_routine(path, library())[1]


def test_there_are_cases() -> None:
    assert len(CASES) >= 100


def test_our_word_is_never_another_word_for_itself() -> None:
    for ours, others in meant.KEYS.items():
        assert ours not in others.split()
        assert others.split()


def test_every_sentence_is_told_somewhere() -> None:
    """None is hidden behind another word for a key that is known in the same place."""
    unheard, told = set[str](), set[str]()
    for model in SHAPES:
        for table in (meant.ANYWHERE, *hints._tables(model)):
            for words, sentence in table.items():
                keys = set(words.split()) - set(hints.known_keys(model))
                says = any(hints.for_key(key, 3, model) == hints._filled(sentence, key, 3) for key in keys)
                (told if says else unheard).add(words)
    assert unheard - told == set()


@pytest.mark.parametrize(
    ("key", "words"),
    [
        *((name, get_args(model.model_fields[name].annotation)) for name, model in (
            ("phase", documents.RoutineShape), ("kind", documents.ExerciseShape), ("heat", documents.HeatShape),
            ("cold", documents.ColdShape),
        )),
        ("sides", get_args(values.SidesWord)),
        ("language", LANGUAGES),
        ("level", LEVELS),
    ],
)  # fmt: skip
def test_what_a_value_was_meant_to_be_is_one_of_ours(key: str, words: tuple[str, ...]) -> None:
    known = meant.VALUES.get(key, words)  # what is also said for a language stands in its own file
    assert set(known) <= set(words)
    for ours in known:
        assert meant.other_word(key, ours) in (None, ours), "our own word is another word for something else"


VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(max_size=20), st.floats(), st.lists(st.text(max_size=3)),
    st.from_regex(r"\A[0-9x/ -]{1,8}( s| min| each side| breaths)?\Z"),
)  # fmt: skip
TABLES = (meant.IN_A_STEP, meant.IN_AN_EXERCISE_STEP, meant.IN_A_REST, meant.IN_A_ROUTINE, meant.ANYWHERE, meant.KEYS)
WORDS = sorted({word for table in TABLES for words in table.values() for word in words.split()}) + sorted(
    {word for table in TABLES for words in table for word in words.split()}
)


@given(st.one_of(st.text(max_size=12), st.sampled_from(WORDS)), VALUES, st.sampled_from(SHAPES))
def test_whatever_is_written_there_is_a_hint(key: str, value: object, model: type[documents.Shape]) -> None:
    hint = hints.for_key(key, value, model)
    assert hint.endswith((".", "?"))
    assert "{{" not in hint


@given(
    st.sampled_from(["duration", "whole-number", "rounds", "count", "not-a-mapping", "true-or-false", "id"]),
    st.sampled_from(["hold", "duration", "reps", "repeat", "count", "tempo", "breathing", "prepare"]),
    VALUES,
)
def test_whatever_the_value_is_the_hint_is_a_sentence(rule: str, key: str, value: object) -> None:
    hint = hints.for_value(rule, key, value)
    assert hint is None or hint.endswith(".")


@pytest.mark.parametrize(
    ("word", "near"), [("hodl", "hold"), ("rep", "reps"), ("rest", None), ("zzz", None), ("", None)]
)
def test_only_a_slip_of_the_fingers_is_really_near(word: str, near: str | None) -> None:
    assert really_near(word, ["hold", "reps", "steps"]) == near
