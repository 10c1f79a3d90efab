"""What a sentence of a regulation is read as: whose norm, of what type, by when, to whom and through whom."""

from __future__ import annotations

import pytest

from dean06.charter import service
from dean06.charter.norms import Deadline

LEAD = "Tổ trưởng có trách nhiệm làm "


def _clause(text: str, *below: service.Node, heading: str = "Việc") -> tuple[service.Node, ...]:
    """A regulation of one article with one clause."""
    clause = service.Node(kind="clause", label="1", cite="1.1", text=text, children=below)
    article = service.Node(kind="article", label="1", cite="1", heading=heading, children=(clause,))
    return (service.Node(kind="part", label="QC", heading="QUY CHẾ CỦA TỔ CÔNG TÁC", children=(article,)),)


def _point(text: str, label: str = "a") -> service.Node:
    return service.Node(kind="point", label=label, cite=f"1.1.{label}", text=text)


def _found(text: str, heading: str = "Việc") -> list[service.Candidate]:
    return list(service.candidates(_clause(text, heading=heading)))


def _only(text: str, heading: str = "Việc") -> service.Candidate:
    (one,) = _found(text, heading)
    return one


# ---------------------------------------------------------------- who


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("Tổ phó thường trực", "standing_deputy"),
        ("Phó Tổ trưởng thường trực", "standing_deputy"),
        ("Phó Trưởng Ban Chỉ đạo thường trực", "standing_deputy"),
        ("Ủy viên thường trực", "standing_member"),
        ("Các Tổ phó", "deputy"),
        ("Phó Trưởng Ban", "deputy"),
        ("Tổ trưởng", "leader"),
        ("Trưởng Ban Chỉ đạo", "leader"),
        ("Mỗi thành viên", "member"),
        ("Các ủy viên", "member"),
        ("Bộ phận giúp việc", "secretariat"),
        ("Thư ký", "secretariat"),
        ("Tập thể Tổ công tác", "group"),
        ("Ban Chỉ đạo", "group"),
        ("Đồng chí Chủ tịch UBND", "pc_chair"),
        ("Các đơn vị", "agency"),
        ("Địa phương", "agency"),
    ],
)
def test_a_sentence_that_begins_with_a_role_is_that_role_s(said: str, code: str):
    one = _only(f"{said} có trách nhiệm giữ sổ.")
    assert (one.bearer_text, one.bearer) == (said, (code,))


AGENCIES = [
    ("Công an tỉnh", "PPOL"),
    ("Văn phòng UBND tỉnh", "OPPC"),
    ("Ủy ban nhân dân tỉnh", "PPC"),
    ("UBND các xã", "COM"),
    ("Đội Cảnh sát", "TEAM"),
    ("Công an huyện", "POL"),
    ("Văn phòng", "OFF"),
    ("Văn hoá", "VHTT"),
    ("Tài chính", "TCKH"),
    ("Tư pháp", "TP"),
    ("GD&ĐT", "GDDT"),
    ("Lao động", "LDTBXH"),
    ("Tài nguyên", "TNMT"),
    ("Bảo hiểm xã hội", "BHXH"),
    ("Y tế", "YT"),
    ("Nội vụ", "NV"),
    ("Các sở", "DEPTS"),
    ("Hội đồng nhân dân", "COUNCIL"),
    ("Ủy ban nhân dân", "PC"),
]


@pytest.mark.parametrize(("said", "code"), AGENCIES)
def test_a_sentence_that_begins_with_an_agency_is_that_agency_s(said: str, code: str):
    one = _only(f"{said} có trách nhiệm giữ sổ.")
    assert (one.bearer_text, one.bearer) == (said, (f"agency:{code}",))


@pytest.mark.parametrize(("said", "code"), AGENCIES)
def test_a_report_goes_to_the_agency_behind_the_verb(said: str, code: str):
    one = _only(f"Thành viên phải gửi sổ, báo cáo {said}.")
    assert (one.bearer, one.recipients) == (("member",), (code,))


@pytest.mark.parametrize(("said", "code"), AGENCIES)
def test_a_member_named_above_is_of_the_agency_named_beside(said: str, code: str):
    found = service.candidates(_clause(f"Thành viên là cán bộ {said}:", _point("Chủ trì giữ sổ.")))
    assert [(one.cite, one.bearer_text, one.bearer) for one in found] == [
        ("1.1.a", "Thành viên", (f"member:{code}",)),
    ]


