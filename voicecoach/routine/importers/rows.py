"""The rows of a table → what is done: exercises and rests, under the headings of its sections."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from voicecoach.language.imported import any_of
from voicecoach.routine.importers.clean import spoken_name
from voicecoach.routine.importers.expressions import Amounts
from voicecoach.routine.importers.moves import is_rest
from voicecoach.routine.importers.table import Row
from voicecoach.routine.importers.workout import Part, Pause, Section


def under_sections(rows: Iterable[Row]) -> Iterator[tuple[list[Part], Row]]:
    """Each row, and before it the heading of its section, where that changes."""
    section = ""
    for row in rows:
        begins = bool(row.section) and row.section != section
        section = row.section or section
        yield [Section(title=spoken_name(section))] if begins else [], row


def row_as_parts(row: Row, moves_of: Callable[[Amounts], list[Part]], lost: Callable[[int, str], None]) -> list[Part]:
    """What is done by one row; what cannot be done is told as lost."""
    told = replace(row.told, remarks=[*row.told.remarks, *row.texts])
    rests = is_rest(told.name) or re.fullmatch(rf"\W*{any_of('off')}\W*", told.name, re.I)
    if rests or (not told.name and told.rest):
        if time := told.time or told.held or told.rest:
            return [Pause(time=time)]
        lost(row.line, "a rest that does not say how long")
        return []
    if not told.name:
        lost(row.line, "a row without an exercise")
        return []
    return moves_of(told)
