"""The face of papers: keep a draft, give number and date at issue, hand out files that still have their checksum."""

from __future__ import annotations

from dean06.papers.archive import ArchiveReport, verify_all
from dean06.papers.booklet import render_booklet
from dean06.papers.series import close_series, series
from dean06.papers.service.documents import (
    FileKind,
    Rendered,
    content,
    dispatch,
    dispatch_digest,
    dispatches,
    draft,
    file,
    for_work,
    given,
    keep_annex,
    keep_booklet,
    many_for_work,
    paper,
    papers,
    render,
    unissued,
)
from dean06.papers.service.issuing import issue
from dean06.papers.service.numbers import holes

__all__ = [
    "ArchiveReport",
    "FileKind",
    "Rendered",
    "close_series",
    "content",
    "dispatch",
    "dispatch_digest",
    "dispatches",
    "draft",
    "file",
    "for_work",
    "given",
    "holes",
    "issue",
    "keep_annex",
    "keep_booklet",
    "many_for_work",
    "paper",
    "papers",
    "render",
    "render_booklet",
    "series",
    "unissued",
    "verify_all",
]
