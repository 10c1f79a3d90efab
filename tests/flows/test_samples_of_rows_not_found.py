"""A sample of rows that name nobody, read by people: what it shows, what it leaves behind, what it says of recall."""

from __future__ import annotations

import pytest

from dean06.clock import service as clock
from dean06.clock.errors import BadInput, HouseError
from dean06.flows import looking, sampling
from dean06.offices import service as offices
from dean06.reconcile.models import Look, SampleRow
from dean06.reconcile.service import diagnosis, readings, runs, samples, scores
from dean06.reconcile.types import LINKS, MISSING
from flows.conftest import Office, at, found, kept, own
from flows.strangers import write_strangers

STRANGERS = 4
WHY = "Đọc mẫu dòng không tìm thấy"
FIRST, SECOND, THIRD = "secretariat", "member", "standing_deputy"


def build(folder) -> Office:
    made = found("quang-ninh-2022", "qn", folder, persons=60)
    made.load_register("2022-06")
    made.delivered["run"] = made.hand_in("bhyt", "BHXH", "2022-06", write_strangers(made, "2022-06", STRANGERS))
    return made


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    with kept(django_db_blocker, tmp_path_factory.mktemp("mau-khong-tim-thay"), build) as office:
        yield office


@pytest.fixture
def office(made, db, tmp_path):
    with at(2022, 7, 4):
        yield own(made, tmp_path)


def viewer(office: Office, role: str):
    return offices.viewer(office.account(role), clock.today())


def draw(office: Office):
    return sampling.draw(viewer(office, FIRST), office.group, office.delivered["run"], MISSING)


def say(office: Office, told, role: str, said: dict[int, str]) -> None:
    for place, word in said.items():
        sampling.answer(viewer(office, role), told, place, word, purpose=WHY)


def test_the_lot_is_drawn_among_the_rows_that_name_nobody(office):
    told = draw(office)
    missing = runs.for_work(told.run_id).counts["KHONG_TIM_THAY"]
    assert missing >= STRANGERS
    assert (told.size, told.among) == (missing, missing)
    with pytest.raises(BadInput, match="đã lấy mẫu"):
        draw(office)
    assert sampling.draw(viewer(office, FIRST), office.group, told.run_id, LINKS).size  # the other kinds stand apart


def test_a_reader_sees_the_most_alike_people_in_the_order_of_their_numbers_and_they_learn_who_saw_them(office):
    told = draw(office)
    shown = sampling.pair(viewer(office, SECOND), told, 1, purpose=WHY)
    assert shown.registered == {}
    numbers = [one["so_dinh_danh"] for one in shown.nearest]
    assert 1 <= len(numbers) <= 3
    assert numbers == sorted(numbers)
    look = Look.objects.order_by("-pk").first()
    assert (look.stts, look.purpose, len(look.people)) == ([shown.stt], WHY, len(numbers))
    assert not any(number in str(look.people) for number in numbers)
    asked = looking.who_read(viewer(office, FIRST), office.group, numbers[0], purpose="dân hỏi")
    seen = [one for run, looks_ in asked if run.id == told.run_id for one in looks_]
    assert [one.account for one in seen if one.purpose == WHY] == [office.account(SECOND)]


def test_without_a_purpose_nobody_is_looked_for(office):
    told = draw(office)
    with pytest.raises(HouseError):
        sampling.pair(viewer(office, SECOND), told, 1, purpose=" ")
    assert not Look.objects.exists()


def test_recall_is_told_with_an_interval_once_rows_were_read(office):
    told = draw(office)
    seen = viewer(office, FIRST)
    before = diagnosis.examined(seen, told.run_id)
    assert before.parts.there.total == 0
    everything = dict.fromkeys(range(1, told.size + 1), "sai") | {1: "dung"}
    say(office, told, FIRST, everything)
    assert diagnosis.examined(seen, told.run_id).parts.there.total == 0  # one reader settles nothing
    say(office, told, SECOND, everything | {2: "dung"})
    say(office, told, THIRD, {2: "sai"})
    after = diagnosis.examined(seen, told.run_id)
    assert (after.parts.there.good, after.parts.there.total) == (1, told.size)
    assert after.recall.high < before.recall.high
    assert diagnosis.as_json(after)["missing_yet_in_register"]["total"] == told.size
    assert samples.sample(seen, told.id).ended_at is not None
    assert samples.results(seen, [samples.sample(seen, told.id)]) == {}  # no axis of the scorecard counts it
    assert not set(scores.given_by("sample")) & set(scores.for_work(told.run_id))


def test_a_stranger_has_no_such_sample(office):
    told = draw(office)
    stranger = offices.viewer("00000000-0000-0000-0000-000000000000", clock.today())
    assert readings.next_for(stranger, told.id) == 0
    with pytest.raises(HouseError):
        sampling.pair(stranger, told, 1, purpose=WHY)
    assert SampleRow.objects.filter(sample_id=told.id, result="").count() == told.size
