"""How large a file, a text and a part of a Word file may be: the last size that is read and the first that is not."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from dean06.charter.importing import documents
from dean06.clock.errors import HouseError

ROOT = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'


@pytest.mark.parametrize(("more", "why"), [(0, "đời cũ"), (1, "tệp nặng 20 MB, quá 20 MB")])
def test_a_file_has_twenty_megabytes_at_most(tmp_path: Path, more: int, why: str) -> None:
    with (tmp_path / "a.doc").open("wb") as handle:
        handle.write(b"\xd0\xcf\x11\xe0")
        handle.truncate(20 * 1024 * 1024 + more)
    with pytest.raises(HouseError, match=why):
        documents.read_document(tmp_path / "a.doc")


def test_a_text_has_two_million_characters_at_most(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"x" * 1_000_000 + b"\n" + b"y" * 1_000_000)
    assert len(documents.read_document(tmp_path / "a.txt").lines) == 2
    (tmp_path / "a.txt").write_bytes(b"x" * 1_000_000 + b"\n" + b"y" * 1_000_001)
    with pytest.raises(HouseError, match="văn bản dài 2000001 ký tự, quá 2000000"):
        documents.read_document(tmp_path / "a.txt")


@pytest.mark.parametrize(("more", "why"), [(0, "tệp rỗng"), (1, r"\.docx bị hỏng")])
def test_a_part_of_a_word_file_has_eighty_megabytes_at_most(tmp_path: Path, more: int, why: str) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("word/document.xml", ROOT.ljust(80 * 1024 * 1024 + more))
    with pytest.raises(HouseError, match=why):
        documents.read_document(tmp_path / "a.docx")
