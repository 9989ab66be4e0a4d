"""Heat and cold on a sheet: how long, how to lay it on, when to look at the skin, and the question before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from voicecoach.compiler.thermal import CHECK_EVERY_MS
from voicecoach.language.phrasebook import phrasebook
from voicecoach.model import ThermalStep
from voicecoach.sheet.sheet import Entry, Fact
from voicecoach.sheet.words import Words
from voicecoach.units import format_duration


def entry(words: Words, steps: Sequence[ThermalStep], lengths_ms: Sequence[int]) -> Entry:
    """Of one step, or of all the steps of a contrast, which are one thing to whoever does it."""
    say = phrasebook(words.language).say
    kinds = {step.kind: step for step in steps}
    question = [say("heat-caution")] if "heat" in kinds else []
    return Entry(
        title=say("title-contrast" if len(kinds) > 1 else f"title-{steps[0].kind}"),
        facts=tuple(_times(words, steps, lengths_ms)),
        texts=tuple(say(f"{key}-{step.source}") for step in kinds.values() for key in _on_and_off(step)),
        cautions=(*question, *(say(f"skin-check-{kind}") for kind in kinds)),
    )


def _on_and_off(step: ThermalStep) -> tuple[str, str]:
    return f"{step.kind}-on", f"{step.kind}-off"


def _times(words: Words, steps: Sequence[ThermalStep], lengths_ms: Sequence[int]) -> Iterator[Fact]:
    title = phrasebook(words.language).say
    if rounds := steps[0].contrast_rounds:
        turn = [
            f"{title(f'title-{step.kind}')} {format_duration(ms)}"
            for step, ms in zip(steps[:2], lengths_ms[:2], strict=True)
        ]
        yield Fact(label=words.say("rounds"), value=f"{rounds} × ({', '.join(turn)})")
    else:
        yield Fact(label=words.say("duration"), value=format_duration(lengths_ms[0]))
    every_ms = min(step.check_every_ms or CHECK_EVERY_MS for step in steps)
    often = every_ms < max(lengths_ms)
    told = words.say("check-every", time=format_duration(every_ms)) if often else words.say("check-half")
    yield Fact(label=words.say("check"), value=told)
