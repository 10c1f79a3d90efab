"""The compliance board in the browser: cells open clauses, a party answers, the deputy freezes, the hash is true."""

from __future__ import annotations

import hashlib
import io
import re

import openpyxl
import pytest

from dean06.adoption import service as adoption
from dean06.adoption.models import Statement
from dean06.flows import duties
from dean06.reports.service import replies
from dean06.web.pages.compliance import duties as listing
from dean06.web.pages.compliance.duties import SIZE
from flows.conftest import at
from web.neighbours import client

BOARD = "/t/to-a/tuan-thu/"


def text_of(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def board(office_hours):
    return office_hours.ours


def test_every_cell_of_the_board_opens_its_duty(board):
    browser = client(board)
    shown = text_of(browser.get(BOARD))
    cells = re.findall(r'class="hm hm--(\w+)"><a href="([^"]+)"', shown)
    assert {state for state, _ in cells} >= {"missed", "met", "pending"}
    for _, href in cells[:12]:
        opened = text_of(browser.get(BOARD + href.replace("&amp;", "&")))
        assert 'class="quote"' in opened
        assert "is-picked" in opened


def test_the_bearer_narrows_the_board(board):
    shown = text_of(client(board).get(BOARD, {"ben": "member:BHXH"}))
    heads = re.findall(r'<th scope="row">.*?<small>(.*?)</small>', shown, re.DOTALL)
    assert heads
    assert {head.partition(", <a")[0] for head in heads} == {"Bảo hiểm xã hội huyện"}


def test_the_board_can_be_seen_as_of_a_day(board):
    early = text_of(client(board).get(BOARD, {"ngay": "01/06/2022"}))
    now = text_of(client(board).get(BOARD))
    assert early.count("hm--missed") < now.count("hm--missed")
    assert early.count("hm--pending") > now.count("hm--pending")
    assert client(board).get(BOARD, {"ngay": "mai"}).status_code == 422


def test_the_workbook_has_a_row_a_duty(board):
    answer = client(board).get(BOARD, {"dang": "xlsx", "xem": "tat-ca"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    states = [row[6] for row in sheet.iter_rows(values_only=True) if row[6]]
    assert "Không thực hiện" in states
    assert "Không đo được" in states


def test_the_frozen_file_has_the_hash_that_is_shown(board):
    browser = client(board, "standing_deputy")
    page = text_of(browser.get(f"{BOARD}2022-07/"))
    file = browser.get(f"{BOARD}2022-07/ban.json").content
    assert hashlib.sha256(file).hexdigest() in page


def test_a_month_is_frozen_by_a_button_only_its_owner_has(board):
    with at(2022, 9, 2):
        assert "chot/" not in text_of(client(board, "leader").get(BOARD))
        deputy = client(board, "standing_deputy")
        assert f"{BOARD}2022-08/chot/" in text_of(deputy.get(BOARD))
        assert client(board, "leader").post(f"{BOARD}2022-08/chot/").status_code == 403
        assert deputy.post(f"{BOARD}2022-08/chot/").status_code == 302
        assert adoption.statement(board.group.id, "2022-08")
        assert "2022-08/chot/" not in text_of(deputy.get(BOARD))


def test_a_reply_is_weighed_once_in_its_cell(board):
    deputy = client(board, "standing_deputy")
    reply = replies.replies(board.group.id, ("2022-06", "2022-07"))[0]
    asked = {"nam": "2022", "o": reply.duty.norm, "thang": reply.duty.month}
    address = f"{BOARD}giai-trinh/{reply.id}/"
    assert address in text_of(deputy.get(BOARD, asked))
    assert address not in text_of(client(board, "leader").get(BOARD, asked))
    assert deputy.post(address, {"nhan": "0"}).status_code == 422
    assert deputy.post(address, {"nhan": "0", "ly_do": "Đã nhắc hai lần."}).status_code == 302
    assert "đã bị bác: Đã nhắc hai lần." in text_of(deputy.get(BOARD, asked))
    assert deputy.post(address, {"nhan": "1"}).status_code == 422


def wanting(board) -> tuple[str, str, list[str]]:
    """A month, a norm and the values of the agency's own duties there that take a reply."""
    for month in ("2022-06", "2022-07"):
        found = [
            one
            for one in duties.year(board.group, 2022)[month]
            if one.bearer == "member:BHXH" and one.status == "missed"
        ]
        if len(found) > 1:
            return month, found[0].norm, [f"{one.bearer}|{one.period}" for one in found]
    raise AssertionError("no cell with several missed duties")


def test_several_duties_of_a_cell_are_answered_and_accepted_at_once(board):
    month, norm, values = wanting(board)
    asked = {"nam": "2022", "o": norm, "thang": month}
    agency, deputy = client(board, "member", "BHXH"), client(board, "standing_deputy")
    shown = text_of(agency.get(BOARD, asked))
    assert all(f'value="{one}"' in shown for one in values)
    assert (
        agency.post(f"{BOARD}giai-trinh/", asked | {"thang": month, "ben": values, "loi": "Mất điện."}).status_code
        == 302
    )
    waiting = text_of(deputy.get(BOARD, asked))
    ids = [one.id for one in replies.replies(board.group.id, (month,)) if one.text == "Mất điện."]
    assert len(ids) == len(values)
    assert all(f'name="muc" value="{one}"' in waiting for one in ids)
    assert re.search(r'href="/t/to-a/nhiem-vu/\d+/">NV-\d+</a>, ', waiting)
    before = waiting.count("không thực hiện")
    assert deputy.post(f"{BOARD}giai-trinh/{ids[0]}/", {"nhan": "1", "muc": ids}).status_code == 302
    after = text_of(deputy.get(BOARD, asked))
    assert f"theo giải trình GT-{ids[0]}" in after
    assert "Được miễn" in after
    assert before


def test_others_see_who_may_answer_and_cannot(board):
    month = "2022-07"
    asked = {"nam": "2022", "o": "group.meet_monthly", "thang": month}
    agency = client(board, "member", "BHXH")
    shown = text_of(agency.get(BOARD, asked))
    assert "Ai giải trình được" in shown
    assert 'type="checkbox"' not in shown
    told = {"o": "group.meet_monthly", "thang": month, "ben": f"group|{month}", "loi": "Tổ bận."}
    assert agency.post(f"{BOARD}giai-trinh/", told).status_code == 403
    assert 'type="checkbox"' in text_of(client(board, "leader").get(BOARD, asked))


def test_what_was_not_recorded_is_missed_until_a_paper_shows_it(board):
    leader, deputy = client(board), client(board, "standing_deputy")
    month = "2022-07"
    asked = {"nam": "2022", "o": "group.meet_monthly", "thang": month}
    shown = text_of(leader.get(BOARD, asked))
    assert 'class="hm hm--missed"' in shown
    told = {
        "o": "group.meet_monthly",
        "thang": month,
        "ben": f"group|{month}",
        "so": "12/BB-TCTĐA",
        "ngay": "20/07/2022",
    }
    assert leader.post(f"{BOARD}giai-trinh/", told).status_code == 302
    reply = replies.replies(board.group.id, (month,))[-1]
    assert deputy.post(f"{BOARD}giai-trinh/{reply.id}/", {"nhan": "1"}).status_code == 302
    assert f"nêu tay: văn bản 12/BB-TCTĐA, GT-{reply.id}" in text_of(leader.get(BOARD, asked))
    book = leader.get(BOARD, {"dang": "xlsx"}).content
    rows = list(openpyxl.load_workbook(io.BytesIO(book)).active.iter_rows(values_only=True))
    assert ("Đúng hạn", "12/BB-TCTĐA", reply.ref) in {row[6:9] for row in rows}


def test_every_number_leads_to_what_it_counts(board):
    browser = client(board)
    shown = text_of(browser.get(BOARD))
    numbers = re.findall(r'<b[^>]*>(?:<svg.*?</svg>)?(\d+)</b><a href="([^"]+)"', shown)
    assert numbers
    for number, href in numbers:
        listed = text_of(browser.get(BOARD + href.replace("&amp;", "&")))
        assert f": {number} lượt</h2>" in listed
        section = listed.partition('id="danh-sach"')[2].partition("</section>")[0]
        assert section.count("<tr") == min(int(number), SIZE) + 1


def test_a_long_list_of_duties_has_pages(board, monkeypatch):
    monkeypatch.setattr(listing, "SIZE", 2)
    browser, asked = client(board), {"o": "group.meet_monthly"}
    first = text_of(browser.get(BOARD, asked)).partition('id="danh-sach"')[2].partition("</section>")[0]
    assert first.count("<tr") == 3
    address = re.search(r'href="([^"]*trang=2)"', first)
    assert address is not None
    second = text_of(browser.get(BOARD + address[1].replace("&amp;", "&"))).partition('id="danh-sach"')[2]
    assert second.partition("</section>")[0].count("<tr") >= 2
    assert second != first


def test_a_statement_of_the_first_format_is_still_read(board):
    with at(2022, 9, 2):
        kept = Statement.objects.get(group_id=board.group.id, month="2022-07")
        old = kept.canonical.replace("dean06-statement/2", "dean06-statement/1").replace('"unrecorded"', '"missed"')
        digest = hashlib.sha256(old.encode()).hexdigest()
        Statement.objects.filter(pk=kept.pk).update(canonical=old, sha256=digest)
        browser = client(board)
        page = text_of(browser.get(f"{BOARD}2022-07/"))
        assert browser.get(f"{BOARD}2022-07/ban.json").content == old.encode()
    assert "chốt theo mẫu 1" in page


def test_a_statement_counts_what_could_be_recorded_and_was_not(board):
    page = text_of(client(board).get(f"{BOARD}2022-07/"))
    counted, _, _ = page.partition('id="khong-tinh"')
    assert "Họp định kỳ tháng" in counted.partition('id="nghia-vu"')[2]
    picked = text_of(client(board).get(f"{BOARD}2022-07/", {"kq": "missed"}))
    assert "không thực hiện</caption>" in picked
