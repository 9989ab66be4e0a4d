"""What one line says besides: rests, sides, loads, remarks on how hard it is."""

from __future__ import annotations

import re

from voicecoach.language.imported import any_of, limbs
from voicecoach.routine.importers.expressions import GAP, NUMBER, TIMES, Amounts, Unread, duration_of, pattern, word


def take_half_way(line: Unread, told: Amounts) -> None:
    if found := line.take(pattern(word("halfway"))):
        told.halfway = found.group()
    if line.take(pattern(word("other-side"))):
        told.sides = "both"


def take_notes(line: Unread, told: Amounts) -> None:
    while found := line.take(pattern(rf"(?:@\s*)?(?<![\w]){any_of('note')}(?![\w%])")):
        told.notes.append(found.group().lstrip("@ ").strip())


def take_rests(line: Unread, told: Amounts) -> None:
    rest, scope = word("rest"), "|".join(any_of(f"scope-{key}") for key in ("sets", "rounds", "exercises", "reps"))
    between = rf"(?:\s*\(?\b{any_of('between')}\b(?:\s*(?P<scope>{scope})\b|(?=\W*$|[.,;]\s)))?"
    joined = r"(?:\b(?:with|w/|med|then|followed by|and|og|plus|take|tag|hold)\s+)*(?:a |an |en )?"
    worked = line.take(
        pattern(
            rf"(?P<w>{TIMES})\s*(?:of )?{word('work')}[\s,/:;&+|-]*(?:then |and |og )?"
            rf"(?P<r>{TIMES})\s*(?:of )?{word('off')}{between}"
        )
    ) or line.take(
        pattern(
            rf"{word('work')}\s*:?\s*(?:for )?(?P<w>{TIMES})[\s,/:;&+|-]*(?:then |and |og )?"
            rf"{word('off')}\s*:?\s*(?:for )?(?P<r>{TIMES})"
        )
    )
    if worked:
        told.time, told.rest = duration_of(worked["w"]), duration_of(worked["r"])
        return
    within = r"(?!\s*(?:at|in|on|ved|i|på)\s+(?:the )?(?:top|bottom|bund|chest|low))"
    first = rf"{joined}{rest}(?:\s+(?:time|period|interval|tid))?\s*(?:\b(?:of|for|på|i)\b|[:=–—-])?\s*"
    found = line.take(pattern(rf"{first}(?P<r>{TIMES}){between}{within}"))
    found = found or line.take(pattern(rf"{joined}(?P<r>{TIMES})\s*-?\s*(?:of |for |to )?{rest}{within}{between}"))
    found = found or line.take(pattern(rf"{first}(?P<r>\d{{1,3}}(?:-\d{{1,3}})?)(?![\w:.,]|\s*[x×]){between}"))
    if found:
        told.rest = duration_of(found["r"], "s")
        told.rest_between = _scope(found.groupdict().get("scope") or "")
        if (again := line.take(pattern(rf"{rest}\s*{between}"))) and not told.rest_between:
            told.rest_between = _scope(again.groupdict().get("scope") or "")


def _scope(words: str) -> str:
    for key in ("reps", "rounds", "sets", "exercises"):
        if words and re.fullmatch(any_of(f"scope-{key}"), words, re.I):
            return key
    return ""


def take_loads(line: Unread, told: Amounts) -> None:
    found = line.take(
        pattern(
            rf"(?:[x×*]\s*|@\s*|\b(?:at|with|med|på|w/)\s+|\+\s*)?"
            rf"(?<![\d:])(?:\d{{1,2}}\s*[x×]\s*)?{NUMBER}(?:\s*[-–/]\s*{NUMBER})?\s*{any_of('load')}(?![\w])\.?"
            rf"(?:\s+{any_of('load-after')}\b(?=\W*(?:$|each|\d)))?"
        )
    )
    if found:
        told.load = re.sub(r"^(?:[x×*@+]|at|with|med|på|w/)\s*", "", found.group().strip(), flags=re.I)
        told.load = re.sub(r"(?<=\d)(?=[^\W\d_])", " ", told.load)


def take_paces(line: Unread, told: Amounts) -> None:
    """“@ 5k pace”: how hard."""
    if found := line.take(pattern(rf"@\s*(?P<n>[^,;()@{GAP}]*[^\W\d_][^,;()@{GAP}]*)")):
        told.notes.append(found["n"].strip())


def take_whose_sides(line: Unread, told: Amounts) -> None:
    sides = any_of("sides")
    found = line.take(pattern(rf"\(?\s*(?:/\s*|(?<!\w){any_of('each')}\s+)(?P<limb>{sides})(?!\w)\s*\)?"))
    if found:
        told.sides, told.limb = "both", _limb(found["limb"])
    elif line.take(pattern(rf"(?<=[\d{GAP}])\s*/\s*s\b")) or line.take(
        pattern(rf"\(\s*{any_of('both')}\s*\)|(?<![\w/]){any_of('both')}(?![\w/])(?=\W*$)")
    ):
        told.sides = "both"
    elif line.take(
        pattern(rf"(?<={GAP})\s*{any_of('every-one')}(?!\w)(?!\s*{any_of('each-direction')})(?=\W*(?:$|{GAP}))")
    ):
        told.sides, told.only_each = "both", True
    if told.sides is None:
        for side in ("left", "right"):
            end = rf"(?:\(\s*{any_of(side)}\s*\)|(?<=[\s–—-]){any_of(side)})(?=\W*(?:$|{GAP}))"
            if line.take(pattern(end)):
                told.sides = "left" if side == "left" else "right"
                break


def _limb(word: str) -> str:
    """`leg` of “legs” and of “ben”, where the coach can say more than side."""
    return next((limb for limb, words in limbs().items() if word.lower() in words), "")


def take_last_rest(line: Unread, told: Amounts) -> None:
    """“3x20s/side / 30s”."""
    if not told.rest and (told.sets or told.says_how_long):
        found = line.take(pattern(rf"(?<={GAP})\s*[/|]\s*(?P<r>{TIMES})(?=\W*$)"))
        told.rest = duration_of(found["r"]) if found else None
