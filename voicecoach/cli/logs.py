"""What `-v` shows: what was mended on the way; and `-vv`: how long each stage took, too."""

from __future__ import annotations

import logging
import sys

from voicecoach.plain_text import harmless


class _Harmless(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return harmless(super().format(record))


def show_logs(verbose: int) -> None:
    """Only what voicecoach logs is turned up."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Harmless("%(message)s"))
    logging.basicConfig(handlers=[handler])
    logging.getLogger("voicecoach").setLevel(logging.INFO if verbose == 1 else logging.DEBUG)
