"""Made-up people with nothing in common but their country, and the ways a clerk writes them down."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable

from conformance.desk import Row

_NAMES = """Nguyễn Trần Lê Phạm Hoàng Vũ Đặng Bùi Đỗ Hồ Ngô Dương Lý Mai Trịnh
Văn Thị Đức Minh Quốc Hữu Xuân Thanh Ngọc Thu Bá Quang
Hùng Bình Cường Dũng Giang Khoa Long Phúc Sơn Tùng Vinh Hạnh Loan Mận Nhung Oanh Quyên Tuyết Yến Đông"""
_SURNAMES, _MIDDLES, _GIVENS = (line.split() for line in _NAMES.splitlines())
_UNITS = ("19207", "19225", "19237", "19204")


def person(at: int, **changed: str) -> dict[str, str]:
    """Return person number `at`; no two share name, day or number."""
    year, month, day = 1941 + at % 73, 1 + at * 5 % 12, 13 + at * 7 % 15
    woman = at % 2 == 1
    century = (2 if year >= 2000 else 0) + woman
    middle = _MIDDLES[at // 15 % 12]
    return {
        "so_dinh_danh": f"044{century}{year % 100:02d}{(at * 7919 + 13) % 10**6:06d}",
        "so_cmnd": f"19{(at * 104729 + 7) % 10**7:07d}",
        "ho_ten": f"{_SURNAMES[at % 15]} {middle} {_GIVENS[at * 3 % 20]} {_GIVENS[(at * 7 + at // 20) % 20]}",
        "ngay_sinh": f"{year}-{month:02d}-{day:02d}",
        "gioi_tinh": "Nữ" if woman else "Nam",
        "thuong_tru_xa": _UNITS[at % 4],
        "tinh_trang": "song",
        **changed,
    }


def written(known: Row, **changed: str) -> dict[str, str]:
    """Return the row that a careful clerk writes of a person, but for what is changed."""
    row = {
        "ho_ten": known["ho_ten"],
        "ngay_sinh": "/".join(reversed(known["ngay_sinh"].split("-"))),
        "gioi_tinh": known.get("gioi_tinh", ""),
        "so": known["so_dinh_danh"],
        "ma_xa": known.get("thuong_tru_xa", ""),
    }
    return {**row, **changed}


def seeded(seed: int) -> random.Random:
    """Return the same chances again for the same seed."""
    return random.Random(seed)  # noqa: S311  nothing is kept secret by it


# What happens to one field on its way into a list: (field, the change). The oracle tells what each must lead to.
DIRT: dict[str, tuple[str, Callable[[str], str]]] = {
    "decomposed": ("ho_ten", lambda text: unicodedata.normalize("NFD", text)),
    "capitals": ("ho_ten", str.upper),
    "small letters": ("ho_ten", str.lower),
    "spaces": ("ho_ten", lambda text: f" {text.replace(' ', '  ')} "),
    "hard spaces": ("ho_ten", lambda text: text.replace(" ", "\u00a0")),
    "a title": ("ho_ten", lambda text: f"Ông {text}"),
    "a note": ("ho_ten", lambda text: f"{text} (đã chuyển trường)"),
    "no marks": ("ho_ten", lambda text: " ".join(map(bare, text.split()))),
    "one syllable without marks": ("ho_ten", lambda text: " ".join([*text.split()[:-1], bare(text.split()[-1])])),
    "a letter too many": ("ho_ten", lambda text: f"{text}h"),
    "year alone": ("ngay_sinh", lambda text: text[6:]),
    "month and year": ("ngay_sinh", lambda text: text[3:]),
    "dots": ("ngay_sinh", lambda text: text.replace("/", ".")),
    "another year": ("ngay_sinh", lambda text: f"{text[:6]}{int(text[6:]) + 1}"),
    "no date": ("ngay_sinh", lambda _: ""),
    "lost zeros": ("so", lambda text: text.lstrip("0")),
    "spaced digits": ("so", lambda text: f"{text[:4]} {text[4:8]} {text[8:]}"),
    "dotted digits": ("so", lambda text: f"{text[:3]}.{text[3:6]}.{text[6:9]}.{text[9:]}"),
    "a quoted number": ("so", lambda text: f"'{text}"),
    "one wrong digit": ("so", lambda text: text[:-1] + str((int(text[-1]) + 4) % 10)),
    "no number": ("so", lambda _: ""),
    "the other sex": ("gioi_tinh", lambda text: "Nam" if text == "Nữ" else "Nữ"),
    "sex in small letters": ("gioi_tinh", str.lower),
    "no sex": ("gioi_tinh", lambda _: ""),
    "a code nobody has": ("ma_xa", lambda _: "99999"),
    "no commune": ("ma_xa", lambda _: ""),
}


def bare(text: str) -> str:
    """Return a text without marks, as an old keyboard writes it."""
    apart = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def soiled(row: Row, kinds: list[str]) -> dict[str, str]:
    """Return a row with these kinds of dirt, each on its own field."""
    made = dict(row)
    for kind in kinds:
        field, change = DIRT[kind]
        made[field] = change(made[field])
    return made


def some_dirt(chance: random.Random, most: int) -> list[str]:
    """Choose kinds of dirt for one row, at most one a field."""
    chosen: dict[str, str] = {}
    for kind in chance.sample(sorted(DIRT), most):
        chosen.setdefault(DIRT[kind][0], kind)
    return sorted(chosen.values())
