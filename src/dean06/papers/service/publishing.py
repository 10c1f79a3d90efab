"""The face of the page of published papers, as strangers read it: what stands on it, and its files."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dean06.papers.post.portal import folder

FILE = re.compile(r"feed\.json|[0-9a-f]{64}\.pdf")

__all__ = ["Published", "Shelf", "file", "shelf"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A paper on the page; one that was taken back keeps its line and has no file."""

    label: str
    issued_on: date
    kind: str
    title: str
    note: str
    file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """A group's published papers, newest first."""

    title: str
    papers: tuple[Published, ...]


def shelf(slug: str) -> Shelf | None:
    """Return what a group has published; None where it never did."""
    path = folder(slug) / "feed.json"
    if not path.is_file():
        return None
    told = json.loads(path.read_text(encoding="utf-8"))
    return Shelf(
        title=told["title"],
        papers=tuple(
            Published(
                label=one["number"],
                issued_on=date.fromisoformat(one["date"]),
                kind=one["kind"],
                title=one["title"],
                note=one["note"],
                file=one["file"],
            )
            for one in told["items"]
        ),
    )


def file(slug: str, name: str) -> Path | None:
    """Return where a file of the page lies; only what the page itself names is handed out."""
    if not FILE.fullmatch(name):
        return None
    path = folder(slug) / name
    return path if path.is_file() else None
