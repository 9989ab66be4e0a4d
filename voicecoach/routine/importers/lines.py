"""The lines of Markdown, or of plain text that people paste: headings, items, rows, each without its marks.

Line by line: what is pasted is rarely sound Markdown, and a table or a list of it lacks its beginning.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from voicecoach.language.imported import any_of
from voicecoach.routine.importers.clean import as_markdown, cleaned, without_hidden
from voicecoach.routine.importers.table import cells_of

MINUTE = "minute"
"""The label of “Min 1: 12 swings”."""
LOADED = "loaded"
"""The label of “80 kg x 8”."""
BOLD, COLON, ROOT = 7, 8, 0
"""Levels of headings that are none in Markdown, and of the whole text."""
_BULLET = re.compile(
    r"\s*(?:[-*+•–—·▪‣◦●○►▸➤→]\s+|\(?(?P<n>\d{1,2})[.)]\)?\s+|\d\ufe0f?\u20e3\s*|\(?(?P<label>[A-Za-z]\d{0,2})[.):]\s+"
    r"|\d{1,2}(?=[A-ZÆØÅ][a-zæøå]{2})|(?P<pair>[A-H]\d)\s*[-–:.]?\s+|#\d{1,2}\s+)"
)
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s*(?=[^#\s])(.*?)\s*#*\s*$")
_BOLD_LINE = re.compile(r"\s*(?:>\s*)?(\*\*|__)(?!\s)([^*_]+)\1\s*:?\s*(?:\\|<br\s*/?>)?\s*$")
NUMBERED_PART = re.compile(
    r"(?:set|round|circuit|block|part|section|superset|runde|blok|del|sæt|cirkel|station)\s*#?(?:\d{1,2}|[A-F])\b"
    r"\s*(?:\(.*\))?",
    re.I,
)
"""“Set 2” is a heading, and says no number of sets."""
_LEADS = re.compile(r"\s*(\*\*|__)(?!\s)([^*_]{2,80}?)(?<!:)\1(?!\s*:)")
"""A name in bold, at the beginning of an item."""
_LONGEST_LINE = 4000


@dataclass(slots=True)
class Line:
    number: int
    text: str
    """Without its marks."""
    level: int | None = None
    """Of a heading."""
    item: bool = False
    indent: int = 0
    label: str = ""
    """`A1` of a pair."""
    cells: list[str] | None = None
    """Of a row of a table."""
    after_blank: bool = False
    before_heading: bool = False
    ends_block: bool = False
    """A blank line follows, or nothing."""
    name: str = ""
    """Of an item that begins with bold words: those."""


def lines_of(text: str) -> tuple[dict[str, str], list[Line]]:
    """The front matter, and all lines that say something."""
    raw = as_markdown(without_hidden(text)).splitlines()
    head, start = _front_matter(raw)
    found: list[Line] = []
    blank = False
    for number, line in enumerate(raw[start:], start + 1):
        if not line.strip() or re.fullmatch(r"\s*(?:```.*|~~~.*|[-*_=]{3,}|\|?[\s:|-]+\|[\s:|-]*)\s*", line):
            if re.fullmatch(r"\s*(?:={3,}|-{3,})\s*", line) and found and not blank and _may_be_heading(found[-1]):
                found[-1].level = 1 if "=" in line else 2
            blank = blank or not line.strip() or "|" not in line
            continue
        made = _line(number, line[:_LONGEST_LINE])
        if made.text or made.cells:
            made.after_blank, blank = blank, False
            found.append(made)
    return head, found


def _front_matter(raw: list[str]) -> tuple[dict[str, str], int]:
    if not raw or raw[0].strip() != "---":
        return {}, 0
    end = next((index for index, line in enumerate(raw[1:200], 1) if line.strip() in ("---", "...")), None)
    if end is None:
        return {}, 0
    pairs = (line.partition(":") for line in raw[1:end] if ":" in line and not line.startswith((" ", "-")))
    return {key.strip().lower(): cleaned(value).strip("\"' ") for key, _, value in pairs}, end + 1


def _may_be_heading(line: Line) -> bool:
    return line.level is None and not line.item and not line.cells and len(line.text) < 80


def _line(number: int, raw: str) -> Line:
    quoted = re.sub(r"^\s*(?:>\s?)+", "", raw)
    indent = len(quoted.expandtabs(4)) - len(quoted.expandtabs(4).lstrip())
    if quoted.lstrip().startswith("|") or quoted.count("|") > 1 or "\t" in quoted.strip():
        cells = cells_of(quoted)
        if len(cells) > 1:
            return Line(number, "", cells=[cleaned(cell) for cell in cells], indent=indent)
    if heading := _HEADING.match(quoted):
        bare = re.sub(r"^(?:\d{1,2}[.)]|[A-Z]\d?[.):])\s+", "", cleaned(heading[2]))
        return Line(number, bare, level=len(heading[1]))
    if bold := _BOLD_LINE.match(quoted):
        bare = re.sub(r"^(?:\d{1,2}[.)])\s+", "", cleaned(bold[2]))
        return Line(number, bare.rstrip(": "), level=BOLD)
    text, item, label = quoted, False, ""
    for _ in range(2):
        if not (bullet := _BULLET.match(text)):
            break
        text, item = text[bullet.end() :], True
        label = label or bullet["pair"] or bullet["label"] or ""
    plain = cleaned(text)
    numbered = rf"{any_of('minute')}\.?\s*\d{{1,2}}(?:\s*[-–,&/]\s*\d{{1,2}})*"
    parity = rf"(?:odd|even|ulige|lige)(?:\s+{any_of('minute')}\w*)?"
    if minute := re.match(rf"(?:{numbered}|{parity})\s*[:–-]\s+", plain, re.I):
        return Line(number, plain[minute.end() :], item=True, indent=indent, label=MINUTE)
    if plain.endswith(":") and re.search(r"https?://|www\.", text):
        plain = ""
    label = label if re.fullmatch(r"[A-H]\d", label) else ""
    loud = plain.isupper() and len(plain) > 2
    shouts = loud and (not re.search(r"\d", plain) or bool(re.search(rf"\d\s*{any_of('rounds')}", plain, re.I)))
    if not item and (shouts or NUMBERED_PART.fullmatch(plain.rstrip(":"))) and len(plain) < 60:
        return Line(number, plain.rstrip(":"), level=BOLD)
    leads = _LEADS.match(text) if item else None
    name = cleaned(leads[2]).strip(" :") if leads else ""
    return Line(number, plain, item=item, indent=indent, label=label, name=name)
