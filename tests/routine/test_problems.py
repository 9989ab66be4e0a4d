"""Every problem of a file at once, each with its line, its column, its rule and what to do: problems.txt."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.compiler.compiling import library
from voicecoach.cli.advised import worded
from voicecoach.routine.read import read_routine
from voicecoach.routine.rules import RULES

_CASE = re.compile(r"^=== (.+?)\n(.*?)\n---\n(.*?)(?=^=== |\Z)", re.MULTILINE | re.DOTALL)
CASES = _CASE.findall((Path(__file__).parent / "problems.txt").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*case[1:], id=case[0]) for case in CASES])
def test_every_problem_is_told_at_its_place(text: str, expected: str, tmp_path: Path) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text(text + "\n", encoding="utf-8")
    routine, problems = read_routine(path, library())
    wanted = [line.partition(" ~") for line in expected.strip().splitlines()]
    assert [f"{p.location.line}:{p.location.column} {p.rule}" for p in problems] == [place for place, _, _ in wanted]
    assert (routine is None) == any(problem.severity == "error" for problem in problems)
    for problem, (_, _, hint) in zip(problems, wanted, strict=True):
        assert hint.strip() in worded(problem.hint)
        assert problem.location.path == str(path)
        assert problem.rule in RULES
        assert problem.message
        assert "\n" not in problem.message


def test_there_are_cases() -> None:
    assert len(CASES) >= 30
