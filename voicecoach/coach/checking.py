"""Checks whole files: the language, the coaching, and what a voice has no time to say, all of it at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from voicecoach.advice import Advice, do
from voicecoach.coach.compiling import compile_routine
from voicecoach.coach.heard import heard
from voicecoach.coach.options import Options
from voicecoach.coach.places import Places
from voicecoach.coach.progress import Progress, Report, quiet
from voicecoach.coach.reading import kept_readings, library_of, spoken_languages
from voicecoach.coach.references import reference
from voicecoach.coach.ruling import rule_problems
from voicecoach.coach.sounds import Sounds
from voicecoach.compiler.variables import unused
from voicecoach.errors import NotFoundError, NotRecordedError, RoutineError
from voicecoach.model import DEFAULT_LANGUAGE, ROLES, Dropped, Problem, Routine, SourceLocation, Timeline, Utterance
from voicecoach.provenance import code_digest
from voicecoach.routine.checks.ear import exercise_problems
from voicecoach.routine.kept import kept_library, made_of
from voicecoach.routine.library import Library
from voicecoach.routine.nearest import nearest
from voicecoach.routine.problem_lists import in_order, largest, unanswered
from voicecoach.routine.read import exercise_file_problems, read_as_far, read_exercises
from voicecoach.routine.rules import RULES, Rule

NO_VALUES: Mapping[str, str] = {}


def rule(id_: str) -> Rule:
    """Raises `NotFoundError` with the nearest."""
    if id_ not in RULES:
        near = nearest(id_, RULES)
        hint = f"Did you mean {near}?" if near else "The rules: " + ", ".join(RULES)
        raise NotFoundError(f"there is no rule “{id_}”", hint=hint)
    return RULES[id_]


_SOURCES = {
    "language": "the routine language of voicecoach, docs/routines.md",
    "timing": "what the voice that speaks has time for",
    "ours": "voicecoach itself; neither the article nor a study",
}


def source_of(rule: Rule) -> str:
    """Where a rule comes from, in words; the reference in full if it has one."""
    if rule.source in _SOURCES:
        return _SOURCES[rule.source]
    return f"{reference(rule.source, DEFAULT_LANGUAGE, address=False)}."


def check_files(
    paths: Sequence[Path], sounds: Sounds, values: Mapping[str, str] = NO_VALUES, report: Report = quiet
) -> list[Problem]:
    """All problems of all files, each at its own place. What was found before is kept until something changes on
    which it depends."""
    kept = kept_readings(sounds.places)
    library = kept_library(sounds.places.own, kept)
    decides = code_digest(__name__), heard(sounds), repr(sorted(values.items()))
    found: list[Problem] = []
    for done, path in enumerate(paths, 1):
        report(Progress("files", done, len(paths)))
        found += made_of(path, library, kept, partial(_check_file, path, sounds=sounds, values=values), *decides)
    return found


def check_library(at: Places) -> list[Problem]:
    """The problems of the exercise files, a person's own among them."""
    library = library_of(at)
    of_texts = [problem for exercise in library.exercises.values() for problem in exercise_problems(exercise)]
    return library.problems + of_texts


def _check_file(path: Path, library: Library, sounds: Sounds, values: Mapping[str, str]) -> list[Problem]:
    return _with_lines(_problems(path, library, sounds, values))


def _problems(path: Path, library: Library, sounds: Sounds, values: Mapping[str, str]) -> list[Problem]:
    of_exercises = exercise_file_problems(path)
    if of_exercises is not None:
        texts = [problem for exercise in read_exercises(path)[0].values() for problem in exercise_problems(exercise)]
        return in_order(of_exercises + texts)
    routine, problems, whole = read_as_far(path, library.exercises)
    if any(problem.rule == "unknown-exercise" for problem in problems):
        problems = [*problems, *library.problems]  # the exercise may be missing because its own file is broken
    broken = any(problem.severity == "error" for problem in problems)
    if routine is not None:
        problems = problems + rule_problems(routine, whole=whole)
    if routine is not None and not broken:  # one that only breaks a rule can be spoken all the same
        problems += unused(routine, values)
        problems += _spoken_problems(routine, sounds, values)
    found = dict.fromkeys(problems)
    return in_order(unanswered(routine, found) if routine else found)


