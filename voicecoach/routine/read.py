"""Documents → model: a file's text becomes a `Routine`, or exercises, with every problem at its line and column."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any, TypeVar

from pydantic import ValidationError

from voicecoach.advice import Advice, do
from voicecoach.model import (
    DEFAULT_LANGUAGE,
    LANGUAGES,
    Breathing,
    Counting,
    DurationRange,
    Exercise,
    ExerciseStep,
    Language,
    Problem,
    RepeatStep,
    RestStep,
    Routine,
    SayStep,
    SourceLocation,
    Step,
    Tempo,
    Text,
    ThermalStep,
)
from voicecoach.plain_text import without_controls
from voicecoach.reading_files import open_ordinary
from voicecoach.routine import documents as shape
from voicecoach.routine import foreign, hints
from voicecoach.routine.source import read_text
from voicecoach.routine.tree import Path, Tree, parse

DEFAULT_RELEASE_MS = 2000
DEFAULT_TEMPO = Tempo(up_ms=2000, down_ms=2000)

_Shape = TypeVar("_Shape", bound=shape.Shape)


def read_exercises(path: FilePath) -> tuple[dict[str, Exercise], list[Problem]]:
    """The exercises of one library file, by id; those that have problems are left out."""
    tree, problems = _tree(path)
    if tree is None:
        return {}, problems
    entries = dict(tree.value)
    language = entries.pop("language", None)
    if language is not None and language not in LANGUAGES:
        what, hint = f"“{language}” is not a language here", f"Write {' or '.join(LANGUAGES)}."
        problems.append(_problem("unknown-language", what, tree.at(("language",)), hint))
    exercises = {}
    for id_, entry in entries.items():
        found, entry_problems = _validated(shape.ExerciseShape, entry, tree, (id_,))
        try:
            shape._id(id_)
        except ValueError as error:
            entry_problems.insert(0, _problem("id", str(error), tree.key_at((id_,)), hints.for_id(id_)))
        if found and not entry_problems:
            reader = _Reader(tree, language, {}, entry_problems)
            exercises[id_] = reader.exercise(found, (id_,), id_)
        problems += entry_problems
    return exercises, problems


def exercise_file_problems(path: FilePath) -> list[Problem] | None:
    """The problems of a file of exercises; `None` if it is another file: no title, no steps, only named things."""
    tree, _ = _tree(path)
    if tree is None or not tree.value or {"title", "steps"} & set(tree.value):
        return None
    entries = [entry for key, entry in tree.value.items() if key != "language"]
    if not entries or not all(isinstance(entry, dict) and "name" in entry for entry in entries):
        return None
    return read_exercises(path)[1]


def read_routine(path: FilePath, library: Mapping[str, Exercise]) -> tuple[Routine | None, list[Problem]]:
    """The routine in a file. `None` if there are errors; the list holds all of them, in the order of the lines."""
    routine, problems, _ = read_as_far(path, library)
    return (None if any(p.severity == "error" for p in problems) else routine), problems


def read_as_far(path: FilePath, library: Mapping[str, Exercise]) -> tuple[Routine | None, list[Problem], bool]:
    """What can be read of the routine in a file, its problems, and whether that is all of it but for unknown keys."""
    tree, problems = _tree(path)
    if tree is None:
        return None, problems, False
    found, shape_problems = _validated(shape.RoutineShape, tree.value, tree, (), library)
    problems += shape_problems
    pruned: list[Path] = []
    if found is None:  # read on without what is broken, so that all problems are told at once
        found, pruned = _pruned(tree)
    routine = None
    if found:
        language = found.language or _first_language(found.title)
        reader = _Reader(tree, language, library, problems)
        routine = reader.routine(found, without_controls(path.stem))
        reader.look_at_broken_steps(pruned)
    problems.sort(key=lambda problem: (problem.location.line, problem.location.column))
    return routine, problems, all(p.rule == "unknown-key" for p in problems if p.severity == "error")


def _tree(path: FilePath) -> tuple[Tree | None, list[Problem]]:
    text, problems = read_text(path)
    if text is None:
        return None, _foreign_bytes(path, problems) or problems
    tree, problems = parse(text, str(path))
    if found := foreign.of_text(text, tree.value, path):
        return None, [_foreign(found, path)]
    if problems and tree.value is None:
        return None, problems
    if not isinstance(tree.value, dict):
        what = "the file is empty" if tree.value is None else "the file does not hold keys and values"
        problems.append(
            _problem("not-a-mapping", what, tree.at(()), Advice("Start from a template: ", do("new", "FILE")))
        )
        return None, problems
    return tree, problems


def _foreign_bytes(path: FilePath, problems: list[Problem]) -> list[Problem]:
    """The one problem of a file that no text is, if it is known what it is."""
    if not {"not-text", "not-utf-8", "too-large"} & {problem.rule for problem in problems}:
        return []
    try:
        with open_ordinary(path) as file:
            found = foreign.of_bytes(file.read(foreign.HEAD_BYTES), path)
    except OSError:  # gone since it was read
        return []
    return [_foreign(found, path)] if found else []


def _foreign(found: foreign.Foreign, path: FilePath) -> Problem:
    at = SourceLocation(path=str(path), line=1, column=1)
    return _problem("foreign-file", f"this is {found.what}, not a routine", at, found.hint(path))


def _first_language(title: str | dict[str, str]) -> Language | None:
    return next((language for language in LANGUAGES if list(title)[:1] == [language]), None)


@dataclass(slots=True)
class _Defaults:
    """What a routine says once for all its steps."""

    prepare_ms: int = 8000
    change_ms: int = 6000
    written: frozenset[str] = frozenset()
    """Which of them somebody wrote."""
    counting: Counting = field(default_factory=lambda: Counting(style="last", seconds=5))


class _Reader:
    """Turns the shapes of one file into model values; knows the file's places and its language."""

    def __init__(
        self, tree: Tree, language: Language | None, library: Mapping[str, Exercise], problems: list[Problem]
    ) -> None:
        self.tree, self.language, self.library, self.problems = tree, language, library, problems
        self.defaults = _Defaults()

    def routine(self, found: shape.RoutineShape, id_: str) -> Routine:
        self.defaults = _Defaults(found.prepare, found.change, frozenset(found.model_fields_set), found.count)
        title = self.text(found.title, ("title",))
        return Routine(
            id=id_,
            title=title,
            about=self.maybe_text(found.about, ("about",)),
            phase=found.phase,
            language=self.language or DEFAULT_LANGUAGE,
            intro=self.maybe_text(found.intro, ("intro",)),
            outro=self.maybe_text(found.outro, ("outro",)),
            heat_caution=found.heat_caution,
            heat_caution_location=self.tree.key_at(("heat caution",)),
            steps=self.steps(found.steps, ("steps",)),
            sources=tuple(found.sources),
            location=self.tree.at(()),
        )

    def steps(self, found: Iterable[Any], path: Path) -> tuple[Step, ...]:
        steps: list[Step] = []
        for index, step in enumerate(found):
            steps += self.step(step, (*path, index))
        return tuple(steps)

    def step(self, found: Any, path: Path) -> list[Step]:
        here = self.tree.at(path)
        if isinstance(found, shape.ExerciseStepShape):
            step = self.exercise_step(found, path)
            return [step] if step else []
        if isinstance(found, shape.RepeatShape):
            steps = self.steps(found.steps, (*path, "steps"))
            if not steps:  # nothing but `heat: none`: there is nothing to repeat
                return []
            return [RepeatStep(rounds=found.repeat, between=found.between, steps=steps, location=here)]
        if isinstance(found, shape.RestShape):
            title = self.maybe_text(found.title, (*path, "title"))
            return [RestStep(duration=found.rest, title=title, location=here)]
        if isinstance(found, (shape.SayShape, shape.StopShape)):
            return [self.say(found, path)]
        if isinstance(found, shape.ContrastShape):
            return list(self.contrast(found, path))
        if isinstance(found, shape.NoHeatShape):
            return []
        return self.thermal(found, path)

    def say(self, found: shape.SayShape | shape.StopShape, path: Path) -> SayStep:
        stop = isinstance(found, shape.StopShape)
        text = found.stop if isinstance(found, shape.StopShape) else found.say
        return SayStep(
            text=self.text(text, (*path, "stop" if stop else "say")),
            stop=stop,
            title=self.maybe_text(found.title, (*path, "title")),
            time_ms=0 if isinstance(found, shape.StopShape) else found.time or 0,
            location=self.tree.at(path),
        )

    def look_at_broken_steps(self, paths: Iterable[Path]) -> None:
        """A step that was left out for another problem may also name an exercise that does not exist."""
        told = {problem.location for problem in self.problems}
        for path in paths:
            step = _at(self.tree.value, path)
            at = self.tree.at((*path, "exercise"))
            if isinstance(step, dict) and isinstance(step.get("exercise"), str) and at not in told:
                self.find_exercise(step["exercise"], (*path, "exercise"))
                told.add(at)

    def exercise_step(self, found: shape.ExerciseStepShape, path: Path) -> ExerciseStep | None:
        exercise = self.find_exercise(found.exercise, (*path, "exercise"))
        if exercise is None:
            return None
        timing = (found.hold, found.duration, found.reps)
        if timing == (None, None, None):
            timing = (exercise.hold, exercise.duration, exercise.reps)
        hold, duration, reps = timing
        timing_at = self.check_timing(hold, duration, reps, path)
        self.check_ignored(found, repeated=reps is not None, path=path)
        sides = found.sides or exercise.sides
        return ExerciseStep(
            exercise=exercise,
            hold=hold,
            duration=duration,
            reps=reps,
            release_ms=DEFAULT_RELEASE_MS if found.release is None else found.release,
            sides=sides,
            breathing=_breathing(found.breathing),
            tempo=Tempo(up_ms=found.tempo.up, down_ms=found.tempo.down) if found.tempo else DEFAULT_TEMPO,
            counting=found.count or self.defaults.counting,
            counting_own=found.count is not None,
            halfway=found.halfway is not False,
            halfway_text=None if isinstance(found.halfway, bool) else self.text(found.halfway, (*path, "halfway")),
            prepare_ms=self.defaults.prepare_ms if found.prepare is None else found.prepare,
            change_ms=self.defaults.change_ms if found.change is None else found.change,
            prepare_written=found.prepare is not None or "prepare" in self.defaults.written,
            change_written=found.change is not None or "change" in self.defaults.written,
            location=self.tree.at(path),
            timing_location=timing_at,
            breathing_location=self.tree.key_at((*path, "breathing")),
        )

    def check_timing(
        self, hold: DurationRange | None, duration: DurationRange | None, reps: int | None, path: Path
    ) -> SourceLocation:
        at = self.tree.at(path)
        if hold is None and duration is None and reps is None:
            hint = "Add `hold: 20-30 s`, `duration: 5 min` or `reps: 10`."
            self.problems.append(_problem("no-length", "the step does not say how long or how often", at, hint))
        elif duration is not None and (hold is not None or reps is not None):
            other = "hold" if hold is not None else "reps"
            hint = f"Keep `duration` (a set that goes on) or `{other}`."
            at = self.tree.key_at((*path, "duration"))
            self.problems.append(_problem("two-lengths", f"`duration` and `{other}` both say how long", at, hint))
        for key in ("hold", "duration", "reps"):
            if (*path, key) in self.tree.keys:
                return self.tree.key_at((*path, key))
        return at

    def check_ignored(self, found: shape.ExerciseStepShape, *, repeated: bool, path: Path) -> None:
        """A key that changes nothing here is a wish that would be lost without a word."""
        ignored = {
            "tempo": (found.tempo and not repeated, "It paces repetitions: add `reps`."),
            "release": (found.release is not None and not repeated, "It comes between held repetitions: add `reps`."),
            "breathing": (found.breathing and repeated, "It paces one hold or one set, not repetitions."),
        }
        for key, (is_ignored, hint) in ignored.items():
            if is_ignored:
                at, message = self.tree.key_at((*path, key)), f"`{key}` changes nothing in this step"
                self.problems.append(
                    Problem(rule="ignored-key", severity="warning", message=message, location=at, hint=hint)
                )

    def find_exercise(self, found: str | shape.ExerciseShape, path: Path) -> Exercise | None:
        if isinstance(found, shape.ExerciseShape):
            return self.exercise(found, path, None)
        if found in self.library:
            return self.library[found]
        message, hint = f"there is no exercise `{found}`", hints.for_exercise(found, self.library)
        self.problems.append(_problem("unknown-exercise", message, self.tree.at(path), hint))
        return None

    def exercise(self, found: shape.ExerciseShape, path: Path, id_: str | None) -> Exercise:
        return Exercise(
            id=id_,
            name=self.text(found.name, (*path, "name")),
            kind=found.kind,
            sides=found.sides,
            setup=self.maybe_text(found.setup, (*path, "setup")),
            instruction=self.maybe_text(found.instruction, (*path, "instruction")),
            tips=tuple(self.text(tip, (*path, "tips", index)) for index, tip in enumerate(found.tips)),
            caution=self.maybe_text(found.caution, (*path, "caution")),
            easier=found.easier,
            place=found.place,
            ending=self.maybe_text(found.ending, (*path, "ending")),
            limb=self.maybe_text(found.limb, (*path, "limb")),
            reminder=self.maybe_text(found.reminder, (*path, "reminder")),
            equipment=tuple(found.equipment),
            intensity=found.intensity,
            hold=found.hold,
            duration=found.duration,
            reps=found.reps,
            sources=tuple(found.sources),
            location=self.tree.at(path) if id_ is None else self.tree.key_at(path),
        )

    def thermal(self, found: shape.HeatShape | shape.ColdShape, path: Path) -> list[Step]:
        heat = isinstance(found, shape.HeatShape)
        source = found.heat if isinstance(found, shape.HeatShape) else found.cold
        assert source != "none"  # which has a shape of its own
        return [
            ThermalStep(
                kind="heat" if heat else "cold",
                source=source,
                duration=found.duration,
                check_every_ms=found.check_every,
                prepare_ms=self.defaults.prepare_ms if found.prepare is None else found.prepare,
                prepare_written=found.prepare is not None or "prepare" in self.defaults.written,
                location=self.tree.at(path),
                timing_location=self.tree.key_at((*path, "duration")),
            )
        ]

    def contrast(self, found: shape.ContrastShape, path: Path) -> Iterable[Step]:
        times = found.contrast
        prepare_ms = self.defaults.prepare_ms if found.prepare is None else found.prepare
        written = found.prepare is not None or "prepare" in self.defaults.written
        for round_ in range(1, times.rounds + 1):
            both = (("heat", times.heat), ("cold", times.cold))
            for index, (kind, duration) in enumerate(both if times.first == "heat" else both[::-1]):
                yield ThermalStep(
                    kind="heat" if kind == "heat" else "cold",
                    source="pad" if kind == "heat" else "pack",
                    duration=duration,
                    check_every_ms=times.check_every,
                    prepare_ms=prepare_ms,
                    prepare_written=written,
                    location=self.tree.at(path),
                    timing_location=self.tree.key_at((*path, "contrast", kind)),
                    contrast_round=round_,
                    contrast_rounds=times.rounds,
                    contrast_second=index == 1,
                )
                prepare_ms = self.defaults.change_ms  # only the first has to be fetched and laid out
                written = "change" in self.defaults.written

    def maybe_text(self, found: str | dict[str, str] | None, path: Path) -> Text | None:
        return None if found is None else self.text(found, path)

    def text(self, found: str | dict[str, str], path: Path) -> Text:
        at = self.tree.at(path)
        if isinstance(found, dict):
            return Text(by_language=dict(found), location=at)
        if self.language is None:
            keys = " or ".join(f"`language: {language}`" for language in LANGUAGES)
            hint = f"Add {keys} to the file, or write {{{', '.join(f'{code}: …' for code in LANGUAGES)}}}."
            if not any(problem.rule == "which-language" for problem in self.problems):
                self.problems.append(
                    _problem("which-language", "no one says which language this text is in", at, hint)
                )
            return Text(by_language={}, location=at)
        return Text(by_language={self.language: found}, location=at)


