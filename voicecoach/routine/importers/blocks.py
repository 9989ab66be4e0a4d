"""A heading with what stands under it → what is done: its rules, exercises, rests, rounds; and what is lost of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from voicecoach.language.imported import any_of, said_as
from voicecoach.model import DurationRange, Language
from voicecoach.routine.importers.clean import sentence, spoken_name
from voicecoach.routine.importers.expressions import Amounts, duration_of
from voicecoach.routine.importers.lines import MINUTE, ROOT
from voicecoach.routine.importers.moves import (
    between_all,
    ends_with_rest,
    in_order,
    is_called,
    is_done,
    moves,
    moves_in,
)
from voicecoach.routine.importers.nodes import About, Again, Break, Circuit, Done, Node, Rows, Said, merge
from voicecoach.routine.importers.rows import row_as_parts, under_sections
from voicecoach.routine.importers.table import read_table
from voicecoach.routine.importers.workout import (
    Loss,
    Move,
    Part,
    Pause,
    Repeat,
    Section,
    Words,
    Workout,
)  # fmt: skip
from voicecoach.units import format_range

_TABATA = (20, 10, "8")
_UNUSED = "a time or a number that belongs to no exercise"
_MINUTES = "10"
"""Of an EMOM that does not say how many."""


def does_something(node: Node) -> bool:
    """Whether anything in it may be an exercise."""
    return any(
        isinstance(entry, (Done, Rows, Circuit)) or below.told.says_how_long
        for below in node.walk()
        if not is_skipped(below)
        for entry in (*below.entries, None)
    )


def is_skipped(node: Node) -> bool:
    """Notes, schedules, lists of equipment: nothing that is done."""
    return bool(node.level != ROOT and re.fullmatch(rf"\W*{any_of('not-exercises')}\W*", node.title, re.I))


def _last_line(node: Node) -> int:
    """Where the last of what is done in it stands."""
    lasts = [
        entry.rows[-1][0] if isinstance(entry, Rows) else entry.line
        for below in node.walk()
        if not is_skipped(below)
        for entry in below.entries
        if not isinstance(entry, (Said, About))
    ]
    return max(lasts, default=node.line)


def _rest_after(node: Node, last: Done) -> DurationRange | None:
    """The rest in the line under A1 and A2: it is taken after each round of them."""
    index = next(index for index, entry in enumerate(node.entries) if entry is last)
    after = node.entries[index + 1] if index + 1 < len(node.entries) else None
    return after.told.rest if isinstance(after, Break) else None


def _only_says(node: Node) -> bool:
    """A heading with words under it, and nothing of how long: beside others that are exercises it is one too."""
    said = [entry for entry in node.entries if isinstance(entry, Said)]
    return bool(said) and len(said) == len(node.entries) and not (node.children or is_skipped(node))


@dataclass(slots=True)
class _Rules:
    """What a section says of all exercises in it."""

    told: Amounts = field(default_factory=Amounts)
    between_exercises: DurationRange | None = None
    between_rounds: DurationRange | None = None
    total: DurationRange | None = None
    used: bool = False
    """Whether any exercise took its length from here."""


class Reader:
    """Reads the blocks of one text, and gathers what is lost of it."""

    def __init__(self, language: Language, bare_seconds: bool) -> None:
        self.language, self.bare_seconds = language, bare_seconds
        self.losses: set[tuple[int, str]] = set()
        self.about: list[str] = []

    def told(self) -> list[Loss]:
        return [Loss(line, what) for line, what in sorted(self.losses)]

    def lost(self, line: int, what: str) -> None:
        self.losses.add((line, what))

    def workout(self, node: Node, title: str) -> Workout:
        self.about = []
        parts = self._parts(node, _Rules(), top=True)
        if ends_with_rest(parts):
            self.lost(_last_line(node), "the rest at the end: nothing comes after it")
        intro = []
        while parts and isinstance(parts[0], Words) and parts[0].time is None:
            first = parts.pop(0)
            assert isinstance(first, Words)
            intro.append(first.text)
        return Workout(
            title=spoken_name(title) or "Workout",
            parts=tuple(_without_last_headings(in_order(parts))),
            language=self.language,
            about="; ".join(self.about),
            intro=" ".join(intro),
        )

    def tell_left(self, root: Node, chosen: Sequence[Node]) -> None:
        """What stands outside of the days of a plan."""
        inside = {id(below) for node in chosen for below in node.walk()}
        for node in root.walk():
            if id(node) not in inside and node.entries:
                what = f"“{node.title}”" if node.title else "what stands before the first heading"
                self.lost(node.line if node.title else node.entries[0].line, f"{what}: no part of any day")

    # --- a heading and what is under it ---

    def _parts(self, node: Node, above: _Rules, *, top: bool = False) -> list[Part]:
        if is_skipped(node):
            self._skip(node)
            return []
        rules = self._rules(node, above)
        if not top and self._is_exercise(node):
            return self._heading_exercise(node, rules)
        if special := self._special(node):
            return special
        parts: list[Part] = []
        self._share(node, rules)
        pairs = self._pairs(node, rules)
        by_turns = self._by_turns(node, rules)
        parts += by_turns
        for entry in () if by_turns else node.entries:
            parts += pairs[id(entry)] if id(entry) in pairs else self._entry(entry, rules, parts)
        exercises = [child for child in node.children if self._is_exercise(child) and child.called]
        for child in node.children:
            if child.called and 2 * len(exercises) >= len(node.children) > 1 and _only_says(child):
                parts += self._heading_exercise(child, _Rules())
            else:
                parts += self._parts(child, rules)
        if rules.between_exercises:
            parts = between_all(parts, rules.between_exercises)
        if rounds := self._rounds(rules):
            parts = self._repeated(parts, rounds, rules)
        self._tell_unused(node, rules, parts)
        title = spoken_name(node.called)
        if title and not top and is_done(parts):
            return [Section(title=title), *parts]
        return parts

    def _special(self, node: Node) -> list[Part]:
        """“AMRAP 12 min” and “EMOM 12 min” over a list."""
        time = node.told.time or next((told.time for told in node.for_all if told.time), None)
        done = [entry for entry in node.entries if isinstance(entry, Done)]
        inside = [entry.told for entry in done] + [
            told for entry in node.entries if isinstance(entry, Circuit) for told in entry.inside
        ]
        if is_called(node.title, "emom") and inside and node.level != ROOT:
            by_turns = any(entry.label == MINUTE for entry in done)
            return self._every_minute(node.line, node.title, node.told, inside, by_turns=by_turns)
        if is_called(node.title, "amrap") and time and inside and node.level != ROOT:
            return [self._as_many(time, inside, [text for entry in done for text in entry.texts])]
        return []

    def _as_many(self, time: DurationRange, inside: list[Amounts], texts: Sequence[str] = ()) -> Move:
        named = [self._in_words(told) for told in inside]
        name = said_as("1 amrap", self.language).partition(" ")[2]
        return Move(name=name, time=time, instruction=" ".join(map(sentence, [*named, *texts])))

    def _in_words(self, told: Amounts) -> str:
        count = told.reps[0] if told.reps else said_as(told.distance, self.language) if told.distance else ""
        lasts = format_range(told.time.low_ms, told.time.high_ms) if told.time else ""
        return f"{count or lasts} {told.name} {told.load}".strip()

    def _every_minute(
        self, line: int, title: str, head: Amounts, inside: list[Amounts], *, by_turns: bool
    ) -> list[Part]:
        """Each minute begins on the minute, of an E2MOM every other: what is left of it is the rest."""
        several = re.search(r"E(\d)MOM", title, re.I)
        lasts_ms = 60_000 * (int(several[1]) or 1 if several else 1)
        often = next((reps for reps in head.reps if reps != "max"), "")  # “EMOM x 10”
        count = head.rounds or head.bare or often
        if not head.time and not count:
            self.lost(line, f"how often: {_MINUTES} times are taken")
        minutes = round(head.time.high_ms / lasts_ms) if head.time else int((count or _MINUTES).split("-")[0])
        minute = DurationRange(low_ms=lasts_ms, high_ms=lasts_ms)
        if len(inside) > 1 and not by_turns:
            name = ", ".join(self._in_words(told) for told in inside)
            return [Repeat(rounds=str(minutes), parts=(Move(name=spoken_name(name), time=minute, at_once=True),))]
        rounds, left = divmod(minutes, len(inside))
        if left:
            self.lost(line, f"{left} of {minutes} minutes, which are no whole round")
        parts: list[Part] = []
        for told in inside:
            for part in self._moves(replace(told, notes=list(told.notes)), Amounts()):
                if isinstance(part, Move) and part.time and not part.reps:
                    rest = lasts_ms - part.time.high_ms
                    parts += [
                        replace(part, at_once=True),
                        *([Pause(time=DurationRange(low_ms=rest, high_ms=rest))] if rest > 0 else []),
                    ]
                elif isinstance(part, Move):
                    parts.append(replace(part, time=minute, sets=1, held=None, at_once=True))
        return [Repeat(rounds=str(max(1, rounds)), parts=tuple(parts))]

    def _skip(self, node: Node) -> None:
        first = next(iter(node.walk()))
        many = sum(len(below.entries) for below in node.walk())
        if many:
            self.lost(first.line, f"“{node.title}”: no part of what is done")

    def _rules(self, node: Node, above: _Rules) -> _Rules:
        told = Amounts()
        heads = [] if node.level == ROOT or self._is_exercise(node) else [node.told]
        rules = _Rules(between_exercises=above.between_exercises)
        for more in [*heads, *node.for_all]:
            if more.only_each or not more.name:
                more.sides = None if more.only_each else more.sides
            if more.rest and more.rest_between == "rounds":
                rules.between_rounds = more.rest
            elif more.rest and (more.rest_between == "exercises" or (more.time and not more.sets)):
                rules.between_exercises = more.rest
            known = replace(
                more, rest=more.rest if more.rest_between in ("", "sets") and not rules.between_exercises else None
            )
            known.notes = list(more.notes)
            merge_rounds = known.rounds
            merge(told, replace(known, rounds=""))
            told.rounds = told.rounds or merge_rounds
        title = node.title
        if is_called(title, "tabata"):
            work, rest, rounds = _TABATA
            told.time = told.time or duration_of(str(work), "s")
            if told.sets:
                told.rest = told.rest or duration_of(str(rest), "s")
            else:
                rules.between_exercises = rules.between_exercises or duration_of(str(rest), "s")
                told.rounds = told.rounds or rounds
        elif (pair := re.search(r"(?<![\d/])(\d{2})\s*/\s*(\d{2})(?![\d/])", title)) and not told.time:
            told.time, rules.between_exercises = duration_of(pair[1], "s"), duration_of(pair[2], "s")
        inherited = above.told
        told.sets = told.sets or inherited.sets
        told.reps = told.reps or (inherited.reps if not told.time else [])
        told.rest = told.rest or inherited.rest
        if (
            told.time
            and not rules.between_exercises
            and node.level != ROOT
            and not told.rounds
            and node.told.time == told.time
            and told.time.low_ms >= 120_000
        ):
            rules.total, told.time = told.time, None
        elif not (told.time or told.reps or told.held or told.breaths):
            told.time, told.held, told.breaths = inherited.time, inherited.held, inherited.breaths
        rules.told = told
        return rules

    def _is_exercise(self, node: Node) -> bool:
        """“## Push-ups - 0:45”, and a heading whose lines say how long, and nothing else that is done."""
        if node.level == ROOT or any(does_something(child) for child in node.children):
            return False
        if any(isinstance(entry, (Rows, Circuit)) for entry in node.entries):
            return False
        inside = [entry for entry in node.entries if isinstance(entry, Done)]
        if any(entry.told.says_how_long or entry.told.sets for entry in inside):
            return False
        says = node.told.says_how_long or bool(node.told.sets) or any(told.says_how_long for told in node.for_all)
        wordy = all(len(entry.told.name.split()) > 3 for entry in inside)
        return (
            says
            and not node.told.rounds
            and (not inside or wordy)
            and not is_called(node.title, "emom")
            and not is_called(node.title, "amrap")
            and not is_called(node.title, "tabata")
        )

    def _heading_exercise(self, node: Node, rules: _Rules) -> list[Part]:
        told = replace(node.told, notes=list(node.told.notes), remarks=list(node.told.remarks))
        for more in node.for_all:
            merge(told, more)
        told.name = told.name or node.called or node.title
        pauses: list[Part] = []
        for entry in node.entries:
            if isinstance(entry, Break) and entry.told.rest:
                pauses.append(Pause(time=entry.told.rest))
            elif isinstance(entry, Said):
                told.remarks.append(entry.text)
            elif isinstance(entry, Done):
                told.remarks += [entry.told.name, *entry.told.remarks, *entry.texts]
        return [*self._moves(told, Amounts(rest=rules.told.rest)), *pauses]

    def _share(self, node: Node, rules: _Rules) -> None:
        """“Warm-up (10 min)” over five exercises that say nothing: two minutes each."""
        done = [entry for entry in node.entries if isinstance(entry, Done)]
        open_ = [
            entry for entry in done if not entry.told.says_how_long and not entry.told.bare and not entry.told.sets
        ]
        if rules.total and open_ and len(open_) == len(done) and not node.children:
            each = round(rules.total.low_ms / len(open_) / 5000) * 5000 or 5000
            high = round(rules.total.high_ms / len(open_) / 5000) * 5000 or each
            rules.told.time = DurationRange(low_ms=each, high_ms=max(each, high))

    def _by_turns(self, node: Node, rules: _Rules) -> list[Part]:
        """“21-15-9” over two exercises: 21 of each, then 15 of each."""
        done = [entry for entry in node.entries if isinstance(entry, Done)]
        counts = rules.told.reps
        if len(counts) < 2 or len(done) < 2 or len(done) != len(node.entries):
            return []
        if any(entry.told.says_how_long or entry.told.sets for entry in done):
            return []
        rules.used = True
        parts: list[Part] = []
        for count in counts:
            for entry in done:
                parts += self._done(replace(entry, told=replace(entry.told, reps=[count])), _Rules())
        return parts

    def _pairs(self, node: Node, rules: _Rules) -> dict[int, list[Part]]:
        """A1 and A2, and what stands under “Superset”: done in turn, set by set."""
        found: dict[int, list[Part]] = {}
        done = [entry for entry in node.entries if isinstance(entry, Done)]
        whole = is_called(node.title, "superset") and len(done) > 1
        groups: dict[str, list[Done]] = {}
        for entry in done:
            key = "all" if whole else "" if entry.label == MINUTE else entry.label[:1]
            if key:
                groups.setdefault(key, []).append(entry)
        for group in groups.values():
            sets = {entry.told.sets for entry in group if entry.told.sets}
            alike = _Rules()
            if whole and not sets and rules.told.sets:
                sets, alike = {rules.told.sets}, _Rules(told=replace(rules.told, sets="", rest=None))
                rules.used = True
            if len(group) > 1 and len(sets) == 1 and next(iter(sets)) != "1":
                rest = next((entry.told.rest for entry in reversed(group) if entry.told.rest), None)
                rest = rest or (rules.told.rest if whole else None) or _rest_after(node, group[-1])
                parts: list[Part] = []
                for entry in group:
                    parts += self._done(replace(entry, told=replace(entry.told, sets="", rest=None)), alike)
                for entry in group:
                    found[id(entry)] = []
                found[id(group[0])] = [Repeat(rounds=next(iter(sets)), between=rest, parts=tuple(parts))]
        return found

    def _tell_unused(self, node: Node, rules: _Rules, parts: Sequence[Part]) -> None:
        """A number of a rule that is no exercise's, and a time of it that nothing of what it is for takes."""
        for told in node.for_all if not node.children else ():
            if told.says_how_long and not rules.used and told.line:
                self.lost(told.line, _UNUSED)
        shared = rules.used or any(move.time or move.held for move in moves_in(parts))
        taken = {rules.total if shared else None, *_times(parts)}
        heads = [] if node.level == ROOT else [replace(node.told, line=node.line)]
        for told in [*heads, *node.for_all]:
            for time in (told.time, told.held, told.rest):
                if time and time not in taken and (told.line, _UNUSED) not in self.losses:
                    lasts = format_range(time.low_ms, time.high_ms)
                    self.lost(told.line or node.line, f"{lasts}, which nothing here takes")

    # --- one entry ---

    def _entry(self, entry: object, rules: _Rules, before: list[Part]) -> list[Part]:
        if isinstance(entry, Done):
            return self._done(entry, rules)
        if isinstance(entry, Break):
            return [Pause(time=entry.told.rest)] if entry.told.rest else []
        if isinstance(entry, Said):
            return self._said(entry)
        if isinstance(entry, Circuit):
            return self._circuit(entry, rules)
        if isinstance(entry, Rows):
            return self._rows(entry, rules)
        if isinstance(entry, About):
            self.about.append(entry.text)
        elif isinstance(entry, Again):
            self._again(entry, before)
        return []

    def _said(self, entry: Said) -> list[Part]:
        text = sentence(entry.text)
        time = entry.told.time if entry.told else None
        return (
            [Words(text=text, time=DurationRange(low_ms=time.high_ms, high_ms=time.high_ms) if time else None)]
            if text
            else []
        )

    def _done(self, entry: Done, rules: _Rules) -> list[Part]:
        told = replace(entry.told, remarks=[*entry.told.remarks, *entry.texts], notes=list(entry.told.notes))
        return self._moves(told, rules.told, rules)

    def _moves(self, told: Amounts, of_all: Amounts, rules: _Rules | None = None) -> list[Part]:
        if not told.says_how_long and not told.bare:
            if rules is not None:
                rules.used = True
            for key in ("time", "held", "breaths", "reps", "groups"):
                setattr(told, key, getattr(of_all, key))
            told.sides = told.sides or of_all.sides
        told.sets = told.sets or ("" if told.groups or told.rounds or of_all.rounds else of_all.sets)
        if (
            (told.sets or told.rounds or told.groups or len(told.reps) > 1)
            and not told.rest
            and not told.rest_between
        ):
            told.rest = of_all.rest
        return moves(told, self.language, bare_seconds=self.bare_seconds)

    def _again(self, entry: Again, before: list[Part]) -> None:
        """Repeats what stands above, but for a warm-up and the headings."""
        first = next(
            (
                index
                for index in range(len(before), 0, -1)
                if isinstance(before[index - 1], (Section, Repeat)) and not _is_sets(before[index - 1])
            ),
            0,
        )
        inside = before[first:]
        while len(inside) > 1 and (isinstance(inside[0], Words) or _is_warm_up(inside[0])):
            inside.pop(0)
            first += 1
        if not is_done(inside):
            self.lost(entry.line, f"“{entry.rounds} times”: what is repeated is not known")
        else:
            before[first:] = [Repeat(rounds=entry.rounds, parts=tuple(inside))]

    def _circuit(self, entry: Circuit, rules: _Rules) -> list[Part]:
        if is_called(entry.key, "emom"):
            return self._every_minute(entry.line, entry.key, entry.told, entry.inside, by_turns=False)
        if is_called(entry.key, "amrap") and entry.told.time:
            return [self._as_many(entry.told.time, entry.inside)]
        parts: list[Part] = []
        for told in entry.inside:
            if not told.name and told.rest and not told.distance:
                parts.append(Pause(time=told.rest))
            else:
                parts += self._moves(replace(told, notes=list(told.notes)), Amounts())
        title: list[Part] = [Section(title=spoken_name(entry.title))] if entry.title else []
        rounds = entry.told.rounds or entry.told.sets
        if rounds and rounds != "1":
            return [
                *title,
                Repeat(rounds=rounds, between=entry.told.rest or rules.between_rounds, parts=tuple(parts)),
            ]
        return [*title, *parts]

    def _rows(self, entry: Rows, rules: _Rules) -> list[Part]:
        table = read_table(entry.rows)
        timed = any(row.told.says_how_long or row.told.sets or row.told.bare for row in table.rows)
        if not table.rows or not timed:
            self.lost(entry.rows[0][0], "a table that says neither how long nor how often")
            return []
        for line, what in table.lost:
            self.lost(line, what)
        parts: list[Part] = []
        days = (replace(row, section=row.section or row.group) for row in table.rows)
        for heading, row in under_sections(days):
            parts += heading
            if rounds := _rounds_of(row.told):
                self._again(Again(row.line, rounds), parts)
            else:
                parts += row_as_parts(row, lambda told: self._moves(told, rules.told, rules), self.lost)
        return parts

    # --- rounds ---

    def _rounds(self, rules: _Rules) -> str:
        return rules.told.rounds if rules.told.rounds != "1" else ""

    def _repeated(self, parts: list[Part], rounds: str, rules: _Rules) -> list[Part]:
        between = rules.between_rounds or rules.told.rest or rules.between_exercises
        start = next((index for index, part in enumerate(parts) if not isinstance(part, Words)), len(parts))
        inside = parts[start:]
        if not is_done(inside):
            return parts
        if ends_with_rest(inside) and between is rules.between_exercises:
            between = None
        return [*parts[:start], Repeat(rounds=rounds, between=between, parts=tuple(inside))]


def _times(parts: Iterable[Part]) -> Iterator[DurationRange | None]:
    for part in parts:
        if isinstance(part, Repeat):
            yield part.between
            yield from _times(part.parts)
        elif isinstance(part, Move):
            yield from (part.time, part.held, part.rest, part.release)
        elif isinstance(part, (Pause, Words)):
            yield part.time


def _rounds_of(told: Amounts) -> str:
    """Of a row “Repeat 3-4 rounds”, or “Repeat | 10x”: how often what stands above is done."""
    if re.fullmatch(rf"\W*{any_of('repeat')}\W*", told.name, re.I):
        return told.rounds or told.sets or "".join(told.reps[:1])
    return "" if told.name else told.rounds


def _is_warm_up(part: Part) -> bool:
    return isinstance(part, Move) and is_called(part.name, "warm-up")


def _is_sets(part: Part) -> bool:
    return isinstance(part, Repeat) and len(part.parts) == 1


def _without_last_headings(parts: Sequence[Part]) -> list[Part]:
    """Nothing stands under a heading at the end."""
    found = [*parts]
    while found and isinstance(found[-1], Section):
        found.pop()
    return found
