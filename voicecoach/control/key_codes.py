"""Keys from what a terminal sends: one byte, or a sequence that begins with an escape and is read whole.

A sequence may come in pieces, and its beginning is what a lone Esc sends too. So a piece waits a moment for its rest.
Sources: ECMA-48 for the form of sequences (CSI, SS3, strings), xterm's ctlseqs for those of keys, mouse and paste.
"""

from __future__ import annotations

import re

ESCAPE, UNKNOWN = "escape", "unknown"

ESCAPE_S = 0.25
"""A lone Esc is one when nothing followed for so long; a sequence in pieces comes faster, over a slow line too."""
PIECE_S = 1.0
"""The rest of a sequence that was begun comes within this, or never."""

_ESC = 0x1B
_PASTE, _PASTE_END = b"\x1b[200~", b"\x1b[201~"
_WHOLE = re.compile(
    rb"""\x1b(?:
        \[(?P<paste>200~.*?\x1b\[201~)            # a paste, in brackets
      | \[(?P<mouse>M.{3})                        # a mouse of the old kind
      | \[(?P<console>\[[A-E])                    # F1 to F5 of the Linux console
      | \[(?P<csi>(?!200~|M|\[)[0-?]*[ -/]*[@-~])
      | O(?P<ss3>[0-9;]*[@-~])
      | (?P<string>[\]P_^X].*?(?:\x07|\x1b\\))    # what the terminal tells of itself
      | (?P<alt>[^\x1b\[O\]P_^X\xc0-\xff]|[\xc0-\xdf].|[\xe0-\xef]..|[\xf0-\xff]...)
    )""",
    re.X | re.S,
)
_PIECE = re.compile(
    rb"\x1b(?:\x1b|\[200~.*|\[M.{0,2}|\[\[|\[[0-?]*[ -/]*|O[0-9;]*|[\]P_^X].*|[\xc0-\xff].{0,2})?", re.S
)
_LETTERS = {b"A": "up", b"B": "down", b"C": "right", b"D": "left", b"F": "end", b"H": "home"}
_NUMBERS = {b"1": "home", b"4": "end", b"5": "page-up", b"6": "page-down", b"7": "home", b"8": "end"}
_NO_KEY = re.compile(rb"[IO]|201~|[<0-9;]+[Mm]|[?>=0-9;]+[ $]*[Rcntuy]")
"""The mouse, the window that comes to the front or goes, and answers of the terminal."""


class KeyCodes:
    """Takes what is read (`feed`) and gives keys (`next`): a character, a name such as `page-up`, or `unknown`."""

    def __init__(self) -> None:
        self._read = b""
        self._fed_s = 0.0

    def feed(self, data: bytes, now_s: float) -> None:
        self._read += data
        self._fed_s = now_s
        if self._read.startswith(b"\x1b[200~") and _PASTE_END not in self._read:
            self._read = (
                b"\x1b[200~" + self._read[6:][-len(_PASTE_END) :]
            )  # however long: only its end is of interest

    def next(self, now_s: float) -> str | None:
        """The next key; `None`: there is none, or not yet."""
        while self._read:
            waited_s = now_s - self._fed_s
            size, key = self._sequence(waited_s) if self._read[0] == _ESC else self._character(waited_s)
            if not size:
                return None
            self._read = self._read[size:]
            if key:
                return key
        return None

    def _sequence(self, waited_s: float) -> tuple[int, str | None]:
        """(bytes, key) of the escape sequence in front; no bytes: it is not whole yet; no key: it is none."""
        if whole := _WHOLE.match(self._read):
            return whole.end(), _named(whole)
        if self._read in (b"\x1b", b"\x1b\x1b"):
            return (len(self._read), ESCAPE) if waited_s >= ESCAPE_S else (0, None)
        if self._read.startswith(b"\x1b\x1b"):  # Alt and a key that is a sequence itself
            return 1, None
        if _PIECE.fullmatch(self._read) and waited_s < PIECE_S:
            return 0, None
        return len(self._read), UNKNOWN

    def _character(self, waited_s: float) -> tuple[int, str | None]:
        first = self._read[0]
        size = 1 + (first >= 0xC0) + (first >= 0xE0) + (first >= 0xF0)
        if len(self._read) < size and waited_s < PIECE_S:
            return 0, None
        return size, self._read[:size].decode("utf-8", "replace")


def _named(sequence: re.Match[bytes]) -> str | None:
    body = sequence["csi"] or sequence["ss3"] or b""
    if sequence["paste"] or sequence["mouse"] or sequence["string"] or (sequence["csi"] and _NO_KEY.fullmatch(body)):
        return None
    if body.endswith(b"~"):
        return _NUMBERS.get(body[:-1].partition(b";")[0], UNKNOWN)
    return _LETTERS.get(body[-1:], UNKNOWN)
