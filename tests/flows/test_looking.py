"""Every read of a person has a purpose and a record, and answers who read whom; a stranger reads nothing."""

from __future__ import annotations

import io
import json

import openpyxl
import pytest

from dean06.clock.errors import BadInput, RefusedByCharter
from dean06.flows import correcting, looking, ordering
from dean06.flows.authority import Act, bind, permit
from dean06.ledger import service as ledger
from dean06.ledger.errors import PermitMisused
from dean06.ledger.models import Entry
from dean06.offices import service as offices
from dean06.population import service as population
from dean06.reconcile.errors import NotYours
from dean06.reconcile.service import looks, rows
from dean06.reconcile.service import runs as matching
from dean06.reconcile.stopped import EngineStopped
from dean06.reconcile.types import RowFilter
from dean06.work.errors import TaskNotFound
from dean06.work.models import Task
from flows.conftest import SINCE, Office, at, found, kept, own
from flows.neighbours import neighbour

WHY = "Trả lời đề nghị của công dân, hồ sơ bà Nguyễn Thị Ẩn"
ALL = RowFilter()


def build(folder) -> Office:
    made = found("quang-ninh-2022", "qn", folder, persons=160)
    with at(2022, 6, 1):
        ordering.assign_source(made.account("leader"), made.group, "bhyt")
    made.load_register("2022-06")
    made.delivered["run"] = made.deliver("bhyt", "BHXH", "2022-06")
    return made


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    with kept(django_db_blocker, tmp_path_factory.mktemp("xem"), build) as office:
        yield office


@pytest.fixture
def office(made, db, tmp_path) -> Office:
    return own(made, tmp_path)


def viewer(office: Office, *who: str):
    return offices.viewer(office.account(*who), SINCE.replace(month=7))


def test_a_page_a_row_and_a_file_leave_who_when_what_and_why(office):
    run, me = office.delivered["run"], viewer(office, "leader")
    with at(2022, 7, 1):
        shown = looking.page(me, run, ALL, 1, purpose=WHY)
        looking.row(me, run, 3, purpose=f" {WHY} ")
        looking.export(me, run, purpose="Kiểm tra")
    told = looks.at_run(me, run)
    assert [(one.account, one.role, one.action, one.purpose) for one in told] == [
        (me.account, "leader", "person.read", WHY),
        (me.account, "leader", "person.read", WHY),
        (me.account, "leader", "result.export", "Kiểm tra"),
    ]
    assert [one.stts for one in told] == [tuple(row.stt for row in shown.rows), (3,), None]
    assert told[2].rows == matching.for_work(run).rows
    assert {one.at.month for one in told} == {7}
    entries = [json.loads(Entry.objects.get(pk=one.entry).body) for one in told]
    assert [entry["note"]["rows"] for entry in entries] == [one.rows for one in told]
    assert "Nguyễn Thị Ẩn" not in "".join(Entry.objects.values_list("body", flat=True))
    assert [one.entry for one in looks.at_row(me, run, 3)] == [one.entry for one in told]
    assert len(looks.at_row(me, run, 120)) == 1


def test_a_person_who_asks_is_told_who_read_them(office):
    run, me = office.delivered["run"], viewer(office, "member", "BHXH")
    with at(2022, 7, 1):
        one = next(row for row in looking.page(me, run, ALL, 1, purpose="Kiểm tra").rows if row.number)
    before = Entry.objects.count()
    with at(2022, 7, 2):
        told = looking.who_read(viewer(office, "leader"), office.group, one.number, purpose="Công dân hỏi")
        nobody = looking.who_read(viewer(office, "leader"), office.group, "000000000000", purpose="Công dân hỏi")
    assert [(found_.id, [look.account for look in by]) for found_, by in told] == [(run, [me.account])]
    assert nobody == []
    assert Entry.objects.count() == before + 2
    assert one.number not in "".join(Entry.objects.values_list("body", flat=True))


def test_without_a_purpose_or_a_seat_nothing_is_read_and_nothing_recorded(office):
    run = office.delivered["run"]
    _, account = neighbour(office)
    stranger, before = offices.viewer(account, SINCE.replace(month=7)), Entry.objects.count()
    with at(2022, 7, 1):
        for reading in (
            lambda: looking.page(viewer(office, "leader"), run, ALL, 1, purpose="  "),
            lambda: looking.page(stranger, run, ALL, 1, purpose=WHY),
            lambda: looking.row(stranger, run, 1, purpose=WHY),
            lambda: looking.export(stranger, run, purpose=WHY),
            lambda: looking.who_read(stranger, office.group, "036090000123", purpose=WHY),
        ):
            with pytest.raises(RefusedByCharter):
                reading()
    assert Entry.objects.count() == before
    assert looks.at_run(stranger, run) == []


