"""What is odd in the structure of a text: labels, references, blanks and scope, told once an address and in order."""

from __future__ import annotations

import pytest

from dean06.charter import service
from dean06.charter.importing.oddities import look_over
from dean06.charter.importing.segmenting import Stray


def _clause(label: str, text: str = "", *below: service.Node, above: str = "1") -> service.Node:
    return service.Node(kind="clause", label=label, cite=f"{above}.{label}", text=text, children=below)


def _article(label: str, *below: service.Node, heading: str = "Việc", text: str = "", prefix: str = "") -> service.Node:
    cite = f"{prefix}{label}"
    return service.Node(kind="article", label=label, cite=cite, heading=heading, text=text, children=below)


def _part(label: str, *below: service.Node, heading: str = "") -> service.Node:
    return service.Node(kind="part", label=label, heading=heading, children=below)


def _regulation(*below: service.Node, heading: str = "") -> service.Node:
    return _part("QC", *below, heading=heading)


def _decision(*texts: str) -> service.Node:
    return _part("QĐ", *(_article(str(at), text=text, heading="", prefix="QĐ-") for at, text in enumerate(texts, 1)))


def _chapter(label: str, heading: str, *below: service.Node) -> service.Node:
    return service.Node(kind="chapter", label=label, heading=heading, children=below)


def _codes(*parts: service.Node, stray: tuple[Stray, ...] = ()) -> list[tuple[str, str]]:
    return [(one.where, one.code) for one in look_over(parts, stray)]


def _told(*parts: service.Node) -> list[tuple[str, str]]:
    return [(one.where, one.sentence.vi) for one in look_over(parts, ())]


# ---------------------------------------------------------------- order


def test_oddities_are_told_in_the_order_of_the_text_and_at_one_place_by_their_codes():
    decision = _part("QĐ", _article("2", text="Gửi số ...../QĐ-UBND.", heading="", prefix="QĐ-"))
    regulation = _regulation(
        _article("2", _clause("1", "Họp ngày ..., gửi của của xã, số ..../QĐ.", above="2"), _clause("3", above="2"))
    )
    assert _codes(decision, regulation, stray=(Stray("end", "x"), Stray("2.1", "y"))) == [
        ("QĐ", "label_gap"),
        ("QĐ-2", "blank_number"),
        ("2", "label_gap"),
        ("2.1", "blank_date"),
        ("2.1", "blank_number"),
        ("2.1", "doubtful_word"),
        ("2.1", "stray_text"),
        ("QC", "label_gap"),
        ("end", "stray_text"),
    ]


def test_one_code_is_said_once_an_address_and_the_first_finding_stays():
    regulation = _regulation(_article("1", *(_clause(label) for label in ("1", "3", "3"))))
    assert _told(regulation) == [
        (
            "1",
            "Nhãn khoản nhảy cóc, không có 2: giữ như bản in, đối chiếu bản gốc xem có thiếu không.",
        )
    ]


def test_stray_text_is_told_by_its_place_each_piece_once():
    stray = (Stray("1", "4"), Stray("end", ")"), Stray("1", "5"), Stray("1", "4"))
    found = look_over((_regulation(_article("1", text="Việc.")),), stray)
    assert [(one.where, one.sentence.vi, one.sentence.en) for one in found] == [
        (
            "1",
            "Chữ lạc, không thuộc điều khoản nào: «4», «5».",
            "Stray text that belongs to no clause: «4», «5».",
        ),
        ("end", "Chữ lạc, không thuộc điều khoản nào: «)».", "Stray text that belongs to no clause: «)»."),
    ]


# ---------------------------------------------------------------- labels


def _points(*labels: str) -> tuple[service.Node, ...]:
    return tuple(service.Node(kind="point", label=label, cite=f"1.1.{label}") for label in labels)


@pytest.mark.parametrize(
    ("labels", "told"),
    [
        (("a", "b", "c"), None),
        (("2.1", "2.3"), None),
        (("b",), "nhảy cóc, không có a"),
        (("đ", "e"), "nhảy cóc, không có a, b, c, d"),
        (("e", "g"), "nhảy cóc, không có a, b, c, d, đ"),
        (("e", "f"), "nhảy cóc, không có a, b, c, d"),
        (("a", "f", "v", "y"), "nhảy cóc, không có b, c, d, e, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, w, x"),
        (("a", "b", "b", "b"), "b có hai lần"),
        (("a", "b", "a", "b"), "a, b có hai lần"),
    ],
)
def test_a_list_of_points_is_without_gaps(labels: tuple[str, ...], told: str | None):
    found = _told(_regulation(_article("1", _clause("1", "", *_points(*labels)), _clause("2"))))
    assert [(where, vi.split(":")[0]) for where, vi in found] == ([("1.1", f"Nhãn điểm {told}")] if told else [])


def test_the_articles_and_chapters_of_an_appendix_are_not_counted():
    assert _codes(_part("PL", _article("7"), _article("9")), _regulation(_article("2"))) == [("QC", "label_gap")]


