"""YAML 1.2 text → plain values that know where they stand.

libyaml parses (it is fast and keeps every mark); the scalars are resolved here by the YAML 1.2 core schema, in which
`off`, `no` and `1:30` are texts. Duplicate keys, tags, merge keys, deep nesting and alias bombs are refused with
their place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml

from voicecoach.model import Problem, SourceLocation
from voicecoach.plain_text import without_controls

MAX_DEPTH = 30
MAX_VALUES = 100_000
"""With every alias written out. The shipped library has about a thousand."""

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Path: TypeAlias = "tuple[str | int, ...]"


@dataclass(slots=True)
class Tree:
    """A document: `value` in plain dicts, lists and scalars, and the place of every key and value in it."""

    path: str
    value: Any = None
    values: dict[Path, SourceLocation] = field(default_factory=dict)
    keys: dict[Path, SourceLocation] = field(default_factory=dict)

    def at(self, path: Path) -> SourceLocation:
        """Where the value at `path` stands, or the nearest value around it."""
        return self._nearest(self.values, path)

    def key_at(self, path: Path) -> SourceLocation:
        """Where the key at the end of `path` stands; an item of a list stands where its value does."""
        return self.keys.get(path) or self.at(path)

    def _nearest(self, places: dict[Path, SourceLocation], path: Path) -> SourceLocation:
        while path and path not in places:
            path = path[:-1]
        return places.get(path) or SourceLocation(path=self.path, line=1, column=1)


@dataclass(slots=True)
class _Node:
    location: SourceLocation
    kind: str
    """`scalar`, `map` or `list`."""
    scalar: Any = None
    items: list[_Node] = field(default_factory=list)
    """Of a map: key, value, key, value, …"""


class _RefusedError(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def _refused(rule: str, message: str, location: SourceLocation, hint: str) -> _RefusedError:
    return _RefusedError(Problem(rule=rule, severity="error", message=message, location=location, hint=hint))


def _too_deep(location: SourceLocation) -> _RefusedError:
    return _refused("too-deep", f"more than {MAX_DEPTH} levels deep", location, "Write it flatter.")


def parse(text: str, path: str, *, merges: bool = False) -> tuple[Tree, list[Problem]]:
    """The tree of the one document in `text`, with every problem of the YAML itself. With `merges` it may hold merge
    keys (`<<`), as the files of other programs do."""
    tree = Tree(path)
    try:
        node = _compose(text, path)
        problems: list[Problem] = []
        if node is not None:
            tree.value = _Plain(tree, problems, merges).value(node, ())
        return tree, problems
    except _RefusedError as refused:
        return tree, [refused.problem]
    except yaml.MarkedYAMLError as error:
        return tree, [_syntax_problem(error, path, text)]
    except yaml.reader.ReaderError as error:
        before = text.encode()[: error.position].decode(errors="ignore")  # libyaml counts bytes
        location = SourceLocation(path=path, line=before.count("\n") + 1, column=len(before) - before.rfind("\n"))
        message = (
            f"the character U+{error.character:04X} is not allowed in YAML"
            if isinstance(error.character, int)
            else str(error)
        )
        return tree, [
            Problem(rule="yaml-syntax", severity="error", message=message, location=location, hint="Delete it.")
        ]


def _compose(text: str, path: str) -> _Node | None:
    """The document as nodes, built from events, so that depth is bounded before anything recurses."""
    root = _Node(SourceLocation(path=path, line=1, column=1), "list")
    anchors: dict[str, _Node] = {}
    stack, documents = [root], 0
    event: Any
    for event in yaml.parse(text, Loader=_Loader):
        mark = event.start_mark
        location = SourceLocation(path=path, line=mark.line + 1, column=mark.column + 1)
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise _refused(
                    "one-document", "a second document starts here", location, "Put it in a file of its own."
                )
        elif isinstance(event, yaml.AliasEvent):
            if event.anchor not in anchors:
                raise _refused(
                    "unknown-alias", f"`*{event.anchor}` was never defined", location, "Define it above with `&`."
                )
            stack[-1].items.append(anchors[event.anchor])
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            stack.pop()
        elif isinstance(event, yaml.NodeEvent):
            node = _node(event, location)
            stack[-1].items.append(node)
            if event.anchor:
                anchors[event.anchor] = node
            if node.kind != "scalar":
                stack.append(node)
                if len(stack) > MAX_DEPTH:
                    raise _too_deep(location)
    return root.items[0] if root.items else None


def _node(event: Any, location: SourceLocation) -> _Node:
    tag = event.tag
    if tag and tag != "!" and tag.removeprefix(_YAML) not in _TAGS:
        shown = tag.replace(_YAML, "!!")
        raise _refused("unknown-tag", f"the tag `{shown}` means nothing here", location, "Leave it out.")
    if isinstance(event, yaml.MappingStartEvent):
        return _Node(location, "map")
    if isinstance(event, yaml.SequenceStartEvent):
        return _Node(location, "list")
    plain = event.style is None or event.style == ""
    is_text = not plain or tag in ("!", f"{_YAML}str")
    value = without_controls(event.value)
    return _Node(location, "scalar", value if is_text else _core_schema(value))


_YAML = "tag:yaml.org,2002:"
_TAGS = frozenset({"str", "int", "float", "bool", "null", "seq", "map"})
"""What `!!` may stand before: the types of the core schema. `!!python/object` and its like are no types of ours."""

_INT = re.compile(r"[-+]?[0-9]{1,18}$")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?$")
_WORDS = {"": None, "~": None, "null": None, "Null": None, "NULL": None} | dict.fromkeys(
    ("true", "True", "TRUE"), True
)
_WORDS |= dict.fromkeys(("false", "False", "FALSE"), False)


def _core_schema(text: str) -> Any:
    """A plain scalar by the YAML 1.2 core schema (https://yaml.org/spec/1.2.2/#103-core-schema)."""
    if text in _WORDS:
        return _WORDS[text]
    if _INT.match(text):
        return int(text)
    if _FLOAT.match(text) and any(digit.isdigit() for digit in text):
        return float(text)
    return text


class _Plain:
    """Turns nodes into plain values, noting every place; counts as it goes, so that an alias bomb ends early."""

    def __init__(self, tree: Tree, problems: list[Problem], merges: bool) -> None:
        self.tree, self.problems, self.merges, self.count = tree, problems, merges, 0
        self.open: set[int] = set()

    def value(self, node: _Node, path: Path) -> Any:
        self.count += 1
        if len(path) > MAX_DEPTH:  # an alias inside an alias inside … is deeper than it looks
            raise _too_deep(node.location)
        if self.count > MAX_VALUES:
            raise _refused("too-large", "the aliases multiply into too much", node.location, "Use fewer aliases.")
        self.tree.values[path] = node.location
        if node.kind == "scalar":
            return node.scalar
        if id(node) in self.open:
            raise _refused("too-deep", "an alias contains itself", node.location, "Write it out.")
        self.open.add(id(node))
        plain = self._list(node, path) if node.kind == "list" else self._map(node, path)
        self.open.discard(id(node))
        return plain

    def _list(self, node: _Node, path: Path) -> list[Any]:
        return [self.value(item, (*path, index)) for index, item in enumerate(node.items)]

    def _map(self, node: _Node, path: Path) -> dict[str, Any]:
        plain: dict[str, Any] = {}
        pairs = iter(node.items)
        for key_node, value_node in zip(pairs, pairs, strict=True):
            if key_node.kind != "scalar":
                raise _refused("bad-key", "a key must be a word", key_node.location, "Write `key: value`.")
            key = str(key_node.scalar)
            if key == "<<" and self.merges:
                self._merge(plain, value_node, path)
                continue
            if key == "<<":
                hint = "Write out the keys, or use a whole step again: `- &name …`, then `- *name`."
                raise _refused("merge-key", "`<<` (a merge key) does nothing here", key_node.location, hint)
            here = (*path, key)
            if key in plain and here in self.tree.keys:
                first = self.tree.keys[here]
                message = f"`{key}` stands twice, first on line {first.line}"
                self.problems.append(
                    Problem(
                        rule="duplicate-key",
                        severity="error",
                        message=message,
                        location=key_node.location,
                        hint="Keep one.",
                    )
                )
                continue
            self.tree.keys[here] = key_node.location
            plain[key] = self.value(value_node, here)
        return plain

    def _merge(self, plain: dict[str, Any], node: _Node, path: Path) -> None:
        """What stands in the map itself wins, whatever its place."""
        merged = self.value(node, (*path, "<<"))
        for each in merged if isinstance(merged, list) else [merged]:
            if isinstance(each, dict):
                for key, value in each.items():
                    plain.setdefault(key, value)


_EXPLAINED = {
    "mapping values are not allowed": "A text that contains a colon needs quotes around it; a key needs its colon.",
    "found character '\\t'": "Indent with spaces, not with a tab.",
    "found a tab character": "Indent with spaces, not with a tab.",
    "could not find expected ':'": "A key needs a colon and a space: `hold: 20 s`, here or on the line above.",
    "cannot start any token": "A text that starts with this character needs quotes around it.",
    "did not find expected node content": "A bracket was opened and never closed, or a value is missing.",
    "did not find expected key": "Look at the indentation and the quotes here and on the line above.",
    "found unexpected end of stream": "A quote or a bracket was opened and never closed.",
    "did not find expected ',' or": "A bracket was opened and never closed, or a comma is missing.",
    "did not find expected '-' indicator": "Line up the `-` of a list, and the keys of a step, one under the other.",
}


def _syntax_problem(error: yaml.MarkedYAMLError, path: str, text: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    said = error.problem or "not YAML"
    if "nesting depth" in said:  # libyaml's own limit, which it reaches before it tells of any event
        return _too_deep(SourceLocation(path=path, line=line, column=column)).problem
    if "start any token" in said and mark and text[mark.index : mark.index + 1] == "\t":
        said = "found character '\\t' where a word was expected"
    hint = next((hint for start, hint in _EXPLAINED.items() if start in said), "Look at this line and the one above.")
    if error.context_mark and error.context_mark.line + 1 != line:
        hint += f" (It began on line {error.context_mark.line + 1}.)"
    location = SourceLocation(path=path, line=line, column=column)
    return Problem(
        rule="yaml-syntax", severity="error", message=f"not valid YAML: {said}", location=location, hint=hint
    )
