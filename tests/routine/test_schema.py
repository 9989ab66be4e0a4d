"""The JSON Schema accepts what the reader accepts, refuses the rest as far as a schema can, and tells of each key."""

from __future__ import annotations

import itertools
import json
import re
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.test_readme import EXAMPLES, ROUTINES, as_routine, expected, kind
from voicecoach.resources import shipped
from voicecoach.routine import documents, values
from voicecoach.routine.described import DESCRIBED
from voicecoach.routine.schema import KINDS, Generator, Kind, schema
from voicecoach.routine.yaml_tree import parse

SCHEMA = schema()
EITHER = Draft202012Validator(SCHEMA)
OF = {of: Draft202012Validator(schema(of)) for of in KINDS}
SHAPES = {
    shape.__name__.removesuffix("Shape"): shape
    for shape in vars(documents).values()
    if isinstance(shape, type) and issubclass(shape, documents.Shape) and shape is not documents.Shape
}


def value_of(text: str) -> Any:
    tree, _ = parse(text, "example.yaml")
    return tree.value


def told(validator: Draft202012Validator, value: Any) -> list[str]:
    return [f"{list(error.absolute_path)}: {error.message[:200]}" for error in validator.iter_errors(value)]


def test_it_is_a_schema_of_its_dialect() -> None:
    for made in (SCHEMA, schema("routine"), schema("exercises", ["plank"])):
        Draft202012Validator.check_schema(made)
        assert json.loads(json.dumps(made)) == made


@pytest.mark.parametrize(("of", "other"), [("routine", "exercises"), ("exercises", "routine")])
def test_every_shipped_file_is_accepted(of: Kind, other: Kind) -> None:
    files = sorted(shipped("scripts", of.rstrip("s") + "s").glob("*.yaml"))
    assert len(files) > 3
    for path in files:
        value = value_of(path.read_text(encoding="utf-8"))
        assert told(EITHER, value) == [], path
        assert told(OF[of], value) == [], path
        assert told(OF[other], value), path


@pytest.mark.parametrize("block", [block for block in EXAMPLES if not expected(block)], ids=str)
def test_every_right_example_of_the_documents_is_accepted(block: Any) -> None:
    text = block.text if kind(block) == "exercises" else as_routine(block)
    assert told(EITHER, value_of(text)) == []


WRONG = """
title: {da: x, en: y}, steps: []
title: x, language: se, steps: [{say: hi}]
title: x, stesp: [{say: hi}], steps: [{say: hi}]
title: {fr: x}, steps: [{say: hi}]
title: x, steps: [{exercise: plank, hold: 20}]
title: x, steps: [{exercise: plank, hold: 20 apples}]
title: x, steps: [{exercise: plank, sied: left}]
title: x, steps: [{exercise: plank, sides: right left}]
title: x, steps: [{exercise: plank, reps: 0}]
title: x, steps: [{exercise: plank, count: sometimes}]
title: x, steps: [{exercise: plank, halfway: yes}]
title: x, steps: [{exercise: plank, breathing: {in: 4 s}}]
title: x, steps: [{exercise: plank, tempo: 3-1-2}]
title: x, steps: [{exercise: {kind: stretch}}]
title: x, steps: [{exercise: {name: x, kind: dance}}]
title: x, steps: [{exercise: {name: x, kind: stretch, equipment: [hammer]}}]
title: x, steps: [{repeat: 101, steps: [{say: hi}]}]
title: x, steps: [{repeat: 2}]
title: x, steps: [{heat: pad}]
title: x, steps: [{cold: lake, duration: 5 min}]
title: x, steps: [{contrast: {heat: 3 min}}]
title: x, steps: [{say: ''}]
title: x, steps: [hi]
title: x, heat caution: maybe, steps: [{say: hi}]
plank: {name: x}
plank: {name: x, kind: stretch, sied: left}
A Plank: {name: x, kind: stretch}
""".strip().splitlines()


@pytest.mark.parametrize("text", WRONG)
def test_what_is_wrong_is_refused(text: str) -> None:
    assert told(EITHER, value_of("{" + text + "}"))


# --- values ---

