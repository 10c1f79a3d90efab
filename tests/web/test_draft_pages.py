"""The pages on which a charter is written: nothing typed is lost, all is chosen by name, faults lead to forms."""

from __future__ import annotations

import html
import re

import pytest
from django.urls import reverse

from dean06.adoption import service as adoption
from dean06.flows import adopting, chartering
from flows.conftest import at
from harness.signing import credentials, phone
from web.neighbours import client

NORM = {"cite": "8.1", "type": "duty", "bearer": ["leader", "deputy"], "action": "meeting.convene"}


@pytest.fixture
def ours(office_hours):
    """Our group and its open draft."""
    office = office_hours.ours
    return office, adoption.drafts(office.group.id)[0]


def where(office, name: str, *rest: object) -> str:
    return reverse(name, args=[office.group.slug, *rest])


def text(answer) -> str:
    return html.unescape(answer.content.decode())


def send(office, address: str, role: str = "secretariat", **given: object):
    return client(office, role).post(address, given)


def test_beginning_without_a_clause_shows_the_form_again_with_what_was_typed(ours):
    office, _ = ours
    answer = send(office, where(office, "charter-draft-begin"), goc="hien-hanh", ly_do="Lý do đã gõ rất dài")
    assert answer.status_code == 422
    shown = text(answer)
    assert "Lý do đã gõ rất dài" in shown
    assert '<a href="#khoan">Ghi điều khoản đề nghị sửa' in shown
    answer = send(office, where(office, "charter-draft-begin"), goc="hien-hanh", khoan="99.9", ly_do="Lý do")
    assert 'value="99.9"' in text(answer)
    assert '<a href="#khoan">' in text(answer)


@pytest.mark.parametrize("file", ["charter.yaml", "dieu-08.yaml"])
def test_yaml_that_cannot_be_read_comes_back_as_typed(ours, file):
    office, draft = ours
    typed = 'title: "chưa đóng nháy\n  khoan: [1, 2\n'
    answer = send(office, where(office, "charter-draft-text", draft.id, file), lan=draft.revision, yaml=typed)
    assert answer.status_code == 422
    assert typed.strip() in text(answer)
    assert '<a href="#yaml">' in text(answer)
    assert adoption.draft(office.group.id, draft.id).revision == draft.revision


def test_somebody_else_s_change_does_not_lose_one_s_own(ours):
    office, draft = ours
    given = {"lan": draft.revision - 1, "heading": "Tên đã gõ", "k0-label": "1", "k0-vi": "Lời đã gõ"}
    answer = client(office, "secretariat").post(where(office, "charter-draft-article", draft.id, "dieu-08.yaml"), given)
    assert answer.status_code == 422
    assert "Tên đã gõ" in text(answer)
    assert "Lời đã gõ" in text(answer)


def norm_page(office, draft, number: str = "moi") -> str:
    return where(office, "charter-draft-norm", draft.id, "dieu-08.yaml", number)


def test_a_norm_is_chosen_by_name(ours):
    office, draft = ours
    shown = text(client(office, "secretariat").get(norm_page(office, draft)))
    main = re.sub(r"<[^>]+>", " ", shown[shown.index("<main") : shown.index("</main>")])
    for word in ("leader", "deputy", "every_month", "meeting.", "own_agency", "secretariat"):
        assert word not in main
    for word in ("Tổ trưởng", "Tổ phó", "hằng tháng", "Triệu tập họp", "Tổ trưởng được ghi nhận vắng mặt vào ngày này"):
        assert word in main


def test_a_norm_with_a_fault_is_not_saved_and_nothing_chosen_is_lost(ours):
    office, draft = ours
    given = NORM | {"lan": draft.revision, "deadline": "every_month_before_day", "recipients": ["PC", "leader"]}
    answer = client(office, "secretariat").post(norm_page(office, draft), given)
    assert answer.status_code == 422
    shown = text(answer)
    assert '<a href="#deadline">' in shown
    for value in ("leader", "deputy", "PC"):
        assert re.search(rf'value="{value}" checked', shown), value
    answer = client(office, "secretariat").post(norm_page(office, draft), given | {"day": "12", "evidence": "roll"})
    assert answer.status_code == 302
    saved = adoption.draft(office.group.id, draft.id).files["dieu-08.yaml"]["norms"][-1]
    assert saved["bearer"] == ["leader", "deputy"]
    assert saved["recipients"] == ["PC", "leader"] or saved["recipients"] == ["leader", "PC"]
    assert saved["deadline"] == {"form": "every_month_before_day", "day": 12}
    assert saved["evidence"] == ["roll"]
    assert saved["key"] == "leader.meeting_convene"


def test_a_norm_says_who_and_what(ours):
    office, draft = ours
    answer = client(office, "secretariat").post(norm_page(office, draft), {"lan": draft.revision, "type": "duty"})
    assert '<a href="#bearer">Chọn ai' in text(answer)
    assert '<a href="#action">Chọn làm việc gì' in text(answer)


def test_a_lost_role_is_one_fault_with_links_to_its_norms(ours):
    office, draft = ours
    head = dict(draft.files["charter.yaml"])
    head["roles"] = {code: role for code, role in head["roles"].items() if code != "deputy"}
    writer = office.account("secretariat")
    chartering.save(writer, office.group, draft, "charter.yaml", head, seen=draft.revision)
    shown = text(client(office, "secretariat").get(where(office, "charter-draft", draft.id)))
    assert shown.count("Quy chế không có vai «Tổ phó» (deputy)") == 1
    assert re.search(r'quy-pham/\d+/#bearer">Điều \d+ khoản \d+, quy phạm «', shown)
    assert "norms[" not in shown