def test_a_permit_for_one_look_serves_no_other(office):
    run, me = matching.for_work(office.delivered["run"]), viewer(office, "leader")
    facts = {"purpose.stated": True, "person.in_own_units": True}

    def by(subject, account=me.account):
        return permit(Act(account=account, group=office.group, action="person.read", obj=subject, facts=facts))

    with at(2022, 7, 1):
        for given, purpose in (
            (by(looks.subject(run, "trang-2", WHY)), WHY),
            (by(looks.subject(run, "trang-1", "khác")), WHY),
            (by(bind("run", run.label)), WHY),
            (by(looks.subject(run, "trang-1", WHY), office.account("secretariat")), WHY),
        ):
            with pytest.raises(PermitMisused):
                rows.page(given, me, run.id, ALL, 1, purpose=purpose)
        with pytest.raises(BadInput, match="mục đích"):
            rows.page(by(looks.subject(run, "trang-1", "")), me, run.id, ALL, 1, purpose="")
    assert looks.at_run(me, run.id) == []


def test_a_page_far_beyond_the_end_is_empty_on_either_database(office):
    with at(2022, 7, 1):
        page = looking.page(viewer(office, "leader"), office.delivered["run"], ALL, 10**30, purpose=WHY)
        assert looking.page(viewer(office, "leader"), office.delivered["run"], ALL, -5, purpose=WHY).rows
    assert page.rows == ()


def test_the_correction_file_is_for_the_task_s_own_agencies_and_is_recorded(office):
    task = Task.objects.order_by("pk")[0]
    with at(2022, 7, 2):
        with pytest.raises(TaskNotFound):
            correcting.handover(viewer(office, "member", "GDDT"), office.group, task.pk)
        content, name = correcting.handover(viewer(office, "member", "BHXH"), office.group, task.pk)
    assert name.startswith("bang-sua-qn-1")
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    (look,) = looks.at_run(viewer(office, "leader"), office.delivered["run"])
    assert look.purpose == f"sửa sai lệch theo qn:{task.number}"
    assert look.rows == len(look.stts) <= sheet.max_row - 5


def test_a_task_of_another_group_is_not_there(office):
    other, account = neighbour(office)
    task = Task.objects.order_by("pk")[0]
    with at(2022, 7, 2):
        with pytest.raises(TaskNotFound):
            correcting.claim(account, other, task.pk, 1)
        with pytest.raises(TaskNotFound):
            correcting.handover(offices.viewer(account, SINCE.replace(month=7)), other, task.pk)
        with pytest.raises(RefusedByCharter):
            correcting.claim(account, office.group, task.pk, 1)
    task.refresh_from_db()
    assert task.claimed == 0


def test_a_look_up_in_the_register_keeps_its_purpose(office):
    me = viewer(office, "register_keeper")
    register = population.registers(me, office.group.id)[0]
    with at(2022, 7, 1):
        number = next(
            row.number for row in looking.page(me, office.delivered["run"], ALL, 1, purpose=WHY).rows if row.number
        )

        def by(why: str):
            asked = ledger.commitment(number)
            act = Act(
                account=me.account,
                group=office.group,
                action="person.read",
                obj=bind("register", str(register.id), number=asked),
                facts={"purpose.stated": True, "person.in_own_units": True},
                reason=why,
            )
            return permit(act)

        with pytest.raises(RefusedByCharter, match="mục đích khác"):
            population.lookup(by("Kiểm tra"), me, register.id, number, WHY)
        assert population.lookup(by(WHY), me, register.id, number, WHY)["so_dinh_danh"] == number
    assert ledger.entries_for("register", str(register.id))[-1]["reason"] == WHY


def test_a_damaged_result_is_named_and_nothing_of_it_is_said(office):
    run = matching.for_work(office.delivered["run"])
    whole = run.result.read_bytes()
    run.result.chmod(0o600)
    run.result.write_bytes(b"PAR1 hong PAR1")
    me = viewer(office, "leader")
    with at(2022, 7, 1):
        with pytest.raises(EngineStopped, match=run.result.name):
            looking.page(me, run.id, ALL, 1, purpose=WHY)
        with pytest.raises(EngineStopped, match=run.result.name):
            rows.sheets(me, run.id)
    with pytest.raises(NotYours):
        rows.sheets(offices.viewer("00000000-0000-4000-8000-000000000009", SINCE), run.id)
    run.result.write_bytes(whole)
