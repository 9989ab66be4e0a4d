"""What `audio/tones.yaml` says of the tones.

A recipe is a list of notes, or breath-like noise. A note has a place, a length, one frequency or a glide between two,
and an envelope; noise goes from one band to another. Both last as long as the tone says, where it says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from voicecoach.model import ToneName
from voicecoach.resources import shipped
from voicecoach.shipped_yaml import read_yaml
from voicecoach.units import ms_to_frames

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One note of a recipe."""

    at_ms: int
    length_ms: int
    hz: tuple[float, float]
    """From and to; the same twice for a note that stands still."""
    gain: float = 1.0
    attack_ms: float = 1.0
    """Rise from silence, half a cosine."""
    decay_ms: float | None = None
    """The time in which the note falls to 1/e; `None`: it stays."""
    release_ms: float = 10.0
    """Fall to silence at the end, half a cosine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Noise:
    """Air: noise that goes from one band into another."""

    length_ms: int
    """Where the tone says none."""
    bands: tuple[tuple[float, float], tuple[float, float]]
    """From and to, each the lowest and the highest frequency in Hz."""
    swell: tuple[float, float]
    """How loud at its start and at its end."""
    attack_ms: float
    """Rise from silence to the first: short, so that the start of a breath is heard as one."""
    release_ms: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    level_lu: float
    """Loudness relative to speech."""
    onset_ms: float
    """Where the tone is perceived to begin."""
    partials: tuple[float, ...] = ()
    """Amplitude of the fundamental, of twice its frequency, and so on."""
    notes: tuple[Note, ...] = ()
    noise: Noise | None = None


@lru_cache(maxsize=1)
def recipes() -> Mapping[ToneName, Recipe]:
    """All recipes of `audio/tones.yaml`."""
    written = read_yaml(shipped("audio", "tones.yaml"))
    return {name: _recipe(values) for name, values in written["tones"].items()}


def _recipe(values: Mapping[str, Any]) -> Recipe:
    notes = tuple(Note(**{**note, "hz": tuple(note["hz"])}) for note in values.get("notes", ()))
    noise = values.get("noise")
    if noise:
        noise = Noise(**{**noise, "bands": tuple(map(tuple, noise["bands"])), "swell": tuple(noise["swell"])})
    return Recipe(**{**values, "partials": tuple(values.get("partials", ())), "notes": notes, "noise": noise})


def recipe_frames(recipe: Recipe, duration_ms: int | None) -> int:
    """How long its tone is: `duration_ms` where that is said."""
    usual_ms = recipe.noise.length_ms if recipe.noise else max(note.at_ms + note.length_ms for note in recipe.notes)
    return ms_to_frames(usual_ms if duration_ms is None else duration_ms)
