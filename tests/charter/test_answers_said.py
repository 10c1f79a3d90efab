"""What answers say: the act forbidden, the nearest clause, what is open, the next step, seal and signature."""

from __future__ import annotations

from datetime import date

import pytest

from charter.case_files import SIGNED
from dean06.charter import service
from dean06.charter.types import Fact, Question
from dean06.charter.vocabulary import vocabulary

QN, XT = "quang-ninh-2022", "xuan-truong-2022"


def ask(action: str, role: str, agency: str | None = None, *, of: str = QN, **facts: Fact) -> service.Decision:
    given = {name.replace("__", "."): value for name, value in facts.items()}
    question = Question(role=role, agency=agency, action=action, on=date(2023, 3, 10), facts={**SIGNED, **given})
    return service.decide(service.load(of), question)


# ------------------------------------------------------------------ what is forbidden
@pytest.mark.parametrize("name", service.packages())
def test_every_prohibition_is_said_as_what_it_forbids(name: str) -> None:
    words = vocabulary()
    for norm in service.load(name).norms:
        if norm.type == "prohibition":
            assert norm.action
            assert words.actions[norm.action].forbidden is not words.actions[norm.action].name
            assert not words.actions[norm.action].forbidden.vi.startswith(("giữ", "bảo đảm"))


@pytest.mark.parametrize("of", [QN, XT])
def test_one_who_goes_beyond_competence_reads_that(of: str) -> None:
    decision = ask("competence.keep", "leader", of=of, matter__exceeds_competence=True)
    assert decision.outcome == "forbidden"
    assert decision.sentence("vi").startswith("Không được vượt thẩm quyền hoặc bỏ qua trình tự: ")
    assert "may not exceed competence" in decision.sentence("en")


def test_a_norm_is_named_by_what_it_forbids() -> None:
    norms = {norm.key: norm for norm in service.load(QN).norms}
    assert service.norm_act(norms["member.within_competence"]) == "Vượt thẩm quyền hoặc bỏ qua trình tự"
    assert service.norm_act(norms["sd.sign_for_leader"]) == "Ký văn bản, kết luận"
    assert service.norm_act(norms["scope.matter"]) == ""


# ------------------------------------------------------------------ where no norm decides
def test_a_prohibition_whose_fact_is_open_is_named_with_the_fact() -> None:
    decision = ask("agency.act_in_place", "member", "BHXH")
    said = decision.sentence("vi")
    assert (decision.outcome, decision.citations) == ("not_regulated", ())
    assert "Điều 2 khoản 2" in said
    assert "việc thuộc chức năng của một cơ quan hoặc người đứng đầu cơ quan; điều ấy chưa xác định" in said
    assert "không quy định" not in said
    (near,) = decision.nearest
    assert (near.norm.key, near.forbids, near.lacks) == ("group.not_in_place", True, ("matter.belongs_to_agency",))
    denied = ask("agency.act_in_place", "member", "BHXH", matter__belongs_to_agency=False)
    assert "được ghi là không có" in denied.sentence("vi")
    assert "given as false" in denied.sentence("en")
    assert "không nói tới vai này" in ask("agency.act_in_place", "invitee").sentence("vi")


@pytest.mark.parametrize(
    ("action", "role", "clause"),
    [
        ("staff.mobilise", "member", "Điều 9 khoản 4"),
        ("member.propose_replacement", "leader", "Điều 3 khoản 5"),
        ("report.consolidate_and_send", "group", "Điều 9 khoản 6"),
    ],
)
def test_the_nearest_clause_is_named_where_the_text_speaks_of_the_matter(action: str, role: str, clause: str) -> None:
    decision = ask(action, role)
    assert (decision.outcome, decision.citations) == ("not_regulated", ())
    assert f"Điều khoản gần nhất: {clause}" in decision.sentence("vi")
    assert "Nearest: Article" in decision.sentence("en")
    assert decision.as_json()["nearest"]


def test_true_silence_is_still_said() -> None:
    decision = ask("tie.break", "leader")
    assert decision.nearest == ()
    assert decision.sentence("vi").startswith("Quy chế không quy định việc quyết định khi số phiếu ngang nhau.")


# ------------------------------------------------------------------ what is missing, and the next step
def test_what_was_not_given_is_not_denied_and_what_was_denied_is() -> None:
    open_, denied = (
        ask("commendation.grant", "leader", **facts) for facts in ({}, {"commendation__within_competence": False})
    )
    assert "Chưa xác định hình thức khen nằm trong thẩm quyền" in open_.sentence("vi")
    assert "vượt thẩm quyền" not in open_.sentence("vi")
    assert "Hình thức khen vượt thẩm quyền" in denied.sentence("vi")


