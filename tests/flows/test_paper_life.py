"""A paper from its form to its archive, under a real charter: drafted, said of, appraised, signed, numbered, sealed."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from dean06.charter.errors import Refused
from dean06.clock.errors import BadInput, HouseError, Unavailable
from dean06.clock.service import TZ
from dean06.demo.pki import PASSWORD, Holder, make
from dean06.demo.pki_server import PkiServer
from dean06.flows import digital_signing, entering_keys, paper_signing, paperwork
from dean06.offices import service as offices
from dean06.papers import models
from dean06.papers.service import documents, drafts, editing, forms, issuing, keys, signatures
from dean06.papers.service.keys import NewKey, Secret
from dean06.papers.service.signatures import Verdict
from flows.conftest import at, found
from papers.reading import docx_lines, letters, poppler_pages
from papers.signatures import pictures

pytestmark = pytest.mark.django_db
LETTER, PLAN, NOTICE = "urging_letter", "plan", "conclusion_notice"
SECRET = Secret(text=PASSWORD)


def examples(code: str) -> dict[str, object]:
    return {
        key: value.isoformat() if isinstance(value, date | datetime) else value
        for key, value in forms.form(code).examples().items()
    }


@pytest.fixture
def office(home, tmp_path):
    return found("quang-ninh-2022", "qn", tmp_path, persons=60)


@pytest.fixture
def signers(office, home, settings):
    """The leader's and the standing deputy's keys, the seals of both agencies, and a service of time stamps."""
    people = [Holder("to-truong", "Nguyễn Minh Tâm"), Holder("to-pho", "Trần Quốc Hải")]
    agencies = [Holder("dau-ubnd", "Ủy ban nhân dân huyện Quảng Ninh"), Holder("dau-ca", "Công an huyện Quảng Ninh")]
    server = PkiServer(at=datetime(2022, 8, 3, 9, 0, tzinfo=TZ))
    server.pki = make(home, people, agencies, server.address)
    with server, at(2022, 8, 1):
        settings.TSA_URL = f"{server.address}/tsa"
        hand, round_seal = signatures.Picture(pictures.hand()), signatures.Picture(pictures.seal(), 36, 36)
        for role, slug in (("leader", "to-truong"), ("standing_deputy", "to-pho")):
            new = NewKey(kind="pkcs12", file=server.pki.key_file(slug).read_bytes(), picture=hand)
            entering_keys.enter_own(office.account(role), office.group, new, SECRET)
        for agency, slug in (("PC", "dau-ubnd"), ("POL", "dau-ca")):
            new = NewKey(kind="pkcs12", file=server.pki.key_file(slug).read_bytes(), picture=round_seal)
            entering_keys.enter_agency(office.account("clerk"), office.group, agency, new, SECRET)
        yield office


def seat(office, role: str) -> int:
    return offices.holders(office.group.id, date(2022, 8, 3), role=role)[0].seat_id


def begun(office, code: str = LETTER) -> int:
    return paperwork.begin(office.account("secretariat"), office.group, code, examples(code)).id


def appraised(office, paper_id: int) -> None:
    paperwork.appraise(office.account("deputy"), office.group, paper_id, "Đúng thẩm quyền, thể thức.", agrees=True)


def test_a_form_becomes_a_draft_and_the_clerks_words_stay_when_facts_change(office):
    with at(2022, 8, 3):
        paper_id = begun(office)
        before = documents.content(paper_id)
        key = before.sections[0].key
        text = {one.key: (one.title, one.text) for one in editing.passages(before)}
        office_ = office.account("secretariat")
        paperwork.reword(office_, office.group, paper_id, text | {key: ("", "Lời của văn thư.")})
        facts = examples(LETTER) | {"subject": "chỉnh sửa sai lệch dữ liệu học sinh"}
        paperwork.refill(office_, office.group, paper_id, facts)
    after = documents.content(paper_id)
    assert after.abstract == "đôn đốc chỉnh sửa sai lệch dữ liệu học sinh"
    assert {one.key: one.text for one in editing.passages(after)}[key] == "Lời của văn thư."
    assert [one.number for one in drafts.versions(paper_id)] == [1, 2, 3]
    with at(2022, 8, 4):
        paperwork.restore(office_, office.group, paper_id, 1)
    assert documents.content(paper_id) == before


def test_an_edited_docx_comes_back_and_a_changed_head_is_refused(office):
    with at(2022, 8, 3):
        paper_id = begun(office)
        viewer = offices.viewer(office.account("secretariat"), date(2022, 8, 3))
        data = documents.file(viewer, paper_id, "docx").read_bytes()
        before = documents.content(paper_id)
        made = paperwork.take_docx(office.account("secretariat"), office.group, paper_id, data)
        assert documents.content(paper_id) == before
        assert made.id == paper_id
        with pytest.raises(BadInput, match="docx"):
            paperwork.take_docx(office.account("secretariat"), office.group, paper_id, data[:200])


def test_comments_are_kept_with_their_version_and_settled(office):
    with at(2022, 8, 3):
        paper_id = begun(office)
        said = paperwork.comment(office.account("member", "BHXH"), office.group, paper_id, "Thêm hạn nộp.")
        assert said.version == 1
        assert said.author == "Lê Ngọc Hoa, " + said.author.partition(", ")[2]
        paperwork.settle(office.account("secretariat"), office.group, paper_id, said.id)
        with pytest.raises(BadInput, match="Ghi lời góp ý"):
            paperwork.comment(office.account("deputy"), office.group, paper_id, "   ")
    assert [one.settled_at is not None for one in drafts.comments(paper_id)] == [True]


def test_the_leader_signs_only_what_the_office_appraised_as_it_stands(office):
    """Quảng Ninh, khoản 2 điểm l Điều 7."""
    with at(2022, 8, 3):
        paper_id = begun(office)
        clerk, leader = office.account("secretariat"), office.account("leader")
        with pytest.raises(Refused) as refused:
            paper_signing.ask_signature(clerk, office.group, paper_id, seat(office, "leader"))
        assert refused.value.decision.citations[0].as_json()["article"] == "7"
        with pytest.raises(Refused):
            paper_signing.issue_by_hand(leader, office.group, paper_id)
        appraised(office, paper_id)
        paperwork.refill(clerk, office.group, paper_id, examples(LETTER) | {"subject": "việc khác"})
        with pytest.raises(Refused):
            paper_signing.ask_signature(clerk, office.group, paper_id, seat(office, "leader"))
        appraised(office, paper_id)
        lies = paper_signing.ask_signature(clerk, office.group, paper_id, seat(office, "leader"), note="Gấp")
        assert lies.title == "Tổ trưởng" or lies.title.startswith("Tổ trưởng,")


def test_a_paper_before_its_signer_stands_still_and_comes_back_with_a_reason(office):
    with at(2022, 8, 3):
        paper_id = begun(office)
        clerk, leader = office.account("secretariat"), office.account("leader")
        appraised(office, paper_id)
        paper_signing.ask_signature(clerk, office.group, paper_id, seat(office, "leader"))
        with pytest.raises(BadInput, match="đang trình ký"):
            paperwork.refill(clerk, office.group, paper_id, examples(LETTER))
        viewer = offices.viewer(leader, date(2022, 8, 3))
        assert [one.paper_id for one in drafts.queue(viewer, office.group.id)] == [paper_id]
        with pytest.raises(BadInput, match="chỉ người ấy trả lại"):
            paper_signing.decline(office.account("standing_deputy"), office.group, paper_id, "Sai")
        paper_signing.decline(leader, office.group, paper_id, "Thiếu hạn.")
        assert documents.for_work(paper_id).state == "draft"
        assert drafts.requests(paper_id)[-1].reason == "Thiếu hạn."
        assert drafts.queue(viewer, office.group.id) == []


def test_signed_by_hand_it_is_numbered_at_once_and_its_scan_follows(office):
    with at(2022, 8, 3):
        paper_id = begun(office)
        appraised(office, paper_id)
        issued = paper_signing.issue_by_hand(office.account("leader"), office.group, paper_id)
        assert (issued.label, issued.manner, issued.seal) == ("01/TCTĐA-CA", "hand", "PC")
        with pytest.raises(BadInput, match="mỗi văn bản chỉ cấp số một lần"):
            paper_signing.issue_by_hand(office.account("leader"), office.group, paper_id)
        with pytest.raises(BadInput, match="không phải PDF hoặc đã hỏng"):
            paper_signing.attach_scan(office.account("clerk"), office.group, paper_id, b"%PDF-1.7 quet")
        scan = issuing.kept_file(issued.pdf_sha256)
        kept = paper_signing.attach_scan(office.account("clerk"), office.group, paper_id, scan)
    assert kept.scan_sha256
    assert [one.manner for one in issuing.signatures(paper_id)] == ["hand"]


def test_signed_digitally_numbered_and_sealed_it_verifies_and_says_what_the_docx_says(signers):
    office = signers
    with at(2022, 8, 3):
        paper_id = begun(office)
        appraised(office, paper_id)
        paper_signing.ask_signature(office.account("secretariat"), office.group, paper_id, seat(office, "leader"))
        issued = digital_signing.sign(office.account("leader"), office.group, paper_id, SECRET)
        assert (issued.label, issued.manner, issued.sealed_at) == ("01/TCTĐA-CA", "digital", None)
        sealed = digital_signing.seal(office.account("clerk"), office.group, paper_id, SECRET)
    assert sealed.sealed_at is not None
    viewer = offices.viewer(office.account("leader"), date(2022, 8, 3))
    pdf = documents.file(viewer, paper_id, "pdf").read_bytes()
    told = signatures.verify(pdf, keys.trust().trust, datetime(2022, 8, 4, tzinfo=TZ))
    assert told.verdict is Verdict.VALID
    assert [one.signer for one in told.signatures if not one.is_timestamp] == [
        "Nguyễn Minh Tâm",
        "Ủy ban nhân dân huyện Quảng Ninh",
    ]
    docx = documents.file(viewer, paper_id, "docx").read_bytes()
    assert sorted(letters("".join(poppler_pages(pdf)))) == sorted(letters("".join(docx_lines(docx))))
    assert [(one.kind, one.manner) for one in issuing.signatures(paper_id)] == [
        ("person", "digital"),
        ("agency", "digital"),
    ]


def test_a_wrong_password_or_a_silent_service_leaves_the_paper_as_it_was(signers, settings):
    office = signers
    with at(2022, 8, 3):
        paper_id = begun(office)
        appraised(office, paper_id)
        before = documents.for_work(paper_id)
        with pytest.raises(HouseError, match="sai mật khẩu"):
            digital_signing.sign(office.account("leader"), office.group, paper_id, Secret(text="sai"))
        settings.TSA_URL = ""
        with pytest.raises(Unavailable, match="DEAN06_TSA"):
            digital_signing.sign(office.account("leader"), office.group, paper_id, SECRET)
    assert documents.for_work(paper_id) == before
    assert not models.Signature.objects.exists()
    assert not models.Series.objects.exists()


def test_a_deputy_signs_for_the_leader_what_the_leader_put_before_them(signers):
    """Quảng Ninh, khoản 4 Điều 4: ký thay khi được phân công; con dấu của Công an huyện (khoản 3 Điều 2)."""
    office = signers
    with at(2022, 8, 3):
        paper_id = begun(office)
        deputy = office.account("standing_deputy")
        assert not paper_signing.answer(deputy, office.group, documents.for_work(paper_id)).allowed
        paper_signing.ask_signature(office.account("leader"), office.group, paper_id, seat(office, "standing_deputy"))
        issued = digital_signing.sign(deputy, office.group, paper_id, SECRET)
    content = documents.content(paper_id)
    assert (content.signature.form.value, content.signature.signed_for) == ("KT", "TỔ TRƯỞNG")
    assert issued.seal == "POL"


def test_many_are_signed_in_one_go_and_one_that_cannot_be_keeps_none_of_the_others(signers):
    office = signers
    made = []
    for hour in (7, 8, 9):
        with at(2022, 8, 3, hour):
            made.append(begun(office))
    first, second, third = made
    with at(2022, 8, 3, 10):
        appraised(office, first)
        appraised(office, third)
        done = digital_signing.sign_many(office.account("leader"), office.group, [first, second, third], SECRET)
    assert [one.paper.label if one.paper else None for one in done] == ["01/TCTĐA-CA", None, "02/TCTĐA-CA"]
    assert documents.for_work(second).state == "draft"


def test_a_hand_over_list_is_signed_by_both_parties_before_it_is_numbered(signers, home):
    """Bên nhận ký bên trái, bên giao ký bên phải, rồi mới cấp số."""
    office = signers
    pki = make(home, [Holder("ben-nhan", "Đỗ Thanh Sáu")], [])
    secretary = office.account("secretariat")
    facts = examples("handover_list") | {
        "giver": {"name": "Nguyễn Minh Tâm", "title": "Tổ trưởng"},
        "receiver": {"name": "Đỗ Thanh Sáu", "title": "Đội trưởng"},
    }
    with at(2022, 8, 3):
        new = NewKey(kind="pkcs12", file=pki.key_file("ben-nhan").read_bytes())
        entering_keys.enter_own(secretary, office.group, new, SECRET)
        paper_id = paperwork.begin(secretary, office.group, "handover_list", facts).id
        appraised(office, paper_id)
        signed = digital_signing.sign(office.account("leader"), office.group, paper_id, SECRET)
        assert (signed.state, signed.number) == ("signed", None)
        with pytest.raises(BadInput, match="chưa đủ chữ ký"):
            digital_signing.number(office.account("clerk"), office.group, paper_id)
        with pytest.raises(BadInput, match="chỉ người ấy ký"):
            digital_signing.countersign(office.account("deputy"), office.group, paper_id, SECRET)
        assert digital_signing.countersign(secretary, office.group, paper_id, SECRET).issued
        made = digital_signing.seal(office.account("clerk"), office.group, paper_id, SECRET)
    told = signatures.verify(issuing.kept_file(made.pdf_sha256), keys.trust().trust, datetime(2022, 8, 4, tzinfo=TZ))
    assert told.verdict is Verdict.VALID
    assert [one.kind for one in issuing.signatures(paper_id)] == ["person", "second", "agency"]


def test_anothers_certificate_is_not_entered_as_ones_own(signers, home):
    office = signers
    pki = make(home, [Holder("nguoi-khac", "Ngô Văn Khác")], [])
    new = NewKey(kind="pkcs12", file=pki.key_file("nguoi-khac").read_bytes())
    with at(2022, 8, 3), pytest.raises(BadInput, match="không phải của người"):
        entering_keys.enter_own(office.account("leader"), office.group, new, SECRET)


@pytest.mark.parametrize(
    ("kind", "place"), [("pkcs11", {"library": "/opt/la/x.so"}), ("csc", {"url": "http://10.0.0.1"})]
)
def test_only_what_the_operator_permits_is_loaded_or_asked(office, kind: str, place: dict[str, str]):
    with at(2022, 8, 3), pytest.raises(BadInput, match="Người vận hành chưa cho phép"):
        entering_keys.enter_own(office.account("leader"), office.group, NewKey(kind=kind, place=place), SECRET)
