"""A contract is written in the browser: its fields, its rules, a file, a trial, and the day it binds from."""

from __future__ import annotations

import re
from datetime import date

import pytest

from dean06.sources import live
from dean06.sources import service as sources
from dean06.sources.models import ContractDraft
from flows.conftest import Office, at, kept, own
from flows.test_contracting import CARD, HEAD, SOUND, WRONG, build, deliver
from web.neighbours import client


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    with kept(django_db_blocker, tmp_path_factory.mktemp("trang-hop-dong"), build) as office:
        yield office


@pytest.fixture
def office(made, db, tmp_path) -> Office:
    return own(made, tmp_path)


class Writer:
    """Somebody at a source's contract in the browser, on a day of July."""

    def __init__(self, office: Office, role: str, agency: str = "", source: str = "bhyt") -> None:
        self.browser = client(office, role, agency)
        self.base = f"/t/{office.group.slug}/nguon-du-lieu/{source}/"

    def get(self, path: str, status: int = 200) -> str:
        with at(2022, 7, 10):
            answer = self.browser.get(self.base + path)
        assert answer.status_code == status, (path, answer.status_code)
        return answer.content.decode()

    def post(self, path: str, status: int = 302, **sent: object) -> str:
        with at(2022, 7, 10):
            answer = self.browser.post(self.base + path, sent)
        assert answer.status_code == status, (path, answer.status_code)
        return answer.content.decode()

    def form(self, path: str) -> dict[str, object]:
        """Return what the form of a page would send as it stands."""
        text = self.get(path)
        text = text[text.index('class="stack-2"') :]
        text = text[: text.index("</form>")]
        sent: dict[str, object] = {}
        for tag in re.findall(r"<input [^>]*>", text):
            told = dict(re.findall(r'(\w+)="([^"]*)"', tag))
            if told.get("type") == "checkbox":
                if " checked" in tag:
                    sent.setdefault(told["name"], []).append(told["value"])
            elif told.get("name") != "csrfmiddlewaretoken":
                sent[told["name"]] = _plain(told.get("value", ""))
        for name, value in re.findall(r'<textarea [^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', text, re.DOTALL):
            sent[name] = _plain(value)
        for name, options in re.findall(r'<select [^>]*name="([^"]+)"[^>]*>(.*?)</select>', text, re.DOTALL):
            chosen = re.search(r'value="([^"]*)" selected', options)
            sent[name] = _plain(chosen[1]) if chosen else ""
        return sent


def _plain(text: str) -> str:
    for coded, letter in (("&quot;", '"'), ("&#x27;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(coded, letter)
    return text


def body(office: Office, source: str = "bhyt") -> dict:
    return ContractDraft.objects.get(group_id=office.group.id, source=source).body


def test_a_form_that_is_sent_as_it_stands_changes_nothing(office):
    writer = Writer(office, "secretariat")
    writer.post("soan/bat-dau/")
    before = body(office)
    for path in ("soan/chung/", *(f"soan/cot/?ma={one['code']}" for one in before["fields"])):
        writer.post(path, **writer.form(path))
    for rule in before["rules"]:
        writer.post(f"soan/luat/?ma={rule['code']}", **writer.form(f"soan/luat/?ma={rule['code']}"))
    after = body(office)
    assert live.differences(before, after) == ()
    assert live.proofed(after)[0] == live.proofed(before)[0]


def test_from_draft_to_the_next_list(office):
    agency = Writer(office, "member", "BHXH")
    agency.post("soan/bat-dau/")
    sent = agency.form("soan/cot/?ma=ma_the_bhyt") | {"headers": CARD, "contains": "", "required": "1"}
    agency.post("soan/cot/?ma=ma_the_bhyt", **sent)
    agency.post("soan/luat/doi/", ma="the_tu_den")
    shown = agency.get("soan/")
    assert CARD in shown
    assert "Không có lỗi: ban hành được" in shown
    assert "Người làm được ngay" in shown  # not the agency's to adopt
    leader = Writer(office, "leader")
    assert "đã qua" in leader.post("soan/ban-hanh/", 422, tu="09/07/2022", ly_do="Đổi mẫu")
    leader.post("soan/ban-hanh/", tu="15/07/2022", ly_do="Tỉnh đổi mẫu danh sách")
    later = deliver(office, 7, [SOUND, WRONG], HEAD.replace("Mã thẻ BHYT", CARD))
    assert "ma_the_bhyt" in sources.batch(later).roles
    told = leader.get("cac-ban/")
    assert "Tỉnh đổi mẫu danh sách" in told
    assert "chưa đến ngày" in told
    one = leader.get("cac-ban/2/")
    assert CARD in one
    text = leader.get("cac-ban/2/hop-dong.yaml")
    assert live.digest_of_contract(sources.contract_of_delivery(later)) in one
    assert CARD in text


def test_an_earlier_version_comes_back_as_a_new_one(office):
    leader = Writer(office, "leader")
    leader.post("soan/bat-dau/")
    leader.post("soan/luat/doi/", ma="the_tu_den")
    leader.post("soan/ban-hanh/", tu="10/07/2022", ly_do="Tắt luật")
    leader.post("cac-ban/0/soan-lai/")
    leader.post("soan/ban-hanh/", tu="11/07/2022", ly_do="Bật lại")
    known = sources.contracts(office.group.id, date(2022, 7, 11))
    assert known.contract("bhyt").version == 3
    assert known.contract("bhyt").rules == live.contract("bhyt").rules
