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

# Screens by the page they stand on, the first that begins their names: a step is taken there.
PAGES = (
    ("desk", "Việc của tôi", "My work"),
    ("deliveries", "Đối soát", "Matching"),
    ("runs", "Đối soát", "Matching"),
    ("source-feeds", "Kết nối lấy dữ liệu", "Feeds"),
    ("contracts", "Nguồn dữ liệu", "Sources"),
    ("disputes", "Luật kiểm tra bị báo sai", "Disputed rules"),
    ("enrichment", "Làm giàu dữ liệu", "Enrichment"),
    ("proposals", "Đề nghị điều chỉnh sổ", "Proposals to the register"),
    ("samples", "Mẫu đọc", "Samples"),
    ("findings", "Sai lệch", "Discrepancies"),
    ("answers", "Phải sửa", "To correct"),
    ("visits", "Phiếu xác minh", "Field sheets"),
    ("tasks", "Nhiệm vụ", "Tasks"),
    ("meetings-round", "Lấy ý kiến bằng văn bản", "Written rounds"),
    ("meetings", "Họp", "Meetings"),
    ("tracking", "Sổ theo dõi", "Registers"),
    ("papers", "Văn bản", "Papers"),
    ("reports", "Báo cáo", "Reports"),
    ("agency-reports", "Báo cáo của cơ quan", "Reports of agencies"),
    ("indicators", "Chỉ tiêu", "Indicators"),
    ("funds", "Kinh phí", "Funds"),
    ("commendations", "Khen thưởng", "Commendations"),
    ("violations", "Hồ sơ vi phạm", "Violation files"),
    ("scores", "Bảng điểm", "Scorecard"),
    ("compliance", "Tuân thủ", "Compliance"),
    ("charter-draft", "Soạn quy chế", "Write the charter"),
    ("charter-gap", "Điểm quy chế để ngỏ", "What the charter leaves open"),
    ("charter", "Quy chế", "Charter"),
    ("succession", "Kết thúc, bàn giao", "End, hand-over"),
    ("settings-swap", "Ngày nghỉ", "Days off"),
    ("settings-unswap", "Ngày nghỉ", "Days off"),
    ("settings", "Cài đặt", "Settings"),
    ("machines", "Phần mềm của cơ quan", "Agencies' software"),
    ("lookups", "Tra cứu từ OpenRefine", "Looking people up from OpenRefine"),
    ("openrefine", "Tra cứu từ OpenRefine", "Looking people up from OpenRefine"),
    ("demo", "Ngày trình diễn", "Demonstration day"),
    ("offices", "Nhân sự", "People"),
    ("replacements", "Thay thành viên", "Replacement of a member"),
    ("account", "Tài khoản của tôi", "My account"),
    ("admin", "Quản trị tài khoản", "Administration of accounts"),
)
__all__ = ["COMPILED", "LATER", "PAGES", "SOURCE", "Carried", "cases", "page_of", "table", "unplaced"]


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


def page_of(screen: str) -> tuple[str, str, str]:
    """Return the page on which a screen stands: the route's family, and its name in both languages."""
    return next(page for page in PAGES if screen.startswith(page[0]))


def unplaced() -> list[str]:
    """Say of each screen of the table that stands on no page what is wrong with it."""
    named = {screen for how in table().values() for screen in how.screens}
    lost = sorted(one for one in named if not any(one.startswith(family) for family, _, _ in PAGES))
    return [
        f"The screen {one!r} of {SOURCE.name} stands on no page, so «Quy chế được thực thi thế nào» cannot link to it: "
        f"give its family a line in PAGES of {Path(__file__).name}."
        for one in lost
    ]


def cases(line: str) -> Mapping[str, int]:
    """Return how many written cases touch each norm of a shipped line; nothing for a line without cases."""
    return {key: sum(files.values()) for key, files in _compiled()["cases"].get(line, {}).items()}
