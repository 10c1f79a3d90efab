"""Write the page of the service, docs/api.md, from its own description: `python tools/api_reference.py`."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import django
from django.apps import apps

PAGE = Path(__file__).resolve().parent.parent / "docs" / "api.md"
HEAD = Path(__file__).with_suffix(".md")
EVENTS = {
    "assigned": "đơn sửa được giao cho cơ quan",
    "near_due": "sắp đến hạn, mỗi mốc nhắc một tin",
    "overdue": "quá hạn, mỗi mốc nhắc một tin",
    "verified": "mọi dòng đã được lần giao sau chứng minh",
    "reopened": "lần giao sau cho thấy sai lệch còn đó",
    "withdrawn": "lần nộp bị rút, đơn không còn",
}
SCOPES = {
    "listOrders": "orders.read",
    "getOrder": "orders.read",
    "listFindings": "orders.read",
    "getFinding": "orders.read",
    "getDisposition": "orders.read",
    "putDisposition": "dispositions.write",
    "getValues": "values.read",
}
STANDING = {"Dean06-Purpose"}  # said once for all


def description() -> tuple[Mapping[str, Any], tuple[str, ...], int]:
    """Return the service's own description, the kinds of events, and how many calls a minute are taken."""
    if not apps.ready:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dean06.settings")
        os.environ.setdefault("DEAN06_HOME", tempfile.mkdtemp())
        django.setup()
    from dean06.flows import machine_telling  # noqa: PLC0415  Django stands only now
    from dean06.machines.service import calls  # noqa: PLC0415  Django stands only now
    from dean06.web.api.rest import api  # noqa: PLC0415  Django stands only now

    return api.get_openapi_schema(), machine_telling.KINDS, calls.MOST


def kind_of(schema: Mapping[str, Any]) -> str:
    """Write the kind of a value as one reads it."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in schema:
        return " hoặc ".join(kind_of(one) for one in schema["anyOf"])
    if "enum" in schema or "const" in schema:
        return ", ".join(f"`{one}`" for one in schema.get("enum", [schema.get("const")]))
    if schema.get("type") == "array":
        return f"danh sách {kind_of(schema['items'])}"
    return str(schema.get("format") or schema.get("type") or "bất kỳ")


def told(text: str) -> str:
    """Write a description into one cell."""
    return " ".join(text.split()).replace("|", "\\|")


def operation(path: str, method: str, one: Mapping[str, Any], known: Mapping[str, Any]) -> Iterator[str]:
    """Give the lines of one operation."""
    yield f"### {method.upper()} {path}"
    yield ""
    scope = SCOPES.get(one["operationId"])
    yield f"{one['summary']}.{f' Phạm vi (scope): `{scope}`.' if scope else ' Không cần mã truy cập (no token).'}"
    yield ""
    parameters = [each for each in one.get("parameters", ()) if each["name"] not in STANDING]
    if parameters:
        yield "| tham số | ở | kiểu | ghi chú |"
        yield "| --- | --- | --- | --- |"
        for each in parameters:
            kind = kind_of(known.get(each["schema"].get("$ref", "").rpartition("/")[2], each["schema"]))
            needed = "bắt buộc. " if each.get("required") else ""
            yield f"| `{each['name']}` | {each['in']} | {kind} | {needed}{told(each.get('description', ''))} |"
        yield ""
    if "requestBody" in one:
        for media, body in one["requestBody"]["content"].items():
            fields = body["schema"].get("properties", {})
            yield f"Nội dung gửi (body): `{media}`, {', '.join(map('`{}`'.format, fields)) or kind_of(body['schema'])}."
            yield ""
    answers = []
    for code, response in sorted(one["responses"].items(), key=lambda pair: int(pair[0])):
        content: Mapping[str, Any] = next(iter(response.get("content", {}).values()), {})
        shape = content.get("schema", {})
        named = shape.get("$ref", "").rpartition("/")[2]
        answers.append(f"{code} {kind_of(shape)}" if named and named != "ProblemDetails" else str(code))
    yield f"Trả lời (answers): {', '.join(answers)}."
    yield ""


def shape(name: str, schema: Mapping[str, Any]) -> Iterator[str]:
    """Give the lines of one shape."""
    yield f"### {name}"
    yield ""
    if schema.get("description"):
        yield told(schema["description"])
        yield ""
    if "enum" in schema:
        yield f"Một trong (one of): {kind_of(schema)}."
        yield ""
        return
    yield "| tên | kiểu | ghi chú |"
    yield "| --- | --- | --- |"
    for field, value in schema.get("properties", {}).items():
        yield f"| `{field}` | {kind_of(value)} | {told(value.get('description', ''))} |"
    yield ""


def reference() -> str:
    """Return the whole page."""
    found, kinds, most = description()
    known = found["components"]["schemas"]
    lines = [f"| `{kind}` | {EVENTS[kind.rpartition('.')[2]]} |" for kind in kinds]
    lines += ["", "## Lời gọi (operations)", ""]
    for path, methods in found["paths"].items():
        for method, one in methods.items():
            lines += operation(path, method, one, known)
    lines += ["## Dạng dữ liệu (shapes)", ""]
    for name in sorted(known):
        lines += shape(name, known[name])
    return HEAD.read_text(encoding="utf-8").replace("{most}", str(most)) + "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    PAGE.write_text(reference(), encoding="utf-8")
    print("docs/api.md")