def _breathing(found: shape.BreathingShape | None) -> Breathing | None:
    if found is None:
        return None
    return Breathing(
        in_ms=found.in_, out_ms=found.out, hold_in_ms=found.hold_in, hold_out_ms=found.hold_out, lock=found.lock
    )


# --- problems ------------------------------------------------------------------------------------------------


def _validated(
    model: type[_Shape], value: Any, tree: Tree, path: Path, library: Mapping[str, Exercise] | None = None
) -> tuple[_Shape | None, list[Problem]]:
    try:
        return model.model_validate(value), []
    except ValidationError as error:
        items = error.errors(include_url=False)
        return None, [_from_pydantic(item, tree, path, model, library or {}) for item in items]


def _pruned(tree: Tree) -> tuple[shape.RoutineShape | None, list[Path]]:
    """The routine without its broken steps and keys, if that leaves one, and the paths of the steps left out."""
    value = copy.deepcopy(tree.value)
    filler = dict.fromkeys(LANGUAGES, "?")
    value.setdefault("title", filler)
    value.setdefault("steps", [{"say": filler}])
    left_out: list[Path] = []
    for _ in range(3):  # leaving a step out may show another problem in the repeat around it
        try:
            return shape.RoutineShape.model_validate(value), left_out
        except ValidationError as error:
            places = [(_written_path(item, tree), item["type"]) for item in error.errors(include_url=False)]
        broken = {_step_of(path) for path, kind in places if kind != "extra_forbidden"} - {()}
        broken = {path for path in broken if not any(path[:end] in broken for end in range(1, len(path)))}
        for path, kind in places:
            step = next((path[:end] for end in range(1, len(path) + 1) if path[:end] in broken), ())
            if step:
                _at(value, step[:-1])[step[-1]] = {"say": filler}
            elif kind == "extra_forbidden":
                _at(value, path[:-1]).pop(path[-1], None)
            elif path and path[0] == "steps":
                value["steps"] = [{"say": filler}]
            elif path and path[0] == "title":
                value["title"] = filler
            elif path:
                value.pop(path[0], None)
        left_out += broken
    return None, left_out


