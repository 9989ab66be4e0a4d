"""How long and how often, in one line: sets, repetitions, times, breaths, distances."""

from __future__ import annotations

import re

from voicecoach.language.imported import any_of
from voicecoach.routine.importers.expressions import (
    COUNT,
    FAR,
    GAP,
    LONGEST_HELD_MS,
    NUMBER,
    SHORT,
    TIME,
    TIMES,
    UNIT,
    Amounts,
    Unread,
    duration_of,
    pattern,
    plain_count,
    word,
)


def take_breaths(line: Unread, told: Amounts) -> None:
    held = rf"(?:{word('hold')}\s*(?:for\s+|i\s+|each\s+|:\s*)*)?"
    if found := line.take(pattern(rf"{held}(?:for\s+|i\s+)?(?P<n>{COUNT})\s*{word('breaths')}")):
        told.breaths = plain_count(found["n"])


def take_distances(line: Unread, told: Amounts) -> None:
    """A lone m is a minute up to nine of them, where nobody goes anywhere."""
    travels = pattern(word("travel")).search(line.text)
    for found in pattern(
        rf"(?<![\d:.,/])(?P<n>{NUMBER}(?:\s*[-–/]\s*{NUMBER})?)\s*(?P<u>{any_of('distance')})(?!\w)"
    ).finditer(line.text):
        unit, number = found["u"], float(re.split(r"\s*[-–/]", found["n"])[0].replace(",", "."))
        if unit == "m" and number < 10 and not (travels and number > 2):
            continue
        told.distance = f"{found['n']} {unit}"
        line.text = f"{line.text[: found.start()]}{FAR}{line.text[found.end() :]}"
        break


def take_sets(line: Unread, told: Amounts) -> None:
    value = (
        rf"(?:(?P<time>{TIMES})|(?P<max>{any_of('max')})(?!\w)|(?P<far>{FAR})|(?P<breath>{GAP}(?=\W*$))"
        rf"|(?P<reps>{COUNT}(?:\s*[,/]\s*{COUNT}(?!\s*(?:{any_of('sides')}|[x×]|{UNIT})))*)(?!\d|\s*[x×]\s*\d+\s*{any_of('sets')}))"
    )
    by = rf"\s*(?:{any_of('sets')}(?!\w)\.?\s*(?:[x×*@,:/–-]|\b{any_of('of')}(?!\w))?|[x×*])\s*\(?\s*"
    expression = pattern(
        rf"(?<![\w.,:/])(?P<sets>{SHORT}){by}{value}"
        rf"(?:\s*(?:slow )?{word('reps')}|\s*{any_of('every-one')}(?=\s*{any_of('reps')}))?"
    )
    groups = []
    while found := line.take(expression):
        what = found["time"] or ("max" if found["max"] else "") or (found["reps"] or "")
        if found["far"]:
            what = FAR
        groups.append((plain_count(found["sets"]), what))
        told.counted = told.counted or bool(re.search(rf"(?:{any_of('reps')})(?!\w)", found.group(), re.I))
        if found["time"]:
            _rest_beside(line, told)
    if len(groups) == 1:
        told.sets = groups[0][0]
        _done(groups[0][1], told)
    elif groups:
        told.groups = groups
    if not groups:
        _sets_after(line, told)


def _done(what: str, told: Amounts) -> None:
    """What is done in each set."""
    if re.fullmatch(TIMES, what, re.I):
        told.time = duration_of(what)
    elif what and what != FAR:
        counts = re.split(r"\s*[,/]\s*", what)
        told.reps = ["max"] if what == "max" else [plain_count(count) for count in counts]
        told.notes += [f"{count}" for count in counts if count.endswith("+")]


