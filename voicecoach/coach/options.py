"""What a person may choose when a routine is performed, each thing in one place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

from voicecoach.coach.pace import parse_pace
from voicecoach.errors import OptionError
from voicecoach.model import LANGUAGES, LEVELS
from voicecoach.reading_files import expanded
from voicecoach.render.defaults import DUCK_DB as DUCK_DB  # these stand here for the guests too
from voicecoach.render.defaults import DUCK_RANGE_DB as DUCK_RANGE_DB
from voicecoach.render.defaults import MUSIC_DB as MUSIC_DB
from voicecoach.render.defaults import MUSIC_RANGE_DB as MUSIC_RANGE_DB
from voicecoach.render.defaults import PROFILE_NAMES as PROFILE_NAMES
from voicecoach.render.defaults import ProfileName as ProfileName
from voicecoach.units import DurationFormatError, parse_duration

if TYPE_CHECKING:
    from voicecoach.model import Language, Level, Phase, Text

DEVICE_KINDS = ("default", "null", "simpleaudio")
"""Those of `playback.devices.DEVICES`, here so that the command line need not load them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a routine is performed. `Options.of` takes the words of a person."""

    language: Language | None = None
    """`None`: that of the voice that is named, or the routine's own."""
    voice: str | None = None
    """An id, such as `pyttsx3:gmq/da`, or the name of an engine; `None`: the configured one, or the best."""
    pace: float | None = None
    """A factor on the pace of talk; `None`: as it is configured."""
    level: Level = "normal"
    """Where in its ranges."""
    fit_ms: int | None = None
    """How long it shall last in all; `None`: as long as it is."""
    easier: bool = False
    """Every exercise that names a gentler substitute is replaced by it."""
    profile: ProfileName = "home"
    """Where it is heard."""
    floor: bool = False
    """A faint noise throughout, so that no Bluetooth speaker falls asleep."""
    music: Path | None = None
    """A sound file, or a folder of them, to lie under the words."""
    music_db: float = MUSIC_DB
    """The music in pauses, beside speech."""
    duck_db: float = DUCK_DB
    """What is added to that while someone speaks."""
    vars: Mapping[str, str] = field(default_factory=dict)
    """What `{name}` in a text is filled with, by the name."""

    @classmethod
    def of(cls, **chosen: Any) -> Options:
        """The options of the fields of `Choices`; what is `None` or empty is as if it was not given.

        Raises `OptionError` for a value that a field cannot have.
        """
        made = {name: value for name, value in chosen.items() if value is not None and value != ""}
        if (fit := made.pop("fit", None)) is not None:
            made["fit_ms"] = _duration(fit)
        for name, words in (("language", LANGUAGES), ("level", LEVELS), ("profile", PROFILE_NAMES)):
            if name in made and made[name] not in words:
                raise OptionError(f"{name} is {made[name]!r}", hint=f"Choose one of {', '.join(words)}.")
        for name, ends in (("music_db", MUSIC_RANGE_DB), ("duck_db", DUCK_RANGE_DB)):
            if name in made:
                made[name] = _number(name, made[name], ends)
        if "pace" in made:
            made["pace"] = _pace(made["pace"])
        if "music" in made:
            made["music"] = expanded(made["music"])
        if unknown := sorted(made.keys() - {each.name for each in fields(cls)}):
            raise TypeError(f"there is no option {', '.join(unknown)}")
        return cls(**made)


AS_USUAL = Options()


class Choices(TypedDict, total=False):
    """The fields of `Options`, also in the words of a person: `fit="20 min"`, `pace="calm"`, `music="~/songs"`."""

    language: str | None
    voice: str | None
    pace: str | float | None
    level: str | None
    fit: str | int | None
    """A number is milliseconds."""
    fit_ms: int | None
    easier: bool
    profile: str | None
    floor: bool
    music: str | Path | None
    music_db: float | None
    duck_db: float | None
    vars: Mapping[str, str] | None


def _pace(value: object) -> float:
    try:
        return parse_pace(value)
    except ValueError as error:
        raise OptionError(f"pace is {value!r}", hint=f"{error}.".capitalize()) from error


def _duration(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    try:
        return parse_duration(str(value))
    except DurationFormatError as error:
        raise OptionError(f"fit is {value!r}: {error}", hint=error.hint) from error


def _number(name: str, value: Any, ends: Sequence[float]) -> float:
    low, high = ends
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = high + 1
    if not low <= number <= high:
        raise OptionError(f"{name} is {value!r}", hint=f"Write a number from {low:g} to {high:g}.")
    return number


@dataclass(frozen=True, slots=True, kw_only=True)
class FileOptions:
    """What a person may choose of a file beside its sound, and what the routine says of it."""

    format: str | None = None
    """An ending; `None`: that of the file."""
    year: int | None = None
    """In the tags."""
    stereo: bool = False
    """Two equal channels, for players that send one to one ear only."""
    sidecars: tuple[str, ...] = ()
    """Kinds of `output.sidecar.SIDECARS`."""
    phase: Phase | None = None
    """Of the routine; it is drawn on the cover. `None`: no cover."""
    about: Text | None = None
    """What the routine says about itself."""


PLAIN_FILE = FileOptions()
"""No cover and no sidecars."""


class FileChoices(TypedDict, total=False):
    """The fields of `FileOptions` that a person chooses; `sidecars` may be one text: `"lrc,vtt"`."""

    format: str | None
    year: int | None
    stereo: bool
    sidecars: str | Sequence[str]
