"""voicecoach: a coach that you hear. docs/python.md tells how a program uses it, ARCHITECTURE.md what is inside.

    from voicecoach import Coach
    with Coach() as coach:
        coach.perform("back-cool-down", language="da").export("cool-down.mp3")

What stands in `__all__` is the public API. Each name loads what it needs when it is first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from voicecoach.no_telemetry import switch_off

if TYPE_CHECKING:
    from voicecoach.coach.catalog import Entry
    from voicecoach.coach.coach import Coach
    from voicecoach.coach.jobs import Failed, Job, Made
    from voicecoach.coach.options import Options
    from voicecoach.coach.performance import Performance
    from voicecoach.coach.progress import Progress
    from voicecoach.errors import (
        CancelledError,
        DeviceError,
        DownloadError,
        FitError,
        MissingError,
        NotFoundError,
        NotRecordedError,
        OptionError,
        OutputError,
        RenderError,
        RoutineError,
        SettingsError,
        SpeechError,
        VoicecoachError,
    )
    from voicecoach.model import Exercise, Problem, Routine, Timeline, Voice
    from voicecoach.playback.commands import Command
    from voicecoach.playback.events import Event
    from voicecoach.playback.player import Player
    from voicecoach.playback.snapshot import Snapshot

__version__ = "0.1.0"

_ERRORS = (
    "CancelledError",
    "DeviceError",
    "DownloadError",
    "FitError",
    "MissingError",
    "NotFoundError",
    "NotRecordedError",
    "OptionError",
    "OutputError",
    "RenderError",
    "RoutineError",
    "SettingsError",
    "SpeechError",
    "VoicecoachError",
)
_WHERE = {
    "Coach": "coach.coach",
    "Performance": "coach.performance",
    "Options": "coach.options",
    "Progress": "coach.progress",
    "Entry": "coach.catalog",
    **dict.fromkeys(("Job", "Made", "Failed"), "coach.jobs"),
    "Player": "playback.player",
    "Command": "playback.commands",
    "Event": "playback.events",
    "Snapshot": "playback.snapshot",
    **dict.fromkeys(("Exercise", "Problem", "Routine", "Timeline", "Voice"), "model"),
    **dict.fromkeys(_ERRORS, "errors"),
}
"""Name → the module that has it."""

__all__ = [
    "CancelledError",
    "Coach",
    "Command",
    "DeviceError",
    "DownloadError",
    "Entry",
    "Event",
    "Exercise",
    "Failed",
    "FitError",
    "Job",
    "Made",
    "MissingError",
    "NotFoundError",
    "NotRecordedError",
    "OptionError",
    "Options",
    "OutputError",
    "Performance",
    "Player",
    "Problem",
    "Progress",
    "RenderError",
    "Routine",
    "RoutineError",
    "SettingsError",
    "Snapshot",
    "SpeechError",
    "Timeline",
    "Voice",
    "VoicecoachError",
]

switch_off()


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
