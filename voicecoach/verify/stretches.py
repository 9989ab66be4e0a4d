"""From one tone to another, as it is heard: timed parts, and what lies between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from voicecoach.verify.report import Promise

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from voicecoach.model import Role, TimelineStep
    from voicecoach.verify.cues import HeardCue
    from voicecoach.verify.report import Offender

WITHIN_MS = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A time between two tones."""

    step: TimelineStep
    """Whose timed part it is, or follows."""
    planned_ms: int
    heard_ms: float | None
    """From tone to tone; `None` if one of them is not heard."""

    @property
    def error_ms(self) -> float:
        return float("inf") if self.heard_ms is None else self.heard_ms - self.planned_ms


def tones_of(cues: Sequence[HeardCue]) -> dict[tuple[int, Role], HeardCue]:
    """The start and the end tone of each step that has them."""
    return {(cue.clip.step_index, cue.clip.role): cue for cue in cues if cue.clip.role in ("begin", "end")}


def heard_between_ms(first: HeardCue | None, last: HeardCue | None) -> float | None:
    if first is None or last is None or not (first.found and last.found):
        return None
    return (last.clip.onset_ms + last.offset_ms) - (first.clip.onset_ms + first.offset_ms)


def lengths_promise(
    id_: str,
    what: str,
    stretches: Sequence[Stretch],
    *,
    ends: tuple[str, str],
    offender: Callable[[TimelineStep, str], Offender],
) -> Promise:
    """That each is heard as long as it is planned. `what`: as they are counted in the figures. `ends`: the tones."""
    first, last = ends
    heard = [stretch for stretch in stretches if stretch.heard_ms is not None]
    worst = max((stretch.error_ms for stretch in heard), key=abs, default=0.0)
    unheard = len(stretches) - len(heard)
    wrong = [stretch for stretch in stretches if abs(stretch.error_ms) > WITHIN_MS]
    wrong.sort(key=lambda stretch: -abs(stretch.error_ms))
    return Promise(
        id=id_,
        kept=not wrong,
        says=f"{len(heard)} of {len(stretches)} heard from {first} to {last} tone, worst {worst:+.3f} ms",
        figures={what: len(stretches), "worst_ms": worst, "wrong": len(wrong), "unheard": unheard},
        offenders=tuple(offender(stretch.step, _says(stretch, first, last)) for stretch in wrong),
    )


def _says(stretch: Stretch, first: str, last: str) -> str:
    if stretch.heard_ms is None:
        return f"its {first} or its {last} is not heard"
    return f"{stretch.heard_ms:.1f} ms, not {stretch.planned_ms}"
