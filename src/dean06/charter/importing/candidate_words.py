"""The language of regulations: which turn of phrase points to which action of the vocabulary, and of what type."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TURNS = Path(__file__).with_name("turns.txt")
# the triggers by which a sentence speaks of a norm though no turn above fits
TRIGGERS = (
    ("prohibition", r"\bkhông được\b|\bnghiêm cấm\b"),
    ("power", r"\bđược quyền\b|\bcó quyền\b|\bký thay\b|\bủy quyền\b|\bquyết định\b"),
    (
        "duty",
        (
            r"\bcó trách nhiệm\b|\bchủ trì\b|\bphối hợp\b|\bbáo cáo\b|\btham mưu\b|\bchịu trách nhiệm\b|\bphải\b"
            r"|\bthực hiện\b"
        ),
    ),
)
ROLES = (
    ("standing_deputy", r"(?:Tổ phó|Phó Tổ trưởng|Phó Trưởng (?:Ban|Tổ))(?: công tác| Chỉ đạo)? thường trực"),
    ("standing_member", r"(?:Thành viên|Ủy viên) thường trực"),
    ("deputy", r"(?:các )?(?:Tổ phó|Phó Tổ trưởng|Phó Trưởng (?:Ban|Tổ))"),
    ("leader", r"Tổ trưởng|Trưởng (?:Tổ|Ban)(?: công tác| Chỉ đạo)?"),
    ("member", r"(?:các |mỗi )?(?:thành viên|ủy viên)"),
    ("secretariat", r"(?:bộ máy|cơ quan|bộ phận|tổ) giúp việc|thư ký"),
    ("group", r"(?:tập thể )?(?:Tổ công tác|Ban Chỉ đạo)"),
    ("pc_chair", r"(?:đồng chí )?Chủ tịch UBND"),
    ("agency", r"(?:các )?(?:cơ quan|đơn vị|phòng,|sở,|ban,|ngành|địa phương)"),
)  # fmt: skip
AGENCIES = (
    ("PPOL", r"Công an tỉnh"),
    ("OPPC", r"Văn phòng UBND tỉnh"),
    ("PPC", r"(?:UBND|Ủy ban nhân dân) tỉnh"),
    ("COM", r"(?:UBND|Ủy ban nhân dân) các xã"),
    ("TEAM", r"Đội Cảnh sát|Đội CS"),
    ("POL", r"Công an (?:huyện|xã|phường|tỉnh|thành phố)?"),
    ("OFF", r"Văn phòng"),
    ("VHTT", r"Văn h[oó][aá]"),
    ("TCKH", r"Tài chính"),
    ("TP", r"Tư pháp"),
    ("GDDT", r"Giáo dục|GD&ĐT"),
    ("LDTBXH", r"Lao động"),
    ("TNMT", r"Tài nguyên"),
    ("BHXH", r"Bảo hiểm xã hội|BHXH"),
    ("YT", r"Y tế"),
    ("NV", r"Nội vụ"),
    ("DEPTS", r"các sở|sở, (?:ban, )?ngành"),
    ("COUNCIL", r"HĐND|Hội đồng nhân dân"),
    ("PC", r"UBND|Ủy ban nhân dân"),
)


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn of phrase and what it points to."""

    type: str
    bearer: str | None
    action: str | None
    says: re.Pattern[str]
    unless: re.Pattern[str] | None


def compiled(text: str) -> re.Pattern[str]:
    """Read a pattern of the table."""
    return re.compile(text.strip().replace("…", r"[^.;]*?"), re.IGNORECASE)


@cache
def turns() -> tuple[Turn, ...]:
    """Return the table, read once when first asked for."""
    rows = [row for row in TURNS.read_text(encoding="utf-8").splitlines() if row and not row.startswith("#")]
    return tuple(_turn([piece.strip() for piece in row.split(" | ")]) for row in rows)


def _turn(pieces: list[str]) -> Turn:
    kind, _, bearer = pieces[0].partition(":")
    unless = compiled(pieces[3]) if len(pieces) > 3 else None
    return Turn(kind, bearer or None, None if pieces[1] == "-" else pieces[1], compiled(pieces[2]), unless)


@cache
def table(rows: tuple[tuple[str, str], ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Compile a table of codes and patterns."""
    return tuple((code, re.compile(rf"(?<!\w)(?:{pattern})", re.IGNORECASE)) for code, pattern in rows)
