"""`voicecoach voices warm`"""

from __future__ import annotations

import click

from voicecoach.cli import console
from voicecoach.cli.options import routine_options
from voicecoach.cli.progress import progress
from voicecoach.coach.coach import Coach
from voicecoach.coach.options import Options
from voicecoach.coach.progress import quiet
from voicecoach.coach.reading import load
from voicecoach.coach.warming import length_ms, warm
from voicecoach.errors import RoutineError
from voicecoach.model import Utterance
from voicecoach.units import clock


@click.command("warm")
@click.argument("routines", nargs=-1, metavar="[ROUTINE…]")
@routine_options
def command(routines: tuple[str, ...], options: Options) -> None:
    """Speak everything of routines ahead, so that they start at once.

    Without a ROUTINE, all are made ready, each in the languages that it speaks. What was spoken before costs nothing.
    """
    said: set[Utterance] = set()
    new = 0
    with Coach() as coach:
        sounds = coach.sounds
        names = routines or tuple(map(str, coach.files().values()))
        for name in names:
            try:
                routine, _ = load(name, coach.places, easier=options.easier)
                with progress() as report:
                    warmed = warm(routine, options, sounds, report or quiet)
            except RoutineError:
                if routines:
                    raise
                console.note(f"{name} has errors; see: voicecoach check {name}")
                continue
            said |= set(warmed.said)
            new += warmed.new
            length = clock(length_ms(warmed.said, sounds))
            console.say(
                f"{routine.id}: {len(warmed.said)} lines, {length}, {warmed.new} of them new "
                f"({', '.join(warmed.voices)})"
            )
        console.cache_problem(coach)
        if len(names) > 1:
            console.say(f"In all: {len(said)} lines, {clock(length_ms(said, sounds))}, {new} of them new")
