"""Every rule of the coaching, broken by a routine, at the right line; and no rule broken by a routine that ships."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

import voicecoach
from tests.compiler.compiling import library
from voicecoach.coach.checking import check_files, check_library, told_together
from voicecoach.coach.places import places
from voicecoach.coach.ruling import rule_problems
from voicecoach.coach.sounds import Sounds
from voicecoach.model import LANGUAGES, Problem
from voicecoach.resources import shipped
from voicecoach.routine.problem_lists import unanswered
from voicecoach.routine.read import read_routine
from voicecoach.routine.rules import RULES

SHIPPED = sorted(shipped("scripts", "routines").glob("*.yaml"))
WALK = "  - {exercise: slow-walk, duration: 5-10 min}\n"
MOVE = "  - {exercise: hip-circles, duration: 30 s}\n"


def exercise(kind: str, name: str = "Cat", more: str = "") -> str:
    return f"exercise: {{name: {{da: {name}, en: {name}}}, kind: {kind}{more}}}"


_CASE = re.compile(r"^=== (.+?)\n(\S+)\n(.*?)\n---\n(.*?)(?=^=== |\Z)", re.MULTILINE | re.DOTALL)
CASES = _CASE.findall((Path(__file__).parent / "rules.txt").read_text(encoding="utf-8"))


def problems_of(phase: str, steps: str, folder: Path) -> list[Problem]:
    path = folder / "routine.yaml"
    title = "Trial" if re.search("^language:", steps, re.M) else "{da: Prøve, en: Trial}"
    path.write_text(f"title: {title}\nphase: {phase}\nsteps:\n{steps}\n", encoding="utf-8")
    routine, problems = read_routine(path, library())
    assert routine, problems
    return rule_problems(routine)


@pytest.mark.parametrize(("phase", "steps", "expected"), [pytest.param(*case[1:], id=case[0]) for case in CASES])
def test_a_broken_rule_is_told_at_its_line_and_no_other(
    phase: str, steps: str, expected: str, tmp_path: Path
) -> None:
    found = problems_of(phase, steps, tmp_path)
    wanted = [] if expected.strip() == "none" else expected.strip().splitlines()
    assert [f"{problem.location.line} {problem.rule}" for problem in found] == wanted, found
    for problem in found:
        assert problem.hint
        assert problem.severity == RULES[problem.rule].severity


def test_there_are_many_routines_and_some_break_nothing() -> None:
    sound = [case for case in CASES if case[3].strip() == "none"]
    assert len(sound) >= 30
    assert len(CASES) - len(sound) >= 60


def test_heat_before_training_is_an_error_and_heat_alone_a_warning(tmp_path: Path) -> None:
    severities = []
    for phase in ("mixed", "heat"):
        (problem,) = problems_of(phase, "  - {heat: pad, duration: 5 min}", tmp_path)
        severities.append((problem.rule, problem.severity))
    assert severities == [("heat-before-range", "error"), ("heat-before-range", "warning")]


def test_every_rule_of_the_coaching_is_broken_above() -> None:
    broken = {entry.split()[1] for *_, expected in CASES for entry in expected.splitlines() if " " in entry}
    coaching = {rule.id for rule in RULES.values() if rule.severity == "warning" or rule.source != "language"}
    need_a_voice = {"cue-dropped", "get-ready-grew", "not-recorded", "rest-grew", "breath-bent"}  # see below
    told_by_reading = {"ignored-key", "unused-var"}  # see problems.txt and tests/compiler/test_variables.py
    assert coaching - broken == need_a_voice | told_by_reading


def test_a_warning_that_is_answered_is_not_told_and_an_error_is(tmp_path: Path) -> None:
    head = "accept: [stretch-hold-range, heat-in-text]\nsteps:\n"
    steps = f"{WALK}  - {{exercise: childs-pose, hold: 60 s}}\n  - {{exercise: plank, hold: 60 s}}\n"
    path = tmp_path / "routine.yaml"
    path.write_text(f"title: {{da: Prøve, en: Trial}}\nphase: core\n{head}{steps}", encoding="utf-8")
    routine, _ = read_routine(path, library())
    assert routine
    assert [problem.rule for problem in rule_problems(routine)] == ["plank-hold-range"]


def test_a_heat_that_is_an_error_here_is_not_answered_by_accepting_its_warning(tmp_path: Path) -> None:
    (problem,) = problems_of("mixed", "  - {heat: pad, duration: 5 min}", tmp_path)
    path = tmp_path / "routine.yaml"
    routine, _ = read_routine(path, library())
    assert routine
    assert unanswered(replace(routine, accepted=frozenset({problem.rule})), [problem]) == [problem]


def test_many_of_one_warning_are_told_once_and_kept_each_for_programs(tmp_path: Path) -> None:
    path = tmp_path / "routine.yaml"
    stretches = "  - {exercise: childs-pose, hold: 60 s}\n" * 4
    path.write_text(f"title: {{da: Prøve, en: Trial}}\nphase: core\nsteps:\n{WALK}{stretches}", encoding="utf-8")
    with Sounds() as sounds:
        found = check_files([path], sounds)
    assert [(problem.rule, problem.lines) for problem in found] == [("stretch-hold-range", (5, 6, 7, 8))] * 4
    assert [problem.location.line for problem in told_together(found)] == [5]


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


def test_a_breath_of_which_not_even_one_fits_is_told_once(tmp_path: Path) -> None:
    step = f"{WALK}  - exercise: childs-pose\n    hold: %s\n    breathing: {{in: 12 s, out: 12 s}}\n"
    text = "title: {da: Vejr, en: Breath}\nlanguage: en\nsteps:\n" + step
    assert check_text(text % "20 s", tmp_path) == ["7 breath-bent"]
    assert check_text(text % "21 s", tmp_path) == []


def test_a_cue_that_was_dropped_is_told(tmp_path: Path) -> None:
    text = (
        "title: {en: Trial}\nlanguage: en\nprepare: 20 s\nsteps:\n"
        f"  - {exercise('mobility')}\n    hold: 20 s\n    count: off\n  - rest: 6 s\n{MOVE}"
    )
    assert "9 cue-dropped" in check_text(text, tmp_path)


def test_a_workout_need_not_explain_the_library_in_its_rests(tmp_path: Path) -> None:
    steps = f"steps:\n{MOVE}  - rest: 10 s\n  - exercise: plank\n    hold: 30 s\n"
    own = "    instruction: {en: Lift up into one straight line from your heels to the top of your head.}\n"

    def told(phase: str, more: str = "") -> bool:
        text = f"title: {{en: Trial}}\nlanguage: en\nphase: {phase}\n{steps}{more}"
        return "7 cue-dropped" in check_text(text, tmp_path)

    assert told("mixed")
    assert not told("training")
    assert told("training", own)


def test_a_rest_that_grew_is_told_at_its_line(tmp_path: Path) -> None:
    head = "title: {en: Trial}\nlanguage: en\nphase: core\nsteps:\n"
    first, second = (f"  - exercise: {{name: {name}, kind: mobility}}\n    reps: 5\n" for name in ("Cat", "Cow"))
    assert check_text(f"{head}{first}  - rest: 1 s\n{second}", tmp_path) == ["7 rest-grew"]
    assert check_text(f"{head}{first}  - rest: 5 s\n{second}", tmp_path) == []
    rounds = f"  - repeat: 2\n    between: 0 s\n    steps:\n{first}{second}".replace("\n  ", "\n      ")
    rounds = rounds.replace("\n      " + "  between", "\n    between").replace("\n        steps", "\n    steps")
    assert check_text(head + rounds, tmp_path) == []  # a later round is not named
    sided = "  - exercise: {name: Cow, kind: mobility}\n    reps: 3\n    sides: left\n    sets: 2\n    rest: 0 s\n"
    assert "9 rest-grew" in check_text(head + sided, tmp_path)


def test_own_words_for_a_repetition_that_are_never_heard_are_told_and_the_usual_ones_are_not(tmp_path: Path) -> None:
    head = "title: {en: Trial}\nlanguage: en\nsteps:\n" + MOVE
    step = f"  - {exercise('mobility')}\n    reps: 3\n    tempo: {{up: 900 ms, down: 500 ms}}\n"
    words = "    words: {up: Lift all the way up to the very top, down: Lower it slowly and with care}\n"
    assert "cue-dropped" not in str(check_text(head + step, tmp_path))
    assert f"{len(head.splitlines()) + 1} cue-dropped" in check_text(head + step + words, tmp_path)


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
    assert check_library(places()) == []


def test_what_the_template_comments_out_can_be_used(tmp_path: Path) -> None:
    """With every # taken away that stands before a key, there is no error; what is advised against is not there."""
    template = shipped("scripts", "template.yaml").read_text(encoding="utf-8")
    used, count = re.subn(r"^(\s*)# (?=[ -]*[a-z][a-z ]*: )", r"\1", template, flags=re.MULTILINE)
    assert count >= 10
    path = tmp_path / "used.yaml"
    path.write_text(used, encoding="utf-8")
    with Sounds() as sounds:
        problems = check_files([path], sounds)
    assert [str(problem) for problem in problems if problem.severity == "error"] == []


