"""The entry point: finds the command, and turns errors into messages and exit codes.

0 done · 1 problems in the user's input · 2 wrong usage · 3 the machine lacks something.
"""

from __future__ import annotations

import logging
import sys
from importlib import import_module

import click

from voicecoach import __version__
from voicecoach.errors import RoutineError, VoicecoachError

COMMANDS = {
    "list": "List the routines: phase, length and languages.",
    "show": "Print the timed script of a routine.",
    "check": "Report every problem of routine files, at its line.",
    "play": "Speak a routine here.",
    "export": "Write a routine as an audio file.",
    "voices": "List who can speak here, and in which language.",
    "exercises": "List the exercises that a routine can use.",
    "new": "Write a commented routine to start from.",
}
"""The first line of each command's help. Here, so that `--help` need not load the commands; a test compares."""


class _Commands(click.Group):
    """Loads a command's module only when it is called, so that `--help` answers at once."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module = import_module(f"voicecoach.cli.{name}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, context: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=1)
            hint = f" Did you mean {near[0]}?" if near else f" The commands: {', '.join(COMMANDS)}."
            context.fail(f"there is no command “{args[0]}”.{hint}")
        return super().resolve_command(context, args)

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", message="voicecoach %(version)s")
@click.option("-v", "--verbose", is_flag=True, help="Say how long each stage took.")
def cli(verbose: bool) -> None:
    """A coach that you hear: it leads a written routine with its voice, in Danish or English, offline.

    \b
    voicecoach list
    voicecoach play back-cool-down --lang da
    voicecoach export back-cool-down --lang en -o cool-down.mp3
    """
    if verbose:
        logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)


def main() -> None:
    """Run the command line and leave the process with its exit code."""
    _never_fail_to_print()
    try:
        code = cli.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except click.exceptions.Abort:
        click.echo("Stopped.", err=True)
        code = 130
    except VoicecoachError as error:
        _show(error)
        code = error.exit_code
    except BrokenPipeError:
        _leave_a_closed_pipe_quietly()
        code = 0
    sys.exit(code if isinstance(code, int) else 0)


def _show(error: VoicecoachError) -> None:
    from voicecoach.cli import console

    if isinstance(error, RoutineError):
        console.problems(error.problems, err=True)
    console.error(error)


def _never_fail_to_print() -> None:
    """A terminal that does not know “ø” gets a “?”, not a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _leave_a_closed_pipe_quietly() -> None:
    """`voicecoach list | head -1`: Python would complain once more while it closes its streams."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
