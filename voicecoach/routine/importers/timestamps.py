"""Lists of times, as they stand under a video: “1:10 Squats” begins there, and lasts until the next line begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from voicecoach.language.imported import any_of
from voicecoach.model import DurationRange, Language
from voicecoach.routine.importers.amounts import amounts_in
from voicecoach.routine.importers.clean import sentence, spoken_name
from voicecoach.routine.importers.lines import Line
from voicecoach.routine.importers.moves import in_order, is_called, is_done, timed_part
from voicecoach.routine.importers.workout import Imported, Loss, Part, Source, Words, Workout

_CLOCK = r"(?:(\d{1,2}):)?(\d{1,2}):(\d{2})"
_BEGINS = re.compile(rf"\W{{0,3}}{_CLOCK}(?:\s*[-–—]\s*{_CLOCK})?\W{{0,4}}\s*(?P<name>[^\s\d:].*)$")
_FEWEST = 3


def read_timestamps(lines: Sequence[Line], source: Source, language: Language) -> Imported | None:
    """The workout, if most lines begin with a time that is later than the one before."""
    found = [(line, match) for line in lines if (match := _begins(line))]
    begins = [_seconds(match.group(1, 2, 3)) for _, match in found]
    if len(found) < _FEWEST or any(later <= earlier for earlier, later in pairwise(begins)) or begins[0] > 600:
        return None
    inside = lines[lines.index(found[0][0]) : lines.index(found[-1][0]) + 1]
    if len(found) < 0.7 * len(inside):
        return None
    ends = [_seconds(match.group(4, 5, 6)) or None for _, match in found]
    parts, losses = _parts(found, begins, ends, language)
    before = [line.text for line in lines[: lines.index(found[0][0])] if line.text]
    losses += [Loss(line.number, f"“{line.text}”") for line in inside if line not in [each for each, _ in found]]
    workout = Workout(
        title=spoken_name(before[0] if before else source.name),
        parts=tuple(in_order(parts)),
        language=language,
        about=" ".join(before[1:]),
        timed=True,
    )
    return Imported(workouts=(workout,), losses=tuple(losses)) if is_done(parts) else None


def _begins(line: Line) -> re.Match[str] | None:
    """In a table a lone time is as long as its row lasts: there, both have to be written."""
    if line.cells:
        found = _BEGINS.match(" ".join(line.cells))
        return found if found and found[5] else None
    return _BEGINS.match(line.text) if line.level is None else None


def _parts(
    found: Sequence[tuple[Line, re.Match[str]]], begins: Sequence[int], ends: Sequence[int | None], language: Language
) -> tuple[list[Part], list[Loss]]:
    parts: list[Part] = []
    losses: list[Loss] = []
    lengths = [
        (end or following) - begin
        for begin, end, following in zip(begins, ends, [*begins[1:], begins[-1]], strict=True)
    ]
    for (line, match), seconds in zip(found, lengths, strict=True):
        name = match["name"].strip(" -–—|")
        told = amounts_in(name)
        if re.match(rf"(?:{any_of('end')})(?!\w)", name, re.I) or (seconds <= 0 and is_called(name, "end")):
            continue
        if seconds <= 0:
            seconds = max(lengths, key=lengths.count)
            losses.append(Loss(line.number, f"when “{name}” ends: {seconds} s are taken"))
        time = DurationRange(low_ms=seconds * 1000, high_ms=seconds * 1000)
        if re.match(rf"(?:{any_of('ready')})(?!\w)", name, re.I):
            parts.append(Words(text=sentence(name)))
            losses.append(Loss(line.number, f"the {seconds} s of “{name}”"))
            continue
        parts.append(timed_part(told.name if told.sides and told.name else name, time, language, sides=told.sides))
    return parts, losses


def _seconds(clock: tuple[str | None, ...]) -> int:
    hours, minutes, seconds = (int(part or 0) for part in clock)
    return hours * 3600 + minutes * 60 + seconds
