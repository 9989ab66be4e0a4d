"""The JSON Schema (2020-12) of routines and of files of exercises, for editors: of the shapes that the reader uses.

A key that is new is in it by itself; its description stands in `described`, and a test tells of one that has none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Literal, get_args

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, models_json_schema
from pydantic_core import core_schema

from voicecoach.model import LANGUAGES
from voicecoach.routine import documents, patterns, values
from voicecoach.routine.described import DESCRIBED
from voicecoach.routine.rules import RULES

Kind = Literal["routine", "exercises"]
KINDS: tuple[Kind, ...] = get_args(Kind)
DIALECT = "https://json-schema.org/draft/2020-12/schema"
_ROUTINE, _EXERCISE, _STEP = "Routine", "Exercise", "ExerciseStep"

_Schema = dict[str, Any]
_TEXT = patterns.text(values.MAX_TEXT)
_NAMED = {**patterns.NAMED, "text": _TEXT}


def _reads(value: Any) -> Callable[[Any], Any]:
    """What reads a value of `values`, by which it is known again in a shape."""
    reader: Callable[[Any], Any] = get_args(value)[1].func
    return reader


VALUES: Mapping[Any, _Schema] = {
    _reads(values.Duration): patterns.DURATION,
    _reads(values.DurationOrNone): patterns.DURATION_OR_NONE,
    _reads(values.Range): patterns.RANGE,
    _reads(values.WrittenText): _TEXT,
    _reads(values.Count): patterns.COUNT,
    _reads(values.Rounds): patterns.count_range(values.MAX_ROUNDS),
    _reads(values.Id): patterns.ID,
    _reads(values.ExerciseWord): patterns.SOME_TEXT,
    _reads(values.Source): patterns.SOME_TEXT,
    _reads(values.RangeOrNone): patterns.RANGE_OR_NONE,
    _reads(values.Hold): patterns.hold(values.MAX_REPS),
    _reads(values.Reps): patterns.any_of(patterns.MAX, patterns.count_range(values.MAX_REPS)),
    _reads(values.WholeNumber): patterns.whole(1, values.MAX_REPS),
    _reads(values.Sets): patterns.whole(1, values.MAX_ROUNDS),
    _reads(values.Load): patterns.load(_TEXT),
    _reads(values.Off): {"const": "off"},
    _reads(values.Accepted): {"enum": [rule.id for rule in RULES.values() if rule.severity == "warning"]},
    _reads(values.CountIn): patterns.any_of({"const": "off"}, patterns.whole(0, values.MAX_COUNT_IN)),
    _reads(values.MomentKey): patterns.DURATION_OR_NONE,
    _reads(values.Bool): {"type": "boolean"},
    _reads(values.Halfway): patterns.any_of({"type": "boolean"}, patterns.not_switches(_TEXT)),
}
"""What a value may be. One that is new needs its line: a test tells of a key at which anything may stand."""


class Generator(GenerateJsonSchema):
    def function_plain_schema(self, schema: core_schema.PlainValidatorFunctionSchema) -> _Schema:
        return dict(VALUES.get(schema["function"]["function"], {}))


def schema(kind: Kind | None = None, exercises: Iterable[str] = ()) -> _Schema:
    """Of routines, of files of exercises, or without a `kind` of both; `exercises` are ids that an editor offers."""
    shapes = dict(_shapes())
    defs = {_name(shape): _tidied(defined, shape) for shape, defined in _defined(shapes.values())}
    if ids := sorted(exercises):
        word = defs[_STEP]["properties"]["exercise"]
        word["anyOf"] = [{"enum": ids}, *word["anyOf"]]
    routine, library = {"$ref": f"#/$defs/{_ROUTINE}"}, _library()
    either = {"if": _looks_like_a_routine(), "then": routine, "else": library}
    forms: dict[Kind | None, _Schema] = {None: either, "routine": routine, "exercises": library}
    titles = {None: "voicecoach", "routine": "A routine", "exercises": "A file of exercises"}
    return {"$schema": DIALECT, "title": titles[kind], **forms[kind], "$defs": {**defs, **_NAMED}}


def _shapes() -> Iterator[tuple[str, type[documents.Shape]]]:
    for name, shape in vars(documents).items():
        if isinstance(shape, type) and issubclass(shape, documents.Shape) and shape is not documents.Shape:
            yield name, shape


def _defined(shapes: Iterable[type[documents.Shape]]) -> Iterator[tuple[type[documents.Shape], _Schema]]:
    wanted: list[tuple[type[BaseModel], Literal["validation"]]] = [(shape, "validation") for shape in shapes]
    _, whole = models_json_schema(wanted, ref_template="#/$defs/{model}", schema_generator=Generator)
    for shape, _mode in wanted:
        assert issubclass(shape, documents.Shape)
        yield shape, whole["$defs"][shape.__name__]


def _name(shape: type[BaseModel]) -> str:
    return shape.__name__.removesuffix("Shape")


def _tidied(defined: _Schema, shape: type[documents.Shape]) -> _Schema:
    """Without titles that only repeat a key, with the descriptions, and with forms of which any may be."""
    said = DESCRIBED.get(shape, {})
    properties = {
        key: {**_plain(value), **({"description": said[key]} if key in said else {})}
        for key, value in defined["properties"].items()
    }
    kept = {key: value for key, value in defined.items() if key not in ("title", "properties")}
    return {**_plain(kept), "properties": properties}


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if not isinstance(value, dict):
        return value
    for name, known in _NAMED.items():
        if value == known:
            return {"$ref": f"#/$defs/{name}"}
    made = {("anyOf" if key == "oneOf" else key): _plain(item) for key, item in value.items() if key != "title"}
    if not isinstance(made.get("default", ""), (str, bool)):
        del made["default"]  # a number is ours, not as a person would write it
    if "$ref" in made:
        made["$ref"] = made["$ref"].removesuffix("Shape")
    return made


def _library() -> _Schema:
    return {
        "type": "object",
        "properties": {"language": {"enum": list(LANGUAGES), "description": "The language of plain texts."}},
        "propertyNames": patterns.ID,
        "additionalProperties": {"$ref": f"#/$defs/{_EXERCISE}"},
    }


def _looks_like_a_routine() -> _Schema:
    """Also a file that is only begun: all that is in it are keys of a routine."""
    keys = [field.alias or name for name, field in documents.RoutineShape.model_fields.items()]
    return {"anyOf": [{"required": ["title"]}, {"required": ["steps"]}, {"propertyNames": {"enum": keys}}]}
