"""A row set aside at the door is counted, found, handed over and proved like any other row of a delivery."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from dean06.corrections.models import Finding
from dean06.flows import correcting, looking, ordering
from dean06.offices import service as offices
from dean06.reconcile.service import runs as matching
from dean06.reconcile.service import scores
from dean06.reconcile.types import RowFilter
from dean06.sources import service as sources
from dean06.sources.rows import QUARANTINED
from dean06.work.models import Task
from flows.conftest import SINCE, Office, at, found, kept, own
from web.neighbours import client

HEAD = "STT,Mã số BHXH,Họ và tên,Ngày sinh,Giới tính,Số CCCD"
SOUND = ["4420000001,Đinh Văn Không Ai,02/03/1985,1,", "4420000002,Đinh Thị Không Ai,02/03/1986,0,"]
# The first keeps a key that can be read; the second and the third have none, and differ.
BROKEN = ["4420000003,Đinh\x01Văn Hỏng,1987,1,", ",Đinh \ufffd Một,1988,1,", ",Đinh \ufffd Hai,1988,1,"]
MENDED = ["4420000003,Đinh Văn Hỏng,1987,1,", ",Đinh Thị Một,1988,1,", ",Đinh Thị Hai,1988,1,"]
WHY = "Kiểm tra"


def deliver(office: Office, month: int, rows: Sequence[str], *, complete: bool = True) -> int:
    path = office.folder / f"bhyt-{month}.csv"
    lines = [HEAD, *(f"{number},{row}" for number, row in enumerate(rows, 1))]
    path.write_text("\r\n".join(lines) + "\r\n", encoding="utf-8", newline="")
    return office.hand_in("bhyt", "BHXH", f"2022-{month:02d}", path, complete=complete)


def build(folder: Path) -> Office:
    made = found("quang-ninh-2022", "qn", folder, persons=120)
    with at(2022, 6, 1):
        ordering.assign_source(made.account("leader"), made.group, "bhyt")
    for month in ("2022-06", "2022-07"):
        made.load_register(month)
    made.delivered["run"] = deliver(made, 6, [SOUND[0], BROKEN[0], SOUND[1], BROKEN[1], BROKEN[2]])
    return made


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    with kept(django_db_blocker, tmp_path_factory.mktemp("hong"), build) as office:
        yield office


@pytest.fixture
def office(made, db, tmp_path) -> Office:
    return own(made, tmp_path)


def findings() -> dict[int, str]:
    """Give the findings about set-aside rows: the row's number when it was last told, and how the finding stands."""
    return dict(Finding.objects.filter(rule="SAI_DINH_DANG").values_list("dong", "status"))


def test_run_delivery_page_and_scores_count_it(office):
    run = office.delivered["run"]
    told = matching.for_work(run)
    delivery = sources.delivery_for_work(told.delivery_id)
    assert (told.rows, delivery.rows, delivery.quarantined) == (5, 5, 3)
    assert (sum(told.counts.values()), told.counts["SAI_DINH_DANG"]) == (5, 3)
    me = offices.viewer(office.account("leader"), SINCE.replace(month=7))
    with at(2022, 7, 1):
        page = looking.page(me, run, RowFilter(result="SAI_DINH_DANG"), 1, purpose=WHY)
        assert [(row.dong, row.reason) for row in page.rows] == [
            (3, QUARANTINED["ky_tu_dieu_khien"]),
            (5, QUARANTINED["ky_tu_hong"]),
            (6, QUARANTINED["ky_tu_hong"]),
        ]
        assert looking.row(me, run, 1, purpose=WHY).dong == 3
    with at(2022, 7, 2):
        assert looking.page(me, run, RowFilter(), 1, purpose=WHY).total == 5
    measured = scores.for_work(run)
    assert (measured["C3"].good, measured["C3"].total) == (0, 5)


def test_each_is_a_finding_of_its_own_and_stands_in_the_correction_file(office):
    assert findings() == {3: "open", 5: "open", 6: "open"}
    me = offices.viewer(office.account("member", "BHXH"), SINCE.replace(month=7))
    with at(2022, 7, 1):
        books = [correcting.handover(me, office.group, task.pk)[0] for task in Task.objects.all()]
    lines = [row for book in books for row in openpyxl.load_workbook(io.BytesIO(book)).active.values]
    told = {row[1]: row[7] for row in lines if row[7] in QUARANTINED.values()}
    assert told == {
        "3": QUARANTINED["ky_tu_dieu_khien"],
        "5": QUARANTINED["ky_tu_hong"],
        "6": QUARANTINED["ky_tu_hong"],
    }


def test_a_mended_row_proves_it_and_a_damaged_one_stays(office):
    deliver(office, 7, [SOUND[0], MENDED[0], SOUND[1], MENDED[1]])
    assert findings() == {3: "proved", 5: "proved", 6: "proved"}


def test_a_list_declared_in_part_proves_by_the_key_alone(office):
    deliver(office, 7, [SOUND[0], MENDED[0], *MENDED[1:]], complete=False)
    assert findings() == {3: "proved", 5: "open", 6: "open"}


def test_a_row_that_is_still_damaged_is_the_same_finding(office):
    deliver(office, 7, [SOUND[1], SOUND[0], *BROKEN])
    assert findings() == {4: "open", 5: "open", 6: "open"}
    assert not Finding.objects.filter(rule="SAI_DINH_DANG", reopened__gt=0).exists()


def test_its_page_shows_the_sentence_and_counts_it_once(office):
    browser = client(office)
    page = f"/t/{office.group.slug}/doi-soat/luot/{office.delivered['run']}/"
    with at(2022, 7, 1):
        browser.post(f"{page}muc-dich/", {"muc_dich": WHY})
        shown = browser.get(f"{page}?ket_qua=SAI_DINH_DANG").content.decode()
        opened = browser.get(f"{page}dong/1/", headers={"HX-Request": "true"}).content.decode()
        book = b"".join(browser.get(f"{page}ket-qua.xlsx").streaming_content)
    assert shown.count("data-row") == 3
    assert QUARANTINED["ky_tu_dieu_khien"] in opened
    sheet = openpyxl.load_workbook(io.BytesIO(book))["Kết quả"]
    assert [row[2].value for row in sheet.iter_rows(min_row=2)].count("SAI_DINH_DANG") == 3
    assert sheet.max_row == 6
