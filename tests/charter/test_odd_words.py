"""What is odd in the words of a text: wrong marks, a word twice, two sentences in one, titles under two names."""

from __future__ import annotations

import pytest

from dean06.charter import service
from dean06.charter.importing.oddities import look_over

FAR = 121  # characters between a name and what may define it


def _regulation(*texts: str, heading: str = "Việc chung") -> service.Node:
    """A regulation of one article, whose clauses have these texts."""
    clauses = tuple(
        service.Node(kind="clause", label=str(at), cite=f"1.{at}", text=text) for at, text in enumerate(texts, 1)
    )
    article = service.Node(kind="article", label="1", cite="1", heading=heading, children=clauses)
    return service.Node(kind="part", label="QC", children=(article,))


def _decision(text: str, where: str = "1") -> service.Node:
    paragraph = service.Node(kind="paragraph", label="", cite=f"QĐ-{where}", text=text)
    return service.Node(kind="part", label="QĐ", children=(paragraph,))


def _told(code: str, *parts: service.Node) -> list[tuple[str, str]]:
    """Return where and how, in Vietnamese, one oddity is told."""
    return [(one.where, one.sentence.vi) for one in look_over(parts, ()) if one.code == code]


def _doubtful(text: str) -> str | None:
    told = _told("doubtful_word", _regulation(text))
    return told[0][1].removeprefix("Chữ đáng ngờ: ").removesuffix("; văn bản giữ nguyên.") if told else None


# ---------------------------------------------------------------- wrong marks, a word twice


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Định ký họp.", "«Định ký» (có lẽ «Định kỳ»)"),
        ("Họp định ký", "«định ký» (có lẽ «định kỳ»)"),
        ("Họp ĐỊNH ký.", "«ĐỊNH ký» (có lẽ «ĐỊNH kỳ»)"),
        ("Dùng đữ liệu.", "«đữ liệu» (có lẽ «dữ liệu»)"),
        ("Chuyên đổi, số.", "«Chuyên đổi» (có lẽ «Chuyển đổi»)"),
        ("Chuyên đổi số.", "«Chuyên đổi số» (có lẽ «Chuyển đổi số»)"),
        ("Lập cơ sớ dữ liệu.", "«cơ sớ dữ liệu» (có lẽ «cơ sở dữ liệu»)"),
        ("Mở cồng thông tin điện tử.", "«cồng thông tin điện tử» (có lẽ «cổng thông tin điện tử»)"),
        ("Phối hớp triển khái.", "«Phối hớp» (có lẽ «Phối hợp»), «triển khái» (có lẽ «triển khai»)"),
        ("Họp định ký, định ký.", "«định ký» (có lẽ «định kỳ»)"),
        ("Gửi gửi báo cáo  báo cáo.", "«báo cáo báo cáo» (có lẽ «báo cáo»)"),
        ("Giữ sổ sách cũ sổ sách cũ.", "«sổ sách cũ sổ sách cũ» (có lẽ «sổ sách cũ»)"),
        ("Của của xã.", "«Của của» (có lẽ «Của»)"),
        ("Định: ký sổ, định\u0300ký.", None),
        ("Chuyển đổi số, chuyển đổi.", None),
        ("Tiêu hủy động vật.", None),
        ("Gửi báo cáo\nbáo cáo.", None),
        ("Trang dinh ky.", None),
    ],
)
def test_a_word_in_doubt_is_told_with_what_is_meant(text: str, told: str | None):
    assert _doubtful(text) == told


def test_a_signature_is_not_looked_at_for_words():
    signed = service.Node(kind="paragraph", label="", text="Định ký họp, báo cáo báo cáo, lãnh đạo Tổ")
    assert look_over((service.Node(kind="part", label="QC", children=(signed,)),), ()) == ()


# ---------------------------------------------------------------- two sentences in one


@pytest.mark.parametrize(
    ("part", "told"),
    [
        (_regulation("Gửi huyện Phối hợp các xã."), [("1.1", "«huyện Phối hợp các»")]),
        (_regulation(heading="Gửi huyện Phối hợp các xã"), []),
        (_regulation("Gửi huyện. Phối hợp các xã."), []),
        (_regulation("Gửi Huyện Phối hợp các xã."), []),
        (_regulation("Gửi huyện Phối hợp Xã."), []),
        (_decision("Gửi huyện Phối hợp các xã."), [("QĐ-1", "«huyện Phối hợp các»")]),
        (_decision("Gửi huyện Phối hợp các xã.", "12"), [("QĐ-12", "«huyện Phối hợp các»")]),
        (_decision("Gửi huyện Phối hợp các xã.", "head"), []),
    ],
)
def test_two_sentences_in_one_are_told_in_the_text_of_articles(part: service.Node, told: list[tuple[str, str]]):
    said = [(where, f"Hai câu dính liền, thiếu dấu chấm ở {what}.") for where, what in told]
    assert _told("run_together", part) == said


# ---------------------------------------------------------------- names


