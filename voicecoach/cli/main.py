"""The entry point: finds the command, and turns errors into messages and exit codes.

0 done · 1 problems in the user's input · 2 wrong usage · 3 the machine lacks something · 130 Ctrl-C · 128 and the
number of a signal that ends a program.
"""

from __future__ import annotations

import contextlib
import gc
import os
import sys
import traceback

import click

from voicecoach import __version__
from voicecoach.cli.lazy import LazyGroup
from voicecoach.cli.standard_output import told_of_output
from voicecoach.cli.stopping import stopped_tidily
from voicecoach.errors import OutputError, ProblemsError, VoicecoachError
from voicecoach.plain_text import harmless

COMMANDS = {
    "list": "List the routines: phase, length and languages.",
    "show": "Print the timed script of a routine.",
    "check": "Report every problem of routine files, at its line.",
    "play": "Speak a routine here.",
    "export": "Write a routine as an audio file, or as an album.",
    "verify": "Listen to an exported file, and hold it against its routine.",
    "voices": "List who can speak here, and in which language.",
    "record": "Record a voice of your own, line by line, with the microphone.",
    "record-list": "List the lines to record, so that a voice of your own can lead a routine.",
    "read": "Print the words that would be spoken for a text.",
    "exercises": "List the exercises that a routine can use, or show one.",
    "new": "Write a commented routine to start from.",
    "import": "Turn somebody else's workout into a routine.",
    "sheet": "Write a routine as a page to print.",
    "schema": "Print the JSON Schema of routines and files of exercises, for editors.",
}
"""The first line of each command's help. Here, so that `--help` need not load the commands; a test compares."""


@click.command(
    cls=LazyGroup,
    commands_help=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, "-V", "--version", message="voicecoach %(version)s")
@click.option(
    "-v", "--verbose", count=True, help="Tell what had to be mended on the way; twice, how long each stage took too."
)
def cli(verbose: int) -> None:
    """A coach that you hear: it leads a written routine with its voice, in Danish or English, offline.

    \b
    voicecoach list
    voicecoach play back-cool-down --lang da
    voicecoach export back-cool-down --lang en -o cool-down.mp3
    """
    if verbose:
        from voicecoach.cli.logs import show_logs

        show_logs(verbose)


def main() -> None:
    """Run the command line and leave the process with its exit code."""
    with stopped_tidily():
        _main()


def _main() -> None:
    gc.set_threshold(50_000)  # there are hardly any cycles, and looking for them took 4 % of a warm export
    _open_closed_streams()
    _never_fail_to_print()
    try:
        code = cli.main(standalone_mode=False)
        _flush()
    except click.ClickException as error:
        vars(error)["message"] = harmless(error.message)
        with contextlib.suppress(OSError):  # of a standard error that takes no words
            error.show()
        code = error.exit_code
    except click.exceptions.Abort:
        click.echo("Stopped.", err=True)
        code = 130
    except VoicecoachError as error:
        if isinstance(error, OutputError):
            _leave_failed_output_quietly()
        _show(error)
        code = error.exit_code
    except BrokenPipeError:
        _leave_closed_output_quietly()
        code = 0
    except OSError as error:
        _show(_of_the_output(error) or _of_the_system(error))
        code = 1
    sys.exit(code if isinstance(code, int) else 0)


def _flush() -> None:
    """A full disk behind the standard output is told now, not while Python ends."""
    if sys.stdout is not None:
        with told_of_output():
            sys.stdout.flush()


def _of_the_output(error: OSError) -> OutputError | None:
    """A help and the version are printed by click itself, not by `console`."""
    *_, (frame, _) = traceback.walk_tb(error.__traceback__)
    if frame.f_code is not click.echo.__code__:
        return None
    try:
        with told_of_output():
            raise error
    except OutputError as told:
        _leave_failed_output_quietly()
        return told


def _of_the_system(error: OSError) -> VoicecoachError:
    """What no part of the program expected: at least which file it was about."""
    reason = error.strerror or str(error)
    if error.filename is None:
        return VoicecoachError(f"the system refused something: {reason}")
    return VoicecoachError(f"{os.fsdecode(error.filename)} could not be used: {reason}")


def _show(error: VoicecoachError) -> None:
    from voicecoach.cli import console

    if isinstance(error, ProblemsError):
        console.problems(error.problems, err=True)
    console.error(error)


def _never_fail_to_print() -> None:
    """A terminal that does not know “ø” gets a “?”, not a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _open_closed_streams() -> None:
    """`voicecoach … 2>&-`: the next file that is opened would get the stream's number, and all that is said.

    In place of the standard output stands what cannot be written: who wants it is told.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            with contextlib.suppress(OSError):
                opened = os.open(os.devnull, os.O_WRONLY if name == "stderr" else os.O_RDONLY)
                if opened != number:
                    os.dup2(opened, number)
                    os.close(opened)
                mode = "r" if name == "stdin" else "w"
                setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115


def _leave_failed_output_quietly() -> None:
    """What could not be written stays in its buffer, and would fail once more."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError:
        _leave_closed_output_quietly()


def _leave_closed_output_quietly() -> None:
    """`voicecoach list | head -1`: Python would complain once more while it closes its streams."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
