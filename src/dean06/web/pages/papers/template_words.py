"""The words of a form as fields of a page, and what was typed read back as words: a line is a paragraph.

Sections keep their keys and what they are repeated for; one whose title and lines were emptied is left out, a new one
may follow at the end, and one may be moved up or down among those beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from dean06.papers.errors import Fault
from dean06.papers.service import forms
from dean06.papers.types import FactRule, FactType, Form, IssuingHouse, PartWords, Template
from dean06.web.language import current_language, words
from dean06.web.pages.slips import Misfilled, Slip

ABSTRACT, GROUNDS, LINES, CLOSING, NEW = "trich-yeu", "can-cu", "mo-dau", "loi-ket", "muc-moi"
PART, ATTACHED = "muc-", "kem-"
ORDER, MOVE, UP, DOWN = "thu-tu", "chuyen", "len", "xuong"
TITLE, TEXT = "-ten", "-chu"
# Where the checker of words finds a fault, by the field in which it stands.
PLACES = {"trích yếu": ABSTRACT, "căn cứ": GROUNDS, "phần mở đầu": LINES, "lời kết": CLOSING}
HOUSE = {
    "issuer": ("nơi ban hành, như trong câu", "whoever issues it, within a sentence"),
    "body": ("tổ công tác, gọi gọn", "the group, in short"),
    "group": ("tên đầy đủ của tổ", "the group's full name"),
    "territory": ("địa bàn", "the territory"),
    "superior": ("cơ quan cấp trên", "the authority above"),
    "head": ("chức danh người đứng đầu", "the leader's title"),
    "standing": ("cơ quan thường trực", "the standing agency"),
    "charter": ("tên quy chế", "the charter's title"),
}

__all__ = ["MOVE", "ORDER", "Box", "Usable", "boxes", "moved", "order", "ordered", "read", "slips", "typed", "usable"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A field of the editor: one line or several.

    `note` says what its section is repeated for; `up` and `down` are what moves the section, empty where it cannot go.
    """

    id: str
    label: str
    value: str
    note: str = ""
    depth: int = 0
    many: bool = True
    key: str = ""
    up: str = ""
    down: str = ""

    @property
    def rows(self) -> int:
        """How many lines it shows."""
        return max(2, min(10, 1 + self.value.count("\n") + len(self.value) // 90))


@dataclass(frozen=True, slots=True, kw_only=True)
class Usable:
    """A placeholder that a line may use, what it stands for, and whether the words must use it."""

    name: str
    label: str
    required: bool = False


def typed(template: Template) -> dict[str, str]:
    """Return words as a person would type them, by the names of their fields."""
    made = {
        ABSTRACT: template.abstract,
        GROUNDS: "\n".join(template.grounds),
        LINES: "\n".join(template.lines),
        CLOSING: template.closing,
    }
    made |= _typed_parts(template.parts)
    for at, each in enumerate(template.attachments, start=1):
        name = f"{ATTACHED}{at}"
        made |= {
            f"{name}{TITLE}": each.title,
            f"{name}-yeu": each.abstract,
            f"{name}{TEXT}": "\n".join(each.lines),
        }
        made |= _typed_parts(each.parts)
    return made


def _typed_parts(parts: Iterable[PartWords]) -> dict[str, str]:
    made: dict[str, str] = {}
    for part in parts:
        made |= {f"{PART}{part.key}{TITLE}": part.title, f"{PART}{part.key}{TEXT}": "\n".join(part.lines)}
        made |= _typed_parts(part.parts)
    return made


def boxes(form: Form, template: Template, shown: Mapping[str, str]) -> tuple[Box, ...]:
    """Return the fields of the editor in the order of the paper, with what is in them."""
    return tuple(_boxes(form, template, shown))


def _boxes(form: Form, template: Template, shown: Mapping[str, str]) -> Iterator[Box]:
    def box(name: str, vi: str, en: str, *, many: bool = True) -> Box:
        return Box(id=name, label=words(vi, en), value=shown.get(name, ""), many=many)

    yield box(ABSTRACT, "Trích yếu", "Abstract", many=False)
    yield box(GROUNDS, "Căn cứ", "Grounds")
    yield box(LINES, "Phần mở đầu", "Opening")
    yield from _part_boxes(form, template.parts, shown, "", 1)
    yield box(f"{NEW}{TITLE}", "Thêm một mục ở cuối: tiêu đề", "Another section at the end: heading", many=False)
    yield box(f"{NEW}{TEXT}", "Thêm một mục ở cuối: nội dung", "Another section at the end: text")
    yield box(CLOSING, "Lời kết", "Closing words")
    for at, each in enumerate(template.attachments, start=1):
        name = f"{ATTACHED}{at}"
        yield box(f"{name}{TITLE}", f"Phần kèm theo {at}: tên", f"Attachment {at}: title", many=False)
        yield box(f"{name}-yeu", f"Phần kèm theo {at}: trích yếu", f"Attachment {at}: abstract", many=False)
        if each.articles:
            label = form.fact(each.articles).label
            note = words(f"toàn văn lấy từ thông tin «{label}»", f"its text is the fact “{label}”")
            yield Box(
                id=f"{name}{TEXT}", label=words("Lời dẫn", "Lines"), value=shown.get(f"{name}{TEXT}", ""), note=note
            )
        else:
            yield box(f"{name}{TEXT}", f"Phần kèm theo {at}: nội dung", f"Attachment {at}: text")
        yield from _part_boxes(form, each.parts, shown, f"{at}.", 1)


def _part_boxes(
    form: Form, parts: Iterable[PartWords], shown: Mapping[str, str], above: str, depth: int
) -> Iterator[Box]:
    listed = tuple(parts)
    for at, part in enumerate(listed, start=1):
        place, name = f"{above}{at}", f"{PART}{part.key}"
        note = ""
        if part.each:
            label = form.fact(part.each).label
            note = words(
                f"lặp lại cho mỗi dòng của «{label}»; {{item}} là dòng ấy",
                f"once for each line of “{label}”; {{item}} is that line",
            )
        title = words(f"Mục {place}: tiêu đề", f"Section {place}: heading")
        text = words(f"Mục {place}: nội dung", f"Section {place}: text")
        yield Box(
            id=f"{name}{TITLE}",
            label=title,
            value=shown.get(f"{name}{TITLE}", ""),
            note=note,
            depth=depth,
            many=False,
            key=part.key,
            up=f"{UP}:{part.key}" if at > 1 else "",
            down=f"{DOWN}:{part.key}" if at < len(listed) else "",
        )
        yield Box(id=f"{name}{TEXT}", label=text, value=shown.get(f"{name}{TEXT}", ""), depth=depth)
        yield from _part_boxes(form, part.parts, shown, f"{place}.", depth + 1)


def order(template: Template) -> str:
    """Return the keys of all sections as they stand, for the field of the page that keeps their order."""
    return " ".join(name[len(PART) : -len(TITLE)] for name in typed(template) if _heads_a_part(name))


def _heads_a_part(name: str) -> bool:
    return name.startswith(PART) and name.endswith(TITLE)


def ordered(template: Template, keys: str) -> Template:
    """Return words whose sections stand, in the order of the keys, each among those beside it."""
    places = {key: at for at, key in enumerate(keys.split())}
    if not places:
        return template

    def sorted_(parts: tuple[PartWords, ...]) -> tuple[PartWords, ...]:
        stand = sorted(parts, key=lambda part: places.get(part.key, len(places)))
        return tuple(part.model_copy(update={"parts": sorted_(part.parts)}) for part in stand)

    return _with_parts(template, sorted_)


def moved(template: Template, way: str) -> Template:
    """Return words in which one section changed places with the one before or after it: `len:key` or `xuong:key`."""
    step, _, key = way.partition(":")

    def swapped(parts: tuple[PartWords, ...]) -> tuple[PartWords, ...]:
        stand = [part.model_copy(update={"parts": swapped(part.parts)}) for part in parts]
        at = next((place for place, part in enumerate(stand) if part.key == key), None)
        to = None if at is None else at - 1 if step == UP else at + 1
        if at is not None and to is not None and 0 <= to < len(stand):
            stand[at], stand[to] = stand[to], stand[at]
        return tuple(stand)

    return _with_parts(template, swapped)


def _with_parts(template: Template, change: Callable[[tuple[PartWords, ...]], tuple[PartWords, ...]]) -> Template:
    behind = tuple(each.model_copy(update={"parts": change(each.parts)}) for each in template.attachments)
    return template.model_copy(update={"parts": change(template.parts), "attachments": behind})


def read(template: Template, post: Mapping[str, str]) -> Template:
    """Return what was typed as words, in the structure of the words that were shown."""
    if not _line(post, ABSTRACT):
        raise Misfilled(ABSTRACT, "Trích yếu: ghi câu trích yếu.", "Abstract: write it.")
    parts = [*_read_parts(template.parts, post), *_added(template, post)]
    attachments = []
    for at, each in enumerate(template.attachments, start=1):
        name = f"{ATTACHED}{at}"
        if not _line(post, f"{name}{TITLE}"):
            raise Misfilled(f"{name}{TITLE}", f"Phần kèm theo {at}: ghi tên.", f"Attachment {at}: write its title.")
        changed = {
            "title": _line(post, f"{name}{TITLE}"),
            "abstract": _line(post, f"{name}-yeu"),
            "lines": _lines(post, f"{name}{TEXT}"),
            "parts": tuple(_read_parts(each.parts, post)),
        }
        attachments.append(each.model_copy(update=changed))
    return forms.read_template(
        {
            "abstract": _line(post, ABSTRACT),
            "grounds": _lines(post, GROUNDS),
            "lines": _lines(post, LINES),
            "parts": [part.model_dump() for part in parts],
            "closing": _line(post, CLOSING),
            "attachments": [each.model_dump() for each in attachments],
        }
    )


def _read_parts(parts: Iterable[PartWords], post: Mapping[str, str]) -> Iterator[PartWords]:
    for part in parts:
        name = f"{PART}{part.key}"
        title, lines = _line(post, f"{name}{TITLE}"), _lines(post, f"{name}{TEXT}")
        below = tuple(_read_parts(part.parts, post))
        if title or lines or below:
            yield part.model_copy(update={"title": title, "lines": lines, "parts": below})


def _added(template: Template, post: Mapping[str, str]) -> Iterator[PartWords]:
    title, lines = _line(post, f"{NEW}{TITLE}"), _lines(post, f"{NEW}{TEXT}")
    if title or lines:
        taken = {name[len(PART) : -len(TITLE)] for name in typed(template) if name.startswith(PART)}
        key = next(name for name in (f"them-{at}" for at in range(1, len(taken) + 2)) if name not in taken)
        yield PartWords(key=key, title=title, lines=lines)


def _line(post: Mapping[str, str], name: str) -> str:
    return " ".join(str(post.get(name, "")).split())


def _lines(post: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in str(post.get(name, "")).splitlines() if line.strip())


def slips(faults: Iterable[Fault], shown: Iterable[Box]) -> tuple[Slip, ...]:
    """Return what is wrong with words, each leading to its field under the name that the page gives it."""
    labels = {box.id: box.label for box in shown}
    return tuple(_slip(fault, labels) for fault in faults)


def _slip(fault: Fault, labels: Mapping[str, str]) -> Slip:
    field = PLACES.get(fault.at, "")
    if fault.at.startswith("mục "):
        field = f"{PART}{fault.at.removeprefix('mục ')}{TEXT}"
    elif fault.at.startswith("phần kèm theo "):
        field = f"{ATTACHED}{fault.at.removeprefix('phần kèm theo ')}{TEXT}"
    said = fault.vi if current_language() == "vi" else fault.en
    told = said.removeprefix(f"{fault.at}: ")
    if field not in labels:
        return Slip(text=f"{told[:1].upper()}{told[1:]}.", field=LINES)
    return Slip(text=f"{labels[field].partition(':')[0]}: {told}.", field=field)


def usable(form: Form, house: IssuingHouse | None) -> tuple[Usable, ...]:
    """Return the placeholders that the words of a form may use: its facts, their parts, and names of the house."""
    facts = [one for rule in form.facts for one in _of_fact(rule)]
    named = house.named() if house else {}
    around = [
        Usable(name=f"{{{name}}}", label=f"{words(*said)}: {named[name]}" if name in named else words(*said))
        for name, said in HOUSE.items()
    ]
    return (*facts, *around)


def _of_fact(rule: FactRule) -> Iterator[Usable]:
    if rule.type is FactType.ARTICLES:
        return
    yield Usable(name=f"{{{rule.code}}}", label=rule.label, required=rule.required)
    if rule.type is FactType.PERSON:
        yield Usable(name=f"{{{rule.code}.name}}", label=words(f"{rule.label}: họ tên", f"{rule.label}: name"))
        yield Usable(name=f"{{{rule.code}.title}}", label=words(f"{rule.label}: chức vụ", f"{rule.label}: title"))