def _step_of(path: Path) -> Path:
    """The path of the innermost step that `path` leads into; empty if it leads into none."""
    ends = [index + 1 for index, part in enumerate(path) if index and path[index - 1] == "steps"]
    return path[: ends[-1]] if ends else ()


def _written_path(item: Any, tree: Tree, start: Path = ()) -> Path:
    """pydantic's place of an error without the tags of its unions: the path as it stands in the file."""
    path = start
    for part in item["loc"]:
        if not str(part).startswith("<") or (*path, part) in tree.values:  # a person's key may look like a tag
            path = (*path, part)
    return path


def _at(value: Any, path: Path) -> Any:
    for part in path:
        value = value[part]
    return value


def _from_pydantic(
    item: Any, tree: Tree, start: Path, model: type[shape.Shape], library: Mapping[str, Exercise]
) -> Problem:
    kind, context = item["type"], item.get("ctx", {})
    path = _written_path(item, tree, start)
    at, name = tree.at(path), path[-1] if path else ""
    if kind == "extra_forbidden":
        hint = hints.for_key(str(name), item["input"], _innermost(model, item["loc"]))
        return _problem("unknown-key", f"`{name}` is not a key here", tree.key_at(path), hint)
    if kind == "missing":
        if name == "duration" and set(item["loc"]) & {"<heat>", "<cold>"}:
            hint = "Say when it ends: `duration: 10-15 min`."
            return _problem("heat-without-end", "the heat or cold never ends", tree.at(path[:-1]), hint)
        return _problem("missing-key", f"`{name}` is missing", tree.at(path[:-1]), _MISSING.get(str(name), "Add it."))
    if kind == "literal_error":
        key = next(part for part in reversed(path) if isinstance(part, str))  # that of the list it stands in
        hint = hints.for_word(key, item["input"], _literals(context["expected"]))
        return _problem("unknown-word", f"“{_shown(item['input'])}” is not a `{key}`", at, hint)
    if kind in ("union_tag_not_found", "union_tag_invalid"):
        return _unknown_step(item["input"], tree, path, library)
    if kind == "too_short":
        return _problem(
            "empty-list", f"`{name}` has nothing in it", at, "Write at least one line under it, starting with `-`."
        )
    if kind == "list_type":
        return _problem(
            "not-a-list", f"`{name}` is a list", at, "Write each item on a line of its own, starting with `-`."
        )
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        hint = hints.for_value("not-a-mapping", str(name), item["input"]) or "Write it as {key: value}."
        return _problem("not-a-mapping", f"`{name}` holds keys and values", at, hint)
    better = hints.for_value(kind, str(name), item["input"], in_minutes=_in_minutes(str(name), item["loc"]))
    return _problem(kind, context.get("message", item["msg"]), at, better or context.get("hint", ""))


