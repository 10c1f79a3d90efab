"""Writing one's own regulation from a template, by forms only: begun, named, a norm chosen, a try kept."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from harness.judging import pleases
from journeys.house import HEIR
from journeys.own_house import own_house  # noqa: F401  the fixture `house`

pytestmark = [pytest.mark.journey, pytest.mark.proof]

DRAFTS = "quy-che/soan/"
GENERAL = re.compile(r"(nhân dân|Công an|Đảng ủy|Trạm Y tế|HĐND và UBND) xã$")


def begin(writer) -> Page:
    page = writer.go(DRAFTS, HEIR)
    page.get_by_label("Bắt đầu từ").select_option("cap-xa")
    page.get_by_role("button", name="Lập bản thảo").click()
    summary = page.locator(".error-summary")
    expect(summary).to_contain_text("Ghi vì sao cần bản thảo này")
    pleases(page)
    expect(page.get_by_label("Bắt đầu từ")).to_have_value("cap-xa")
    summary.get_by_role("link", name="Ghi vì sao").click()
    expect(page.get_by_label("Vì sao", exact=True)).to_be_focused()
    page.get_by_label("Vì sao", exact=True).fill("Xã mới lập, cần quy chế của mình")
    page.get_by_role("button", name="Lập bản thảo").click()
    expect(page.get_by_role("heading", name="Kiểm tra")).to_be_visible()
    pleases(page)
    writer.shot("40-ban-thao-tu-mau")
    return page


def name_the_agencies(page: Page) -> None:
    """What is still the template's is said, and changed on the page of roles and agencies."""
    expect(page.get_by_text("Tên cơ quan còn là tên chung của mẫu")).to_be_visible()
    page.get_by_role("link", name="Vai, cơ quan, con dấu").click()
    pleases(page)
    page.get_by_label("Tên quy chế").fill("Quy chế Tổ công tác Đề án 06 xã Thử Mới")
    for field in page.get_by_label("Tên", exact=True).all():
        if GENERAL.search(field.input_value()):
            field.fill(f"{field.input_value()} Thử Mới")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Đã lưu")


def add_a_norm(page: Page, draft: str) -> None:
    page.goto(draft)
    page.get_by_role("link", name="Điều 8. Họp").click()
    pleases(page)
    page.get_by_role("link", name="Thêm quy phạm").click()
    page.get_by_label("Điều khoản", exact=True).select_option(label="Điều 8 khoản 1")
    page.get_by_label("Loại", exact=True).select_option(label="nghĩa vụ")
    who = page.get_by_role("group", name="Ai", exact=True).first
    page.get_by_role("searchbox", name="Tìm trong danh sách: Ai").fill("to pho thuong")
    who.get_by_label("Tổ phó thường trực", exact=True).check()
    page.get_by_label("Làm việc gì").select_option(label="Tổ chức họp Tổ công tác")
    page.get_by_role("button", name="Xem dữ kiện của việc này").click()
    page.get_by_label("Dạng hạn").select_option(label="trước ngày … hằng tháng")
    page.get_by_role("button", name="Lưu quy phạm").click()
    expect(page.locator(".error-summary")).to_contain_text("Hạn")
    pleases(page)
    expect(page.get_by_label("Tổ phó thường trực", exact=True).first).to_be_checked()
    page.get_by_label("Trước ngày mấy trong tháng").select_option("12")
    page.get_by_role("button", name="Lưu quy phạm").click()
    expect(page.get_by_role("link", name="Tổ phó thường trực: Tổ chức họp Tổ công tác")).to_be_visible()


def try_an_act(page: Page, draft: str) -> None:
    page.goto(draft)
    page.get_by_label("Ai", exact=True).select_option(label="Tổ trưởng")
    page.get_by_label("Làm việc gì").select_option(label="Triệu tập họp")
    page.get_by_role("button", name="Hỏi").click()
    page.get_by_label("Tên tình huống").fill("Tổ trưởng triệu tập họp")
    page.get_by_role("button", name="Ghi thành tình huống").click()
    expect(page.get_by_text("Tình huống đã ghi: 1")).to_be_visible()
    pleases(page)


def test_a_newcomer_writes_a_regulation_by_forms_only(visit):
    writer = visit("xa-truong")
    page = begin(writer)
    draft = page.url
    name_the_agencies(page)
    page.goto(draft)
    expect(page.get_by_text("Tên cơ quan còn là tên chung của mẫu")).to_have_count(0)
    expect(page.get_by_text("Không còn lỗi")).to_be_visible()
    add_a_norm(page, draft)
    writer.shot("41-dieu-hop")
    try_an_act(page, draft)
    writer.shot("42-thu-mot-viec")
    phone = visit("xa-truong", width=360)
    for name, rest in (
        ("ban-thao-moi", ""),
        ("vai-co-quan", "vai/"),
        ("dieu", "tep/dieu-08.yaml/"),
        ("quy-pham", "tep/dieu-08.yaml/quy-pham/0/"),
    ):
        phone.page.goto(draft + rest)
        pleases(phone.page)
        phone.shot(f"360-{name}")
