"""What differs between two charters, in words: fields, values, and the effect on those who act."""

from __future__ import annotations

from collections.abc import Mapping

from dean06.charter.changes import (
    CHANGED,
    GAINED,
    LOST,
    MOVED,
    ONLY_A,
    ONLY_B,
    Comparison,
    EffectChange,
    FieldChange,
    TextChange,
)
from dean06.charter.norms import Norm, Words
from dean06.charter.types import OWN_AGENCY, Charter
from dean06.charter.vocabulary import vocabulary
from dean06.charter.wording import ASIDE, agency_name, party_name

NOTHING = Words("không nêu", "not stated")
FIELDS = {
    "cite": Words("vị trí", "place"),
    "type": Words("loại quy phạm", "type"),
    "action": Words("hành vi", "act"),
    "bearers": Words("ai làm", "bearer"),
    "when": Words("điều kiện", "condition"),
    "conditions": Words("điều kiện", "condition"),
    "systems": Words("hệ thống", "systems"),
    "joined_with": Words("nối với", "joined with"),
    "documents": Words("loại văn bản", "documents"),
    "meetings": Words("loại cuộc họp", "meetings"),
    "coordinators": Words("phối hợp", "coordinators"),
    "on_behalf_of": Words("ký cho", "on behalf of"),
    "delegate": Words("ủy quyền cho", "delegate"),
    "sign_form": Words("thể thức ký", "sign form"),
    "seal": Words("con dấu", "seal"),
    "deadline": Words("hạn", "deadline"),
    "recipients": Words("nơi nhận", "recipients"),
    "via": Words("gửi qua", "via"),
    "after": Words("sau khi", "after"),
    "until": Words("tới khi", "until"),
    "blocks": Words("đứng trước việc", "stands before"),
    "extends_to": Words("gồm cả", "extends to"),
    "fulfilled_by": Words("xong khi", "fulfilled by"),
    "evidence": Words("chứng cứ", "evidence"),
    "enforcement": Words("cách kiểm", "enforcement"),
    "testable": Words("đo được", "testable"),
    "dormant": Words("đã khép", "dormant"),
    "gaps": Words("điểm để ngỏ", "gaps"),
    "reading": Words("cách hiểu", "reading"),
}
KINDS = {
    "power": Words("Quyền", "Powers"),
    "duty": Words("Nghĩa vụ", "Duties"),
    "prohibition": Words("Điều cấm", "Prohibitions"),
    "condition": Words("Trình tự phải qua", "Procedures to go through"),
    "block": Words("Việc phải làm trước", "What must come first"),
    "seal": Words("Con dấu", "Seals"),
    "status": Words("Tư cách, trách nhiệm chung", "Standing and general responsibility"),
}
CHANGES = {
    (GAINED, "power"): Words("thêm quyền", "gains the power to"),
    (LOST, "power"): Words("mất quyền", "loses the power to"),
    (GAINED, "duty"): Words("thêm nghĩa vụ", "gains the duty to"),
    (LOST, "duty"): Words("hết nghĩa vụ", "no longer has the duty to"),
    (GAINED, "prohibition"): Words("bị cấm", "is forbidden to"),
    (LOST, "prohibition"): Words("không còn bị cấm", "is no longer forbidden to"),
    (GAINED, "condition"): Words("phải qua trình tự", "goes through a procedure to"),
    (LOST, "condition"): Words("không còn phải qua trình tự", "no longer goes through a procedure to"),
    (GAINED, "block"): Words("phải làm việc khác trước", "has to do something else first to"),
    (LOST, "block"): Words("không còn phải làm việc khác trước", "no longer has to do something else first to"),
    (GAINED, "seal"): Words("được giao con dấu", "is given a seal"),
    (LOST, "seal"): Words("không còn con dấu", "no longer has a seal"),
    (GAINED, "status"): Words("thêm tư cách", "gains the standing to"),
    (LOST, "status"): Words("hết tư cách", "no longer has the standing to"),
}
PROHIBITION = "prohibition"
WAYS = {
    "extended": Words("khi người kia vắng mặt", "in the other's absence"),
    "presupposed": Words("trực tiếp", "in person"),
    "delegated": Words("khi được ủy quyền", "under a delegation"),
}
ENFORCEMENT = {
    "block": Words("không cho làm", "blocks"),
    "warn": Words("nhắc, làm tiếp nếu ghi lý do", "warns"),
    "record": Words("chỉ ghi lại", "records"),
}
TYPES = {
    "power": Words("thẩm quyền", "power"),
    "duty": Words("nghĩa vụ", "duty"),
    "prohibition": Words("điều cấm", "prohibition"),
    "procedure": Words("trình tự", "procedure"),
    "constitutive": Words("quy định nền", "constitutive rule"),
    "entitlement": Words("quyền được hưởng", "entitlement"),
    "status": Words("tư cách", "status"),
}
DEADLINES = {
    "none": Words("không có mốc", "no bound"),
    "continuing": Words("thường xuyên", "continuing"),
    "each_event": Words("mỗi lần phát sinh", "at each event"),
    "before_event": Words("trước khi việc diễn ra", "before the event"),
    "every_month": Words("hằng tháng", "every month"),
    "every_month_before_day": Words("trước ngày {day} hằng tháng", "before day {day} of every month"),
    "every_half_year": Words("sáu tháng một lần", "every half-year"),
    "every_year": Words("hằng năm", "every year"),
    "task_due": Words("theo hạn của nhiệm vụ", "by the task's bound"),
    "timely": Words("kịp thời, không ghi số ngày", "timely, no number of days"),
    "as_regulated": Words("theo quy định khác", "as regulated elsewhere"),
}
TEXT = {
    ONLY_A: Words("bỏ", "removed"),
    ONLY_B: Words("thêm", "added"),
    CHANGED: Words("đổi lời", "reworded"),
    MOVED: Words("dời chỗ", "moved"),
}
PARTIES = {"bearers", "recipients", "via", "on_behalf_of", "delegate", "coordinators", "seal"}
SYSTEMS = {"systems", "joined_with"}
ACTIONS = {"action", "blocks", "extends_to"}
FACTS = {"when", "conditions", "fulfilled_by", "until"}


