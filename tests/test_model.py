"""The values that cross a stage border: what their types promise."""

from __future__ import annotations

from typing import get_args

from tests.output.programmes import spoken_programme
from voicecoach.model import GET_READY_ORDER, ROLES, Clip, LevelledTimeline, Role, Timeline, levelled


def test_every_role_has_its_line_in_the_table_and_only_roles_have() -> None:
    assert set(ROLES) == set(get_args(Role))
    assert GET_READY_ORDER["name"] < GET_READY_ORDER["place"] < GET_READY_ORDER["setup"] < GET_READY_ORDER["ready"]


def test_what_may_be_left_out_is_welcome_and_goes_one_after_another() -> None:
    ranks = sorted(facts.left_out for facts in ROLES.values() if not facts.protected)
    assert ranks == list(range(1, len(ranks) + 1))
    assert all(facts.welcome for facts in ROLES.values() if not facts.protected)


def test_a_levelled_timeline_is_a_type_of_its_own_and_else_the_same() -> None:
    of = spoken_programme(3000)
    plain = Timeline(**{name: getattr(of, name) for name in Timeline.__dataclass_fields__})
    gains = [float(n) for n in range(len(of.clips))]
    made = levelled(plain, gains)
    assert type(made) is LevelledTimeline
    assert [clip.gain_db for clip in made.clips] == gains
    assert [(c.sound, c.end_ms) for c in made.clips] == [(c.sound, c.end_ms) for c in of.clips]
    assert made.chapters == plain.chapters
    assert not hasattr(Clip, "gain_db")  # so an unlevelled one cannot be rendered
