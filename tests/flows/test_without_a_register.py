"""A group that holds no register: its lists are matched by asking the population service, and nothing else differs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.demo.service import delivery_name, write_delivery
from dean06.demo.simulators.people import Registry
from dean06.demo.simulators.population import API_KEY, MEMBER, SECRET, SIGNED_URL, USER, Population
from dean06.flows import intake, looking
from dean06.flows.intake import HandIn
from dean06.jobs.service import Forgetting
from dean06.ledger.models import Entry
from dean06.offices import service as offices
from dean06.population import service as population
from dean06.reconcile.models import Run, Score
from dean06.reconcile.service import runs
from dean06.reconcile.types import RunInfo
from dean06.sources import service as sources
from flows.conftest import Office, at

pytestmark = pytest.mark.either_database  # what differs from a run with a register lies in files

EVENING = datetime(2022, 6, 30, 22, tzinfo=clock.TZ)
PURPOSE = {
    "format": "dean06-muc-dich/1",
    "thu_tuc": "1.001193",
    "tich_hop": "037",
    "ho_so": "Làm sạch dữ liệu",
    "can_cu": "Kế hoạch 15/KH-TCT",
    "can_bo": "044085000001",
    "don_vi": "H46.31.12",
    "tai_khoan": "can-bo",
}


@contextmanager
def serving(office: Office, home: Path, **settings: object) -> Iterator[Population]:
    """Have the service answer, and put what the operator puts for the group."""
    stand_in = Population(Registry(office.world, "2022-06", date(2022, 6, 1)), most=10_000)
    with stand_in.serving() as address:
        told: Mapping[str, object] = {
            "format": "dean06-dan-cu/1",
            "dia_chi": address,
            "dia_chi_ky": SIGNED_URL,
            "thanh_vien": MEMBER,
            "cach_hoi": "tra-cuu",
            "moi_giay": 1000,
            "cung_luc": 4,
            **settings,
        }
        (home / "dan-cu").mkdir(exist_ok=True)
        (home / "dan-cu" / "qn.yaml").write_text(json.dumps(told))
        (home / "dan-cu" / "qn.muc-dich.yaml").write_text(json.dumps(PURPOSE))
        secret = home / "secrets" / "qn" / "dan-cu"
        secret.parent.mkdir(parents=True, exist_ok=True)
        secret.touch(mode=0o600)
        secret.write_text(json.dumps({"user": USER, "secret": SECRET, "api_key": API_KEY}))
        yield stand_in


def hand_in(office: Office, stand_in: Population) -> RunInfo | None:
    """Hand in the insurance list of June and carry it as far as it goes."""
    path = office.folder / delivery_name(office.world, "bhyt", "2022-06")
    if not path.exists():
        write_delivery(office.world, "bhyt", "2022-06", path)
    account = office.account("member", "BHXH")
    given = HandIn(source="bhyt", period="2022-06", agency="BHXH", file=path, file_name=path.name)
    with clock.pinned(EVENING):
        delivery = intake.hand_in(account, office.group, given)
    return carried(office, stand_in, delivery.id)


def carried(office: Office, stand_in: Population, delivery_id: int, minutes: int = 0) -> RunInfo | None:
    """Carry a delivery as far as it goes."""
    now = EVENING + timedelta(minutes=minutes)
    stand_in.now = lambda: now
    with clock.pinned(now):
        return intake.process(office.account("member", "BHXH"), delivery_id)


def verdicts(run: RunInfo) -> list[tuple[str, str]]:
    with duckdb.connect() as link:
        return link.execute(f"select coalesce(so_dinh_danh, ''), ket_qua from '{run.result}'").fetchall()


def test_a_list_is_asked_about_judged_measured_and_leads_to_findings(office, home):
    with serving(office, home) as stand_in:
        run = hand_in(office, stand_in)
    assert run is not None
    assert run.state == "done", run.problem_vi
    assert Score.objects.filter(run_id=run.id, measure="D1").exists()
    told = Entry.objects.filter(object_kind="run", object_id=run.label)
    assert told.exists(), "what was found is recorded as that of any other run"
    assert len({(one.number, one.name, one.born) for one in stand_in.asked}) == len(stand_in.asked)
    named = {number for number, result in verdicts(run) if number}
    assert named
    assert named <= {one.number for one in stand_in.people}
    office.load_register("2022-06")
    with at(2022, 7, 1):
        delivery = sources.delivery_for_work(run.delivery_id)
        bulk = runs.execute(intake.start_run(office.account("member", "BHXH"), office.group, delivery).id)
    agreeing = [mine for mine, theirs in zip(verdicts(run), verdicts(bulk), strict=True) if mine[0] == theirs[0]]
    assert len(agreeing) >= 0.8 * run.rows
    # Whoever was confirmed is whoever the snapshot names.
    wrong = [1 for mine, theirs in zip(verdicts(run), verdicts(bulk), strict=True) if mine[0] and mine[0] != theirs[0]]
    assert not wrong
    assert population.register(run.register_id).answers
    assert not population.register(bulk.register_id).answers


def test_who_was_asked_about_learns_it_also_where_the_answer_was_no(office, home):
    with serving(office, home) as stand_in:
        run = hand_in(office, stand_in)
    said_no = {number for number, _ in verdicts(run)} ^ {one.number for one in stand_in.asked}
    number = next(one for one in sorted(said_no) if len(one) == 12)
    viewer = offices.viewer(office.account("leader"), date(2022, 7, 2))
    with at(2022, 7, 2):
        found = looking.who_read(viewer, office.group, number, purpose="người dân hỏi ai đã xem")
    assert [one.id for one, _looks in found] == [run.id]
    kept = b"".join(path.read_bytes() for path in (home / "vault" / "runs").rglob("*.hoi.jsonl"))
    assert number.encode() not in kept


def test_the_quota_of_a_day_stops_the_run_and_it_goes_on(office, home):
    with serving(office, home, moi_ngay=40) as stand_in:
        run = hand_in(office, stand_in)
        assert run.state == "failed"
        assert "Đã hỏi đủ 40 câu" in run.problem_vi
        assert "Bấm chạy lại" in run.problem_vi
        assert run.result is None
        assert not Score.objects.filter(run_id=run.id).exists()
        assert len(stand_in.asked) == 40
        told = json.loads((home / "dan-cu" / "qn.yaml").read_text())
        (home / "dan-cu" / "qn.yaml").write_text(json.dumps(told | {"moi_ngay": 100_000}))  # as good as another day
        run = carried(office, stand_in, run.delivery_id, minutes=10)
        assert run.state == "done", run.problem_vi
    asked = [(one.number, one.name, one.born) for one in stand_in.asked]
    assert len(set(asked)) == len(asked)
    assert Run.objects.get(pk=run.id).register_id is not None


def test_without_a_service_a_register_is_asked_for(office, home):
    with pytest.raises(BadInput, match="chưa có sổ dân cư"):
        hand_in(office, Population(Registry(office.world, "2022-06", date(2022, 6, 1))))


def test_what_was_answered_goes_when_its_time_is_over(office, home):
    with serving(office, home) as stand_in:
        run = hand_in(office, stand_in)
    people = population.register(run.register_id).directory / "register.parquet"
    with clock.pinned(EVENING + timedelta(days=29)):
        assert Forgetting().go_round() == 0
    with clock.pinned(EVENING + timedelta(days=31)):
        assert Forgetting().go_round() > 1
        assert Forgetting().go_round() == 0
    with duckdb.connect() as link:
        assert link.execute(f"select count(*) from '{people}'").fetchall() == [(0,)]
    notes = [json.loads(line) for path in home.rglob("xoa.jsonl") for line in path.read_text().splitlines()]
    assert sum(one["answers"] for one in notes) == len(stand_in.asked)
