"""Files that nobody should open without care: one sentence says what is wrong and what to do; nothing runs away."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dean06.clock.errors import BadInput
from dean06.papers.checks.checked import Checked, check_file
from dean06.papers.docx.opening import MOST_PARTS, dimensions
from dean06.papers.docx.reading import read_docx
from dean06.papers.pdf import measure as pdf_measure
from dean06.papers.pdf.opening import MOST_PAGES
from papers import bad_files as bad
from papers import strangers
from papers.samples import monthly_report

OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DOCX: dict[str, tuple[Callable[[], bytes], str]] = {
    "old_doc": (lambda: OLD_WORD + bytes(600), r"định dạng \.doc cũ"),
    "password": (lambda: OLD_WORD + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "đặt mật khẩu"),
    "macro": (lambda: bad.with_parts(word__vbaProject_dot_bin=b"x"), "macro"),
    "macro_by_type": (
        lambda: bad.swapped(
            "wordprocessingml.document.main+xml", "word.document.macroEnabled.main+xml", "[Content_Types].xml"
        ),
        "macro",
    ),
    "ole": (lambda: bad.with_parts(word__embeddings__oleObject1_dot_bin=b"x"), "đối tượng nhúng"),
    "activex": (lambda: bad.with_parts(word__activeX__activeX1_dot_xml=b"<x/>"), "đối tượng nhúng"),
    "outside_template": (lambda: bad.linked("attachedTemplate", "http://example.vn/x.dotm"), "liên kết ra ngoài"),
    "outside_picture": (lambda: bad.linked("image", "file:///x.png"), "liên kết ra ngoài"),
    "image_bomb_png": (lambda: bad.with_parts(word__media__a_dot_png=bad.png(60_000, 60_000)), "60000 x 60000"),
    "image_bomb_jpeg": (lambda: bad.with_parts(word__media__a_dot_jpg=bad.jpeg(40_000, 40_000)), "40000 x 40000"),
    "zip_bomb": (lambda: bad.with_parts(word__media__b_dot_bin=bytes(60_000_000)), "bom nén"),
    "many_parts": (lambda: bad.with_parts(**{f"p{at}": b"" for at in range(MOST_PARTS + 1)}), "quá nhiều thành phần"),
    "deep": (lambda: bad.swapped("<w:body>", f"<w:body>{'<w:sdt>' * 400}{'</w:sdt>' * 400}"), "quá sâu"),
    "doctype": (lambda: bad.swapped("<w:document", '<!DOCTYPE w [<!ENTITY a "b">]><w:document'), "đã hỏng"),
    "cut": (lambda: bad.docx()[:3_000], "đã hỏng"),
    "no_document": (lambda: bad.docx().replace(b"word/document.xml", b"word/dokument.xml"), "đã hỏng"),
}
PDF: dict[str, tuple[Callable[[], bytes], str]] = {
    "javascript": (bad.with_javascript, "JavaScript"),
    "launch": (bad.with_launch, "lệnh mở chương trình khác"),
    "embedded_file": (bad.with_file, "tệp khác nhúng bên trong"),
    "encrypted": (lambda: bad.encrypted("mo"), "đặt mật khẩu"),
    "restricted": (lambda: bad.encrypted(""), "bị hạn chế"),
    "scan": (bad.scanned, "ảnh quét"),
    "scan_with_hidden_letters": (bad.with_hidden_letters, "ảnh quét"),
    "many_pages": (lambda: bad.many_pages(MOST_PAGES + 1), f"hơn {MOST_PAGES} trang"),
    "content_bomb": (bad.content_bomb, "quá nhiều nét vẽ"),
    "cut": (lambda: bad.pdf()[:2_000], "đã hỏng"),
}
OTHER = {
    "empty": (b"", "tệp rỗng"),
    "rtf": (b"{\\rtf1 x}", r"\.rtf"),
    "picture": (b"\x89PNG....", "đây là ảnh"),
    "text": ("Điều 1".encode(), r"chỉ kiểm tra được tệp \.docx và \.pdf"),
}


@pytest.mark.parametrize("kind", DOCX)
def test_a_docx_of_this_kind_is_refused_by_the_checker(kind: str) -> None:
    make, sentence = DOCX[kind]
    with pytest.raises(BadInput, match=rf"van-ban\.docx: .*{sentence}") as refused:
        check_file("van-ban.docx", make())
    assert refused.value.en.startswith("van-ban.docx: ")


@pytest.mark.parametrize("kind", DOCX)
def test_and_by_the_reader_of_edited_files(kind: str) -> None:
    make, sentence = DOCX[kind]
    with pytest.raises(BadInput, match=sentence):
        read_docx(make(), monthly_report())


@pytest.mark.parametrize("kind", PDF)
def test_a_pdf_of_this_kind_is_refused(kind: str) -> None:
    make, sentence = PDF[kind]
    data = make()
    start = time.monotonic()
    with pytest.raises(BadInput, match=rf"van-ban\.pdf: .*{sentence}"):
        check_file("van-ban.pdf", data)
    assert time.monotonic() - start < 20


def test_pages_share_one_budget_of_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_measure, "MOST_OPERATIONS", 10_000)
    with pytest.raises(BadInput, match="quá nhiều nét vẽ"):
        check_file("van-ban.pdf", bad.drawing(b"0 0 m 1 1 l n\n" * 1_000, pages=10))


@pytest.mark.parametrize("kind", OTHER)
def test_any_other_file_is_refused_by_what_it_is(kind: str) -> None:
    data, sentence = OTHER[kind]
    with pytest.raises(BadInput, match=sentence):
        check_file("tep", data)


@pytest.mark.parametrize(
    ("make", "place"), [(bad.tracked, r"đoạn \d+, “thêm ?Dữ liệu học sinh"), (bad.tracked_in_a_table, "bảng 2")]
)
def test_tracked_changes_are_refused_with_their_place(make: Callable[[], bytes], place: str) -> None:
    with pytest.raises(BadInput, match=rf"sửa đổi đang theo dõi ở {place}"):
        check_file("van-ban.docx", make())
    with pytest.raises(BadInput, match="sửa đổi đang theo dõi"):
        read_docx(make(), monthly_report())


def test_comments_are_named_and_hinder_nothing() -> None:
    found = check_file("van-ban.docx", bad.commented())
    assert found.departures == ()
    (warned,) = found.warnings
    assert "bình luận ở đoạn" in warned.vi


def test_a_hyperlink_is_no_link_out() -> None:
    assert check_file("van-ban.docx", bad.linked("hyperlink", "https://example.vn")).departures == ()


@pytest.mark.parametrize(
    ("table", "instead"),
    [
        ("", "Times New Roman"),
        ('<w:font w:name="Chữ Nhà Làm"><w:altName w:val="Lạ, Tahoma"/></w:font>', "Tahoma"),
        ('<w:font w:name="Chữ Nhà Làm"><w:family w:val="swiss"/></w:font>', "Arial"),
    ],
)
def test_a_font_nobody_has_is_named_with_what_word_takes_instead(table: str, instead: str) -> None:
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    found = check_file(
        "van-ban.docx", bad.font_nobody_has(f'<w:fonts xmlns:w="{word}">{table}</w:fonts>' if table else "")
    )
    assert [each.found for each in found.departures] == ["Chữ Nhà Làm"]
    (warned,) = found.warnings
    assert f"Phông “Chữ Nhà Làm” không có trên máy thông thường; Word sẽ thay bằng “{instead}”" in warned.vi


def test_a_damaged_table_of_objects_is_searched_for_and_said() -> None:
    found = check_file("van-ban.pdf", bad.with_broken_table())
    assert found.departures == ()
    (warned,) = found.warnings
    assert "bảng tham chiếu" in warned.vi


@pytest.mark.parametrize(
    ("picture", "size"),
    [
        (bad.png(7, 9), (7, 9)),
        (bad.jpeg(7, 9), (7, 9)),
        (b"GIF89a\x07\x00\x09\x00", (7, 9)),
        (b"BM" + bytes(16) + b"\x07\0\0\0\x09\0\0\0", (7, 9)),
        (
            b"II*\0\x08\0\0\0\x02\0" + b"\0\x01\x04\0\x01\0\0\0\x07\0\0\0" + b"\x01\x01\x03\0\x01\0\0\0\x09\0\0\0",
            (7, 9),
        ),
        (b"not a picture", (0, 0)),
    ],
    ids=["png", "jpeg", "gif", "bmp", "tiff", "other"],
)
def test_the_size_of_a_picture_is_read_from_its_head(picture: bytes, size: tuple[int, int]) -> None:
    assert dimensions(picture) == size


def test_a_long_file_takes_time_by_its_length_alone() -> None:
    one = strangers.p(strangers.r(strangers.LONG, 14), strangers.BODY)
    data = strangers.packed(strangers.by_table().replace(strangers.TEXT, one * 3_000 + strangers.TEXT))
    start = time.process_time()
    assert check_file("van-ban.docx", data).departures == ()
    assert time.process_time() - start < 8


# ---------------------------------------------------------------- damage at random


def damaged(data: bytes, changes: list[tuple[int, int]], cut: int) -> bytes:
    spoilt = bytearray(data)
    for at, value in changes:
        spoilt[at % len(spoilt)] = value
    return bytes(spoilt[: len(spoilt) - cut % len(spoilt)])


def repacked(changes: list[tuple[int, int]], part: int) -> bytes:
    """Damage within one unpacked part, so that the zip itself stays whole."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(bad.docx())) as old, zipfile.ZipFile(out, "w") as new:
        names = old.namelist()
        for name in names:
            text = old.read(name)
            new.writestr(name, damaged(text, changes, 0) if name == names[part % len(names)] else text)
    return out.getvalue()


