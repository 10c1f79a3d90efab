"""A day's work: tabs of the desk for those whose seats give one."""

from __future__ import annotations

from dean06.web.pages.day.tabs import asked, page, tabs

__all__ = ["asked", "page", "tabs"]