def _in_minutes(name: str, loc: tuple[Any, ...]) -> bool:
    """Whether a bare number at this place is likely one of minutes: of heat and cold."""
    thermal = bool({"<heat>", "<no heat>", "<cold>", "contrast"} & set(loc))
    return thermal and name in ("duration", "heat", "cold", "check every")


_MISSING = {
    "title": "Add `title: {da: …, en: …}`.",
    "steps": "Add `steps:` and a list under it.",
    "name": "Add `name: {da: …, en: …}`.",
    "kind": "Add `kind:` stretch, mobility, strength, cardio or breathing.",
    "in": "Write {in: 4 s, out: 6 s}.",
    "out": "Write {in: 4 s, out: 6 s}.",
}


def _unknown_step(value: Any, tree: Tree, path: Path, library: Mapping[str, Exercise]) -> Problem:
    if not isinstance(value, dict):
        hint = hints.for_plain_step(value, library)
        return _problem("unknown-step", f"“{value}” is not a step", tree.at(path), hint)
    if found := hints.for_step(value, library):
        key, hint = found
        return _problem("unknown-key", f"`{key}` is not a key here", tree.key_at((*path, key)), hint)
    hint = f"A step has one of: {', '.join(shape.STEP_KEYS)}."
    return _problem("unknown-step", "this step does not say what to do", tree.at(path), hint)


