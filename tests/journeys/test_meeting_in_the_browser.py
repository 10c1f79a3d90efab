"""A monthly meeting in the browser, from its convocation to the tasks it gave, by everybody who has a part in it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from harness.judging import pleases

pytestmark = [pytest.mark.journey, pytest.mark.proof]

ITEM, QUESTION = "Phương án sửa dữ liệu bảo hiểm y tế", "Thông qua phương án sửa dữ liệu"


def done(page: Page, button: str, says: str = "") -> None:
    """Press a button, and see the page say so."""
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.get_by_role("status")).to_contain_text(says)


def test_a_meeting_is_convened_held_voted_in_and_gives_tasks(visit):
    secretary, leader, member = visit("giup-viec"), visit("to-truong"), visit("bhxh")
    address = prepare(secretary)
    approve(leader, address)
    report(member, address)
    ask_to_be_absent(visit("giao-duc"), address)
    consent(leader, address)
    live = f"{address}dieu-hanh/"
    hold(secretary, live)
    screen = vote({"to-truong": leader, "bhxh": member, "to-pho": visit("to-pho")}, secretary, live)
    conclude(secretary, live)
    expect(screen).to_contain_text("Cuộc họp đã bế mạc", timeout=15_000)
    task = assign(leader, address)
    minutes(secretary, address)
    page = member.go(task)
    expect(page.locator("main")).to_contain_text("Kết luận")
    expect(page.locator("main")).to_contain_text("Lập danh sách thẻ hết hạn")
    expect(member.go("tin-bao/").locator("main")).to_contain_text("Họp Tổ công tác tháng 10/2022")
    page = visit("van-thu").go("hop/ket-luan/")
    expect(page.locator("main")).to_contain_text("Lập danh sách thẻ hết hạn")
    pleases(page)


def prepare(secretary) -> str:
    """Prepare a meeting with an item that wants a decision; returns its address within the group."""
    page = secretary.go("hop/")
    page.get_by_role("link", name="Lập cuộc họp").first.click()
    page.get_by_label("Tên cuộc họp").fill("Họp Tổ công tác tháng 10/2022")
    page.get_by_label("Ngày", exact=True).fill("05/10/2022")
    page.get_by_label("Từ giờ").fill("08:00")
    page.get_by_label("Đến giờ").fill("10:00")
    page.get_by_label("Địa điểm").fill("Phòng họp tầng 2")
    pleases(page)
    page.get_by_role("button", name="Lập cuộc họp").click()
    page.wait_for_url(re.compile(r"/hop/\d+/$"))
    for title, kind, agency in (
        (ITEM, "Xem xét, quyết định", "BHXH"),
        ("Vướng mắc của các cơ quan", "Khó khăn, vướng mắc", ""),
    ):
        if page.get_by_label("Nội dung", exact=True).is_hidden():
            page.get_by_text("Thêm nội dung", exact=True).click()
        page.get_by_label("Nội dung", exact=True).fill(title)
        page.get_by_label("Loại", exact=True).select_option(label=kind)
        page.get_by_label("Cơ quan trình").select_option(agency)
        page.get_by_role("button", name="Thêm", exact=True).first.click()
        expect(page.locator(".agenda")).to_contain_text(title)
    pleases(page)
    secretary.shot("hop-01-chuan-bi")
    return "hop/" + page.url.split("/hop/")[1]


def approve(leader, address: str) -> None:
    """Let the leader approve the agenda and convene."""
    page = leader.go(address)
    done(page, "Duyệt chương trình")
    done(page, "Triệu tập")
    expect(page.locator("main")).to_contain_text("Điều")
    leader.shot("hop-02-da-trieu-tap")


def report(member, address: str) -> None:
    """Let a member file what their agency has done."""
    page = member.go(address)
    page.locator("#bao-cao-chu").fill("Đã sửa 40 thẻ, còn 12 thẻ chờ giấy tờ.")
    done(page, "Nộp báo cáo")
    expect(page.locator("main")).to_contain_text("Đã nộp báo cáo phần việc")


def ask_to_be_absent(member, address: str) -> None:
    """Let a member report an absence with a substitute and a written opinion."""
    page = member.go(address)
    page.get_by_text("Báo vắng", exact=True).click()
    page.get_by_label("Lý do vắng").fill("Đi công tác")
    page.get_by_label("Người dự thay", exact=True).fill("Phùng Văn Thay")
    page.get_by_label("Chức vụ người dự thay").fill("Phó Trưởng phòng")
    page.get_by_label("Ý kiến bằng văn bản").fill("Thống nhất với phương án.")
    done(page, "Gửi")
    expect(page.locator("main")).to_contain_text("Bạn đã báo vắng")
    pleases(page)


def consent(leader, address: str) -> None:
    """Let the chair consent."""
    page = leader.go(address)
    waiting = page.locator("section", has=page.get_by_role("heading", name="Xin vắng, chờ bạn đồng ý"))
    waiting.get_by_role("button", name=re.compile("^Đồng ý")).click()
    expect(waiting).to_have_count(0)


def hold(secretary, live: str) -> None:
    """Open the meeting and call the roll: three by hand, the rest from a pasted list without tone marks."""
    page = secretary.go(live)
    page.get_by_role("button", name="Khai mạc").click()
    roll = page.locator("section", has=page.get_by_role("heading", name="Điểm danh"))
    roll.get_by_role("button", name="Vào Nguyễn Minh Tâm").click()
    roll.get_by_text("Dán danh sách có mặt").click()
    roll.get_by_label("Mỗi dòng một họ tên").fill("Tran Quoc Hai\nLE NGOC HOA\nPham Thu Thuy")
    roll.get_by_role("button", name="Điểm danh").click()
    roll.get_by_role("button", name="Người thay vào").click()
    expect(roll.get_by_role("button", name="Ra Lê Ngọc Hoa")).to_be_visible()
    pleases(page)
    secretary.shot("hop-03-diem-danh")


def vote(voters: dict, secretary, live: str) -> Page:
    """Put an item to the vote, and see the projector count as ballots come in; returns the projector."""
    page = secretary.go(live)
    page.get_by_role("button", name="Sang mục 1").click()
    page.get_by_label("Nội dung biểu quyết").fill(QUESTION)
    page.get_by_label("Hình thức").select_option(label="công khai")
    page.get_by_role("button", name="Mở biểu quyết").click()
    screen = secretary.context.new_page()
    screen.goto(secretary.house.page(live.replace("dieu-hanh", "man-hinh")))
    expect(screen.locator("#man-hinh")).to_contain_text(QUESTION)
    for voter in voters.values():
        ballot = voter.go(live).get_by_role("form", name="Phiếu của bạn")
        ballot.get_by_role("button", name="Tán thành", exact=True).click()
        expect(ballot.get_by_role("button", name="Tán thành", exact=True)).to_have_attribute("aria-pressed", "true")
    voters["bhxh"].shot("hop-04-bo-phieu")
    page = secretary.go(live)
    pleases(page)
    page.get_by_role("button", name="Chốt biểu quyết").click()
    past = page.locator("section", has=page.get_by_role("heading", name=QUESTION))
    expect(past).to_contain_text("3")
    expect(past.locator(".clause").first).to_contain_text("Điều")
    expect(screen.locator(".screen-result")).to_contain_text("Điều", timeout=15_000)
    pleases(screen)
    secretary.shot("hop-05-ket-qua")
    return screen.locator("#man-hinh")


def conclude(secretary, live: str) -> None:
    """Write two conclusions, one with an agency and a day; close the meeting."""
    page = secretary.go(live)
    page.get_by_label("Kết luận", exact=True).fill("Lập danh sách thẻ hết hạn để xác minh")
    page.get_by_label("Chủ trì", exact=True).select_option("BHXH")
    page.get_by_label("Phối hợp", exact=True).select_option("POL")
    page.get_by_label("Hạn", exact=True).fill("20/10/2022")
    page.get_by_role("button", name="Ghi", exact=True).click()
    page.get_by_label("Kết luận", exact=True).fill("Các cơ quan báo cáo vướng mắc trước phiên sau")
    page.get_by_role("button", name="Ghi", exact=True).click()
    page.get_by_role("button", name="Xong mục này").click()
    page.get_by_role("button", name="Sang mục 2").click()
    page.get_by_role("button", name="Để phiên sau").click()
    page.get_by_text("Bế mạc", exact=True).click()
    page.get_by_role("button", name="Bế mạc, mọi người ra về").click()
    expect(page.locator("main")).to_contain_text("Bế mạc")


def assign(leader, address: str) -> str:
    """Make a conclusion a task in one gesture; returns the address of the task."""
    page = leader.go(address)
    points = page.locator("section", has=page.get_by_role("heading", name="Kết luận và việc giao"))
    points.get_by_role("button", name=re.compile("^Giao thành nhiệm vụ")).click()
    link = points.get_by_role("link", name=re.compile(r"^NV \d+"))
    expect(link).to_be_visible()
    pleases(page)
    leader.shot("hop-06-giao-viec")
    return str(link.get_attribute("href")).split("/", 3)[3]


def minutes(secretary, address: str) -> None:
    """Let the minutes write themselves, with the count and who was there."""
    page = secretary.go(address)
    page.get_by_role("button", name="Biên bản").click()
    text = page.locator("article.paper")
    for said in ("BIÊN BẢN", "Phùng Văn Thay", QUESTION, "Lập danh sách thẻ hết hạn"):
        expect(text).to_contain_text(said)
    pleases(page)
    secretary.shot("hop-07-bien-ban")
