"""Where a paper stands, as a chip: in a list and on its own page alike."""

from __future__ import annotations

from dean06.papers.service.withdrawing import Kind
from dean06.papers.types import PaperInfo
from dean06.web import marks
from dean06.web.language import words

STATES = {
    "draft": ("mute", "pen", "Đang soạn", "Draft"),
    "asked": ("info", "clock", "Đang trình ký", "Before its signer"),
    "signed": ("warn", "seal", "Đã ký, chờ cấp số", "Signed, to be numbered"),
    "issued": ("ok", "ok", "Đã ban hành", "Issued"),
    "dropped": ("mute", "end", "Đã bỏ", "Dropped"),
}

__all__ = ["state", "withdrawn"]


WITHDRAWN = {
    Kind.RECALL: ("Đã thu hồi", "Recalled"),
    Kind.REPLACEMENT: ("Đã thay thế", "Replaced"),
    Kind.VOID: ("Đã bỏ số", "Number void"),
}


def withdrawn(kind: Kind) -> str:
    """Show that a paper was taken back."""
    return marks.chip("bad", words(*WITHDRAWN[kind]), with_sign="no")


def state(paper: PaperInfo, kind: Kind | None = None) -> str:
    """Show where a paper stands; of one that was taken back, how."""
    if kind is not None:
        return withdrawn(kind)
    if paper.issued and paper.manner == "digital" and paper.sealed_at is None:
        return marks.chip("warn", words("Đã có số, chờ đóng dấu", "Numbered, to be sealed"), with_sign="seal")
    tone, sign, vi, en = STATES[paper.state]
    return marks.chip(tone, words(vi, en), with_sign=sign)