def test_adoption_is_offered_to_those_who_may_and_others_see_who_can(ours):
    office, draft = ours
    page = where(office, "charter-draft", draft.id)
    assert 'name="so"' not in text(client(office, "secretariat").get(page))
    with at(2022, 8, 20):
        adopting.agree(office.account("leader"), office.group, draft, seen=draft.revision)
    shown = text(client(office, "secretariat").get(page))
    assert 'name="so"' not in shown
    assert "Người làm được" in shown
    assert "Nội quy hệ thống, Điều 2 khoản 2" in shown
    bare = text(client(office, "leader").get(page))
    assert "Cài xác thực hai lớp" in bare  # a decision is signed, and so asks for the second factor
    phone(office.account("leader"))
    shown = text(client(office, "leader").get(page))
    assert 'name="so"' in shown
    known = credentials(office.account("leader"))
    adopting_href = where(office, "charter-draft-adopt", draft.id)
    answer = send(office, adopting_href, "leader", so="12/QĐ", ngay="40/13/2022", **known)
    assert answer.status_code == 422
    assert 'value="12/QĐ"' in text(answer)
    assert '<a href="#ngay">' in text(answer)


def test_a_refusal_names_the_house_rules_and_leads_to_them(ours):
    office, draft = ours
    answer = client(office, "member", "BHXH").post(where(office, "charter-draft-drop", draft.id), {"chac_bo": "1"})
    assert answer.status_code == 403
    assert "Nội quy hệ thống, Điều 2 khoản 7" in text(answer)
    href = re.search(r'href="([^"]+/quy-che/noi-quy/)#d-2-7"', text(answer))[1]
    assert 'id="d-2-7"' in text(client(office, "member", "BHXH").get(href))


def test_what_is_missing_is_told_in_the_reader_s_language(ours):
    office, draft = ours
    browser = client(office, "member", "BHXH")
    browser.post("/ngon-ngu/", {"language": "en", "next": "/"})
    shown = text(browser.post(where(office, "charter-draft-drop", draft.id), {"chac_bo": "1"}))
    assert "not established: the draft was begun by this person" in shown
    assert "Bản thảo không do" not in shown


def test_dropping_asks_first(ours):
    office, draft = ours
    answer = send(office, where(office, "charter-draft-drop", draft.id), bo="1")
    assert answer.status_code == 422
    assert adoption.draft(office.group.id, draft.id).state == "open"
    answer = send(office, where(office, "charter-draft-drop", draft.id), chac_bo="1")
    assert answer.status_code == 302
    assert adoption.draft(office.group.id, draft.id).state == "dropped"


def test_a_submitted_draft_asks_before_it_is_changed(office_hours):
    office = office_hours.theirs
    draft = adoption.drafts(office.group.id)[0]
    page = where(office, "charter-draft-head", draft.id)
    assert "Bản thảo đã trình: sửa thì phải trình lại" in text(client(office, "secretariat").get(page))
    given = {"lan": draft.revision, "title": "Tên đổi sau khi trình"}
    answer = client(office, "secretariat").post(page, given)
    assert answer.status_code == 422
    assert "Tên đổi sau khi trình" in text(answer)
    assert '<a href="#trinh_lai">' in text(answer)


def test_a_chapter_is_renamed_and_another_added_by_the_form(ours):
    office, draft = ours
    page = where(office, "charter-draft-head", draft.id)
    shown = text(client(office, "secretariat").get(page))
    given = dict(re.findall(r'name="((?:title|vai|cq|dau|chuong)[^"]*)" value="([^"]*)"', shown))
    last = max(int(one.split("-")[1]) for one in given if one.startswith("chuong-"))
    given |= {"chuong-1-heading": "Việc của từng người"}
    given |= {f"chuong-{last + 1}-label": "V", f"chuong-{last + 1}-heading": "Hiệu lực"}
    assert client(office, "secretariat").post(page, given | {"lan": draft.revision}).status_code == 302
    before = draft.files["charter.yaml"]["chapters"]
    after = adoption.draft(office.group.id, draft.id).files["charter.yaml"]["chapters"]
    assert [one["heading"] for one in after] == [
        before[0]["heading"],
        "Việc của từng người",
        *(one["heading"] for one in before[2:]),
        "Hiệu lực",
    ]
    assert [one["articles"] for one in after] == [*(one["articles"] for one in before), []]
    assert 'value="V"' in text(client(office, "secretariat").get(where(office, "charter-draft", draft.id)))


def test_a_try_is_made_of_names_and_kept(ours):
    office, draft = ours
    page = where(office, "charter-draft", draft.id)
    asked = f"{page}?vai=deputy&viec=meeting.convene&du_kien-leader.absent_on_date=true"
    shown = text(client(office, "secretariat").get(asked))
    assert "Tổ trưởng được ghi nhận vắng mặt vào ngày này" in shown
    given = {"vai": "deputy", "viec": "meeting.convene", "du_kien-leader.absent_on_date": "true"}
    given |= {"lan": draft.revision, "ten": "Tổ trưởng vắng, Tổ phó triệu tập"}
    answer = client(office, "secretariat").post(where(office, "charter-draft-scenario", draft.id), given, follow=True)
    assert "Tổ trưởng vắng, Tổ phó triệu tập" in text(answer)
    assert "Tình huống đã ghi" in text(answer)


def test_a_gap_s_rule_that_cannot_be_taken_comes_back(ours):
    office, _ = ours
    given = {"gap": "G-08", "quy_uoc": "Quy ước đã gõ", "ngay": "31"}
    answer = client(office, "leader").post(where(office, "charter-gap"), given)
    assert answer.status_code == 422
    assert "Quy ước đã gõ" in text(answer)
    assert '<a href="#ngay">' in text(answer)
