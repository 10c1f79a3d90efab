"""What belongs to another level of government than the group's is warned of by name, where it stands."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from dean06.charter import service

SHIRES = "Hướng dẫn các sở, ngành kết nối."
NATION = "Vận hành ổn định Nền tảng tích hợp quốc gia."
MINISTRIES = "Phối hợp với các bộ, ngành trung ương."
PROVINCE = "Khai thác cơ sở dữ liệu của cấp tỉnh."
DISTRICT = "Khai thác trung tâm điều hành cấp huyện."
OFFICE = "Phòng Tư pháp huyện nhập sổ."


def _warned(tmp_path: Path, text: str) -> list[service.Warned]:
    (tmp_path / "quy-che.txt").write_text(text, "utf-8")
    found = service.import_regulation(tmp_path / "quy-che.txt").warnings
    return [one for one in found if one.code == "level_mismatch"]


def _named(tmp_path: Path, text: str) -> dict[str, list[str]]:
    return {one.where: re.findall("«(.*?)»", one.sentence.vi) for one in _warned(tmp_path, text)}


def _regulation(of: str, *clauses: str) -> str:
    rows = [f"{at}. {clause}" for at, clause in enumerate(clauses, 1)]
    return "\n\n".join([f"QUY CHẾ\nLàm việc của Tổ số hóa {of}".strip(), "Điều 1. Một", *rows]) + "\n"


@pytest.mark.parametrize(
    ("of", "clauses", "named"),
    [
        (
            "UBND tỉnh An Lộc",
            (SHIRES, NATION, MINISTRIES, PROVINCE, DISTRICT, OFFICE),
            {"1.3": ["các bộ, ngành trung ương"], "1.5": ["trung tâm điều hành cấp huyện"]},
        ),
        (
            "UBND huyện An Lộc",
            (SHIRES, NATION, MINISTRIES, PROVINCE, DISTRICT, OFFICE),
            {
                "1.1": ["các sở, ngành"],
                "1.2": ["Nền tảng tích hợp quốc gia"],
                "1.3": ["các bộ, ngành trung ương"],
                "1.4": ["cơ sở dữ liệu của cấp tỉnh"],
            },
        ),
        (
            "UBND xã An Lộc",
            (SHIRES, NATION, MINISTRIES, PROVINCE, DISTRICT, OFFICE),
            {
                "1.1": ["các sở, ngành"],
                "1.2": ["Nền tảng tích hợp quốc gia"],
                "1.3": ["các bộ, ngành trung ương"],
                "1.4": ["cơ sở dữ liệu của cấp tỉnh"],
                "1.5": ["trung tâm điều hành cấp huyện"],
                "1.6": ["Phòng Tư pháp huyện"],
            },
        ),
        ("UBND xã An Lộc", (PROVINCE,), {}),
        ("UBND xã An Lộc", (DISTRICT,), {"1.1": ["trung tâm điều hành cấp huyện"]}),
        ("UBND huyện An Lộc", (PROVINCE,), {"1.1": ["cơ sở dữ liệu của cấp tỉnh"]}),
        ("UBND tỉnh An Lộc", (PROVINCE,), {}),
        ("", (SHIRES, MINISTRIES, PROVINCE), {}),
    ],
)
def test_each_level_has_its_own_others(
    tmp_path: Path, of: str, clauses: tuple[str, ...], named: dict[str, list[str]]
) -> None:
    assert _named(tmp_path, _regulation(of, *clauses)) == named


@pytest.mark.parametrize(
    ("of", "vi", "en"),
    [
        *((f"UBND {unit} An Lộc", "cấp tỉnh", "provincial") for unit in ("tỉnh", "thành phố")),
        *((f"UBND {unit} An Lộc", "cấp huyện", "district") for unit in ("huyện", "quận", "thị xã")),
        *((f"UBND {unit} An Lộc", "cấp xã", "commune") for unit in ("xã", "phường", "thị trấn", "đặc khu")),
        *((f"{owner} HUYỆN AN LỘC", "cấp huyện", "district") for owner in ("ỦY BAN NHÂN DÂN", "UỶ BAN NHÂN DÂN")),
    ],
)
def test_the_level_is_that_of_the_authority_in_the_title(tmp_path: Path, of: str, vi: str, en: str) -> None:
    other = "xã" if en != "commune" else "huyện"
    (one, *_) = _warned(tmp_path, _regulation(of, MINISTRIES, f"Phối hợp với UBND {other} và UBND {other} bên."))
    assert (one.code, one.where) == ("level_mismatch", "1.1")
    assert one.sentence.as_json() == {
        "vi": f"Tổ ở {vi} mà nói tới «các bộ, ngành trung ương» của cấp khác, như chép từ nơi khác: đối chiếu thẩm "
        "quyền.",
        "en": f"A {en} group, yet it speaks of «các bộ, ngành trung ương» of another level, as if copied: check "
        "competence.",
    }


@pytest.mark.parametrize(
    ("of", "said", "level"),
    [
        ("UBND thành phố An Lộc", "Báo cáo UBND tỉnh.", "district"),
        ("UBND thành phố An Lộc", "Báo cáo Công an tỉnh.", "district"),
        ("UBND thành phố An Lộc", "Báo cáo cấp trên.", "provincial"),
        ("UBND xã An Lộc", "Báo cáo UBND tỉnh.", "commune"),
        ("", "UBND xã lập sổ, UBND xã giữ sổ, gửi UBND tỉnh.", "commune"),
        ("", "UBND tỉnh lập sổ, UBND tỉnh giữ sổ, gửi UBND xã.", "provincial"),
    ],
)
def test_a_town_under_a_province_is_a_district_and_a_silent_title_leaves_it_to_the_text(
    tmp_path: Path, of: str, said: str, level: str
) -> None:
    warned = _warned(tmp_path, _regulation(of, said, MINISTRIES))
    assert [(one.where, one.sentence.en.split()[1]) for one in warned] == [("1.2", level)]


def test_the_head_of_a_decision_tells_the_level_and_only_its_articles_are_looked_at(tmp_path: Path) -> None:
    text = """\
