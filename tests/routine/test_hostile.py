"""Files that are not meant well, or not meant at all: one clear line each, at once."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from tests.compiler.compiling import library
from voicecoach.coach.ruling import rule_problems
from voicecoach.model import Problem
from voicecoach.routine.read import read_exercises, read_routine

HEAD = "title: {da: Ro, en: Calm}\n"
A_MOMENT_S = 2.0
"""Of the processor: others may keep the machine busy."""


def problems_of(path: Path) -> list[Problem]:
    start = time.process_time()
    routine, problems = read_routine(path, library())
    if routine:
        problems += rule_problems(routine)
    read_exercises(path)
    assert time.process_time() - start < A_MOMENT_S
    return problems


def the_one_problem(path: Path) -> Problem:
    (problem,) = problems_of(path)
    assert problem.severity == "error"
    assert "\n" not in problem.message
    assert len(problem.message) < 200
    assert problem.hint
    return problem


def test_a_hundred_megabytes(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    problem = the_one_problem(path)
    assert problem.rule == "too-large"
    assert "100 MB" in problem.message


def _bomb() -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    return "\n".join(lines)


def _repeats(depth: int, inner: str) -> str:
    lines = [HEAD + "steps:"]
    for level in range(depth):
        lines += [" " * 4 * level + "- repeat: 100", " " * 4 * level + "  steps:"]
    return "\n".join([*lines, *(" " * 4 * depth + line for line in inner.splitlines())]) + "\n"


@pytest.mark.parametrize(
    ("data", "rule", "line"),
    [
        (b"", "not-a-mapping", 1),
        (b"\n\n# kun en kommentar\n", "not-a-mapping", 1),
        (b"title: Ro\0\n", "not-text", 1),
        (b"title: x\nabout: bl\xe5b\xe6r\n", "not-utf-8", 2),
        (b"\xff\xfet\0i\0t\0", "not-text", 1),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "foreign-file", 1),
        (_bomb().encode(), "too-large", 1),
        ("\n".join(["a0: &a0 []", *(f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 3000))]).encode(), "too-deep", 1),
        (b"[" * 5000 + b"]" * 5000, "too-deep", 1),
        (b"a: " + b"{a: " * 5000, "too-deep", 1),
        (b"a: &a [*a]", "too-deep", 1),
        (b"title: x\n\x07", "yaml-syntax", 2),
        ("title: æøåæøå\nx: \x07".encode(), "yaml-syntax", 2),
        (b"a:\r\r\r\t@x", "yaml-syntax", 4),
        ((HEAD + "steps: [{rest: '" + "9" * 5000 + ":30'}]").encode(), "duration", 2),
        ((HEAD + "steps: [{rest: " + "9" * 5000 + "}]").encode(), "duration", 2),
        ((HEAD + "steps: [{say: {da: " + "x" * 6000 + "}}]").encode(), "long-text", 2),
        ((HEAD + "steps: [{repeat: 1000000, steps: [{rest: 1 s}]}]").encode(), "rounds", 2),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_bytes_that_are_no_routine(data: bytes, rule: str, line: int, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(data)
    problem = the_one_problem(path)
    assert (problem.rule, problem.location.line) == (rule, line)


def test_latin_1_is_told_where_and_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes("title: Nedkøling\n".encode("latin-1"))
    problem = the_one_problem(path)
    assert (problem.location.line, problem.location.column) == (1, 12)
    assert "Latin-1" in problem.hint


def test_a_folder(tmp_path: Path) -> None:
    problem = the_one_problem(tmp_path)
    assert (problem.rule, problem.message) == ("unreadable-file", "this is a folder")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    problem = the_one_problem(tmp_path / "gone.yaml")
    assert (problem.rule, problem.message) == ("unreadable-file", "there is no such file")


def test_a_name_that_no_system_takes(tmp_path: Path) -> None:
    assert the_one_problem(tmp_path / ("x" * 5000)).rule == "unreadable-file"


@pytest.mark.skipif(sys.platform == "win32", reason="has no FIFOs")
def test_a_fifo_that_nobody_writes_to(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.yaml")
    assert the_one_problem(tmp_path / "x.yaml").message == "this is not an ordinary file"


@pytest.mark.skipif(sys.platform == "win32", reason="has no such files")
@pytest.mark.parametrize("name", ["/dev/zero", "/dev/null"])
def test_a_device(name: str) -> None:
    assert the_one_problem(Path(name)).rule == "unreadable-file"


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_to_itself(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").symlink_to(tmp_path / "x.yaml")
    assert the_one_problem(tmp_path / "x.yaml").rule == "unreadable-file"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(HEAD)
    path.chmod(0)
    assert "permission" in the_one_problem(path).message


def test_repeats_of_repeats_end(tmp_path: Path) -> None:
    """A hundred to the twelfth rounds, of words and of nothing."""
    path = tmp_path / "x.yaml"
    for inner in ("- say: {da: Hej, en: Hi}", "- heat: none\n  duration: 1 min"):
        path.write_text(_repeats(12, inner), encoding="utf-8")
        assert problems_of(path) == []


def test_digits_that_are_none(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    step = "{exercise: {name: {en: Cat}, kind: mobility, instruction: {en: Hold ² seconds or ٣ seconds}}, hold: 20 s}"
    path.write_text(f"title: {{en: Calm}}\nsteps: [{step}]", encoding="utf-8")
    # three seconds, in Arabic digits: they are read, and whoever wrote them is told that English has others
    assert [problem.rule for problem in problems_of(path)] == ["text-contradicts-timing", "text-not-for-the-ear"]


BROKEN = {
    "no unit": "- rest: 30\n",
    "no unit, and an unknown exercise": "- {exercise: plnk, hold: 20}\n",
    "no step": "- foo: 1\n",
    "a word": "- just\n",
    "in a repeat": "- {repeat: 3, steps: [{rest: 30}]}\n",
}


@pytest.mark.parametrize("step", BROKEN.values(), ids=BROKEN)
def test_ten_thousand_broken_steps_are_told_in_a_time_that_grows_as_they_do(step: str, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(HEAD + "steps:\n" + step * 10_000, encoding="utf-8")
    start = time.process_time()
    problems = read_routine(path, {})[1]
    assert len(problems) >= 10_000
    assert time.process_time() - start < 6 * A_MOMENT_S  # quadratic, it took half a minute