_SHAPES: dict[str, type[shape.Shape]] = {
    "<exercise>": shape.ExerciseStepShape,
    "<repeat>": shape.RepeatShape,
    "<rest>": shape.RestShape,
    "<heat>": shape.HeatShape,
    "<no heat>": shape.NoHeatShape,
    "<cold>": shape.ColdShape,
    "<contrast>": shape.ContrastShape,
    "<say>": shape.SayShape,
    "<stop>": shape.StopShape,
    "<inline>": shape.ExerciseShape,
    "breathing": shape.BreathingShape,
    "tempo": shape.TempoShape,
    "contrast": shape.ContrastTimesShape,
}


def _innermost(model: type[shape.Shape], loc: tuple[Any, ...]) -> type[shape.Shape]:
    """The shape in which the last part of `loc` stood."""
    inner = model
    for part in loc[:-1]:
        inner = _SHAPES.get(str(part), inner)
    return inner


def _shown(value: Any) -> str:
    """As the person wrote it."""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _literals(expected: str) -> list[str]:
    return [word.strip().strip("'") for word in expected.replace(" or ", ", ").split(", ")]


def _problem(rule: str, message: str, location: SourceLocation, hint: str = "") -> Problem:
    return Problem(rule=rule.replace("_", "-"), severity="error", message=message, location=location, hint=hint)