def taken_or_refused(name: str, data: bytes) -> None:
    try:
        found: Checked | BadInput = check_file(name, data)
    except BadInput as refused:
        found = refused
    if isinstance(found, BadInput):
        assert found.vi.startswith(name)
        assert found.en.startswith(name)
    else:
        assert all(each.sentence() for each in found.departures)


CHANGES = st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), max_size=25)
CUTS = st.one_of(st.just(0), st.integers(0, 10**6))
PDF_CHANGES = st.lists(st.tuples(st.integers(0, 10**6), st.sampled_from(list(b"0123456789/<>[]() Rnobj"))), max_size=25)


@settings(max_examples=25, deadline=None)
@given(CHANGES, CUTS)
def test_a_damaged_docx_gives_a_result_or_a_refusal(changes: list[tuple[int, int]], cut: int) -> None:
    taken_or_refused("van-ban.docx", damaged(bad.docx(), changes, cut))


@settings(max_examples=40, deadline=None)
@given(PDF_CHANGES, st.integers(0, 20))
def test_a_docx_damaged_within_a_part_gives_a_result_or_a_refusal(changes: list[tuple[int, int]], part: int) -> None:
    taken_or_refused("van-ban.docx", repacked(changes, part))


@settings(max_examples=40, deadline=None)
@given(PDF_CHANGES, CUTS)
def test_a_damaged_pdf_gives_a_result_or_a_refusal(changes: list[tuple[int, int]], cut: int) -> None:
    taken_or_refused("van-ban.pdf", damaged(bad.pdf(), changes, cut))


@pytest.mark.proof
@settings(max_examples=3_000, deadline=None)
@given(st.sampled_from(["docx", "part", "pdf"]), st.one_of(CHANGES, PDF_CHANGES), CUTS)
def test_proof_any_damage_gives_a_result_or_a_refusal(kind: str, changes: list[tuple[int, int]], cut: int) -> None:
    match kind:
        case "docx":
            taken_or_refused("van-ban.docx", damaged(bad.docx(), changes, cut))
        case "part":
            taken_or_refused("van-ban.docx", repacked(changes, cut))
        case _:
            taken_or_refused("van-ban.pdf", damaged(bad.pdf(), changes, cut))
