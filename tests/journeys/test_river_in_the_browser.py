"""The whole river in a browser: a list goes in, faults become tasks, the report is signed. One journey a test."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from harness.signing import sign_in_browser
from journeys.house import NEXT, PASSWORD

pytestmark = [pytest.mark.journey, pytest.mark.long]


def state_purpose(page: Page) -> None:
    page.get_by_role("button", name="Mở các dòng").click()
    expect(page.locator("tr[data-row]").first).to_be_visible()


def test_a_list_goes_in_and_its_faults_come_out_as_tasks(visit, tmp_path):
    officer = visit("bhxh")
    page = officer.page
    expect(page.get_by_role("heading", name="Việc của tôi")).to_be_visible()
    expect(page.locator(".task").first.locator(".clause")).to_contain_text("Điều 7 khoản 2 điểm k")
    officer.shot("01-viec-cua-toi-co-quan")
    hand_in_and_wait(officer)
    look_at_rows(officer)
    page.get_by_role("link", name="Xem sai lệch").click()
    expect(page.get_by_role("heading", name="Sai lệch", exact=True)).to_be_visible()
    page.locator(".facet", has_text="Đơn sửa đã giao").click()
    officer.shot("04-don-sua")
    page.locator("tbody tr a").first.click()
    expect(page.get_by_role("heading", name="Ai trả lời, theo khoản nào")).to_be_visible()
    officer.shot("05-nhiem-vu")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Tải bảng sửa").click()
    path = tmp_path / "bang-sua.xlsx"
    waiting.value.save_as(path)
    assert correction_rows(path) > 0
    page.get_by_label("Số dòng đã sửa").fill("1")
    page.get_by_role("button", name="Báo đã sửa").click()
    expect(page.get_by_role("status")).to_contain_text("vẫn mở cho đến khi lần nộp sau chứng minh")


def hand_in_and_wait(officer) -> None:
    page = officer.page
    page.get_by_role("link", name="Nộp dữ liệu").click()
    page.get_by_label("Kỳ", exact=True).select_option(NEXT)
    page.get_by_label("Tệp", exact=True).set_input_files(officer.house.files / "bhyt-thang-9.xlsx")
    officer.shot("02-nop-du-lieu")
    page.get_by_role("button", name="Nộp và đối soát").click()
    page.wait_for_url("**/lan-nop/*/")
    expect(page.locator("#xu-ly, #tom-tat").first).to_be_visible()
    page.wait_for_url("**/luot/*/", timeout=60_000)
    expect(page.locator("#tom-tat")).to_contain_text("dòng tìm được một người")
    expect(page.locator(".notice", has_text="Lượt này phát hiện mới")).to_contain_text("chứng minh")


def look_at_rows(officer) -> None:
    page = officer.page
    page.locator(".facet", has_text="Khớp, có sai lệch").click()
    state_purpose(page)
    expect(page.locator(".facet[aria-current]")).to_contain_text("Khớp, có sai lệch")
    first = page.locator("tr[data-row]").first
    expect(first.locator(".d-from, .d-to").first).to_be_visible()
    first.get_by_role("link").click()
    expect(page.locator("tr.is-detail")).to_contain_text("Sổ dân cư 30/09/2022")
    expect(page.locator("tr.is-open a")).to_be_focused()
    officer.shot("03-luot-doi-soat-mo-dong")
    page.keyboard.press("Enter")
    expect(page.locator("tr.is-detail")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page.locator("tr.is-detail")).to_be_visible()


def correction_rows(path: Path) -> int:
    sheet = openpyxl.load_workbook(path).active
    heads = next(row for row in range(1, 12) if sheet.cell(row, 1).value == "Trang tính")
    return sum(1 for row in sheet.iter_rows(min_row=heads + 1, values_only=True) if row[1])


def test_a_list_downloads_as_it_is_filtered(visit, tmp_path):
    leader = visit("to-truong")
    page = leader.go("nhiem-vu/?xem=qua-han")
    count = int(page.locator(".facet[aria-current] b").inner_text().replace(".", ""))
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Tải .xlsx").click()
    waiting.value.save_as(tmp_path / "nhiem-vu.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "nhiem-vu.xlsx").active
    numbers = [row[0] for row in sheet.iter_rows(values_only=True) if isinstance(row[0], int)]
    assert len(numbers) == count


def test_the_leader_hands_a_cause_to_the_agency_that_the_clause_names(visit):
    leader = visit("to-truong")
    page = leader.page
    expect(page.locator(".notice", has_text="chờ giao sửa")).to_be_visible()
    leader.shot("06-viec-cua-to-truong")
    page.get_by_role("link", name="Giao theo Quy chế").click()
    page.get_by_label("Nguồn", exact=True).select_option(label="Học sinh")
    page.get_by_role("button", name="Giao theo Quy chế").click()
    expect(page.get_by_role("status")).to_contain_text("Điều 7 khoản 2 điểm e")
    page.get_by_role("link", name="Sai lệch").first.click()
    leader.shot("07-cho-giao")
    waiting = page.locator("section", has=page.get_by_role("heading", name="Chờ giao sửa")).locator("li")
    before = waiting.count()
    waiting.first.get_by_role("button").click()
    page.wait_for_url("**/nhiem-vu/*/")
    expect(page.get_by_text("Phòng Giáo dục và Đào tạo").first).to_be_visible()
    page.get_by_role("link", name="Sai lệch").first.click()
    expect(waiting).to_have_count(before - 1)


def test_the_report_from_facts_to_a_signed_paper(visit, tmp_path):
    write_the_report(visit("giup-viec"))
    deputy = visit("to-pho")
    panel = deputy.go("bao-cao/2022-10/").locator(".sign-panel--no")
    expect(panel).to_contain_text("Bạn chưa thể ký báo cáo này")
    expect(panel).to_contain_text("Nguyễn Minh Tâm")
    expect(panel.locator(".clause").first).to_contain_text("Điều 4 khoản 4")
    deputy.shot("10-to-pho-chua-the-ky")
    leader = visit("to-truong")
    page = leader.go("bao-cao/2022-10/")
    expect(page.locator(".sign-panel--yes")).to_contain_text("Bạn được ký báo cáo này")
    leader.shot("11-to-truong-duoc-ky")
    sign_in_browser(page, PASSWORD)
    expect(page.locator(".sign-panel--yes")).to_contain_text("Đã phát hành số 01/BC-TCTĐA")
    take_the_files(page, tmp_path)
    page.get_by_role("button", name="Ghi đã gửi").click()
    expect(page.get_by_role("status")).to_contain_text("Đã ghi gửi 1 nơi nhận")
    leader.shot("12-bao-cao-da-phat-hanh")
    page.get_by_role("link", name="Việc của tôi").first.click()
    expect(page.locator("li", has_text="Báo cáo tháng của Tổ").first).to_contain_text("Xong")


def write_the_report(clerk) -> None:
    page = clerk.go("bao-cao/")
    page.get_by_role("link", name="10/2022").click()
    if page.get_by_role("button", name="Lập báo cáo").count():  # whoever looked at all pages may have made it
        page.get_by_role("button", name="Lập báo cáo").click()
    expect(page.locator("article.paper")).to_contain_text("BÁO CÁO")
    page.locator("article.paper a.trace").first.click()
    expect(page.locator("tr:target")).to_be_visible()
    clerk.shot("08-so-lieu-va-nguon")
    page.locator(".facet", has_text="Câu chữ").click()
    expect(page.locator(".number-chip").first).to_be_visible()
    page.locator("#doan-v\\.1").fill("Đề nghị cấp thêm máy quét cho {nop.so_lan} nơi nộp.")
    page.get_by_role("button", name="Lưu câu chữ").click()
    expect(page.get_by_role("status")).to_contain_text("Đã lưu câu chữ")
    clerk.shot("09-cau-chu-bao-cao")
    page.get_by_role("button", name="Lập lại").click()
    expect(page.get_by_role("status")).to_contain_text("Đã lập báo cáo lần 2")
    expect(page.locator("article.paper")).to_contain_text("Đề nghị cấp thêm máy quét")


def take_the_files(page: Page, folder: Path) -> None:
    for name in ("Tải .docx", "Phụ lục .xlsx"):
        with page.expect_download() as waiting:
            page.get_by_role("link", name=name).click()
        path = folder / waiting.value.suggested_filename
        waiting.value.save_as(path)
        assert path.read_bytes().startswith(b"PK")
    href = page.get_by_role("link", name="Mở bản PDF").get_attribute("href")
    origin = page.url.split("/t/")[0]
    assert page.request.get(f"{origin}{href}").body().startswith(b"%PDF")
