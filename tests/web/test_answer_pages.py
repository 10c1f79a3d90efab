"""The officer who comes once a month: one page, tick and send, or a file; and sheets for who knocks on doors."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dean06.corrections import service as corrections
from dean06.corrections.models import AnswerFile, Disposition, Handover
from dean06.flows import packaging
from dean06.reconcile.models import FieldAnswer, FieldPrint, Look
from web.neighbours import client, viewer

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def office(office_hours):
    return office_hours.ours


@pytest.fixture
def order(office):
    return packaging.open_orders(viewer(office), office.group)[0]


@pytest.fixture
def browser(office, order):
    return client(office, "member", order.agency)


def page(office, path: str = "") -> str:
    return f"/t/{office.group.slug}/{path}"


def words(answer) -> str:
    return answer.content.decode()


def test_one_page_takes_every_answer(office, order, browser):
    rows = corrections.open_findings([order.id])
    sent = {"dong": [one.id for one in rows], "moi_dong": "fixed"}
    answer = browser.post(page(office, f"phai-sua/?don={order.id}"), sent, follow=True)
    assert f"Đã ghi trả lời cho {len(rows)} dòng" in words(answer)
    latest = corrections.latest_answers(one.id for one in rows)
    assert {one.kind.value for one in latest.values()} == {"fixed"}


def test_what_is_wrong_is_said_by_row_and_what_was_typed_stays(office, order, browser):
    row = corrections.open_findings([order.id])[0]
    sent = {"dong": [row.id], f"tl-{row.id}": "refused", f"vb-{row.id}": "12/TB"}
    answer = browser.post(page(office, f"phai-sua/?don={order.id}"), sent)
    assert answer.status_code == 422
    assert f"Dòng {row.dong}: «Không sửa» cần một lý do." in words(answer)
    assert 'value="12/TB"' in words(answer)


def test_the_workbook_goes_out_and_comes_back(office, order, browser):
    before = Handover.objects.count()
    out = browser.post(page(office, "phai-sua/ban-giao/"), {"loai": "xlsx", "co_quan": order.agency, "don": order.id})
    assert (out["Cache-Control"], Handover.objects.count()) == ("no-store", before + 1)
    book = openpyxl.load_workbook(io.BytesIO(out.content))
    book["Trả lời"]["J5"] = "Cần giấy tờ"
    file = io.BytesIO()
    book.save(file)

    def send():
        given = SimpleUploadedFile("tra-loi.xlsx", file.getvalue(), XLSX)
        return browser.post(page(office, "phai-sua/tep/"), {"tep": given}, follow=True)

    assert "Đã ghi trả lời cho 1 dòng" in words(send())
    kept = Disposition.objects.latest("pk")
    assert (kept.kind, kept.way, AnswerFile.objects.filter(kept=1).exists()) == ("needs_paper", "file", True)
    assert "Lần này không ghi gì thêm" in words(send())


def test_bad_rows_of_a_file_are_named(office, browser):
    table = "finding,disposition\n" + "0" * 64 + ",Đã sửa\n"
    given = SimpleUploadedFile("disposition.csv", table.encode(), "text/csv")
    answer = browser.post(page(office, "phai-sua/tep/"), {"tep": given})
    assert answer.status_code == 422
    assert "mã sai lệch không có trong đơn sửa nào còn mở" in words(answer)


def test_a_file_without_the_columns_is_refused_in_a_sentence(office, browser):
    given = SimpleUploadedFile("khac.csv", "Họ tên\nA\n".encode(), "text/csv")
    answer = browser.post(page(office, "phai-sua/tep/"), {"tep": given})
    assert answer.status_code == 422
    assert "khac.csv" in words(answer)


def test_the_group_decides_what_is_not_theirs(office, order):
    leader = client(office)
    shown = words(leader.get(page(office, "phai-sua/cho-quyet/")))
    finding = re.search(r'name="dong" value="([0-9a-f]{64})"', shown)
    assert finding is not None
    held = re.search(r'name="don" value="(\d+)"', shown)
    assert held is not None
    sent = {"don": held.group(1), "dong": [finding.group(1)], "viec": "giao", "co_quan": "GDDT"}
    answer = leader.post(page(office, "phai-sua/cho-quyet/"), sent, follow=True)
    assert "Đã giao 1 dòng" in words(answer)
    assert Disposition.objects.filter(finding__fingerprint=finding.group(1)).latest("pk").outcome == "moved"


def test_a_sheet_shows_no_row_before_a_purpose_and_takes_a_claim_after_it(office, office_hours, browser):
    sheet = office_hours.mine.sheet
    href = page(office, f"phieu-xac-minh/{sheet}/")
    assert "Danh sách ghi" not in words(browser.get(href))
    before = Look.objects.count()
    shown = words(browser.post(f"{href}muc-dich/", {"ho_so": "Chị Hoa"}, follow=True))
    assert Look.objects.count() == before + 1
    row = re.search(r'name="dong" value="(\d+)"', shown)
    assert row is not None
    browser.post(f"{href}ghi/", {"dong": row.group(1), "thu_tu": 1, "thay": "khong_gap"})
    assert FieldAnswer.objects.filter(row_id=row.group(1)).latest("pk").code == "khong_gap"


def test_a_printing_says_which_it_is(office, office_hours, browser):
    sheet = office_hours.mine.sheet
    before = FieldPrint.objects.filter(sheet_id=sheet).count()
    answer = browser.post(page(office, f"phieu-xac-minh/{sheet}/in/"), {"ho_so": "Chị Hoa"})
    assert answer["Cache-Control"] == "no-store"
    assert f"bản in số {before + 1}" in words(answer)
    assert "bỏ bản cũ" in words(answer)
