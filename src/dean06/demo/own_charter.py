"""A commune's own charter: a copy of the shipped template with its names filled in, still without number and date."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from dean06.charter import live as charters

HEAD = "charter.yaml"
_NOTE = {
    "code": "trình diễn",
    "where": "",
    "vi": "Bản trình diễn sao từ mẫu của phần mềm; số và ngày là bịa, không phải văn bản của cơ quan nào.",
    "en": "A demonstration copied from the software's template; number and date are made up and no authority's text.",
}


def copy(template: str, line: str, commune: str, province: str, folder: Path) -> Path:
    """Write a template's copy for a commune into a folder and return it."""
    source = charters.folder_of(template)
    target = folder / line
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("compiled.json"))
    head: dict[str, Any] = YAML(typ="safe").load((source / HEAD).read_text(encoding="utf-8"))
    title = f"Quy chế hoạt động của Tổ công tác Đề án 06 xã {commune} (bản trình diễn)"
    head |= {"line": line, "title": title, "kind": "regulation", "notes": [_NOTE]}
    head["instrument"] |= {"kind": "decision", "place": commune}
    head["body"] |= {"parent": f"UBND XÃ {commune.upper()}", "place": commune}
    for told in (*head["agencies"].values(), *head["roles"].values()):
        for field in ("name", "post"):
            if field in told:
                told[field] = _named(told[field], commune, province)
    (target / HEAD).write_text(json.dumps(head, ensure_ascii=False, indent=1), encoding="utf-8")
    return target


def _named(words: str, commune: str, province: str) -> str:
    """Say which commune and which province."""
    if words.endswith(" xã"):
        return f"{words} {commune}"
    return f"{words} {province}" if words.endswith(" tỉnh") else words
