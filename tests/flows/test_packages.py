"""A round handed over in one file and answered in it; rows that go to another agency; values that changed meanwhile."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile

import frictionless
import openpyxl
import pytest

from dean06.charter.errors import NeedsReason, Refused
from dean06.clock.errors import BadInput
from dean06.corrections import service as corrections
from dean06.corrections.models import AnswerFile, Disposition, Finding, HandedFinding, Handover
from dean06.corrections.types import DispositionKind, OrderInfo
from dean06.flows import answer_files, handing_over_paper, intake, packaging, redirecting
from dean06.flows.answer_files import AnswerRow
from dean06.ledger import service as ledger
from dean06.papers.service import documents
from dean06.reconcile.models import Look
from dean06.work.models import Task
from flows.conftest import Office, at, kept, own
from flows.test_answering import build, next_list, order, outcomes, say, wrong
from flows.test_doubting import deliver, lines, load, people, viewer


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    with kept(django_db_blocker, tmp_path_factory.mktemp("ban-giao"), build) as office:
        yield office


@pytest.fixture
def office(made, db, tmp_path) -> Office:
    return own(made, tmp_path)


def taken(office: Office, kind: str = "zip", day: int = 1) -> packaging.Handed:
    with at(2022, 7, day):
        return packaging.hand_over(viewer(office, "member", "BHXH"), office.group, "BHXH", kind)


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def table(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode())))


def answered(row: dict[str, str], kind: str, reason: str = "", number: int = 2, reference: str = "") -> AnswerRow:
    return AnswerRow(
        number=number,
        finding=row["finding"],
        seen=row["seen"],
        disposition=kind,
        reason=reason,
        reference=reference,
    )


def sent(office: Office, *rows: AnswerRow, day: int = 2, name: str = "a") -> answer_files.Taken:
    with at(2022, 7, day):
        sha256 = hashlib.sha256(name.encode()).hexdigest()
        return answer_files.take_in(viewer(office, "member", "BHXH"), office.group, sha256, rows)


def test_the_package_says_what_to_correct_and_other_programs_read_it(office, tmp_path):
    handed = taken(office)
    files = unpacked(handed.content)
    assert set(files) == {"corrections.csv", "disposition.csv", "datapackage.json", "SHA256SUMS"}
    sums = dict(reversed(line.split("  ")) for line in files["SHA256SUMS"].decode().splitlines())
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in files.items() if name != "SHA256SUMS"}
    told = json.loads(files["datapackage.json"])
    assert told["$schema"].endswith("/2.0/datapackage.json")
    row = next(one for one in table(files["corrections.csv"]) if one["finding"] == wrong().fingerprint)
    first = people(office)[0]
    assert (row["field"], row["proposed"], row["record_key"]) == ("ngay_sinh", first["ngay_sinh"], "4420000001")
    assert (row["due"], row["order"]) == (order(office).due.isoformat(), order(office).ref)
    assert row["clause"].startswith("Điều")
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert [task.valid for task in report.tasks] == [True, True] if report.tasks else report.valid


def test_taking_it_is_recorded_and_its_rows_are_a_look(office):
    handed = taken(office)
    assert handed.info.file_sha256 == hashlib.sha256(handed.content).hexdigest()
    entry = ledger.entries_for("handover", handed.info.ref)[0]
    assert entry["note"]["file"] == handed.info.file_sha256
    look = Look.objects.latest("pk")
    assert (look.rows, look.action) == (handed.info.rows, "result.export")
    assert "bàn giao" in look.purpose
    assert [one.ref for one in corrections.handovers(viewer(office, "member", "BHXH"), office.group.id)] == ["qn:BG-1"]
    assert corrections.handovers(viewer(office, "member", "GDDT"), office.group.id) == []


def test_no_value_of_a_person_is_kept_with_it(office):
    taken(office)
    first = people(office)[0]
    kept_words = str([list(model.objects.values()) for model in (Handover, HandedFinding, Disposition, Finding)])
    assert not [value for value in (first["ho_ten"], first["so_dinh_danh"], first["ngay_sinh"]) if value in kept_words]


def test_another_agency_has_nothing_to_take(office):
    with at(2022, 7, 1), pytest.raises(BadInput, match="không còn dòng"):
        packaging.hand_over(viewer(office, "member", "GDDT"), office.group, "BHXH", "zip")


def test_the_workbook_offers_the_answers_as_lists(office):
    book = openpyxl.load_workbook(io.BytesIO(taken(office, "xlsx").content))
    sheet = book["Trả lời"]
    lists = {str(one.sqref).split(":", maxsplit=1)[0][0]: one.formula1 for one in sheet.data_validations.dataValidation}
    assert lists == {"J": "'Danh mục'!$A$1:$A$4", "K": "'Danh mục'!$B$1:$B$8"}
    assert [cell.value for cell in book["Danh mục"]["A"]][:2] == ["Đã sửa", "Không sửa, có lý do"]
    assert sheet["M5"].value in set(Finding.objects.values_list("fingerprint", flat=True))


def test_answers_come_back_row_by_row(office):
    rows = table(unpacked(taken(office).content)["disposition.csv"])
    mine = next(one for one in rows if one["finding"] == wrong().fingerprint)
    stranger = dict(mine, finding="f" * 64)
    told = sent(
        office,
        answered(mine, "Đã sửa", number=2),
        answered(stranger, "fixed", number=3),
        answered(mine, "", number=4),
    )
    assert (told.kept, told.blank, [(one.number, one.field) for one in told.bad]) == (1, 1, [(3, "finding")])
    assert outcomes() == [("fixed", "waiting")]


@pytest.mark.parametrize(
    ("kind", "reason", "field"),
    [("xong roi", "", "disposition"), ("refused", "", "reason"), ("Không sửa, có lý do", "vì thế", "reason")],
)
def test_a_bad_row_is_named_by_its_column_and_nothing_is_kept(office, kind, reason, field):
    mine = table(unpacked(taken(office).content)["disposition.csv"])
    row = next(one for one in mine if one["finding"] == wrong().fingerprint)
    told = sent(office, answered(row, kind, reason, number=7))
    assert [(one.number, one.field) for one in told.bad] == [(7, field)]
    assert (Disposition.objects.count(), AnswerFile.objects.count()) == (0, 0)


def test_the_same_file_twice_is_once_even_when_an_answer_came_between(office):
    row = next(
        one
        for one in table(unpacked(taken(office).content)["disposition.csv"])
        if one["finding"] == wrong().fingerprint
    )
    assert sent(office, answered(row, "needs_paper")).kept == 1
    say(office, "fixed", day=3)
    again = sent(office, answered(row, "needs_paper"), day=4)
    assert again.before is not None
    assert (again.before.kept, again.kept) == (1, 0)
    assert outcomes()[-1] == ("fixed", "waiting")


def test_a_row_that_changed_since_it_was_handed_over_is_not_answered(office):
    row = next(
        one
        for one in table(unpacked(taken(office).content)["disposition.csv"])
        if one["finding"] == wrong().fingerprint
    )
    told = sent(office, answered(dict(row, seen="0" * 64), "fixed"))
    assert [one.field for one in told.bad] == ["seen"]


def test_a_list_that_changed_the_value_and_left_it_wrong_voids_the_order_of_that_row(office):
    taken(office)
    say(office, "fixed", day=2)
    before, task = wrong().order_id, order(office).task_id
    first = people(office)[0]
    load(office, "2022-07")
    third = f"{first['ngay_sinh'][:8]}{'21' if first['ngay_sinh'][8:] != '21' else '22'}"
    deliver(office, 7, lines(office, {first["so_dinh_danh"]: third}))
    assert wrong().order_id != before
    assert wrong().order_id is not None, "it is ordered anew by the standing assignment"
    assert outcomes() == [("fixed", "contradicted")], "the false word is counted all the same"
    assert Task.objects.get(pk=task).status in {"cancelled", "open"}
    assert Task.objects.get(pk=task).total == Finding.objects.filter(order_id=before).count()


def test_a_list_that_says_the_same_keeps_its_order(office):
    taken(office)
    before = wrong().order_id
    next_list(office, mended=False)
    assert wrong().order_id == before


def test_taking_the_changed_list_back_leaves_no_task_without_rows(office):
    taken(office)
    first = people(office)[0]
    load(office, "2022-07")
    third = f"{first['ngay_sinh'][:8]}{'21' if first['ngay_sinh'][8:] != '21' else '22'}"
    second = deliver(office, 7, lines(office, {first["so_dinh_danh"]: third}))
    with at(2022, 8, 1):
        intake.take_back(office.account("member", "BHXH"), second)
    for task in Task.objects.exclude(status="cancelled"):
        held = corrections.order_of_task(task.id)
        assert held is not None
        assert (task.total, held.voided_at) == (held.total, None)
    assert wrong().order_id is None


def moved(office: Office, agency: str = "GDDT", role: str = "leader") -> OrderInfo:
    with at(2022, 7, 3):
        return redirecting.move(
            viewer(office, role), office.group, order(office).id, [wrong().fingerprint], agency, reason="Học sinh"
        )


def test_rows_that_are_not_theirs_go_to_another_agency_with_days_of_their_own(office):
    say(office, "not_ours", reason="co_quan_khac_lap")
    waiting = corrections.waiting_answers(office.group.id, DispositionKind.NOT_OURS)
    assert [one.finding_id for one in waiting] == [wrong().pk]
    old = order(office)
    new = moved(office)
    assert (new.agency, new.count, wrong().order_id) == ("GDDT", 1, new.id)
    assert f"đơn sửa số {old.number}" in new.reading
    assert outcomes() == [("not_ours", "moved")]
    assert Task.objects.get(pk=new.task_id).lead == "GDDT"
    emptied = Task.objects.get(pk=old.task_id)
    assert emptied.total == Finding.objects.filter(order_id=old.id).count()
    assert (emptied.status == "cancelled") == (emptied.total == 0)
    next_list(office, mended=True)
    assert Task.objects.get(pk=new.task_id).status == "done"


def test_a_row_that_stays_keeps_its_order_and_ends_the_answer(office):
    say(office, "refused", reason="dung_theo_giay_to")
    with at(2022, 7, 3):
        assert redirecting.uphold(viewer(office, "leader"), office.group, order(office).id, [wrong().fingerprint]) == 1
    assert outcomes() == [("refused", "upheld")]


def test_an_agency_does_not_move_its_own_rows(office):
    with at(2022, 7, 3), pytest.raises((Refused, NeedsReason)):
        redirecting.move(
            viewer(office, "member", "BHXH"), office.group, order(office).id, [wrong().fingerprint], "GDDT"
        )
    assert moved(office).agency == "GDDT"


def test_the_list_that_both_sides_sign_is_filled_in_from_the_package(office):
    handed = taken(office).info
    with at(2022, 7, 2):
        paper = handing_over_paper.draft(viewer(office, "member", "BHXH"), office.group, handed.number)
        again = corrections.handovers(viewer(office, "member", "BHXH"), office.group.id)[0]
        with pytest.raises(BadInput, match="đã có bảng bàn giao"):
            handing_over_paper.draft(viewer(office, "member", "BHXH"), office.group, handed.number)
        with pytest.raises(BadInput, match="Không có lần bàn giao"):
            handing_over_paper.draft(viewer(office, "member", "GDDT"), office.group, handed.number)
    assert again.paper_id == paper.id
    told = documents.given(paper.id)
    found = corrections.handed_findings(handed.id)
    assert told["total"] == len(found) == handed.rows
    assert handed.file_sha256 in str(told["file"])
    assert sum(row["count"] for row in told["counts"][:-1]) == told["counts"][-1]["count"] == handed.rows
    assert told["receiver"]["name"] == "Lê Ngọc Hoa"
    people_ = [value for row in people(office) for value in (row["ho_ten"], row["so_dinh_danh"])]
    assert not [value for value in people_ if value in str(told)]
