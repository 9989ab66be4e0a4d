from __future__ import annotations

from collections.abc import Iterator

import click
import pytest

from tests.cli.running import run
from voicecoach import __version__
from voicecoach.cli.lazy import LazyGroup
from voicecoach.cli.main import COMMANDS, cli


def commands(
    group: click.Command = cli, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], str, click.Command]]:
    """Every command and every command of a command, with the line its group has for it."""
    if isinstance(group, LazyGroup):
        for name, line in group.commands_help.items():
            command = group.get_command(click.Context(group), name)
            assert command
            yield (*path, name), line, command
            yield from commands(command, (*path, name))


ALL = [pytest.param(*item, id=" ".join(item[0])) for item in commands()]


@pytest.mark.parametrize(("path", "line", "command"), ALL)
def test_every_command_has_help_that_begins_with_its_line_in_the_list(
    path: tuple[str, ...], line: str, command: click.Command
) -> None:
    assert command.help
    assert command.help.strip().split("\n\n")[0].replace("\n", " ") == line
    assert line.endswith(".")
    done = run(*path, "--help")
    assert done.code == 0
    assert line in " ".join(done.out.split())


@pytest.mark.parametrize(("path", "line", "command"), ALL)
def test_every_option_of_every_command_is_explained(path: tuple[str, ...], line: str, command: click.Command) -> None:
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{' '.join(path)} {parameter.opts}"


def test_the_list_of_commands_is_complete() -> None:
    wanted = {"list", "show", "check", "play", "export", "voices", "new", "exercises"}
    assert wanted <= set(COMMANDS)
    done = run("--help")
    assert done.code == 0
    for name, line in COMMANDS.items():
        assert f"  {name} " in done.out
        assert line in " ".join(done.out.split())


def test_the_short_forms() -> None:
    assert run("-h") == run("--help")
    assert run("--version").out == run("-V").out == f"voicecoach {__version__}\n"


def test_no_command_shows_the_help() -> None:
    done = run()
    assert done.code in (0, 2)
    assert "Commands" in done.out + done.err
