"""A contract that comes as a file: its own YAML, or a Data Package or Table Schema of a stranger, made a draft's body.

A stranger's file is data: no alias, no tag, a bounded size; what it says that has no place here is told and left out.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import AliasEvent

from dean06.clock.errors import BadInput
from dean06.orthography.service import fold
from dean06.sources.contract import Contract
from dean06.sources.headings import Headings, words_of
from dean06.sources.inherited import with_inherited
from dean06.sources.proofing import Fault, proofed

LARGEST = 1_000_000
TYPES = {"integer": "number", "number": "number", "date": "date", "datetime": "date", "year": "date", "boolean": "mark"}
CODE = 20

Body = dict[str, Any]

__all__ = ["body_of_file", "body_of_package"]


def body_of_file(content: bytes, current: Mapping[str, Any], known: Callable[[str], Contract | None]) -> Body:
    """Return the body that a file says: a contract's YAML as it is, a Data Package or Table Schema over the current."""
    told = _read(content)
    if "resources" in told or ("fields" in told and not _is_contract(told)):
        return body_of_package(told, current)
    body = with_inherited(told, known)
    if shapeless := [one for one in proofed(body)[1] if one.shape or one.path.endswith(".code")]:
        raise _unfit(shapeless)
    return dict(body)


def _is_contract(told: Mapping[str, Any]) -> bool:
    """Say whether this is a contract of this house rather than a bare Table Schema: its fields have codes."""
    fields = told.get("fields")
    return isinstance(fields, list) and all(isinstance(one, Mapping) and "code" in one for one in fields)


def _read(content: bytes) -> Mapping[str, Any]:
    if len(content) > LARGEST:
        raise BadInput("Tệp hợp đồng lớn hơn 1 MB: gửi tệp nhỏ hơn.", "The file of the contract is over 1 MB.")
    try:
        text = content.decode("utf-8-sig")
        told = json.loads(text) if text.lstrip().startswith("{") else _yaml(text)
    except (UnicodeDecodeError, ValueError, YAMLError, RecursionError) as problem:
        raise BadInput(
            "Tệp không đọc được như YAML hay JSON (UTF-8): mở bằng trình soạn thảo, sửa rồi gửi lại.",
            "The file cannot be read as YAML or JSON in UTF-8: correct it and send it again.",
        ) from problem
    if not isinstance(told, Mapping):
        raise BadInput("Tệp không phải một hợp đồng dữ liệu.", "The file is no contract.")
    return told


def _yaml(text: str) -> Any:
    for event in YAML(typ="safe", pure=True).parse(io.StringIO(text)):
        if isinstance(event, AliasEvent):
            raise BadInput(
                "Tệp YAML dùng tham chiếu (*): ghi đủ nội dung tại chỗ rồi gửi lại.",
                "The YAML refers to itself with an alias (*): write it out and send it again.",
            )
    told = YAML(typ="safe", pure=True).load(text)
    return json.loads(json.dumps(told, default=str))  # days become text, as a draft keeps them


def _unfit(found: Sequence[Fault]) -> BadInput:
    return BadInput("\n".join(one.vi for one in found[:10]), "\n".join(one.en for one in found[:10]))


# ------------------------------------------------------------ Frictionless


def body_of_package(told: Mapping[str, Any], current: Mapping[str, Any]) -> Body:
    """Return a draft's body with what a Data Package or a Table Schema says of its columns.

    A column that the draft knows by its name or title is that column; any other is a new one. What the package does
    not speak of stays.
    """
    schema = _schema(told)
    contract, _ = proofed(current)
    headings = Headings(contract) if contract else None
    body = {name: value for name, value in current.items() if name != "fields"}
    fields = {one["code"]: dict(one) for one in current.get("fields", ())}
    renamed: dict[str, str] = {}
    for one in schema:
        code = _known(one, headings, fields) or _new_code(str(one["name"]), fields)
        renamed[str(one["name"])] = code
        fields[code] = _merged(fields.get(code, {"code": code}), one, _headings_of_others(code, fields))
    _mark_key(told, renamed, fields, body)
    if isinstance(title := told.get("title"), str) and title.strip():
        body["title"] = {"vi": title.strip(), "en": body.get("title", {}).get("en") or title.strip()}
    return {**body, "fields": list(fields.values())}


def _schema(told: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    resources = told.get("resources")
    first = resources[0] if isinstance(resources, list) and resources else None
    schema = first.get("schema") if isinstance(first, Mapping) else told
    fields = schema.get("fields") if isinstance(schema, Mapping) else None
    if not isinstance(fields, list) or not all(isinstance(one, Mapping) and one.get("name") for one in fields):
        raise BadInput(
            "Tệp không có danh sách cột (resources[0].schema.fields, mỗi cột có name): xuất lại rồi gửi.",
            "The file has no list of fields (resources[0].schema.fields, each with a name).",
        )
    return fields


def _known(one: Mapping[str, Any], headings: Headings | None, fields: Mapping[str, Any]) -> str:
    if one["name"] in fields:
        return str(one["name"])
    for heading in (one.get("title"), one["name"]):
        claim = headings.exact(str(heading)) if headings and heading else None
        if claim and claim.code in fields:
            return claim.code
    return ""


def _new_code(name: str, fields: Mapping[str, Any]) -> str:
    bare = re.sub(r"[^a-z0-9]+", "_", fold(name).lower()).strip("_")
    stem = (bare if bare[:1].isalpha() else f"cot_{bare}")[: CODE - 3].strip("_") or "cot"
    return next(code for code in (stem, *(f"{stem}_{at}" for at in range(2, 99))) if code not in fields)


def _headings_of_others(code: str, fields: Mapping[str, Body]) -> frozenset[str]:
    others = (one for other, one in fields.items() if other != code)
    return frozenset(words_of(str(heading)) for one in others for heading in one.get("headers", ()))


def _merged(before: Mapping[str, Any], one: Mapping[str, Any], taken: frozenset[str]) -> Body:
    """Return a field with what a column of the package says of it; a heading of another field stays that one's."""
    said = one.get("constraints")
    limits: Mapping[str, Any] = said if isinstance(said, Mapping) else {}
    title = str(one.get("title") or one["name"])
    field = dict(before)
    field.setdefault("title", {"vi": title, "en": str(one.get("description") or title)})
    field.setdefault("type", TYPES.get(str(one.get("type")), "text"))
    new = [heading for heading in (title, str(one["name"])) if words_of(heading) not in taken]
    field["headers"] = list(dict.fromkeys([*field.get("headers", ()), *new]))
    if limits.get("required") is True:
        field["required"] = True
    if isinstance(limits.get("pattern"), str):
        field["pattern"] = limits["pattern"]
    told_codes = isinstance(limits.get("enum"), list) and not field.get("catalogue") and field["type"] != "sex"
    if told_codes and not field.get("codes"):
        field["codes"] = {str(code): str(code) for code in limits["enum"]}
    return field


def _mark_key(told: Mapping[str, Any], renamed: Mapping[str, str], fields: dict[str, Body], body: Body) -> None:
    """Take a primary key of one column for the key of a row, where the draft has none and the column no role."""
    resources = told.get("resources")
    schema = resources[0]["schema"] if resources else told
    key = schema.get("primaryKey")
    names = [key] if isinstance(key, str) else key if isinstance(key, list) else []
    code = renamed.get(str(names[0]), "") if len(names) == 1 else ""
    if code and not body.get("key") and not fields[code].get("role"):
        fields[code]["role"], body["key"] = "khoa", code
