"""`voicecoach check`"""

from __future__ import annotations

import textwrap

import click

from voicecoach.cli import console
from voicecoach.cli.options import var_option
from voicecoach.cli.progress import progress
from voicecoach.coach.coach import Coach


@click.command("check")
@click.argument("files", nargs=-1, metavar="[FILE…]")
@click.option("--json", "as_json", is_flag=True, help="One JSON array of problems.")
@var_option
@click.option("--explain", metavar="RULE", help="Say what a rule is about, and where it comes from.")
def command(files: tuple[str, ...], as_json: bool, explain: str | None, values: dict[str, str]) -> None:
    """Report every problem of routine files, at its line.

    FILE is a path or an id; without one, all routines and exercises are checked, those that ship and your own. What
    the language forbids, and what could harm, is an error (exit 1); what the source article advises is a warning.
    """
    if explain:
        _explain(explain)
        return
    from voicecoach.coach.checking import told_together  # loads pydantic

    with Coach() as coach:
        with progress() as report:
            problems = coach.check(files or None, vars=values, progress=report)
        checked = len(files) or len(coach.files())
    if as_json:
        console.as_json([console.problem_json(problem) for problem in problems])
    else:
        told = told_together(problems)
        console.problems(told)
        _summary(checked, [problem.severity for problem in told])
    if any(problem.severity == "error" for problem in problems):
        raise SystemExit(1)


def _summary(files: int, severities: list[str]) -> None:
    checked = _counted(files, "file")
    if not severities:
        console.note(f"{checked}: no problems.")
        return
    errors, warnings = severities.count("error"), severities.count("warning")
    console.note(f"{checked}: {_counted(errors, 'error')}, {_counted(warnings, 'warning')}.")


def _counted(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def _explain(id_: str) -> None:
    from voicecoach.coach.checking import rule as known_rule
    from voicecoach.coach.checking import source_of

    rule = known_rule(id_)
    console.say(f"{rule.id} ({rule.severity}, source: {rule.source})")
    console.say(textwrap.fill(rule.explanation, 100))
    console.say(f"Source: {source_of(rule)}")
