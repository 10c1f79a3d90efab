"""What a draft is begun from: a template's head filled in with the group's own names, and what is still the template's.

A template names bodies by the kind of their unit alone («Công an xã»); the group's unit, and the province it lies in,
complete them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache

from dean06.adoption.service import DraftInfo
from dean06.charter import service as charters
from dean06.charter.service import Advice
from dean06.clock.errors import BadInput
from dean06.flows.draft_values import items, mapping
from dean06.offices.types import GroupInfo
from dean06.places import service as places
from dean06.places.types import Unit

TEMPLATE = "template"
HEAD = "charter.yaml"
_GENERIC = re.compile(
    r"(?P<body>nhân dân|UBND|HĐND|Đảng ủy|Tỉnh ủy|Công an|Trạm Y tế) (?P<kind>xã|tỉnh)(?!\w)(?! [A-ZĐÀ-Ỹ])"
)
_LEVEL_OF = {"xã": "xa", "tỉnh": "tinh"}
_NAMED = ("roles", "agencies", "seals", "distribution")
_MINE = ("instrument", "body")

__all__ = ["HEAD", "demand_own_words", "from_template", "still_the_template_s"]


def from_template(
    group: GroupInfo, head: Mapping[str, object], mine: Mapping[str, object], on: date
) -> dict[str, object]:
    """Return a template's head as the group's own.

    Title, body and instrument come from the text in force (`mine`), and the posts, names and seals of the roles and
    agencies that both know, where both are of one level of government; the other names are completed with the unit's.
    """
    made = dict(head) | {key: mine[key] for key in _MINE} | {"kind": "regulation"}
    made["title"] = _title(group, str(mine["title"]) if mine["level"] == group.level else "")
    made["notes"] = [note for note in items(head.get("notes")) if mapping(note).get("where")]
    if group.level == head["level"]:
        named = {key: head.get(key) for key in _NAMED}
        if mine["level"] == head["level"] and mine["kind"] != TEMPLATE and not _is_template_s(str(mine["title"])):
            for key in ("roles", "agencies", "seals"):
                own = mapping(mine.get(key))
                named[key] = {code: own.get(code, value) for code, value in mapping(named[key]).items()}
        made |= {key: _filled(group, value, on) for key, value in named.items()}
    agencies = mapping(made["agencies"])
    wanted = {str(mapping(role).get("agency") or "") for role in mapping(made["roles"]).values()}
    wanted.add(str(mapping(mapping(made["instrument"]).get("issuer")).get("agency") or ""))
    lent = {code: value for code, value in mapping(mine["agencies"]).items() if code in wanted - set(agencies)}
    return made | {"agencies": {**agencies, **lent}}


def _title(group: GroupInfo, title: str) -> str:
    return f"Quy chế tổ chức và hoạt động của {group.name}"[:300] if not title or _is_template_s(title) else title


def _is_template_s(title: str) -> bool:
    return title.casefold().startswith("mẫu ") or title in {head["title"] for head in _templates()}


@lru_cache(maxsize=1)
def _templates() -> tuple[Mapping[str, object], ...]:
    """Return the heads of the shipped templates."""
    loaded = (charters.load(name) for name in charters.packages())
    return tuple(mapping(charters.sources_of(one)[HEAD]) for one in loaded if one.kind == TEMPLATE)


def _units(group: GroupInfo, on: date) -> dict[str, Unit]:
    """Return the group's own unit and those above it by level."""
    own = places.unit(group.unit_code, on) or places.unit(group.unit_code, group.unit_on)
    if own is None:
        return {}
    above = places.ancestors(own.code, on if places.unit(own.code, on) else group.unit_on)
    return {unit.level: unit for unit in (own, *above)}


def _filled(group: GroupInfo, value: object, on: date) -> object:
    units = _units(group, on)

    def named(found: re.Match[str]) -> str:
        unit = units.get(_LEVEL_OF[found["kind"]])
        return f"{found['body']} {unit.full_name}" if unit else found[0]

    def fill(one: object, key: str = "") -> object:
        if isinstance(one, Mapping):
            return {inner: fill(part, inner) for inner, part in one.items()}
        if isinstance(one, list):
            return [fill(part) for part in one]
        return _GENERIC.sub(named, one) if isinstance(one, str) and key != "short" else one

    return fill(value)


def still_the_template_s(draft: DraftInfo) -> tuple[Advice, ...]:
    """Return what a new text still has from its template and must be changed before anybody adopts it."""
    head = draft.files.get(HEAD)
    if draft.base_hash or not isinstance(head, Mapping):
        return ()
    return tuple(_left(head))


def demand_own_words(draft: DraftInfo) -> None:
    """Refuse a new text that still has from its template what must be its own; the first such place is named."""
    for one in still_the_template_s(draft):
        raise BadInput(one.vi, one.en)


def _left(head: Mapping[str, object]) -> Iterator[Advice]:
    title = str(head.get("title", ""))
    if _is_template_s(title):
        yield Advice(
            code="template_title",
            where="title",
            vi=f"Tên «{title}» còn là tên của mẫu: ghi tên quy chế của tổ.",
            en=f"The title {title!r} is still the template's: give the charter its own.",
        )
    generic = {
        (code, str(mapping(agency).get("name")))
        for template in _templates()
        for code, agency in mapping(template["agencies"]).items()
        if _GENERIC.search(str(mapping(agency).get("name")))
    }
    for code, agency in mapping(head.get("agencies")).items():
        name = str(mapping(agency).get("name", ""))
        if (code, name) in generic:
            yield Advice(
                code="template_agency",
                where=code,
                vi=f"Cơ quan «{name}» còn là tên chung của mẫu: ghi tên của địa bàn mình.",
                en=f"The agency {name!r} still bears the template's general name: name the real one.",
            )
