"""From the order to the doors and back: station, hamlet, commune police, and the list that the agency is handed."""

from __future__ import annotations

import csv
from datetime import datetime
from itertools import count
from pathlib import Path

import pytest

from dean06.charter.errors import Refused
from dean06.clock import service as clock
from dean06.clock.errors import BadInput, HouseError
from dean06.corrections import service as corrections
from dean06.corrections.models import Finding
from dean06.corrections.types import OrderInfo
from dean06.flows import intake, ordering, packaging, redirecting, visiting
from dean06.ledger import service as ledger
from dean06.reconcile.errors import SheetRefused
from dean06.reconcile.models import FieldAnswer, FieldRow, FieldSheet, Look
from dean06.reconcile.service import field_sheets
from dean06.reconcile.types import FieldSheetInfo, Visit
from flows.conftest import Office, at, found, kept, own
from flows.test_doubting import load, other, people, viewer, written
from flows.test_packages import table, unpacked

HEAD = ["STT", "Mã số BHXH", "Họ và tên", "Ngày sinh", "Số CCCD", "Địa chỉ"]
HOMES = ("Thôn Trung Lực, xã Gia Ninh", "thôn trung lực - Gia Ninh", "xã Gia Ninh")
WHY = "xác minh tại nhà"
SECONDS = count()  # no two looks are at one instant


def build(folder: Path) -> Office:
    """Give an agency's list on which three people are born on another day, two of them of one hamlet."""
    made = found("quang-ninh-2022", "qn", folder, persons=150)
    with at(2022, 6, 1):
        ordering.assign_source(made.account("leader"), made.group, "bhyt")
    load(made, "2022-06")
    path = made.folder / "bhyt-6.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        rows = [
            [
                str(place),
                f"442000000{place}",
                row["ho_ten"],
                written(other(row["ngay_sinh"])),
                row["so_dinh_danh"],
                home,
            ]
            for place, (row, home) in enumerate(zip(people(made), HOMES, strict=True), 1)
        ]
        csv.writer(out).writerows([HEAD, *rows])
    made.hand_in("bhyt", "BHXH", "2022-06", path)
    made.delivered["first"] = made.delivered["2022-06"]
    return made


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    with kept(django_db_blocker, tmp_path_factory.mktemp("tan-nha"), build) as office:
        yield office


@pytest.fixture
def office(made, db, tmp_path) -> Office:
    return own(made, tmp_path)


def order(office: Office) -> OrderInfo:
    held = Finding.objects.filter(rule="KHOP_SAI_LECH", field="ngay_sinh")[0].order_id
    return next(one for one in corrections.orders(viewer(office, "member", "BHXH"), office.group.id) if one.id == held)


def drawn(office: Office, role: str = "member", agency: str = "BHXH") -> list[FieldSheetInfo]:
    with at(2022, 7, 1):
        return visiting.draw_up(viewer(office, role, agency), office.group, order(office).id)


def rows_of(office: Office, sheet: FieldSheetInfo, role: str = "member", agency: str = "BHXH") -> list[Visit]:
    with clock.pinned(datetime(2022, 7, 2, 9, 0, next(SECONDS) % 60, tzinfo=clock.TZ)):
        return visiting.open_sheet(viewer(office, role, agency), office.group, sheet.id, purpose=WHY)


def write(office: Office, sheet: FieldSheetInfo, visit: Visit, code: str, value: str = "") -> None:
    with at(2022, 7, 2):
        seen = viewer(office, "member", "BHXH")
        visiting.record(seen, office.group, sheet.id, (visit.id, visit.place), code, value)


def confirmed(office: Office, sheet: FieldSheetInfo, role: str = "standing_deputy", *, confirms: bool = True) -> int:
    with at(2022, 7, 3):
        waiting = FieldAnswer.objects.filter(row__sheet_id=sheet.id, state="claimed")
        answers = list(waiting.values_list("pk", flat=True))
        return visiting.confirm(viewer(office, role), office.group, sheet.id, answers, confirms=confirms)


