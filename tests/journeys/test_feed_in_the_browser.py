"""A source fed by a folder: set up in the browser, a file put there, taken by the worker, read back as a delivery."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from playwright.sync_api import expect

from harness.judging import sideways, violations
from journeys.house import NEXT, SLUG
from journeys.own_house import own_house

__all__ = ["own_house"]

pytestmark = [pytest.mark.journey, pytest.mark.proof]


def put(folder: Path, name: str, content: bytes) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)
    written = time.time() - 600
    os.utime(folder / name, (written, written))


def judged(visitor, name: str) -> None:
    visitor.shot(f"ket-noi-{name}")
    assert violations(visitor.page) == []
    assert not sideways(visitor.page)


def test_a_folder_feeds_a_source_while_nobody_looks(visit, house):
    clerk = visit("giup-viec")
    page = clerk.go("ket-noi/")
    judged(clerk, "chua-co")
    page.get_by_role("link", name="Đặt kết nối").click()
    page.get_by_role("link", name="Cơ sở dữ liệu (SQL)").click()
    judged(clerk, "dat-sql")
    page.get_by_role("link", name="Thư mục trên máy chủ").click()
    page.get_by_label("Tên kết nối").fill("BHYT qua thư mục")
    page.get_by_label("Nguồn dữ liệu").select_option("bhyt")
    page.get_by_label("Cơ quan giao dữ liệu").select_option("BHXH")
    page.get_by_label("Tên thư mục").fill("bhxh")
    page.get_by_role("button", name="Lưu kết nối").click()
    page.get_by_role("button", name="Thử kết nối").click()
    expect(page.get_by_text("người vận hành tạo").first).to_be_visible()
    folder = house.running.home / "nhan" / SLUG / "bhxh"
    given = next(one for one in sorted(house.files.iterdir()) if one.suffix in {".csv", ".xlsx"} and "bhyt" in one.name)
    put(folder, f"bhyt-{NEXT}{given.suffix}", given.read_bytes())
    put(folder, "hong.xlsx", b"khong phai bang tinh")
    page.get_by_role("button", name="Lấy ngay").click()
    end = time.monotonic() + 120
    while {path.name for path in folder.glob("*/*")} != {
        f"bhyt-{NEXT}{given.suffix}",
        "hong.xlsx",
        "hong.xlsx.ly-do.txt",
    }:
        assert time.monotonic() < end, [str(path) for path in folder.rglob("*")]
        time.sleep(1)
    page.reload()
    expect(page.get_by_role("link", name="lần nộp").first).to_be_visible()
    judged(clerk, "mot")
    clerk.go("ket-noi/")
    judged(clerk, "cac")
    phone = visit("giup-viec", width=360)
    phone.go("ket-noi/1/")
    judged(phone, "mot-dien-thoai")
    phone.go("ket-noi/dat/?loai=sftp")
    judged(phone, "dat-dien-thoai")
