"""What no longer stands, or stands at another level: levels of government, units by name and day, legal texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from dean06.papers.proofreading.known import Level, known
from dean06.papers.proofreading.passages import Kind, Passage, Pieces
from dean06.papers.proofreading.remarks import Finding, Remark, Surroundings, days
from dean06.places import service as places
from dean06.places.service import KIND_NAMES, Unit

_UPWARD = re.compile(
    r"(?:báo cáo|trình|đề nghị|kiến nghị|theo|chỉ đạo của|hướng dẫn của|yêu cầu của|gửi|phối hợp với|thực hiện)"
    r"\s+(?:\S+\s+){0,3}$",
    re.IGNORECASE,
)
_PAST_AFTER = re.compile(r"\s*(?:\(?(?:cũ|trước đây|trước sắp xếp|trước khi sắp xếp)\b|,?\s*nay là\b)", re.IGNORECASE)
_PAST_BEFORE = re.compile(r"(?:nguyên là|trước đây là|trước ngày|tiền thân là)\s+(?:\S+\s+){0,3}$", re.IGNORECASE)
_NEAR = 60
_DATED = 130
_GROUND_SCOPE = re.compile(r"trên địa bàn\s+(?:toàn\s+)?(?P<kind>tỉnh|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)\b")
_NAME = re.compile(
    r"(?<!\w)(?P<kind>[Tt]ỉnh|[Hh]uyện|[Qq]uận|[Tt]hị xã|[Tt]hành phố|[Xx]ã|[Pp]hường|[Tt]hị trấn)\s+"
    r"(?P<name>[^\W\d_a-zà-ỹ]\w*(?:[ -][^\W\d_a-zà-ỹ]\w*){0,3})"
)
_REPEALED = re.compile(r"(?:hết hiệu lực|được thay thế|bị bãi bỏ|đã thay thế)", re.IGNORECASE)
_MOST_HEIRS = 6
Span = tuple[int, int]


def standing_remarks(found: Pieces, house: Surroundings) -> Iterator[Remark]:
    """Return what no longer stands on the paper's day, and what is of another level than the house."""
    for passage in found.passages:
        units = list(_units(passage, house))
        yield from (finding.at(passage) for finding, _ in units)
        taken = [span for _, span in units]
        yield from (finding.at(passage) for finding in dict.fromkeys(_levels(passage, house, taken)))
        yield from (finding.at(passage) for finding in _laws(passage, house))


def _cited_then(text: str, at: int, last: date) -> bool:
    """Say whether a name belongs to something dated when it still stood: a decision of 2022 was of a district."""
    before = text[max(0, at - _DATED) : at]
    stop = max(before.rfind(";"), before.rfind(". "))
    dated = [day for end, day in days(before) if end > stop]
    return bool(dated) and dated[-1] <= last


def _past(text: str, start: int, end: int) -> bool:
    return bool(_PAST_AFTER.match(text, end) or _PAST_BEFORE.search(text[max(0, start - _NEAR) : start]))


# ---------------------------------------------------------------- levels


def _levels(passage: Passage, house: Surroundings, taken: list[Span]) -> Iterator[Finding]:
    if not house.level:
        return
    for code, level in known().levels.items():
        if code == house.level:
            continue
        for span, text in _bodies(passage.text, level):
            if any(start < span[1] and span[0] < end for start, end in taken) or _past(passage.text, *span):
                continue
            if level.until is not None and not level.stands(house.on):
                if not _cited_then(passage.text, span[0], level.until):
                    yield _no_level(text, level)
            elif code == "tinh" and passage.kind is Kind.TEXT and not _goes_up(passage.text, span[0]):
                yield _other_level(text, house)
    if passage.kind is Kind.TEXT:
        yield from _ministries(passage.text, house)
        yield from _scope(passage.text, house, taken)


def _bodies(text: str, level: Level) -> Iterator[tuple[Span, str]]:
    seen: list[Span] = []
    for pattern in level.bodies:
        for found in re.finditer(pattern, text, re.IGNORECASE):
            if not any(start < found.end() and found.start() < end for start, end in seen):
                seen.append(found.span())
                yield found.span(), found[0]


def _goes_up(text: str, at: int) -> bool:
    return _UPWARD.search(text[max(0, at - _NEAR) : at]) is not None


def _ministries(text: str, house: Surroundings) -> Iterator[Finding]:
    for pattern in known().ministries:
        for found in re.finditer(pattern, text, re.IGNORECASE):
            if not _goes_up(text, found.start()):
                yield _other_level(found[0], house)


def _scope(text: str, house: Surroundings, taken: list[Span]) -> Iterator[Finding]:
    levels = known().levels
    below = {"tinh": ("huyen", "xa"), "huyen": ("xa",)}.get(house.level, ())
    own = {kind for code in (house.level, *below) for kind in levels[code].kinds}
    for found in _GROUND_SCOPE.finditer(text):
        inside = any(start < found.end() and found.start() < end for start, end in taken)
        spared = inside or _goes_up(text, found.start()) or _past(text, *found.span())
        if found["kind"].lower() not in own and not spared:
            yield _other_level(found[0], house)


