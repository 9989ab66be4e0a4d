"""`voicecoach verify`"""

from __future__ import annotations

from pathlib import Path

import click

from voicecoach.cli import console
from voicecoach.cli.advised import worded
from voicecoach.cli.options import routine_options
from voicecoach.cli.progress import progress
from voicecoach.coach.coach import Coach
from voicecoach.coach.options import Options
from voicecoach.units import clock

_SHOWN = 5


@click.command("verify")
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("routine")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, with every figure and every place.")
@routine_options
def command(file: Path, routine: str, as_json: bool, options: Options) -> None:
    """Listen to an exported file, and hold it against its routine.

    FILE is the audio file (WAV, MP3, FLAC or Ogg Vorbis), ROUTINE the id or path it was made from; give the same
    options as in the export. The file is decoded and its sound measured. A line a promise; exit 1 if one is broken.
    """
    with Coach() as coach, progress() as shown:
        report = coach.read(routine, options).verify(file, progress=shown)
    if as_json:
        console.as_json({**report.as_json(), "hint": worded(report.hint)})
    else:
        for promise in report.promises:
            _line(promise.id, promise.kept, promise.says)
            places = [f"{_precise(o.at_ms):>10}  {o.text}: {o.says}" for o in promise.offenders]
            _worst(places)
        if report.hint:
            console.note(worded(report.hint))
    if not report.kept:
        raise SystemExit(1)


def _line(name: str, kept: bool, says: str) -> None:
    verdict = console.Styled("ok    ", "green") if kept else console.Styled("BROKEN", "red")
    console.say(verdict, f" {name.replace('-', ' '):<21} {says}")


def _worst(places: list[str]) -> None:
    for place in places[:_SHOWN]:
        console.say(place)
    if len(places) > _SHOWN:
        console.say(f"{'':>10}  and {len(places) - _SHOWN} more")


def _precise(ms: int) -> str:
    return f"{clock(ms // 1000 * 1000)}.{ms % 1000:03}"
