"""The pages on which an amendment goes to the authority above: its paper made, read, signed, sent, taken back."""

from __future__ import annotations

import pytest
from django.urls import reverse

from dean06.adoption import service as adoption
from dean06.flows import chartering, submitting
from dean06.papers.service import documents
from flows.conftest import at
from harness.signing import credentials, phone
from web.neighbours import client, viewer


@pytest.fixture
def theirs(office_hours):
    """The group whose charter was issued by an authority above it, and its submitted draft."""
    office = office_hours.theirs
    return office, adoption.drafts(office.group.id)[0]


def page(office, name: str, draft, role: str = "leader") -> str:
    answer = client(office, role).get(reverse(name, args=[office.group.slug, draft.id]))
    assert answer.status_code == 200, name
    return answer.content.decode()


def act(office, name: str, draft, role: str = "leader", **given: str):
    return client(office, role).post(reverse(name, args=[office.group.slug, draft.id]), given, follow=True)


def again(office, draft):
    """Change the clause once more, after it was submitted."""
    article = dict(draft.files["dieu-05.yaml"])
    first, *rest = article["clauses"]
    article["clauses"] = [dict(first) | {"vi": "Tổ phó bên cạnh làm việc khác nữa."}, *rest]
    writer = office.account("secretariat")
    return chartering.save(writer, office.group, draft, "dieu-05.yaml", article, seen=draft.revision, again=True)


def test_the_draft_shows_the_paper_its_files_its_entry_and_what_the_decision_answers(theirs):
    office, draft = theirs
    phone(office.account("leader"))
    shown = page(office, "charter-draft", draft)
    (kept,) = adoption.submissions(draft.id)
    for words in (
        "01/TTr-TCTĐA",
        "Đã ký, đã trình",
        f"/van-ban/{kept.paper_id}/tep.pdf",
        f"/van-ban/{kept.paper_id}/tep.docx",
        f"/van-ban/{kept.paper_id}/phu-luc/",
        "doi_tuong=charter_draft",
        "Tờ trình số 01/TTr-TCTĐA ngày 03/08/2022",
        "Rút tờ trình",
        "Xác nhận thông qua",
    ):
        assert words in shown, words
    ref = adoption.draft_ref(office.group.slug, str(draft.id))
    told = client(office).get(reverse("ledger", args=[office.group.slug]), {"doi_tuong": f"charter_draft:{ref}"})
    assert "Quyết định sửa đổi quy chế" in told.content.decode()
    assert client(office).get(reverse("papers-annex", args=[office.group.slug, kept.paper_id])).status_code == 200


def desk(office, role: str = "leader") -> str:
    return client(office, role).get(reverse("desk", args=[office.group.slug])).content.decode()


def test_the_desk_of_those_who_answer_for_the_group_says_what_waits(theirs):
    office, draft = theirs
    waits = f"Bản thảo «{draft.title}» đã trình"
    assert waits in desk(office)
    assert waits not in desk(office, "member")
    later = again(office, draft)
    with at(2022, 8, 20):
        submitting.make(office.account("secretariat"), office.group, later, later.changed_at.date().replace(month=12))
    assert f"Tờ trình bản thảo «{draft.title}» đã lập, chờ ký" in desk(office)


def test_the_ledger_of_one_object_is_the_group_s_own(theirs, office_hours):
    office, draft = theirs
    ref = adoption.draft_ref(office.group.slug, str(draft.id))
    ours = office_hours.ours
    told = client(ours).get(reverse("ledger", args=[ours.group.slug]), {"doi_tuong": f"charter_draft:{ref}"})
    assert "Trình sửa đổi quy chế" not in told.content.decode()


def test_the_paper_stands_in_the_register_with_its_annex(theirs):
    office, _ = theirs
    shown = client(office).get(reverse("papers", args=[office.group.slug])).content.decode()
    for words in ("01/TTr-TCTĐA", "Về việc sửa đổi, bổ sung", "/phu-luc/", "Các thành viên"):
        assert words in shown, words


def test_a_changed_draft_says_so_and_wants_another_paper(theirs):
    office, draft = theirs
    later = again(office, draft)
    shown = page(office, "charter-draft", later)
    assert "không còn đúng với bản thảo" in shown
    assert "Lập tờ trình mới" in shown
    assert "Xác nhận thông qua" not in shown
    made = act(office, "charter-draft-paper-make", later, "secretariat", hieu_luc="01/10/2022").content.decode()
    assert "thay thế Tờ trình số 01/TTr-TCTĐA" in made
    assert "Lập lại" in made


