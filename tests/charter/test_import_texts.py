"""A regulation's text as a tree: labels as printed, sentences whole again, and every oddity warned of at its place."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dean06.charter import service
from dean06.charter.importing.nodes import addressed, walk

TEXTS = Path(__file__).with_name("texts")
REGULATIONS = os.environ.get("DEAN06_REGULATIONS", "")
NEEDS_REGULATIONS = pytest.mark.skipif(
    not REGULATIONS, reason="DEAN06_REGULATIONS names no folder with the two official texts"
)
REAL = [("quang-ninh.txt", "quang-ninh-2022"), ("xuan-truong.txt", "xuan-truong-2022")]


def _imported(name: str) -> service.Imported:
    return service.import_regulation(TEXTS / name)


def _warned(imported: service.Imported) -> list[tuple[str, str]]:
    return [(warned.where, warned.code) for warned in imported.warnings]


def _text(imported: service.Imported, cite: str) -> str:
    return addressed(imported.provisions)[cite].text


def test_every_fault_of_a_numbered_text_is_warned_of_and_nothing_else():
    assert _warned(_imported("song-may.txt")) == [
        ("3.2", "doubtful_word"),
        ("4.1", "label_gap"),
        ("4.1.b", "undefined_term"),
        ("4.1.d", "undefined_term"),
        ("4.2", "label_gap"),
        ("4.2.a", "level_mismatch"),
        ("4.2.b", "run_together"),
        ("5.2", "doubtful_word"),
        ("end", "stray_text"),
    ]


def test_every_fault_of_an_unsigned_text_is_warned_of_and_nothing_else():
    assert _warned(_imported("dong-cao.txt")) == [
        ("QĐ-head", "blank_date"),
        ("QĐ-head", "blank_number"),
        ("QĐ-recipients", "dangling_reference"),
        ("QĐ-recipients", "doubtful_word"),
        ("title", "blank_date"),
        ("title", "blank_number"),
        ("1", "scope_mismatch"),
        ("2.1", "doubtful_word"),
        ("3.1", "doubtful_word"),
        ("4.1", "undefined_term"),
        ("4.2", "undefined_term"),
        ("5.2", "doubtful_word"),
    ]


def test_a_clean_text_gives_no_warning():
    assert _imported("an-loc.txt").warnings == ()


def test_warnings_name_what_they_found_in_both_languages():
    sentences = {warned.where: warned.sentence for warned in _imported("song-may.txt").warnings}
    assert "c, đ" in sentences["4.1"].vi
    assert "skip c, đ" in sentences["4.1"].en
    assert "để đôn đốc" in sentences["3.2"].vi
    assert "«3»" not in sentences["end"].vi
    assert "«4», «)»" in sentences["end"].vi


def test_labels_stay_as_printed():
    found = list(addressed(_imported("song-may.txt").provisions))
    assert found[:6] == ["QĐ-head", "QĐ-basis", "QĐ-1", "QĐ-2", "QĐ-3", "QĐ-recipients"]
    assert [cite for cite in found if cite.startswith("4.")] == [
        *("4.1", "4.1.a", "4.1.b", "4.1.d", "4.1.e"),
        *("4.2", "4.2.a", "4.2.b", "4.2.đ", "4.2.g"),
    ]


def test_dashes_are_counted_and_headings_may_be_shouted():
    assert [cite for cite in addressed(_imported("dong-cao.txt").provisions) if cite.startswith("5.")] == [
        *("5.1", "5.1.-1", "5.1.-2", "5.2"),
    ]
    imported = _imported("an-loc.txt")
    nodes = {(node.kind, node.label) for node in walk(imported.provisions)}
    assert {("chapter", "3"), ("section", "2"), ("article", "6"), ("point", "đ"), ("dash", "–"), ("dash", "+")} <= nodes
    assert [node.label for node in imported.provisions] == ["QC", "PL"]
    assert addressed(imported.provisions)["6"].heading == "LỊCH HỌP"
    assert _text(imported, "6") == "Tổ họp mỗi tháng một lần."


def test_a_sentence_over_lines_pages_and_blank_lines_is_whole_again():
    imported = _imported("song-may.txt")
    assert _text(imported, "2.2").endswith("theo quy định tại Điều 4 Quy chế này.")
    assert _text(imported, "2.3").endswith("giai đoạn 2022 - 2025, tầm nhìn 2030 và những việc khác của Tổ công tác.")
    assert "\n- UBND các xã, thị trấn;\n" in _text(imported, "QĐ-recipients")
    assert "lập Tổ công tác số hóa;\n" in _text(imported, "QĐ-basis")
    assert "Phòng Lao động - Thương binh và Xã hội" in _text(_imported("dong-cao.txt"), "5.1.-1")


def test_paragraphs_without_a_label_stand_under_their_point():
    point = addressed(_imported("song-may.txt").provisions)["4.2.a"]
    assert point.text == "Thành viên thuộc Phòng Đo đạc:"
    assert [(child.kind, child.cite) for child in point.children] == [("paragraph", None), ("paragraph", None)]


def test_the_title_and_its_caption_are_told_apart():
    regulation = _imported("dong-cao.txt").provisions[1]
    assert regulation.heading == "QUY CHẾ Hoạt động của Ban Chỉ đạo số hóa huyện Đồng Cao"
    assert regulation.text.startswith("(Kèm theo Quyết định số ")


def _from(tmp_path: Path, text: str) -> service.Imported:
    path = tmp_path / "quy-che.txt"
    path.write_text(f"QUY CHẾ\n\nĐiều 1. Một\n\n1. {text}\n\n2. Việc khác.\n\nĐiều 2. Hai\n\nHết.\n", encoding="utf-8")
    return service.import_regulation(path)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Việc nêu tại khoản 3 Điều 1 Quy chế này.", "dangling_reference"),
        ("Việc nêu tại Điều 1, Điều 5 và Điều 2.", "dangling_reference"),
        ("Việc nêu tại điểm a khoản 2 Điều 1.", "dangling_reference"),
        ("Họp trước ngày ....... hằng tháng.", "blank_date"),
        ("Theo Công văn số ....../UBND của huyện.", "blank_number"),
        ("Gửi các các cơ quan.", "doubtful_word"),
        ("Họp định ký hằng tháng.", "doubtful_word"),
        ("Báo cáo huyện Trường hợp cần thì họp.", "run_together"),
        ("Do Thư ký ghi biên bản.", "undefined_term"),
    ],
)
def test_one_fault_one_warning(tmp_path: Path, text: str, code: str):
    assert _warned(_from(tmp_path, text)) == [("1.1", code)]


@pytest.mark.parametrize(
    "text",
    [
        "Việc nêu tại khoản 2 Điều này, Điều 1 và Điều 2 Quy chế này.",
        "Theo Điều 13 Nghị định số 30/2020/NĐ-CP và khoản 9 Điều 40 của Luật Ngân sách.",
        "Sổ ghi họ tên, ngày tháng năm sinh; lập ngày 05 tháng 4 năm 2022, gửi số 12/BC-TCT.",
        "Người được phân công công việc làm luôn luôn đúng hạn, từ từ mà chắc.",
        "Hoà giải và uỷ quyền; định kì, định kỳ; hàng năm, hằng năm.",
        "Họp mỗi quý, theo Kế hoạch của Ban Chỉ đạo.",
        "Thư ký là người của Văn phòng.",
        "Văn bản hành chính, phương tiện đo, mỗi trường hợp, vấn đề thực hiện, đoàn kết nội bộ.",
    ],
)
def test_right_wording_is_left_in_peace(tmp_path: Path, text: str):
    assert _from(tmp_path, text).warnings == ()


def test_a_gap_between_clauses_is_told_from_a_line_that_begins_with_a_number(tmp_path: Path):
    path = tmp_path / "quy-che.txt"
    path.write_text(
        "Điều 1. Một\n1. Theo khoản\n2. Điều khác của luật, trong năm\n2022. Hết câu.\n3. Ba.\n", encoding="utf-8"
    )
    imported = service.import_regulation(path)
    assert list(addressed(imported.provisions)) == ["1", "1.1", "1.3"]
    assert _warned(imported) == [("1", "label_gap")]


def test_a_decision_alone_and_a_regulation_that_is_signed_at_its_end(tmp_path: Path):
    whole = (TEXTS / "song-may.txt").read_text("utf-8")
    alone = tmp_path / "quyet-dinh.txt"
    alone.write_text(whole[: whole.index("QUY CHẾ LÀM VIỆC\n")], "utf-8")
    assert [node.label for node in service.import_regulation(alone).provisions] == ["QĐ"]
    last = _imported("an-loc.txt").provisions[0].children[-1]
    assert (last.kind, last.text) == ("paragraph", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH")


def test_stray_marks_are_told_by_their_place(tmp_path: Path):
    path = tmp_path / "quy-che.txt"
    path.write_text("Điều 1. Một\n\n1. Việc thứ nhất.\n\n- 2 -\n\n2. Việc thứ hai.\n\n)\n\n3\n", "utf-8")
    imported = service.import_regulation(path)
    assert _warned(imported) == [("1.1", "stray_text"), ("end", "stray_text")]
    assert "«)», «3»" in imported.warnings[1].sentence.vi


@NEEDS_REGULATIONS
@pytest.mark.parametrize(("file", "package"), REAL)
def test_the_official_texts_have_every_address_of_their_packages(file: str, package: str):
    imported = service.import_regulation(Path(REGULATIONS) / file)
    aligned = service.align(imported.provisions, service.load(package))
    assert [row for row in aligned.rows if row.where != "both"] == []


@NEEDS_REGULATIONS
def test_every_oddity_that_a_machine_can_see_is_warned_of():
    first, second = (set(_warned(service.import_regulation(Path(REGULATIONS) / file))) for file, _ in REAL)
    assert first >= {
        *(("7.1", "label_gap"), ("7.2", "label_gap"), ("end", "stray_text"), ("7.2.d", "run_together")),
        *((where, "level_mismatch") for where in ("7.2.a", "7.2.b", "7.2.m", "9.3", "9.6")),
        *(("6.2", "undefined_term"), ("7.1.c", "undefined_term"), ("5.3", "doubtful_word")),
    }
    assert second >= {
        *((where, code) for where in ("QĐ-head", "title") for code in ("blank_number", "blank_date")),
        *(("QĐ-recipients", "dangling_reference"), ("1.1", "scope_mismatch"), ("4.2", "undefined_term")),
        *((where, "doubtful_word") for where in ("QĐ-recipients", "2.4", "5.3", "6.10", "9.2")),
        *(("3.4", "undefined_term"), ("QĐ-basis", "undefined_term")),
    }
    assert (len(first), len(second)) == (18, 19)
