"""Sound devices, one file each: the only imports of playback libraries.

To add one: write a class like `MiniaudioDevice` in a file of its own, and add one line to `DEVICES`; the contract
test in `tests/playback/test_device.py` finds it there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from voicecoach.errors import MissingError
from voicecoach.playback.devices.miniaudio import MiniaudioDevice
from voicecoach.playback.devices.null import NullDevice
from voicecoach.playback.devices.simpleaudio import SimpleaudioDevice
from voicecoach.playback.watch import WatchedDevice

if TYPE_CHECKING:
    from collections.abc import Callable

    from voicecoach.playback.devices.base import Device

DEVICES: dict[str, Callable[[], Device]] = {
    "default": MiniaudioDevice,
    "null": NullDevice,
    "simpleaudio": SimpleaudioDevice,
}


def open_device(kind: str = "default") -> WatchedDevice:
    """The device of that kind, watched: one that dies while playing is opened again. It opens when it is started.

    Raises `MissingError` for a kind that is not known.
    """
    if kind not in DEVICES:
        raise MissingError(f"there is no device kind {kind}", hint=f"Known kinds: {', '.join(DEVICES)}.")
    return WatchedDevice(DEVICES[kind])
