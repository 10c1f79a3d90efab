"""Every kind of paper is made from facts; what is wrong or missing is said of the fact, in a sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from dean06.charter import service as charters
from dean06.clock.errors import BadInput
from dean06.clock.service import TZ
from dean06.papers.docx.file import render_docx
from dean06.papers.docx.reading import read_docx
from dean06.papers.errors import FormRefused, PaperRefused
from dean06.papers.forms.catalogue import Form, catalogue, check_template, load
from dean06.papers.forms.facts import FactType
from dean06.papers.forms.template import PartWords, Template
from dean06.papers.writing.composing import EMPTY, check_facts, compose, missing
from dean06.papers.writing.document import Paper
from dean06.papers.writing.outline import read_articles
from dean06.papers.writing.sections import BulletList, Outline, Paragraph, Ref, Table, blocks_of, plain
from papers.houses import GROUPS, house_for
from papers.reading import docx_lines

FORMS = catalogue()
HOUSE = GROUPS["quang-ninh"]
KINDS_OF_THE_REQUIREMENTS = {
    "decision_direct", "decision_regulation", "programme", "plan", "inspection_plan", "inspection_report",
    "convocation", "invitation", "agenda", "roll", "minutes", "conclusion_notice", "directive", "assignment",
    "urging_letter", "opinion_request", "opinion_summary", "delegation", "sign_assignment", "substitute_authority",
    "agency_monthly_report", "consolidated_report", "group_monthly_report", "half_year_report", "year_report",
    "guidance", "appraisal", "submission", "commendation_proposal", "commendation_decision", "violation_record",
    "replacement_request", "replacement_proposal", "amendment_proposal", "amendment_decision", "budget_proposal",
    "spending_request", "official_letter", "handover_list", "subplan",
}  # fmt: skip


def made(code: str, **changes: object) -> Paper:
    form = FORMS[code]
    return compose(form, {**form.examples(), **changes}, house_for("quang-ninh", form.issued_by))


def text(paper: Paper) -> str:
    return "\n".join(docx_lines(render_docx(paper)))


def test_every_kind_of_the_requirements_has_its_form() -> None:
    assert set(FORMS) == KINDS_OF_THE_REQUIREMENTS


@pytest.mark.parametrize("form", FORMS.values(), ids=list(FORMS))
def test_a_form_is_signed_under_an_act_of_the_vocabulary(form: Form) -> None:
    words = charters.vocabulary()
    assert form.action in words.actions
    assert form.document_kind is None or form.document_kind in words.document_kinds


@pytest.mark.parametrize("form", FORMS.values(), ids=list(FORMS))
def test_a_form_is_whole_from_its_example_and_open_without_facts(form: Form) -> None:
    house = house_for("quang-ninh", form.issued_by)
    whole = compose(form, form.examples(), house)
    assert missing(form, form.examples()) == ()
    dotted = [line for _, line, _ in form.template.texts() if EMPTY in line]
    assert bool(dotted) == (EMPTY in text(whole))
    assert whole.draft
    assert whole.number is None
    bare = compose(form, {}, house)
    assert {rule.code for rule in missing(form, {})} == {rule.code for rule in form.facts if rule.required}
    assert EMPTY in text(bare)
    for paper in (whole, bare):
        assert read_docx(render_docx(paper), paper).onto(paper) == paper


@pytest.mark.parametrize("form", FORMS.values(), ids=list(FORMS))
def test_each_fact_filled_in_stands_on_the_paper(form: Form) -> None:
    said = text(compose(form, form.examples(), house_for("quang-ninh", form.issued_by)))
    for rule in form.facts:
        if rule.type is FactType.TEXT:
            assert str(rule.example).rstrip(".").casefold() in said.replace("\n", " ").casefold(), rule.code
        elif rule.type is FactType.LIST:
            assert all(str(item).rstrip(".;") in said for item in rule.example), rule.code


@pytest.mark.parametrize(
    ("code", "fact", "value", "sentence"),
    [
        ("minutes", "starts", "ngày mai", "Thời gian bắt đầu: giờ và ngày không đúng"),
        ("sign_assignment", "from_day", "2026-02-30", "Từ ngày: ngày không đúng"),
        ("inspection_report", "corrected", "1.84", "Số sai lệch đã chỉnh sửa: phải là một số"),
        ("inspection_report", "corrected", True, "Số sai lệch đã chỉnh sửa: phải là một số"),
        ("handover_list", "total", {"value": 3, "ref": "mã dẫn"}, "Tổng số sai lệch: mã dẫn nguồn"),
        ("minutes", "present", 5, "Có mặt: phải là một danh sách"),
        ("minutes", "chair", "Hoàng Văn Mẫu", "Chủ trì \\(chủ tọa\\): phải có họ tên và chức vụ"),
        ("roll", "members", [{"ten": "A"}], "Thành viên: dòng 1 có cột không thuộc bảng"),
        ("minutes", "votes", [{"matter": "A", "favour": "ba"}], "Biểu quyết: dòng 1, cột Tán thành: phải là một số"),
        ("directive", "subject", "che \u202emắt", "Chỉ đạo việc gì: ký tự U\\+202E không in được"),
        ("directive", "reasons", "x", "reasons: không có trong mẫu này"),
        (
            "decision_regulation",
            "regulation",
            "Điều 1. Một\nĐiều 3. Ba",
            "Toàn văn kèm theo: Điều 3 đứng ở chỗ của Điều 2",
        ),
    ],
)
def test_a_wrong_fact_is_refused_in_a_sentence_that_names_it(
    code: str, fact: str, value: object, sentence: str
) -> None:
    with pytest.raises(FormRefused, match=sentence) as refused:
        made(code, **{fact: value})
    assert [fault.at for fault in refused.value.faults] == [fact]
    assert refused.value.exit_code == 3


def test_all_faults_are_told_at_once_and_none_holds_a_value() -> None:
    wrong = {"starts": "giờ Tý", "present": 5, "chair": "Ngô Bí Mật"}
    faults = check_facts(FORMS["minutes"], {**FORMS["minutes"].examples(), **wrong})
    assert {fault.at for fault in faults} == set(wrong)
    assert not [fault for fault in faults if "Tý" in fault.vi or "Bí Mật" in fault.vi]


def test_a_missing_fact_is_a_blank_and_is_told() -> None:
    form = FORMS["urging_letter"]
    facts = {code: value for code, value in form.examples().items() if code not in ("due", "basis")}
    assert [rule.label for rule in missing(form, facts)] == ["Căn cứ giao việc", "Hạn thực hiện"]
    assert f"Thực hiện {EMPTY}, Tổ công tác đã giao" in text(compose(form, facts, HOUSE))


def test_what_is_optional_and_empty_leaves_no_trace() -> None:
    paper = made("minutes", absent=None, votes=[])
    assert "Vắng mặt" not in text(paper)
    assert not [block for block in blocks_of(paper.body) if isinstance(block, Table)]
    plan = made("plan", funds="")
    assert [section.title for section in plan.sections][-1] == "TỔ CHỨC THỰC HIỆN"
    assert "III. TỔ CHỨC THỰC HIỆN" in text(plan)


def test_facts_are_written_as_an_office_writes_them() -> None:
    at = datetime(2026, 1, 5, 1, 30, tzinfo=TZ)
    said = text(made("minutes", starts=at, ends=at.isoformat()))
    assert "Thời gian bắt đầu: 01 giờ 30, ngày 05 tháng 01 năm 2026." in said
    assert "Cuộc họp kết thúc vào 01 giờ 30, ngày 05 tháng 01 năm 2026./." in said
    assert "Tổng số tiền: 3.300.000 đồng (Ba triệu ba trăm nghìn đồng)." in text(made("spending_request"))
    assert "từ ngày 01 tháng 3 năm 2026 đến hết ngày 31 tháng 12" in text(made("sign_assignment"))
    assert made("minutes", starts=date(2026, 3, 5).isoformat())


def test_counted_numbers_keep_the_code_that_proves_them() -> None:
    refs = {ref.ref: ref.text for ref in made("consolidated_report").refs()}
    assert refs["S1"] == "18.244"
    written = {given: text(made("inspection_report", corrected=given)) for given in (1846, "1846", "1.846", "97,5")}
    assert all("chỉnh sửa: 1.846;" in written[given] for given in (1846, "1846", "1.846"))
    assert "chỉnh sửa: 97,5;" in written["97,5"]
    assert {ref.ref for ref in made("handover_list").refs()} == {"S1", "S2", "S3", "S4"}


def test_two_people_sign_minutes_the_secretary_on_the_left() -> None:
    paper = made("minutes")
    assert (paper.second.title, paper.second.name) == ("THƯ KÝ", "Trần Thị Ghi")
    assert (paper.signature.title, paper.signature.post) == ("CHỦ TỌA", "TỔ TRƯỞNG")
    another = {"name": "Lê Thị Thử", "title": "Tổ phó thường trực"}
    assert made("minutes", chair=another).signature.title == "TỔ TRƯỞNG"


def test_a_regulation_goes_behind_its_decision_with_a_head_of_its_own() -> None:
    paper = replace(made("decision_regulation"), draft=False, number=7, issued_on=date(2026, 3, 9))
    (regulation,) = paper.attachments
    assert regulation.outline is Outline.CHUONG
    assert [section.title for section in regulation.body] == [
        "QUY ĐỊNH CHUNG",
        "NHIỆM VỤ VÀ CHẾ ĐỘ LÀM VIỆC",
        "TỔ CHỨC THỰC HIỆN",
    ]
    lines = docx_lines(render_docx(paper))
    assert lines.count("Độc lập - Tự do - Hạnh phúc") == 2
    assert "Chương II\nNHIỆM VỤ VÀ CHẾ ĐỘ LÀM VIỆC" in lines
    assert "Điều 5. Trách nhiệm thi hành" in lines
    assert "b) Chỉ đạo việc chỉnh sửa dữ liệu thuộc phạm vi quản lý của cơ quan mình." in lines
    note = " ".join(" ".join(lines).replace("\xa0", " ").split())
    assert "(Kèm theo Quyết định số 07/QĐ-UBND ngày 09 tháng 3 năm 2026 của Ủy ban nhân dân" in note


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Một đoạn văn", "phải bắt đầu bằng Chương I hoặc Điều 1"),
        ("Điều 2. Hai", "Điều 2 đứng ở chỗ của Điều 1"),
        ("Chương I\nA\nĐiều 1. Một\n1. Hai.\n3. Ba.", "Khoản 3 đứng ở chỗ của Khoản 2"),
        ("Điều 1. Một.\n1. Hai:\na) x;\nc) y.", "Điểm c đứng ở chỗ của Điểm b"),
        ("Điều 1. Một.\nChương I\nA\nĐiều 2. Hai.", "mọi điều phải nằm trong chương"),
        ("Chương II\nA", "Chương II đứng ở chỗ của Chương I"),
        ("Điều 1.", "Điều thứ 1 không có nội dung"),
    ],
)
def test_a_pasted_regulation_out_of_order_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(PaperRefused, match=sentence):
        read_articles(text)


def test_an_article_with_a_title_and_one_without() -> None:
    outline, sections = read_articles(
        "Điều 1. Phạm vi\nQuy chế này.\nĐiều 2. Tổ trưởng chịu trách nhiệm:\n1. Một.\n2. Hai."
    )
    assert outline is Outline.DIEU
    assert [section.title for section in sections] == ["Phạm vi", ""]
    assert [plain(block.words) for block in sections[1].blocks if isinstance(block, Paragraph)] == [
        "Tổ trưởng chịu trách nhiệm:"
    ]
    assert len(sections[1].children) == 2


DIRECTIVE = FORMS["directive"].template


def worded(**changes: object) -> Template:
    return DIRECTIVE.model_copy(update=changes)


@pytest.mark.parametrize(
    ("form", "template", "sentence"),
    [
        ("directive", worded(abstract="{subjects}"), r"chỗ trống \{subjects\} không có trong mẫu này"),
        ("directive", worded(abstract="{subject"), "trích yếu: dấu { } không đi đôi"),
        ("directive", worded(abstract="{subject.upper()}"), "trích yếu: dấu { } không đi đôi"),
        ("directive", worded(abstract="{subject} {0}"), "trích yếu: dấu { } không đi đôi"),
        ("directive", worded(parts=()), r"thiếu thông tin bắt buộc \{orders\} \(Nội dung chỉ đạo\)"),
        ("directive", worded(lines=("{reason} và {item}",)), "{item} không thuộc danh sách nào"),
        ("directive", worded(lines=("{reason} thêm chữ",)), r"\{reason\} phải đứng cuối dòng"),
        ("directive", worded(closing="Xin chào \U0001f600"), "lời kết: có ký tự không in được"),
        ("directive", worded(lines=("{reason}", "{body.name}")), r"chỗ trống \{body\} không có"),
        ("directive", worded(parts=(PartWords(key="a", each="reason", lines=("x",)),)), "reason không phải danh sách"),
        ("directive", worded(parts=(*DIRECTIVE.parts, *DIRECTIVE.parts)), "mã mục bị trùng"),
        ("directive", worded(parts=(PartWords(key="a", lines=("{orders}",)),)), "phải mở đầu bằng một câu"),
        (
            "directive",
            worded(
                parts=(
                    PartWords(
                        key="a",
                        title="A",
                        parts=(
                            PartWords(key="b", title="B", parts=(PartWords(key="c", title="C", lines=("{orders}",)),)),
                        ),
                    ),
                )
            ),
            "mục nằm sâu quá",
        ),
    ],
)
def test_words_that_cannot_be_used_are_told_at_their_place(form: str, template: Template, sentence: str) -> None:
    faults = check_template(FORMS[form], template)
    with pytest.raises(FormRefused, match=sentence):
        raise FormRefused(faults)


def test_words_of_a_group_are_printed_in_place_of_the_shipped_ones() -> None:
    form = FORMS["directive"]
    own = worded(
        lines=("{reason}", "Tổ trưởng giao các đồng chí thực hiện ngay: {orders}"),
        parts=(),
        closing="Báo cáo trước thứ Sáu",
    )
    assert check_template(form, own) == ()
    paper = compose(form, form.examples(), HOUSE, own)
    assert "Tổ trưởng giao các đồng chí thực hiện ngay:" in text(paper)
    assert isinstance(paper.opening[-1], BulletList)
    assert "Báo cáo trước thứ Sáu./." in text(paper)


@settings(max_examples=60)
@given(st.text(alphabet="{}ab.subject _0\\$#", max_size=40))
def test_any_words_either_print_or_are_refused(line: str) -> None:
    form = FORMS["directive"]
    own = worded(lines=("{reason}", line))
    if not check_template(form, own):
        assert compose(form, form.examples(), HOUSE, own).opening


@settings(max_examples=60)
@given(
    st.dictionaries(
        st.sampled_from([rule.code for rule in FORMS["minutes"].facts]),
        st.recursive(
            st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=12)),
            lambda inner: st.one_of(
                st.lists(inner, max_size=3),
                st.dictionaries(st.sampled_from(["name", "title", "matter", "favour"]), inner, max_size=3),
            ),
            max_leaves=6,
        ),
    )
)
def test_whatever_is_filled_in_makes_a_paper_or_sentences(facts: dict[str, object]) -> None:
    form = FORMS["minutes"]
    faults = check_facts(form, facts)
    if faults:
        assert all(fault.vi and fault.en for fault in faults)
    else:
        assert compose(form, facts, HOUSE).draft


def broken(change: Callable[[str], str]) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        path = folder / "x.yaml"
        path.write_text(change((Path(__file__).parents[2] / "src/dean06/papers/forms/delegations.yaml").read_text()))
        return path

    return write


@pytest.mark.parametrize(
    ("write", "told"),
    [
        (
            broken(lambda text: text.replace("kind: GUQ", "kind: XX", 1)),
            "delegation.kind: Value error, is no kind of paper",
        ),
        (
            broken(lambda text: text.replace("{reason}", "{why}", 1)),
            "delegation: Value error, phần mở đầu: {why} is no fact",
        ),
        (broken(lambda text: text.replace("2026-04-10", "2026-02-30", 1)), "cannot be read as YAML (ValueError)"),
        (broken(lambda text: text.replace("2026-04-10", "ngay", 1)), "delegation.facts.4: Value error, its example"),
        (broken(lambda text: text.replace("type: person", "type: people", 1)), "delegation.facts.0.type"),
        (broken(lambda text: text.replace("outline: khoan", "surprise: 1", 1)), "delegation.surprise"),
        (broken(lambda text: text + "\n- ["), "cannot be read as YAML"),
    ],
)
def test_a_faulty_file_of_forms_is_refused_with_its_place(
    write: Callable[[Path], Path], told: str, tmp_path: Path
) -> None:
    with pytest.raises(BadInput) as refused:
        load(write(tmp_path))
    assert told in refused.value.en


def test_a_paper_kept_before_forms_existed_is_still_read() -> None:
    record = TypeAdapter(Paper)
    old = record.dump_python(made("directive"), mode="json")
    for name in ("second", "drafter", "copy_mark", "attachments"):
        old.pop(name)
    old["signature"].pop("deputised")
    old["issuer"].pop("spoken")
    assert record.validate_python(old).attachments == ()


def test_a_table_of_one_is_no_total_and_a_number_of_a_source_stays() -> None:
    table = next(block for block in blocks_of(made("consolidated_report").body) if isinstance(block, Table))
    assert table.columns[0].title == "TT"
    assert isinstance(table.rows[0][2][0], Ref)
