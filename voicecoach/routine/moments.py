"""What is said at moments of a timed part: `at`, of every step that has one."""

from __future__ import annotations

from collections.abc import Mapping

from voicecoach.model import TimedText
from voicecoach.routine.faults import wrong
from voicecoach.routine.maker import Maker
from voicecoach.routine.timing import ignored
from voicecoach.routine.values import Moment
from voicecoach.routine.yaml_tree import Path
from voicecoach.units import format_duration

Written = Mapping[Moment, "str | dict[str, str]"]


def moments_of(maker: Maker, found: Written, path: Path, longest_ms: int) -> tuple[TimedText, ...]:
    """Those of the step at `path`, in the order of time. One that is past the longest that the step may be is an
    error."""
    made = [
        TimedText(
            at_ms=moment.at_ms,
            text=maker.text(text, (*path, "at", moment.written)),
            location=maker.tree.key_at((*path, "at", moment.written)),
        )
        for moment, text in found.items()
    ]
    for one in made:
        if one.at_ms > longest_ms:
            lasts = format_duration(longest_ms)
            message = f"{format_duration(one.at_ms)} is past the end: the step lasts {lasts}"
            hint = f"Write a moment up to {lasts}, or make the step longer."
            maker.problems.append(wrong("at-past-end", message, one.location, hint))
    return tuple(sorted(made, key=lambda one: one.at_ms))


def moments_of_say(maker: Maker, found: Written, path: Path, time_ms: int | None) -> tuple[TimedText, ...]:
    """In the time that a `say` gives; without one there is no such moment."""
    if found and time_ms is None:
        hint = "Its words are no time: add `time: 30 s`, for what it asks for."
        maker.problems.append(ignored(maker, "at", hint, path))
        return ()
    return moments_of(maker, found, path, time_ms or 0)