def pick(said: Words, language: str) -> str:
    """Return one of two languages."""
    return said.en if language == "en" else said.vi


def field_name(field: str, language: str = "vi") -> str:
    """Name a field of a norm."""
    return pick(FIELDS[field], language) if field in FIELDS else field


def type_name(norm_type: str, language: str = "vi") -> str:
    """Name a type of norm."""
    return pick(TYPES[norm_type], language) if norm_type in TYPES else norm_type


def enforcement_name(enforcement: str, language: str = "vi") -> str:
    """Say what the system does where a norm is not kept."""
    return pick(ENFORCEMENT[enforcement], language) if enforcement in ENFORCEMENT else enforcement


def deadline_text(form: str, day: int | None = None, language: str = "vi") -> str:
    """Say when a duty falls due."""
    return pick(DEADLINES[form], language).format(day=day) if form in DEADLINES else form


def action_name(action: str, language: str = "vi") -> str:
    """Name an action."""
    word = vocabulary().actions.get(action)
    return pick(word.name, language) if word else action


def norm_act(norm: Norm, language: str = "vi") -> str:
    """Name the act of a norm: what it forbids where it is a prohibition; empty where it has none."""
    if norm.action is None:
        return ""
    word = vocabulary().actions.get(norm.action)
    if word is None or norm.type != PROHIBITION:
        return action_name(norm.action, language)
    told = pick(word.forbidden, language)
    return told[:1].upper() + told[1:]


def value_text(charter: Charter, field: str, value: object, language: str = "vi") -> str:
    """Say a plain value of a field in words."""
    if _says_nothing(value):
        return pick(NOTHING, language)
    if isinstance(value, bool):
        return pick(Words("có", "yes") if value else Words("không", "no"), language)
    if isinstance(value, Mapping):
        return _mapping(value, language)
    if isinstance(value, list):
        return _many(charter, field, value, language)
    return _word(charter, field, str(value), language)


def _says_nothing(value: object) -> bool:
    return value is None or value in ([], "")


def _mapping(value: Mapping[str, object], language: str) -> str:
    if "form" in value:
        day = value.get("day")
        return deadline_text(str(value["form"]), day if isinstance(day, int) else None, language)
    return str(value.get(language) or value.get("vi") or "")


def _many(charter: Charter, field: str, values: list[object], language: str) -> str:
    """Join the values of a list; of alternatives, those that say nothing are left out."""
    if field in FACTS:
        return _conditions(charter, values, language)
    told = [value_text(charter, field, value, language) for value in values if not _says_nothing(value)]
    nested = any(isinstance(value, (list, Mapping)) for value in values)
    return (" · " if nested else ", ").join(dict.fromkeys(told))


def _conditions(charter: Charter, values: list[object], language: str) -> str:
    if all(isinstance(value, str) for value in values):
        either = " or " if language == "en" else " hoặc "
        return either.join(_word(charter, "when", str(value), language) for value in values)
    told = [_conditions(charter, value, language) for value in values if isinstance(value, list) and value]
    deep = any(isinstance(value, list) and any(isinstance(one, list) for one in value) for value in values)
    return (" · " if deep else "; ").join(told)


def _word(charter: Charter, field: str, value: str, language: str) -> str:
    words = vocabulary()
    if field == "seal" and value == OWN_AGENCY:
        return pick(Words("cơ quan của người ký", "the signer's own agency"), language)
    if field in PARTIES:
        known = value in charter.agencies and value not in charter.roles
        return agency_name(charter, value, language) if known else party_name(charter, value, language)
    if field in SYSTEMS and value in words.systems:
        return pick(words.systems[value], language)
    if field in FACTS and value.removeprefix("!") in words.facts:
        return fact_text(value, language)
    return action_name(value, language) if field in ACTIONS else _coded(field, value, language)


