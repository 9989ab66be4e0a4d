"""The errors that voicecoach raises: one base, one class a layer. Each carries its cause and builds its message.

What would help is data (`voicecoach.advice`): the guests word the commands and the options that it names.

A problem in a person's file is a value (`model.Problem`); these are raised only where there can be no result.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn

from voicecoach.advice import Advice, do

if TYPE_CHECKING:
    from voicecoach.model import Problem


class VoicecoachError(Exception):
    """What went wrong, and in `hint` the one thing that helps, an `Advice` where it names something to do.
    `exit_code` is what the command line returns."""

    exit_code = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n{self.hint}" if self.hint else self.message


class ProblemsError(VoicecoachError):
    """The input has errors, so that nothing can be made of it. Carries them all."""

    def __init__(self, problems: Sequence[Problem], where: str) -> None:
        self.problems = tuple(problems)
        count = sum(problem.severity == "error" for problem in self.problems)
        super().__init__(f"{count} error{'s' if count != 1 else ''} in {where}")


class RoutineError(ProblemsError):
    """A routine, or the exercises that it uses."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems, "the routine")


class SettingsError(ProblemsError):
    """A TOML file of a person's own: the configuration, a lexicon, the manifest of recordings."""


class NotFoundError(VoicecoachError):
    """No such routine, exercise or file."""


class FitError(VoicecoachError):
    """The length that was asked for cannot be met."""


class LanguageError(VoicecoachError):
    """A language is only half there: its file lacks what is needed. `lacks` names all of it."""

    def __init__(self, language: str, lacks: Sequence[str]) -> None:
        self.language, self.lacks = language, tuple(lacks)
        super().__init__(
            f"the language `{language}` is only half there; it lacks: {', '.join(self.lacks)}",
            hint=f"Write it in voicecoach/language/{language}.yaml, as en.yaml has it.",
        )


class MissingError(VoicecoachError):
    """The machine lacks something: a voice for the language, a sound device, an extra."""

    exit_code = 3


class NotRecordedError(MissingError):
    """A voice of recordings lacks lines, and nobody fills its gaps."""


class SpeechError(VoicecoachError):
    """A voice could not say a text, after several tries."""

    exit_code = 3

    def __init__(
        self, text: str, voice: str, reason: str, *, hint: str = Advice("Try another voice: ", do("voices"))
    ) -> None:
        short = text if len(text) <= 60 else text[:57] + "…"
        super().__init__(f"the voice {voice} could not say “{short}”: {reason}", hint=hint)
        self.text, self.voice, self.reason = text, voice, reason


class DownloadError(VoicecoachError):
    """A voice could not be downloaded: no internet, a server that fails or lies, a full disk."""

    exit_code = 3


class RenderError(VoicecoachError):
    """A sound that a person brought along cannot be used: a tone, a recording, music."""


class UnspeakableError(SpeechError):
    """No voice could say the text: what is wrong is the text."""

    exit_code = 1

    def __init__(self, text: str, voice: str, reason: str, *, hint: str = "Write it in words.") -> None:
        super().__init__(text, voice, reason, hint=hint)


class OutputError(VoicecoachError):
    """A file could not be written, or its format is not known."""


class DeviceError(MissingError):
    """No sound device, or it stopped working."""


def assert_never(value: NoReturn) -> NoReturn:
    """The last branch of what tells kinds apart: a kind that is new is a type error there (`typing.assert_never`,
    which Python 3.10 does not have)."""
    raise AssertionError(f"nothing is known of {value!r}")


class OptionError(VoicecoachError):
    """An option cannot have the value that it was given."""

    exit_code = 2


class CancelledError(VoicecoachError):
    """Whoever asked for the work gave it up. Nothing of it is left half-written."""
