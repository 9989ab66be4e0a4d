"""A group of commands whose modules are loaded only when they are called, so that `--help` answers at once."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click


class LazyGroup(click.Group):
    """`commands_help` maps a name to the first line of its help. `voices say` is `cli.voices_say.command`:
    `prefix` is what stands before the name of the module."""

    def __init__(self, *args: Any, commands_help: Mapping[str, str], prefix: str = "", **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.commands_help, self.prefix = commands_help, prefix

    def list_commands(self, context: click.Context) -> list[str]:
        return list(self.commands_help)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in self.commands_help:
            return None
        module = import_module(f"voicecoach.cli.{self.prefix}{name.replace('-', '_')}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, context: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands_help and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], self.commands_help, n=1)
            hint = f"Did you mean {near[0]}?" if near else f"The commands: {', '.join(self.commands_help)}."
            context.fail(f"there is no command “{args[0]}”. {hint}")
        return super().resolve_command(context, args)

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(self.commands_help.items()))
