"""pydantic → problems: what a shape refuses becomes a `Problem` at its line, with what to write instead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from voicecoach.model import Exercise, Problem, SourceLocation
from voicecoach.routine import documents as shape
from voicecoach.routine import hints
from voicecoach.routine.yaml_tree import Path, Tree

_Shape = TypeVar("_Shape", bound=shape.Shape)


def wrong(rule: str, message: str, location: SourceLocation, hint: str = "") -> Problem:
    """An error in what a person wrote."""
    return Problem(rule=rule.replace("_", "-"), severity="error", message=message, location=location, hint=hint)


def validated(
    model: type[_Shape], value: Any, tree: Tree, path: Path, library: Mapping[str, Exercise] | None = None
) -> tuple[_Shape | None, list[Problem]]:
    """The shape of `value`, or what is wrong with it: all of it."""
    try:
        return model.model_validate(value), []
    except ValidationError as error:
        items = error.errors(include_url=False)
        return None, [_problem_of(_Fault(item, tree, path, model, library or {})) for item in items]


def written_path(item: Any, tree: Tree, start: Path = ()) -> Path:
    """pydantic's place of an error without the tags of its unions: the path as it stands in the file."""
    path = start
    for part in item["loc"]:
        if part == "[key]":  # so it calls the key of a mapping, which has its place already
            continue
        if not str(part).startswith("<") or (*path, part) in tree.values:  # a person's key may look like a tag
            path = (*path, part)
    return path


class _Fault:
    """One error of pydantic, and where it stands in the file."""

    def __init__(
        self, item: Any, tree: Tree, start: Path, model: type[shape.Shape], library: Mapping[str, Exercise]
    ) -> None:
        self.item, self.tree, self.model, self.library = item, tree, model, library
        self.kind: str = item["type"]
        self.value: Any = item["input"]
        self.context: Mapping[str, Any] = item.get("ctx", {})
        self.path = written_path(item, tree, start)
        self.name = str(self.path[-1]) if self.path else ""

    @property
    def at(self) -> SourceLocation:
        return self.tree.at(self.path)

    @property
    def around(self) -> SourceLocation:
        """Where that stands in which something is missing."""
        return self.tree.at(self.path[:-1])


def _problem_of(fault: _Fault) -> Problem:
    return _KINDS.get(fault.kind, _refused_value)(fault)


def _unknown_key(fault: _Fault) -> Problem:
    hint = hints.for_key(fault.name, fault.value, _innermost(fault.model, fault.item["loc"]))
    return wrong("unknown-key", f"`{fault.name}` is not a key here", fault.tree.key_at(fault.path), hint)


def _missing_key(fault: _Fault) -> Problem:
    if fault.name == "duration" and set(fault.item["loc"]) & {"<heat>", "<cold>"}:
        hint = "Say when it ends: `duration: 10-15 min`."
        return wrong("heat-without-end", "the heat or cold never ends", fault.around, hint)
    return wrong("missing-key", f"`{fault.name}` is missing", fault.around, _MISSING.get(fault.name, "Add it."))


def _unknown_word(fault: _Fault) -> Problem:
    key = next(part for part in reversed(fault.path) if isinstance(part, str))  # that of the list it stands in
    hint = hints.for_word(key, fault.value, _literals(fault.context["expected"]))
    return wrong("unknown-word", f"“{_shown(fault.value)}” is not a `{key}`", fault.at, hint)


def _empty_list(fault: _Fault) -> Problem:
    hint = "Write at least one line under it, starting with `-`."
    return wrong("empty-list", f"`{fault.name}` has nothing in it", fault.at, hint)


def _not_a_list(fault: _Fault) -> Problem:
    hint = "Write each item on a line of its own, starting with `-`."
    return wrong("not-a-list", f"`{fault.name}` is a list", fault.at, hint)


def _not_a_mapping(fault: _Fault) -> Problem:
    hint = hints.for_value("not-a-mapping", fault.name, fault.value) or "Write it as {key: value}."
    return wrong("not-a-mapping", f"`{fault.name}` holds keys and values", fault.at, hint)


def _refused_value(fault: _Fault) -> Problem:
    """What a validator of `values` refused, by a rule of its own."""
    in_minutes = _in_minutes(fault.name, fault.item["loc"])
    better = hints.for_value(fault.kind, fault.name, fault.value, in_minutes=in_minutes)
    message = fault.context.get("message", fault.item["msg"])
    return wrong(fault.kind, message, fault.at, better or fault.context.get("hint", ""))


def _unknown_step(fault: _Fault) -> Problem:
    if not isinstance(fault.value, dict):
        hint = hints.for_plain_step(fault.value, fault.library)
        return wrong("unknown-step", f"“{fault.value}” is not a step", fault.at, hint)
    if found := hints.for_step(fault.value, fault.library):
        key, hint = found
        return wrong("unknown-key", f"`{key}` is not a key here", fault.tree.key_at((*fault.path, key)), hint)
    hint = f"A step has one of: {', '.join(shape.STEP_KEYS)}."
    return wrong("unknown-step", "this step does not say what to do", fault.at, hint)


_KINDS: dict[str, Callable[[_Fault], Problem]] = {
    "extra_forbidden": _unknown_key,
    "missing": _missing_key,
    "literal_error": _unknown_word,
    **dict.fromkeys(("union_tag_not_found", "union_tag_invalid"), _unknown_step),
    "too_short": _empty_list,
    "list_type": _not_a_list,
    **dict.fromkeys(("model_type", "model_attributes_type", "dict_type"), _not_a_mapping),
}
"""By pydantic's name of an error; every other one is a rule of ours."""

_MISSING = {
    "title": "Add `title: {da: …, en: …}`.",
    "steps": "Add `steps:` and a list under it.",
    "name": "Add `name: {da: …, en: …}`.",
    "kind": "Add `kind:` stretch, mobility, strength, cardio or breathing.",
    "in": "Write {in: 4 s, out: 6 s}.",
    "out": "Write {in: 4 s, out: 6 s}.",
}


def _in_minutes(name: str, loc: tuple[Any, ...]) -> bool:
    """Whether a bare number at this place is likely one of minutes: of heat and cold."""
    thermal = bool({"<heat>", "<no heat>", "<cold>", "contrast"} & set(loc))
    return thermal and name in ("duration", "heat", "cold", "check every")


def _innermost(model: type[shape.Shape], loc: tuple[Any, ...]) -> type[shape.Shape]:
    """The shape in which the last part of `loc` stood."""
    inner = model
    for part in loc[:-1]:
        if home := shape.HOMES.get(str(part)):
            inner = home.shape
    return inner


def _shown(value: Any) -> str:
    """As the person wrote it."""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _literals(expected: str) -> list[str]:
    return [word.strip().strip("'") for word in expected.replace(" or ", ", ").split(", ")]
