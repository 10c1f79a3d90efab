"""What an import hands on: measured lines, nodes with their addresses, plain values, refusals in two languages."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dean06.charter import service
from dean06.charter.importing import refusals
from dean06.charter.importing.lines import Line, clean, number_lines, with_room
from dean06.charter.importing.nodes import Node, addressed, walk
from dean06.charter.importing.results import Aligned, Alignment, Candidate
from dean06.charter.norms import Deadline
from dean06.clock.errors import HouseError

TEXT = """\
QUY CHẾ
(Kèm theo Quyết định)

Chương I
MỘT

Điều 1. Việc

1. Gồm:

a) Việc đầu.

7

- Gạch một:

+ Cộng.

Điều 2. Hai

- Hết.

Đoạn thêm.
"""


def _imported(tmp_path: Path, text: str = TEXT) -> service.Imported:
    (tmp_path / "quy-che.txt").write_text(text, "utf-8")
    return service.import_regulation(tmp_path / "quy-che.txt")


# ---------------------------------------------------------------- lines


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("  Điều\u00a01.\tMột\u2007và\u202fhai  ", "Điều 1. Một và hai"),
        ("\ufeffĐiều\u00ad 1\u200b.", "Điều 1."),
        ("Tổ công tác".replace("ổ", "o\u0302\u0309"), "Tổ công tác"),
        ("###### **Điều 1.** Một", "Điều 1. Một"),
        ("####### Bảy", "####### Bảy"),
        ("__Một__ ** hai**", "Một  hai"),
        ("*Căn cứ Luật;*", "Căn cứ Luật;"),
        ("* Việc *", "* Việc *"),
    ],
)
def test_a_row_is_cleaned_of_marks_and_odd_blanks(printed: str, read: str) -> None:
    assert clean(printed) == read


def test_blank_rows_and_page_breaks_are_counted_before_a_line() -> None:
    rows = ["", "một", "hai", " ", "", "ba", "\fbốn", "", "", "", "", "\f", "năm", "**", "sáu", "", "\f", "bảy"]
    assert [(line.text, line.place, line.gap) for line in number_lines(rows)] == [
        ("một", "dòng 2", 1),
        ("hai", "dòng 3", 0),
        ("ba", "dòng 6", 2),
        ("bốn", "dòng 7", 3),
        ("năm", "dòng 13", 5),
        ("sáu", "dòng 15", 1),
        ("bảy", "dòng 18", 4),
    ]


def test_a_line_knows_how_much_room_the_one_before_left_for_its_first_word() -> None:
    lines = [Line("x" * 20, "dòng 1"), Line("ab cd", "dòng 2", 2, whole=True), Line("efg h i", "dòng 3")]
    assert with_room(lines) == (
        Line("x" * 20, "dòng 1", 0, whole=False, room=None),
        Line("ab cd", "dòng 2", 2, whole=True, room=20 - 20 - 1 - 2),
        Line("efg h i", "dòng 3", 0, whole=False, room=20 - 5 - 1 - 3),
    )
    assert [line.room for line in with_room(lines, slack=0.25)] == [None, -8, 6]
    assert with_room([]) == ()


def test_one_line_in_ten_that_is_too_long_does_not_widen_the_page() -> None:
    lines = [Line("x" * length, "") for length in (90, 10, 10, 10, 10, 10, 10, 10, 10, 20, 10)]
    assert with_room(lines)[2].room == 20 - 10 - 1 - 10


# ---------------------------------------------------------------- nodes


def _row(kind: str, label: str, cite: str | None, heading: str, text: str, *children: object) -> dict[str, object]:
    return {"kind": kind, "label": label, "cite": cite, "heading": heading, "text": text, "children": list(children)}


def test_an_import_is_given_as_plain_values(tmp_path: Path) -> None:
    point = _row(
        "point",
        "a",
        "1.1.a",
        "",
        "Việc đầu.",
        _row("dash", "-", None, "", "Gạch một:", _row("dash", "+", None, "", "Cộng.")),
    )
    second = _row("dash", "-", "2.-1", "", "Hết.", _row("paragraph", "", None, "", "Đoạn thêm."))
    articles = (
        _row("article", "1", "1", "Việc", "", _row("clause", "1", "1.1", "", "Gồm:", point)),
        _row("article", "2", "2", "Hai", "", second),
    )
    chapter = _row("chapter", "I", None, "MỘT", "", *articles)
    imported = _imported(tmp_path)
    assert imported.as_json() == {
        "provisions": [_row("part", "QC", None, "QUY CHẾ", "(Kèm theo Quyết định)", chapter)],
        "warnings": [
            {
                "code": "stray_text",
                "where": "1.1.a",
                "sentence": {
                    "vi": "Chữ lạc, không thuộc điều khoản nào: «7».",
                    "en": "Stray text that belongs to no clause: «7».",
                },
            }
        ],
    }
    assert imported.file == "quy-che.txt"
    assert imported.sha256 == "d216bb17886dced6609546a1c14023c1f27005a76cb0fa06a5ccd2b832cbb025"


def test_the_text_under_an_address_holds_what_has_no_address_of_its_own(tmp_path: Path) -> None:
    found = addressed(_imported(tmp_path).provisions)
    assert {cite: node.own_text() for cite, node in found.items()} == {
        "1": "Việc",
        "1.1": "Gồm:",
        "1.1.a": "Việc đầu.\n- Gạch một:\n+ Cộng.",
        "2": "Hai",
        "2.-1": "Hết.\nĐoạn thêm.",
    }


def test_the_first_of_two_with_one_address_keeps_it() -> None:
    first, again = Node(kind="clause", label="1", cite="1.1", text="a"), Node(kind="clause", label="1", cite="1.1")
    part = Node(kind="part", label="QC", children=(first, Node(kind="paragraph", label=""), again))
    assert list(walk((part,))) == [part, *part.children]
    assert addressed((part,)) == {"1.1": first}


# ---------------------------------------------------------------- candidates, alignment


def test_a_candidate_is_given_as_a_draft() -> None:
    found = Candidate(
        cite="5.2",
        type="duty",
        bearer_text="Các cơ quan",
        bearer=("agency", "member"),
        action="report.submit",
        deadline=Deadline("every_month_before_day", 12),
        recipients=("leader",),
        triggers=("gửi báo cáo",),
    )
    assert found.as_json() == {
        "cite": "5.2",
        "status": "draft",
        "type": "duty",
        "bearer_text": "Các cơ quan",
        "bearer": ["agency", "member"],
        "action": "report.submit",
        "deadline": {"form": "every_month_before_day", "day": 12},
        "recipients": ["leader"],
        "triggers": ["gửi báo cáo"],
    }


def test_a_candidate_without_a_deadline_says_so(tmp_path: Path) -> None:
    text = "QUY CHẾ\n\nĐiều 1. Tổ trưởng\n\n1. Triệu tập họp của tổ.\n"
    (found,) = service.candidates(_imported(tmp_path, text).provisions)
    assert (found.as_json()["deadline"], found.via) == (None, None)


def test_an_alignment_counts_each_side() -> None:
    rows = [("1", "both"), ("1.1", "only_text"), ("1.2", "only_text"), ("2", "only_package"), ("3", "both")]
    told = Alignment("to-so-hoa", tuple(Aligned(cite, where, "ab", 0.5) for cite, where in rows))
    assert told.as_json() == {
        "package": "to-so-hoa",
        "both": 2,
        "only_text": 2,
        "only_package": 1,
        "rows": [{"cite": cite, "where": where, "sha256": "ab", "likeness": 0.5} for cite, where in rows],
    }
    assert not told.is_whole
    assert Alignment("x", told.rows[:1]).is_whole
    assert not Alignment("x", told.rows[3:]).is_whole


def test_a_text_is_laid_beside_the_package_drafted_from_it(tmp_path: Path) -> None:
    files = service.write_draft(_imported(tmp_path), (), tmp_path / "goi", date(2026, 3, 2))
    assert files == ("charter.yaml", "dieu-01.yaml", "dieu-02.yaml", "draft/candidates.yaml", "draft/text.json")
    article = tmp_path / "goi" / "dieu-01.yaml"
    article.write_text(
        article.read_text("utf-8").replace(
            "vi: TODO, en: TODO", 'vi: "TODO Việc đầu và việc CUỐI năm nay", en: "First and last work of this year"'
        ),
        "utf-8",
    )
    charter = service.load(tmp_path / "goi")
    changed = TEXT.replace("Điều 2. Hai", "2. Thêm\nmột việc.\n\nĐiều 2. Hai").replace("- Hết.\n\nĐoạn", "Đoạn")
    told = service.align(_imported(tmp_path, changed).provisions, charter)
    assert (told.package, [(row.cite, row.where, row.likeness) for row in told.rows]) == (
        "goi",
        [
            ("1", "both", 1.0),
            ("1.1", "both", None),
            ("1.1.a", "both", 0.33),
            ("1.2", "only_text", None),
            ("2", "both", 1.0),
            ("2.-1", "only_package", None),
        ],
    )
    assert {row.cite: row.sha256 for row in told.rows if row.cite in ("1.2", "2.-1")} == {
        "1.2": "b9bda75ba19cce74f3e7a28b241cd6a5b4ee14de153c436aee6519b471a6589f",
        "2.-1": None,
    }


# ---------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("why", "vi", "en"),
    [
        (
            refusals.too_large(20.6, 20),
            "tệp nặng 21 MB, quá 20 MB: bỏ ảnh và phụ lục, chỉ giữ văn bản quy chế.",
            "the file has 21 MB, over 20 MB: leave out pictures and appendices, keep the text.",
        ),
        (
            refusals.too_long(2_000_001, 2_000_000),
            "văn bản dài 2000001 ký tự, quá 2000000: tách riêng phần quy chế.",
            "the text has 2000001 characters, over 2000000: take out the regulation's part.",
        ),
        (
            refusals.too_many_pages(501, 500),
            "tệp .pdf có 501 trang, quá 500 trang: tách riêng phần quy chế.",
            "the .pdf has 501 pages, over 500: take out the regulation's part.",
        ),
        (
            refusals.article_twice("2", "dòng 5", "trang 9"),
            "trang 9: Điều 2 đã có ở dòng 5, không thể có hai điều cùng số: sửa số điều trong tệp rồi nhập lại.",
            "page 9: Article 2 stands at line 5 already: correct its number in the file.",
        ),
        (
            refusals.article_twice("2a", "đoạn 5", "đoạn 9"),
            "đoạn 9: Điều 2a đã có ở đoạn 5, không thể có hai điều cùng số: sửa số điều trong tệp rồi nhập lại.",
            "paragraph 9: Article 2a stands at paragraph 5 already: correct its number in the file.",
        ),
        (
            refusals.folder_taken("goi"),
            "đã có «goi»: chọn một thư mục chưa có, bản nháp không ghi đè.",
            "'goi' exists: choose a folder that does not; a draft never overwrites.",
        ),
    ],
)
def test_a_refusal_says_what_to_do_in_both_languages(why: tuple[str, str], vi: str, en: str) -> None:
    refused = refusals.NotImportable("quy-che.txt", why)
    assert (refused.vi, refused.en, refused.exit_code) == (f"quy-che.txt: {vi}", f"quy-che.txt: {en}", 3)


@pytest.mark.parametrize(
    ("text", "vi", "en"),
    [
        (
            "Kính gửi các đồng chí,\nmai họp.\n",
            "không thấy «Điều …» nào ở đầu dòng: tệp này không phải quy chế, hoặc chữ đã mất khi chuyển đổi.",
            "no line begins with «Điều …»: this is no regulation, or its letters were lost in a conversion.",
        ),
        (
            "QUY CHẾ\n\nChương I\nMỘT\n\nViệc.\n",
            "không thấy «Điều …» nào ở đầu dòng: tệp này không phải quy chế, hoặc chữ đã mất khi chuyển đổi.",
            "no line begins with «Điều …»: this is no regulation, or its letters were lost in a conversion.",
        ),
        (
            "QUY CHẾ\n\nĐiều 1. Một\n\nViệc.\n\nĐiều 1. Lại một\n\nViệc.\n",
            "dòng 7: Điều 1 đã có ở dòng 3, không thể có hai điều cùng số: sửa số điều trong tệp rồi nhập lại.",
            "line 7: Article 1 stands at line 3 already: correct its number in the file.",
        ),
    ],
)
def test_a_text_that_is_no_regulation_is_refused(tmp_path: Path, text: str, vi: str, en: str) -> None:
    with pytest.raises(HouseError) as refused:
        _imported(tmp_path, text)
    assert (refused.value.vi, refused.value.en) == (f"quy-che.txt: {vi}", f"quy-che.txt: {en}")
