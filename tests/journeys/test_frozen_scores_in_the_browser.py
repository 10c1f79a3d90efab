"""What a group stands behind, in the browser: a threshold is decided, a month frozen, its quality published."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from harness.judging import pleases
from journeys.own_house import own_house  # noqa: F401  the fixture `house`: what is decided here judges no other journey

pytestmark = [pytest.mark.journey, pytest.mark.proof]


# The words of clauses that stand out of the panel they are in.
OUTSIDE = """() => [...document.querySelectorAll('.panel .clause, .sign-panel .clause')].filter(one => {
  const panel = one.closest('.panel, .sign-panel');
  return one.getBoundingClientRect().right > panel.getBoundingClientRect().right + 1;
}).map(one => one.textContent)"""
ADDRESSES = ("nguong/", "bang-diem/thang/", "bang-diem/thang/2022-08/", "du-lieu-mo/")


def test_the_leader_decides_the_deputy_freezes_and_everybody_reads(visit):
    decides(visit("to-truong"))
    freezes(visit("to-pho"))
    reads(visit("bhxh"))
    fits(visit("bhxh"))
    publishes(visit("to-truong"))
    for width in (1366, 360):
        visitor = visit("to-pho", width=width)
        for path in ADDRESSES:
            page = visitor.go(path)
            pleases(page, f"{path} {width}")
            assert page.evaluate(OUTSIDE) == [], f"{path} {width}"
            visitor.shot(f"{path.strip('/').replace('/', '-')}-{width}")


def decides(leader) -> None:
    page = leader.go("nguong/")
    expect(page.get_by_text("Tổ chưa quyết ngưỡng nào")).to_be_visible()
    page.get_by_label("Phép đo").select_option("C3")
    page.get_by_label("Nguồn").select_option("bhyt")
    page.get_by_label("Ngưỡng (%)").fill("9x")
    page.get_by_label("Số quyết định, kết luận").fill("15/KL-TCT")
    page.get_by_label("Ngày quyết định").fill("03/10/2022")
    page.get_by_role("button", name="Ghi quyết định").click()
    expect(page.get_by_role("alert")).to_contain_text("không phải số")
    page.get_by_label("Ngưỡng (%)").fill("97,5")
    page.get_by_role("button", name="Ghi quyết định").click()
    expect(page.get_by_text("Đã ghi ngưỡng C3")).to_be_visible()
    expect(page.get_by_role("rowheader", name="15/KL-TCT", exact=True)).to_be_visible()
    leader.shot("nguong")


def freezes(deputy) -> None:
    page = deputy.go("bang-diem/thang/")
    deputy.shot("bang-diem-thang")
    month = page.get_by_role("region", name="Chốt tháng 08/2022")
    month.get_by_role("button", name="Chốt bảng điểm").click()
    expect(page.get_by_role("heading", name="Bảng điểm tháng 08/2022")).to_be_visible()
    page.get_by_role("link", name="Tính lại, so").click()
    expect(page.get_by_text("giống từng byte")).to_be_visible()
    deputy.shot("bang-diem-da-chot")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Tải .json").click()
    told = json.loads(Path(taken.value.path()).read_text(encoding="utf-8"))
    assert (told["group"], told["month"]) == ("thu", "2022-08")


def reads(reader) -> None:
    page = reader.go("bang-diem/")
    reader.shot("bang-diem-co-nguong")
    page.get_by_role("link", name="Dữ liệu mở").click()
    expect(page.get_by_text("bảng điểm tháng 08/2022 đã chốt")).to_be_visible()
    reader.shot("du-lieu-mo")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Tải Turtle").click()
    assert "dcat:Catalog" in Path(taken.value.path()).read_text(encoding="utf-8")


def fits(member) -> None:
    """Whoever may not freeze is told who may, under which clause: the clause stays inside its narrow panel."""
    page = member.go("bang-diem/thang/")
    expect(page.locator(".sign-panel .clause").first).to_be_visible()
    assert page.evaluate(OUTSIDE) == []
    member.shot("bang-diem-thang-thanh-vien")


def publishes(leader) -> None:
    page = leader.go("bang-diem/thang/2022-08/")
    page.get_by_role("button", name="Công bố").click()
    expect(page.get_by_text("Đã công bố.")).to_be_visible()
    leader.shot("bang-diem-cong-bo")
    page.get_by_role("link", name="Trang công bố").click()
    expect(page.get_by_role("heading", name="Dữ liệu mở của Tổ công tác Đề án 06 huyện Thử")).to_be_visible()
    leader.shot("du-lieu-cong-bo")
    pleases(page)