def test_another_role_named_above_is_of_no_agency():
    found = service.candidates(_clause("Tổ phó là cán bộ Tư pháp:", _point("Chủ trì giữ sổ.")))
    assert [(one.bearer_text, one.bearer) for one in found] == [("Tổ phó", ("deputy",))]


def test_a_member_that_begins_a_sentence_is_of_no_agency():
    assert _only("Thành viên thuộc Tư pháp có trách nhiệm giữ sổ.").bearer == ("member",)


def test_the_name_above_may_stand_anywhere_in_a_heading_and_an_agency_only_at_its_start():
    assert _only("Chủ trì giữ sổ.", "Việc của Tổ trưởng").bearer == ("leader",)
    assert _only("Chủ trì giữ sổ.", "Tư pháp và sổ").bearer == ("agency:TP",)
    assert _only("Chủ trì giữ sổ.", "Sổ của Tư pháp").bearer == ()


def test_the_nearest_name_above_is_the_bearer():
    found = service.candidates(_clause("Tổ phó làm:", _point("Chủ trì giữ sổ."), heading="Tổ trưởng"))
    assert [one.bearer for one in found] == [("deputy",)]
    found = service.candidates(_clause("Làm các việc:", _point("Chủ trì giữ sổ."), heading="Tổ trưởng"))
    assert [one.bearer for one in found] == [("leader",)]


def test_the_heading_of_an_item_names_its_points_and_its_text_does_so_where_it_has_none():
    point = _point("Chủ trì giữ sổ.")
    clause = service.Node(kind="clause", label="1", cite="1.1", heading="Tổ phó", text="Tổ trưởng:", children=(point,))
    article = service.Node(kind="article", label="1", cite="1", heading="Việc", children=(clause,))
    found = service.candidates((service.Node(kind="part", label="QC", children=(article,)),))
    assert [one.bearer for one in found] == [("deputy",)]


def test_the_title_of_a_regulation_names_nobody():
    one = _only("Chủ trì giữ sổ.")
    assert (one.bearer_text, one.bearer) == ("", ())


def test_the_subject_may_stand_behind_a_lead_in():
    one = _only("Khi có việc gấp, trong ngày, Tổ phó báo cáo ngay.", "Tổ trưởng")
    assert (one.bearer_text, one.bearer) == ("Tổ phó", ("deputy",))
    one = _only("Việc gấp, Tổ phó chủ trì giữ sổ.", "Tổ trưởng")
    assert (one.bearer_text, one.bearer) == ("Tổ trưởng", ("leader",))
    assert _only("Khi Tổ phó chủ trì giữ sổ.", "Tổ trưởng").bearer == ("leader",)


def test_a_sentence_without_a_subject_goes_on_with_that_of_the_one_before():
    text = "Tổ phó giữ sổ. Chủ trì ghi sổ."
    assert [(one.bearer_text, one.bearer) for one in _found(text, "Tổ trưởng")] == [("Tổ phó", ("deputy",))]
    text = "Thư ký giữ sổ. Tổ phó đọc sổ; chủ trì ghi sổ."
    assert [one.bearer for one in _found(text, "Tổ trưởng")] == [("deputy",)]


def test_a_subject_is_sought_in_the_eight_sentences_before():
    def bearer(between: int) -> tuple[str, ...]:
        return _only(f"Tổ phó giữ sổ. {'Sổ có bìa. ' * between}Chủ trì ghi sổ.", "Tổ trưởng").bearer

    assert bearer(7) == ("deputy",)
    assert bearer(8) == ("leader",)


def test_a_turn_of_phrase_may_name_its_bearer_itself():
    one = _only("Thành viên xem xét việc sửa đổi.", "Tổ phó")
    assert (one.type, one.action, one.bearer_text, one.bearer) == (
        "power",
        "charter.amend_consider",
        "leader",
        ("leader",),
    )
    assert _only("Kinh phí được bố trí mỗi quý.").bearer == ("agency:PC",)


# ---------------------------------------------------------------- what


@pytest.mark.parametrize(
    ("text", "kind", "trigger"),
    [
        ("Không được giữ sổ.", "prohibition", "Không được"),
        ("Nghiêm cấm giữ sổ.", "prohibition", "Nghiêm cấm"),
        ("Không được quyết định thay.", "prohibition", "Không được"),
        ("Được quyền xem sổ.", "power", "Được quyền"),
        ("Có  quyền xem sổ.", None, None),
        ("Có trách nhiệm và có quyền xem sổ.", "power", "có quyền"),
        ("Chủ trì giữ sổ.", "duty", "Chủ trì"),
        ("Phải giữ sổ.", "duty", "Phải"),
        ("Sổ có ba cột.", None, None),
    ],
)
def test_a_sentence_that_no_turn_fits_is_read_by_its_verb(text: str, kind: str | None, trigger: str | None):
    told = [(one.type, one.action, one.triggers) for one in _found(text)]
    assert told == ([] if kind is None else [(kind, None, (trigger,))])


