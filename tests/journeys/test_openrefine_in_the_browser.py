"""An official opens an address for OpenRefine, sees it once, asks with it, looks at a preview, and revokes it."""

from __future__ import annotations

import json
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import expect

from harness.judging import sideways, violations

pytestmark = [pytest.mark.journey, pytest.mark.proof]

WHY = "Rà soát danh sách bảo trợ, công văn số 12"


def judged(visitor, name: str) -> None:
    visitor.shot(name)
    assert violations(visitor.page) == []
    assert not sideways(visitor.page)


def asked(address: str, queries: dict[str, object]) -> dict[str, dict[str, list[dict[str, object]]]]:
    """Ask as OpenRefine does."""
    sent = Request(address, urlencode({"queries": json.dumps(queries)}).encode())  # noqa: S310  a house of this machine
    with urlopen(sent) as answer:  # noqa: S310  likewise
        return json.load(answer)


def test_an_address_is_opened_used_seen_and_revoked(visit, house):
    deputy = visit("to-pho")
    page = deputy.go("doi-soat/")
    page.get_by_role("link", name="OpenRefine").click()
    judged(deputy, "tra-cuu-chua-co")
    page.get_by_label("Mục đích").fill("xem")
    page.get_by_role("button", name="Mở địa chỉ").click()
    assert page.get_by_label("Mục đích").evaluate("field => field.validity.tooShort")
    page.get_by_label("Mục đích").fill(WHY)
    page.get_by_label("Danh sách đang làm").select_option("bao-tro-xa-hoi")
    page.get_by_label("Ngày sinh").check()
    judged(deputy, "tra-cuu-openrefine")
    page.get_by_role("button", name="Mở địa chỉ").click()
    address = page.locator("#dia-chi-0-2").inner_text()
    judged(deputy, "tra-cuu-bi-mat")
    found = asked(address, {"q0": {"query": "Nguyen Van An"}, "q1": {"query": "Tran Thi Hoa"}})
    shown = [one for own in found.values() for one in own["result"]]
    assert not any(one["match"] for one in shown)
    page.get_by_role("link", name="Xem việc sử dụng").click()
    expect(page.get_by_text(WHY)).to_be_visible()
    judged(deputy, "tra-cuu-mot")
    if shown:
        other = deputy.context.new_page()
        other.goto(f"{address}preview?id={shown[0]['id']}")
        expect(other.get_by_role("heading", name=str(shown[0]["name"]))).to_be_visible()
        assert violations(other) == []
        other.close()
    page.get_by_role("button", name="Thu hồi ngay").click()
    expect(page.get_by_text("Đã thu hồi").first).to_be_visible()
    judged(deputy, "tra-cuu-danh-sach")
    page.set_viewport_size({"width": 390, "height": 900})
    judged(deputy, "tra-cuu-dien-thoai")
