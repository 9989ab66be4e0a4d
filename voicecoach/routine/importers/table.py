"""Tables of exercises, of Markdown and of CSV: what stands in which column, and a row → an exercise."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from voicecoach.language.imported import any_of, column_of
from voicecoach.routine.importers.amounts import amounts_in
from voicecoach.routine.importers.expressions import Amounts, duration_of, plain_count

_MOST_COLUMNS = 60
_EMPTY = re.compile(r"(?:[-–—_./\s☐☑✓✔x]|n/?a|none|null|nan|tbd|ingen)*", re.I)
_UNIT = re.compile(
    r"(?<![^\W_])(s|sec|secs|seconds|sek|sekunder|min|mins|minutes|minutter|kg|lbs?|m|km|h)(?![^\W_])", re.I
)


@dataclass(slots=True)
class Row:
    line: int
    told: Amounts
    texts: list[str] = field(default_factory=list)
    section: str = ""
    group: str = ""
    pair: str = ""


@dataclass(slots=True)
class Table:
    rows: list[Row] = field(default_factory=list)
    lost: list[tuple[int, str]] = field(default_factory=list)
    named: bool = False
    """Some heading above it is known."""


def cells_of(line: str) -> list[str]:
    """The cells of a row of Markdown, or of one whose columns are parted by tabs."""
    if "|" not in line:
        return [cell.strip() for cell in line.strip("\n").split("\t")]
    inner = line.strip().removeprefix("|").removesuffix("|")
    return [cell.strip().replace("\x00", "|") for cell in inner.replace("\\|", "\x00").split("|")]


def read_table(rows: Sequence[tuple[int, list[str]]]) -> Table:
    """All rows of one table, the head among them if it has one."""
    head, body = _head(rows)
    table = Table(named=bool(head))
    kinds = head or _guessed(body)
    _tell_weeks(rows, kinds, table)
    for line, cells in body:
        if row := _row(line, cells, kinds, rows[0][1] if head else []):
            table.rows.append(row)
    _tell_pairs(table)
    return table


def _head(rows: Sequence[tuple[int, list[str]]]) -> tuple[list[str], Sequence[tuple[int, list[str]]]]:
    kinds = [_kind(cell) for cell in rows[0][1][:_MOST_COLUMNS]]
    _name_of_all(kinds, rows[0][1])
    known = [kind for kind in kinds if kind and kind != "blank"]
    if len(known) >= 2 or (known and len(kinds) - kinds.count("") == len(kinds)):
        if "name" not in kinds and "" in kinds:
            kinds[kinds.index("")] = "name"
        elif "name" not in kinds and "group" in kinds:
            kinds[kinds.index("group")] = "name"
        return _once(kinds), rows[1:]
    return [], rows


def _name_of_all(kinds: list[str], headings: Sequence[str]) -> None:
    """Beside a column “Exercise”, one that is called “Name” names the whole workout."""
    plainly = [index for index, kind in enumerate(kinds) if kind == "name" and _says_exercise(headings[index])]
    for index in range(plainly[0] if plainly else 0):
        if kinds[index] == "name":
            kinds[index] = "group"


def _says_exercise(heading: str) -> bool:
    return bool(re.match(r"\W*(?:exercise|øvelse|ovelse)", heading, re.I))


def _kind(heading: str) -> str:
    plain = re.sub(r"[*_:]", " ", heading).strip().lower().replace("_", " ")
    return column_of(" ".join(plain.split())) or column_of(re.sub(r"\s*\(.*?\)", "", plain).strip())


def _once(kinds: list[str]) -> list[str]:
    """Of two columns for the name the first is it; a second one says more."""
    seen: set[str] = set()
    if kinds.count("time") > 1:  # “Duration” of a whole training, in a log with seconds
        kinds[kinds.index("time")] = "blank"
    for index, kind in enumerate(kinds):
        if kind in ("name", "sets", "reps", "rest", "both") and kind in seen:
            kinds[index] = "text" if kind == "name" else "blank"
        seen.add(kind)
    return kinds


def _guessed(rows: Sequence[tuple[int, list[str]]]) -> list[str]:
    """Of a table without a head: a name first, then how much; more of the same are weeks; a lone time is a rest."""
    widest = max(rows, key=lambda row: len(row[1]))[1]
    kinds = ["order" if re.fullmatch(r"\W*\d*\W*", widest[0]) and len(widest) > 1 else "name"]
    for cell in widest[1:_MOST_COLUMNS]:
        told = amounts_in(cell)
        if "name" not in kinds:
            kinds.append("name")
        elif "both" not in kinds and (not told.empty or _EMPTY.fullmatch(cell)):
            kinds.append("both" if not _EMPTY.fullmatch(cell) else "blank")
        elif (told.time and not told.name and not told.sets and not told.reps) or re.fullmatch(
            any_of("note"), cell, re.I
        ):
            kinds.append("rest")
        elif told.says_how_long or (told.sets and not told.name):
            kinds.append("week")
        else:
            kinds.append("text")
    return kinds


def _tell_weeks(rows: Sequence[tuple[int, list[str]]], kinds: list[str], table: Table) -> None:
    weeks = [index for index, kind in enumerate(kinds) if kind == "week"]
    if weeks and "both" not in kinds:
        kinds[weeks.pop(0)] = "both"
    if weeks:
        many = f"{len(weeks)} further columns" if len(weeks) > 1 else "a further column"
        table.lost.append((rows[0][0], f"{many} of the table (weeks): the first is taken"))


def _tell_pairs(table: Table) -> None:
    pairs: dict[str, list[int]] = {}
    for row in table.rows:
        if row.pair:
            pairs.setdefault(row.pair, []).append(row.line)
    for pair, (line, *others) in pairs.items():
        if others:
            table.lost.append((line, f"superset “{pair}”: one exercise comes after the other"))


def _row(line: int, cells: list[str], kinds: list[str], head: list[str]) -> Row | None:
    row = Row(line, Amounts())
    measured = any(
        kinds[index] in ("sets", "reps", "both", "time", "hold", "distance") and re.search(r"\d", cell)
        for index, cell in enumerate(cells[: len(kinds)])
    )
    for index, cell in enumerate(cells[:_MOST_COLUMNS]):
        kind = kinds[index] if index < len(kinds) else "text"
        if _EMPTY.fullmatch(cell) or kind in ("blank", "week", "order", ""):
            if kind == "" and cell and not _EMPTY.fullmatch(cell) and amounts_in(cell).empty:
                row.texts.append(f"{head[index]}: {cell}" if index < len(head) and head[index] else cell)
            continue
        if kind == "note" and index < len(head) and not re.search(r"[^\W\d_]", cell):
            cell = f"{head[index]} {cell}"
        if kind == "name" and measured:
            _plain_name(row, cell)
            continue
        _READERS[kind](row, cell, _unit(head[index] if index < len(head) else ""))
    return row if row.told.name or not row.told.empty else None


def _unit(heading: str) -> str:
    found = _UNIT.search(heading.replace("_", " "))
    return found.group().lower() if found else ""


def _name(row: Row, cell: str, unit: str) -> None:
    told = _named(cell)
    from_before(told, row.told)
    row.told = told


def _named(cell: str) -> Amounts:
    """“Rest” is a name too, where nothing else stands."""
    told = amounts_in(cell)
    return Amounts(name=cell) if told.empty and not told.name else told


def _plain_name(row: Row, cell: str) -> None:
    """Where other columns say how much, numbers belong to the name: “90-90 switches”."""
    told = _named(cell)
    whole = bool(told.says_how_long or told.sets or told.rounds or told.bare or told.rest)
    name = Amounts(name=cell, sides=told.sides, load=told.load) if whole else told
    if whole and told.sides == "both":
        name.name = told.name or cell
    from_before(name, row.told)
    row.told = name


def from_before(told: Amounts, had: Amounts) -> None:
    """What columns before the name said."""
    for key in ("sets", "reps", "time", "held", "rest", "breaths", "sides", "load"):
        if getattr(had, key):
            setattr(told, key, getattr(had, key))
    told.notes += had.notes


def _sets(row: Row, cell: str, unit: str) -> None:
    told = amounts_in(cell)
    if (told.reps and told.sets) or told.time:
        _both(row, cell, unit)
    elif found := re.match(r"\D{0,4}(\d{1,3}(?:\.0+)?(?:\s*[-–]\s*\d{1,3})?)(?!\d)", cell):
        row.told.sets = plain_count(found[1].replace(".0", ""))
        _remark(row, cell[found.end() :])
    elif count := cell.count("☐"):
        row.told.sets = str(count)


def _reps(row: Row, cell: str, unit: str) -> None:
    whole = re.sub(r"(?<=\d)\.0+(?!\d)", "", cell)
    told = amounts_in(whole)
    if told.bare or re.fullmatch(r"\W*\d{1,4}(?:\s*(?:-|–|to|til)\s*\d{1,4})?\+?\W*", whole):
        row.told.reps = [plain_count(whole)]
        row.told.notes += [whole.strip()] if whole.strip().endswith("+") else []
        return
    _both(row, whole, unit)


def _both(row: Row, cell: str, unit: str) -> None:
    told = amounts_in(cell)
    row.told.sets = row.told.sets or told.sets or told.rounds
    for key in (
        "reps",
        "groups",
        "time",
        "held",
        "breaths",
        "distance",
        "sides",
        "limb",
        "counted",
        "halfway",
        "rest",
        "rest_between",
        "load",
    ):
        if getattr(told, key) and not getattr(row.told, key):
            setattr(row.told, key, getattr(told, key))
    row.told.notes += told.notes
    if told.bare and not row.told.says_how_long:
        row.told.bare = told.bare
        if unit:
            row.told.time, row.told.bare = duration_of(told.bare, unit), ""
    for text in (told.name, *told.remarks):
        _remark(row, text)


def _remark(row: Row, text: str) -> None:
    if re.search(r"[^\W\d_]{2}", text):
        row.texts.append(text.strip(" ()"))


def _rest(row: Row, cell: str, unit: str) -> None:
    rest = duration_of(
        cell, unit if unit in ("s", "sec", "sek", "min") else "min" if "min" in unit else "s"
    ) or duration_of(re.sub(r"[^\d:smin\w-]", " ", cell).strip())
    told = amounts_in(cell)
    row.told.rest = rest or told.rest or told.time
    if row.told.rest is None and not re.fullmatch(r"\W*0\W*\w{0,3}\W*", cell):
        row.told.notes.append(f"rest {cell.lower()}")


def _time(row: Row, cell: str, unit: str) -> None:
    time = duration_of(cell, unit or "s")
    if time and not re.fullmatch(r"0+", cell):
        row.told.time = time
    else:
        _both(row, cell, unit or "s")


def _hold(row: Row, cell: str, unit: str) -> None:
    told = amounts_in(cell)
    if told.breaths:
        row.told.breaths = told.breaths
    held = told.held or told.time or duration_of(cell, unit or "s")
    if held:
        row.told.held = held
        row.told.sides = told.sides or row.told.sides
    elif not told.breaths:
        _both(row, cell, unit or "s")


def _sides(row: Row, cell: str, unit: str) -> None:
    if re.fullmatch(
        rf"(?:{any_of('each')}|{any_of('every-one')})?\s*(?:{any_of('sides')})?|{any_of('both')}"
        r"|both|begge|2|yes|ja|true|x|unilateral|bilateral sides",
        cell,
        re.I,
    ):
        row.told.sides = "both"
    elif re.fullmatch(any_of("left"), cell, re.I):
        row.told.sides = "left"
    elif re.fullmatch(any_of("right"), cell, re.I):
        row.told.sides = "right"
    elif not re.fullmatch(r"1|no|nej|false|none|ingen|0|bilateral", cell, re.I):
        told = amounts_in(cell)
        row.told.sides = told.sides
        if not told.sides:
            _remark(row, cell)


def _load(row: Row, cell: str, unit: str) -> None:
    if not re.fullmatch(r"0(?:[.,]0+)?", cell):
        cell = re.sub(r"(?<=\d)\.0+$", "", cell)
        row.told.load = f"{cell} {unit}" if unit and re.fullmatch(r"[\d.,\s–-]+", cell) else cell


def _note(row: Row, cell: str, unit: str) -> None:
    row.told.notes.append(cell)


def _text(row: Row, cell: str, unit: str) -> None:
    row.texts.append(cell)


def _section(row: Row, cell: str, unit: str) -> None:
    row.section = cell


def _group(row: Row, cell: str, unit: str) -> None:
    row.group = f"{row.group}, {cell}" if row.group else cell


def _distance(row: Row, cell: str, unit: str) -> None:
    if not re.fullmatch(r"0(?:[.,]0+)?", cell):
        row.told.distance = f"{cell} {unit or 'm'}" if re.fullmatch(r"[\d.,]+", cell) else cell


def _pair(row: Row, cell: str, unit: str) -> None:
    row.pair = cell


_READERS: dict[str, Callable[[Row, str, str], None]] = {
    "name": _name,
    "sets": _sets,
    "reps": _reps,
    "both": _both,
    "rest": _rest,
    "time": _time,
    "hold": _hold,
    "sides": _sides,
    "load": _load,
    "note": _note,
    "text": _text,
    "section": _section,
    "group": _group,
    "distance": _distance,
    "superset": _pair,
}
"""By the kind of a column."""
