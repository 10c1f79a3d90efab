"""How fields, values, terms and effects of a changed text are called, in both languages."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from ruamel.yaml import YAML

from charter import dong_lua
from charter.case_files import CASES
from dean06.charter import service
from dean06.charter.changes import Comparison, EffectChange, FieldChange, NormChange, TextChange
from dean06.charter.types import Citation, Provision, Words

SAID: dict[str, list[dict[str, Any]]] = YAML(typ="safe").load(CASES / "change_words.yaml")
FIELDS = {
    "cite": ("vị trí", "place"),
    "type": ("loại quy phạm", "type"),
    "action": ("hành vi", "act"),
    "bearers": ("ai làm", "bearer"),
    "when": ("điều kiện", "condition"),
    "conditions": ("điều kiện", "condition"),
    "systems": ("hệ thống", "systems"),
    "joined_with": ("nối với", "joined with"),
    "documents": ("loại văn bản", "documents"),
    "meetings": ("loại cuộc họp", "meetings"),
    "coordinators": ("phối hợp", "coordinators"),
    "on_behalf_of": ("ký cho", "on behalf of"),
    "delegate": ("ủy quyền cho", "delegate"),
    "sign_form": ("thể thức ký", "sign form"),
    "seal": ("con dấu", "seal"),
    "deadline": ("hạn", "deadline"),
    "recipients": ("nơi nhận", "recipients"),
    "via": ("gửi qua", "via"),
    "after": ("sau khi", "after"),
    "until": ("tới khi", "until"),
    "blocks": ("đứng trước việc", "stands before"),
    "extends_to": ("gồm cả", "extends to"),
    "fulfilled_by": ("xong khi", "fulfilled by"),
    "evidence": ("chứng cứ", "evidence"),
    "enforcement": ("cách kiểm", "enforcement"),
    "testable": ("đo được", "testable"),
    "dormant": ("đã khép", "dormant"),
    "gaps": ("điểm để ngỏ", "gaps"),
    "reading": ("cách hiểu", "reading"),
    "lời_lạ": ("lời_lạ", "lời_lạ"),
}
TYPES = {
    "power": ("thẩm quyền", "power"),
    "duty": ("nghĩa vụ", "duty"),
    "prohibition": ("điều cấm", "prohibition"),
    "procedure": ("trình tự", "procedure"),
    "constitutive": ("quy định nền", "constitutive rule"),
    "entitlement": ("quyền được hưởng", "entitlement"),
    "status": ("tư cách", "status"),
    "lời_lạ": ("lời_lạ", "lời_lạ"),
}
ENFORCEMENTS = {
    "block": ("không cho làm", "blocks"),
    "warn": ("nhắc, làm tiếp nếu ghi lý do", "warns"),
    "record": ("chỉ ghi lại", "records"),
    "lời_lạ": ("lời_lạ", "lời_lạ"),
}
DEADLINES = {
    "none": ("không có mốc", "no bound"),
    "continuing": ("thường xuyên", "continuing"),
    "each_event": ("mỗi lần phát sinh", "at each event"),
    "before_event": ("trước khi việc diễn ra", "before the event"),
    "every_month": ("hằng tháng", "every month"),
    "every_month_before_day": ("trước ngày None hằng tháng", "before day None of every month"),
    "every_half_year": ("sáu tháng một lần", "every half-year"),
    "every_year": ("hằng năm", "every year"),
    "task_due": ("theo hạn của nhiệm vụ", "by the task's bound"),
    "timely": ("kịp thời, không ghi số ngày", "timely, no number of days"),
    "as_regulated": ("theo quy định khác", "as regulated elsewhere"),
    "lời_lạ": ("lời_lạ", "lời_lạ"),
}
KINDS = {
    "power": ("Quyền", "Powers"),
    "duty": ("Nghĩa vụ", "Duties"),
    "prohibition": ("Điều cấm", "Prohibitions"),
    "condition": ("Trình tự phải qua", "Procedures to go through"),
    "block": ("Việc phải làm trước", "What must come first"),
    "seal": ("Con dấu", "Seals"),
    "status": ("Tư cách, trách nhiệm chung", "Standing and general responsibility"),
}
ACTIONS = {
    "task.assign": ("Giao việc cho thành viên", "assign tasks to members"),
    "lời_lạ": ("lời_lạ", "lời_lạ"),
}
FACTS = {
    "matter.is_important": ("Việc được xếp là quan trọng", "important matter"),
    "!matter.is_important": ("Việc không xếp là quan trọng", "not: important matter"),
}
TABLES: dict[Any, dict[str, tuple[str, str]]] = {
    service.field_name: FIELDS,
    service.type_name: TYPES,
    service.enforcement_name: ENFORCEMENTS,
    service.effect_kind: KINDS,
    service.action_name: ACTIONS,
    service.fact_text: FACTS,
}


@pytest.mark.parametrize("name", TABLES, ids=[name.__name__ for name in TABLES])
def test_each_word_has_its_name_in_both_languages(name: Any) -> None:
    said = {word: (name(word), name(word, "en")) for word in TABLES[name]}
    assert said == TABLES[name]
    assert {word: name(word, "vi") for word in said} == {word: vi for word, (vi, _) in said.items()}


def test_a_deadline_is_said_with_its_day() -> None:
    assert {
        form: (service.deadline_text(form), service.deadline_text(form, language="en")) for form in DEADLINES
    } == DEADLINES
    assert service.deadline_text("every_month_before_day", 12) == "trước ngày 12 hằng tháng"
    assert service.deadline_text("every_month_before_day", 12, "en") == "before day 12 of every month"


@pytest.mark.parametrize(
    ("kind", "vi", "en"),
    [
        ("only_a", "bỏ", "removed"),
        ("only_b", "thêm", "added"),
        ("changed", "đổi lời", "reworded"),
        ("moved", "dời chỗ", "moved"),
    ],
)
def test_what_happened_to_a_clause_is_one_word(kind: str, vi: str, en: str) -> None:
    change = TextChange(kind=kind, a=None, b=None)
    assert (service.text_change(change), service.text_change(change, "en")) == (vi, en)


@pytest.mark.parametrize("row", SAID["values"], ids=[f"{row['field']} {row['value']}" for row in SAID["values"]])
def test_a_value_is_said_by_the_field_it_stands_in(row: dict[str, Any]) -> None:
    assert service.value_text(dong_lua.WHOLE, row["field"], row["value"]) == row["vi"]
    assert service.value_text(dong_lua.WHOLE, row["field"], row["value"], "en") == row["en"]


def test_a_name_that_is_role_and_agency_at_once_is_the_role() -> None:
    plain = dong_lua.raw()
    plain["agencies"].append({"code": "deputy", "name": "Cơ quan của Tổ phó", "short": "", "member": False})
    assert service.value_text(dong_lua.text.from_raw(plain), "via", "deputy") == "Tổ phó"


def test_a_changed_field_is_said_from_one_text_to_the_other() -> None:
    other = dong_lua.raw()
    other["agencies"][1]["name"] = "Công an xã mới"
    change = FieldChange("via", "POL", "POL")
    assert (
        service.field_text(dong_lua.WHOLE, dong_lua.text.from_raw(other), change)
        == "gửi qua: Công an xã Đồng Lúa → Công an xã mới"
    )
    assert service.field_text(dong_lua.WHOLE, dong_lua.WHOLE, change, "en") == "via: district police → district police"


def test_the_act_of_a_norm_is_what_it_gives_or_forbids() -> None:
    norms = dong_lua.WHOLE.index.norms
    assert service.norm_act(norms["leader.assign"]) == "Giao việc cho thành viên"
    assert service.norm_act(norms["leader.assign"], "en") == "assign tasks to members"
    forbidden = norms["group.not_in_place"]
    assert service.norm_act(forbidden) == "Làm thay phần việc của cơ quan hoặc người đứng đầu cơ quan"
    assert service.norm_act(forbidden, "en") == "Act in place of an agency or its head"
    assert service.norm_act(replace(forbidden, action="lạ.lùng")) == "lạ.lùng"
    assert service.norm_act(replace(norms["leader.assign"], action="lạ.lùng"), "en") == "lạ.lùng"
    assert service.norm_act(replace(norms["leader.assign"], action=None)) == ""


def _effect(kind: str, change: str, **other: Any) -> EffectChange:
    told: dict[str, Any] = {
        "way": "own",
        "action": "task.assign",
        "parties": ("leader",),
        "objects": (),
        "a": None,
        "b": None,
        "norms_a": (),
        "norms_b": (),
        "cites_a": (),
        "cites_b": (),
        "absent": False,
    }
    return EffectChange(kind=kind, change=change, **{**told, **other})


def _said(effect: EffectChange) -> tuple[str, str]:
    both = (dong_lua.WHOLE, dong_lua.WHOLE)
    assert service.effect_text(*both, effect, "vi") == service.effect_text(*both, effect)
    return service.effect_text(*both, effect), service.effect_text(*both, effect, "en")


@pytest.mark.parametrize("row", SAID["changes"], ids=[f"{row['kind']} {row['change']}" for row in SAID["changes"]])
def test_who_gains_or_loses_what(row: dict[str, str]) -> None:
    told = _said(_effect(row["kind"], row["change"]))
    assert told == (f"Tổ trưởng: {row['vi']}", f"leader: {row['en']}")


@pytest.mark.parametrize("row", SAID["acts"], ids=[str(row["of"]) for row in SAID["acts"]])
def test_an_act_is_told_with_its_object_and_the_way_to_it(row: dict[str, Any]) -> None:
    told = _said(_effect("power", "gained", **row["of"]))
    assert told == (f"Tổ trưởng: thêm quyền {row['vi']}", f"leader: gains the power to {row['en']}")


def test_a_prohibition_of_an_act_without_a_word_is_called_by_its_code() -> None:
    assert _said(_effect("prohibition", "gained", action="lạ.lùng"))[0] == "Tổ trưởng: bị cấm lạ.lùng"
    assert _said(_effect("prohibition", "lost", action="competence.keep"))[0] == (
        "Tổ trưởng: không còn bị cấm vượt thẩm quyền hoặc bỏ qua trình tự"
    )
    assert _said(_effect("duty", "lost", action="competence.keep"))[0] != (
        "Tổ trưởng: hết nghĩa vụ vượt thẩm quyền hoặc bỏ qua trình tự"
    )


def test_other_terms_are_told_from_one_to_the_other() -> None:
    changed = _effect("duty", "deadline", parties=("group", "member:POL"), a=None, b={"form": "every_year"})
    assert _said(changed) == (
        "Tổ công tác, Thành viên (Công an xã Đồng Lúa): giao việc cho thành viên; hạn: không nêu → hằng năm",
        "the group as a body, member (district police): assign tasks to members; deadline: not stated → every year",
    )


def test_who_loses_is_named_as_in_the_first_text_and_all_else_as_in_the_second() -> None:
    plain = dong_lua.raw()
    plain["roles"][0]["title"] = "Trưởng ban"
    other = dong_lua.text.from_raw(plain)
    for change, who in (("lost", "Tổ trưởng"), ("gained", "Trưởng ban"), ("via", "Trưởng ban")):
        said = service.effect_text(dong_lua.WHOLE, other, _effect("power", change))
        assert said.partition(":")[0] == who, change


def _comparison(*effects: EffectChange, **other: Any) -> Comparison:
    plain = dong_lua.raw()
    plain["roles"].append({**plain["roles"][1], "code": "thu_ky", "title": "Thư ký"})
    b = dong_lua.text.from_raw({**plain, "line": "dong-khac", "title": "Quy chế khác"})
    empty: dict[str, Any] = {"head": (), "text": (), "norms": (), "pairs": {}}
    return Comparison(a=dong_lua.WHOLE, b=b, effects=effects, **{**empty, **other})


def test_effects_stand_under_their_kinds_without_the_roles_of_one_text() -> None:
    first, second, third = _effect("duty", "lost"), _effect("power", "lost"), _effect("duty", "gained")
    gone = _effect("block", "lost", absent=True)
    assert service.effects_by_kind(_comparison(first, gone, second, third)) == [
        ("duty", [first, third]),
        ("power", [second]),
    ]


def test_a_role_of_one_text_alone_is_told_with_all_that_comes_or_goes_with_it() -> None:
    here = {"parties": ("thu_ky",), "absent": True}
    gained = (
        _effect("power", "gained", **here),
        _effect("power", "gained", **here, way="delegated"),
        _effect("duty", "gained", **{**here, "parties": ("thu_ky:POL",)}, action="urge.send"),
        _effect("power", "gained", **here, action="funds.allot"),
    )
    deputies = (
        _effect("seal", "lost", parties=("deputy",), absent=True, action="seal.use"),
        _effect("power", "gained", parties=("deputy",)),
    )
    assert service.absent_roles(_comparison(*gained, *deputies)) == [
        Words(
            "Vai «Thư ký» không có trong Quy chế Tổ công tác xã Đồng Lúa. Thêm: "
            "quyền: Giao việc cho thành viên, Cấp hoặc bố trí kinh phí; nghĩa vụ: Đôn đốc, hướng dẫn cơ quan.",
            "dong-lua has no «Thư ký». Gained: "
            "powers: assign tasks to members, allot the group's funds; duties: urge and guide agencies.",
        ),
        Words(
            "Vai «Tổ phó» không có trong Quy chế khác. Mất: con dấu: Sử dụng con dấu.",
            "dong-khac has no deputy. Lost: seals: use a seal.",
        ),
    ]


def test_two_texts_are_the_same_when_nothing_at_all_differs() -> None:
    assert _comparison().same
    assert not _comparison(_effect("duty", "lost")).same
    assert not _comparison(text=(TextChange(kind="moved", a=None, b=None),)).same
    assert not _comparison(norms=(NormChange(kind="only_a", a=None, b=None),)).same
    assert not _comparison(head=("anything",)).same


def test_a_comparison_as_plain_values() -> None:
    node = Provision(
        kind="part", label="QC", cite=None, heading="Quy chế", summary=Words("a", "b"), no_norm=None, children=()
    )
    change = FieldChange("via", None, "POL")
    found = _comparison(
        _effect("duty", "via", b="POL", objects=("S01",), cites_b=(Citation("1", "2"),), norms_a=("x",), absent=True),
        text=(TextChange(kind="only_a", a=node, b=None),),
        norms=(
            NormChange(
                kind="changed",
                a=dong_lua.WHOLE.index.norms["yt.lead"],
                b=dong_lua.WHOLE.index.norms["group.not_in_place"],
                fields=(change,),
            ),
        ),
    )
    told = found.as_json()
    assert list(told) == ["format", "a", "b", "same", "head", "text", "norms", "effects"]
    assert told["format"] == "dean06-charter-diff/1"
    assert told["a"] == {
        "line": "dong-lua",
        "version": 1,
        "title": "Quy chế Tổ công tác xã Đồng Lúa",
        "hash": dong_lua.WHOLE.hash,
    }
    assert told["text"] == [
        {
            "kind": "only_a",
            "a": {"citation": None, "kind": "part", "label": "QC", "heading": "Quy chế", "vi": "a", "en": "b"},
            "b": None,
        }
    ]
    assert told["norms"] == [
        {
            "kind": "changed",
            "a": {
                "norm": "yt.lead",
                "citation": {"article": "2", "clause": "1", "point": "a"},
                "type": "duty",
                "action": "integration.lead",
                "bearers": ["member:YT"],
            },
            "b": {
                "norm": "group.not_in_place",
                "citation": {"article": "1", "clause": "3", "point": None},
                "type": "prohibition",
                "action": "agency.act_in_place",
                "bearers": ["leader", "group"],
            },
            "fields": [{"field": "via", "a": None, "b": "POL"}],
        }
    ]
    assert told["effects"] == [
        {
            "kind": "duty",
            "change": "via",
            "way": "own",
            "action": "task.assign",
            "parties": ["leader"],
            "objects": ["S01"],
            "a": None,
            "b": "POL",
            "norms": {"a": ["x"], "b": []},
            "citations": {"a": [], "b": [{"article": "1", "clause": "2", "point": None}]},
            "role_absent": True,
        }
    ]
    assert (told["same"], told["head"]) == (False, [])
