"""What an answer says aloud, whole, in both languages: one case a sentence of `cases/sentences.yaml`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from ruamel.yaml import YAML

from charter.case_files import CASES, REGULATIONS, ask
from charter.tea_hill import FILES, HEAD
from dean06.charter import service
from dean06.charter.types import Charter, Ending, Fact, Question

SAID: list[dict[str, Any]] = YAML(typ="safe").load(CASES / "sentences.yaml")


@pytest.mark.parametrize("case", SAID, ids=[case["ask"] for case in SAID])
def test_sentence(case: dict[str, Any]) -> None:
    decision = ask(REGULATIONS[case["asked"]["of"]], case["asked"])
    assert decision.sentence("vi") == case["vi"]
    assert decision.sentence("en") == case["en"]


def test_names_fall_back_from_the_charter_to_the_vocabulary_to_the_code() -> None:
    charter, words = service.load("quang-ninh-2022"), service.vocabulary()
    foreign = next(code for code in words.agencies if code not in charter.agencies)
    role = next(code for code in words.roles if code not in charter.roles)
    assert service.party_name(charter, foreign) == words.agencies[foreign].vi
    assert service.party_name(charter, foreign, "en") == words.agencies[foreign].en
    assert service.party_name(charter, role) == words.roles[role].vi
    assert service.party_name(charter, role, "en") == words.roles[role].en
    assert [service.party_name(charter, "lạ", language) for language in ("vi", "en")] == ["lạ", "lạ"]
    assert [service.role_name(charter, "lạ", language) for language in ("vi", "en")] == ["lạ", "lạ"]
    assert service.party_name(charter, "agency:POL") == charter.agencies["POL"].name
    assert service.party_name(charter, "member:POL", "en") == "member (district police)"


@pytest.mark.parametrize(
    ("form", "behalf", "lines"),
    [
        ("own", None, ("TỔ PHÓ",)),
        ("own", "leader", ("TỔ PHÓ",)),
        ("KT", None, ("TỔ PHÓ",)),
        ("KT", "leader", ("KT. TỔ TRƯỞNG", "TỔ PHÓ")),
    ],
)
def test_lines_over_a_signature(form: str, behalf: str | None, lines: tuple[str, ...]) -> None:
    assert service.sign_lines(service.load("quang-ninh-2022"), "deputy", form, behalf) == lines


# ------------------------------------------------------------------ of a made-up text
HILL = service.compile_sources(FILES)
READY = "meeting.content_ready_before_opening"


def _charter(*norms: dict[str, Any], clauses: int = 1) -> Charter:
    article = {
        "article": "1",
        "heading": "Điều",
        "last_checked": "2026-11-20",
        "clauses": [{"label": str(at), "vi": f"Lời {at}.", "en": f"Word {at}."} for at in range(1, clauses + 1)],
        "norms": [{"source": "mẫu", **norm} for norm in norms],
    }
    chapters = [{"label": "I", "heading": "Chương", "articles": ["1"]}]
    head = {**HEAD, "covering": [], "notes": [], "chapters": chapters}
    return service.compile_sources({"charter.yaml": head, "dieu-01.yaml": article})


def _asked(charter: Charter, role: str, action: str, **facts: Fact) -> service.Decision:
    named = {name.replace("__", "."): value for name, value in facts.items()}
    return service.decide(charter, Question(role=role, action=action, on=date(2025, 1, 1), facts=named))


@pytest.mark.parametrize(
    ("clauses", "vi", "en"),
    [
        (2, "khoản 1 (Lời 1); Điều 1 khoản 2 (Lời 2).", "clause 1 (Word 1); Article 1 clause 2 (Word 2)."),
        (
            3,
            "khoản 1 (Lời 1); Điều 1 khoản 2 (Lời 2); Điều 1 khoản 3 (Lời 3).",
            "clause 1 (Word 1); Article 1 clause 2 (Word 2); Article 1 clause 3 (Word 3).",
        ),
        (
            4,
            "khoản 1; Điều 1 khoản 2; Điều 1 khoản 3; Điều 1 khoản 4.",
            "clause 1; Article 1 clause 2; Article 1 clause 3; Article 1 clause 4.",
        ),
    ],
)
def test_up_to_three_clauses_are_quoted_and_more_are_only_named(clauses: int, vi: str, en: str) -> None:
    norm = {"type": "procedure", "bearer": "group", "action": "meeting.hold", "when": {"all": [READY]}}
    norms = [{**norm, "key": f"k{at}", "cite": f"1.{at}"} for at in range(1, clauses + 1)]
    decision = _asked(_charter(*norms, clauses=clauses), "group", "meeting.hold")
    assert f"Căn cứ: Điều 1 {vi}" in decision.sentence("vi")
    assert f"Clause: Article 1 {en}" in decision.sentence("en")


@pytest.mark.parametrize(
    ("facts", "vi", "en"),
    [
        ({}, "điều ấy chưa xác định.", "that is not established."),
        ({"matter__is_important": False}, "điều ấy chưa xác định.", "that is not established."),
        (
            {"matter__is_important": False, "matter__is_routine": False},
            "dữ kiện ấy được ghi là không có.",
            "that is given as false.",
        ),
    ],
)
def test_a_prohibition_on_two_facts_is_denied_when_both_are(facts: dict[str, Fact], vi: str, en: str) -> None:
    both = {"all": ["matter.is_important", "matter.is_routine"]}
    never = {"key": "no", "cite": "1.1", "type": "prohibition", "bearer": "leader", "action": "task.assign"}
    decision = _asked(_charter({**never, "when": both}), "leader", "task.assign", **facts)
    assert decision.sentence("vi") == (
        "Điều 1 khoản 1 (Lời 1) cấm giao việc cho thành viên khi: việc được xếp là quan trọng; việc được xếp là"
        f" thường xuyên; {vi} Ngoài trường hợp ấy quy chế không cấm. Làm được nếu ghi lý do."
    )
    assert decision.sentence("en") == (
        "Article 1 clause 1 (Word 1) forbids one to assign tasks to members where: important matter; routine matter;"
        f" {en} Elsewhere it forbids nothing. The act may go on with a reason."
    )


def test_a_role_of_the_text_alone_has_its_title() -> None:
    assert service.party_name(HILL, "keeper") == "Người giữ chè"
    assert service.party_name(HILL, "keeper", "en") == "«Người giữ chè»"
    assert service.party_name(HILL, "keeper:TYT") == "Người giữ chè (Trạm Y tế xã Đồi Chè)"


def test_a_remark_in_brackets_is_left_out_of_an_english_name_alone() -> None:
    agencies = {**HEAD["agencies"], "YT": {"name": "Trạm Y tế (cũ)"}}
    charter = service.compile_sources({**FILES, "charter.yaml": {**HEAD, "agencies": agencies}})
    assert service.party_name(charter, "member:YT") == "Thành viên (Trạm Y tế (cũ))"
    assert service.party_name(charter, "member:YT", "en") == "member (district health body)"
    assert service.party_name(charter, "agency:YT") == "Trạm Y tế (cũ)"


def test_what_is_missing_is_said_as_open_denied_or_in_the_way() -> None:
    given: dict[str, Fact] = {"matter.is_routine": False}
    question = Question(role="leader", action="task.assign", on=date(2025, 1, 1), facts=given)
    for name, vi, en in (
        ("matter.is_routine", "Việc chưa được xếp là thường xuyên.", "not established: routine matter"),
        ("matter.is_important", "Chưa xác định việc có quan trọng không.", "not established: important matter"),
        ("!matter.is_important", "Việc được xếp là quan trọng.", "in the way: important matter"),
        (
            "!seal.agency",
            "Con dấu định dùng không phải con dấu của vai này",
            "the seal meant is not the seal of this role",
        ),
    ):
        assert (service.missing_text(question, name), service.missing_text(question, name, "en")) == (vi, en)


ENDING = Ending(
    last_day=date(2025, 6, 30),
    instrument="Quyết định 9/QĐ-UBND",
    signed_on=date(2025, 6, 15),
    successors=("Tổ công tác xã Đồi Mơ", "Tổ công tác xã Đồi Sim"),
)
ENDED_VI = (
    "Tổ đã kết thúc ngày 30/06/2025 theo Quyết định 9/QĐ-UBND ngày 15/06/2025; kế thừa: Tổ công tác xã Đồi Mơ,"
    " Tổ công tác xã Đồi Sim."
)
ENDED_EN = (
    "The group ended on 30/06/2025 by Quyết định 9/QĐ-UBND of 15/06/2025; succeeded by: Tổ công tác xã Đồi Mơ,"
    " Tổ công tác xã Đồi Sim."
)


def test_the_end_of_a_group_is_said_with_its_heirs() -> None:
    assert (service.ending_words(ENDING), service.ending_words(ENDING, "en")) == (ENDED_VI, ENDED_EN)


@pytest.mark.parametrize(("day", "ended"), [(date(2025, 6, 30), False), (date(2025, 7, 1), True)])
def test_a_question_after_the_end_of_the_group_is_told_of_it(
    day: date,
    ended: bool,  # noqa: FBT001  a row of the table
) -> None:
    charter = replace(HILL, in_force_to=date(2025, 6, 1), ending=ENDING)
    decision = service.decide(charter, Question(role="leader", action="task.assign", on=day))
    vi = f"Quy chế mẫu của Tổ công tác xã Đồi Chè không có hiệu lực ngày {day:%d/%m/%Y}."
    en = f"The charter doi-che is not in force on {day.isoformat()}."
    assert decision.sentence("vi") == (f"{vi} {ENDED_VI}" if ended else vi)
    assert decision.sentence("en") == (f"{en} {ENDED_EN}" if ended else en)
    without = service.decide(replace(charter, ending=None), Question(role="leader", action="task.assign", on=day))
    assert (without.sentence("vi"), without.sentence("en")) == (vi, en)
