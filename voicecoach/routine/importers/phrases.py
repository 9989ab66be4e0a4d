"""What single lines of a text say: whether they name an exercise, several of them, a repetition, or are sentences."""

from __future__ import annotations

import re

from voicecoach.language.imported import any_of
from voicecoach.routine.importers.amounts import amounts_in
from voicecoach.routine.importers.expressions import TIMES, Amounts
from voicecoach.routine.importers.lines import Line
from voicecoach.routine.importers.nodes import Circuit

_SHORTENED = re.compile(r"\b(e\.g|i\.e|f\.eks|ca|approx|bl\.a|vs|min|sek|sec|max|nr|pr|etc)\.,?\s", re.I)


def sentences_of(text: str) -> list[str]:
    """“E.g.” ends no sentence."""
    joined = _SHORTENED.sub(lambda found: found.group().rstrip() + "\ue002", text)
    return [part.replace("\ue002", " ") for part in re.split(r"(?<=[.!?])\s+(?=[^\W\d_]|\d)", joined)]


def is_prose(text: str) -> bool:
    words = len(text.split())
    return words > 14 or (words > 8 and bool(re.search(r"[.!?](?:\s|$)", text)))


def is_remark(text: str) -> bool:
    """“Sure! Here is a workout:”"""
    return bool(re.search(r"[.!?]\s", text)) or len(text.split()) > 9


def is_exercise(told: Amounts) -> bool:
    return (
        bool(told.name)
        and len(told.name) <= 120
        and len(told.name.split()) <= 9
        and (told.says_how_long or bool(told.sets or told.rounds or told.bare or told.sides))
    )


def names_the_whole(name: str) -> bool:
    """“HIIT: 8 exercises”: no word of it is of one exercise."""
    of_whole = rf"\d+|{any_of('title-word')}|{any_of('rounds')}|{any_of('between')}|{any_of('filler')}"
    return all(re.fullmatch(of_whole, word, re.I) for word in re.findall(r"\w+", name))


def may_be_name(name: str, line: Line) -> bool:
    """“Cat-cow” may be an exercise, “Focus on form over speed.” is a remark."""
    words = len(name.split())
    ends = line.text.rstrip().endswith((".", "!", "?"))
    if line.text.endswith("!") and not line.item:
        return False
    return words <= (8 if line.item else 5) and not (ends and words > 3) and not line.text.endswith(",")


def rounds_again(text: str) -> str:
    """“Repeat 3 times”, “x3 rounds”, “Gentag 3 gange”, “3 rounds:”."""
    bare = text.strip(" .:;*()")
    found = re.fullmatch(
        rf"(?:{any_of('repeat')}\s*)?(?:[x×]\s*)?(?P<n>\d{{1,2}}(?:\s*[-–]\s*\d{{1,2}})?)\s*[x×]?\s*(?:more\s+|flere\s+)?"
        rf"(?:{any_of('rounds')}|{any_of('times')}|complete rounds)?(?:\s*(?:in )?total|i alt)?"
        r"(?:\s*(?:of|af|through))?(?: the circuit)?",
        bare,
        re.I,
    )
    told_so = re.search(rf"{any_of('repeat')}|{any_of('rounds')}|(?<!\w)[x×]\s*\d", bare, re.I)
    twice = re.fullmatch(rf"{any_of('repeat')}\s*(?:twice|to gange)", bare, re.I)
    if twice:
        return "2"
    return re.sub(r"\s*[-–]\s*", "-", found["n"]) if found and told_so and found["n"] not in ("0", "00") else ""


def _one_of_several(told: Amounts) -> bool:
    if not told.name:
        return bool(told.rest) and not told.says_how_long
    return told.says_how_long and len(told.name.split()) <= 6 and not told.remarks and not told.again


def minutes_of(text: str) -> re.Match[str] | None:
    """“EMOM 10 min”."""
    emom = any_of("emom")
    return re.search(
        rf"(?:(?<!\w)(?:{emom})(?:\s*(?:for|x|i)?\s*{TIMES})?|{TIMES}\s*{emom})(?!\w)[\s:–-]*", text, re.I
    )


def turns(text: str) -> Circuit | None:
    """“6 x 1 min fast / 1 min slow”: two things in turn."""
    found = re.match(
        r"(?P<n>\d{1,2}(?:-\d{1,2})?)\s*(?:[x×]|rounds? of|times)\s*\(?\s*(?=\d|:\d)(?P<rest>.*?)\)?\s*$", text
    )
    if not found:
        return None
    pieces = re.split(r"\s*(?:/|\+|,|&|\bthen\b|\band\b|\bog\b|\bså\b)\s*", found["rest"])
    told = [amounts_in(piece) for piece in pieces]
    timed = all((each.time or each.rest or each.distance) and not each.sets for each in told)
    if len(told) < 2 or not timed or not all(each.name or each.rest or each.distance for each in told):
        return None
    if sum(bool(each.name or each.distance) for each in told) < 2:
        return None
    return Circuit(0, Amounts(rounds=found["n"]), "", told)


def circuit_in(text: str) -> Circuit | None:
    """“3 rounds of 10 burpees, 20 lunges and 15 push-ups”."""
    rounds = rf"(?P<n>\d{{1,2}}(?:-\d{{1,2}})?)\s*[x×]?\s*{any_of('rounds')}\s*(?:of|af|med|:|–|-)?\s+(?=\d)"
    found = re.match(rounds, text, re.I)
    inside = several(re.sub(r"\s+(?:and|og)\s+(?=\d)", ", ", text[found.end() :])) if found else []
    return Circuit(0, Amounts(rounds=found["n"]), "", inside) if found and inside else None


def several(text: str) -> list[Amounts]:
    """The exercises of one line, if it holds several, each with its own length."""
    whole = amounts_in(text)
    if whole.time and whole.rest and not whole.name:  # “20 s on, 10 s off”
        return []
    for separator in (r"\s*[;+]\s+(?![^(]*\))", r",\s+(?:and |og )?(?![^(]*\))"):
        pieces = [piece for piece in re.split(separator, text.strip(" .")) if piece.strip()]
        if 2 <= len(pieces) <= 30:
            told = [amounts_in(re.sub(r"^(?:and|og|then|så|derefter)\s+", "", piece, flags=re.I)) for piece in pieces]
            if all(_one_of_several(each) for each in told) and sum(bool(each.name) for each in told) > 1:
                if re.search(rf"\(\s*{any_of('each')}\b[^()]*\)\W*$", text, re.I) and "+" in separator:
                    for each in told:  # “10 forward + 10 back (each leg)”
                        each.sides, each.limb = told[-1].sides, told[-1].limb
                return told
    return []
