"""A long sentence, cut where a speaker would breathe: a neural model's work and memory grow with the square of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def pieces(signs: Sequence[str], at_most: int) -> Iterator[Sequence[str]]:
    """Letters or phonemes in pieces of at most so many, cut after the last comma, else at the last space."""
    rest = signs
    while len(rest) > at_most:
        end = _last(rest, ",;:", at_most) or _last(rest, " ", at_most) or at_most
        yield rest[:end]
        rest = rest[end:]
    yield rest


def _last(signs: Sequence[str], marks: str, at_most: int) -> int:
    """Where a piece may end: behind the last of the marks, if that is in its second half; else 0."""
    places = (index + 1 for index in range(at_most - 1, at_most // 2, -1) if signs[index] in marks)
    return next(places, 0)