def _spoken_problems(routine: Routine, sounds: Sounds, values: Mapping[str, str]) -> list[Problem]:
    """What the voices have no time to say, in every language of the routine: a problem once a place and rule."""
    found: list[Problem] = []
    dropped: dict[SourceLocation, list[Problem]] = {}
    for language in spoken_languages(routine):
        try:
            timeline = compile_routine(routine, Options(language=language, vars=values), sounds)
        except RoutineError as error:
            found += error.problems
        except NotRecordedError as error:  # of the voice that is configured: the routine is not at fault
            found.append(_not_recorded(error, routine))
        else:
            found += timeline.problems
            for problem in _dropped_problems(routine, timeline):
                dropped.setdefault(problem.location, []).append(problem)
    return largest(found) + [_counted(same) for same in dropped.values()]


def _not_recorded(error: NotRecordedError, routine: Routine) -> Problem:
    return Problem(
        rule="not-recorded", severity="warning", message=error.message, location=routine.location, hint=error.hint
    )


def _dropped_problems(routine: Routine, timeline: Timeline) -> list[Problem]:
    return [
        Problem(
            rule="cue-dropped",
            severity="warning",
            message=f"no room for “{dropped.text}” ({timeline.language}): {dropped.reason}",
            location=timeline.steps[dropped.step_index].location,
            hint=Advice(
                "Make the step longer, or the rest before it, or say less in it; `",
                do("show"),
                "` lists what was left out.",
            ),
        )
        for dropped in timeline.dropped
        if _is_missed(dropped, routine, timeline)
    ]


def _is_missed(dropped: Dropped, routine: Routine, timeline: Timeline) -> bool:
    """Whether the author should know: not of what is only welcome or was told before, nor, between the intervals of a
    workout, of how coach and library would have explained it; but of words of their own that are never heard."""
    of_the_library = dropped.location.path != routine.location.path
    of_the_coach = dropped.location == timeline.steps[dropped.step_index].location
    if dropped.again or (routine.phase == "training" and (of_the_library or of_the_coach)):
        return False
    own_words = dropped.role == "tempo" and not of_the_coach
    if not (dropped.role in ("tip", "out") or own_words) or of_the_library:
        return not ROLES[dropped.role].welcome
    return not any(isinstance(clip.sound, Utterance) and clip.sound.text == dropped.text for clip in timeline.clips)


def _counted(same: list[Problem]) -> Problem:
    """What one step has no room for: the first text, and how many more."""
    more = f" (and {len(same) - 1} more in this step)" if len(same) > 1 else ""
    return replace(same[0], message=same[0].message + more)


# --- what is told once -----------------------------------------------------------------------------------------


def _with_lines(problems: Sequence[Problem]) -> list[Problem]:
    """Warnings of one rule know the lines of them all: a file tells each rule once."""
    lines: dict[str, list[int]] = {}
    for problem in problems:
        if problem.severity == "warning":
            lines.setdefault(problem.rule, []).append(problem.location.line)
    several = {rule: tuple(sorted(set(found))) for rule, found in lines.items() if len(set(found)) > 1}
    return [replace(problem, lines=several.get(problem.rule, ())) for problem in problems]


def told_together(problems: Iterable[Problem]) -> list[Problem]:
    """One warning of each rule a file: that of the largest size, at the place of the first."""
    told: dict[object, Problem] = {}
    for problem in problems:
        key = (problem.location.path, problem.rule) if problem.lines else object()
        first = told.setdefault(key, problem)
        if problem.size > first.size:
            told[key] = replace(problem, location=first.location)
    return list(told.values())
