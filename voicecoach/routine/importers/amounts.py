"""What one line says beside a name: sets, repetitions, times, rests, sides, loads. “Plank 3x30s / 15s”, “3 sæt á 10”.

Each expression that is understood is taken out of the line; what is left is the name, and remarks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache

from voicecoach.language.imported import any_of, limbs, number_words
from voicecoach.model import DurationRange
from voicecoach.routine.importers.workout import Sides
from voicecoach.units import MAX_DURATION_MS, DurationFormatError, parse_duration_range

_GAP, _FAR = "\ue000", "\ue001"
"""Stand where something, and where a distance, was taken out; no text has them."""
_NUMBER = r"\d{1,5}(?:[.,]\d{1,2})?"
_UNIT = (
    r"(?:(?:hours?|hrs?|h|timer?|minutes?|minutters?|minuts?|mins?|m|seconds?|secs?|sekunders?|sekunds?|sek|s)"
    r"(?![^\W\d_])\.?|(?:\"|″|'{1,2})(?!\s*(?:box|step|plyo)))"
)
_PART = rf"{_NUMBER}\+?\s*-?\s*{_UNIT}"
_CLOCK = r"(?<![\d:])(?:\d{1,2}:)?\d{0,2}:\d{2}(?![\d:])"
_TIME = rf"(?:{_CLOCK}|{_PART}(?:\s*(?:and|og)?\s*{_PART}|(?<=[hm])\d{{1,2}}(?!\d))?)"
_TO = r"\s*(?:-|–|—|\bto\b|\btil\b|\bor\b|\beller\b)\s*"
_ABOUT = r"(?:(?:ca\.?|about|approx\.?|around|cirka|omkring|~|≈)\s*)?"
TIMES = rf"{_ABOUT}(?:(?:{_TIME}|{_NUMBER}){_TO})?{_TIME}\+?"
"""A time, or a range of it."""
_COUNT = r"\d{1,4}(?:(?:\s*[-–—]\s*|\s+(?:to|til)\s+)\d{1,4})?\+?"
_SHORT = r"\d{1,2}(?:\s*[-–—]\s*\d{1,2})?"
_LONGEST = 300
"""So much of a line is looked at; what comes after it is a remark."""
LONGEST_HELD_MS = 15_000
"""A repetition that is held is held no longer; what is held longer is a set."""


@dataclass(slots=True)
class Amounts:
    """All that one line says."""

    name: str = ""
    remarks: list[str] = field(default_factory=list)
    """What else stands in it."""
    sets: str = ""
    rounds: str = ""
    reps: list[str] = field(default_factory=list)
    """Of several sets each its own, if they differ."""
    groups: list[tuple[str, str]] = field(default_factory=list)
    """“3x5, 1x3”: sets, and what is done in each."""
    time: DurationRange | None = None
    held: DurationRange | None = None
    breaths: str = ""
    distance: str = ""
    rest: DurationRange | None = None
    rest_between: str = ""
    """`sets`, `rounds`, `exercises`, `reps`, or nothing if the line does not say."""
    sides: Sides | None = None
    limb: str = ""
    load: str = ""
    notes: list[str] = field(default_factory=list)
    halfway: str = ""
    bare: str = ""
    """A number with no unit."""
    line: int = 0
    """Of a rule for several exercises: where it stands."""
    again: bool = False
    """It says “4 times”, and not what of."""
    only_each: bool = False
    """A lone “each”: of the sides, beside an exercise; of the exercises, where none is named."""

    @property
    def says_how_long(self) -> bool:
        return bool(self.time or self.held or self.reps or self.groups or self.breaths or self.distance)

    @property
    def empty(self) -> bool:
        return not (self.says_how_long or self.sets or self.rounds or self.rest or self.sides or self.bare)


def duration_of(text: str, default_unit: str = "") -> DurationRange | None:
    """A time as people write it, or nothing. A bare number is of the default unit, if there is one."""
    text = re.sub(rf"^{_ABOUT}|(?<=\d)\+|\+$", "", text.strip(), flags=re.I).strip()
    text = re.sub(r"(?<!\d):(\d\d)(?!\d)", r"0:\1", text)
    text = re.sub(r"(?<=\d)\s*-\s*(?=[^\W\d_])", " ", text)
    text = re.sub(r"^0+-(?=\d)", "1-", re.sub(_TO, "-", text))
    if default_unit and re.fullmatch(rf"{_NUMBER}(?:-{_NUMBER})?", text):
        text = f"{text} {default_unit}"
    try:
        low_ms, high_ms = parse_duration_range(text)
    except DurationFormatError:
        return None
    return DurationRange(low_ms=low_ms, high_ms=high_ms) if high_ms <= MAX_DURATION_MS else None


def plain_count(text: str) -> str:
    """`8`, `8-12`; without a plus, from low to high."""
    found = [str(int(number)) for number in re.findall(r"\d{1,4}", text)][:2]
    if len(found) == 2 and int(found[0]) > int(found[1]):
        found.reverse()
    found = [number for number in found if number != "0"]
    return "-".join(dict.fromkeys(found))


class _Line:
    """The text that is left of a line."""

    def __init__(self, text: str) -> None:
        self.text = text

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.search(self.text)
        if found:
            self.text = f"{self.text[: found.start()]}{_GAP}{self.text[found.end() :]}"
        return found


def amounts_in(text: str) -> Amounts:
    """Reads a line that was cleaned of its marks."""
    told = _amounts_in(text)
    return replace(told, remarks=[*told.remarks], reps=[*told.reps], groups=[*told.groups], notes=[*told.notes])


@lru_cache(2000)
def _amounts_in(text: str) -> Amounts:
    line, told = _Line(_with_figures(text[:_LONGEST])), Amounts()
    for read in (
        _half_way, _notes, _rests, _loads, _paces, _breaths, _distances, _sets, _holds, _times, _reps, _whose_sides,
        _last_rest, _bare,
    ):  # fmt: skip
        read(line, told)
    _names(line, told)
    told.remarks += [text[_LONGEST:]] if len(text) > _LONGEST else []
    return told


@cache
def _pattern(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.I)


def _word(key: str) -> str:
    return rf"(?<![\w]){any_of(key)}(?!\w)"


_TRIED = re.compile(
    r"^(?:try (?:for|to do)|aim for|do|perform|complete|start with|begin with|lav|udfør|tag|start med)\s+(?=\d)", re.I
)


def _with_figures(text: str) -> str:
    """“three sets”, “one minute”, “half a minute”: in figures, where a unit follows."""
    text = re.sub(_TRIED, "", text)
    text = re.sub(r"\bhalf a min(?:ute)?\b|\bet halvt minut\b", "30 s", text, flags=re.I)
    text = re.sub(r"\b(?:a|et|en) (?=(?:minute|minut)\b)", "1 ", text, flags=re.I)
    units = "|".join(any_of(key) for key in ("sets", "reps", "rounds", "times", "breaths"))
    text = _number_word_alone().sub(lambda found: number_words()[found.group().lower()], text)
    return _number_word(units).sub(lambda found: number_words()[found.group(1).lower()], text)


@cache
def _number_word(units: str) -> re.Pattern[str]:
    numbers = "|".join(sorted((re.escape(word) for word in number_words()), key=len, reverse=True))
    return re.compile(
        rf"(?<![\w-])({numbers})(?=(?:[\s-]+(?:deep|slow|more|dybe|rolige|full|total))?[\s-]+(?:{units}|{_UNIT})(?!\w))",
        re.I,
    )


@cache
def _number_word_alone() -> re.Pattern[str]:
    """“3 sets of twelve”."""
    numbers = "|".join(sorted((re.escape(word) for word in number_words()), key=len, reverse=True))
    return re.compile(
        rf"(?<=sets of )(?:{numbers})(?!\w)|(?<=sæt á )(?:{numbers})(?!\w)|(?<=sæt af )(?:{numbers})(?!\w)", re.I
    )


# --- one reader a kind of expression -----------------------------------------------------------------------------


def _half_way(line: _Line, told: Amounts) -> None:
    if found := line.take(_pattern(_word("halfway"))):
        told.halfway = found.group()
    if line.take(_pattern(_word("other-side"))):
        told.sides = "both"


def _notes(line: _Line, told: Amounts) -> None:
    while found := line.take(_pattern(rf"(?:@\s*)?(?<![\w]){any_of('note')}(?![\w%])")):
        told.notes.append(found.group().lstrip("@ ").strip())


def _rests(line: _Line, told: Amounts) -> None:
    rest, scope = _word("rest"), "|".join(any_of(f"scope-{key}") for key in ("sets", "rounds", "exercises", "reps"))
    between = rf"(?:\s*\(?\b{any_of('between')}\b(?:\s*(?P<scope>{scope})\b|(?=\W*$|[.,;]\s)))?"
    joined = r"(?:\b(?:with|w/|med|then|followed by|and|og|plus|take|tag|hold)\s+)*(?:a |an |en )?"
    worked = line.take(
        _pattern(
            rf"(?P<w>{TIMES})\s*(?:of )?{_word('work')}[\s,/:;&+|-]*(?:then |and |og )?"
            rf"(?P<r>{TIMES})\s*(?:of )?{_word('off')}{between}"
        )
    ) or line.take(
        _pattern(
            rf"{_word('work')}\s*:?\s*(?:for )?(?P<w>{TIMES})[\s,/:;&+|-]*(?:then |and |og )?"
            rf"{_word('off')}\s*:?\s*(?:for )?(?P<r>{TIMES})"
        )
    )
    if worked:
        told.time, told.rest = duration_of(worked["w"]), duration_of(worked["r"])
        return
    within = r"(?!\s*(?:at|in|on|ved|i|på)\s+(?:the )?(?:top|bottom|bund|chest|low))"
    first = rf"{joined}{rest}(?:\s+(?:time|period|interval|tid))?\s*(?:\b(?:of|for|på|i)\b|[:=–—-])?\s*"
    found = line.take(_pattern(rf"{first}(?P<r>{TIMES}){between}{within}"))
    found = found or line.take(_pattern(rf"{joined}(?P<r>{TIMES})\s*-?\s*(?:of |for |to )?{rest}{within}{between}"))
    found = found or line.take(_pattern(rf"{first}(?P<r>\d{{1,3}}(?:-\d{{1,3}})?)(?![\w:.,]|\s*[x×]){between}"))
    if found:
        told.rest = duration_of(found["r"], "s")
        told.rest_between = _scope(found.groupdict().get("scope") or "")
        if (again := line.take(_pattern(rf"{rest}\s*{between}"))) and not told.rest_between:
            told.rest_between = _scope(again.groupdict().get("scope") or "")


def _scope(words: str) -> str:
    for key in ("reps", "rounds", "sets", "exercises"):
        if words and re.fullmatch(any_of(f"scope-{key}"), words, re.I):
            return key
    return ""


def _loads(line: _Line, told: Amounts) -> None:
    found = line.take(
        _pattern(
            rf"(?:[x×*]\s*|@\s*|\b(?:at|with|med|på|w/)\s+|\+\s*)?"
            rf"(?<![\d:])(?:\d{{1,2}}\s*[x×]\s*)?{_NUMBER}(?:\s*[-–/]\s*{_NUMBER})?\s*{any_of('load')}(?![\w])\.?"
            rf"(?:\s+{any_of('load-after')}\b(?=\W*(?:$|each|\d)))?"
        )
    )
    if found:
        told.load = re.sub(r"^(?:[x×*@+]|at|with|med|på|w/)\s*", "", found.group().strip(), flags=re.I)
        told.load = re.sub(r"(?<=\d)(?=[^\W\d_])", " ", told.load)


def _paces(line: _Line, told: Amounts) -> None:
    """“@ 5k pace”: how hard."""
    if found := line.take(_pattern(rf"@\s*(?P<n>[^,;()@{_GAP}]*[^\W\d_][^,;()@{_GAP}]*)")):
        told.notes.append(found["n"].strip())


def _breaths(line: _Line, told: Amounts) -> None:
    held = rf"(?:{_word('hold')}\s*(?:for\s+|i\s+|each\s+|:\s*)*)?"
    if found := line.take(_pattern(rf"{held}(?:for\s+|i\s+)?(?P<n>{_COUNT})\s*{_word('breaths')}")):
        told.breaths = plain_count(found["n"])


def _distances(line: _Line, told: Amounts) -> None:
    """A lone m is a minute up to nine of them, where nobody goes anywhere."""
    travels = _pattern(_word("travel")).search(line.text)
    for found in _pattern(rf"(?<![\d:.,])(?P<n>{_NUMBER})\s*(?P<u>{any_of('distance')})(?!\w)").finditer(line.text):
        unit, number = found["u"], float(found["n"].replace(",", "."))
        if unit == "m" and number < 10 and not (travels and number > 2):
            continue
        told.distance = f"{found['n']} {unit}"
        line.text = f"{line.text[: found.start()]}{_FAR}{line.text[found.end() :]}"
        break


def _sets(line: _Line, told: Amounts) -> None:
    value = (
        rf"(?:(?P<time>{TIMES})|(?P<max>{any_of('max')})(?!\w)|(?P<far>{_FAR})|(?P<breath>{_GAP}(?=\W*$))"
        rf"|(?P<reps>{_COUNT}(?:\s*[,/]\s*{_COUNT}(?!\s*(?:{any_of('sides')}|[x×]|{_UNIT})))*)(?!\d|\s*[x×]\s*\d+\s*{any_of('sets')}))"
    )
    by = rf"\s*(?:{any_of('sets')}(?!\w)\.?\s*(?:[x×*@,:/–-]|\b{any_of('of')}(?!\w))?|[x×*])\s*\(?\s*"
    pattern = _pattern(
        rf"(?<![\w.,:/])(?P<sets>{_SHORT}){by}{value}"
        rf"(?:\s*(?:slow )?{_word('reps')}|\s*{any_of('every-one')}(?=\s*{any_of('reps')}))?"
    )
    groups = []
    while found := line.take(pattern):
        what = found["time"] or ("max" if found["max"] else "") or (found["reps"] or "")
        if found["far"]:
            what = _FAR
        groups.append((plain_count(found["sets"]), what))
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
    elif what and what != _FAR:
        counts = re.split(r"\s*[,/]\s*", what)
        told.reps = ["max"] if what == "max" else [plain_count(count) for count in counts]
        told.notes += [f"{count}" for count in counts if count.endswith("+")]


def _sets_after(line: _Line, told: Amounts) -> None:
    """“30s x 3”, “10 reps x 3 sets”, “3 sets”, “Sets: 3”."""
    done = rf"(?:(?P<time>{TIMES})|(?P<reps>{_COUNT})(?:\s*{_word('reps')})?)"
    sets = any_of("sets")
    found = line.take(
        _pattern(
            rf"(?<![\w.,:]){done}\s*(?:[x×*,]|\bfor\b)\s*(?P<sets>{_SHORT})\s*(?:{sets}|{any_of('rounds')}|{any_of('times')})(?!\w)"
        )
    ) or line.take(
        _pattern(
            rf"(?<![\w.,:])(?P<time>{TIMES})\s*(?:hold\s*)?[x×*]\s*(?P<sets>{_SHORT})(?![\w.,]*\d|\s*{any_of('reps')})"
        )
    )
    if found:
        told.sets = plain_count(found["sets"])
        _done(found["time"] or found["reps"], told)
    elif found := line.take(
        _pattern(rf"(?<![\w.,:/])(?P<sets>{_SHORT})\s*{sets}(?!\w)(?:\s+(?:of|for|á|af)\b)?")
    ) or line.take(_pattern(rf"(?<!\w){sets}\s*[:=]?\s*(?P<sets>{_SHORT})(?![\w:.,]|\s*[x×])")):
        told.sets = plain_count(found["sets"])
    elif (
        found := line.take(
            _pattern(rf"(?<![\w.,:/])(?:[x×]\s*)?(?P<n>{_SHORT})\s*[x×]?\s*{_word('rounds')}(?:\s+(?:of|af))?")
        )
    ) or (found := line.take(_pattern(rf"(?<!\w){any_of('rounds')}\s*[:=]?\s*[x×]?\s*(?P<n>{_SHORT})(?![\w:.,])"))):
        told.rounds = plain_count(found["n"])
    elif found := line.take(_pattern(rf"(?<!\w)[x×]\s*(?P<n>{_SHORT})(?=\s+{TIMES})")):
        told.sets = plain_count(found["n"])


def _rest_beside(line: _Line, told: Amounts) -> None:
    """`/ 15s` after a time."""
    if not told.rest and (found := line.take(_pattern(rf"(?<={_GAP})\s*/\s*(?P<r>{TIMES})"))):
        told.rest = duration_of(found["r"])


def _holds(line: _Line, told: Amounts) -> None:
    hold = _word("hold")
    filler = (
        r"(?:\s*(?:this|denne|the|each|every|one|position|positionen|stretch|pose|stillingen|strækket|øvelsen|hver|den|it"
        r"|at|top|end|i|in|for|about|mindst|til)\b)*\s*:?\s*"
    )
    found = line.take(_pattern(rf"{hold}{filler}(?P<t>{TIMES})(?:\s*(?:each|hver)(?=\W*$))?")) or line.take(
        _pattern(rf"(?P<t>{TIMES})\s*(?:iso(?:metric)?\s*)?(?:{hold})")
    )
    if found:
        told.held = duration_of(found["t"])
    elif told.time and line.take(_pattern(rf"(?<={_GAP})\s*{hold}")):
        told.held, told.time = told.time, None


def _times(line: _Line, told: Amounts) -> None:
    if told.time or told.held:
        _rest_beside(line, told)
    moving = r"(?!\s*(?:squeeze|pause|down|up|lower\w*|eccentric|count|descent|negative|incline|ned|op)\b)"
    if not told.time and not told.held and (pair := line.take(_pattern(rf"(?P<w>{TIMES})\s*/\s*(?P<r>{TIMES})"))):
        told.time, told.rest = duration_of(pair["w"]), told.rest or duration_of(pair["r"])
        return
    counted = bool(told.reps or told.groups)
    if not counted and not told.time and not told.held and not told.sets:
        row = line.take(_pattern(rf"(?P<t>{TIMES}(?:\s*[,/–-]\s*{TIMES}){{2,15}})"))
        if row:
            told.groups = [("1", time.group()) for time in _pattern(_TIME).finditer(row["t"])]
            return
    if counted and not told.rest and (found := line.take(_pattern(rf"(?:/|\||,|;|{_GAP})\s*(?P<r>{TIMES})(?=\W*$)"))):
        told.rest = duration_of(found["r"])
    elif (
        not counted
        and not told.time
        and (found := line.take(_pattern(rf"(?:\bfor\s+|\bi\s+)?(?P<t>{TIMES}){moving}")))
    ):
        told.time = duration_of(found["t"])


def _reps(line: _Line, told: Amounts) -> None:
    if told.reps or told.groups:
        return
    reps, times = _word("reps"), _word("times")
    several = rf"{_COUNT}(?:\s*[,/-]\s*{_COUNT}){{2,15}}(?!\s*[,/-]\s*\d)"
    counted = (
        line.take(_pattern(rf"(?<![\w.,:/])(?P<n>{_COUNT})\s*[x×](?=\W*(?:$|{_GAP}))"))
        or line.take(_pattern(rf"(?<![\w.,:/])(?P<n>{several})(?:\s*{reps})?(?![\w/])"))
        or line.take(
            _pattern(
                rf"(?<![\w.,:/])(?P<n>{_COUNT})\s*(?:x\s*)?(?:(?:slow|controlled|rolige|langsomme|total)\s+)?{any_of('reps')}(?!\w)"
            )
        )
        or line.take(_pattern(rf"{reps}\s*[:=x]?\s*(?P<n>{_COUNT})(?![\w:.])"))
        or line.take(_pattern(rf"(?<!\w)[x×]\s*(?P<n>{_COUNT})(?![\w:.,]*\d|\s*{_UNIT})"))
    )
    if counted and (told.time or told.held) and not told.sets and re.match("[x×]", counted.group()):
        told.sets = plain_count(counted["n"])
        return
    daily = r"(?!\s*(?:a|per|om|pr\.?|each|every|i|daily|dag\w*|/)\s*(?:day|dagen|week|ugen?|dag)?)"
    lead = rf"^\W*(?P<n>{_COUNT})(?=\s+(?:[^\W\d]|{_GAP}))(?!\s+{any_of('sides')}\b)"
    again = None if counted else line.take(_pattern(rf"(?<![\w.,:/])(?P<n>{_COUNT})\s*{times}{daily}"))
    if counted:
        told.reps = (
            [plain_count(count) for count in re.split(r"\s*[,/]\s*|(?<=\d)-(?=\d+-|\d+$)", counted["n"])]
            if len(re.findall(r"\d+", counted["n"])) > 2
            else [plain_count(counted["n"])]
        )
        told.notes += [counted["n"]] if counted["n"].endswith("+") else []
    elif again and not (told.held or told.time) and (first := line.take(_pattern(lead))):
        told.reps, told.sets = [plain_count(first["n"])], told.sets or plain_count(again["n"])
    elif again:
        told.again = True
        held = told.held or told.time
        if held and held.high_ms > LONGEST_HELD_MS:
            told.sets = told.sets or plain_count(again["n"])
        else:
            told.reps = [plain_count(again["n"])]
    elif line.take(_pattern(_word("max"))):
        told.reps = ["max"]
    elif not told.time and not told.held and not told.breaths and _FAR not in line.text:
        first = line.take(_pattern(rf"\(\s*(?P<n>{_COUNT})(?={_each_side()})")) or line.take(_pattern(lead))
        told.reps = [plain_count(first["n"])] if first else []
    if not told.reps and not told.says_how_long:
        _reps_of_sides(line, told)


def _reps_of_sides(line: _Line, told: Amounts) -> None:
    """“10/side”, “8 each leg”."""
    if found := line.take(_pattern(rf"(?<![\w.,:/])(?P<n>{_COUNT})(?={_each_side()})")):
        told.reps = [plain_count(found["n"])]


def _each_side() -> str:
    return (
        rf"(?:\s*/\s*(?:{any_of('sides')}|s)\b|\s*\b{any_of('each')}\s+{any_of('sides')}\b"
        rf"|\s*{any_of('every-one')}(?!\w)|\s*{any_of('each-direction')})"
    )


def _whose_sides(line: _Line, told: Amounts) -> None:
    sides = any_of("sides")
    found = line.take(_pattern(rf"\(?\s*(?:/\s*|(?<!\w){any_of('each')}\s+)(?P<limb>{sides})(?!\w)\s*\)?"))
    if found:
        told.sides, told.limb = "both", _limb(found["limb"])
    elif line.take(_pattern(rf"(?<=[\d{_GAP}])\s*/\s*s\b")) or line.take(
        _pattern(rf"\(\s*{any_of('both')}\s*\)|(?<![\w/]){any_of('both')}(?![\w/])(?=\W*$)")
    ):
        told.sides = "both"
    elif line.take(
        _pattern(rf"(?<={_GAP})\s*{any_of('every-one')}(?!\w)(?!\s*{any_of('each-direction')})(?=\W*(?:$|{_GAP}))")
    ):
        told.sides, told.only_each = "both", True
    if told.sides is None:
        for side in ("left", "right"):
            end = rf"(?:\(\s*{any_of(side)}\s*\)|(?<=[\s–—-]){any_of(side)})(?=\W*(?:$|{_GAP}))"
            if line.take(_pattern(end)):
                told.sides = "left" if side == "left" else "right"
                break


def _limb(word: str) -> str:
    """`leg` of “legs” and of “ben”, where the coach can say more than side."""
    return next((limb for limb, words in limbs().items() if word.lower() in words), "")


def _last_rest(line: _Line, told: Amounts) -> None:
    """“3x20s/side / 30s”."""
    if not told.rest and (told.sets or told.says_how_long):
        found = line.take(_pattern(rf"(?<={_GAP})\s*[/|]\s*(?P<r>{TIMES})(?=\W*$)"))
        told.rest = duration_of(found["r"]) if found else None


def _bare(line: _Line, told: Amounts) -> None:
    if not told.says_how_long:
        found = line.take(_pattern(r"(?:(?<=\s)|(?<=[:|=]))(?P<n>\d{1,4}(?:\s*[-–]\s*\d{1,4})?)(?=\W*$)"))
        told.bare = plain_count(found["n"]) if found else ""


# --- what is left ---


def _names(line: _Line, told: Amounts) -> None:
    text = line.text.replace(_FAR, f" {_GAP} " if told.distance else " ")
    pieces = [_trimmed(piece) for piece in text.split(_GAP)]
    kept = [piece for piece in pieces if piece and not is_filler(piece)]
    if not kept:
        return
    told.name, after = _split(kept[0])
    told.remarks = [piece for piece in (after, *kept[1:]) if re.search(r"[^\W\d_]", piece)]


def _trimmed(piece: str) -> str:
    piece = piece.strip(" \t,;:-–—|/*·•=+&>→~@×").lstrip(".)!?] ").strip()
    if piece.count("(") != piece.count(")"):
        piece = re.sub(r"^\W*\)|\(\W*$", "", piece)
        if piece.count("(") > piece.count(")"):
            piece += ")"
        elif piece.count(")") > piece.count("("):
            piece = piece.replace(")", "", 1)
    piece = re.sub(r"\(\W*\)", " ", piece).strip(" ,;:-–—|/")
    words = piece.split()
    while len(words) > 1 and words[0].lower() in (
        "of",
        "x",
        "do",
        "perform",
        "complete",
        "af",
        "lav",
        "udfør",
        "á",
        "then",
        "and",
        "for",
        "og",
        "så",
    ):
        words.pop(0)
    while len(words) > 1 and words[-1].lower() in (
        "for",
        "of",
        "x",
        "i",
        "med",
        "with",
        "and",
        "og",
        "w/",
        "then",
        "at",
        "of",
        "á",
    ):
        words.pop()
    return " ".join(words).strip(" ,;:-–—|/")


def is_filler(text: str) -> bool:
    """Nothing but words that name no exercise: “each exercise for”."""
    if re.search(r"\d", text):
        return False
    spoken = re.findall(r"[^\W\d_]+", text)
    if re.fullmatch(rf"(?:{any_of('each')}|all|alle)\s+(?:stretch(?:es)?|stræk)", text.strip(" .:"), re.I):
        return True
    return all(re.fullmatch(f"{any_of('filler')}", word, re.I) for word in spoken)


def _split(piece: str) -> tuple[str, str]:
    """A name, and a remark that stands behind it."""
    for separator in (r"\s+[–—]\s+", r"\s+-\s+", r"\s*\|\s*", r":\s+", r"\.\s+(?=[^\W\d_])"):
        parts = re.split(separator, piece, maxsplit=1)
        if (
            len(parts) == 2
            and len(parts[0]) > 2
            and (len(parts[1].split()) > 4 or ". " in parts[1] or "|" in separator)
        ):
            return parts[0], parts[1]
    return re.sub(r"\s+[–—-]\s+", ", ", piece), ""
