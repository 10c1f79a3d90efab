"""Bodies and systems of another level of government than the group's, named as if the text was copied from there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from dean06.charter.importing.nodes import COVERING, TITLE
from dean06.charter.importing.results import Warned
from dean06.charter.importing.warned import Passage, shown
from dean06.charter.norms import Words

PROVINCE, DISTRICT, COMMUNE = "province", "district", "commune"
_UNITS = {
    "tỉnh": PROVINCE, "thành phố": PROVINCE, "huyện": DISTRICT, "quận": DISTRICT, "thị xã": DISTRICT,
    "xã": COMMUNE, "phường": COMMUNE, "thị trấn": COMMUNE, "đặc khu": COMMUNE,
}  # fmt: skip
_NAMES = {PROVINCE: ("cấp tỉnh", "provincial"), DISTRICT: ("cấp huyện", "district"), COMMUNE: ("cấp xã", "commune")}
_OWNER = re.compile(rf"(?:UBND|[ỦU][ỶY] BAN NHÂN DÂN|UỶ BAN NHÂN DÂN)\s+({'|'.join(_UNITS)})\b", re.IGNORECASE)
_UPWARD = re.compile(
    r"(?:báo cáo|trình|đề nghị|kiến nghị|theo|chỉ đạo của|hướng dẫn của|yêu cầu của|gửi)\s+(?:\S+\s+){0,3}$",
    re.IGNORECASE,
)

_NEAR = 60  # characters before a body that may say the work goes up to it
_HIGHER_BODIES = re.compile(r"\b(?:các\s+)?sở,\s*(?:ban,\s*)?ngành(?:,\s*địa phương)?|\bcác\s+sở\b", re.IGNORECASE)
_MINISTRIES = re.compile(r"\b(?:các\s+)?bộ,\s*(?:ban,\s*)?ngành(?:\s+trung ương)?", re.IGNORECASE)
_SYSTEMS = r"\b(?:hệ thống|cổng|trung tâm|nền tảng|cơ sở dữ liệu)\b[^.;:()]{{0,70}}?\bcấp {}\b"
_SYSTEMS_OF = {
    PROVINCE: re.compile(_SYSTEMS.format("tỉnh"), re.IGNORECASE),
    DISTRICT: re.compile(_SYSTEMS.format("huyện"), re.IGNORECASE),
}
_NATIONAL = re.compile(
    r"\bvận hành\b[^.;]{0,60}?\b(?P<what>(?:nền tảng|hệ thống|cổng|cơ sở dữ liệu)\b[^.;]{0,50}?\bquốc gia)\b",
    re.IGNORECASE,
)
_DISTRICT_BODIES = re.compile(r"\b(?:Phòng\s[^,.;:]{3,40}?|UBND|Công an|Bảo hiểm xã hội)\s+(?:cấp\s+)?huyện\b")


def other_levels(texts: Sequence[Passage]) -> Iterator[Warned]:
    """Return, by address, what belongs to another level than the group's; nothing where that cannot be told."""
    level = level_of(texts)
    if level is None:
        return
    found: dict[str, list[str]] = {}
    both = {one for one, pattern in _SYSTEMS_OF.items() if any(pattern.search(passage.text) for passage in texts)}
    for passage in texts:
        if passage.kind != "text" or passage.where in {
            f"{COVERING}-{part}" for part in ("head", "basis", "recipients")
        }:
            continue
        for text in _foreign(passage.text, level, both):
            found.setdefault(passage.where, []).append(text)
    vi, en = _NAMES[level]
    for where, named in found.items():
        yield Warned(
            "level_mismatch",
            where,
            Words(
                f"Tổ ở {vi} mà nói tới {shown(named)} của cấp khác, như chép từ nơi khác: đối chiếu thẩm quyền.",
                f"A {en} group, yet it speaks of {shown(named)} of another level, as if copied: check competence.",
            ),
        )


def level_of(texts: Sequence[Passage]) -> str | None:
    """Return the level of the group: of the authority over its title or decision, else the one named most."""
    heads = [passage for passage in texts if passage.where in (TITLE, f"{COVERING}-head")]
    for some in (heads, texts):
        counts = Counter(found[1].lower() for passage in some for found in _OWNER.finditer(passage.text))
        if counts:
            unit = counts.most_common(1)[0][0]
            above = any(re.search(r"\b(?:UBND|Công an) tỉnh\b", passage.text) for passage in texts)
            return DISTRICT if unit == "thành phố" and above else _UNITS[unit]
    return None


def _foreign(text: str, level: str, both: set[str]) -> Iterator[str]:
    if level != PROVINCE:
        yield from _named(_HIGHER_BODIES, text)
        yield from (found["what"] for found in _NATIONAL.finditer(text))
    yield from _named(_MINISTRIES, text)
    for other, pattern in _SYSTEMS_OF.items():
        # a commune works on the province's systems today; beside the district's they show a copied text
        if other != level and (level != COMMUNE or other == DISTRICT or DISTRICT in both):
            yield from (found[0] for found in pattern.finditer(text))
    if level == COMMUNE:
        yield from _named(_DISTRICT_BODIES, text)


def _named(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    for found in pattern.finditer(text):
        if not _UPWARD.search(text[max(0, found.start() - _NEAR) : found.start()]):
            yield found[0]
