"""What is left of a line when all else was taken out of it: the name of an exercise, and remarks."""

from __future__ import annotations

import re

from voicecoach.language.imported import any_of
from voicecoach.routine.importers.expressions import FAR, GAP, Amounts, Unread


def take_names(line: Unread, told: Amounts) -> None:
    text = line.text.replace(FAR, f" {GAP} " if told.distance else " ")
    pieces = [_trimmed(piece) for piece in text.split(GAP)]
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
    while (
        len(words) > 1
        and words[-1] != "I"
        and words[-1].lower()
        in (
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
            "to",
            "at",
            "of",
            "á",
        )
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
