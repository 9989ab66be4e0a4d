"""`voicecoach exercises`"""

from __future__ import annotations

import textwrap

import click

from voicecoach.cli import console
from voicecoach.cli.locale_language import locale_language
from voicecoach.cli.words import LANGUAGE
from voicecoach.model import DEFAULT_LANGUAGE, Exercise, Language

_WIDTH = 100


@click.command("exercises")
@click.argument("exercise", required=False)
@click.option("--lang", type=LANGUAGE, help="The language of names and texts; that of your system by default.")
@click.option("--json", "as_json", is_flag=True, help="One JSON array; of one exercise, an object.")
def command(exercise: str | None, lang: Language | None, as_json: bool) -> None:
    """List the exercises that a routine can use, or show one.

    EXERCISE is an id or a name; another word lists the exercises that have it. The library that ships, and your own;
    an exercise of yours with the same id comes first.
    """
    from voicecoach.coach import exercise_cards

    cards = exercise_cards.cards()
    found = list(cards.exercises.values()) if exercise is None else cards.found(exercise)
    language = lang or locale_language() or DEFAULT_LANGUAGE
    if as_json:
        objects = [exercise_cards.as_json(item) for item in found]
        one = exercise is not None and len(objects) == 1
        console.as_json(objects[0] if one else objects)
    elif exercise is not None and len(found) == 1:
        _show(cards.card(found[0], language))
    else:
        console.table([_row(item, language) for item in found])
        console.note("All about one of them: voicecoach exercises ID")
    if language != DEFAULT_LANGUAGE and lang is None and not as_json:
        console.note("In the language of your system; --lang en shows English.")
    for path in dict.fromkeys(problem.location.path for problem in cards.problems):
        console.note(f"{path} has errors; see: voicecoach check {path}")


def _row(exercise: Exercise, language: Language) -> tuple[str, ...]:
    easier = f"easier: {exercise.easier}" if exercise.easier else ""
    return exercise.id or "", exercise.kind, exercise.name.get(language) or "—", easier


def _show(card: list[tuple[str, list[str]]]) -> None:
    margin = max(len(key) for key, _ in card) + 2
    for key, lines in card:
        for number, line in enumerate(lines):
            heading = "" if number else key
            indent = " " * margin
            console.say(
                textwrap.fill(
                    line, _WIDTH, initial_indent=f"{heading:<{margin}}", subsequent_indent=indent,
                    break_long_words=False, break_on_hyphens=False,
                )
            )  # fmt: skip
