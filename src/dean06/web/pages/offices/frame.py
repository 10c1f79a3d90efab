"""What the pages of people have in common: the way from one to the other, and the crumb back to the list."""

from __future__ import annotations

from dean06.web.language import words
from dean06.web.parts.page import Link
from dean06.web.parts.tables import Facet, Facets
from dean06.web.reader import Reader

VIEWS = (
    ("offices", "Danh sách", "People"),
    ("offices-chart", "Sơ đồ", "Chart"),
    ("offices-agencies", "Cơ quan", "Agencies"),
    ("offices-seals", "Con dấu", "Seals"),
    ("offices-powers", "Ai điều hành", "Who runs it"),
    ("offices-read", "Đã đọc quy chế", "Charter read"),
    ("offices-accounts", "Tài khoản", "Accounts"),
    ("replacements", "Thay thành viên", "Replacement"),
)

__all__ = ["home", "views"]


def views(reader: Reader, current: str) -> Facets:
    """Return the way to the other pages of people."""
    return Facets(
        label=words("Nhân sự của tổ", "People of the group"),
        items=tuple(
            Facet(label=words(vi, en), count="", href=reader.url(name), current=name == current)
            for name, vi, en in VIEWS
        ),
    )


def home(reader: Reader) -> Link:
    """Return the crumb to the list of people."""
    return Link(label=words("Nhân sự của tổ", "People of the group"), href=reader.url("offices"))
