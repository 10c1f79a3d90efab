"""What lies in a work file: putting in, ordering, taking out for a reason, and the documents themselves."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from django.db import transaction
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from dean06.charter.types import Permit
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.ledger.types import digest_of
from dean06.offices import service as offices
from dean06.offices.types import Viewer
from dean06.papers import models
from dean06.papers.forms.kinds import KINDS
from dean06.papers.keeping import circulation, store
from dean06.papers.keeping.file_acts import locked, record
from dean06.papers.keeping.file_rows import piece_info
from dean06.papers.keeping.filing import MOST_UPLOADED, FileState, NewPiece, PieceInfo, PieceKind, WorkFileInfo
from dean06.papers.service import secrecy
from dean06.papers.service.documents import content
from dean06.papers.service.keeping import work_file

CLOSED = "Văn bản hạn chế người đọc"

__all__ = [
    "document",
    "keep_upload",
    "kept_upload",
    "move",
    "piece_of_incoming",
    "piece_of_paper",
    "pieces",
    "put",
    "take_out",
    "taken_out",
]


def pieces(viewer: Viewer, file_id: int) -> list[PieceInfo]:
    """Return what lies in a file that the reader may see, in its order."""
    return _pieces(viewer, file_id, taken_out=False)


def taken_out(viewer: Viewer, file_id: int) -> list[PieceInfo]:
    """Return what was taken out of a file that the reader may see, and why."""
    return _pieces(viewer, file_id, taken_out=True)


def _pieces(viewer: Viewer, file_id: int, *, taken_out: bool) -> list[PieceInfo]:
    if work_file(viewer, file_id) is None:
        return []
    rows = models.Piece.objects.filter(work_file_id=file_id, taken_out_at__isnull=not taken_out)
    listed = [piece_info(row) for row in rows.order_by("number", "taken_out_at", "pk")]
    shut = _shut(viewer, [int(one.ref) for one in listed if one.kind is PieceKind.OUT])
    return [replace(one, title=CLOSED) if one.kind is PieceKind.OUT and int(one.ref) in shut else one for one in listed]


def _shut(viewer: Viewer, papers: Iterable[int]) -> frozenset[int]:
    """Return which of these papers are of restricted circulation and not for the reader."""
    rows = models.Paper.objects.filter(pk__in=list(papers), level=circulation.RESTRICTED)
    return frozenset(row.pk for row in rows if not circulation.reads(viewer, row))


def document(viewer: Viewer, file_id: int, piece_id: int) -> tuple[Path, str] | None:
    """Return (checked path, suffix) of an uploaded document of a file that the reader may see."""
    found = next((one for one in pieces(viewer, file_id) if one.id == piece_id and one.suffix), None)
    return (store.path_of(found.sha256, found.suffix), found.suffix) if found else None


def piece_of_paper(group_id: int, paper_id: int) -> NewPiece:
    """Return what a file says of an issued paper of the group, or of a group that it succeeds."""
    row = models.Paper.objects.filter(pk=paper_id).first()
    own = {group_id, *(one.id for one in offices.predecessors(group_id))}
    if row is None or row.group_id not in own:
        raise BadInput("Tổ không có văn bản này.", "The group has no such paper.")
    if row.issued_at is None or row.number is None:
        raise BadInput("Dự thảo chưa có số thì chưa vào hồ sơ.", "A draft without its number does not go into a file.")
    paper = content(paper_id)
    pages = pages_of(store.path_of(row.pdf_sha256, "pdf").read_bytes())
    return NewPiece(
        kind=PieceKind.OUT,
        ref=str(paper_id),
        symbol=f"{row.number:02d}/{row.symbol}",
        dated_on=row.issued_at.astimezone(clock.TZ).date(),
        title=f"{KINDS[row.kind].name}: {row.abstract}"[:600],
        author=" ".join(paper.issuer.body)[:300],
        pages=pages,
        sha256=row.pdf_sha256,
    )


def piece_of_incoming(group_id: int, incoming_id: int) -> NewPiece:
    """Return what a file says of a paper that came in and stands in the group's register."""
    row = models.Incoming.objects.filter(pk=incoming_id, group_id=group_id).first()
    if row is None or row.number is None:
        raise BadInput(
            "Văn bản đến chưa vào sổ của tổ: tiếp nhận, lấy số đến trước.",
            "It does not stand in the group's register of incoming papers yet: register it first.",
        )
    kept = row.files.order_by("pk").first()
    return NewPiece(
        kind=PieceKind.IN,
        ref=f"{row.number:02d}/{row.year}",
        symbol=row.label[:80],
        dated_on=row.dated,
        title=f"{row.kind}: {row.abstract}"[:600],
        author=row.organ_name,
        pages=max(1, row.pages),
        sha256=kept.sha256 if kept else "",
    )