def test_the_leader_reads_the_clause_before_the_button_and_signs_what_was_read(theirs):
    office, draft = theirs
    later = again(office, draft)
    act(office, "charter-draft-paper-make", later, "secretariat", hieu_luc="01/10/2022")
    phone(office.account("leader"))
    shown = page(office, "charter-draft-paper", later)
    assert shown.index("Bạn được ký tờ trình này") < shown.index("Căn cứ</dt>") < shown.index("Ký và cấp số")
    assert "Điều 11 khoản 3" in shown
    paper = documents.for_work(submitting.standing(office.group, later).drafted.paper_id)
    leader = office.account("leader")
    stale = act(office, "charter-draft-paper-sign", later, ban="0" * 64, **credentials(leader))
    assert "vừa đổi sau khi bạn mở trang" in stale.content.decode()
    done = act(office, "charter-draft-paper-sign", later, ban=paper.docx_sha256, **credentials(leader)).content.decode()
    assert "Đã ký, cấp số 02/TTr-TCTĐA" in done
    assert "Ghi đã gửi" in done
    assert "Đã ghi gửi 2 nơi nhận" in act(office, "charter-draft-paper-send", later, "clerk").content.decode()


def test_who_may_not_sign_reads_why_and_who_can(theirs):
    office, draft = theirs
    later = again(office, draft)
    act(office, "charter-draft-paper-make", later, "secretariat", hieu_luc="01/10/2022")
    shown = page(office, "charter-draft-paper", later, "standing_deputy")
    assert "Bạn chưa thể ký tờ trình này" in shown
    assert "Nguyễn Minh Tâm Bê" in shown
    assert "Ký và cấp số" not in shown
    paper = documents.for_work(submitting.standing(office.group, later).drafted.paper_id)
    known = credentials(office.account("standing_deputy"))
    answer = act(office, "charter-draft-paper-sign", later, "standing_deputy", ban=paper.docx_sha256, **known)
    assert answer.status_code == 403


def test_the_clerk_edits_the_words(theirs):
    office, draft = theirs
    later = again(office, draft)
    act(office, "charter-draft-paper-make", later, "secretariat", hieu_luc="01/10/2022")
    words = client(office, "clerk").get(
        reverse("charter-draft-paper", args=[office.group.slug, later.id]), {"xem": "cau-chu"}
    )
    assert 'name="doan-can_thiet.1"' in words.content.decode()
    act(office, "charter-draft-paper-edit", later, "clerk", **{"doan-can_thiet.1": "Cần sửa ngay."})
    assert "Cần sửa ngay." in page(office, "charter-draft-paper", later)


def test_taken_back_it_can_be_submitted_again(theirs):
    office, draft = theirs
    told = act(office, "charter-draft-paper-withdraw", draft).content.decode()
    assert "Đã rút" in told
    assert "Lập tờ trình" in told
    assert adoption.draft(office.group.id, draft.id).state == "open"


def test_a_group_that_issues_its_own_text_has_no_paper_and_no_button(office_hours):
    office = office_hours.ours
    draft = adoption.drafts(office.group.id)[0]
    shown = page(office, "charter-draft", draft)
    assert "tờ trình" not in shown.lower()
    assert "Bạn cho ý kiến về bản thảo này" in shown
    address = reverse("charter-draft-paper", args=[office.group.slug, draft.id])
    assert client(office).get(address).status_code == 404
    refused = act(office, "charter-draft-paper-make", draft, hieu_luc="01/10/2022")
    assert "tự ban hành" in refused.content.decode()


def test_english_reads_english(theirs):
    office, draft = theirs
    later = again(office, draft)
    browser = client(office)
    browser.post("/ngon-ngu/", {"language": "en", "next": "/"})
    with at(2022, 8, 20):
        submitting.make(office.account("secretariat"), office.group, later, later.changed_at.date().replace(month=12))
    for name in ("charter-draft", "charter-draft-paper"):
        shown = browser.get(reverse(name, args=[office.group.slug, later.id])).content.decode()
        assert "Submission" in shown or "submission" in shown, name
    assert documents.papers(viewer(office), office.group.id)


def test_the_leader_agrees_on_the_page_and_then_number_and_days_can_be_entered(office_hours):
    office = office_hours.ours
    draft = adoption.drafts(office.group.id)[0]
    waiting = page(office, "charter-draft", draft, role="secretariat")
    assert "Chờ ý kiến của Tổ trưởng" in waiting
    assert "Xác nhận thông qua" not in waiting
    leader = office.account("leader")
    lan = str(draft.revision)
    bare = act(office, "charter-draft-decide", draft, dong_y="co", lan=lan).content.decode()
    assert "Xác nhận thông qua" not in bare  # what is agreed is signed
    stale = act(office, "charter-draft-decide", draft, dong_y="co", lan=str(draft.revision - 1), **credentials(leader))
    assert "vừa được sửa" in stale.content.decode()
    told = act(office, "charter-draft-decide", draft, dong_y="co", lan=lan, **credentials(leader)).content.decode()
    assert "Tổ trưởng đã đồng ý" in told
    assert "đã được Tổ trưởng đồng ý: hai người nhập số" in desk(office)
    assert "Xác nhận thông qua" in told
    again = chartering.begin(office.account("member", "BHXH"), office.group, chartering.CURRENT, "5.1", "Cần họp")
    refused = act(office, "charter-draft-decide", again, dong_y="khong", ly_do="Chưa cần", lan="1").content.decode()
    assert "Tổ trưởng không đồng ý" in refused
    assert "Chưa cần" in refused
