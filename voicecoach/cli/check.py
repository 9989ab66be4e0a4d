"""`voicecoach check`"""

from __future__ import annotations

import textwrap
from pathlib import Path

import click

from voicecoach.cli import console
from voicecoach.coach import checking, pipeline


@click.command("check")
@click.argument("files", nargs=-1, metavar="[FILE…]")
@click.option("--json", "as_json", is_flag=True, help="One JSON array of problems.")
@click.option("--explain", metavar="RULE", help="Say what a rule is about, and where it comes from.")
def command(files: tuple[str, ...], as_json: bool, explain: str | None) -> None:
    """Report every problem of routine files, at its line.

    FILE is a path or an id; without one, all routines and exercises are checked, those that ship and your own. What
    the language forbids, and what could harm, is an error (exit 1); what the source article advises is a warning.
    """
    if explain:
        _explain(explain)
        return
    paths = [pipeline.find_routine(name) for name in files] if files else pipeline.all_routines()
    with pipeline.Sounds() as sounds:
        problems = checking.check_files(paths, sounds)
    if not files:
        problems = checking.check_library() + problems
    if as_json:
        console.as_json([console.problem_json(problem) for problem in problems])
    else:
        told = checking.told_together(problems)
        console.problems(told)
        _summary(paths, [problem.severity for problem in told])
    if any(problem.severity == "error" for problem in problems):
        raise SystemExit(1)


def _summary(paths: list[Path], severities: list[str]) -> None:
    checked = _counted(len(paths), "file")
    if not severities:
        console.note(f"{checked}: no problems.")
        return
    errors, warnings = severities.count("error"), severities.count("warning")
    console.note(f"{checked}: {_counted(errors, 'error')}, {_counted(warnings, 'warning')}.")


def _counted(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def _explain(id_: str) -> None:
    rule = checking.rule(id_)
    console.say(f"{rule.id} ({rule.severity}, source: {rule.source})")
    console.say(textwrap.fill(rule.explanation, 100))
    console.say(f"Source: {checking.source_of(rule)}")
