"""Text as it was pasted → text as it is said: no HTML, links, numbering, emoji, and no marks of Markdown."""

from __future__ import annotations

import html
import re
import unicodedata

from voicecoach.plain_text import without_controls

_HIDDEN = re.compile(r"<!--.*?-->|<(script|style|iframe)\b.*?</\1\s*>", re.S | re.I)
_BREAK = re.compile(r"<br\s*/?>", re.I)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")
_TARGET = r"(?:\([^()\s]{0,500}(?:\([^()]{0,100}\)[^()\s]{0,300})?(?:\s+\"[^\"]{0,200}\")?\)|\[[^\]]{0,100}\])"
"""Where a link leads, in brackets of either kind."""
_IMAGE = re.compile(rf"!\[[^\]]{{0,300}}\]{_TARGET}")
_LINK = re.compile(rf"\[([^\[\]]{{0,300}})\]{_TARGET}")
_WIKI = re.compile(r"\[\[(?:[^\[\]|]{0,200}\|)?([^\[\]|]{0,200})\]\]")
_FOOTNOTE = re.compile(r"\[\^?\d{1,3}\]")
_ADDRESS = re.compile(r"<?\b(?:https?://|ftp://|mailto:|www\.)[^\s<>)\]]+>?", re.I)
_BOX = re.compile(r"[☐☑☒✓✔✅❌❎□■▢]|\[[ xX]?\](?!\()")
_EMPHASIS = re.compile(r"(\*{1,3}|_{2,3}|~~|`{1,3})(?=\S)(.{0,1000}?\S)\1")
_UNDERSCORED = re.compile(r"(?<![^\W_])_(?=\S)([^_]{0,500}\S)_(?![^\W_])")
_LATEX = {r"\times": "×", r"\cdot": "×", r"\rightarrow": "→"}
_SIGNS = str.maketrans({
    "’": "'", "‘": "'", "´": "'", "`": "'", "“": '"', "”": '"', "„": '"', "−": "-", "‑": "-", "‐": "-", "\xa0": " ",
    "✕": "×", "✖": "×", "⨯": "×", "✗": "×", "х": "×", "\u200b": None, "\ufeff": None, "\u202f": " ",
    "\u2009": " ", "＠": "@", "：": ":", "…": "...", "¼": ".25", "½": ".5", "¾": ".75",
})  # fmt: skip
_HALF = re.compile(r"(?<!\d)\.(?=(?:5|25|75)(?!\d))")


def without_hidden(text: str) -> str:
    """Comments and scripts of HTML left out; their lines stay, so that all others keep their numbers."""
    return _HIDDEN.sub(lambda found: "\n" * found.group().count("\n"), text)


def as_markdown(text: str) -> str:
    """Headings and items of HTML as those of Markdown, each in the line where it is."""
    opened = r"^[ \t]*(?:<(?:ul|ol|div|section|header)\b[^<>]{0,200}>[ \t]*)*"
    text = re.sub(rf"{opened}<li\b[^<>]{{0,200}}>", "- ", text, flags=re.M | re.I)
    return re.sub(
        rf"{opened}<h([1-6])\b[^<>]{{0,200}}>",
        lambda found: "#" * int(found[1]) + " ",
        text,
        flags=re.M | re.I,
    )


def cleaned(text: str) -> str:
    """One line without its marks. Numbering and bullets are `lines`'s, which also tells a list by them."""
    text = html.unescape(_TAG.sub(" ", _BREAK.sub("; ", text)))
    text = without_controls(text.replace("\t", " "))
    for written, sign in _LATEX.items():
        text = text.replace(written, sign)
    text = re.sub(r"\$([^$]{1,40})\$", r"\1", text)
    text = re.sub(r"\\([\\`*_{}\[\]()#+.!|~<>-])", r"\1", text)
    text = _WIKI.sub(r"\1", _LINK.sub(r"\1", _IMAGE.sub(" ", text)))
    text = _FOOTNOTE.sub(" ", _ADDRESS.sub(" ", _BOX.sub(" ", text)))
    for _ in range(2):  # bold inside italics
        text = _UNDERSCORED.sub(r"\1", _EMPHASIS.sub(r"\2", text))
    text = _HALF.sub("0.", text.translate(_SIGNS))
    text = "".join(" " if _is_picture(letter) else letter for letter in text)
    text = text.replace("_", " ").replace("**", "")
    text = re.sub(r"([.!?]);(?=\s)", r"\1", text)
    return " ".join(re.sub(r"\(\s*\)|\[\s*\]", " ", text).split())


def _is_picture(letter: str) -> bool:
    """Emoji, and what joins them."""
    return letter > "\u2000" and (
        unicodedata.category(letter) in ("So", "Sk", "Cs", "Co", "Cn") or letter in "\ufe0f\u200d\u20e3"
    )


def spoken_name(text: str) -> str:
    """A name as it is called: no brackets, no trailing marks; capitals that shout are lowered."""
    text = re.sub(r"\s*[(\[{]\s*([^()\[\]{}]*?)\s*[)\]}]", r", \1", text)
    text = " ".join(text.split()).strip(" ,;:.-–—|/*#•·=+&>→~")
    text = re.sub(r"\s*,\s*(?:,\s*)+", ", ", text)
    letters = [letter for letter in text if letter.isalpha()]
    if len(letters) > 5 and all(letter.isupper() for letter in letters):
        text = text.capitalize()
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """A remark as it is said: a capital first, and a stop."""
    text = " ".join(text.split()).strip(" ,;:-–—|/*#•·=+&>→~")
    text = re.sub(r"^\(([^()]*)\)?$", r"\1", text).strip()
    if not re.search(r"\w", text):
        return ""
    text = text[:1].upper() + text[1:]
    return text if text[-1] in '.!?"”)' else f"{text}."
