"""The lines of a text → headings with what stands under them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import zip_longest

from voicecoach.language.imported import any_of
from voicecoach.routine.importers.amounts import amounts_in
from voicecoach.routine.importers.called import is_filler
from voicecoach.routine.importers.expressions import TIMES, Amounts, duration_of
from voicecoach.routine.importers.in_turn import in_turn
from voicecoach.routine.importers.lines import BOLD, COLON, LOADED, NUMBERED_PART, ROOT, Line
from voicecoach.routine.importers.nodes import About, Again, Break, Circuit, Done, Node, Rows, Said, is_missing, merge
from voicecoach.routine.importers.phrases import (
    circuit_in,
    is_exercise,
    is_prose,
    is_remark,
    may_be_name,
    minutes_of,
    names_the_whole,
    rounds_again,
    sentences_of,
    several,
    turns,
)  # fmt: skip

_NUMBERED_EXERCISE = re.compile(
    r"(?:[^\W\d]*øvelse|exercise|stretch|movement|pose|stilling)\s*(?:nr\.?|no\.?|#)?\s*\d{1,2}"
    r"(?:\s*[:.)–-]+\s+|\s*:?$)",
    re.I,
)
"""“Exercise 3: Bridge”."""
_SET_OF_LOAD = re.compile(
    r"(?P<load>\d{1,3}(?:[.,]\d{1,2})?\s*(?:kgs?|lbs?)?|body ?weight|BW)\s*[x×]\s*(?P<n>\d{1,3})(?!\s*[x×])\b", re.I
)
"""“80 kg x 8”: a set of the exercise that stands above."""
_WORK_AND_REST = re.compile(
    r"(?<![\d/])(?P<w>\d{2})\s*/\s*(?P<r>\d{2})\s*[x×]\s*(?P<n>\d{1,2})(?!\d)(?P<each>\s*(?:each|hver))?", re.I
)
"""“20/10 x 8”."""
_ASIDE = re.compile(
    r"//\s*|--\s+|@(?=[a-z]+:\s)|(?=time cap\b|tidsgrænse\b)|(?:source|video|link|youtube|demo|kilde)\W*$", re.I
)
_A_WHOLE_WORKOUT_MS = 240_000


def outline_of(lines: Iterable[Line]) -> Node:
    """The whole text as one node, its headings under it."""
    maker = _Maker()
    lines = list(lines)
    for index, (line, following) in enumerate(zip_longest(lines, lines[1:])):
        line.ends_block = following is None or following.after_blank
        if following is not None:
            following.ends_block = index + 2 >= len(lines) or lines[index + 2].after_blank
        if _heads(line, following, index == 0):
            line.level = BOLD
    for line, following in zip_longest(lines, lines[1:]):
        line.before_heading = following is not None and following.level is not None and line.after_blank
        maker.add(line)
    return maker.root


def _heads(line: Line, following: Line | None, first: bool) -> bool:
    """A short line before a list, as in plain text: “First pair”, “Warm-up (5 min)”."""
    if line.level is not None or line.item or line.cells or following is None or following.cells or following.level:
        return False
    if not (first or line.after_blank) or len(line.text.split()) > 9 or line.text.endswith((".", "!", ",")):
        return False
    if re.match(rf"(?:{any_of('meta')})\s*:\s+\S", line.text, re.I):
        return False
    if _is_day(line.text) and not following.after_blank:
        return True
    if following.ends_block and following.text.endswith(".") and not following.item:
        return False  # a sentence about what is named above it
    told, under = amounts_in(line.text), amounts_in(following.text)
    if minutes := minutes_of(line.text):
        inside = amounts_in(line.text[minutes.end() :])
        return not (inside.name and inside.says_how_long)
    if re.match(rf"{any_of('amrap')}(?!\w)", line.text, re.I):
        return True
    if following.item and (told.sets or told.reps) and re.search(any_of("superset"), line.text, re.I):
        return True
    if told.reps or told.sets or told.groups or told.breaths or told.rest or not (told.name or told.empty):
        return bool(told.rounds and (told.name or following.item)) and not re.search(r":\s+\S", line.text)
    if following.item:
        return not (told.time and following.after_blank and not first)
    return (
        told.empty
        and not following.after_blank
        and len(line.text.split()) <= 5
        and not re.match(r"\d", line.text)
        and is_exercise(under)
        and not is_prose(following.text)
    )


def _is_day(text: str) -> bool:
    """“Week 1, day 2”."""
    return bool(re.fullmatch(rf"(?:(?:{any_of('day')})[\s,:/–-]*)+", text, re.I))


def _tells_at_end(text: str) -> bool:
    """“Lean forward, back straight. Hold for 30 seconds.”"""
    first, *others = (amounts_in(part) for part in sentences_of(text))
    return first.empty and any(not told.empty and not told.name for told in others)


class _Maker:
    def __init__(self) -> None:
        self.root = Node("", ROOT, 1)
        self.path = [self.root]
        self.text_of: Done | Node | None = None
        """Whose instructions the next items are: they stood under “Form cues:”."""

    @property
    def node(self) -> Node:
        return self.path[-1]

    @property
    def last(self) -> Done | None:
        entry = self.node.entries[-1] if self.node.entries else None
        return entry if isinstance(entry, Done) else None

    def add(self, line: Line) -> None:
        if line.cells is not None:
            self._row(line)
        elif line.level is not None:
            self._heading(line.text, line.level, line.number)
        elif found := _ASIDE.match(line.text):
            self._aside(line, line.text[found.end() :])
        else:
            self._end_of_block(line)
            if not self._key_and_value(line):
                self._line(line)

    def _aside(self, line: Line, text: str) -> None:
        """“// Form first”, “@units: lbs”, a line that was nothing but a link."""
        if line.text.startswith("@"):
            self.root.entries.append(About(line.number, text))
        elif text:
            self.node.entries.append(Said(line.number, text))

    def _heading(self, text: str, level: int, number: int) -> None:
        self.text_of = None
        numbered = NUMBERED_PART.fullmatch(text.strip(" :"))
        told = amounts_in(re.sub(r"^[^(]*", "", text)) if numbered else amounts_in(text)
        told = Amounts() if _is_day(text) or re.fullmatch(r"#*\s*\w+ circuits\W*", text, re.I) else told
        if often := re.search(r"\(\s*[x×]\s*(\d{1,2})\s*\)\W*$|\(\s*(\d{1,2})\s*[x×]\s*\)\W*$", text):
            told.rounds, told.reps = often[1] or often[2], []
        if lasts := re.fullmatch(rf"(?:{any_of('amrap')})\W+(\d{{1,2}})\W*", text, re.I):
            told.time = duration_of(lasts[1], "min")
        if pair := _WORK_AND_REST.search(text):
            told.time, told.rest = duration_of(pair["w"], "s"), duration_of(pair["r"], "s")
            told.sets, told.rounds = (pair["n"], "") if pair["each"] else ("", pair["n"])
            told.reps, told.groups, told.sides = [], [], None
        if told.rest and not told.name and not told.says_how_long and not told.rounds:
            self._rest_as_heading(told, level, number)
            return
        again = re.search(
            rf"(?:{any_of('again')})\s*[x×]?\s*(\d{{1,2}})\s*(?:[x×]|{any_of('times')})?(?!\w)", text, re.I
        )
        if again and not told.rounds:
            told.rounds, told.reps = again[1], []
            told.name = amounts_in(text.replace(again.group(), "")).name
        while self.path[-1].level >= level and len(self.path) > 1:
            self.path.pop()
        measured = (
            told.rounds or told.sets or told.rest or told.time or told.held or (told.reps and told.reps != ["max"])
        )
        title = text.strip(" :")
        called = told.name if measured and not numbered and (told.name or told.rounds) else title
        if not called and level <= BOLD and not re.search(r"\d", first := re.split(r"\s*[-–—:(,]", title)[0]):
            called = first
        node = Node(title, level, number, told, called)
        self.node.children.append(node)
        self.path.append(node)

    def _rest_as_heading(self, told: Amounts, level: int, number: int) -> None:
        """“### Rest 2 min” stands between two circuits; “**Rest 1 min between rounds**” is of the one above."""
        if told.rest_between:
            told.line = number
            self.node.for_all.append(told)
        elif level > 6 or self.node.level < level or self.node.level == ROOT:
            self.node.entries.append(Break(number, told))
        else:
            while self.path[-1].level >= level and len(self.path) > 1:
                self.path.pop()
            alone = Node("", level, number)
            alone.entries.append(Break(number, told))
            self.node.children.append(alone)
            self.path.append(alone)

    def _row(self, line: Line) -> None:
        assert line.cells is not None
        self.text_of = None
        entry = self.node.entries[-1] if self.node.entries else None
        row = (line.number, line.cells)
        if isinstance(entry, Rows) and not line.after_blank:
            entry.rows.append(row)
        else:
            self.node.entries.append(Rows([row]))

    def _key_and_value(self, line: Line) -> bool:
        found = re.match(r"([\w][\w /()#'.,&+-]{1,40}?)\s*:(?:\s+(.*))?$", line.text)
        if not found:
            return False
        key, value = found[1].strip(), (found[2] or "").strip()
        keys = rf"(?:^|[\s,;|·•]+)(?=(?:{any_of('work-key')})\s*:\s)"
        pieces = [piece for piece in re.split(keys, line.text, flags=re.I) if piece and piece.strip()]
        if len(pieces) > 1 and all(":" in piece for piece in pieces):
            return all(self._key_and_value(replace(line, text=piece.strip(" ,;|"))) for piece in pieces)
        if re.fullmatch(any_of("text-key"), key, re.I):
            self._text(line, value)
            return True
        if value and self._is_of_whole(key, value):
            return self._meta(line)
        if value and re.fullmatch(any_of("work-key"), key, re.I):
            told = amounts_in(
                value
                if re.search(r"[^\W\d_]", value) and key.lower() not in ("rest", "pause", "hold")
                else f"{key} {value}"
            )
            if told.bare and not told.says_how_long:
                told = amounts_in(
                    f"{value} {key}"
                    if not re.fullmatch("hold|holdetid|time|tid|duration|varighed|work", key, re.I)
                    else f"{value} s"
                )
            if re.fullmatch("rest|pause", key, re.I) and told.time and not told.rest:
                told.rest, told.time = told.time, None
            self._for(line, told)
            return True
        if not value and not line.item and not re.search(r"[.!?]\s", key):
            self._heading(key, COLON, line.number)
            return True
        if value and (entries := in_turn(value, line.number) or self._one_by_one(value, line.number)):
            self._heading(key, COLON, line.number)
            self.node.entries += entries
            return True
        if value and self._told_after_name(line, key, value):
            return True
        if value and self._several(line, key, value):
            return True
        if value and not self._anything_done() and re.fullmatch(any_of("meta"), key, re.I):
            self.root.entries.append(About(line.number, f"{key}: {value}"))
            return True
        return bool(re.fullmatch(any_of("meta"), key, re.I)) and not amounts_in(value).reps and self._meta(line)

    def _told_after_name(self, line: Line, key: str, value: str) -> bool:
        """“Bridge: lift your hips. Hold for 5 seconds. Repeat 10 times.”"""
        if (
            line.item
            or len(key.split()) > 5
            or re.fullmatch(any_of("meta"), key, re.I)
            or amounts_in(key).says_how_long
        ):
            return False
        told = [amounts_in(part) for part in sentences_of(value)]
        if len(told) < 2 or not any(not each.empty for each in told) or _NUMBERED_EXERCISE.match(line.text):
            return False
        self.text_of = None
        self.node.entries.append(Done(line.number, Amounts(name=key), line.indent, line.item, line.label))
        self._prose(replace(line, after_blank=False, text=value))
        return True

    def _is_of_whole(self, key: str, value: str) -> bool:
        """“Duration: 20 min” above all exercises."""
        both = all(re.fullmatch(any_of(kind), key, re.I) for kind in ("meta", "work-key"))
        time = amounts_in(value).time if both and not self._anything_done() else None
        return bool(time and time.high_ms >= _A_WHOLE_WORKOUT_MS)

    def _meta(self, line: Line) -> bool:
        self.root.entries.append(About(line.number, line.text))
        return True

    def _anything_done(self) -> bool:
        return any(isinstance(entry, (Done, Rows, Circuit)) for node in self.root.walk() for entry in node.entries)

    def _text(self, line: Line, value: str) -> None:
        target = self.last
        self.text_of = target if target else self.node
        if value:
            self._say_of(self.text_of, line, value)

    def _say_of(self, target: Done | Node, line: Line, text: str) -> None:
        if isinstance(target, Done):
            target.texts.append(text)
        else:
            target.entries.append(Said(line.number, text))

    def _several(self, line: Line, key: str, value: str) -> bool:
        """“3 rounds of: 10 burpees, 20 lunges”, “Warm-up: 10 jacks, 10 squats”."""
        told = amounts_in(key)
        if told.says_how_long and told.reps and told.name and not minutes_of(key):
            return False
        if circuit := circuit_in(value):
            title = "" if told.says_how_long else key
            self.node.entries.append(replace(circuit, line=line.number, title=title))
            return True
        *before, last = sentences_of(value)
        rounds = rounds_again(last) if before else ""
        inside = several(" ".join(before) if rounds else value)
        if not inside and (told.rounds or minutes_of(key)) and (one := amounts_in(value)).name and one.says_how_long:
            inside = [one]
        if not inside:
            return False
        told.rounds = told.rounds or rounds
        title = told.name if told.name and not is_filler(told.name) else ""
        self.node.entries.append(Circuit(line.number, told, title, inside, key))
        return True

    def _end_of_block(self, line: Line) -> None:
        """A paragraph under “AMRAP 8 min:” ends it, as it began, with a blank line."""
        node = self.node
        if node.level < BOLD or not line.after_blank or line.item or len(node.entries) < 1 or node.loose:
            return
        rules = [node.told, *node.for_all]
        if any(told.rounds or told.time for told in rules) or re.match(any_of("tabata"), node.title, re.I):
            listed = all(entry.item for entry in node.entries if isinstance(entry, Done))
            if listed or len(node.entries) > 1:
                self.path[-1] = Node("", node.level, line.number)
                self.path[-2].children.append(self.path[-1])
                return
        node.loose = True

    def _line(self, line: Line) -> None:
        if found := _NUMBERED_EXERCISE.match(line.text):
            name = line.text[found.end() :].strip(" :.–-")
            told = amounts_in(name) if name else Amounts(name=found.group().strip(" :.–-"))
            self.node.entries.append(Done(line.number, told, line.indent, True))
            return
        text = line.text
        introduces = text.endswith(":") and not line.item
        if introduces and (amounts_in(text).rounds or re.match(rf"{any_of('amrap')}(?!\w)", text, re.I)):
            self._heading(text.rstrip(":"), COLON, line.number)
            return
        if self._set_of_load(line):
            return
        if introduces and is_remark(text):
            self.node.entries.append(Said(line.number, text.rstrip(":")))
            return
        if (minutes := minutes_of(text)) and self._every_minute(line, minutes):
            return
        if self.text_of is not None and (line.item or not line.after_blank):
            told = amounts_in(text)
            target = self.text_of
            if not (told.says_how_long and not told.name):
                self._say_of(target, line, text)
                return
        self.text_of = None
        if self._explains_above(line) or self._is_rule(line):
            return
        if self.node.title and not line.item and _tells_at_end(text):
            self._prose(line)
            return
        if entries := in_turn(text, line.number) or self._one_by_one(text, line.number):
            self.node.entries += entries
            return
        if self._explains_heading(line):
            self.node.entries.append(Said(line.number, text))
            return
        if line.name and self._bold_name(line):
            return
        if circuit := turns(text) or circuit_in(text):
            self.node.entries.append(circuit.at(line.number))
            return
        told_more = is_prose(text) and re.search(r"[.!?]\s", text)
        if inside := [] if told_more else several(text):
            for told in inside:
                done = Done(line.number, told, line.indent, line.item, line.label)
                self.node.entries.append(done if told.name else Break(line.number, told))
            return
        if rounds := rounds_again(text):
            self._again(line, rounds)
            return
        if self._intervals(line):
            return
        told = amounts_in(text)
        if not told.name or (told.rest and told.rest_between and not told.says_how_long and not told.sets):
            self._nameless(line, told)
        elif (
            self._goes_on(line, told)
            or (is_prose(text) and not line.item and not (told.sets or told.reps))
            or (is_prose(text) and not is_exercise(told))
            or (told.empty and not may_be_name(told.name, line))
        ):
            self._prose(line)
        elif is_exercise(told) or told.empty:
            self.node.entries.append(Done(line.number, told, line.indent, line.item, line.label))
        else:
            self._prose(line)

    def _one_by_one(self, text: str, line: int) -> list[Done | Circuit]:
        """“10 min easy, 6 x 1 min hard / 2 min easy, 10 min easy”."""
        entries: list[Done | Circuit] = []
        for piece in (piece for piece in re.split(r",\s+|;\s*|\s\+\s", text) if piece.strip()):
            circuit, told = turns(piece), amounts_in(piece)
            if not circuit and not (told.name and told.says_how_long):
                return []
            entries.append(circuit.at(line) if circuit else Done(line, told))
        return entries if len(entries) > 1 and any(isinstance(entry, Circuit) for entry in entries) else []

    def _explains_above(self, line: Line) -> bool:
        """“Roll your shoulders”, and under it “5 times forwards and 5 times back.”"""
        last = self.last
        if last is None or last.item or line.item or line.after_blank or not line.ends_block:
            return False
        if len(sentences_of(line.text)) > 1:
            return False
        told = amounts_in(line.text)
        if not (line.text.endswith(".") and last.told.empty and told.name and told.says_how_long):
            return False
        merge(last.told, told)
        last.texts.append(line.text)
        return True

    def _is_rule(self, line: Line) -> bool:
        """“30 s work, 15 s rest. 3 rounds.” in a paragraph of its own, after the warm-up."""
        told = [amounts_in(part) for part in sentences_of(line.text)]
        alone = line.after_blank and not line.item and self.last is not None and len(told) > 1
        if not alone or any(each.name or each.empty for each in told) or not any(each.rounds for each in told):
            return False
        self.node.children.append(Node("", BOLD, line.number))
        self.path.append(self.node.children[-1])
        for each in told:
            self._rule(line, each)
        return True

    def _intervals(self, line: Line) -> bool:
        """“HIIT: 8 exercises, 30 s work, 10 s rest, 2 rounds, 1 min rest between rounds”: of all, and names none."""
        told = amounts_in(line.text)
        if not (told.time and told.rest and names_the_whole(told.name)) or len(sentences_of(line.text)) > 1:
            return False
        for piece in re.split(rf"[,;]\s+(?=[^,;]*\b{any_of('between')}\b)", line.text):
            self._nameless(line, replace(amounts_in(piece), name=""))
        return True

    def _set_of_load(self, line: Line) -> bool:
        """“- 80 kg x 8” under “## Bench press”."""
        found = _SET_OF_LOAD.match(line.text) if line.item else None
        done = [entry for entry in self.node.entries if isinstance(entry, Done)]
        if not found or not (done or self.node.title) or any(isinstance(entry, Rows) for entry in self.node.entries):
            return False
        last = done[-1] if done else Done(line.number, Amounts(name=self.node.title))
        if not (last.told.empty or last.label == LOADED):
            return False
        name, texts = last.told.name, last.texts if last.told.empty else []
        if done and last.told.empty:
            self.node.entries.remove(last)
        told = amounts_in(line.text[found.end() :].replace("@", " "))
        told.remarks = [text for text in (told.name, *told.remarks, *texts) if text]
        told.name, told.load, told.reps = name, found["load"].strip(), [found["n"]]
        self.node.entries.append(Done(line.number, told, line.indent, True, LOADED))
        return True

    def _bold_name(self, line: Line) -> bool:
        """“- **Side plank** on the elbow, x 8”: what is bold is the name, what follows says how."""
        rest = line.text.removeprefix(line.name).strip() if line.text.startswith(line.name) else ""
        last = self.last
        if not rest or len(line.name.split()) > 8 or (last is not None and line.indent > last.indent and last.item):
            return False
        told, more = amounts_in(line.name), amounts_in(rest)
        if not told.empty or not told.name:
            return False
        more.remarks = [text for text in (more.name, *more.remarks) if text]
        more.name = told.name
        self.node.entries.append(Done(line.number, more, line.indent, True, line.label))
        return True

    def _every_minute(self, line: Line, found: re.Match[str]) -> bool:
        """“EMOM 10 min: 10 swings”, in one line."""
        before, after = line.text[: found.start()], line.text[found.end() :]
        inside = several(after) or [amounts_in(after)]
        if not all(told.name and told.says_how_long for told in inside):
            return False
        title = before.strip(" :–-")
        self.node.entries.append(Circuit(line.number, amounts_in(found.group()), title, inside, found.group()))
        return True

    def _explains_heading(self, line: Line) -> bool:
        """A sentence under “## Push-ups - 0:45”."""
        node = self.node
        says = node.level != ROOT and node.told.says_how_long and not node.told.rounds
        if re.search(rf"{any_of('amrap')}|{any_of('emom')}", node.title, re.I):
            return False
        if not says or line.item or any(isinstance(entry, Done) for entry in node.entries):
            return False
        told = amounts_in(line.text)
        return bool(told.name) and (line.text.endswith((".", "!")) or told.empty)

    def _goes_on(self, line: Line, told: Amounts) -> bool:
        """A line under an exercise that says how it is done."""
        last = self.last
        if last is None or (
            told.says_how_long
            and told.name
            and is_exercise(told)
            and not is_prose(line.text)
            and not (
                line.indent > last.indent and line.item and last.told.says_how_long and len(told.name.split()) > 5
            )
        ):
            return False
        if line.item:
            return (
                line.indent > last.indent
                and last.item
                and (last.told.says_how_long or is_prose(line.text) or told.empty)
            )
        if told.bare and told.name and len(line.text.split()) <= 5 and line.text[-1].isdigit():  # “Push-ups 15”
            return False
        return not line.after_blank and (last.told.says_how_long or is_prose(line.text) or not told.empty)

    def _again(self, line: Line, rounds: str) -> None:
        if any(isinstance(entry, (Done, Rows, Circuit, Break)) for entry in self.node.entries):
            self.node.entries.append(Again(line.number, rounds))
        else:
            self.node.for_all.append(Amounts(rounds=rounds))

    def _nameless(self, line: Line, told: Amounts) -> None:
        if told.empty and not told.notes and not told.load:
            if re.search(r"[^\W\d_]", line.text) and len(line.text.split()) > 1:
                self._prose(line)
            return
        if told.rest and not told.says_how_long and not told.sets and not told.rounds:
            last = self.last
            under = last is not None and line.item and line.indent > last.indent
            if (under and last is not None and last.told.rest is None and told.rest_between in ("", "sets")) or (
                told.rest_between == "sets" and last is not None and self._is_block(last, line)
            ):
                last.told.rest = told.rest
            elif told.rest_between:
                self._rule(line, told)
            else:
                self.node.entries.append(Break(line.number, told))
            return
        if told.distance:
            self.node.entries.append(Done(line.number, told, line.indent, line.item, line.label))
            return
        self._for(line, told)

    def _is_block(self, last: Done, line: Line) -> bool:
        """An exercise whose lines follow one another: “Squats”, “3 sets of 8”, “Rest 90 s between sets”."""
        return not last.item and not line.after_blank and last.line < line.number - 1 and last.told.rest is None

    def _for(self, line: Line, told: Amounts) -> None:
        """A line that says how long or how often, and not what."""
        last = self.last
        if (
            last is not None
            and not (line.after_blank and last.told.says_how_long and not line.item)
            and is_missing(last.told, told)
        ):
            merge(last.told, told)
        else:
            self._rule(line, told)

    def _rule(self, line: Line, told: Amounts) -> None:
        """A rule is for its heading; for all of them, if a new one begins under it."""
        for_all = line.before_heading and self.node.level >= BOLD and (self.node.entries or not self.node.title)
        told.line = line.number
        (self.path[-2] if for_all else self.node).for_all.append(told)

    def _prose(self, line: Line) -> None:
        """Sentences: what they say of how long and how often is taken, the rest is said."""
        last, kept = self.last, []
        if last is not None and not last.item and last.told.empty and line.after_blank and self.node.title:
            last = None
        for part in sentences_of(line.text):
            told = amounts_in(part)
            target = last.told if last else None
            if not told.empty and not told.name and target is not None and is_missing(target, told):
                merge(target, told)
            elif not told.empty and not told.name and last is None:
                told.line = line.number
                self.node.for_all.append(told)
            else:
                kept.append(part)
                sides = rf"(?:\s+{any_of('each')}\s+{any_of('sides')})?"
                lasts = re.search(rf"(?<!\w)(?:for|i)\s+{TIMES}{sides}\W*$", part, re.I)
                if told.time and lasts and target is not None and not (target.says_how_long or target.sets):
                    target.time, target.sides = told.time, target.sides or told.sides
                    target.limb = target.limb or told.limb
                if told.held and target is not None and not (target.held or target.time):
                    target.held = told.held
        if not kept:
            return
        text = " ".join(kept)
        if last is not None and (not line.after_blank or line.indent > last.indent or not last.texts):
            last.texts.append(text)
        else:
            told = amounts_in(text)
            self.node.entries.append(Said(line.number, text, told if told.time and not is_prose(text) else None))