def test_a_sentence_may_hold_several_turns_and_then_its_verb_counts_no_more():
    found = _found("Tổ trưởng phải triệu tập và chủ trì  cuộc họp, sử dụng con dấu.")
    assert [(one.type, one.action, one.triggers) for one in found] == [
        ("power", "seal.use", ("sử dụng con dấu",)),
        ("power", "meeting.convene", ("triệu tập",)),
    ]


def test_a_turn_does_not_count_beside_the_words_that_deny_it():
    assert [one.action for one in _found("Tổ phó làm đầu mối.")] == ["task.focal_point"]
    assert [one.action for one in _found("Tổ phó làm đầu mối phối hợp giữa các xã.")] == ["liaison.act"]


def test_anything_within_a_sentence_may_stand_between_the_words_of_a_turn():
    assert [one.action for one in _found("Tổ trưởng phê duyệt cho cả tổ kế hoạch.")] == ["plan.approve"]
    assert _found("Tổ trưởng phê duyệt cả tổ: xem kế hoạch.") != []
    assert _found("Tổ trưởng phê duyệt; kế hoạch.") == []


def test_one_clause_gives_an_action_once_and_two_clauses_twice():
    assert [one.triggers for one in _found("Tổ trưởng triệu tập họp. Tổ phó được triệu tập họp.")] == [("triệu tập",)]
    first = service.Node(kind="clause", label="1", cite="1.1", text="Tổ trưởng triệu tập họp.")
    second = service.Node(kind="clause", label="2", cite="1.2", text="Tổ phó triệu tập họp.")
    article = service.Node(kind="article", label="1", cite="1", children=(first, second))
    found = service.candidates((service.Node(kind="part", label="QC", children=(article,)),))
    assert [(one.cite, one.bearer) for one in found] == [("1.1", ("leader",)), ("1.2", ("leader",))]


def test_a_candidate_as_plain_values():
    one = _only("Tổ phó gửi báo cáo Tổ trưởng trước ngày 05 hằng tháng.")
    assert one.as_json() == {
        "cite": "1.1",
        "status": "draft",
        "type": "duty",
        "bearer_text": "Tổ phó",
        "bearer": ["deputy"],
        "action": "report.submit",
        "deadline": {"form": "every_month_before_day", "day": 5},
        "recipients": ["leader"],
        "triggers": ["gửi báo cáo Tổ trưởng trước ngày"],
    }


# ---------------------------------------------------------------- by when


@pytest.mark.parametrize(
    ("words", "deadline"),
    [
        ("trước ngày 7 tháng", Deadline("every_month_before_day", 7)),
        ("trước ngày 25 của hằng tháng", Deadline("every_month_before_day", 25)),
        ("mỗi tháng", Deadline("every_month")),
        ("01 tháng/01 lần", Deadline("every_month")),
        ("06 tháng", Deadline("every_half_year")),
        ("6 tháng", Deadline("every_half_year")),
        ("sáu tháng", Deadline("every_half_year")),
        ("hằng năm", Deadline("every_year")),
        ("hàng năm", Deadline("every_year")),
        ("mỗi năm", Deadline("every_year")),
        ("cuối năm", Deadline("every_year")),
        ("trước khi nghỉ", Deadline("before_event")),
        ("kịp thời", Deadline("timely")),
        ("Khẩn trương", Deadline("timely")),
        ("hằng tháng và cuối năm", Deadline("every_month")),
        ("sớm", None),
    ],
)
def test_a_deadline_is_read_in_the_words_of_the_vocabulary(words: str, deadline: Deadline | None):
    assert _only(f"Tổ phó phải ghi sổ {words}.").deadline == deadline


def test_a_power_and_a_prohibition_have_no_deadline():
    assert _only("Tổ phó có quyền xem sổ hằng năm.").deadline is None
    assert _only("Tổ phó không được xem sổ hằng năm.").deadline is None
    assert _only("Họp để xem xét sổ cuối năm.").type == "procedure"
    assert _only("Họp để xem xét sổ cuối năm.").deadline == Deadline("every_year")