def _sets_after(line: Unread, told: Amounts) -> None:
    """“30s x 3”, “10 reps x 3 sets”, “3 sets”, “Sets: 3”."""
    done = rf"(?:(?P<time>{TIMES})|(?P<reps>{COUNT})(?:\s*{word('reps')})?)"
    sets = any_of("sets")
    found = line.take(
        pattern(
            rf"(?<![\w.,:]){done}\s*(?:[x×*,]|\bfor\b)\s*(?P<sets>{SHORT})\s*(?:{sets}|{any_of('rounds')}|{any_of('times')})(?!\w)"
        )
    ) or line.take(
        pattern(
            rf"(?<![\w.,:])(?P<time>{TIMES})\s*(?:hold\s*)?[x×*]\s*(?P<sets>{SHORT})(?![\w.,]*\d|\s*{any_of('reps')})"
        )
    )
    written = rf"(?<![\w.,:])(?P<reps>{COUNT})\s*{word('reps')}\s*[x×]\s*(?P<sets>{SHORT})(?![\w.,]*\d)"
    if not found and (counted := line.take(pattern(written))):  # “15 reps x 2”
        told.sets, told.reps = plain_count(counted["sets"]), [plain_count(counted["reps"])]
    elif found:
        told.sets = plain_count(found["sets"])
        _done(found["time"] or found["reps"], told)
    elif found := line.take(
        pattern(rf"(?<![\w.,:/])(?P<sets>{SHORT})\s*{sets}(?!\w)(?:\s+(?:of|for|á|af)\b)?")
    ) or line.take(pattern(rf"(?<!\w){sets}\s*[:=]?\s*(?P<sets>{SHORT})(?![\w:.,]|\s*[x×])")):
        told.sets = plain_count(found["sets"])
    elif (
        found := line.take(
            pattern(rf"(?<![\w.,:/])(?:[x×]\s*)?(?P<n>{SHORT})\s*[x×]?\s*{word('rounds')}(?:\s+(?:of|af))?")
        )
    ) or (found := line.take(pattern(rf"(?<!\w){any_of('rounds')}\s*[:=]?\s*[x×]?\s*(?P<n>{SHORT})(?![\w:.,])"))):
        told.rounds = plain_count(found["n"])
    elif found := line.take(pattern(rf"(?<!\w)[x×]\s*(?P<n>{SHORT})(?=\s+{TIMES})")):
        told.sets = plain_count(found["n"])


def _rest_beside(line: Unread, told: Amounts) -> None:
    """`/ 15s` after a time."""
    if not told.rest and (found := line.take(pattern(rf"(?<={GAP})\s*/\s*(?P<r>{TIMES})"))):
        told.rest = duration_of(found["r"])


def take_holds(line: Unread, told: Amounts) -> None:
    hold = word("hold")
    filler = (
        r"(?:\s*(?:this|denne|the|each|every|one|position|positionen|stretch|pose|stillingen|strækket|øvelsen|hver|den|it"
        r"|at|top|end|i|in|for|about|mindst|til)\b)*\s*:?\s*"
    )
    found = line.take(pattern(rf"{hold}{filler}(?P<t>{TIMES})(?:\s*(?:each|hver)(?=\W*$))?")) or line.take(
        pattern(rf"(?P<t>{TIMES})\s*(?:iso(?:metric)?\s*)?(?:{hold})")
    )
    if found:
        told.held = duration_of(found["t"])
    elif told.time and line.take(pattern(rf"(?<={GAP})\s*{hold}")):
        told.held, told.time = told.time, None


def take_times(line: Unread, told: Amounts) -> None:
    if told.time or told.held:
        _rest_beside(line, told)
    moving = r"(?!\s*(?:squeeze|pause|down|up|lower\w*|eccentric|count|descent|negative|incline|ned|op)\b)"
    if not told.time and not told.held and (pair := line.take(pattern(rf"(?P<w>{TIMES})\s*/\s*(?P<r>{TIMES})"))):
        told.time, told.rest = duration_of(pair["w"]), told.rest or duration_of(pair["r"])
        return
    counted = bool(told.reps or told.groups)
    if not counted and not told.time and not told.held and not told.sets:
        row = line.take(pattern(rf"(?P<t>{TIMES}(?:\s*[,/–-]\s*{TIMES}){{2,15}})"))
        if row:
            told.groups = [("1", time.group()) for time in pattern(TIME).finditer(row["t"])]
            return
        if rising := line.take(pattern(rf"(?<![\w.,:/-])(?P<n>\d{{1,3}}(?:[-–/]\d{{1,3}}){{2,15}})\s*(?P<u>{UNIT})")):
            told.groups = [("1", f"{number} {rising['u']}") for number in re.findall(r"\d+", rising["n"])]
            return
    if (
        counted
        and not told.rest
        and (found := line.take(pattern(rf"(?:/|\||,|;|{GAP})\s*\(?\s*(?P<r>{TIMES})(?=\W*$)")))
    ):
        told.rest = duration_of(found["r"])
    elif (
        not counted
        and not told.time
        and (found := line.take(pattern(rf"(?:\bfor\s+|\bi\s+)?(?P<t>{TIMES}){moving}")))
    ):
        told.time = duration_of(found["t"])


