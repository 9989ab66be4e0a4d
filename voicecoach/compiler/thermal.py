"""What is said of heat and cold: on, the skin, how long is left, off."""

from __future__ import annotations

from voicecoach.compiler import talk
from voicecoach.compiler.draft import Draft
from voicecoach.compiler.expand import Performed
from voicecoach.model import ThermalStep
from voicecoach.wording import spoken
from voicecoach.wording.phrasebook import sentences


def plan_thermal(draft: Draft, item: Performed, step: ThermalStep) -> None:
    title = draft.phrases.say(f"title-{step.kind}")
    draft.open_step(step.kind, title, step.location, item=item, prepare_ms=step.prepare_ms)
    if step.kind == "heat" and not draft.heat_caution_said:
        for sentence in sentences(draft.phrases.say("heat-caution")):
            draft.lead("caution", sentence)
        draft.heat_caution_said = True
    talk.open_round(draft, item)
    length = spoken.duration(item.length_ms, draft.language)
    if step.contrast_rounds:
        n = spoken.place(step.contrast_round, draft.language)
        total = spoken.number(step.contrast_rounds, draft.language)
        draft.lead(step.kind, draft.phrases.say(f"contrast-{step.kind}", n=n, total=total, duration=length))
    else:
        draft.lead(step.kind, draft.phrases.say(f"{step.kind}-on-{step.source}", duration=length))
    draft.cues.append(draft.tone("start", "begin"))
    skin_checks(draft, step, item.length_ms)
    minutes_left(draft, item.length_ms)
    draft.cues.append(draft.tone("end", "end", tail=True))
    off = "contrast-off" if step.contrast_rounds and step.kind == "heat" else f"{step.kind}-off-{step.source}"
    for sentence in sentences(draft.phrases.say(off)):
        draft.tail(step.kind, sentence)


def skin_checks(draft: Draft, step: ThermalStep, length_ms: int) -> None:
    if step.check_every_ms is None:
        return
    forms = [
        draft.phrases.say("skin-check" if step.kind == "heat" else "skin-check-cold"),
        draft.phrases.say("skin-check-short"),
    ]
    for offset_ms in range(step.check_every_ms, length_ms - 10_000, step.check_every_ms):
        draft.work("skin-check", forms, offset_ms + 2500, window_ms=(offset_ms, offset_ms + 8000))


def minutes_left(draft: Draft, length_ms: int) -> None:
    for left_min in (30, 20, 15, 10, 5, 2, 1):
        offset_ms = length_ms - left_min * 60_000
        if offset_ms >= 60_000:
            left = spoken.duration(left_min * 60_000, draft.language)
            draft.work(
                "time-left",
                (draft.phrases.say("time-left", duration=left),),
                offset_ms,
                window_ms=(offset_ms, offset_ms + 3000),
            )