NUMBERS = ("0", "1", "30", "007", "1.5", "2,5", "x")
UNITS = ("", "s", " S", " sek.", "min", " ms", "h", "t", " apples", '"', "'", "''", "”", "m30", "h15", "ss")
TIMES = [number + unit for number in NUMBERS for unit in UNITS]
JOINED = [
    f"{a}{by}{b}"
    for a, by, b in itertools.product(TIMES[::3], (" ", " og ", "and ", ", ", "", "-", " – "), TIMES[::5])
]
CLOCKS = [
    "1:30",
    "0:00",
    "1:60",
    "1:5",
    "01:02:03",
    "1:75:00",
    "1:30-2:00",
    "1-2:30",
    ":30",
    "1:30 s",
    " 1:30 ",
    "-5 s",
]
COUNTS = [
    *["down", "UP", "off", "last", "every", "on", "5"],
    "last 5",
    "last 0",
    "Last 12 s",
    "last 1234",
    "every 10 s",
    "every 10",
    "every",
]
ROUNDS = ["0", "1", "100", "101", "2-4", "2 – 4", "2—4", "x", "2-101", "007"]
HALFWAYS = ["yes", "Ja ", "Change legs.", "", "on we go"]
BREATHS = ["5 breaths", "1 Breath", "4–6 åndedrag", "3vejrtrækninger", "0 breaths", "5 breathss", "1001 breaths"]
SIDES: list[object] = [
    {"left": "9 s"},
    {"left": "9 s", "right": "9"},
    {"left": "9 s", "right": "9 s", "up": "9 s"},
    {},
]
CASES: dict[str, tuple[Any, list[Any]]] = {
    "Duration": (values.Duration, [*TIMES, *JOINED, *CLOCKS]),
    "DurationOrNone": (values.DurationOrNone, [*TIMES, *CLOCKS, 0, "0 sec.", "00s", "0 min"]),
    "Range": (values.Range, [*TIMES, *JOINED, *CLOCKS]),
    "Count": (values.Count, [*COUNTS, *TIMES]),
    "Rounds": (values.Rounds, [*ROUNDS, 0, 1, 100, 101, True]),
    "Halfway": (values.Halfway, [*HALFWAYS, True, False, 1, {"da": "x"}, {"se": "x"}, {}]),
    "RangeOrNone": (
        values.RangeOrNone,
        [*TIMES, *JOINED[::3], *CLOCKS, 0, False, "0 s", "0-30 s", "0 s - 1:30", "00-x"],
    ),
    "Hold": (values.Hold, [*TIMES, *CLOCKS, *BREATHS, *({"left": one, "right": "9 s"} for one in BREATHS), *SIDES]),
    "Reps": (values.Reps, [*ROUNDS, "max", " MAX", "12-8", 0, 8, 1000, 1001, True, "1000", "8 reps"]),
    "Sets": (values.Sets, [0, 1, 100, 101, "3", True]),
    "Load": (values.Load, ["60 kg", "60", 60, "2.5", "none", "Off ", {"en": "a band"}, {"kg": 60}, "", True]),
    "Off": (values.Off, ["off", "Off", "no"]),
    "Accepted": (values.Accepted, ["rest-grew", "heat-in-text", "heat-without-end", "x", 1]),
    "Id": (values.Id, ["plank", "side-plank", "Plank", "a--b", "-a", "", "å", 1]),
    "WrittenText": (values.WrittenText, ["x", " ", "", {"da": ""}, {"en": "x", "da": "y"}, "x" * 5001, 3, True]),
}
BEYOND = re.compile(r"backwards|longer than a day|no time at all|way to count|cannot be done|out of bounds")
"""What no pattern can say."""


@pytest.mark.parametrize("name", CASES)
def test_a_value_is_accepted_where_the_reader_accepts_it(name: str) -> None:
    from pydantic import TypeAdapter, ValidationError

    kind_, cases = CASES[name]
    adapter: TypeAdapter[Any] = TypeAdapter(kind_)
    validator = Draft202012Validator(adapter.json_schema(schema_generator=Generator))
    differ = []
    for case in cases:
        try:
            adapter.validate_python(case)
            reads, why = True, ""
        except ValidationError as error:
            reads, why = False, str(error)
        accepts = validator.is_valid(case)
        if accepts != reads and not (accepts and BEYOND.search(why)):
            differ.append((case, f"read: {reads}, schema: {accepts}"))
    assert not differ, differ[:20]
    assert {validator.is_valid(case) for case in cases} == {True, False}


# --- every key ---


@pytest.mark.parametrize("name", SHAPES)
def test_every_key_is_described_and_says_what_may_stand_there(name: str) -> None:
    shape, defined = SHAPES[name], SCHEMA["$defs"][name]
    keys = {field.alias or field_name for field_name, field in shape.model_fields.items()}
    assert set(defined["properties"]) == keys
    assert set(DESCRIBED.get(shape, {})) == keys, "voicecoach/routine/described.py says what each key does"
    for key, value in defined["properties"].items():
        assert len(value["description"]) > 3
        assert {"$ref", "type", "enum", "const", "anyOf", "pattern"} & set(value), f"{key} may be anything"
        assert {} not in value.get("anyOf", []), f"{key} may be anything"


TABLES: dict[str, type[documents.Shape]] = {
    "## The keys of a routine": documents.RoutineShape,
    "All keys of an exercise step, which the sections below show by example:": documents.ExerciseStepShape,
    "## Exercises": documents.ExerciseShape,
}


@pytest.mark.parametrize("heading", TABLES)
def test_the_tables_of_the_documents_say_the_same(heading: str) -> None:
    table = ROUTINES.partition(f"\n{heading}\n")[2].partition("\n|---")[2].partition("\n\n")[0]
    rows = [(re.findall("`([^`]+)`", cells[0]), plain(cells[-1])) for cells in map(cells_of, table.splitlines()[1:])]
    described = DESCRIBED[TABLES[heading]]
    assert {key for keys, _ in rows for key in keys} == set(described)
    said = {keys[0]: text for keys, text in rows if len(keys) == 1 and text != "See below"}
    assert len(said) > 3
    assert {key: described.get(key) for key in said} == said


def cells_of(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip("|").split("|")]


def plain(cell: str) -> str:
    return re.sub(r"\[([^]]+)\]\([^)]+\)", r"\1", cell)


def test_the_ids_of_exercises_are_offered() -> None:
    word = schema(exercises=["plank", "bird-dog"])["$defs"]["ExerciseStep"]["properties"]["exercise"]
    assert word["anyOf"][0] == {"enum": ["bird-dog", "plank"]}
