"""What a text is called: its first line, or the heading above all others."""

from __future__ import annotations

import re

from voicecoach.language.imported import any_of
from voicecoach.routine.importers.amounts import amounts_in
from voicecoach.routine.importers.expressions import TIMES, Amounts
from voicecoach.routine.importers.lines import Line
from voicecoach.routine.importers.moves import is_called
from voicecoach.routine.importers.nodes import About, Circuit, Done, Node, Rows, Said


def first_line(lines: list[Line]) -> str:
    """What a plain text is called, in its first line; that line is then no exercise."""
    if (
        len(lines) < 3
        or lines[0].text.startswith(("@", "//"))
        or lines[0].level is not None
        or lines[0].item
        or lines[0].cells
    ):
        return ""
    line, told = lines[0], amounts_in(lines[0].text)
    words = len(line.text.split())
    below = amounts_in(lines[1].text)
    if not below.name and (below.says_how_long or below.sets) and not lines[1].after_blank:
        return ""
    called = bool(re.search(rf"(?<!\w)(?:{any_of('title-word')})(?!\w)", line.text, re.I))
    short = words <= 12 and not re.search(r"[.:,]$", line.text) and not is_called(line.text, "emom")
    alone = lines[1].after_blank or (told.empty and not lines[1].item)
    section = is_called(line.text, "warm-up")
    if re.match(r"[\w ]{2,20}:\s", line.text):
        return ""
    if called and lines[1].after_blank:  # “5 exercises for the back”
        told.reps = []
    whole = _is_total(told, lines) or _is_in_brackets(line.text, lines) or (called and (alone or not told.name))
    if short and not section and not told.reps and ((alone and told.empty) or whole):
        lines.pop(0)
        return line.text
    return ""


def _is_in_brackets(text: str, lines: list[Line]) -> bool:
    """“Morning mobility (10 min)” over exercises that say how often."""
    said = sum(amounts_in(line.text).says_how_long for line in lines[1:])
    return bool(re.search(rf"\(\s*{TIMES}\s*\)$", text, re.I)) and said > 2


def _is_total(told: Amounts, lines: list[Line]) -> bool:
    """Whether the time of the first line is that of all others together."""
    if not told.time or told.sets or told.rest or told.time.high_ms < 240_000:
        return False
    total_ms = 0
    for line in lines[1:40]:
        each = amounts_in(line.text)
        if time := each.time or each.held:
            sets = int((each.sets or "1").split("-")[0])
            total_ms += time.high_ms * sets * (2 if each.sides == "both" else 1)
    return 0.5 * told.time.low_ms <= total_ms <= 1.5 * told.time.high_ms


def title_of(root: Node) -> str:
    """The first heading above all others, if there is one; its text is then no section."""
    for node in root.children[:1]:
        others = [other for other in root.children[1:] if other.level <= node.level]
        alone = not others and (node.children or not node.told.says_how_long)
        bare = not node.children and not any(isinstance(entry, (Done, Rows, Circuit)) for entry in node.entries)
        if (alone or (bare and not node.told.says_how_long and not node.for_all)) and node.level <= 8:
            node.called = ""
            return node.title
    if not root.children or root.entries:
        first = next((entry for entry in root.entries if not isinstance(entry, About)), None)
        if (
            isinstance(first, Done)
            and not first.item
            and first.told.empty
            and first.line < 4
            and not any(rule.line and rule.line < first.line for rule in root.for_all)
            and len(root.entries) + len(root.children) > 1
        ):
            root.entries.remove(first)
            for text in reversed(first.texts):
                root.entries.insert(0, Said(first.line, text))
            return first.told.name
    return ""
