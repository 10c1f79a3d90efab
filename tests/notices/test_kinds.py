"""The kinds' data: every kind is told by some journey, is about an act that words know, and stands under a heading."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from dean06 import flows
from dean06.charter import service as charters
from dean06.notices import kinds as data
from dean06.notices.service import telling

FLOWS = Path(flows.__file__).parent
# Kept for what no other kind fits.
SPARE = {"other"}


def test_every_kind_is_told_by_a_journey_and_none_is_told_that_is_not_there():
    text = "\n".join(one.read_text() for one in FLOWS.rglob("*.py"))
    assert {code for code in telling.kinds() if f'"{code}"' not in text} <= SPARE
    assert set(re.findall(r'kind="([a-z_]+)",?\s+said=', text)) <= set(telling.kinds())


def test_a_kind_is_about_an_act_that_charters_may_speak_of():
    known = charters.vocabulary().actions
    assert [one.code for one in telling.kinds().values() if one.action and one.action not in known] == []


def test_kinds_stand_under_headings_and_each_heading_has_some():
    used = {one.part for one in telling.kinds().values()}
    assert used == {one.code for one in telling.parts()}
    codes = [one.code for one in telling.kinds().values()]
    assert len(codes) == len(set(codes))
    assert all(len(code) <= 30 for code in codes)


def test_a_kind_under_no_heading_is_refused_by_name():
    one = telling.kinds()["other"].model_dump() | {"part": "khong-co"}
    with pytest.raises(ValidationError, match="other"):
        data._File.model_validate({"format": "x", "parts": [], "kinds": [one]})