def test_clauses_with_a_letter_count_as_the_one_before_and_labels_twice_are_told_of_articles_too():
    assert _codes(_regulation(_article("1", _clause("1"), _clause("1a"), _clause("2")))) == []
    assert _told(_regulation(_article("1"), _article("1"))) == [
        ("QC", "Nhãn Điều 1 có hai lần: giữ như bản in, đối chiếu bản gốc."),
    ]
    assert _told(_regulation(_chapter("I", "VIỆC CHUNG"), _chapter("I", "VIỆC RIÊNG"))) == [
        ("QC", "Nhãn Chương 1 có hai lần: giữ như bản in, đối chiếu bản gốc."),
    ]


# ---------------------------------------------------------------- references


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Theo Điều 2 Quyết định này.", None),
        ("Theo Điều 2 của Quyết định này.", None),
        ("Theo Điều 3 Quyết định này.", "Điều 3"),
        ("Theo Điều 2.", "Điều 2"),
        ("Theo Điều 2 Quy chế này.", "Điều 2"),
        ("Theo Điều 2, Điều 2 và Điều 4.", "Điều 2, Điều 2, Điều 4"),
        ("Theo các Điều 1, 3 và 4.", "Điều 3, Điều 4"),
        ("Theo điểm a, b khoản 1, 3 Điều 1.", "khoản 1 Điều 1, điểm a khoản 3 Điều 1, điểm b khoản 3 Điều 1"),
        ("Theo điểm a Điều này.", "điểm a Điều 1"),
        ("Theo Điều 9 Luật Đất đai, Điều 8 Nghị định số 1 và Điều 7.", "Điều 7"),
        ("Theo Chương V.", None),
    ],
)
def test_a_regulation_refers_to_its_own_articles_and_by_name_to_the_decision_s(text: str, named: str | None):
    found = _told(_decision("Một.", "Hai."), _regulation(_article("1", text=text)))
    told = f"Dẫn tới {named} nhưng văn bản không có: ghi cách hiểu, hoặc hỏi nơi ban hành."
    assert found == ([("1", told)] if named else [])


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Theo Điều 2.", None),
        ("Theo Điều 3.", "Điều 3"),
        ("Theo Điều 2 Quyết định này.", None),
        ("Theo Điều 3 Quy chế này.", None),
        ("Theo Điều 3 của Quy chế này.", None),
        ("Theo Điều 2 Quy chế này.", "Điều 2"),
        ("Theo khoản 1 Điều này.", "khoản 1 Điều 1"),
    ],
)
def test_a_decision_refers_to_its_own_articles_and_by_name_to_the_regulation_s(text: str, named: str | None):
    found = _told(_decision(text, "Hai."), _regulation(_article("1"), _article("3")))
    dangling = [(where, vi) for where, vi in found if vi.startswith("Dẫn tới")]
    told = f"Dẫn tới {named} nhưng văn bản không có: ghi cách hiểu, hoặc hỏi nơi ban hành."
    assert dangling == ([("QĐ-1", told)] if named else [])


def test_a_title_a_signature_and_the_basis_of_a_decision_refer_to_other_texts():
    signed = service.Node(kind="paragraph", label="", text="TỔ TRƯỞNG theo Điều 9")
    basis = service.Node(kind="paragraph", label="", cite="QĐ-basis", text="Căn cứ Điều 9;")
    head = service.Node(kind="paragraph", label="", cite="QĐ-head", text="Theo Điều 8")
    regulation = _regulation(signed, _article("1", text="Theo Điều 7."), heading="QUY CHẾ theo Điều 9")
    assert _told(_part("QĐ", basis, head), regulation) == [
        ("QĐ-head", "Dẫn tới Điều 8 nhưng văn bản không có: ghi cách hiểu, hoặc hỏi nơi ban hành."),
        ("1", "Dẫn tới Điều 7 nhưng văn bản không có: ghi cách hiểu, hoặc hỏi nơi ban hành."),
    ]


def test_chapters_are_looked_for_where_the_text_has_chapters():
    def told(text: str) -> list[str]:
        chapters = (_chapter("I", "MỘT", _article("1", text=text)), _chapter("2", "HAI", _article("2")))
        return [vi for _, vi in _told(_regulation(*chapters))]

    assert told("Theo Chương I, Chương 1 và Chương II.") == []
    assert told("Theo Chương V của Luật Đất đai.") == []
    assert told("Theo Điều 3, Chương III và Chương 4.") == [
        "Dẫn tới Điều 3, Chương III, Chương 4 nhưng văn bản không có: ghi cách hiểu, hoặc hỏi nơi ban hành."
    ]