def take_reps(line: Unread, told: Amounts) -> None:
    if told.reps or told.groups:
        return
    reps, times = word("reps"), word("times")
    one = r"\d{1,4}(?:-\d{1,4})?"  # in which no list can hide
    several = rf"(?:{one}(?:\s*[,/]\s*{one}){{2,15}}|\d{{1,4}}(?:-\d{{1,4}}){{2,15}})(?!\s*[,/-]\s*\d)"
    counted = (
        line.take(pattern(rf"(?<![\w.,:/])(?P<n>{COUNT})\s*[x×](?=\W*(?:$|{GAP}))"))
        or line.take(pattern(rf"(?<![\w.,:/])(?P<n>{several})(?:\s*{reps})?(?![\w/])"))
        or line.take(
            pattern(
                rf"(?<![\w.,:/])(?P<n>{COUNT})\s*(?:x\s*)?(?:(?:slow|controlled|rolige|langsomme|total)\s+)?{any_of('reps')}(?!\w)"
            )
        )
        or line.take(pattern(rf"{reps}\s*[:=x]?\s*(?P<n>{COUNT})(?![\w:.])"))
        or line.take(pattern(rf"(?<!\w)[x×]\s*(?P<n>{COUNT})(?![\w:.,]*\d|\s*{UNIT})"))
    )
    if counted and (told.time or told.held or told.breaths) and not told.sets and re.match("[x×]", counted.group()):
        told.sets = plain_count(counted["n"])
        return
    daily = r"(?!\s*(?:(?:a|per|om|pr\.?|each|every|i|hver|/)\s*(?:day|dagen|week|ugen?|uge|dag)\b|daily|dag\w*))"
    lead = rf"^\W*(?P<n>{COUNT})(?=\s+(?:[^\W\d]|{GAP}))(?!\s+{any_of('sides')}\b)"
    again = None if counted else line.take(pattern(rf"(?<![\w.,:/])(?P<n>{COUNT})\s*{times}{daily}"))
    if counted:
        separator = r"\s*[,/]\s*" if re.search("[,/]", counted["n"]) else "-"
        many = len(re.findall(r"\d+", counted["n"])) > 2
        told.counted = bool(re.search(any_of("reps"), counted.group(), re.I))
        told.reps = [plain_count(count) for count in (re.split(separator, counted["n"]) if many else [counted["n"]])]
        told.notes += [counted["n"]] if counted["n"].endswith("+") else []
    elif again and not (told.held or told.time) and (first := line.take(pattern(lead))):
        told.reps, told.sets = [plain_count(first["n"])], told.sets or plain_count(again["n"])
    elif again:
        told.again = True
        held = told.held or told.time
        if held and held.high_ms > LONGEST_HELD_MS:
            told.sets = told.sets or plain_count(again["n"])
        else:
            told.reps = [plain_count(again["n"])]
            told.held, told.time = held, None
    elif line.take(pattern(word("max"))):
        told.reps = ["max"]
    elif not told.time and not told.held and not told.breaths and FAR not in line.text:
        first = line.take(pattern(rf"\(\s*(?P<n>{COUNT})(?={_each_side()})")) or line.take(pattern(lead))
        told.reps = [plain_count(first["n"])] if first else []
    if not told.reps and not told.says_how_long:
        _reps_of_sides(line, told)


def _reps_of_sides(line: Unread, told: Amounts) -> None:
    """“10/side”, “8 each leg”."""
    if found := line.take(pattern(rf"(?<![\w.,:/])(?P<n>{COUNT})(?={_each_side()})")):
        told.reps = [plain_count(found["n"])]


def _each_side() -> str:
    return (
        rf"(?:\s*/\s*(?:{any_of('sides')}|s)\b|\s*\b{any_of('each')}\s+{any_of('sides')}\b"
        rf"|\s*{any_of('every-one')}(?!\w)|\s*{any_of('each-direction')})"
    )


def take_bare(line: Unread, told: Amounts) -> None:
    if not told.says_how_long:
        found = line.take(pattern(r"(?:(?<=\s)|(?<=[:|=]))(?P<n>\d{1,4}(?:\s*[-–]\s*\d{1,4})?)(?=\W*$)"))
        told.bare = plain_count(found["n"]) if found else ""
