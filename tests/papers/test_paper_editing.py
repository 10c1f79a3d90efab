"""The body of a paper in a browser's boxes: nothing is lost on the way there and back, and only words change."""

from __future__ import annotations

import pytest
from hypothesis import given

from dean06.papers.errors import PaperRefused
from dean06.papers.writing.comparing import carried, differences
from dean06.papers.writing.editing import CLOSING, OPENING, passages, rewritten
from dean06.papers.writing.sections import BulletList, Paragraph, Run, plain, walk
from papers.samples import decision, letter, monthly_report
from papers.strategies import papers


def boxes(paper) -> dict[str, tuple[str, str]]:
    return {one.key: (one.title, one.text) for one in passages(paper)}


@given(papers())
def test_what_is_not_touched_comes_back_as_it_was(paper) -> None:
    assert rewritten(paper, boxes(paper)) == paper


@pytest.mark.parametrize("paper", [monthly_report(), decision(), letter()], ids=["bao-cao", "quyet-dinh", "cong-van"])
def test_samples_come_back_too(paper) -> None:
    assert rewritten(paper, boxes(paper)) == paper


def test_the_boxes_read_as_a_clerk_would_type() -> None:
    found = {one.key: one for one in passages(monthly_report())}
    assert found[OPENING].text.startswith("Thực hiện Quy chế hoạt động")
    assert found["lam_sach"].title == "Làm sạch dữ liệu dân cư và dữ liệu chuyên ngành"
    assert found["lam_sach"].depth == 2
    lines = found["lam_sach"].text.splitlines()
    assert lines[0].startswith("Đã đối soát [[18.244|S26]] bản ghi")
    assert lines[1] == "[[Bảng 1]]"
    assert lines[2] == "- Sai họ và tên: [[412|S31]] bản ghi;"
    assert found[CLOSING].text.startswith("Trên đây là báo cáo")


def test_lines_become_paragraphs_items_bold_and_italic() -> None:
    given_ = boxes(monthly_report()) | {
        "han_che": ("Tồn tại", "Một là **chậm**, __nhiều nơi__.\n\n- chậm nộp;\n- nộp thiếu.\nHai là sai \\* mẫu.")
    }
    section = next(one for one in walk(rewritten(monthly_report(), given_).sections) if one.key == "han_che")
    first, items, last = section.blocks
    assert isinstance(first, Paragraph)
    assert first.words[1] == Run("chậm", bold=True)
    assert first.words[3] == Run("nhiều nơi", italic=True)
    assert isinstance(items, BulletList)
    assert [plain(one) for one in items.items] == ["chậm nộp;", "nộp thiếu."]
    assert isinstance(last, Paragraph)
    assert plain(last.words) == "Hai là sai * mẫu."


def test_a_section_left_empty_goes() -> None:
    left = rewritten(monthly_report(), boxes(monthly_report()) | {"kien_nghi": ("", "  ")})
    assert "kien_nghi" not in [one.key for one in left.sections]


@pytest.mark.parametrize(
    ("key", "text", "told"),
    [
        ("nhiem_vu", "", "Bảng 2: phải còn đúng một dòng"),
        ("nhiem_vu", "[[Bảng 2]]\n[[Bảng 2]]", "hiện có 2"),
        ("nhiem_vu", "[[Bảng 2]]\n[[Bảng 7]]", "Bảng 7: văn bản không có bảng này"),
        ("chi_dao", "Đã ban hành [[07|V01]] văn bản.", "số liệu V01: khác số đã tính"),
        ("chi_dao", "Đã **ban hành văn bản.", r"dấu \*\* mở mà không đóng"),
    ],
)
def test_a_table_or_number_that_was_touched_is_refused_by_name(key: str, text: str, told: str) -> None:
    title = boxes(monthly_report())[key][0]
    with pytest.raises(PaperRefused, match=told):
        rewritten(monthly_report(), boxes(monthly_report()) | {key: (title, text)})


def test_two_states_are_told_apart_word_by_word() -> None:
    before = monthly_report()
    after = rewritten(before, boxes(before) | {"kien_nghi": ("KIẾN NGHỊ", "Đề nghị bổ sung máy quét cho các xã.")})
    (one,) = differences(before, after)
    assert one.key == "kien_nghi"
    said = [(piece.state, piece.text.strip()) for piece in one.pieces]
    assert ("gone", "Ủy ban nhân dân huyện") in said
    assert ("new", "quét") in said
    both = "".join(piece.text for piece in one.pieces if piece.state != "gone")
    assert both == "KIẾN NGHỊ\nĐề nghị bổ sung máy quét cho các xã."
    assert differences(before, before) == ()


def test_a_paper_made_anew_keeps_what_the_clerk_wrote_and_follows_the_facts_elsewhere() -> None:
    before = monthly_report()
    edited = rewritten(before, boxes(before) | {"kien_nghi": ("KIẾN NGHỊ", "Lời của văn thư.")})
    after = rewritten(
        before, boxes(before) | {"kien_nghi": ("KIẾN NGHỊ", "Lời của mẫu."), "han_che": ("HẠN CHẾ", "Số mới.")}
    )
    texts = {key: text for key, (_, text) in boxes(carried(before, edited, after)).items()}
    assert texts["kien_nghi"] == "Lời của văn thư."
    assert texts["han_che"] == "Số mới."
