"""What was never meant for the ear, taken off: HTML, Markdown, addresses, lists; signs of two characters made one."""

from __future__ import annotations

import html
import re
import unicodedata

from voicecoach.language.reading.tables import Tables

_BLOCK = re.compile(r"</?(?:p|br|li|ul|ol|div|h[1-6]|tr|table|hr)(?:\s[^<>]{0,300})?/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][a-z0-9]{0,20}(?:\s[^<>]{0,300})?/?>|<!--[^<>]{0,300}-->", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,10}|#\d{1,6}|#x[0-9a-fA-F]{1,5});")
_LINK = re.compile(r"!?\[([^\[\]]{0,200})\]\([^()\s]{0,500}[^()]{0,100}\)")
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3})(?=[^\s*])([^*\n]{1,500}?)(?<=\S)\1(?![\w*])")
_UNDERLINED = re.compile(r"(?<![\w_])(_{1,3})(?=[^\s_])([^_\n]{1,500}?)(?<=\S)\1(?![\w_])")
_STRUCK = re.compile(r"~~([^~\n]{1,500})~~|`{1,3}([^`\n]{1,500})`{1,3}")
_LINE_MARK = re.compile(
    r"^[ \t]{0,8}(?:#{1,6}[ \t]+(?!\d)|>[ \t]*(?=[^\W\d])"
    r"|[-*+•–—][ \t]+(?:\[[ xX]\][ \t]+)?(?=\S)|```\w*$|\|(?=.*\|))",
    re.M,
)
_RULE = re.compile(r"^[ \t]*(?:[-*_=|:][ \t]?){3,}$", re.M)
_NUMBERED = re.compile(r"^[ \t]{0,8}(\d{1,2})[.)][ \t]+", re.M)
_NEWLINES = re.compile(r"[ \t]*(?:\r\n?|\n|\u2028|\u2029|\x0b|\x0c|\x85)\s*")
_ADDRESS = re.compile(r"(?:(?:https?|ftp)://|www\.)[^\s<>\"”)\]]{1,2000}|mailto:", re.IGNORECASE)
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[a-zA-Z0-9-]{1,63}(?:\.[a-zA-Z0-9-]{1,63}){1,5}(?!\w)")
_HOST = re.compile(
    r"(?<![\w.@-])[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,3}\.(?:com|org|net|dk|eu|info|edu|gov|co\.uk|app|io)(?!\w)"
    r"(?:/[^\s]{0,500}(?<![.,!?]))?"
)
_COMPATIBLE = re.compile("[\uff01-\uff5e\u2460-\u24ff\U0001d400-\U0001d7ff\ufb00-\ufb06\u2100-\u214f\u2474-\u249b]")
_SAME = {
    "<=": "≤", "=<": "≤", ">=": "≥", "-->": "→", "->": "→", "=>": "→", "⇒": "→", "➡": "→", "➔": "→", "➜": "→",
    "⟶": "→", "+/-": "±", "!=": "≠", "⩽": "≤", "⩾": "≥", "＜": "<", "＞": ">", "≈": "~", "∼": "~", "º": "°",
    "⁰": "°", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2007": " ", "⁄": "/", "∕": "/", "\u00ad": "",
    "\u200b": "", "\ufeff": "", "✗": "×", "μ": "µ", "<-": "", "↔": "/", "--": "–",
}  # fmt: skip
_SAME_PATTERN = re.compile("|".join(re.escape(sign) for sign in sorted(_SAME, key=len, reverse=True)))


def plain(text: str, tables: Tables) -> tuple[str, list[str]]:
    """The text on one line, without markup; and the addresses that were cut short."""
    told: list[str] = []
    text = unicodedata.normalize("NFC", text)
    if "<" in text:
        text = _TAG.sub("", _BLOCK.sub("\n", text))
    if "&" in text:
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    text = _LINK.sub(r"\1", text)
    text = _ADDRESS.sub(lambda found: _address(found[0], tables, told), text)
    text = _MAIL.sub(lambda found: _spelled(found[0], tables), text)
    text = _HOST.sub(lambda found: _address(found[0], tables, told), text)
    for pattern in (_RULE, _LINE_MARK):
        text = pattern.sub("", text)
    if len(_NUMBERED.findall(text)) > 1 or "\n" in text:
        one = tables.said("one", "before")
        text = _NUMBERED.sub(lambda found: f"{one if found[1] == '1' else found[1]}, ", text)
    for pattern in (_EMPHASIS, _UNDERLINED):
        text = pattern.sub(r"\2", pattern.sub(r"\2", text))
    text = _STRUCK.sub(lambda found: found[1] or found[2], text)
    text = _SAME_PATTERN.sub(lambda found: _SAME[found[0]], text)
    text = _COMPATIBLE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    return _one_line(text), told


def _one_line(text: str) -> str:
    """A line that ends is a sentence that ends, unless the next one goes on with it."""
    text = text.strip()
    parts = _NEWLINES.split(text)
    joined = []
    for index, part in enumerate(parts):
        following = parts[index + 1] if index + 1 < len(parts) else ""
        goes_on = not following or following[0].islower() or not part or part[-1] in ".,;:!?…-"
        joined.append(part if goes_on else f"{part}.")
    return " ".join(filter(None, joined))


def _address(address: str, tables: Tables, told: list[str]) -> str:
    """The site is said; a path is nothing for the ear."""
    bare = re.sub(r"^(?:\w+:)?(?://)?(?:www\.)?", "", address, count=1)
    tail = re.search(r"[.,;:!?]+$", bare)
    host, _, path = bare[: tail.start() if tail else None].partition("/")
    if path or not host:
        told.append(address if len(address) <= 80 else f"{address[:79]}…")
    return _spelled(host.split("?")[0].split(":")[0], tables) + (tail[0] if tail else "")


def _spelled(address: str, tables: Tables) -> str:
    dotted = address.replace(".", f" {tables.sign('dot')} ")
    return dotted.replace("@", f" {tables.sign('at-address')} ")