# ---------------------------------------------------------------- blanks


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Lập ngày tháng năm", "ngày tháng năm"),
        ("Lập ngày 05 tháng 4 năm 2022.", None),
        ("Lập ngày 05 tháng 4 năm 202", "ngày 05 tháng 4 năm 202"),
        ("Lập ngày 05 tháng 4 năm tại xã", None),
        ("Lập ngày .... tháng 4 năm tại xã", "ngày .... tháng 4 năm"),
        ("Lập ngày 5 tháng … năm tại xã", "ngày 5 tháng … năm"),
        ("Lập ngày 5 tháng 4 năm __ tại xã", "ngày 5 tháng 4 năm __"),
        ("Sổ ghi ngày tháng năm sinh; lập ngày ... tháng 4 năm 2022", "ngày ... tháng 4 năm 2022"),
        ("Lập ngày 05 tháng 4 năm 2022, gửi ngày 06 tháng năm 2022", "ngày 06 tháng năm 2022"),
        ("Sổ ghi ngày tháng năm. Sinh ở xã", None),
        ("Lập ngày 5/4/2022, gửi ngày 6/ /2022", "ngày 6/ /2022"),
        ("Lập ngày 5/4/", "ngày 5/4/"),
        ("Lập ngày ____", "ngày ____"),
        ("Lập ngày ..", None),
    ],
)
def test_a_day_that_is_left_open(text: str, left: str | None):
    said = f"Ngày để trống ở «{left}»: nhập ngày theo bản đã ký."
    assert _told(_regulation(_article("1", text=text))) == ([("1", said)] if left else [])


# ---------------------------------------------------------------- scope


def _scope(said: str, *chapters: str, heading: str = "Phạm vi điều chỉnh") -> list[tuple[str, str]]:
    first = _article("1", _clause("1", said), heading=heading)
    held = [_chapter(label, text) for label, text in zip(("II", "III"), chapters, strict=False)]
    return _told(_regulation(_chapter("I", "QUY ĐỊNH CHUNG", first, _article("2", heading="Nguyên tắc")), *held))


@pytest.mark.parametrize(
    ("topics", "chapters", "told"),
    [
        ("nguyên tắc và nhiệm vụ", ("NHIỆM VỤ",), None),
        ("các nguyên tắc, những nhiệm vụ", ("NHIỆM VỤ",), None),
        ("nguyên tắc; họp, nhiệm vụ chung", ("NHIỆM VỤ CHUNG",), None),
        ("phạm vi, đối tượng, hoạt động, nhiệm vụ", ("NHIỆM VỤ",), None),
        ("nhiệm vụ", ("NHIỆM VỤ VÀ QUYỀN HẠN",), None),
        ("quyền hạn", ("NHIỆM VỤ VÀ QUYỀN HẠN",), None),
        ("nhiệm vụ", ("NHIỆM VỤ", "TỔ CHỨC THỰC HIỆN"), None),
        ("nhiệm vụ", ("NHIỆM VỤ", "ĐIỀU KHOẢN THI HÀNH"), None),
        ("nhiệm vụ của Tổ, khen thưởng", ("NHIỆM VỤ CỦA TỔ VÀ CÁC BAN",), None),
        ("nguyên tắc", ("NHIỆM VỤ",), "phạm vi không nhắc tới «NHIỆM VỤ»"),
        ("nguyên tắc", ("NHIỆM VỤ", "HỌP"), "phạm vi không nhắc tới «NHIỆM VỤ», «HỌP»"),
        ("nhiệm vụ, kỷ luật", ("NHIỆM VỤ",), "không chương, điều nào mang tên «kỷ luật»"),
        ("nhiệm vụ và chế độ họp", ("NHIỆM VỤ",), "không chương, điều nào mang tên «chế độ»"),
    ],
)
def test_the_scope_and_the_chapters_agree(topics: str, chapters: tuple[str, ...], told: str | None):
    said = f"Phạm vi điều chỉnh và các chương không khớp: {told}."
    assert _scope(f"Quy chế này quy định về {topics}.", *chapters) == ([("1.1", said)] if told else [])


def test_the_english_of_a_scope_names_only_what_is_amiss():
    def told(topics: str) -> str:
        clause = _clause("1", f"Quy chế này quy định về {topics}.")
        chapters = (_chapter("I", "NHIỆM VỤ", _article("1", clause, heading="Phạm vi")), _chapter("II", "CHẾ ĐỘ HỌP"))
        (one,) = look_over((_regulation(*chapters),), ())
        return one.sentence.en

    assert told("nhiệm vụ") == "The scope and the chapters do not agree: the scope does not name «CHẾ ĐỘ HỌP»."
    assert told("nhiệm vụ, chế độ họp, kỷ luật") == (
        "The scope and the chapters do not agree: no chapter or article is about «kỷ luật»."
    )


def test_a_scope_without_topics_or_chapters_is_not_compared():
    assert _scope("Quy chế này quy định …", "NHIỆM VỤ") == []
    assert _scope("Quy chế này gồm ba điều.", "NHIỆM VỤ") == []
    assert _scope("Quy chế này quy định về kỷ luật.", "NHIỆM VỤ", heading="Mục đích") == []
    article = _article("1", _clause("1", "Quy chế này quy định về kỷ luật."), heading="Phạm vi")
    assert _told(_regulation(article)) == []


def test_the_scope_may_stand_in_the_article_itself():
    article = _article("1", heading="Phạm vi", text="Quy chế này điều chỉnh việc kỷ luật.")
    assert _told(_regulation(_chapter("I", "QUY ĐỊNH CHUNG", article))) == [
        ("1", "Phạm vi điều chỉnh và các chương không khớp: không chương, điều nào mang tên «kỷ luật».")
    ]
