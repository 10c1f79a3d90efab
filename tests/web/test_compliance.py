"""The compliance board in the browser: cells open clauses, a party answers, the deputy freezes, the hash is true."""

from __future__ import annotations

import hashlib
import io
import re

import openpyxl
import pytest

from dean06.adoption import service as adoption
from dean06.reports import service as reports
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
    assert len(set(heads)) == 1


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
    reply = reports.replies(board.group.id, ("2022-06", "2022-07"))[0]
    asked = {"nam": "2022", "o": reply.duty.norm, "thang": reply.duty.month}
    address = f"{BOARD}giai-trinh/{reply.id}/"
    assert address in text_of(deputy.get(BOARD, asked))
    assert address not in text_of(client(board, "leader").get(BOARD, asked))
    assert deputy.post(address, {"nhan": "0"}).status_code == 302
    assert "đã bị bác" in text_of(deputy.get(BOARD, asked))
    assert deputy.post(address, {"nhan": "1"}).status_code == 422
