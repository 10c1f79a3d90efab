"""A short regulation beside a changed copy of itself, one change a case of `cases/side_by_side.yaml`."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from ruamel.yaml import YAML

from charter import dong_lua
from charter.case_files import CASES
from dean06.charter import service, text
from dean06.charter.types import Charter

ROWS: list[dict[str, Any]] = YAML(typ="safe").load(CASES / "side_by_side.yaml")


def _charter(given: dict[str, Any]) -> Charter:
    """Change a copy of the regulation; null takes a norm out, `like` adds one after another."""
    raw = dong_lua.raw()
    for key, fields in given.get("norms", {}).items():
        if fields is None:
            raw["norms"].remove(dong_lua.norm(raw, key))
        elif "like" in fields:
            like = copy.deepcopy(dong_lua.norm(raw, fields["like"]))
            changed = {name: value for name, value in fields.items() if name != "like"}
            raw["norms"].append({**like, "key": key, **changed})
        else:
            dong_lua.norm(raw, key).update(fields)
    nodes = dong_lua.nodes(raw["provisions"])
    for node in nodes:
        node.update(given.get("words", {}).get(node["cite"] or node["label"], {}))
    for node in nodes:
        cite = given.get("moved", {}).get(node["cite"], node["cite"])
        if cite != node["cite"]:
            node |= {"cite": cite, "label": cite.rpartition(".")[2]}
    raw["roles"] += [{**raw["roles"][1], **role} for role in given.get("roles", ())]
    return text.from_raw({**raw, **given.get("head", {})})


def _told(found: service.Comparison) -> dict[str, list[str]]:
    told = {
        "head": [f"{one.path}: {one.a} → {one.b}" for one in found.head],
        "text": [f"{one.kind} {_at(one.a)} {_at(one.b)}" for one in found.text],
        "norms": [_norm(one) for one in found.norms],
        "effects": [_effect(one) for one in found.effects],
        "said": [service.effect_text(found.a, found.b, one) for one in found.effects],
        "said in English": [service.effect_text(found.a, found.b, one, "en") for one in found.effects],
    }
    return {name: rows for name, rows in told.items() if rows}


def _at(node: service.Provision | None) -> str:
    return "-" if node is None else node.cite.dotted if node.cite else node.label


def _norm(one: service.NormChange) -> str:
    sides = f"{one.kind} {one.a.key if one.a else '-'} {one.b.key if one.b else '-'}"
    return "; ".join((sides, *(f"{field.field}: {field.a} → {field.b}" for field in one.fields)))


def _effect(one: service.EffectChange) -> str:
    who = f"{','.join(one.parties)}{' (absent)' if one.absent else ''}"
    what = f"{one.kind} {one.change} {one.way} {one.action}{' of ' if one.objects else ''}{','.join(one.objects)}"
    terms = "" if one.a is None and one.b is None else f": {one.a} → {one.b}"
    norms = [",".join(keys) or "-" for keys in (one.norms_a, one.norms_b)]
    cites = [",".join(cite.dotted for cite in cites) or "-" for cites in (one.cites_a, one.cites_b)]
    return f"{who}: {what}{terms} by {' → '.join(norms)} at {' → '.join(cites)}"


@pytest.mark.parametrize("row", ROWS, ids=[row["case"] for row in ROWS])
def test_a_change_and_what_it_means(row: dict[str, Any]) -> None:
    mine, other = (_charter(row.get(side, {})) for side in ("before", "after"))
    expected = {name: rows for name, rows in row.items() if name not in ("case", "before", "after")}
    assert _told(service.compare(mine, other)) == expected


def test_a_long_clause_is_known_again_by_its_words() -> None:
    long = "tổ lập biên bản từng buổi họp, " * 40
    mine = _charter({"words": {"1.1": {"vi": long}}})
    other = _charter({"words": {"1.1": {"vi": f"Hằng tuần {long}"}}, "moved": {"1.1": "1.9"}})
    assert _told(service.compare(mine, other)) == {"text": ["changed 1.1 1.9"]}
