"""Text without what a terminal, a player or a car radio would take for a command.

May be used by every stage, as `units` is.
"""

from __future__ import annotations

import re

_SPACES = re.compile("[\x0b\x0c\r\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]")
"""The control characters but for tab and newline, escape among them, and those that turn the direction of a text."""
_ANY = re.compile(f"{_SPACES.pattern}|{_CONTROLS.pattern}")


def without_controls(text: str) -> str:
    """What a person wrote, for all who come after: the controls left out, other ends of lines as spaces."""
    if text.isprintable():
        return text
    return _CONTROLS.sub("", _SPACES.sub(" ", text))


def harmless(text: str) -> str:
    """Any text as a terminal may show it: a control is seen as “�”, and does nothing."""
    return text if text.isprintable() else _ANY.sub("�", text)
