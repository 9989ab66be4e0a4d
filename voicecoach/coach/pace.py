"""How fast a voice speaks, in a person's words."""

from __future__ import annotations

from collections.abc import Mapping

PACES: Mapping[str, float] = {"calm": 0.85, "normal": 1.0, "brisk": 1.15}
MIN_PACE, MAX_PACE = 0.7, 1.5
"""Slower, words fall apart; faster, nobody follows them while holding a plank."""


def parse_pace(value: object) -> float:
    """The factor of `calm`, `0.9`, `"0.9"`. Raises ValueError that says what to write."""
    if isinstance(value, str) and value in PACES:
        return PACES[value]
    try:
        pace = float(value) if isinstance(value, (str, int, float)) and not isinstance(value, bool) else 0.0
    except ValueError:
        pace = 0.0
    if not MIN_PACE <= pace <= MAX_PACE:
        raise ValueError(f"write {', '.join(PACES)} or a number from {MIN_PACE} to {MAX_PACE}")
    return pace