def again(office: Office, sheet: FieldSheetInfo) -> FieldSheetInfo:
    return visiting.sheet(viewer(office, "member", "BHXH"), office.group, sheet.id)


def test_rows_are_gathered_by_hamlet_and_the_unknown_stand_apart(office):
    assert [(one.hamlet, one.rows) for one in drawn(office)] == [("Thôn Trung Lực", 2), ("", 1)]
    with pytest.raises(SheetRefused, match="đã ở trên phiếu"):
        drawn(office)


def test_opening_a_sheet_is_a_look_with_its_purpose_and_shows_what_is_needed(office):
    first = drawn(office)[0]
    before = Look.objects.count()
    visits = rows_of(office, first)
    look = Look.objects.latest("pk")
    assert (Look.objects.count() - before, look.purpose, look.rows) == (1, WHY, 2)
    person = people(office)[0]
    told = visits[0].row
    assert (told.value, told.registered) == (written(other(person["ngay_sinh"])), person["ngay_sinh"])
    assert set(told.beside) == {"ho_ten", "ngay_sinh", "dia_chi"}
    with pytest.raises(Refused), at(2022, 7, 2):
        visiting.open_sheet(viewer(office, "member", "BHXH"), office.group, first.id, purpose=" ")


def test_what_is_written_at_the_door_is_a_claim_and_its_value_lies_encrypted(office):
    sheet = drawn(office)[0]
    visit = rows_of(office, sheet)[0]
    write(office, sheet, visit, "khac", "17/02/1943")
    stored = FieldAnswer.objects.get()
    assert b"1943" not in bytes(stored.sealed)
    assert rows_of(office, sheet)[0].answer.value == "17/02/1943"
    entry = ledger.entries_for("field_sheet", f"{sheet.ref}:{visit.place}")[-1]
    assert "1943" not in str(entry)
    assert (again(office, sheet).answered, again(office, sheet).confirmed) == (1, 0)


@pytest.mark.parametrize(
    ("code", "value"), [("khac", ""), ("khong_gap", "17/02/1943"), ("la", ""), ("khac", "x" * 201)]
)
def test_what_fits_no_answer_is_refused(office, code, value):
    sheet = drawn(office)[0]
    with pytest.raises(BadInput):
        write(office, sheet, rows_of(office, sheet)[0], code, value)


def test_the_police_confirm_what_others_wrote_and_never_their_own(office):
    sheet = drawn(office)[0]
    for visit in rows_of(office, sheet):
        write(office, sheet, visit, "nhu_so")
    with pytest.raises(Refused):
        confirmed(office, sheet, "secretariat")
    assert confirmed(office, sheet) == 2
    with pytest.raises(SheetRefused, match="xác nhận"):
        write(office, sheet, rows_of(office, sheet)[0], "khong_gap")


def test_whoever_wrote_it_down_does_not_confirm_it(office):
    sheet = drawn(office, "standing_deputy", "POL")[0]
    visit = rows_of(office, sheet, "standing_deputy", "POL")[0]
    with at(2022, 7, 2):
        seen = viewer(office, "standing_deputy", "POL")
        visiting.record(seen, office.group, sheet.id, (visit.id, visit.place), "nhu_so", "")
    with pytest.raises(Refused):
        confirmed(office, sheet)
    assert confirmed(office, sheet, "register_keeper") == 1


def test_what_is_rejected_is_visited_again(office):
    sheet = drawn(office)[0]
    visit = rows_of(office, sheet)[0]
    write(office, sheet, visit, "da_chet")
    assert confirmed(office, sheet, confirms=False) == 1
    assert again(office, sheet).answered == 0
    write(office, sheet, visit, "khong_gap")
    assert again(office, sheet).answered == 1


