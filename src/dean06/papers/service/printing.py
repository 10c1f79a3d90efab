"""The printed forms of keeping, to those who may see the files: lists, contents, and the record of a hand-in."""

from __future__ import annotations

from datetime import datetime

from dean06.offices.types import Viewer
from dean06.papers.keeping import printed
from dean06.papers.keeping.printed import Letterhead
from dean06.papers.printing.booklet import render_booklet
from dean06.papers.service import handing_in, keeping, pieces

__all__ = ["contents_of_file", "list_handed_in", "list_of_files", "record_of_hand_in", "render_booklet"]


def list_of_files(viewer: Viewer, group_id: int, year: int, letterhead: Letterhead, at: datetime) -> bytes | None:
    """Return the list of files of a year as PDF/A; None where the reader may not see it or it is empty."""
    info, files = keeping.file_list(viewer, group_id, year), keeping.work_files(viewer, group_id, year)
    own = [one for one in files if one.group_id == group_id]
    return printed.list_of_files(letterhead, info, own, at) if info and own else None


def contents_of_file(viewer: Viewer, file_id: int, letterhead: Letterhead, at: datetime) -> bytes | None:
    """Return the table of contents of a file as PDF/A, if the reader may see it."""
    info = keeping.work_file(viewer, file_id)
    if info is None:
        return None
    return printed.contents_of_file(letterhead, info, pieces.pieces(viewer, file_id), at)


def list_handed_in(viewer: Viewer, hand_in_id: int, letterhead: Letterhead, at: datetime) -> bytes | None:
    """Return the list of the files of a hand-in as PDF/A, if the reader may see it."""
    info = handing_in.one_hand_in(viewer, hand_in_id)
    if info is None:
        return None
    return printed.list_handed_in(letterhead, info, handing_in.files_of_hand_in(viewer, hand_in_id), at)


def record_of_hand_in(viewer: Viewer, hand_in_id: int, letterhead: Letterhead, at: datetime) -> bytes | None:
    """Return the record of giving and receiving as PDF/A, if the reader may see it."""
    info = handing_in.one_hand_in(viewer, hand_in_id)
    if info is None:
        return None
    return printed.record_of_hand_in(letterhead, info, handing_in.files_of_hand_in(viewer, hand_in_id), at)
