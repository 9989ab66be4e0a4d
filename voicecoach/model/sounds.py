"""What can be heard: words in a voice and tones, with their samples and their lengths."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from voicecoach.model.languages import Language

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """Exact words in one voice. Hashable: it is the key of the speech cache."""

    text: str
    language: Language
    voice: str
    """`engine:voice`, such as `pyttsx3:gmq/da`."""
    pace: float = 1.0
    """1.0 is the voice's coaching pace; 1.3 is 30 % faster."""
    personal: bool = field(default=False, compare=False)
    """It holds what somebody gave for a variable, such as a name. It sounds the same without knowing so."""


ToneName: TypeAlias = Literal["start", "end", "side", "halfway", "breath-in", "breath-out", "breath-hold", "wake"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tone:
    """One of the sounds whose recipes lie in `audio/`."""

    name: ToneName
    duration_ms: int | None = None
    """How long it sounds; `None`: as long as its recipe."""


Sound: TypeAlias = "Utterance | Tone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Audio:
    """Sound as samples: mono, float32, full scale ±1.0."""

    samples: NDArray[np.float32]
    """Shape (frames,)."""
    sample_rate_hz: int
    onset_ms: float = 0.0
    """Where the sound is perceived to begin, from its first sample."""

    @property
    def duration_ms(self) -> float:
        return len(self.samples) * 1000 / self.sample_rate_hz


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundLength:
    """All the schedule needs to know of a sound."""

    duration_ms: int
    onset_ms: int


Measure: TypeAlias = "Callable[[Sound], SoundLength]"

Quality: TypeAlias = Literal["basic", "good", "natural", "own"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Someone who can speak, or could if they were installed."""

    id: str
    """`engine:voice`."""
    name: str
    language: Language
    quality: Quality
    licence: str
    installed: bool = True
    how_to_get: str = ""
    """The one command that installs it; empty if it is installed."""
    size_mb: int = 0
    """How much that downloads, if it is known."""
    also: tuple[Language, ...] = ()
    """What it speaks besides `language`."""
    restriction: str = ""
    """What its licence forbids that a coach comes near: it speaks only where it is named. Empty: nothing."""

    @property
    def languages(self) -> tuple[Language, ...]:
        """All that it speaks, its first one first."""
        return (self.language, *self.also)

    def speaks(self, language: Language) -> bool:
        return language in self.languages
