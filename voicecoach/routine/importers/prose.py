"""Markdown and plain text, as people write and paste workouts, → workouts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from voicecoach.language.imported import any_of, language_of, said_as
from voicecoach.model import LANGUAGES, Language
from voicecoach.routine.importers.blocks import Reader, does_something, is_skipped
from voicecoach.routine.importers.clean import spoken_name
from voicecoach.routine.importers.expressions import Amounts
from voicecoach.routine.importers.lines import ROOT, lines_of
from voicecoach.routine.importers.moves import is_done
from voicecoach.routine.importers.nodes import Break, Done, Node
from voicecoach.routine.importers.outline import outline_of
from voicecoach.routine.importers.timestamps import read_timestamps
from voicecoach.routine.importers.titled import first_line, title_of
from voicecoach.routine.importers.workout import Imported, Source


def read(source: Source) -> Imported:
    head, lines = lines_of(source.text)
    text = "\n".join(line.text or " ".join(line.cells or []) for line in lines)
    written = head.get("language", head.get("lang", ""))[:2]
    language = written if written in LANGUAGES else language_of(text)
    bare_seconds = bool(re.search(rf"^\W*{any_of('rest')}\W+\d{{1,3}}\s*$", text, re.M | re.I))
    if timed := read_timestamps(lines, source, language):
        return timed
    first = first_line(lines) if not head.get("title") else ""
    root = outline_of(lines)
    _name_work(root, language)
    reader = Reader(language, bare_seconds)
    title = head.get("title") or first or title_of(root) or spoken_name(source.name)
    chosen = list(_workouts(root, title))
    found = [reader.workout(node, name) for node, name in chosen]
    reader.tell_left(root, [node for node, _ in chosen])
    return Imported(
        workouts=tuple(workout for workout in found if is_done(workout.parts)), losses=tuple(reader.told())
    )


def _name_work(root: Node, language: Language) -> None:
    """“20 s on / 10 s off”, and nothing that says what: work is what it is called."""
    if any(does_something(node) for node in root.walk()):
        return
    name = said_as("1 work", language).partition(" ")[2]
    for node in root.walk():
        intervals = [told for told in node.for_all if told.time and told.rest and not told.name]
        node.for_all = [told for told in node.for_all if not any(told is each for each in intervals)]
        for told in intervals:
            rounds = told.rounds or told.sets
            if rounds or len(intervals) == 1:
                others = [each for each in node.for_all if each.rounds]
                told.sets, told.rounds = rounds or (others[0].rounds if others else ""), ""
                for each in others[:1]:
                    node.for_all.remove(each)
            done = replace(told, name=name, rest=told.rest if told.sets else None)
            node.entries.append(Done(told.line, done))
            if not told.sets:
                node.entries.append(Break(told.line, Amounts(rest=told.rest)))
        node.entries.sort(key=lambda entry: entry.line)


def _workouts(root: Node, title: str) -> Iterator[tuple[Node, str]]:
    """The whole, or each of its days."""
    days = [node for node in root.walk() if node.level != ROOT and _is_day(node) and does_something(node)]
    inner = [day for day in days if not any(other is not day and other in list(day.walk()) for other in days)]
    if len(inner) < 2:
        yield root, title
        return
    above = {id(below): node for node in root.walk() for below in node.walk() if below is not node and node in days}
    others = [node for node in root.children if not any(day in list(node.walk()) for day in inner)]
    for node in others:
        if does_something(node) and not is_skipped(node):
            yield node, f"{title}: {node.title}"
    for node in inner:
        outer = above.get(id(node))
        name = f"{outer.title}, {node.title}" if outer is not None and outer is not node else node.title
        yield node, f"{title}: {name}" if title and title.lower() not in name.lower() else name


def _is_day(node: Node) -> bool:
    return bool(re.match(rf"\W*(?:{any_of('day')})(?!\w)", node.title, re.I)) and not node.told.says_how_long
