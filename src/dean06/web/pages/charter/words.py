"""A draft in words: a norm as a sentence with what sets it apart, and the place of a fault as a person would say it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from dean06.adoption.service import DraftInfo
from dean06.charter import service as charters
from dean06.charter.errors import Fault
from dean06.charter.types import Citation
from dean06.flows import chartering
from dean06.flows.draft_values import listed, mapping, rows
from dean06.web.language import current_language, words
from dean06.web.pages.charter.forms import Plain
from dean06.web.pages.charter.norm_values import conditions
from dean06.web.pages.charter.picks import EVENTS, fact_words, party_words
from dean06.web.reader import Reader

TYPES = {
    "duty": ("nghĩa vụ", "duty"),
    "power": ("quyền", "power"),
    "prohibition": ("cấm", "prohibition"),
    "procedure": ("trình tự", "procedure"),
    "entitlement": ("được hưởng", "entitlement"),
    "status": ("vị trí, trách nhiệm", "status"),
    "constitutive": ("quy định chung", "constitutive"),
}
FIELDS = {
    "key": ("khóa", "key"),
    "cite": ("điều khoản", "clause"),
    "type": ("loại", "type"),
    "bearer": ("ai", "who"),
    "action": ("làm việc gì", "act"),
    "when": ("điều kiện", "conditions"),
    "deadline": ("hạn", "deadline"),
    "recipients": ("nơi nhận", "recipients"),
    "via": ("gửi qua", "via"),
    "sign_form": ("thể thức ký", "sign form"),
    "on_behalf_of": ("ký thay cho", "on behalf of"),
    "delegate": ("ủy quyền cho", "delegate"),
    "seal": ("con dấu", "seal"),
    "seal_by": ("dấu theo quy phạm", "seal by norm"),
    "fulfilled_by": ("hoàn thành khi", "fulfilled when"),
    "documents": ("loại văn bản", "documents"),
    "meetings": ("loại cuộc họp", "meetings"),
    "systems": ("hệ thống", "systems"),
    "coordinators": ("phối hợp", "coordinators"),
    "evidence": ("chứng cứ đã làm", "evidence"),
    "gaps": ("điểm để ngỏ", "gaps"),
    "blocks": ("đứng trước việc", "stands before"),
    "extends_to": ("gồm cả việc", "includes"),
    "source": ("nguồn", "source"),
}
_STEP = re.compile(r"(?P<name>[^.\[\]]+)|\[(?P<place>\d+)\]")

__all__ = ["FIELDS", "TYPES", "FaultLine", "Place", "clause_words", "deadline_words", "fault_lines", "norm_words"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something is wrong, in words, and the form that mends it."""

    text: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultLine:
    """One thing that is wrong, told once, with every place of it."""

    text: str
    places: tuple[Place, ...]


def clause_words(dotted: str) -> str:
    """Name a clause: `Điều 8 khoản 1`."""
    return charters.clause_label(Citation.parse(dotted), current_language()) if dotted else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def deadline_words(norm: Plain) -> str:
    """Say when a norm falls due, empty where it does not say."""
    deadline = norm.get("deadline")
    form = {"form": deadline} if isinstance(deadline, str) else mapping(deadline)
    if not form.get("form") or form["form"] == "none":
        return ""
    day = form.get("day")
    said = charters.deadline_text(str(form["form"]), day if isinstance(day, int) else None, current_language())
    event = str(form.get("event") or "")
    return f"{said}: {words(*EVENTS[event])}" if event in EVENTS else said


