"""Where an authority above issued the charter, the decision on an amendment is a paper put before it (O-06)."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

import pytest
from docx import Document
from pypdf import PdfReader

from dean06.adoption import service as adoption
from dean06.adoption.service import Adoption
from dean06.charter.errors import CharterInvalid, Refused
from dean06.charter.types import ObjectRef
from dean06.clock.errors import BadInput
from dean06.flows import adopting, chartering, setup, submitting
from dean06.flows.authority import Act, permit
from dean06.ledger import service as ledger
from dean06.offices import service as offices
from dean06.offices.types import NewDelegation
from dean06.papers.checks.checklist import check_docx
from dean06.papers.service import documents
from flows.conftest import SINCE, Office, at, found, kept, own
from papers.reading import docx_lines, first_difference, letters, poppler_pages, table_headers

ADOPTED = Adoption(instrument="2001/QĐ-UBND", signed_on=date(2022, 7, 20), in_force_from=date(2022, 8, 1))
PROPOSED = date(2022, 8, 1)
ADDED = {"label": "9", "vi": "Báo kết quả trước khi họp.", "en": "Results are told before the meeting."}
NEW = "Tổ phó được triệu tập họp khi Tổ trưởng giao."


def build(folder) -> Office:
    office = found("xuan-truong-2022", "xt", folder, persons=40)
    with at(2022, 5, 21):
        for role in ("leader", "standing_deputy"):
            setup.confirm_instrument(office.account(role), office.group, "1041/QĐ-THU", SINCE)
    return office


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    with kept(django_db_blocker, tmp_path_factory.mktemp("trinh"), build) as office:
        yield office


@pytest.fixture
def office(made, db, tmp_path) -> Office:
    return own(made, tmp_path)


def changed(office: Office, draft, **words: str):
    """Change what a clause of Article 5 says, add one, and give the deputy a power."""
    article = dict(draft.files["dieu-05.yaml"])
    clauses = [dict(one) for one in article["clauses"] if one["label"] != ADDED["label"]]
    clauses = [clauses[0] | {"vi": words.get("vi", NEW)}, *clauses[1:], ADDED]
    power = {"key": "dl.convene", "cite": "5.1", "type": "power", "bearer": "deputy", "action": "meeting.convene"}
    norms = [one for one in article["norms"] if one["key"] != "dl.convene"]
    article |= {"clauses": clauses, "norms": [*norms, power | {"source": "đề nghị"}]}
    writer = office.account("secretariat")
    return chartering.save(writer, office.group, draft, "dieu-05.yaml", article, seen=draft.revision, again=True)


def begun(office: Office):
    draft = chartering.begin(office.account("secretariat"), office.group, chartering.CURRENT, "5.1", "Cần họp kịp thời")
    return changed(office, draft)


def drafted(office: Office):
    draft = begun(office)
    submitting.make(office.account("clerk"), office.group, draft, PROPOSED)
    return draft


def fresh(office: Office, draft):
    return adoption.draft(office.group.id, draft.id)


def seen_by(office: Office, role: str = "leader"):
    return offices.viewer(office.account(role), date(2022, 7, 1))


def paper_of(office: Office, draft):
    kept_ = submitting.standing(office.group, draft)
    return documents.for_work((kept_.drafted or kept_.signed).paper_id)


def written(office: Office, paper) -> str:
    return documents.file(seen_by(office), paper.id, "docx").read_bytes()


def said(data: bytes) -> str:
    made = Document(io.BytesIO(data))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in made.paragraphs), *cells]).replace("\xa0", " ")


def printed(data: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())


def test_the_paper_says_what_changes_for_whom_and_asks_the_issuer(office):
    with at(2022, 7, 1):
        draft = drafted(office)
        paper = paper_of(office, draft)
        text = said(written(office, paper))
    for words in (
        "TỜ TRÌNH",
        "Kính gửi: Ủy ban nhân dân huyện Xuân Trường.",
        "Số: …/TTr-TCTĐA",
        "Về việc sửa đổi, bổ sung Quy chế hoạt động",
        "Căn cứ khoản 3 Điều 11 Quy chế hoạt động",
        "số 1041/QĐ-THU ngày 20/05/2022 của Ủy ban nhân dân huyện Xuân Trường.",
        "Lý do: Cần họp kịp thời.",
        "Sửa đổi",
        "Bổ sung",
        NEW,
        "Báo kết quả trước khi họp.",
        "(không có)",
        "- Tổ phó: thêm quyền triệu tập họp.",
        "Về điều khoản: sửa đổi 1, bổ sung 1;",
        "Khoản 1 Điều 5",
        "có hiệu lực từ ngày 01 tháng 8 năm 2022",
        "du-thao-quy-che.pdf",
        "Các thành viên Tổ công tác Đề án 06",
        "- Lưu: VT, CA.",
        "./.",
    ):
        assert words in text, words
    assert (paper.kind, paper.symbol, paper.issued) == ("TTR", "TTr-TCTĐA", False)


def test_both_files_say_the_same_in_the_layout_of_the_decree(office):
    with at(2022, 7, 1):
        draft = drafted(office)
        issued = submitting.issue(office.account("leader"), office.group, draft)
        docx, pdf = (documents.file(seen_by(office), issued.id, kind).read_bytes() for kind in ("docx", "pdf"))
    assert [one.sentence() for one in check_docx(docx)] == []
    content = documents.content(issued.id)
    body = letters("".join(docx_lines(docx)))
    assert first_difference(poppler_pages(pdf), body, table_headers(content)) == ""
    assert b"pdfaid:part>2" in pdf.replace(b"\n", b"")


def test_the_annex_is_the_text_proposed_by_its_checksum_and_claims_no_number(office):
    with at(2022, 7, 1):
        draft = drafted(office)
        paper = paper_of(office, draft)
        annex = documents.file(seen_by(office), paper.id, "annex")
        text = printed(annex.read_bytes())
        assert documents.file(seen_by(office), paper.id, "xlsx") is None
    note = documents.content(paper.id).annexes[0]
    assert (note.sha256, annex.name) == (paper.annex_sha256, f"{paper.annex_sha256}.pdf")
    assert NEW in text
    assert "1041/QĐ-THU" not in text
    assert "chưa áp dụng" in text


def test_the_clerk_s_words_stand_and_stay_when_it_is_made_again(office):
    clerk = office.account("clerk")
    with at(2022, 7, 1):
        draft = drafted(office)
        before = paper_of(office, draft).docx_sha256
        words = {"can_thiet.1": "Cần sửa vì họp chậm.", "noi_dung.2": "", "de_nghi.them": "Xin ý kiến sớm.", "la": "x"}
        submitting.edit(clerk, office.group, draft, words | {"can_cu.1": "Căn cứ Kế hoạch bịa số 1"})
        text = said(written(office, paper_of(office, draft)))
        assert paper_of(office, draft).docx_sha256 != before
    for words_ in ("Cần sửa vì họp chậm.", "Xin ý kiến sớm.", "Căn cứ Kế hoạch bịa số 1."):
        assert words_ in text
    assert "bản tóm lược" not in text
    with at(2022, 7, 2):
        submitting.make(clerk, office.group, draft, date(2022, 9, 1))
        text = said(written(office, paper_of(office, draft)))
    assert "Xin ý kiến sớm." in text
    assert "ngày 01 tháng 9 năm 2022" in text


def test_the_leader_signs_and_submits_in_one_act(office):
    with at(2022, 7, 1):
        draft = drafted(office)
        shown = submitting.signing_answer(office.account("leader"), office.group, draft)
        seen = paper_of(office, draft).docx_sha256
        issued = submitting.issue(office.account("leader"), office.group, draft, seen=seen)
        draft = fresh(office, draft)
        kept_ = submitting.standing(office.group, draft)
    assert shown.allowed
    assert (issued.label, issued.signer) == ("01/TTr-TCTĐA", "Nguyễn Minh Tâm")
    assert (draft.state, kept_.signed.paper_id, kept_.signed_fits, kept_.drafted) == (
        "submitted",
        issued.id,
        True,
        None,
    )
    ref = adoption.draft_ref(office.group.slug, str(draft.id))
    (put, *_) = ledger.acts_on(office.group.slug, "charter_draft", ref)
    assert (put.action, put.citations) == ("charter.amend_decide", ("11.3",))  # submitting is the leader's decision
    signed = [one.action for one in ledger.acts_on(office.group.slug, "paper", str(issued.id))]
    assert signed == ["document.number", "document.sign"]
    told = ledger.entries_for("charter_draft", ref)[-1]["note"]
    assert told == {"revision": draft.revision, "paper": issued.id}


@pytest.mark.parametrize(("role", "clause"), [("standing_deputy", "4.4"), ("deputy", "5.3")])
def test_who_may_not_sign_is_refused_with_the_clause(office, role, clause):
    with at(2022, 7, 1):
        draft = drafted(office)
        answer = submitting.signing_answer(office.account(role), office.group, draft)
        with pytest.raises(Refused):
            submitting.issue(office.account(role), office.group, draft)
        kept_ = submitting.standing(office.group, fresh(office, draft))
    assert clause in [one.dotted for one in answer.decision.citations]
    assert (kept_.signed, kept_.drafted is not None) == (None, True)


def test_under_a_delegation_the_standing_deputy_signs_for_the_leader(office):
    with at(2022, 7, 1):
        draft = drafted(office)
        _delegate(office)
        issued = submitting.issue(office.account("standing_deputy"), office.group, draft)
        text = said(written(office, issued))
    assert "KT. TỔ TRƯỞNG" in text
    assert submitting.standing(office.group, fresh(office, draft)).signed_fits


def _delegate(office: Office) -> None:
    (leader,) = offices.holders(office.group.id, SINCE, role="leader")
    (deputy,) = offices.holders(office.group.id, SINCE, role="standing_deputy")
    since, until = datetime(2022, 6, 1, tzinfo=UTC), datetime(2022, 9, 1, tzinfo=UTC)
    new = NewDelegation(from_seat=leader.seat_id, to_seat=deputy.seat_id, since=since, until=until, ground="Ủy quyền")
    name = f"{office.group.slug}:{leader.seat_id}:{deputy.seat_id}:{since.isoformat()}"
    facts = {"delegation.to_standing_deputy": True, "delegation.is_necessary": True}
    obj = ObjectRef(kind="delegation", id=name, digest=new.digest())
    account = office.account("leader")
    by = permit(Act(account=account, group=office.group, action="delegation.grant", obj=obj, facts=facts))
    offices.delegate(by, office.group.id, new)


def test_nobody_signs_what_they_did_not_read(office):
    leader = office.account("leader")
    with at(2022, 7, 1):
        draft = drafted(office)
        seen = paper_of(office, draft).docx_sha256
        submitting.edit(office.account("clerk"), office.group, draft, {"can_thiet.1": "Khác."})
        with pytest.raises(BadInput, match="vừa đổi"):
            submitting.issue(leader, office.group, draft, seen=seen)
        later = changed(office, draft, vi="Lại khác.")
        for one in (draft, later):
            with pytest.raises(BadInput, match="đã đổi sau khi lập tờ trình"):
                submitting.issue(leader, office.group, one)
        submitting.make(office.account("clerk"), office.group, later, PROPOSED)
        assert submitting.issue(leader, office.group, later).number == 1


def test_a_failed_submission_leaves_no_number(office, monkeypatch):
    def broken(*_: object) -> None:
        raise BadInput("hỏng", "broken")

    with at(2022, 7, 1):
        draft = drafted(office)
        with monkeypatch.context() as held:
            held.setattr(adoption, "submit_draft", broken)
            with pytest.raises(BadInput, match="hỏng"):
                submitting.issue(office.account("leader"), office.group, draft)
        paper = paper_of(office, draft)
        assert (paper.issued, fresh(office, draft).state) == (False, "open")
        assert submitting.issue(office.account("leader"), office.group, draft).number == 1


def test_a_draft_that_changes_after_it_is_submitted_wants_another_paper(office):
    leader, clerk = office.account("leader"), office.account("clerk")
    with at(2022, 7, 1):
        draft = drafted(office)
        first = submitting.issue(leader, office.group, draft)
        later = changed(office, fresh(office, draft), vi="Lại khác.")
        assert not submitting.standing(office.group, later).signed_fits
        with pytest.raises(BadInput, match="đã đổi sau tờ trình"):
            adopting.confirm(leader, office.group, later, ADOPTED)
        submitting.make(clerk, office.group, later, PROPOSED)
        text = said(written(office, paper_of(office, later)))
        second = submitting.issue(leader, office.group, later)
        assert chartering.answered(office.group, fresh(office, later)).paper_id == second.id
    assert (first.label, second.label) == ("01/TTr-TCTĐA", "02/TTr-TCTĐA")
    assert "thay thế Tờ trình số 01/TTr-TCTĐA ngày 01/07/2022" in text
    assert [one.state for one in adoption.submissions(draft.id)] == ["signed", "replaced"]


def test_a_submission_is_taken_back_by_the_leader(office):
    with at(2022, 7, 1):
        draft = drafted(office)
        submitting.issue(office.account("leader"), office.group, draft)
        with pytest.raises(Refused):
            submitting.withdraw(office.account("standing_deputy"), office.group, draft)
        submitting.withdraw(office.account("leader"), office.group, draft)
        draft = fresh(office, draft)
        assert (draft.state, draft.submitted_at) == ("open", None)
        with pytest.raises(BadInput, match="tờ trình trước"):
            adopting.confirm(office.account("leader"), office.group, draft, ADOPTED)
    with at(2022, 7, 2):
        submitting.make(office.account("clerk"), office.group, draft, PROPOSED)
        assert submitting.issue(office.account("leader"), office.group, draft).number == 2


def test_it_is_sent_to_the_issuer_and_the_recipients_of_the_charter(office):
    clerk = office.account("clerk")
    with at(2022, 7, 1):
        draft = drafted(office)
        with pytest.raises(BadInput, match="đã ký"):
            submitting.send(clerk, office.group, draft)
        issued = submitting.issue(office.account("leader"), office.group, draft)
        assert submitting.send(clerk, office.group, draft) == 2
    with at(2022, 7, 2):
        assert submitting.send(clerk, office.group, draft) == 2
    sent = documents.dispatches(issued.id)
    assert [name for name, _ in sent] == ["Ủy ban nhân dân huyện Xuân Trường", "Các thành viên Tổ công tác Đề án 06"]
    assert {when.day for _, when in sent} == {1}


def test_the_decision_of_the_authority_answers_the_paper(office):
    with at(2022, 7, 1):
        draft = drafted(office)
        with pytest.raises(BadInput, match="tờ trình trước"):
            adopting.confirm(office.account("leader"), office.group, draft, ADOPTED)
        submitting.issue(office.account("leader"), office.group, draft)
        for role in ("leader", "standing_deputy"):
            adopting.confirm(office.account(role), office.group, fresh(office, draft), ADOPTED)
    old, new = adoption.charters_of(office.group.charter_line)
    assert (old.in_force_to, new.in_force_from, new.is_unsigned) == (date(2022, 7, 31), date(2022, 8, 1), False)


def test_no_paper_is_made_of_what_has_faults_changes_nothing_or_comes_too_late(office):
    clerk = office.account("clerk")
    with at(2022, 7, 1):
        same = chartering.begin(office.account("secretariat"), office.group, chartering.CURRENT, "5.1", "Thử")
        with pytest.raises(BadInput, match="chưa đổi gì"):
            submitting.make(clerk, office.group, same, PROPOSED)
        draft = begun(office)
        with pytest.raises(BadInput, match="đã qua"):
            submitting.make(clerk, office.group, draft, date(2022, 6, 30))
        article = dict(draft.files["dieu-05.yaml"]) | {"norms": [{"key": "x"}]}
        hurt = chartering.save(
            office.account("leader"), office.group, draft, "dieu-05.yaml", article, seen=draft.revision, again=True
        )
        with pytest.raises(CharterInvalid):
            submitting.make(clerk, office.group, hurt, PROPOSED)
        with pytest.raises(BadInput, match="vừa được người khác sửa"):
            submitting.make(clerk, office.group, draft, PROPOSED)
    assert documents.papers(seen_by(office), office.group.id) == []


def test_a_text_put_in_the_place_of_the_old_one_is_not_told_clause_by_clause(office):
    with at(2022, 7, 1):
        writer, clerk = office.account("secretariat"), office.account("clerk")
        draft = chartering.begin(writer, office.group, "cap-xa", reason="Theo mô hình mới")
        with pytest.raises(BadInput, match="tên chung của mẫu"):
            submitting.make(clerk, office.group, draft, PROPOSED)
        head = dict(draft.files[chartering.HEAD])
        head["agencies"] = {
            code: dict(one) | {"name": f"{one['name']} Hoa Lư"} for code, one in head["agencies"].items()
        }
        draft = chartering.save(writer, office.group, draft, chartering.HEAD, head, seen=draft.revision)
        submitting.make(clerk, office.group, draft, PROPOSED)
        text = said(written(office, paper_of(office, draft)))
    assert "thay thế toàn bộ quy chế" in text
    assert "Điều khoản sửa đổi, bổ sung" not in text


def test_roles_and_seals_are_told_too_and_a_clause_that_goes_is_repealed(office):
    writer = office.account("secretariat")
    with at(2022, 7, 1):
        draft = chartering.begin(writer, office.group, chartering.CURRENT, "5.1", "Thử")
        head = dict(draft.files["charter.yaml"])
        deputy = dict(head["roles"]["deputy"]) | {"post": "Phó Chánh Văn phòng"}
        head |= {"roles": dict(head["roles"]) | {"deputy": deputy}}
        head |= {"seals": {code: seal for code, seal in head["seals"].items() if code != "PC"}}
        draft = chartering.save(writer, office.group, draft, "charter.yaml", head, seen=1)
        article = dict(draft.files["dieu-02.yaml"])
        article |= {
            "clauses": [one for one in article["clauses"] if one["label"] != "5"],
            "norms": [one for one in article["norms"] if one["cite"] != "2.5"],
        }
        draft = chartering.save(writer, office.group, draft, "dieu-02.yaml", article, seen=2)
        submitting.make(writer, office.group, draft, PROPOSED)
        text = said(written(office, paper_of(office, draft)))
    for words in (
        "Về điều khoản: bãi bỏ 1;",
        "Khoản 5 Điều 2",
        "đổi như danh sách cuối mục này",
        "Vai Tổ phó: thay «Chánh Văn phòng HĐND-UBND huyện» bằng «Phó Chánh Văn phòng».",
        "Con dấu Ủy ban nhân dân huyện Xuân Trường: bỏ «Con dấu của UBND huyện»;",
        "hết nghĩa vụ",
    ):
        assert words in text, words


def test_strangers_see_nothing_of_it(office):
    with at(2022, 7, 1):
        paper = paper_of(office, drafted(office))
    stranger = offices.viewer("00000000-0000-4000-8000-000000000009", SINCE)
    assert documents.paper(stranger, paper.id) is None
    assert all(documents.file(stranger, paper.id, kind) is None for kind in ("docx", "pdf", "annex"))