def test_no_yes_or_no_fact_is_denied_where_it_is_only_not_given() -> None:
    stated = ("Chưa xác định", "Chưa ghi", "Chưa nêu", "Chưa đủ")
    for name, fact in vocabulary().facts.items():
        assert fact.if_open.startswith(stated) or fact.type != "bool", name


@pytest.mark.parametrize(
    ("action", "role", "agency", "fact", "act", "by", "clause"),
    [
        (
            *("document.submit_to_chair", "leader", None, "document.appraised_by_office"),
            *("appraisal.perform", "member:OFF", "7.2.l"),
        ),
        (
            *("meeting.be_absent", "member", "YT", "absence.consented_by_chair"),
            *("meeting.consent_absence", "chair_of_meeting", "7.1.b"),
        ),
        (
            *("programme.issue", "standing_deputy", None, "delegation.covers_date_and_scope"),
            *("delegation.grant", "leader", "3.4"),
        ),
    ],
)
def test_a_refusal_says_which_act_comes_next_and_whose(
    action: str, role: str, agency: str | None, fact: str, act: str, by: str, clause: str
) -> None:
    decision = ask(action, role, agency)
    steps = {step.fact: step for step in decision.next_steps}
    assert decision.outcome == "not_allowed"
    assert (steps[fact].action, steps[fact].by) == (act, (by,))
    assert [norm.cite.dotted for norm in steps[fact].norms] == [clause]
    assert "Bước tiếp theo: " in decision.sentence("vi")
    assert service.party_name(service.load(QN), by) in decision.sentence("vi").partition("Bước tiếp theo")[2]


def test_a_connection_without_its_system_asks_for_the_system() -> None:
    assert "Bước tiếp theo: nêu hệ thống cần kết nối" in ask("integration.lead", "member", "BHXH").sentence("vi")


# ------------------------------------------------------------------ signing, sealing
def test_the_seal_of_a_signing_answer_tells_its_own_condition() -> None:
    """The contract's rule: the seal is named on signing; only using it asks for the seal clause's condition."""
    bare = ask("document.sign", "standing_deputy", assignment__covers_document=True)
    assert (bare.outcome, bare.seal, bare.seal_lacks) == ("allowed", "POL", ("document.serves_group_task",))
    assert "chỉ đóng khi: văn bản phục vụ nhiệm vụ của Tổ (chưa xác định)" in bare.sentence("vi")
    whole = ask("document.sign", "standing_deputy", assignment__covers_document=True, document__serves_group_task=True)
    assert (whole.seal, whole.seal_lacks) == ("POL", ())
    assert whole.sentence("vi").endswith("Con dấu: Công an huyện Quảng Ninh.")


@pytest.mark.parametrize("of", [QN, XT])
def test_what_is_issued_under_a_delegation_is_signed_for_the_leader(of: str) -> None:
    decision = ask("programme.issue", "standing_deputy", of=of, delegation__covers_date_and_scope=True)
    signing = decision.signature
    assert decision.sign_form is None  # the contract gives a form to answers about signing alone
    assert signing is not None
    assert (signing.sign_form, signing.on_behalf_of) == ("KT", "leader")
    assert "KT. TỔ TRƯỞNG / TỔ PHÓ THƯỜNG TRỰC (Điều 4 khoản 4)" in decision.sentence("vi")
    own = ask("programme.issue", "leader", of=of).signature
    assert own is not None
    assert (own.sign_form, own.on_behalf_of) == ("own", None)


@pytest.mark.parametrize("of", [QN, XT, "cap-xa", "cap-tinh"])
def test_the_leader_signs_under_his_own_power(of: str) -> None:
    decision = ask("document.sign", "leader", of=of)
    assert decision.citations[0].dotted == "3.1"
    assert "4.4" not in {citation.dotted for citation in decision.citations}


def test_whoever_the_charter_lets_is_named_with_the_agency_of_the_post() -> None:
    assert ask("appraisal.perform", "leader").who_can == ("deputy:OFF", "member:OFF")
    assert ask("appraisal.perform", "deputy", "OFF").outcome == "allowed"


# ------------------------------------------------------------------ the sentences themselves
def test_each_clause_is_quoted_with_its_own_words() -> None:
    said = ask("document.sign", "standing_deputy", assignment__covers_document=True).sentence("vi")
    assert "Điều 4 khoản 4 (Ký thay Tổ trưởng" in said
    assert "Điều 2 khoản 3 (Con dấu" in said


def test_actions_are_verbs_in_english() -> None:
    for code, word in vocabulary().actions.items():
        assert not word.name.en.startswith(("a ", "an ", "the ")), code