def _no_level(text: str, level: Level) -> Finding:
    last = level.until
    day = f"{last + timedelta(days=1):%d/%m/%Y}" if last is not None else ""
    return Finding(
        "wrong_level",
        "must",
        f"nói tới «{text}» nhưng không còn {level.vi} từ {day}",
        f"it speaks of «{text}», yet there is no {level.en} level since {day}",
        "thay bằng cơ quan của xã hoặc tỉnh đang nhận việc đó",
        "name the body of the commune or province that has the work now",
    )


def _other_level(text: str, house: Surroundings) -> Finding:
    own = known().levels[house.level]
    return Finding(
        "wrong_level",
        "should",
        f"văn bản của {own.vi} mà giao việc, nói tới «{text}» của cấp khác",
        f"a paper of the {own.en} level speaks of «{text}» of another level",
        "đối chiếu thẩm quyền, sửa tên cơ quan hoặc phạm vi",
        "check competence; correct the body or the scope",
    )


# ---------------------------------------------------------------- units


def _units(passage: Passage, house: Surroundings) -> Iterator[tuple[Finding, Span]]:
    for found in _NAME.finditer(passage.text):
        gone = _gone(found["kind"].lower(), found["name"], house)
        if gone is None:
            continue
        unit, length = gone
        end = found.start("name") + length
        last = unit.valid_to
        if last is None or _past(passage.text, found.start(), end) or _cited_then(passage.text, found.start(), last):
            continue
        heirs = _heirs(unit, house.on)
        named = ", ".join(heir.full_name for heir in heirs[:_MOST_HEIRS]) or "chưa có trong danh mục"
        yield (
            Finding(
                "unit_not_in_force",
                "must",
                f"«{unit.full_name}» không còn từ {last + timedelta(days=1):%d/%m/%Y}; nay là {named}",
                f"«{unit.full_name}» is no longer there since {last + timedelta(days=1):%d/%m/%Y}; it became {named}",
                "thay bằng tên đơn vị hiện nay, hoặc ghi thêm chữ cũ sau tên",
                "use the name of today, or write that the name is the old one",
            ),
            (found.start(), end),
        )


def _gone(kind: str, name: str, house: Surroundings) -> tuple[Unit, int] | None:
    """Return the unit of the past that a name means, and how many letters of it, where none of today bears the name."""
    words = name.split(" ")
    for count in range(len(words), 0, -1):
        text = " ".join(words[:count])
        units = _bearers().get((kind, text.lower()), ())
        if not units:
            continue
        if any(unit.covers(house.on) and _near(unit, house) for unit in units):
            return None
        past = [unit for unit in units if unit.valid_to is not None and unit.valid_to < house.on]
        ours = [unit for unit in past if _was_near(unit, house)]
        return (ours[-1], len(text)) if ours else None
    return None


def _near(unit: Unit, house: Surroundings) -> bool:
    """Any unit of today that bears the name is meant, unless a commune of a far province bears it by chance."""
    if unit.level == "tinh" or not house.unit:
        return True
    own = {above.code for above in places.ancestors(house.unit, house.on)} | {house.unit}
    theirs = {above.code for above in places.ancestors(unit.code, house.on)} | {unit.code}
    return bool(own & theirs)


def _was_near(unit: Unit, house: Surroundings) -> bool:
    """A commune of the past is meant where it became part of the house's own province: names repeat all over."""
    return unit.level != "xa" or any(_near(heir, house) for heir in _heirs(unit, house.on))


def _heirs(unit: Unit, on: date) -> tuple[Unit, ...]:
    return places.successors(unit.code, unit.valid_from, on)


@lru_cache(maxsize=1)
def _bearers() -> dict[tuple[str, str], tuple[Unit, ...]]:
    """Return every unit of every catalogue under its kind and name, older ones first."""
    found: dict[tuple[str, str], list[Unit]] = {}
    for code in places.known_codes():
        for unit in _history(code):
            found.setdefault((KIND_NAMES[unit.kind], unit.name.lower()), []).append(unit)
    return {key: tuple(sorted(units, key=lambda unit: unit.valid_from)) for key, units in found.items()}


def _history(code: str) -> Iterator[Unit]:
    for day in _catalogue_days():
        unit = places.unit(code, day)
        if unit is not None:
            yield unit


@lru_cache(maxsize=1)
def _catalogue_days() -> tuple[date, ...]:
    """Return one day of each catalogue: today's, and the last day of each unit that ended."""
    last = date.max
    days_found = {last}
    waiting = [last]
    while waiting:
        day = waiting.pop()
        starts = {unit.valid_from for unit in places.catalogue(day)}
        for start in starts:
            before = start - timedelta(days=1)
            if before not in days_found and places.catalogue(before):
                days_found.add(before)
                waiting.append(before)
    return tuple(sorted(days_found))


# ---------------------------------------------------------------- legal texts


def _laws(passage: Passage, house: Surroundings) -> Iterator[Finding]:
    for law in known().legal_texts:
        if house.on < law.ends:
            continue
        found = next((match for pattern in law.cited if (match := re.search(pattern, passage.text))), None)
        if found is None or _REPEALED.search(passage.text[found.end() : found.end() + _DATED]):
            continue
        yield Finding(
            "law_not_in_force",
            "must" if passage.kind is Kind.GROUND else "should",
            f"{law.name} không còn hiệu lực từ {law.ends:%d/%m/%Y}",
            f"{law.name} is no longer in force since {law.ends:%d/%m/%Y}",
            f"dẫn {law.heir}",
            f"cite {law.heir}",
        )