def norm_words(head: Plain, norm: Plain) -> str:
    """Say a norm: who does what, and what sets it apart from another of the same clause."""
    known = charters.vocabulary()
    who = ", ".join(party_words(head, str(one)) for one in listed(norm.get("bearer")))
    action = known.actions.get(str(norm.get("action") or ""))
    what = words(action.name.vi, action.name.en) if action else words(*TYPES.get(str(norm.get("type")), ("", "")))
    apart = [
        *(known.meeting_kinds.get(str(one), str(one)) for one in listed(norm.get("meetings"))),
        *(known.document_kinds.get(str(one), str(one)) for one in listed(norm.get("documents"))),
        deadline_words(norm),
        *(fact_words(name) for name, _ in conditions(norm)),
    ]
    said = "; ".join(one[:1].lower() + one[1:] for one in apart if one)
    return f"{who}: {what}" * bool(who) + what * (not who) + (f" ({said})" if said else "")


def _steps(path: str) -> list[str | int]:
    bare = path.partition(" (")[0]
    return [int(step["place"]) if step["place"] else step["name"] for step in _STEP.finditer(bare)]


def _place(reader: Reader, draft: DraftInfo, fault: Fault) -> Place:
    steps, value = _steps(fault.path), mapping(draft.files.get(fault.file))
    if fault.file == chartering.HEAD or not value:
        return _in_head(reader, draft, steps)
    label = clause_words(str(value.get("article") or ""))
    page = reader.url("charter-draft-article", draft.id, fault.file)
    match steps:
        case ["norms", int(number), *inner]:
            return _in_norm(reader, draft, fault.file, number, inner)
        case ["clauses", int(at), *inner]:
            clause = dict(enumerate(rows(value.get("clauses")))).get(at, {})
            point = inner[1] if inner[:1] == ["points"] and len(inner) > 1 else None
            field = inner[-1] if inner and isinstance(inner[-1], str) and inner[-1] != "points" else "label"
            row = f"k{at}" if point is None else f"k{at}-d{point}"
            return Place(text=f"{label} {words('khoản', 'clause')} {clause.get('label')}", href=f"{page}#{row}-{field}")
        case ["heading"]:
            return Place(text=label, href=f"{page}#heading")
        case _:
            pass
    return Place(text=label or fault.file, href=page)


def _in_head(reader: Reader, draft: DraftInfo, steps: list[str | int]) -> Place:
    page = reader.url("charter-draft-head", draft.id)
    match steps:
        case ["roles" | "agencies" as table, str(code), *rest]:
            field = str(rest[0]) if rest else ("title" if table == "roles" else "name")
            name = party_words(mapping(draft.files.get(chartering.HEAD)), code)
            return Place(text=name, href=f"{page}#{'vai' if table == 'roles' else 'cq'}-{code}-{field}")
        case ["title"]:
            return Place(text=words("Tên quy chế", "Title"), href=f"{page}#title")
        case _:
            pass
    return Place(text=words("Phần đầu của quy chế", "The head of the charter"), href=f"{page}#yaml")


def _in_norm(reader: Reader, draft: DraftInfo, file: str, number: int, inner: list[str | int]) -> Place:
    head, article = (mapping(draft.files.get(name)) for name in (chartering.HEAD, file))
    norm = dict(enumerate(rows(article.get("norms")))).get(number, {})
    field = str(inner[0]) if inner else ""
    cite = str(norm.get("cite") or article.get("article") or "")
    where = words(
        f"{clause_words(cite)}, quy phạm «{norm_words(head, norm)}»",
        f"{clause_words(cite)}, norm {norm_words(head, norm)!r}",
    )
    if field in FIELDS:
        where += f", {words('mục', 'entry')} «{words(*FIELDS[field])}»"
    page = reader.url("charter-draft-norm", draft.id, file, str(number))
    return Place(text=_capital(where), href=f"{page}#{field}" if field in FIELDS else page)


def fault_lines(reader: Reader, draft: DraftInfo, faults: Iterable[Fault]) -> list[FaultLine]:
    """Return what is wrong, each thing once with all its places, each place leading to its form."""
    told: dict[str, dict[str, Place]] = {}
    for fault in faults:
        place = _place(reader, draft, fault)
        told.setdefault(words(fault.vi, fault.en), {}).setdefault(place.text, place)
    return [FaultLine(text=text, places=tuple(places.values())) for text, places in told.items()]
