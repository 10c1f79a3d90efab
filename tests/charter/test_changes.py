"""What a changed charter means to those who act, one change a case of `cases/changes.yaml`, in both languages."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from ruamel.yaml import YAML

from charter.case_files import CASES
from dean06.charter import declared, service, text
from dean06.charter.norms import Citation, Words

CHANGES: list[dict[str, Any]] = YAML(typ="safe").load(CASES / "changes.yaml")
WHOLE = service.load("quang-ninh-2022")
Raw = dict[str, Any]


def _changed(case: dict[str, Any]) -> service.Charter:
    raw: Raw = copy.deepcopy(dict(WHOLE.raw))
    by_key = {row["key"]: row for row in raw["norms"]}
    for key, fields in case.get("norms", {}).items():
        if fields is None:
            raw["norms"].remove(by_key[key])
        elif "like" in fields:
            like = fields.pop("like")
            raw["norms"].append({**copy.deepcopy(by_key[like]), "key": key, **fields})
            fields["like"] = like
        else:
            by_key[key].update(fields)
    for node in _nodes(raw["provisions"]):
        node["vi"] = case.get("words", {}).get(node["cite"], node["vi"])
        if node["cite"] in case.get("moved", {}):
            node["cite"] = case["moved"][node["cite"]]
            node["label"] = node["cite"].rpartition(".")[2]
    return text.from_raw({**raw, **case.get("head", {})})


def _nodes(rows: list[Raw]) -> Iterator[Raw]:
    for row in rows:
        yield row
        yield from _nodes(row["children"])


def _told(found: service.Comparison) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for language in ("vi", "en"):
        told[f"{language}-effects"] = [
            service.effect_text(found.a, found.b, effect, language) for effect in found.effects
        ]
        told[f"{language}-fields"] = [
            f"{norm.a.key if norm.a else ''}: {service.field_text(found.a, found.b, field, language)}"
            for norm in found.norms
            for field in norm.fields
        ]
    told["pairs"] = [f"{one.kind} {one.a.key if one.a else '-'} {one.b.key if one.b else '-'}" for one in found.norms]
    told["kinds"] = [f"{one.kind} {one.change} {one.way} {one.action} {','.join(one.parties)}" for one in found.effects]
    told["heads"] = [f"{one.path}: {one.a} → {one.b}" for one in found.head]
    told["clauses"] = [
        f"{service.text_change(one)}/{service.text_change(one, 'en')} {_at(one.a)} {_at(one.b)}" for one in found.text
    ]
    return {name: rows for name, rows in told.items() if rows}


def _at(node: service.Provision | None) -> str:
    return node.cite.dotted if node and node.cite else "-"


@pytest.mark.parametrize("case", CHANGES, ids=[case["case"] for case in CHANGES])
def test_change(case: dict[str, Any]) -> None:
    known = ("case", "norms", "words", "moved", "head")
    found = service.compare(WHOLE, _changed(case))
    assert _told(found) == {name: rows for name, rows in case.items() if name not in known}
    assert not any(effect.absent for effect in found.effects)


def test_a_change_as_plain_values() -> None:
    case = {"norms": {"bhxh.insurance": {"bearers": ["member:YT"]}, "dl.answer": None}, "words": {"3.1": "Lời khác."}}
    other = _changed({**case, "head": {"title": "Quy chế mới"}})
    told = service.compare(WHOLE, other).as_json()
    cite = {"article": "7", "clause": "2", "point": "k"}
    act = {"norm": "bhxh.insurance", "citation": cite, "type": "duty", "action": "integration.lead"}
    effect = {
        "kind": "duty",
        "way": "own",
        "action": "integration.lead",
        "objects": ["S11"],
        "a": None,
        "b": None,
        "role_absent": False,
    }
    status = {
        **effect,
        "kind": "status",
        "change": "lost",
        "action": "accountability.bear",
        "parties": ["deputy"],
        "objects": [],
    }
    answer = {"article": "5", "clause": "1", "point": None}
    clause = {"citation": {"article": "3", "clause": "1", "point": None}, "kind": "clause", "label": "1", "heading": ""}
    before = service.summary_of(WHOLE, WHOLE.index.norms["leader.direct"].cite)
    assert told == {
        "format": "dean06-charter-diff/1",
        "a": {"line": WHOLE.line, "version": 1, "title": WHOLE.title, "hash": WHOLE.hash},
        "b": {"line": WHOLE.line, "version": 1, "title": "Quy chế mới", "hash": other.hash},
        "same": False,
        "head": [{"path": "title", "a": WHOLE.title, "b": "Quy chế mới"}],
        "text": [
            {
                "kind": "changed",
                "a": {**clause, "vi": before.vi, "en": before.en},
                "b": {**clause, "vi": "Lời khác.", "en": before.en},
            }
        ],
        "norms": [
            {
                "kind": "only_a",
                "a": {
                    "norm": "dl.answer",
                    "citation": answer,
                    "type": "status",
                    "action": "accountability.bear",
                    "bearers": ["deputy"],
                },
                "b": None,
                "fields": [],
            },
            {
                "kind": "changed",
                "a": {**act, "bearers": ["member:BHXH"]},
                "b": {**act, "bearers": ["member:YT"]},
                "fields": [{"field": "bearers", "a": ["member:BHXH"], "b": ["member:YT"]}],
            },
        ],
        "effects": [
            {
                **effect,
                "change": "lost",
                "parties": ["member:BHXH"],
                "norms": {"a": ["bhxh.insurance"], "b": []},
                "citations": {"a": [cite], "b": []},
            },
            {
                **effect,
                "change": "gained",
                "parties": ["member:YT"],
                "norms": {"a": [], "b": ["bhxh.insurance"]},
                "citations": {"a": [], "b": [cite]},
            },
            {**status, "norms": {"a": ["dl.answer"], "b": []}, "citations": {"a": [answer], "b": []}},
        ],
    }


def test_a_role_that_one_text_alone_has_is_told_as_one() -> None:
    raw: Raw = copy.deepcopy(dict(WHOLE.raw))
    raw["roles"].append({**raw["roles"][0], "code": "clerk", "title": "Văn thư", "agency": None})
    by_key = {row["key"]: row for row in raw["norms"]}
    for key, like in (("minutes.clerk", by_key["sm.sign_minutes"]), ("notice.clerk", by_key["sm.sign_notices"])):
        raw["norms"].append({**like, "key": key, "bearers": ["clerk"], "seal_by": None, "sign_form": None})
    raw["norms"].append({**raw["norms"][-1], "key": "clerk.assist", "type": "duty", "action": "leader.assist"})
    other = text.from_raw(raw)
    (gained,) = service.absent_roles(service.compare(WHOLE, other))
    assert gained.vi == (
        f"Vai «Văn thư» không có trong {WHOLE.title}. Thêm: quyền: Ký biên bản họp, Ký thông báo của Tổ; "
        "nghĩa vụ: Giúp Tổ trưởng điều hành."
    )
    assert gained.en.startswith("quang-ninh-2022 has no records clerk. Gained: powers: sign the minutes of a meeting, ")
    (lost,) = service.absent_roles(service.compare(other, WHOLE))
    assert ". Mất: quyền: " in lost.vi
    assert ". Lost: powers: " in lost.en
    assert service.effects_by_kind(service.compare(WHOLE, other)) == []


WORDS: dict[Any, dict[str, str]] = {
    service.field_name: {"bearers": "ai làm", "joined_with": "nối với", "lạ": "lạ"},
    service.type_name: {
        "power": "thẩm quyền",
        "duty": "nghĩa vụ",
        "prohibition": "điều cấm",
        "procedure": "trình tự",
        "constitutive": "quy định nền",
        "entitlement": "quyền được hưởng",
        "status": "tư cách",
        "lạ": "lạ",
    },
    service.enforcement_name: {
        "block": "không cho làm",
        "warn": "nhắc, làm tiếp nếu ghi lý do",
        "record": "chỉ ghi lại",
        "lạ": "lạ",
    },
    service.deadline_text: {
        "none": "không có mốc",
        "continuing": "thường xuyên",
        "each_event": "mỗi lần phát sinh",
        "before_event": "trước khi việc diễn ra",
        "every_month": "hằng tháng",
        "every_half_year": "sáu tháng một lần",
        "every_year": "hằng năm",
        "task_due": "theo hạn của nhiệm vụ",
        "timely": "kịp thời, không ghi số ngày",
        "as_regulated": "theo quy định khác",
        "lạ": "lạ",
    },
    service.effect_kind: {
        "power": "Quyền",
        "duty": "Nghĩa vụ",
        "prohibition": "Điều cấm",
        "condition": "Trình tự phải qua",
        "block": "Việc phải làm trước",
        "seal": "Con dấu",
        "status": "Tư cách, trách nhiệm chung",
    },
    service.action_name: {"document.sign": "Ký văn bản, kết luận", "lạ": "lạ"},
}


@pytest.mark.parametrize("name", WORDS, ids=[name.__name__ for name in WORDS])
def test_words(name: Any) -> None:
    for word, said in WORDS[name].items():
        assert name(word) == said
        assert (name(word, language="en") == said) == (word == "lạ")


def test_every_field_of_a_norm_has_a_name_in_both_languages() -> None:
    fields = {*service.plain_norm(WHOLE, WHOLE.norms[0]), "after", "conditions", "until"}
    for field in fields:
        assert service.field_name(field) != field
        assert service.field_name(field) != service.field_name(field, "en"), field


CHANGED = {
    "norms": {"leader.assign": {"when": [["matter.is_routine"]], "enforcement": "block"}, "dl.answer": None},
    "words": {"3.1": "Lời khác.", "4.1": "Lời khác nữa."},
    "head": {"title": "Quy chế mới", "in_force": {"from": None, "to": "2030-01-01"}},
}


def _difference(code: str, shown: declared.Shown, side: service.Side | None = None) -> service.Difference:
    return service.Difference(code=code, matter=Words("việc", "matter"), a=side, b=None, shown=shown)


def test_each_thing_named_is_borne_out_or_not() -> None:
    found = service.compare(WHOLE, _changed(CHANGED))
    shown = declared.Shown(
        head=("title", "in_force", "in_force.from", "in", "kind"),
        text_a=("3.1", "3.2"),
        text_b=("4.1", "9.9"),
        norms_a=("dl.answer", "leader.assign", "leader.assign#when", "leader.assign#seal"),
        norms_b=("dl.answer", "leader.assign#enforcement"),
        same=("leader.convene", "leader.assign", "dl.answer", "khong.co"),
    )
    assert [name for name, holds in declared.proofs(found, shown).items() if holds] == [
        *("head title", "head in_force", "head in_force.from", "text a 3.1", "text b 4.1"),
        *("norm a dl.answer", "norm a leader.assign", "norm a leader.assign#when"),
        *("norm b leader.assign#enforcement", "same leader.convene"),
    ]
    assert len(declared.proofs(found, shown)) == 19
    for shown, holds in (
        (declared.Shown(head=("title", "kind")), True),
        (declared.Shown(head=("kind",)), False),
        (declared.Shown(same=("leader.convene",)), True),
        (declared.Shown(head=("title",), same=("leader.assign",)), False),
        (declared.Shown(head=("title",), same=("leader.convene", "dl.answer")), False),
        (declared.Shown(), False),
    ):
        assert service.borne_out(found, _difference("D-1", shown)) == holds, shown


def test_what_nothing_declared_claims_is_left_over() -> None:
    found = service.compare(WHOLE, _changed(CHANGED))

    def left(*shown: declared.Shown, aside: declared.Shown | None = None) -> tuple[list[str], list[str], list[str]]:
        items = tuple(_difference(f"D-{at}", one) for at, one in enumerate(shown))
        asides = (declared.Aside(Words("vì", "for"), aside),) if aside else ()
        over = service.rest(found, service.Differences(a=WHOLE.line, b=WHOLE.line, items=items, asides=asides))
        norms = [f"{one.a.key if one.a else ''} {','.join(f.field for f in one.fields)}".strip() for one in over.norms]
        return [one.path for one in over.head], [_at(one.a) for one in over.text], norms

    head, clauses = ["title", "in_force.from", "in_force.to"], ["3.1", "4.1"]
    norms = ["leader.assign enforcement,when", "dl.answer"]
    assert left() == (head, clauses, norms)
    assert [one.path for one in service.rest(found, None).head] == head
    assert left(declared.Shown(head=("in_force",))) == (["title"], clauses, norms)
    assert left(declared.Shown(head=("in_force", "kind", "title"))) == ([], clauses, norms)
    assert left(declared.Shown(text_a=("3.1",)), declared.Shown(text_b=("4.1",))) == (head, [], norms)
    assert left(declared.Shown(norms_a=("dl.answer",))) == (head, clauses, norms[:1])
    assert left(declared.Shown(norms_a=("leader.assign",))) == (head, clauses, norms[1:])
    assert left(aside=declared.Shown(norms_b=("leader.assign",))) == (head, clauses, norms[1:])
    part = declared.Shown(norms_a=("leader.assign#when",))
    assert left(part) == (head, clauses, ["leader.assign enforcement", "dl.answer"])
    both = declared.Shown(norms_a=("leader.assign#when",), norms_b=("leader.assign#enforcement",))
    assert left(both) == (head, clauses, ["dl.answer"])


def test_declared_differences_as_plain_values() -> None:
    found = service.compare(WHOLE, _changed(CHANGED))
    side = service.Side(Words("lời", "words"), (Citation("3", "1"),))
    item = _difference("D-1", declared.Shown(head=("title",), text_a=("3.1",)), side)
    aside = declared.Aside(Words("vì", "for"), declared.Shown(norms_a=("dl.answer",)))
    told = service.diff_json(found, service.Differences(a=WHOLE.line, b=WHOLE.line, items=(item,), asides=(aside,)))
    assert {name: told[name] for name in ("declared", "also_differs", "rest")} == {
        "declared": [
            {
                "code": "D-1",
                "matter": {"vi": "việc", "en": "matter"},
                "a": {"vi": "lời", "en": "words", "citations": [{"article": "3", "clause": "1", "point": None}]},
                "b": None,
                "shown_by": {"head": ["title"], "text_a": ["3.1"]},
                "borne_out": True,
            }
        ],
        "also_differs": [{"reason": {"vi": "vì", "en": "for"}, "norms_a": ["dl.answer"]}],
        "rest": {
            "head": ["in_force.from", "in_force.to"],
            "text": [["4.1", "4.1"]],
            "norms": [["leader.assign", "leader.assign"]],
        },
    }
    bare = service.diff_json(found, None)
    assert (bare["declared"], bare["also_differs"]) == ([], [])
    assert {name: told[name] for name in found.as_json()} == found.as_json()


@pytest.mark.parametrize("name", service.packages())
def test_norms_meet_their_own_copies_under_other_keys_and_in_another_order(name: str) -> None:
    whole = service.load(name)
    raw: Raw = copy.deepcopy(dict(whole.raw))
    keys = {row["key"]: f"n{at}.x" for at, row in enumerate(raw["norms"])}
    for row in raw["norms"]:
        row |= {"key": keys[row["key"]], "after": [keys[key] for key in row["after"]]}
        row["seal_by"] = keys.get(row["seal_by"])
    raw |= {"line": "khac", "norms": raw["norms"][::-1]}
    found = service.compare(whole, text.from_raw(raw))
    assert sorted(found.pairs) == sorted(keys)  # of two norms alike in everything either may stand for the other
    assert (found.norms, found.effects) == ((), ())


def test_a_norm_as_plain_values() -> None:
    assert service.plain_norm(WHOLE, WHOLE.index.norms["yt.vaccination"])["reading"] == {
        "vi": WHOLE.index.norms["yt.vaccination"].reading.vi,  # type: ignore[union-attr]  # it has one
        "en": WHOLE.index.norms["yt.vaccination"].reading.en,  # type: ignore[union-attr]  # it has one
        "lead": "POL",
    }
    said = service.plain_norm(WHOLE, WHOLE.index.norms["dl.sign_to_urge"])
    assert {name: said[name] for name in ("seal", "sign_form", "on_behalf_of", "bearers", "when", "testable")} == {
        "seal": "OFF",
        "sign_form": "KT",
        "on_behalf_of": "leader",
        "bearers": ["deputy"],
        "when": [["assignment.covers_document"], ["document.in_office_remit"], ["document.is_urging"]],
        "testable": True,
    }
    due = service.plain_norm(WHOLE, WHOLE.index.norms["group.monthly_report"])
    assert (due["deadline"], due["seal"], due["reading"]) == ({"form": "every_month"}, None, None)
