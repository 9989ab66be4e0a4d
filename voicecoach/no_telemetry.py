"""What tells libraries, before any of them is imported, not to tell their makers of us.

onnxruntime 1.32, by which the natural voices speak, looks up a host of its maker and keeps an id and a queue of
events in the home folder as soon as it is imported; to switch that off by its own functions comes too late. The
environment is inherited by every process that we start. A test watches what each engine opens and writes.
"""

from __future__ import annotations

import os

SWITCHES = {"ORT_DISABLE_TELEMETRY": "1", "HF_HUB_DISABLE_TELEMETRY": "1", "DO_NOT_TRACK": "1"}


def switch_off() -> None:
    """Whatever was set before: that nothing goes out is a promise."""
    os.environ.update(SWITCHES)
