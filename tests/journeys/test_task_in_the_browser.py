"""A task in the browser, from its giving to its acceptance, by all who have a part in it; and the register doubted."""

from __future__ import annotations

import base64
import re

import pytest
from playwright.sync_api import expect

from harness.judging import pleases
from journeys.own_house import own_house  # noqa: F401  the fixture `house`: a desk shows the first tasks of each list

pytestmark = [pytest.mark.journey, pytest.mark.long]

# One white point, as a picture.
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mP8/x8AAwMCAO+ip1sAAAAASUVORK5CYII="
)
TITLE = "Rà soát thẻ bảo hiểm hết hạn của hộ nghèo"


def says(page, words: str) -> None:
    expect(page.get_by_role("status")).to_contain_text(words)


def test_a_task_is_given_reported_extended_sent_back_and_accepted(visit):
    leader, member = visit("to-truong"), visit("bhxh")
    address = give(leader)
    report(member, address)
    extend(leader, member, address)
    finish(leader, member, address)
    page = visit("giup-viec").go("nhiem-vu/?xem=xong")
    expect(page.locator("main")).to_contain_text(TITLE)
    pleases(page)


def give(leader) -> str:
    """Give a task by the form; returns its address within the group."""
    page = leader.go("nhiem-vu/moi/")
    page.get_by_label("Việc phải làm").fill(TITLE)
    page.get_by_label("Kết quả, sản phẩm phải đạt").fill("Danh sách thẻ đã gia hạn")
    page.get_by_label("Cơ quan chủ trì (đúng một)").select_option("BHXH")
    page.get_by_label("Hạn", exact=True).fill("20/10/2022")
    pleases(page)
    leader.shot("viec-01-giao")
    page.get_by_role("button", name="Giao nhiệm vụ").click()
    page.wait_for_url(re.compile(r"/nhiem-vu/\d+/$"))
    expect(page.locator("main")).to_contain_text("Điều")
    return "nhiem-vu/" + page.url.split("/nhiem-vu/")[1]


def report(member, address: str) -> None:
    """Let the lead agency find it on its desk and say how far it is, with a file that shows it."""
    page = member.go("")
    page.get_by_role("link", name=TITLE).first.click()
    page.get_by_label("Tiến độ (%)").fill("40")
    page.get_by_label("Đã làm gì, kết quả").fill("Đã lập danh sách 40 thẻ.")
    page.get_by_label("Tệp minh chứng").set_input_files(
        {"name": "anh-chup.png", "mimeType": "image/png", "buffer": PICTURE}
    )
    page.get_by_role("button", name="Gửi báo cáo").click()
    expect(page.locator("main")).to_contain_text("40")
    expect(page.locator("main")).to_contain_text("anh-chup.png")
    pleases(page)
    member.shot("viec-02-bao-cao")


def extend(leader, member, address: str) -> None:
    """Ask for more time, and grant it."""
    page = member.go(address)
    page.get_by_text("Xin gia hạn", exact=True).first.click()
    form = page.locator("details[open]", has=page.get_by_role("button", name="Xin gia hạn"))
    form.get_by_label("Hạn mới").fill("30/10/2022")
    form.get_by_label("Lý do").fill("Chờ danh sách hộ nghèo")
    form.get_by_role("button", name="Xin gia hạn").click()
    page = leader.go(address)
    expect(page.locator("main")).to_contain_text("Đề nghị gia hạn đang chờ")
    page.get_by_role("button", name="Đồng ý gia hạn").click()
    expect(page.locator("main")).to_contain_text("30/10/2022")
    leader.shot("viec-03-gia-han")


def finish(leader, member, address: str) -> None:
    """Send the result in; it goes back once, and is accepted the second time."""
    for again, answer in ((False, "Trả lại"), (True, "Nghiệm thu, đóng nhiệm vụ")):
        page = member.go(address)
        page.get_by_label("Đã xong, gửi kết quả").check()
        page.get_by_label("Đã làm gì, kết quả").fill("Đã gia hạn đủ 40 thẻ." if again else "Đã gia hạn.")
        page.get_by_role("button", name="Gửi báo cáo").click()
        page = leader.go(address)
        page.get_by_label("Nhận xét, hoặc lý do trả lại").fill("Đạt" if again else "Ghi rõ số thẻ")
        page.get_by_role("button", name=answer).click()
    expect(page.locator("main")).to_contain_text("Xong")
    pleases(page)
    leader.shot("viec-04-nghiem-thu")
    found = leader.go("tim/?q=the+bao+hiem+het+han")
    expect(found.locator("main")).to_contain_text(TITLE)


@pytest.mark.proof
def test_the_register_is_doubted_and_its_owner_decides(visit):
    clerk, police = visit("giup-viec"), visit("to-pho")
    page = clerk.go("sai-lech/")
    page.get_by_role("link", name="Sổ sai?").first.click()
    pleases(page)
    page.get_by_label("Căn cứ", exact=True).select_option("giay_to_goc")
    page.get_by_label("Giấy tờ chứng minh").select_option("khai_sinh")
    page.get_by_label("Giấy tờ giữ tại").fill("Bộ phận một cửa, hồ sơ 12/2022")
    page.get_by_role("button", name="Lập đề nghị").click()
    page.wait_for_url(re.compile(r"/de-nghi-so/\d+/$"))
    says(page, "Đã lập đề nghị")
    address = "de-nghi-so/" + page.url.split("/de-nghi-so/")[1]
    expect(page.get_by_role("button", name="Ghi quyết định")).to_have_count(0)
    page = police.go("de-nghi-so/")
    pleases(page)
    page = police.go(address)
    page.get_by_label("Cần công dân làm thủ tục").check()
    page.get_by_label("Lý do, văn bản").fill("Mời công dân đến Công an xã")
    page.get_by_label("Tôi cam kết").check()
    page.get_by_role("button", name="Ghi quyết định").click()
    says(page, "Đã ghi quyết định")
    expect(page.locator("main")).to_contain_text("Cần công dân")
    pleases(page)
    police.shot("so-sai-quyet-dinh")
    expect(clerk.go("sai-lech/").locator("main")).to_contain_text("đang xác minh")
