"""How each act of a charter is carried: on a screen, by a command, by hand, or not yet; from the compiled table."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).with_name("enforcement.yaml")
COMPILED = Path(__file__).with_name("enforcement.json")

LATER = {
    "papers": ("soạn, ký, gửi văn bản", "papers"),
    "meetings": ("họp và biểu quyết", "meetings"),
    "work": ("công việc của tổ", "the group's work"),
    "conduct": ("khen thưởng, vi phạm", "commendation and violations"),
    "funds": ("kinh phí", "funds"),
    "procedures": ("thủ tục hành chính", "procedures"),
    "corrections": ("sửa sai lệch", "corrections"),
    "administration": ("quản trị hệ thống", "administration"),
}

__all__ = ["COMPILED", "LATER", "SOURCE", "Carried", "cases", "table"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """How one act is carried; exactly one of the four is given."""

    screens: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    by_hand: tuple[str, str] | None = None
    waits_for: str = ""


@cache
def _compiled() -> Mapping[str, Any]:
    plain: Mapping[str, Any] = json.loads(COMPILED.read_text(encoding="utf-8"))
    return plain


@cache
def table() -> Mapping[str, Carried]:
    """Return every act of the table."""
    plain = _compiled()["actions"]
    return {
        action: Carried(
            screens=tuple(row.get("screens", ())),
            commands=tuple(row.get("commands", ())),
            by_hand=(row["by_hand"]["vi"], row["by_hand"]["en"]) if "by_hand" in row else None,
            waits_for=row.get("waits_for", ""),
        )
        for action, row in plain.items()
    }


def cases(line: str) -> Mapping[str, int]:
    """Return how many written cases touch each norm of a shipped line; nothing for a line without cases."""
    return {key: sum(files.values()) for key, files in _compiled()["cases"].get(line, {}).items()}
