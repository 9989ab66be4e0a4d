"""Closed sets of words: what may stand where, each in one place."""

from __future__ import annotations

from typing import Literal, TypeAlias

Level: TypeAlias = Literal["gentle", "normal", "full"]
LEVELS: tuple[Level, ...] = ("gentle", "normal", "full")
Phase: TypeAlias = Literal["warm-up", "core", "cool-down", "heat", "screening", "training", "mixed"]
ExerciseKind: TypeAlias = Literal["stretch", "mobility", "strength", "cardio", "breathing"]
Sides: TypeAlias = Literal["both", "alternate", "left", "right", "none"]
Side: TypeAlias = Literal["left", "right"]
Work: TypeAlias = Literal["hold", "duration", "reps", "own"]
"""How the timed part of an exercise is filled; `own`: in one's own time."""
Place: TypeAlias = Literal["standing", "chair", "back", "front", "side", "kneeling", "all-fours"]
Equipment: TypeAlias = Literal[
    "mat",
    "chair",
    "bench",
    "table",
    "wall",
    "step",
    "towel",
    "blanket",
    "pillow",
    "cloth",
    "band",
    "strap",
    "ball",
    "roller",
    "weights",
    "kettlebell",
    "barbell",
    "bar",
    "rope",
    "bike",
    "treadmill",
    "rower",
    "pad",
    "belt",
    "pack",
]
"""What a person may need at hand; each has its words in `language/`."""
Severity: TypeAlias = Literal["error", "warning"]
