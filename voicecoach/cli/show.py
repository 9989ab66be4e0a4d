"""`voicecoach show`"""

from __future__ import annotations

import click

from voicecoach.cli import console
from voicecoach.cli.options import routine_options
from voicecoach.cli.progress import progress
from voicecoach.coach.coach import Coach
from voicecoach.coach.options import Options
from voicecoach.coach.performance import Performance
from voicecoach.units import clock

WAITS = "play waits here for you, a file goes on"


@click.command("show")
@click.argument("routine")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, with every time in milliseconds.")
@routine_options
def command(routine: str, as_json: bool, options: Options) -> None:
    """Print the timed script of a routine.

    ROUTINE is an id (see: voicecoach list) or a path to a YAML file. A line a cue: when it is heard, what it is for,
    and what is said.
    """
    with Coach() as coach, progress() as report:
        performance = coach.read(routine, options)
        performance.compiled(report)
    if as_json:
        console.as_json(performance.as_json())
        return
    console.problems(performance.warnings, err=True)
    _script(performance)


def _script(performance: Performance) -> None:
    timeline = performance.timeline
    console.say(f"{timeline.title} · {clock(timeline.duration_ms)} · {timeline.language} · {timeline.voice}")
    cues = performance.as_json()["cues"]
    for step in timeline.steps:
        console.say("")
        timed = step.work_end_ms - step.work_start_ms
        length = f" · {clock(timed)}" if step.kind not in ("intro", "outro", "say", "section") else ""
        length += f" · {WAITS}" if step.waits else ""
        console.say(console.Styled(f"{clock(step.start_ms):>7}  {step.index}. {step.title}{length}", bold=True))
        if step.planned.note:
            console.say(f"{'':>10}  {'note':<12} {step.planned.note}")
        for cue in cues:
            if cue["step"] != step.index:
                continue
            text = f"({cue['text']})" if cue["kind"] == "tone" else cue["text"]
            console.say(f"{_precise(cue['onset_ms']):>10}  {cue['role']:<12} {text}")
    if timeline.dropped:
        console.say("")
        console.say("There was no room for:")
        for dropped in timeline.dropped:
            console.say(f"  step {dropped.step_index}, {dropped.role}: {dropped.text} ({dropped.reason})")


def _precise(ms: int) -> str:
    tenths = round(ms / 100)
    return f"{clock(tenths // 10 * 1000)}.{tenths % 10}"
