"""Figures of indicators through the pages: entered with their source, from a workbook and back, never half kept."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from dean06.flows import measuring
from dean06.reports.models import InputFigure
from web.neighbours import client, viewer

KY = "2022-07"


def page(office, path: str) -> str:
    return f"/t/{office.group.slug}/chi-tieu/{path}"


def text(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def ours(office_hours):
    return office_hours.ours


def month_of(ours):
    return measuring.months(viewer(ours), ours.group, [KY])[0]


def test_figures_are_kept_with_their_source_and_an_emptied_one_is_taken_back(ours):
    browser = client(ours, "secretariat")
    given = {"ky": KY, "so-a.ho_so_dung_han": "1.950", "so-a.ho_so_den_han": "2000", "nguon": "Cổng dịch vụ công"}
    answer = browser.post(page(ours, "nhap/ghi/"), given)
    assert answer.status_code == 302
    assert month_of(ours).measured["A.2.1"].value == Decimal("97.50")
    shown = text(browser.get(page(ours, f"?ky={KY}")))
    assert "97,50" in shown
    assert "Cổng dịch vụ công" in text(browser.get(page(ours, f"A.2.1/?ky={KY}")))
    browser.post(page(ours, "nhap/ghi/"), {"ky": KY, "so-a.ho_so_den_han": "", "nguon": "nhầm"})
    told = month_of(ours).measured["A.2.1"]
    assert (told.state, told.missing) == ("unmeasured", ("a.ho_so_den_han",))
    assert InputFigure.objects.filter(group_id=ours.group.id, code="a.ho_so_den_han").count() == 3  # every entry stays


def test_what_is_no_number_is_said_at_its_field_and_nothing_is_kept(ours):
    browser = client(ours, "secretariat")
    before = InputFigure.objects.count()
    given = {"ky": KY, "so-a.dich_vu": "12", "so-a.phan_anh": "mười", "nguon": "x"}
    answer = browser.post(page(ours, "nhap/ghi/"), given)
    assert answer.status_code == 422
    assert 'href="#so-a.phan_anh"' in text(answer)
    assert 'value="mười"' in text(answer)
    assert InputFigure.objects.count() == before


def test_a_workbook_goes_out_and_comes_back_and_only_what_changed_is_kept(ours):
    browser = client(ours, "secretariat")
    browser.post(page(ours, "nhap/ghi/"), {"ky": KY, "so-d.kham": "100", "so-d.kham_can_cuoc": "40", "nguon": "BHXH"})
    out = browser.get(page(ours, f"?ky={KY}&dang=xlsx"))
    book = load_workbook(io.BytesIO(b"".join(out.streaming_content) if out.streaming else out.content))
    rows = {row[0].value: row for row in book.active.iter_rows() if row[0].value}
    assert rows["d.kham"][3].value == 100
    rows["d.kham_can_cuoc"][3].value = 55
    rows["d.truong"][3].value = "không rõ"
    saved = io.BytesIO()
    book.save(saved)
    file = SimpleUploadedFile("chi-tieu.xlsx", saved.getvalue())
    answer = browser.post(page(ours, "nhap/bang/"), {"ky": KY, "bang": file})
    shown = text(answer)
    assert "thay 40" in shown
    assert "không phải số" in shown
    assert 'name="so-d.kham_can_cuoc" value="55"' in shown
    assert 'type="hidden" name="so-d.kham"' not in shown
    assert month_of(ours).measured["D.1"].value == Decimal("40.00")  # looked at, not kept
    browser.post(page(ours, "nhap/ghi/"), {"ky": KY, "so-d.kham_can_cuoc": "55", "nguon": "tệp"})
    assert month_of(ours).measured["D.1"].value == Decimal("55.00")


def test_what_the_platform_counts_is_not_entered_by_hand(ours):
    browser = client(ours, "secretariat")
    shown = text(browser.get(page(ours, f"nhap/?ky={KY}")))
    assert 'name="so-c.khop"' not in shown
    assert month_of(ours).measured["C.2"].state == "measured"
    assert "N" in text(browser.get(page(ours, f"C.2/?ky={KY}")))


def test_an_unknown_indicator_is_not_there(ours):
    assert client(ours).get(page(ours, "Z.9/")).status_code == 404
