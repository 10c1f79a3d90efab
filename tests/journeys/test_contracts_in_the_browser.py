"""A rule is said to be wrong and rests; a contract is written, tried and put in force. One journey a test."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.journey, pytest.mark.long]


@pytest.mark.proof
def test_a_rule_is_disputed_and_rests_until_a_day(visit):
    officer = visit("bhxh")
    page = officer.go("nguon-du-lieu/bhyt/")
    officer.shot("hop-dong-01-nguon")
    page.locator("tr", has_text="Thẻ trẻ em dưới 6 tuổi").get_by_role("link", name="Báo sai").click()
    page.get_by_label("Luật sai ở đâu").fill("Thẻ của trẻ đủ 72 tháng được gia hạn đến 30/9")
    officer.shot("hop-dong-02-bao-sai")
    page.get_by_role("button", name="Gửi lời báo").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("TC-1")
    deputy = visit("to-pho")
    page = deputy.go("luat-bi-tranh-chap/")
    deputy.shot("hop-dong-03-danh-sach")
    page.get_by_role("link", name="TC-1").click()
    page.get_by_label("Chạy lại từ ngày").fill("05/11/2022")
    page.get_by_role("region", name="Tạm dừng luật đến một ngày").get_by_label("Lý do").fill(
        "Chờ sửa luật trong hợp đồng"
    )
    deputy.shot("hop-dong-04-quyet")
    page.get_by_role("button", name="Tạm dừng luật").click()
    expect(page.locator(".chip", has_text="tạm dừng đến 05/11/2022")).to_be_visible()
    deputy.shot("hop-dong-05-tam-dung")


def test_a_contract_is_written_tried_and_put_in_force(visit, tmp_path):
    support = visit("giup-viec")
    page = support.go("nguon-du-lieu/hoi-khuyen-hoc/soan/")
    page.get_by_role("button", name="Bắt đầu soạn").click()
    page.get_by_role("link", name="Ban khuyến học").click()
    headings = page.get_by_label("Tiêu đề nhận ra")
    headings.fill(f"{headings.input_value()}\nTổ khuyến học")
    page.get_by_label("Bắt buộc có").check()
    support.shot("hop-dong-06-cot")
    page.get_by_role("button", name="Lưu vào bản soạn").click()
    expect(page.get_by_role("region", name="Khác bản đang có hiệu lực").first).to_contain_text("Tổ khuyến học")
    file = tmp_path / "hoi.csv"
    file.write_text("Họ và tên,Ngày sinh,Tổ khuyến học\nĐinh Văn Không Ai,02/03/1985,\n", encoding="utf-8")
    page.get_by_label("Tệp để thử").set_input_files(file)
    page.get_by_role("button", name="Thử", exact=True).click()
    expect(page.get_by_role("region", name="Thử trên một danh sách")).to_contain_text("Ô bắt buộc để trống")
    support.shot("hop-dong-07-ban-soan")
    leader = visit("to-truong")
    page = leader.go("nguon-du-lieu/hoi-khuyen-hoc/soan/")
    page.get_by_role("region", name="Ban hành").get_by_label("Lý do").fill("Hội đổi mẫu")
    page.get_by_role("button", name="Ban hành bản này").click()
    expect(page.locator("tr", has_text="Hội đổi mẫu")).to_contain_text("đang có hiệu lực")
    leader.shot("hop-dong-08-cac-ban")
    page.get_by_role("link", name="Bản 2").click()
    expect(page.get_by_role("region", name="Khác bản 1").first).to_contain_text("Tổ khuyến học")
    leader.shot("hop-dong-09-mot-ban")
