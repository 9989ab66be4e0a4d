"""What is said of heat and cold: the question before, how to lay it on, when to look at the skin, how to end."""

from __future__ import annotations

from voicecoach.compiler import counting, talk
from voicecoach.compiler.draft import Draft
from voicecoach.compiler.expand import Performed
from voicecoach.model import ThermalStep
from voicecoach.wording import spoken
from voicecoach.wording.phrasebook import sentences

CHECK_EVERY_MS = 300_000
"""How often the skin is looked at where the routine does not say."""
CHECK_BEFORE_END_MS = 10_000
"""Nobody looks at it when the end comes sooner than this."""
CHECK_TAKES_MS = 5500
"""The words of a check, and a breath after them."""
TOLD_MS = 2500
"""How long after a minute is told the skin is spoken of."""
ANSWER_MS = 4000
"""A question gets so much time."""


def plan_thermal(draft: Draft, item: Performed, step: ThermalStep) -> None:
    title = draft.phrases.say(f"title-{step.kind}")
    draft.open_step(
        step.kind, title, step.location, item=item, prepare_ms=step.prepare_ms, chapter=_chapter(draft, step)
    )
    if step.kind == "heat" and step.contrast_round <= 1:
        ask(draft)
    talk.open_round(draft, item)
    if step.contrast_rounds > 1 and not step.contrast_second:
        n, total = (
            spoken.place(step.contrast_round, draft.language),
            spoken.number(step.contrast_rounds, draft.language),
        )
        draft.lead("round", draft.phrases.say("round", n=n, total=total))
    for sentence in sentences(draft.phrases.say(_on(step))):
        draft.lead(step.kind, sentence)
    length = spoken.length(item.length_ms, draft.language)
    draft.lead(step.kind, draft.phrases.say("length", length=length))
    draft.cues.append(draft.tone("start", "begin"))
    skin_checks(draft, step, item.length_ms)
    if item.length_ms >= counting.LONG_MS:
        for left_ms in range(counting.MINUTE_MS, item.length_ms - counting.MINUTE_MS + 1, counting.MINUTE_MS):
            counting.minutes(draft, "left", left_ms, item.length_ms - left_ms)
    draft.cues.append(draft.tone("end", "end", tail=True))
    for off in _off(step):
        for sentence in sentences(draft.phrases.say(off)):
            draft.tail(step.kind, sentence)


def _chapter(draft: Draft, step: ThermalStep) -> str | None:
    """A whole contrast is one chapter: who begins inside it would miss the question."""
    if not step.contrast_rounds:
        return ""
    return None if step.goes_on else draft.phrases.say("title-contrast")


def ask(draft: Draft) -> None:
    """The 24-hour question, time to answer it, and what to do with the answer."""
    question, *answers = sentences(draft.phrases.say("heat-caution"))
    draft.lead("caution", question, pause_ms=ANSWER_MS)
    for answer in answers:
        draft.lead("caution", answer)


def _on(step: ThermalStep) -> str:
    """Inside a contrast the place is that of before."""
    return f"{step.kind}-on-same" if step.goes_on else f"{step.kind}-on-{step.source}"


def _off(step: ThermalStep) -> list[str]:
    """Inside a contrast it is only taken off, as it comes again; in the last round it is put away too."""
    if step.contrast_rounds == 0:
        return [f"{step.kind}-off-{step.source}"]
    if step.contrast_round < step.contrast_rounds:
        return [f"contrast-off-{step.kind}"]
    return ["cold-off-pack"] if step.kind == "cold" else ["contrast-off-heat", "heat-off-pad"]


def skin_checks(draft: Draft, step: ThermalStep, length_ms: int) -> None:
    """At the interval, or at half where that is longer than the step; in the get-ready time where nothing fits."""
    forms = [draft.phrases.say(f"skin-check-{step.kind}"), draft.phrases.say(f"skin-check-{step.kind}-short")]
    every_ms = step.check_every_ms or CHECK_EVERY_MS
    times_ms = range(every_ms, length_ms - CHECK_BEFORE_END_MS, every_ms)
    windows = [(at_ms + TOLD_MS, at_ms, at_ms + 8000) for at_ms in times_ms] or [(length_ms // 2, 0, length_ms)]
    before = draft.cue("skin-check", forms[0], anchor="lead", protected=True)
    for wish_ms, earliest_ms, latest_ms in windows:
        if length_ms >= counting.LONG_MS:
            wish_ms = _after_the_minute(wish_ms, earliest_ms, latest_ms, length_ms)
        draft.work("skin-check", forms, wish_ms, window_ms=(earliest_ms, latest_ms), otherwise=before)


def _after_the_minute(wish_ms: int, earliest_ms: int, latest_ms: int, length_ms: int) -> int:
    """Where the check leaves room for “two minutes left”: after it, or where that is too late before it."""
    to_next_ms = (length_ms - wish_ms) % counting.MINUTE_MS
    since_ms = counting.MINUTE_MS - to_next_ms if to_next_ms else 0
    minute_ms = wish_ms - since_ms if since_ms < TOLD_MS else wish_ms + to_next_ms
    if not minute_ms - CHECK_TAKES_MS < wish_ms < minute_ms + TOLD_MS:
        return wish_ms
    return minute_ms + TOLD_MS if minute_ms + TOLD_MS <= latest_ms else earliest_ms