def test_the_template_has_no_problem() -> None:
    with Sounds() as sounds:
        assert check_files([shipped("scripts", "template.yaml")], sounds) == []


# --- the rules themselves ------------------------------------------------------------------------------------


def emitted() -> set[str]:
    """The ids of every rule that the code can emit: the first argument of what makes problems, and `rule=`."""
    makers = {"_problem": (0, 1), "broken": (0,), "_outside": (0,), "refuse": (0,), "_refused": (0,), "wrong": (0,)}
    found = set()
    for path in Path(voicecoach.__file__).parent.rglob("*.py"):
        if path.parent.name not in ("routine", "checks", "compiler", "coach", "voicecoach"):
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
        if path.parent.name == "checks":
            found |= {id_ for id_ in RULES if f'"{id_}"' in path.read_text(encoding="utf-8")}
    return found


def test_every_rule_that_is_emitted_is_described_and_the_other_way_round() -> None:
    by_the_compiler = {"breath-bent"}
    assert emitted() | by_the_compiler == set(RULES)


def test_every_rule_has_a_source_that_exists_and_an_explanation() -> None:
    sources = yaml.safe_load(shipped("scripts", "sources.yaml").read_text(encoding="utf-8"))
    for id_, rule in RULES.items():
        assert rule.id == id_
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id_)
        assert rule.source in {"language", "timing", "ours", *sources}
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