# ---------------------------------------------------------------- to whom, through whom


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Thành viên phải báo cáo lên Tổ trưởng.", ("leader",)),
        ("Thành viên phải trình đồng chí Chủ tịch UBND.", ("pc_chair",)),
        ("Thành viên phải gửi cho Tư pháp, gửi về Tài chính.", ("TP", "TCKH")),
        ("Thành viên phải kiến nghị với Tổ phó; đề xuất.", ("deputy",)),
        ("Thành viên phải đề xuất Tổ trưởng, báo cáo Tổ trưởng.", ("leader",)),
        ("Thành viên phải báo cáo về sổ, gửi Tổ phó, gửi Tổ trưởng.", ("deputy", "leader")),
        ("Thành viên phải báo cáo Tổ phó thường trực, gửi Tổ phó thường trực.", ("standing_deputy",)),
        ("Thành viên phải báo cáo UBND tỉnh, gửi UBND tỉnh.", ("PPC",)),
        ("Thành viên phải báo cáo kết quả của Tổ trưởng.", ()),
    ],
)
def test_recipients_stand_right_behind_the_verb(text: str, codes: tuple[str, ...]):
    assert _only(text).recipients == codes


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Thành viên phải gửi sổ qua Tổ phó.", "deputy"),
        ("Thành viên phải gửi sổ thông qua đồng chí Chủ tịch UBND.", "pc_chair"),
        ("Thành viên phải gửi sổ qua Công an huyện.", "POL"),
        ("Thành viên phải gửi sổ qua mạng, qua Tư pháp.", "TP"),
        ("Thành viên phải gửi sổ qua mạng.", None),
    ],
)
def test_who_passes_it_on_stands_right_behind_the_word_through(text: str, code: str | None):
    assert _only(text).via == code


# ---------------------------------------------------------------- which sentences


def test_an_appendix_holds_no_norm():
    (regulation,) = _clause("Tổ trưởng triệu tập họp.")
    assert service.candidates((service.Node(kind="part", label="PL", children=regulation.children),)) == ()


def test_a_decision_s_articles_hold_norms_and_its_head_basis_and_recipients_none():
    def decision(cite: str) -> list[str]:
        node = service.Node(kind="paragraph", label="", cite=cite, text="Tổ trưởng triệu tập họp.")
        return [one.cite for one in service.candidates((service.Node(kind="part", label="QĐ", children=(node,)),))]

    assert decision("QĐ-1") == ["QĐ-1"]
    assert [decision(f"QĐ-{part}") for part in ("head", "basis", "recipients")] == [[], [], []]


def test_a_paragraph_without_an_address_is_its_clause_s_and_one_without_a_clause_nobody_s():
    paragraph = service.Node(kind="paragraph", label="", text="Tổ trưởng triệu tập họp.")
    found = service.candidates(_clause("Việc chung:", paragraph))
    assert [(one.cite, one.action) for one in found] == [("1.1", "meeting.convene")]
    assert service.candidates((service.Node(kind="part", label="QC", children=(paragraph,)),)) == ()


def test_a_lead_in_to_points_is_no_norm():
    point = _point("Sổ.")
    assert service.candidates(_clause("Tổ trưởng có trách nhiệm:", point)) == ()
    assert service.candidates(_clause("Thành viên có trách nhiệm giữ sổ.", point)) == ()
    assert [one.cite for one in service.candidates(_clause("Tổ trưởng có trách nhiệm:"))] == ["1.1"]
    assert [one.cite for one in service.candidates(_clause("Tổ trưởng có trách nhiệm giữ sổ.", point))] == ["1.1"]


@pytest.mark.parametrize(("length", "norms"), [(159, 0), (160, 1), (161, 1)])
def test_a_lead_in_is_shorter_than_a_sentence_of_160_characters(length: int, norms: int):
    text = (LEAD + "việc " * 40)[: length - 1] + ":"
    assert len(text) == length
    assert len(service.candidates(_clause(text, _point("Sổ.")))) == norms


@pytest.mark.parametrize(("length", "norms"), [(3000, 1), (3001, 0)])
def test_three_thousand_characters_of_a_sentence_are_looked_at(length: int, norms: int):
    text = ("x " * 1600)[: length - len(" không được")] + " không được"
    assert len(_found(f"{text} quên.")) == norms


def test_sentences_end_at_a_full_stop_a_semicolon_or_a_new_line():
    for stop in (". ", "; ", "\n"):
        assert [one.deadline for one in _found(f"Sổ của năm{stop}Tổ phó phải ghi sổ{stop}Xem hằng năm.")] == [None]
    assert _only("Tổ phó phải ghi sổ, xem hằng năm.").deadline == Deadline("every_year")
