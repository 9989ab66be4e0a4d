"""CSV: a table of exercises, as a spreadsheet or a log of training writes it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from voicecoach.language.imported import language_of
from voicecoach.routine.importers.clean import cleaned, spoken_name
from voicecoach.routine.importers.moves import in_order, is_done, moves
from voicecoach.routine.importers.rows import row_as_parts, under_sections
from voicecoach.routine.importers.table import Row, Table, read_table
from voicecoach.routine.importers.workout import Imported, Loss, Part, Source, Workout

_MOST_BEFORE = 10
"""So many lines may stand above the head."""


def read(source: Source) -> Imported:
    rows = _rows(source.text)
    if not rows:
        return Imported(workouts=())
    table, before = _with_head(rows)
    language = language_of(source.text)
    losses = [Loss(line, what) for line, what in table.lost]
    losses += [Loss(line, f"“{', '.join(filter(None, cells))}”") for line, cells in before]
    title = spoken_name(source.name) or "Workout"
    groups = list(dict.fromkeys(row.group for row in table.rows))
    workouts = []
    moves_of = partial(moves, language=language, bare_seconds=True)
    for group in groups:
        inside = _merged([row for row in table.rows if row.group == group])
        parts: list[Part] = []
        for heading, row in under_sections(inside):
            parts += [*heading, *row_as_parts(row, moves_of, lambda *loss: losses.append(Loss(*loss)))]
        name = title if len(groups) == 1 else f"{title}: {group}" if group else title
        workouts.append(Workout(title=spoken_name(name), parts=tuple(in_order(parts)), language=language))
    return Imported(workouts=tuple(each for each in workouts if is_done(each.parts)), losses=tuple(losses))


def has_head(text: str) -> bool:
    """Whether it is a table with known headings, and not lines that happen to have equally many commas."""
    rows = _rows(text)
    return bool(rows) and _with_head(rows)[0].named


def _rows(text: str) -> list[tuple[int, list[str]]]:
    lines = text.splitlines()
    separator = lines[0][4:5] if lines and re.fullmatch(r"sep=.", lines[0].strip(), re.I) else _separator(lines)
    reader = csv.reader(io.StringIO(text), delimiter=separator, skipinitialspace=True)
    found = []
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells) and not (len(cells) == 1 and cells[0].lower().startswith("sep=")):
                found.append((reader.line_num, [cleaned(cell) for cell in cells]))
    except csv.Error:  # a field of more than 128 kB, or a lone quote: what was read is there
        pass
    return found


def _separator(lines: Sequence[str]) -> str:
    """What parts the most lines into equally many cells."""
    sample = [line for line in lines if line.strip()][:50]

    def evenness(separator: str) -> tuple[int, int]:
        counts = [line.count(separator) for line in sample]
        common = max(set(counts), key=counts.count, default=0)
        return (counts.count(common) if common else 0, common)

    return max(";\t|,", key=evenness)


def _with_head(rows: list[tuple[int, list[str]]]) -> tuple[Table, list[tuple[int, list[str]]]]:
    for index in range(min(_MOST_BEFORE, len(rows))):
        table = read_table(rows[index:])
        if table.named:
            return table, rows[:index]
    return read_table(rows), []


def _merged(rows: Sequence[Row]) -> list[Row]:
    """A log has a row a set: those that are alike are the sets of one exercise."""
    found: list[Row] = []
    counts: list[int] = []
    for row in rows:
        if found and not row.told.sets and row.told == found[-1].told and row.texts == found[-1].texts:
            counts[-1] += 1
        else:
            found.append(row)
            counts.append(1)
    return [
        replace(row, told=replace(row.told, sets=str(count))) if count > 1 and not row.told.sets else row
        for row, count in zip(found, counts, strict=True)
    ]