def fact_text(name: str, language: str = "vi") -> str:
    """Say a fact that must be established, or, with a mark before it, must not."""
    fact, negated = vocabulary().facts[name.removeprefix("!")], name.startswith("!")
    if language == "en":
        return f"not: {fact.en}" if negated else fact.en
    return (fact.if_false if negated else fact.if_true).removesuffix(".")


def _coded(field: str, value: str, language: str) -> str:
    words = vocabulary()
    if field == "gaps" and value in words.gaps:
        return pick(words.gaps[value], language)
    if field == "enforcement":
        return enforcement_name(value, language)
    if field == "type":
        return type_name(value, language)
    if language != "en":
        named = {
            "sign_form": words.sign_forms,
            "documents": words.document_kinds,
            "meetings": words.meeting_kinds,
            "evidence": words.evidence,
        }
        return named.get(field, {}).get(value, value)
    return value.replace("_", " ")


def field_text(a: Charter, b: Charter, change: FieldChange, language: str = "vi") -> str:
    """Say a changed field as `hạn: hằng tháng → trước ngày 12 hằng tháng`."""
    name = field_name(change.field, language)
    before = value_text(a, change.field, change.a, language)
    return f"{name}: {before} → {value_text(b, change.field, change.b, language)}"


def effect_text(a: Charter, b: Charter, effect: EffectChange, language: str = "vi") -> str:
    """Say an effect in one line: who, gains or loses or on what other terms, which act."""
    side = a if effect.change == LOST else b
    who = ", ".join(party_name(side, party, language) for party in effect.parties)
    verb = CHANGES.get((effect.change, effect.kind))
    if verb is not None:
        act = "" if effect.kind == "seal" else f" {_act(effect, language)}"  # the act is to use the seal just named
        return f"{who}: {pick(verb, language)}{act}"
    changed = FieldChange(effect.change, effect.a, effect.b)
    return f"{who}: {_act(effect, language)}; {field_text(a, b, changed, language)}"


def _act(effect: EffectChange, language: str) -> str:
    """Name the act with what it is done to and the way one comes to it."""
    words = vocabulary()
    forbids = effect.kind == PROHIBITION and effect.action in words.actions
    whole = pick(words.actions[effect.action].forbidden, language) if forbids else action_name(effect.action, language)
    name = ASIDE.sub("", whole)
    told = name[:1].lower() + name[1:]
    spoken = [
        pick(words.systems[one], language) if one in words.systems else _coded("meetings", one, language)
        for one in effect.objects
    ]
    objects = f" ({'; '.join(spoken)})" if spoken else ""
    way = f", {pick(WAYS[effect.way], language)}" if effect.way in WAYS else ""
    return f"{told}{objects}{way}"


def effect_kind(kind: str, language: str = "vi") -> str:
    """Name a kind of effect, as a heading."""
    return pick(KINDS[kind], language)


def text_change(change: TextChange, language: str = "vi") -> str:
    """Say what happened to a clause."""
    return pick(TEXT[change.kind], language)


def effects_by_kind(found: Comparison) -> list[tuple[str, list[EffectChange]]]:
    """Group the effects on roles that both charters know; a role of one alone is told by `absent_roles`."""
    kinds: dict[str, list[EffectChange]] = {}
    for effect in found.effects:
        if not effect.absent:
            kinds.setdefault(effect.kind, []).append(effect)
    return list(kinds.items())


def absent_roles(found: Comparison) -> list[Words]:
    """Say of each role that one charter alone declares what stands and falls with it."""
    roles: dict[tuple[str, str], list[EffectChange]] = {}
    for effect in found.effects:
        if effect.absent:
            roles.setdefault((effect.change, effect.parties[0].partition(":")[0]), []).append(effect)
    return [_absent(found, change, role, effects) for (change, role), effects in roles.items()]


def _absent(found: Comparison, change: str, role: str, effects: list[EffectChange]) -> Words:
    side, other = (found.a, found.b) if change == LOST else (found.b, found.a)
    told = []
    for language in ("vi", "en"):
        held: dict[str, list[str]] = {}
        for effect in effects:
            held.setdefault(effect.kind, []).append(action_name(effect.action, language))
        parts = [f"{pick(KINDS[kind], language).lower()}: {', '.join(dict.fromkeys(held[kind]))}" for kind in held]
        told.append("; ".join(parts))
    lost = change == LOST
    return Words(
        f"Vai «{party_name(side, role)}» không có trong {other.title}. {'Mất' if lost else 'Thêm'}: {told[0]}.",
        f"{other.line} has no {party_name(side, role, 'en')}. {'Lost' if lost else 'Gained'}: {told[1]}.",
    )