def _names(*parts: service.Node) -> list[tuple[str, str]]:
    return [(where, vi.removesuffix(": ghi một cách hiểu.")) for where, vi in _told("undefined_term", *parts)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Tổ trưởng", "Trưởng Ban"),
        ("Trưởng Tổ", "Chủ nhiệm"),
        ("Tổ phó thường trực", "Phó Tổ trưởng thường trực"),
        ("Phó Trưởng Tổ thường trực", "Phó Trưởng Ban thường trực"),
        ("Tổ phó", "Phó Tổ trưởng"),
        ("Phó Trưởng Tổ", "Phó Trưởng Ban"),
    ],
)
def test_a_leader_wants_no_definition_but_one_name(first: str, second: str):
    assert _names(_regulation(f"Giao cho {first}.")) == []
    assert _names(_regulation(f"Giao cho {first}.", f"{first} giao {second}.")) == [
        ("1.2", f"«{second}» là tên khác của «{first}»")
    ]
    assert _names(_regulation(f"Giao cho {first}.", f"{second} giao {second}.")) == [
        ("1.1", f"«{first}» là tên khác của «{second}»")
    ]


@pytest.mark.parametrize(
    "name",
    [
        "bộ máy giúp việc",
        "cơ quan giúp việc",
        "bộ phận giúp việc",
        "Nhóm giúp việc",
        "lãnh đạo Ban chỉ đạo",
        "cơ quan thường trực",
        "thường trực Tổ công tác",
        "Ban thư ký",
        "Nhóm chuyên gia",
    ],
)
def test_a_body_is_named_and_wants_a_definition(name: str):
    assert _names(_regulation(f"Gửi {name}.")) == [("1.1", f"«{name}» không được định nghĩa")]
    assert _names(_regulation(f"Gửi {name}.", f"Giao cho {name} gồm ba người.")) == []
    assert _names(_regulation(f"Gửi {name}.", f"Văn phòng làm {name}.")) == []
    assert _names(_regulation(f"Gửi {name}.", heading=f"{name} của tổ")) == []
    assert _names(_regulation(f"Gửi {name}.", heading=f"Về {name}")) == [
        ("1", f"«{name}» không được định nghĩa"),
        ("1.1", f"«{name}» không được định nghĩa"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Là thư ký của tổ thì ghi sổ; " + "việc " * 40,
        "việc " * 40 + "và Văn phòng làm thư ký cho tổ",
        "Có thư ký của Tổ công tác (ghi sổ) là người xã",
        "Có thư ký (" + "x" * (FAR - 7) + ") là người",
    ],
)
def test_a_name_is_defined_right_before_or_right_behind_it(text: str):
    assert _names(_regulation(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Thư ký ghi sổ.",
        "Có thư ký, là người xã.",
        "Có thư ký (" + "x" * (FAR - 6) + ") là người",
        "Là ba người, thư ký ghi.",
    ],
)
def test_what_stands_farther_off_defines_no_name(text: str):
    assert [where for where, _ in _names(_regulation(text))] == ["1.1"]


def test_the_name_that_is_defined_is_the_text_s_own_however_often_another_stands():
    texts = ("Trưởng Ban, Trưởng Ban, Trưởng Ban họp.", "Người đứng đầu là Tổ trưởng.")
    assert _names(_regulation(*texts)) == [("1.1", "«Trưởng Ban» là tên khác của «Tổ trưởng»")]


def test_of_two_defined_names_the_commoner_and_of_two_as_common_the_first_is_the_text_s_own():
    texts = ("Người đứng đầu là Tổ trưởng.", "Người chủ trì là Trưởng Ban.")
    assert _names(_regulation(*texts)) == [("1.2", "«Trưởng Ban» là tên khác của «Tổ trưởng»")]
    assert _names(_regulation(*texts, "Giao cho Trưởng Ban.")) == [("1.1", "«Tổ trưởng» là tên khác của «Trưởng Ban»")]


def test_what_a_decision_defines_does_not_make_a_name_the_regulation_s_own():
    parts = (_decision("Người đứng đầu là Trưởng Ban."), _regulation("Tổ trưởng giao việc.", "Gửi Tổ trưởng."))
    assert _names(*parts) == [("QĐ-1", "«Trưởng Ban» là tên khác của «Tổ trưởng»")]


def test_the_names_of_one_clause_are_told_together_in_both_languages():
    text = "Trưởng Ban, Chủ nhiệm và lãnh đạo Tổ, Nhóm chuyên gia; Trưởng Ban. Phó Tổ trưởng họp."
    found = look_over((_regulation("Tổ trưởng, Tổ trưởng, Tổ trưởng và Tổ phó, Tổ phó.", text),), ())
    assert [(one.where, one.code) for one in found] == [("1.2", "undefined_term")]
    assert found[0].sentence.vi == (
        "«Trưởng Ban», «Chủ nhiệm» là tên khác của «Tổ trưởng»; «Phó Tổ trưởng» là tên khác của «Tổ phó»;"
        " «lãnh đạo Tổ», «Nhóm chuyên gia» không được định nghĩa: ghi một cách hiểu."
    )
    assert found[0].sentence.en == (
        "«Trưởng Ban», «Chủ nhiệm» is another name of «Tổ trưởng»; «Phó Tổ trưởng» is another name of «Tổ phó»;"
        " «lãnh đạo Tổ», «Nhóm chuyên gia» is never defined: note a reading."
    )
