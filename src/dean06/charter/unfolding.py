"""From a charter back to the files of its package, so that any text in force can be copied, amended and given away."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from ruamel.yaml import YAML

from dean06.charter import yaml_reader
from dean06.charter.errors import CharterInvalid, Fault
from dean06.charter.library import HEAD
from dean06.charter.types import Charter

Files = dict[str, object]
Plain = Mapping[str, Any]

# Keys of a norm that a file may leave out, with what they are then.
_EMPTY: tuple[object, ...] = (None, [], "", {})
_AS_WRITTEN = (
    "systems",
    "joined_with",
    "coordinators",
    "on_behalf_of",
    "delegate",
    "sign_form",
    "seal",
    "seal_by",
    "recipients",
    "via",
    "after",
    "blocks",
    "extends_to",
    "fulfilled_by",
    "evidence",
    "dormant",
    "gaps",
    "source",
)

__all__ = ["file_of", "from_yaml", "sources_of", "to_yaml"]


def sources_of(charter: Charter) -> Files:
    """Return the plain values of the files a charter could have been compiled from."""
    raw: Plain = charter.raw
    files: Files = {HEAD: _head(raw)}
    norms: dict[str, list[Plain]] = {}
    for norm in raw["norms"]:
        norms.setdefault(norm["cite"].split(".")[0], []).append(norm)
    for article in _articles(raw["provisions"]):
        files[file_of(article["label"])] = _article(article, norms.get(article["label"], []))
    return files


def file_of(label: str) -> str:
    """Name the file of an article by its label as printed."""
    return f"dieu-{int(label):02d}.yaml" if label.isdecimal() else f"{label.replace('QĐ-', 'qd-')}.yaml"


def _articles(nodes: list[Plain]) -> list[Plain]:
    found = []
    for node in nodes:
        found += [node] if node["kind"] == "article" else _articles(node["children"])
    return found


def _head(raw: Plain) -> dict[str, object]:
    parts = raw["provisions"]
    regulation, covering = parts[-1], parts[0]["children"] if len(parts) > 1 else []
    instrument = dict(raw["instrument"])
    issuer = instrument.pop("issuer")
    roles = {row["code"] for row in raw["roles"]}
    return {
        "format": raw["format"],
        "line": raw["line"],
        "version": raw["version"],
        "title": raw["title"],
        "kind": raw["kind"],
        "level": raw["level"],
        "instrument": instrument | {"issuer": {"role" if issuer in roles else "agency": issuer}},
        "in_force": {key: day for key, day in raw["in_force"].items() if day},
        "body": dict(raw["body"]),
        "roles": {row["code"]: _without(row, "code") for row in raw["roles"]},
        "agencies": {row["code"]: _without(row, "code") for row in raw["agencies"]},
        "seals": dict(raw["seals"]),
        "covering": [node["label"] for node in covering],
        "chapters": [
            {
                "label": node["label"],
                "heading": node["heading"],
                "articles": [article["label"] for article in node["children"]],
            }
            for node in regulation["children"]
        ],
        "notes": [dict(note) for note in raw["notes"]],
        "distribution": {action: list(lines) for action, lines in raw["distribution"].items()},
    }


def _without(row: Plain, *keys: str) -> dict[str, object]:
    return {key: value for key, value in row.items() if key not in keys and value not in _EMPTY and value is not False}


def _article(node: Plain, norms: list[Plain]) -> dict[str, object]:
    checked = norms[0]["last_checked"] if norms else None
    made = {"article": node["label"], "heading": node["heading"], "last_checked": checked or _NEVER}
    made |= _without(node, "kind", "label", "cite", "children")
    return made | {
        "clauses": [
            _said(clause) | ({"points": [_said(point) for point in clause["children"]]} if clause["children"] else {})
            for clause in node["children"]
        ],
        "norms": [_norm(norm) for norm in norms],
    }


_NEVER = "2000-01-01"


def _said(node: Plain) -> dict[str, object]:
    made = {"label": node["label"], "vi": node["vi"], "en": node["en"]}
    return made | ({"no_norm": node["no_norm"]} if node["no_norm"] else {})


def _norm(row: Plain) -> dict[str, object]:
    made: dict[str, object] = {"key": row["key"], "cite": row["cite"], "type": row["type"]}
    if row["bearers"]:
        made["bearer"] = row["bearers"] if len(row["bearers"]) > 1 else row["bearers"][0]
    if row["action"]:
        made["action"] = row["action"]
    if row["when"]:
        made["when"] = {
            key: names
            for key, names in (
                ("all", [group[0] for group in row["when"] if len(group) == 1]),
                ("any", [name for group in row["when"] if len(group) > 1 for name in group]),
            )
            if names
        }
    for key, other in (("documents", "document_kinds"), ("meetings", "meeting_kinds")):
        if row[other]:
            made[key] = row[other]
    if row["deadline"]:
        deadline = {key: value for key, value in row["deadline"].items() if value is not None}
        made["deadline"] = deadline["form"] if len(deadline) == 1 else deadline
    made |= {key: row[key] for key in _AS_WRITTEN if row[key] not in _EMPTY}
    if row["enforcement"] != "warn":
        made["enforcement"] = row["enforcement"]
    if row["why_not_testable"]:
        made["not_testable"] = row["why_not_testable"]
    if row["reading"]:
        made["reading"] = {key: value for key, value in row["reading"].items() if value is not None}
    return made


def to_yaml(value: object) -> str:
    """Write one file of a package as YAML a person reads and edits."""
    writer = YAML(typ="safe", pure=True)
    writer.default_flow_style = None
    writer.allow_unicode = True
    writer.width = 160
    writer.sort_base_mapping_type_on_output = False  # type: ignore[assignment]  # typed as None by the library
    out = io.StringIO()
    writer.dump(value, out)
    return out.getvalue()


def from_yaml(text: str, file: str) -> object:
    """Read one file of a package from YAML that a person typed, or refuse it with every fault and its line."""
    value, faults = yaml_reader.read_bytes(text.encode(), file)
    if faults:
        raise CharterInvalid(tuple(faults))
    if not isinstance(value, dict):
        vi, en = "Tệp phải là một bảng khóa và giá trị.", "The file must be one mapping."
        raise CharterInvalid((Fault(file, "", vi, en),))
    return value
