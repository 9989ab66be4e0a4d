"""The frozen values that cross a stage border, one file a heading. Imports nothing but the standard library.

Times are whole milliseconds, and the unit stands in every name: `start_ms`, `end_ms` and `duration_ms` are
placed in the programme, `offset_ms` is relative to an anchor, `onset_ms` is where a sound is perceived to begin.

Each file is loaded when a name of it is first asked for: a list of routines needs few of these types.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from voicecoach.model.languages import DEFAULT_LANGUAGE, LANGUAGES, Language
    from voicecoach.model.placed import (
        Chapter,
        Clip,
        Dropped,
        LevelledClip,
        LevelledTimeline,
        Timeline,
        TimelineStep,
        levelled,
    )
    from voicecoach.model.planned import Anchor, Cue, CueSheet, Manner, Opening, PlannedStep, StepKind
    from voicecoach.model.problems import Problem, SourceLocation, Text
    from voicecoach.model.roles import GET_READY_ORDER, ROLES, Role, RoleFacts
    from voicecoach.model.routine import (
        Breathing,
        Counting,
        CountRange,
        DurationRange,
        Exercise,
        ExerciseStep,
        HalfWords,
        RepeatStep,
        Repetitions,
        RestStep,
        Routine,
        SayStep,
        SectionStep,
        SilenceStep,
        SingleStep,
        Step,
        Tempo,
        ThermalStep,
        TimedText,
    )
    from voicecoach.model.sounds import Audio, Measure, Quality, Sound, SoundLength, Tone, ToneName, Utterance, Voice
    from voicecoach.model.words import (
        LEVELS,
        Equipment,
        ExerciseKind,
        Level,
        Phase,
        Place,
        Severity,
        Side,
        Sides,
        Work,
    )

__all__ = [
    "DEFAULT_LANGUAGE",
    "GET_READY_ORDER",
    "LANGUAGES",
    "LEVELS",
    "ROLES",
    "Anchor",
    "Audio",
    "Breathing",
    "Chapter",
    "Clip",
    "CountRange",
    "Counting",
    "Cue",
    "CueSheet",
    "Dropped",
    "DurationRange",
    "Equipment",
    "Exercise",
    "ExerciseKind",
    "ExerciseStep",
    "HalfWords",
    "Language",
    "Level",
    "LevelledClip",
    "LevelledTimeline",
    "Manner",
    "Measure",
    "Opening",
    "Phase",
    "Place",
    "PlannedStep",
    "Problem",
    "Quality",
    "RepeatStep",
    "Repetitions",
    "RestStep",
    "Role",
    "RoleFacts",
    "Routine",
    "SayStep",
    "SectionStep",
    "Severity",
    "Side",
    "Sides",
    "SilenceStep",
    "SingleStep",
    "Sound",
    "SoundLength",
    "SourceLocation",
    "Step",
    "StepKind",
    "Tempo",
    "Text",
    "ThermalStep",
    "TimedText",
    "Timeline",
    "TimelineStep",
    "Tone",
    "ToneName",
    "Utterance",
    "Voice",
    "Work",
    "levelled",
]

_FILES = ("languages", "words", "problems", "sounds", "roles", "routine", "planned", "placed")
"""The lightest first: a name is looked for in this order."""


def __getattr__(name: str) -> Any:
    for file in _FILES if name in __all__ else ():
        found = vars(import_module(f"{__name__}.{file}"))
        if name in found:
            globals()[name] = found[name]
            return found[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