def pages_of(pdf: bytes) -> int:
    """Return the number of pages of a PDF."""
    try:
        return len(PdfReader(io.BytesIO(pdf)).pages)
    except (PyPdfError, ValueError, KeyError, RecursionError) as problem:
        raise BadInput(
            "Tệp PDF hỏng hoặc đặt mật khẩu: lưu lại không mật khẩu rồi nộp.",
            "The PDF is damaged or has a password: save it without one.",
        ) from problem


def keep_upload(data: bytes, file_name: str) -> tuple[str, str, int]:
    """Keep an uploaded document; returns its checksum, suffix, and number of pages where a PDF tells it, else 0."""
    suffix = file_name.rpartition(".")[2].lower().replace("jpeg", "jpg")
    if not data or len(data) > MOST_UPLOADED:
        raise BadInput("Tệp rỗng hoặc lớn quá 20 MB.", "The file is empty or larger than 20 MB.")
    NewPiece(kind=PieceKind.UPLOAD, ref="-", title="-", author="-", pages=1, suffix=suffix or "?")
    secrecy.refuse(secrecy.marked_file(data, suffix))
    return store.keep(data, suffix), suffix, pages_of(data) if suffix == "pdf" else 0


def kept_upload(sha256: str, suffix: str) -> Path:
    """Return where an uploaded document of another room lies, checked; whoever asks has checked who may see it."""
    return store.path_of(sha256, suffix)


def put(by: Permit, file_id: int, piece: NewPiece) -> WorkFileInfo:
    """Put a paper or document into an open file, at its end; the same one lies there once."""
    with transaction.atomic():
        row, info = locked(file_id, (FileState.OPEN,))
        lying = models.Piece.objects.filter(work_file=row, taken_out_at=None)
        if lying.filter(kind=piece.kind, ref=piece.ref).exists():
            raise BadInput("Văn bản này đã nằm trong hồ sơ.", "This one lies in the file already.")
        models.Piece.objects.create(
            group_id=row.group_id,
            work_file=row,
            number=lying.count() + 1,
            kind=piece.kind,
            ref=piece.ref,
            symbol=piece.symbol,
            dated_on=piece.dated_on,
            title=piece.title,
            author=piece.author,
            pages=piece.pages,
            note=piece.note,
            sha256=piece.sha256,
            suffix=piece.suffix,
            put_at=by.at,
        )
        return record(by, info, bound=piece.digest(), note={"piece": lying.count()})


def move(by: Permit, file_id: int, piece_id: int, to: int) -> WorkFileInfo:
    """Move a piece of an open file to another place; the others close up."""
    with transaction.atomic():
        row, info = locked(file_id, (FileState.OPEN,))
        rows = list(models.Piece.objects.select_for_update().filter(work_file=row, taken_out_at=None))
        moved = _one_of(rows, piece_id)
        rows.remove(moved)
        rows.insert(max(1, min(to, len(rows) + 1)) - 1, moved)
        _number(rows)
        return record(by, info, bound=digest_of(piece=piece_id, to=to), note={"to": to})


def take_out(by: Permit, file_id: int, piece_id: int, reason: str) -> WorkFileInfo:
    """Take a piece out of an open file for a reason; it stays on record and its files stay in the archive."""
    if not reason or len(reason) > 300:
        raise BadInput("Ghi lý do rút, tối đa 300 ký tự.", "Give the reason, in 300 characters at most.")
    with transaction.atomic():
        row, info = locked(file_id, (FileState.OPEN,))
        rows = list(models.Piece.objects.select_for_update().filter(work_file=row, taken_out_at=None))
        gone = _one_of(rows, piece_id)
        rows.remove(gone)
        note: dict[str, str | int] = {"piece": gone.number or 0}
        gone.number, gone.taken_out_at, gone.taken_out_why = None, by.at, reason
        gone.save(update_fields=["number", "taken_out_at", "taken_out_why"])
        _number(rows)
        return record(by, info, bound=digest_of(piece=piece_id, reason=reason), note=note)


def _one_of(rows: list[models.Piece], piece_id: int) -> models.Piece:
    found = next((one for one in rows if one.pk == piece_id), None)
    if found is None:
        raise BadInput("Văn bản này không còn trong hồ sơ.", "This one does not lie in the file any more.")
    return found


def _number(rows: list[models.Piece]) -> None:
    for number, one in enumerate(rows, start=1):
        one.number = number
    models.Piece.objects.bulk_update(rows, ["number"])