UBND TỈNH SÔNG MÂY

QUYẾT ĐỊNH

Về việc phối hợp với các bộ, ngành

Căn cứ văn bản của các bộ, ngành;

QUYẾT ĐỊNH:

Điều 1. UBND xã và UBND xã bên phối hợp với các bộ, ngành.

Điều 2. Thi hành.

Nơi nhận:

- Các bộ, ngành;
- Lưu.
"""
    assert _named(tmp_path, text) == {"QĐ-1": ["các bộ, ngành"]}


def test_headings_are_passed_over_and_what_stands_under_one_address_is_named_together(tmp_path: Path) -> None:
    text = """\
QUY CHẾ
Làm việc của Tổ số hóa UBND xã An Lộc

Điều 1. Phối hợp với các bộ, ngành

1. Gồm:

Phối hợp với các bộ, ngành.

UBND huyện và Công an cấp huyện giúp.

2. Bảo hiểm xã hội huyện giúp, các sở giúp.
"""
    assert _named(tmp_path, text) == {
        "1.1": ["các bộ, ngành", "UBND huyện", "Công an cấp huyện"],
        "1.2": ["các sở", "Bảo hiểm xã hội huyện"],
    }


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("Gửi các bộ, ngành.", False),
        ("Báo cáo các bộ, ngành về mọi việc đã làm trong quý và những việc sẽ làm trong quý sau.", False),
        ("Trình lãnh đạo của các bộ, ngành.", False),
        ("Trình lãnh đạo và chuyên viên của các bộ, ngành.", True),
        ("Mọi việc đã làm trong quý và những việc sẽ làm trong quý sau thì gửi các bộ, ngành.", False),
        ("Mọi việc đã làm trong quý và những việc sẽ làm trong quý sau thì giao các bộ, ngành.", True),
        (f"Việc thường ngày thì gửi {'a' * 55} các bộ, ngành.", False),
        (f"Việc thường ngày thì gửi {'a' * 56} các bộ, ngành.", True),
    ],
)
def test_work_that_goes_up_is_in_place(tmp_path: Path, said: str, named: bool) -> None:  # noqa: FBT001  a table's column
    assert bool(_named(tmp_path, _regulation("UBND xã An Lộc", said))) == named


@pytest.mark.parametrize(
    ("of", "said", "level"),
    [
        ("UBND tỉnh An Lộc", "Việc.", "province"),
        ("UBND huyện An Lộc", "Việc.", "district"),
        ("UBND thành phố An Lộc", "Báo cáo UBND tỉnh.", "district"),
        ("UBND xã An Lộc", "Việc.", "commune"),
        ("", "Việc.", "commune"),
    ],
)
def test_a_draft_package_takes_the_level(tmp_path: Path, of: str, said: str, level: str) -> None:
    (tmp_path / "quy-che.txt").write_text(_regulation(of, said), "utf-8")
    imported = service.import_regulation(tmp_path / "quy-che.txt")
    service.write_draft(imported, (), tmp_path / "goi", date(2026, 3, 2))
    assert f"\nlevel: {level}  # TODO\n" in (tmp_path / "goi" / "charter.yaml").read_text("utf-8")
