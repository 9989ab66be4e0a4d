"""Every rule of the coaching, broken by a routine, at the right line; and no rule broken by a routine that ships."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
import yaml

import voicecoach
from tests.compiler.compiling import library
from voicecoach.model import LANGUAGES
from voicecoach.pipeline import Sounds, check_files, check_library, rule_problems
from voicecoach.resources import shipped
from voicecoach.routine.read import read_routine
from voicecoach.routine.rules import RULES

SHIPPED = sorted(shipped("scripts", "routines").glob("*.yaml"))
WALK = "  - {exercise: slow-walk, duration: 5-10 min}\n"
MOVE = "  - {exercise: hip-circles, duration: 30 s}\n"


def exercise(kind: str, name: str = "Cat", more: str = "") -> str:
    return f"exercise: {{name: {{da: {name}, en: {name}}}, kind: {kind}{more}}}"


CASES = {
    "static stretch in a warm-up": (
        "warm-up", f"{MOVE}  - {{exercise: childs-pose, hold: 20 s}}\n", ["5 static-stretch-in-warm-up"],
    ),
    "static stretch before the training of a full session": (
        "mixed",
        MOVE + "  - {exercise: childs-pose, hold: 20 s}\n  - stop: {da: Træn., en: Train.}\n"
        "  - {exercise: childs-pose, hold: 20 s}\n",
        ["5 static-stretch-in-warm-up"],
    ),
    "a stretch before anything warms": (
        "mixed", f"  - {{exercise: childs-pose, hold: 20 s}}\n{MOVE}", ["4 stretch-before-warmth"],
    ),
    "a stretch after heat": (
        "mixed", "  - {heat: pad, duration: 10 min}\n  - {exercise: childs-pose, hold: 20 s}\n", [],
    ),
    "a stretch held too long": (
        "cool-down", f"{WALK}  - exercise: childs-pose\n    hold: 20-40 s\n", ["6 stretch-hold-range"],
    ),
    "a stretch held too short": (
        "cool-down", f"{WALK}  - exercise: childs-pose\n    hold: 10 s\n", ["6 stretch-hold-range"],
    ),
    "a plank held too long": ("core", f"{MOVE}  - exercise: plank\n    hold: 45 s\n", ["6 plank-hold-range"]),
    "a side plank of one's own": (
        "core", f"{MOVE}  - {exercise('strength', 'Side plank')}\n    hold: 5 s\n", ["6 plank-hold-range"],
    ),
    "heat before training too short": (
        "warm-up", f"  - heat: pad\n    duration: 5 min\n{MOVE}", ["5 heat-before-range"],
    ),
    "heat before training too long": (
        "mixed", f"  - heat: belt\n    duration: 10-20 min\n{MOVE}", ["5 heat-before-range"],
    ),
    "heat alone of another length": ("heat", "  - heat: pad\n    duration: 18 min\n", ["5 heat-before-range"]),
    "heat after training may last twenty minutes": (
        "cool-down", f"{WALK}  - {{heat: pad, duration: 20 min}}\n", [],
    ),
    "heat over twenty minutes": (
        "cool-down", f"{WALK}  - heat: pad\n    duration: 15-25 min\n", ["6 heat-over-20-min"],
    ),
    "heat over twenty minutes in two parts": (
        "cool-down", f"{WALK}  - {{heat: pad, duration: 15 min}}\n  - {{heat: pad, duration: 15 min}}\n",
        ["6 heat-over-20-min"],
    ),
    "heat with a rest between": (
        "cool-down",
        f"{WALK}  - {{heat: pad, duration: 15 min}}\n  - {{rest: 10 min}}\n  - {{heat: pad, duration: 15 min}}\n", [],
    ),
    "heat repeated without a break": (
        "cool-down", f"{WALK}  - repeat: 4\n    steps: [{{heat: pad, duration: 6 min}}]\n", ["6 heat-over-20-min"],
    ),
    "the caution turned off": (
        "heat", "  - {heat: pad, duration: 10 min}\nheat caution: false\n", ["5 heat-caution-off"],
    ),
    "a cool-down without an active part": (
        "cool-down", "  - {heat: pad, duration: 10 min}\n  - {exercise: childs-pose, hold: 20 s}\n",
        ["1 cool-down-active-part"],
    ),
    "an active part too short": (
        "cool-down", "  - exercise: slow-walk\n    duration: 2-4 min\n", ["5 cool-down-active-part"],
    ),
    "an active part too long": (
        "cool-down", "  - exercise: slow-walk\n    duration: 8-12 min\n", ["5 cool-down-active-part"],
    ),
    "an active part in two": (
        "cool-down", "  - {exercise: slow-walk, duration: 4 min}\n  - {exercise: deep-breathing, duration: 2 min}\n",
        [],
    ),
    "strength first": ("core", f"  - {{exercise: plank, hold: 20 s}}\n{MOVE}", ["4 intensity-starts-high"]),
    "fast cardio first": (
        "warm-up", f"  - {exercise('cardio', 'Sprint')}\n    duration: 30 s\n{MOVE}", ["4 intensity-starts-high"],
    ),
    "hard cardio first": (
        "warm-up", f"  - {exercise('cardio', 'Bike', ', intensity: hard')}\n    duration: 30 s\n",
        ["4 intensity-starts-high"],
    ),
    "easy cardio first": ("warm-up", f"  - {exercise('cardio', 'Bike')}\n    duration: 30 s\n", []),
    "a text that names another time": (
        "mixed",
        "  - exercise:\n      name: {da: Kat, en: Cat}\n      kind: mobility\n"
        "      instruction: {da: Hold i tyve sekunder., en: Hold it.}\n    hold: 30 s\n",
        ["7 text-contradicts-timing"],
    ),
    "a text that names its own time": (
        "mixed",
        f"  - {exercise('mobility', 'Cat', ', instruction: {da: Hold i 30 sekunder., en: Thirty seconds.}')}\n"
        "    hold: 30 s\n",
        [],
    ),
    "a text that names both sides": (
        "mixed", f"  - {exercise('mobility', 'Cat', ', setup: {da: Stå., en: On both sides.}')}\n    hold: 30 s\n",
        ["4 text-contradicts-timing"],
    ),
    "a side that is never changed": (
        "mixed", f"{MOVE}  - {{exercise: childs-pose, hold: 20 s, sides: left}}\n", ["5 sides-never-changed"],
    ),
    "both sides, one after the other": (
        "mixed",
        f"{MOVE}  - {{exercise: childs-pose, hold: 20 s, sides: left}}\n"
        "  - {exercise: childs-pose, hold: 20 s, sides: right}\n",
        [],
    ),
    "a rest at the end": ("mixed", f"{MOVE}  - rest: 30 s\n", ["5 rest-at-end"]),
    "a rest before the end": ("mixed", f"  - rest: 30 s\n{MOVE}", []),
}  # fmt: skip


@pytest.mark.parametrize(
    ("phase", "steps", "expected"), [pytest.param(*case, id=name) for name, case in CASES.items()]
)
def test_a_broken_rule_is_told_at_its_line(phase: str, steps: str, expected: list[str], tmp_path: Path) -> None:
    path = tmp_path / "routine.yaml"
    head = f"title: {{da: Prøve, en: Trial}}\nphase: {phase}\nsteps:\n"
    path.write_text(head + steps, encoding="utf-8")
    routine, problems = read_routine(path, library())
    assert routine, problems
    found = rule_problems(routine)
    assert [f"{p.location.line} {p.rule}" for p in found] == expected
    for problem in found:
        assert problem.hint
        if problem.rule != "heat-before-range":  # which is a warning in a routine of heat alone
            assert problem.severity == RULES[problem.rule].severity


def test_heat_before_training_is_an_error_and_heat_alone_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "routine.yaml"
    severities = []
    for phase in ("warm-up", "mixed", "heat"):
        path.unlink(missing_ok=True)
        text = f"title: {{en: x}}\nphase: {phase}\nsteps: [{{heat: pad, duration: 5 min}}]"
        path.write_text(text, encoding="utf-8")
        routine, _ = read_routine(path, library())
        assert routine
        severities += [problem.severity for problem in rule_problems(routine)]
    assert severities == ["error", "error", "warning"]


def test_every_rule_of_the_coaching_is_broken_above() -> None:
    broken = {entry.split()[1] for _, _, expected in CASES.values() for entry in expected}
    coaching = {rule.id for rule in RULES.values() if rule.severity == "warning" or rule.source != "language"}
    need_a_voice = {"cue-dropped", "get-ready-grew", "not-recorded"}  # see below
    told_by_reading = {"ignored-key"}  # see problems.txt
    assert coaching - broken == need_a_voice | told_by_reading


# --- what a voice has no time for ----------------------------------------------------------------------------


def check_text(text: str, folder: Path) -> list[str]:
    path = folder / "routine.yaml"
    path.write_text(text, encoding="utf-8")
    with Sounds() as sounds:
        return [f"{p.location.line} {p.rule}" for p in check_files([path], sounds)]


def test_a_get_ready_time_that_grew_is_told(tmp_path: Path) -> None:
    head = "title: {en: Trial}\nlanguage: en\nphase: cool-down\nsteps:\n"
    text = f"{head}{WALK}  - exercise: knee-to-chest\n    prepare: 2 s\n"
    assert check_text(text, tmp_path) == ["6 get-ready-grew"]


def test_a_cue_that_was_dropped_is_told(tmp_path: Path) -> None:
    text = (
        "title: {en: Trial}\nlanguage: en\nprepare: 20 s\nsteps:\n"
        f"  - {exercise('mobility')}\n    hold: 400 ms\n    count: off\n  - rest: 200 ms\n{MOVE}"
    )
    assert "8 cue-dropped" in check_text(text, tmp_path)


def test_a_text_that_is_missing_in_the_language_is_told_at_its_line(tmp_path: Path) -> None:
    text = "title: {da: Prøve, en: Trial}\nlanguage: da\nsteps:\n  - say: {en: Hello.}\n"
    assert check_text(text, tmp_path) == ["4 missing-language"]


def test_more_steps_than_anybody_does_are_told(tmp_path: Path) -> None:
    inner = "say: {en: Hi.}"
    for _ in range(3):
        inner = f"repeat: 100, steps: [{{{inner}}}]"
    assert check_text(f"title: {{en: Trial}}\nsteps: [{{{inner}}}]\n", tmp_path) == ["2 too-long"]


def test_the_shipped_routines_and_exercises_have_no_problem_in_any_language() -> None:
    with Sounds() as sounds:
        assert check_files(SHIPPED, sounds) == []
    assert check_library() == []


def test_the_template_has_no_problem() -> None:
    with Sounds() as sounds:
        assert check_files([shipped("scripts", "template.yaml")], sounds) == []


# --- the rules themselves ------------------------------------------------------------------------------------


def emitted() -> set[str]:
    """The ids of every rule that the code can emit: the first argument of what makes problems, and `rule=`."""
    makers = {"_problem": (0, 1), "_broken": (0,), "refuse": (0,), "_refused": (0,)}
    found = set()
    for path in Path(voicecoach.__file__).parent.rglob("*.py"):
        if path.parent.name not in ("routine", "compiler", "voicecoach"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            arguments = [node.args[at] for at in makers.get(name, ()) if at < len(node.args)]
            arguments += [keyword.value for keyword in node.keywords if keyword.arg == "rule" and name == "Problem"]
            arguments += [node.slice for node in ast.walk(node) if isinstance(node, ast.Subscript)
                          and isinstance(node.value, ast.Name) and node.value.id == "RULES"]  # fmt: skip
            for argument in arguments:
                if isinstance(argument, ast.Constant) and re.fullmatch(
                    r"[a-z0-9]+(-[a-z0-9]+)*", str(argument.value)
                ):
                    found.add(str(argument.value))
        if path.name == "check.py":
            found |= {id_ for id_ in RULES if f'"{id_}"' in path.read_text(encoding="utf-8")}
    return found


def test_every_rule_that_is_emitted_is_described_and_the_other_way_round() -> None:
    assert emitted() == set(RULES)


def test_every_rule_has_a_source_that_exists_and_an_explanation() -> None:
    sources = yaml.safe_load(shipped("scripts", "sources.yaml").read_text(encoding="utf-8"))
    for id_, rule in RULES.items():
        assert rule.id == id_
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id_)
        assert rule.source in {"language", "timing", *sources}
        assert rule.explanation.endswith((".", "?"))


def test_every_source_that_is_named_exists() -> None:
    known = set(yaml.safe_load(shipped("scripts", "sources.yaml").read_text(encoding="utf-8")))
    for item in library().values():
        assert set(item.sources) <= known
    for path in SHIPPED:
        routine, _ = read_routine(path, library())
        assert routine
        assert set(routine.sources) <= known
        assert routine.sources
        assert set(routine.title.by_language) == set(LANGUAGES)
