"""The registers through their pages: entered, moved, taken back, sent out as a workbook and taken in again."""

from __future__ import annotations

import io
import logging
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dean06.flows import facts
from dean06.jobs import service as jobs
from dean06.ledger import service as ledger
from dean06.meetings.service import meetings
from dean06.work.service import registers
from web.neighbours import client

TYPED = {
    "o-ten": "Máy in hỏng",
    "o-nguyen_nhan": "ha_tang",
    "o-co_quan": "BHXH",
    "o-han": "30/8/2022",
    "do_mat": "thuong",
}


@pytest.fixture(autouse=True)
def quiet(caplog):
    caplog.set_level(logging.CRITICAL, logger="django.request")


def place(two, path: str = "") -> str:
    return f"/t/{two.ours.group.slug}/so-theo-doi/{path}"


def entered(two, browser, **changed) -> registers.EntryInfo:
    answer = browser.post(place(two, "vuong-mac/moi/"), TYPED | changed)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return registers.entry_for_flow(int(answer.url.rstrip("/").rpartition("/")[2]))


def test_an_issue_is_entered_moved_and_taken_back(office_hours):
    browser = client(office_hours.ours, "leader")
    one = entered(office_hours, browser)
    assert (one.agency, one.due.isoformat(), one.state) == ("BHXH", "2022-08-30", "moi")
    move = place(office_hours, f"vuong-mac/{one.id}/chuyen/thao_go/")
    shown = browser.get(move).content.decode()
    assert "Điều 9 khoản 6" in shown
    wrong = browser.post(move, {"lan_ghi": one.revision, "o-tra_loi": ""})
    assert wrong.status_code == 422
    assert 'href="#o-tra_loi"' in wrong.content.decode()
    assert browser.post(move, {"lan_ghi": one.revision, "o-tra_loi": "Đã thay máy"}).status_code == 302
    page = browser.get(place(office_hours, f"vuong-mac/{one.id}/")).content.decode()
    assert "Đã tháo gỡ" in page
    event = re.search(r'name="lan" value="(\d+)"', page)[1]
    assert browser.post(place(office_hours, f"vuong-mac/{one.id}/hoan-tac/"), {"lan": event}).status_code == 302
    assert registers.entry_for_flow(one.id).state == "moi"
    assert "Hoàn tác" in browser.get(place(office_hours, f"vuong-mac/{one.id}/")).content.decode()


def test_what_is_typed_wrongly_comes_back_with_what_was_typed(office_hours):
    browser = client(office_hours.ours, "leader")
    answer = browser.post(place(office_hours, "vuong-mac/moi/"), TYPED | {"o-han": "mai"})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "Máy in hỏng" in shown
    assert 'href="#o-han"' in shown


def test_a_secret_level_is_refused_by_name(office_hours):
    browser = client(office_hours.ours, "leader")
    before = len(registers.entries_of_group(office_hours.ours.group.id, "vuong-mac"))
    answer = browser.post(place(office_hours, "vuong-mac/moi/"), TYPED | {"do_mat": "toi_mat"})
    assert answer.status_code == 422
    assert "«Tối mật»" in answer.content.decode()
    assert len(registers.entries_of_group(office_hours.ours.group.id, "vuong-mac")) == before


def test_a_register_goes_out_as_a_workbook_and_only_the_changed_cell_comes_back(office_hours):
    browser = client(office_hours.ours, "leader")
    one = entered(office_hours, browser, **{"o-mo_ta": "Dòng một\nDòng hai"})
    book = openpyxl.load_workbook(io.BytesIO(browser.get(place(office_hours, "vuong-mac/?dang=xlsx")).content))
    sheet = book.active
    head = next(row for row in sheet.iter_rows() if row[0].value == "Số")
    column = next(cell.column for cell in head if cell.value == "Hạn trả lời")
    row = next(cells[0].row for cells in sheet.iter_rows() if cells[0].value == one.label)
    take, sent = place(office_hours, "vuong-mac/nhap-bang/"), io.BytesIO()
    book.save(sent)
    same = browser.post(take, {"tep": SimpleUploadedFile("so.xlsx", sent.getvalue())}).content.decode()
    assert "giống hệt sổ" in same
    sheet.cell(row=row, column=column, value="15/9/2022")
    sent = io.BytesIO()
    book.save(sent)
    shown = browser.post(take, {"tep": SimpleUploadedFile("so.xlsx", sent.getvalue())}).content.decode()
    sealed = re.search(r'name="bang" value="([^"]+)"', shown)[1]
    assert shown.count("<ins>") == 1
    assert browser.post(f"{take}ghi/", {"bang": sealed[:-3] + "abc"}).status_code == 422
    assert browser.post(f"{take}ghi/", {"bang": sealed}).status_code == 302
    after = registers.entry_for_flow(one.id)
    assert dict(after.values) == dict(one.values) | {"han": "2022-09-15"}
    assert browser.post(f"{take}ghi/", {"bang": sealed}).status_code == 422  # what was shown does not stand any more