def test_the_agency_receives_the_list_that_the_police_confirmed(office):
    sheet = drawn(office)[0]
    first, second = rows_of(office, sheet)
    write(office, sheet, first, "khac", "01/01/1950")
    write(office, sheet, second, "khac", "02/02/1950")
    with at(2022, 7, 3):
        one = FieldAnswer.objects.get(row_id=first.id).pk
        visiting.confirm(viewer(office, "standing_deputy"), office.group, sheet.id, [one], confirms=True)
    with at(2022, 7, 4):
        handed = packaging.hand_over(viewer(office, "member", "BHXH"), office.group, "BHXH", "zip")
    rows = {row["finding"]: row for row in table(unpacked(handed.content)["corrections.csv"])}
    assert rows[first.fingerprint]["proposed"] == "01/01/1950"
    assert "PX-1/1: Công an xã xác nhận" in rows[first.fingerprint]["evidence"]
    assert rows[second.fingerprint]["proposed"] == people(office)[1]["ngay_sinh"], "a claim alone changes nothing"


def test_sheets_are_parted_and_put_together_with_their_answers(office):
    first, unknown = drawn(office)
    write(office, first, rows_of(office, first)[0], "khong_gap")
    with at(2022, 7, 2):
        seen = viewer(office, "member", "BHXH")
        parts = visiting.split(seen, office.group, first.id, 2)
        assert [(one.rows, one.answered) for one in parts] == [(1, 1), (1, 0)]
        whole = visiting.merge(seen, office.group, [*(one.id for one in parts), unknown.id])
        assert (whole.rows, whole.answered, whole.hamlet) == (3, 1, "chưa rõ thôn; Thôn Trung Lực")
        with pytest.raises(SheetRefused):
            visiting.split(seen, office.group, first.id, 2)
    assert FieldSheet.objects.filter(ended_at=None).count() == 1
    assert FieldRow.objects.count() == 3


def test_each_printing_has_its_number_and_is_recorded(office):
    sheet = drawn(office)[0]
    with at(2022, 7, 2):
        seen = viewer(office, "member", "BHXH")
        first, visits = visiting.print_out(seen, office.group, sheet.id, purpose=WHY)
        second, _ = visiting.print_out(seen, office.group, sheet.id, purpose=WHY)
    assert (first.edition, second.edition, len(visits)) == (1, 2, 2)
    assert Look.objects.latest("pk").action == "result.export"
    assert [entry["note"]["edition"] for entry in ledger.entries_for("field_sheet", f"{sheet.ref}:in")] == [1, 2]


def test_a_wrong_delivery_taken_back_ends_its_sheets(office):
    drawn(office)
    with at(2022, 7, 5):
        intake.take_back(office.account("member", "BHXH"), office.delivered["first"])
    assert not FieldSheet.objects.filter(ended_at=None).exists()
    assert not FieldRow.objects.filter(open=True).exists()


def test_another_agency_does_not_find_the_sheet(office):
    sheet = drawn(office)[0]
    with pytest.raises(HouseError):
        rows_of(office, sheet, "member", "GDDT")
    assert visiting.seen(viewer(office, "member", "GDDT"), office.group) == []


def test_sheets_go_with_rows_that_go_to_another_agency(office):
    sheets, held = drawn(office), order(office)
    first = max(sheets, key=lambda one: one.rows)
    write(office, first, rows_of(office, first)[0], "khac", "17/02/1943")
    answered = FieldAnswer.objects.get().row.fingerprint
    rows = list(FieldRow.objects.filter(sheet__order=held.id).order_by("pk").values_list("fingerprint", flat=True))
    going = [one for one in rows if one == answered] + [one for one in rows if one != answered][1:]
    with at(2022, 7, 10):
        new = redirecting.move(viewer(office, "leader"), office.group, held.id, going, "GDDT")
    theirs = field_sheets.for_flow(office.group.id, new.id)
    ours = field_sheets.for_flow(office.group.id, held.id)
    assert {one.agency for one in theirs} == {"GDDT"}
    assert (sum(one.rows for one in theirs), sum(one.rows for one in ours)) == (len(going), len(rows) - len(going))
    assert sum(one.answered for one in theirs) == 1  # what was found at the door goes with its row
    seen = field_sheets.drawn(viewer(office, "member", "BHXH"), office.group.id)
    assert not {one.id for one in seen} & {one.id for one in theirs}
