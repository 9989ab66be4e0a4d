"""`show --json`: the object that a checker outside the project reads, key by key, with real voices."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from itertools import pairwise
from typing import Any

import pytest

from tests.cli.running import run

ROUTINE = "back-cool-down"
UNCOUNTED = ("slow-walk", "deep-breathing")
each_language = pytest.mark.parametrize("language", ["da", "en"])

HEAD = {"schema": int, "routine": str, "title": str, "language": str, "voice": str, "duration_ms": int,
        "steps": list, "cues": list, "chapters": list, "dropped": list}  # fmt: skip
STEP = {"index": int, "kind": str, "exercise": (str, type(None)), "side": (str, type(None)), "round": int,
        "start_ms": int, "end_ms": int, "work_start_ms": int, "work_end_ms": int, "line": int}  # fmt: skip
CUE = {
    "start_ms": int,
    "end_ms": int,
    "onset_ms": int,
    "kind": str,
    "role": str,
    "text": str,
    "step": int,
    "line": int,
}
CHAPTER = {"title": str, "start_ms": int, "end_ms": int}
DROPPED = {"role": str, "text": str, "step": int, "reason": str}


@cache
def shown(language: str) -> dict[str, Any]:
    done = run("show", ROUTINE, "--lang", language, "--json")
    assert (done.code, done.err) == (0, "")
    data: dict[str, Any] = json.loads(done.out)
    return data


def has(item: dict[str, Any], keys: dict[str, Any]) -> None:
    for key, type_ in keys.items():
        assert key in item
        assert isinstance(item[key], type_), (key, item[key])
        assert not isinstance(item[key], bool)


@each_language
def test_every_key_of_the_schema_is_there(language: str) -> None:
    data = shown(language)
    has(data, HEAD)
    assert (data["schema"], data["routine"], data["language"]) == (1, ROUTINE, language)
    for key, keys in (("steps", STEP), ("cues", CUE), ("chapters", CHAPTER), ("dropped", DROPPED)):
        for item in data[key]:
            has(item, keys)
    assert data["steps"]
    assert data["cues"]
    assert {step["kind"] for step in data["steps"]} <= {"exercise", "rest", "heat", "cold", "say", "intro", "outro"}
    assert {step["side"] for step in data["steps"]} <= {"left", "right", None}
    assert {cue["kind"] for cue in data["cues"]} == {"speech", "tone"}


@each_language
def test_steps_follow_one_another_from_zero_to_the_end(language: str) -> None:
    data = shown(language)
    steps = data["steps"]
    assert [step["index"] for step in steps] == list(range(len(steps)))
    assert steps[0]["start_ms"] == 0
    assert steps[-1]["end_ms"] == data["duration_ms"]
    assert all(before["end_ms"] == after["start_ms"] for before, after in pairwise(steps))
    for step in steps:
        if step["kind"] in ("say", "intro", "outro"):
            assert (step["work_start_ms"], step["work_end_ms"]) == (step["start_ms"], step["end_ms"])


@each_language
def test_cues_lie_inside_and_speech_never_overlaps(language: str) -> None:
    data = shown(language)
    for cue in data["cues"]:
        assert 0 <= cue["start_ms"] <= cue["onset_ms"] < cue["end_ms"] <= data["duration_ms"]
        assert 0 <= cue["step"] < len(data["steps"])
    said = [cue for cue in data["cues"] if cue["kind"] == "speech"]
    assert all(before["end_ms"] <= after["start_ms"] for before, after in pairwise(said))


@each_language
def test_every_exercise_begins_ends_and_is_named(language: str) -> None:
    data = shown(language)
    for step in data["steps"]:
        cues = [cue for cue in data["cues"] if cue["step"] == step["index"]]
        roles = Counter(cue["role"] for cue in cues)
        if step["kind"] == "exercise":
            (begin,) = [cue for cue in cues if cue["role"] == "begin"]
            (end,) = [cue for cue in cues if cue["role"] == "end"]
            assert (begin["onset_ms"], end["onset_ms"]) == (step["work_start_ms"], step["work_end_ms"])
            assert roles["name"] or roles["side"]


@each_language
def test_counts_are_heard_at_their_second(language: str) -> None:
    data = shown(language)
    words = {"da": ["en", "to", "tre", "fire", "fem"], "en": ["one", "two", "three", "four", "five"]}[language]
    counted = 0
    for step in data["steps"]:
        heard = [(cue["onset_ms"], cue["text"]) for cue in data["cues"]
                 if cue["step"] == step["index"] and cue["role"] == "count"]  # fmt: skip
        if step["exercise"] in UNCOUNTED:  # an easy walk and a breath have a pace of their own
            assert heard == []
        elif step["kind"] == "exercise":
            assert heard == [(step["work_end_ms"] - n * 1000, words[n - 1]) for n in (5, 4, 3, 2, 1)]
            counted += 1
    assert counted >= 5


def test_the_plan_is_the_same_in_both_languages() -> None:
    def plan(data: dict[str, Any]) -> list[tuple[object, ...]]:
        return [
            (step["kind"], step["exercise"], step["side"], step["round"], step["line"],
             step["work_end_ms"] - step["work_start_ms"] if step["kind"] in ("exercise", "rest", "heat") else 0)
            for step in data["steps"]
        ]  # fmt: skip

    da, en = shown("da"), shown("en")
    assert plan(da) == plan(en)
    assert len(da["chapters"]) == len(en["chapters"])


def test_the_same_command_gives_the_same_bytes() -> None:
    assert run("show", "contrast", "--lang", "da", "--json") == run("show", "contrast", "--lang", "da", "--json")


@each_language
def test_nothing_that_matters_was_dropped(language: str) -> None:
    assert {item["role"] for item in shown(language)["dropped"]} <= {"tip", "go", "ready", "tempo", "release"}
