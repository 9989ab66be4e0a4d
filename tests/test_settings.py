"""TOML files that are not meant well: one clear line each, at once."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from voicecoach.coach.config import load_config
from voicecoach.errors import SettingsError
from voicecoach.settings import read_toml

DEEP_KEY = ".".join(["a"] * 20_000)
HOSTILE = {
    "digits": ("[da]\npace = " + "9" * 5000, 2, "a number is too long"),
    "hexadecimal digits": ("[da]\npace = 0x" + "f" * 5000, 2, "a number is too long"),
    "a dotted key": (f"\n{DEEP_KEY} = 1", 2, "more than 30 parts"),
    "a dotted key in a table": (f"x = {{{DEEP_KEY} = 1}}", 1, "more than 30 parts"),
    "a dotted header": (f"[{DEEP_KEY}]", 1, "more than 30 parts"),
    "a quoted dotted key": (".".join(['"a b"'] * 20_000) + " = 1", 1, "more than 30 parts"),
    "nesting": ("x = " + "[" * 5000, 1, "nested too deeply"),
    "an open quote": ('x = "' + "a" * 500_000, 1, "not TOML"),
    "many quotes": ('"' * 500_000, 1, "not TOML"),
    "words": ("a " * 500_000, 1, "not TOML"),
}


@pytest.mark.parametrize(("text", "line", "message"), HOSTILE.values(), ids=HOSTILE)
def test_a_file_that_is_not_meant_well(text: str, line: int, message: str, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    start = time.thread_time()
    with pytest.raises(SettingsError) as caught:
        load_config(path)
    assert time.thread_time() - start < 5
    (problem,) = caught.value.problems
    assert problem.rule == "not-toml"
    assert problem.location.line == line
    assert message in problem.message
    assert len(problem.message) < 200


def test_many_unknown_keys_are_told_at_their_lines_in_a_time_that_grows_as_they_do(tmp_path: Path) -> None:
    """Ten times as many: about ten times as long, where it was once a hundred times. Both on the machine as it is."""
    few, many = (seconds_to_tell_of(count, tmp_path / "config.toml") for count in (2_000, 20_000))
    assert many < 40 * few


def seconds_to_tell_of(count: int, path: Path) -> float:
    path.write_text("".join(f"k{number} = 1\n" for number in range(count)), encoding="utf-8")
    start = time.thread_time()  # of this thread alone: a neighbour that speaks in this process has others
    with pytest.raises(SettingsError) as caught:
        load_config(path)
    taken = time.thread_time() - start
    assert [problem.location.line for problem in caught.value.problems] == list(range(1, count + 1))
    return taken


@pytest.mark.parametrize("number", ["1" * 90, "0x" + "f" * 90, "1e999", "nan", "-inf"])
def test_a_number_beyond_all_bounds_is_a_problem_of_its_key(number: str, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(f"[da]\npace = {number}\nloudness = {number}\n", encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load_config(path)
    assert {problem.location.line for problem in caught.value.problems} == {2, 3}


def test_what_is_long_and_meant_well_is_read(tmp_path: Path) -> None:
    """The keys of a manifest are sentences, with full stops, and numbers."""
    path = tmp_path / "manifest.toml"
    line = "Og. Så. En. " * 40 + "1" * 200
    path.write_text(f'[clips]\n"{line}" = "x.wav" # {"a. " * 100}\n', encoding="utf-8")
    assert read_toml(path).data == {"clips": {line: "x.wav"}}