def test_lists_are_narrowed_found_and_printed(office_hours):
    browser = client(office_hours.ours, "leader")
    one = entered(office_hours, browser, **{"o-ten": "Đường truyền hỏng"})
    narrowed = browser.get(place(office_hours, "vuong-mac/?q=duong+truyen&nguyen_nhan=ha_tang&trang_thai=moi"))
    assert one.label in narrowed.content.decode()
    assert one.label not in browser.get(place(office_hours, "vuong-mac/?nguyen_nhan=phap_ly")).content.decode()
    printed = browser.get(place(office_hours, "vuong-mac/in.pdf"))
    assert printed.content.startswith(b"%PDF")
    ledger.sequence()
    jobs.follow()
    found = browser.get(f"/t/{office_hours.ours.group.slug}/tim/?q=duong+truyen+hong").content.decode()
    assert one.label in found


def test_an_unknown_register_or_move_is_not_there(office_hours):
    browser = client(office_hours.ours, "leader")
    for path in ("khong-co/", "khong-co/moi/", "khong-co/nhap-bang/", "khong-co/tuy-chon/", "tich-hop/999999/"):
        assert browser.get(place(office_hours, path)).status_code == 404, path
    one = entered(office_hours, browser)
    assert browser.get(place(office_hours, f"vuong-mac/{one.id}/chuyen/khong_co/")).status_code == 404
    assert browser.get(place(office_hours, f"tich-hop/{one.id}/")).status_code == 404


def test_registers_and_money_stand_in_the_months_report_with_what_is_behind_them(office_hours):
    group = office_hours.ours.group
    told = facts.gather(group, "2022-09").by_code()
    entry = office_hours.mine.entry
    assert [told[f"st.vuong_mac.{key}"].value for key in ("moi", "xong", "con")] == [1, 0, 1]
    assert [one.id for one in told["st.vuong_mac.moi"].sources] == [f"vuong-mac/{entry}"]
    assert "Vướng" not in told["st.vuong_mac.moi"].sources[0].label  # the number alone: what it says may be for fewer
    assert (told["kp.cap_trong_ky"].value, told["kp.chi_trong_ky"].value) == (0, 0)
    assert (told["kp.cap_luy_ke"].value, told["kp.chi_luy_ke"].value) == (5_000_000, 200_000)
    assert told["kp.chi_luy_ke"].sources[0].id.startswith("BT-")
    material = facts.material_of(group, "2022-09")
    of_one = facts.of_agency(material, "2022-09", "BHXH").by_code()
    assert not [code for code in of_one if code.startswith(("st.", "kp."))]


def test_an_entry_is_linked_to_a_meeting_of_its_group_and_to_no_other(office_hours):
    mine, page = (
        office_hours.mine,
        f"/t/{office_hours.ours.group.slug}/so-theo-doi/vuong-mac/{office_hours.mine.entry}/",
    )
    leader = client(office_hours.ours)
    ledger.sequence()
    jobs.follow()
    title = meetings.meeting_for_flow(mine.meeting).title
    looked = leader.get(page, {"tim_noi": title}).content.decode()
    assert f'value="meeting:{mine.meeting}"' in looked
    assert f'value="meeting:{office_hours.foreign.meeting}"' not in looked
    assert "Không thấy nhiệm vụ" in leader.get(page, {"tim_noi": "khôngcóchữnày"}).content.decode()
    linked = leader.post(f"{page}lien-ket/", {"toi": f"meeting:{mine.meeting}"}, follow=True).content.decode()
    assert f'href="/t/{office_hours.ours.group.slug}/hop/{mine.meeting}/"' in linked
    for other in (office_hours.foreign.meeting, 999999):
        assert leader.post(f"{page}lien-ket/", {"toi": f"meeting:{other}"}).status_code == 422
