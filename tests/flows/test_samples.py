"""Samples drawn by lot and read by people: who may, blind, once each, settled by agreement, counted when whole."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dean06.charter.errors import Refused
from dean06.clock.errors import BadInput, HouseError
from dean06.flows import sampling, scoring
from dean06.ledger.models import Entry
from dean06.offices import service as offices
from dean06.offices.types import Viewer
from dean06.reconcile.errors import NotYours
from dean06.reconcile.models import Look, Reading, SampleRow
from dean06.reconcile.service import readings, runs, samples, scores
from dean06.reconcile.service.shares import shares_of
from dean06.reconcile.types import FIELD, LINKS, Drawn, SampleInfo
from flows.conftest import Office, at, found, kept, own

pytestmark = pytest.mark.either_database  # the desk, which draws and counts alike, is asked on both

DAY = date(2022, 8, 4)
WHY = "Đọc mẫu"
FIRST, SECOND, THIRD = "secretariat", "member", "standing_deputy"


def build(folder: Path) -> Office:
    made = found("quang-ninh-2022", "qn", folder, persons=120)
    for month in ("2022-06", "2022-07", "2022-08"):
        made.load_register(month)
    made.delivered["quarter before"] = made.deliver("bhyt", "BHXH", "2022-06")
    made.delivered["run"] = made.deliver("bhyt", "BHXH", "2022-07")
    return made


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    with kept(django_db_blocker, tmp_path_factory.mktemp("mau"), build) as office:
        yield office


@pytest.fixture
def office(made, db, tmp_path):
    with at(2022, 8, 4):
        yield own(made, tmp_path)


def viewer(office: Office, role: str) -> Viewer:
    return offices.viewer(office.account(role), DAY)


def draw(office: Office, kind: str) -> SampleInfo:
    return sampling.draw(viewer(office, FIRST), office.group, office.delivered["run"], kind)


def say(office: Office, told: SampleInfo, role: str, said: Mapping[int, str]) -> None:
    for place, word in said.items():
        sampling.answer(viewer(office, role), told, place, word, purpose=WHY)


def test_the_lot_is_drawn_once_and_can_be_drawn_again_to_the_row(office):
    told = draw(office, LINKS)
    run = runs.for_work(told.run_id)
    assert (told.size, told.among) == (run.named, run.named)  # a short list is read whole
    stts = list(SampleRow.objects.filter(sample_id=told.id).values_list("stt", flat=True))
    assert stts != sorted(stts)
    assert len(set(stts)) == len(stts)
    with pytest.raises(BadInput, match="đã lấy mẫu"):
        draw(office, LINKS)


@pytest.mark.parametrize("size", [10])
def test_a_sample_of_many_rows_is_in_step_with_the_communes(office, monkeypatch, size):
    rule = scores.SampleRule(size=size, measure="D4", every="quarter")
    monkeypatch.setattr(scores, "sample_of", lambda kind: rule)
    told = draw(office, FIELD)
    assert (told.size, told.settled) == (size, 0)
    assert told.among > size
    by_commune = samples.communes(viewer(office, FIRST), told.id)
    assert sum(count for count, _ in by_commune.values()) == size


@given(st.integers(0, 300), st.dictionaries(st.text(max_size=3), st.integers(1, 500), max_size=12))
def test_shares_of_a_sample_are_whole_and_in_step(size, strata):
    given_ = shares_of(size, strata)
    everything = sum(strata.values())
    assert sum(given_.values()) == min(size, everything)
    for name, count in strata.items():
        exact = min(1.0, size / everything) * count
        assert abs(given_.get(name, 0) - exact) < 1
        assert given_.get(name, 0) <= count


def test_two_who_agree_settle_a_row_and_a_third_decides_where_they_differ(office):
    told = draw(office, LINKS)
    say(office, told, FIRST, {1: "dung", 2: "dung", 3: "sai"})
    row = SampleRow.objects.filter(sample_id=told.id)
    assert not row.exclude(result="").exists()
    say(office, told, SECOND, {1: "dung", 2: "sai", 3: "sai"})
    assert [one.result for one in row.filter(place__lte=3)] == ["dung", "", "sai"]
    with pytest.raises(BadInput, match="đã xong"):
        say(office, told, THIRD, {1: "sai"})
    with pytest.raises(BadInput, match="Bạn đã đọc"):
        say(office, told, SECOND, {2: "dung"})
    assert readings.next_for(viewer(office, THIRD), told.id) == 2  # begun by others comes first
    say(office, told, THIRD, {2: "dung"})
    assert row.get(place=2).result == "dung"
    assert readings.next_for(viewer(office, SECOND), told.id) == 4


def test_a_sample_counts_when_its_last_row_is_settled(office):
    told = draw(office, LINKS)
    everything = dict.fromkeys(range(1, told.size + 1), "dung") | {2: "sai"}
    say(office, told, FIRST, everything)
    say(office, told, SECOND, {place: word for place, word in everything.items() if place < told.size})
    assert "D3" not in scores.for_work(told.run_id)
    say(office, told, SECOND, {told.size: "dung"})
    measure = scores.for_work(told.run_id)["D3"]
    assert (measure.good, measure.total, measure.by_low) == (told.size - 1, told.size, False)  # the list was read whole
    assert samples.sample(viewer(office, FIRST), told.id).ended_at is not None
    scoring.measure(runs.for_work(told.run_id))
    assert scores.for_work(told.run_id)["D3"] == measure


def test_a_reader_sees_both_sides_and_neither_the_score_nor_the_other_answer(office):
    told = draw(office, LINKS)
    say(office, told, FIRST, {1: "sai"})
    before = Look.objects.count()
    shown = sampling.pair(viewer(office, SECOND), told, 1, purpose=WHY)
    assert shown.registered["so_dinh_danh"]
    assert shown.delivered["ho_ten"]
    assert shown.registered["ho_ten"]
    assert set(Drawn.__dataclass_fields__) == {
        *("id", "place", "stt", "sheet", "dong", "commune", "delivered", "registered", "settled", "nearest")
    }
    look = Look.objects.order_by("-pk").first()
    assert (Look.objects.count() - before, look.stts, look.purpose) == (1, [shown.stt], WHY)


def test_without_a_purpose_nothing_is_shown_or_said(office):
    told = draw(office, LINKS)
    for act in (
        lambda: sampling.pair(viewer(office, SECOND), told, 1, purpose=" "),
        lambda: sampling.answer(viewer(office, SECOND), told, 1, "dung", purpose=""),
    ):
        with pytest.raises(HouseError):
            act()
    assert not Reading.objects.exists()


def test_who_may_draw_and_that_the_ledger_has_no_value(office):
    with pytest.raises(Refused):
        sampling.draw(viewer(office, "leader"), office.group, office.delivered["run"], LINKS)
    told = draw(office, LINKS)
    say(office, told, SECOND, {1: "dung"})
    acts = list(Entry.objects.order_by("-pk").values_list("action", flat=True)[:2])
    assert acts == ["sample.answer", "sample.draw"]


def test_a_field_check_counts_values_and_leaves_out_whom_nobody_met(office):
    told = draw(office, FIELD)
    me = viewer(office, SECOND)
    places = list(SampleRow.objects.filter(sample_id=told.id).values_list("place", flat=True))
    for place in places:
        said = {"ho_ten": "dung", "ngay_sinh": "sai" if place == 1 else "dung"}
        if place == 2:
            said = dict.fromkeys(said, "khong_gap")
        sampling.check(me, told, {place: said}, purpose=WHY)
    measure = scores.for_work(told.run_id)["D4"]
    assert (measure.good, measure.total) == (2 * len(places) - 3, 2 * len(places) - 2)
    later = office.deliver("bhyt", "BHXH", "2022-08")
    with pytest.raises(BadInput, match="của quý"):
        sampling.draw(viewer(office, FIRST), office.group, later, FIELD)
    assert scores.for_work(later)["D4"] == measure  # the same quarter
    before = office.delivered["quarter before"]
    assert "D4" not in scores.for_work(before)
    assert sampling.draw(viewer(office, FIRST), office.group, before, FIELD).size


def test_only_what_may_be_said_is_taken(office):
    told = draw(office, FIELD)
    for said in ({}, {"khac": "dung"}, {"ho_ten": "co_le"}):
        with pytest.raises(BadInput):
            sampling.check(viewer(office, SECOND), told, {1: said}, purpose=WHY)
    with pytest.raises(NotYours):
        sampling.answer(viewer(office, SECOND), told, 1, "dung", purpose=WHY)  # no sample of links


def test_a_commune_sees_its_rows_alone(office):
    told = draw(office, FIELD)
    commune = next(iter(samples.communes(viewer(office, SECOND), told.id)))
    rows = sampling.sheet(viewer(office, SECOND), told, commune, purpose=WHY)
    assert {one.commune for one in rows} == {commune}
    with pytest.raises(NotYours):
        sampling.sheet(viewer(office, SECOND), told, "99999", purpose=WHY)


def test_a_stranger_has_no_sample(office):
    told = draw(office, LINKS)
    stranger = offices.viewer("00000000-0000-0000-0000-000000000000", DAY)
    assert samples.sample(stranger, told.id) is None
    assert samples.samples(stranger, office.group.id) == []
    assert samples.communes(stranger, told.id) == {}
    assert readings.next_for(stranger, told.id) == 0
    with pytest.raises(HouseError):
        sampling.pair(stranger, told, 1, purpose=WHY)
