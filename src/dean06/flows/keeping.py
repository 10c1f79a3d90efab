"""Keeping: a group's list of files, what goes into each, the hand-in to the archive, and what comes after the term."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date

from dean06.adoption import service as adoption
from dean06.charter import service as charters
from dean06.charter.types import Fact, ObjectRef, Permit
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows.authority import Act, ask, bind, grant, permit
from dean06.ledger.types import digest_of
from dean06.offices.types import GroupInfo
from dean06.papers.service import handing_in, keeping, pieces, proofs
from dean06.papers.types import FileListInfo, HandInInfo, NewFate, NewFile, NewPiece, PieceKind, Signer, WorkFileInfo

__all__ = [
    "add",
    "change",
    "choose_qr",
    "close",
    "decide_fate",
    "drop",
    "hand_in",
    "issue_list",
    "move",
    "open_file",
    "propose",
    "put",
    "put_incoming",
    "put_paper",
    "put_upload",
    "send_back",
    "take_out",
    "take_over",
]


def _of_list(account: str, group: GroupInfo, action: str, year: int, digest: str) -> Permit:
    obj = ObjectRef(kind="file_list", id=f"{group.slug}:{year}", digest=digest)
    return permit(Act(account=account, group=group, action=action, obj=obj))


def _of_file(account: str, group: GroupInfo, action: str, info: WorkFileInfo, digest: str) -> Permit:
    if info.holder_id != group.id:
        raise BadInput(
            f"Hồ sơ {info.symbol} do tổ khác giữ: mở hồ sơ ở trang của tổ ấy.",
            f"The file {info.symbol} is held by another group: open it there.",
        )
    facts: dict[str, Fact] = {"document.is_numbered": True} if action == "document.archive" else {}
    obj = ObjectRef(kind="work_file", id=info.ref, digest=digest)
    return permit(Act(account=account, group=group, action=action, obj=obj, facts=facts))


def propose(account: str, group: GroupInfo, year: int) -> int:
    """Fill the list of a year with the files that such a group usually opens; returns how many are new."""
    today = clock.today(group)
    charter = adoption.charter_of(group.charter_line, today)
    rows = [
        dataclasses.replace(one, keeper=charters.role_name(charter, one.keeper))
        for one in keeping.proposed(year, today)
    ]
    by = _of_list(account, group, "work_file.plan", year, digest_of(titles="; ".join(one.title for one in rows)))
    return keeping.propose(by, group.id, year, rows)


def add(account: str, group: GroupInfo, year: int, new: NewFile) -> WorkFileInfo:
    """Add a file to the list of a year, or beside it once it is issued."""
    return keeping.add(_of_list(account, group, "work_file.plan", year, new.digest()), group.id, year, new)


def issue_list(account: str, group: GroupInfo, year: int, instrument: str, signed_on: date) -> FileListInfo:
    """Enter number and date of the decision that issues the list of a year."""
    named = " ".join(instrument.split())
    if not named or len(named) > 80:
        raise BadInput("Ghi số quyết định ban hành danh mục.", "Give the number of the decision that issues the list.")
    if signed_on > clock.today(group):
        raise BadInput("Ngày quyết định sau hôm nay.", "The decision is dated after today.")
    digest = digest_of(instrument=named, on=signed_on)
    by = _of_list(account, group, "work_file.issue_plan", year, digest)
    return keeping.decide_list(by, group.id, year, named, signed_on)


def change(account: str, group: GroupInfo, file_id: int, new: NewFile) -> WorkFileInfo:
    """Change what the list says of a file that is not closed."""
    info = keeping.file_for_work(file_id)
    return keeping.change(_of_file(account, group, "work_file.plan", info, new.digest()), file_id, new)


def drop(account: str, group: GroupInfo, file_id: int) -> None:
    """Take a file out of a list that is not issued."""
    info = keeping.file_for_work(file_id)
    keeping.drop(_of_file(account, group, "work_file.plan", info, digest_of(dropped=info.ref)), file_id)


def open_file(account: str, group: GroupInfo, file_id: int) -> WorkFileInfo:
    """Open a file."""
    info = keeping.file_for_work(file_id)
    return keeping.open_file(_of_file(account, group, "work_file.open", info, digest_of(opened=info.ref)), file_id)


def put_paper(account: str, group: GroupInfo, file_id: int, paper_id: int) -> WorkFileInfo:
    """Put an issued paper of the group into a file: the kept copy finds its place."""
    info, piece = keeping.file_for_work(file_id), pieces.piece_of_paper(group.id, paper_id)
    return pieces.put(_of_file(account, group, "document.archive", info, piece.digest()), file_id, piece)


def put_incoming(account: str, group: GroupInfo, file_id: int, incoming_id: int) -> WorkFileInfo:
    """Put a paper of the incoming register into a file, as the register describes it."""
    return put(account, group, file_id, pieces.piece_of_incoming(group.id, incoming_id))


def put(account: str, group: GroupInfo, file_id: int, piece: NewPiece) -> WorkFileInfo:
    """Put a paper that came in, or another document, into a file."""
    if piece.kind is PieceKind.OUT:
        return put_paper(account, group, file_id, int(piece.ref))
    info = keeping.file_for_work(file_id)
    return pieces.put(_of_file(account, group, "work_file.fill", info, piece.digest()), file_id, piece)


def put_upload(account: str, group: GroupInfo, file_id: int, upload: tuple[bytes, str], said: NewPiece) -> WorkFileInfo:
    """Put an uploaded document into a file: kept under its checksum first, then put in on record."""
    data, name = upload
    sha256, suffix, counted = pieces.keep_upload(data, name)
    whole = dataclasses.replace(said, ref=sha256, sha256=sha256, suffix=suffix, pages=counted or said.pages)
    return put(account, group, file_id, whole)


def move(account: str, group: GroupInfo, file_id: int, piece_id: int, to: int) -> WorkFileInfo:
    """Move a piece to another place in its file."""
    info = keeping.file_for_work(file_id)
    by = _of_file(account, group, "work_file.fill", info, digest_of(piece=piece_id, to=to))
    return pieces.move(by, file_id, piece_id, to)


def take_out(account: str, group: GroupInfo, file_id: int, piece_id: int, reason: str) -> WorkFileInfo:
    """Take a piece out of a file that is open, for a reason."""
    info, why = keeping.file_for_work(file_id), " ".join(reason.split())
    by = _of_file(account, group, "work_file.fill", info, digest_of(piece=piece_id, reason=why))
    return pieces.take_out(by, file_id, piece_id, why)


def close(account: str, group: GroupInfo, file_id: int, ended_on: date) -> WorkFileInfo:
    """Close a file on the day its work ended."""
    info = keeping.file_for_work(file_id)
    by = _of_file(account, group, "work_file.close", info, digest_of(ended_on=ended_on))
    return keeping.close(by, file_id, ended_on)


def _known_hand_in(group: GroupInfo, hand_in_id: int) -> HandInInfo:
    info = handing_in.hand_in_for_work(hand_in_id)
    if info.group_id != group.id:
        raise BadInput("Lần giao nộp này của tổ khác.", "This hand-in is another group's.")
    return info


def _of_hand_in(account: str, group: GroupInfo, action: str, obj: ObjectRef) -> tuple[Permit, Signer]:
    """Return the permit and, from the seat under which it was given, the name that the record prints."""
    act = Act(account=account, group=group, action=action, obj=obj)
    answer = ask(act)
    by = grant(act, answer)
    seat = answer.capacity
    if seat is None:
        raise BadInput("Người ký giao nhận phải giữ vị trí trong tổ.", "Who signs must hold a seat in the group.")
    return by, Signer(name=seat.holder, post=seat.post or seat.title)


def hand_in(account: str, group: GroupInfo, file_ids: Sequence[int], condition: str) -> HandInInfo:
    """Offer closed files to the archive; whoever does it signs as the giver."""
    number, chosen = handing_in.next_hand_in(group.id), sorted(set(file_ids))
    obj = bind("hand_in", f"{group.slug}:{number}", files=chosen)
    by, giver = _of_hand_in(account, group, "work_file.hand_over", obj)
    words = " ".join(condition.split())
    return handing_in.hand_in(by, group.id, number, chosen, giver=giver, condition=words)


def take_over(account: str, group: GroupInfo, hand_in_id: int) -> HandInInfo:
    """Sign for the archive that the files of a hand-in were received."""
    info = _known_hand_in(group, hand_in_id)
    obj = bind("hand_in", info.ref, receive=info.ref)
    by, receiver = _of_hand_in(account, group, "work_file.take_over", obj)
    return handing_in.take_over(by, hand_in_id, receiver)


def send_back(account: str, group: GroupInfo, hand_in_id: int, why: str) -> HandInInfo:
    """Send a hand-in back for a reason."""
    info, reason = _known_hand_in(group, hand_in_id), " ".join(why.split())
    obj = bind("hand_in", info.ref, back=info.ref, why=reason)
    by, _ = _of_hand_in(account, group, "work_file.take_over", obj)
    return handing_in.send_back(by, hand_in_id, reason)


def decide_fate(account: str, group: GroupInfo, file_id: int, new: NewFate) -> WorkFileInfo:
    """Enter the decision about a file whose term is over."""
    info, today = keeping.file_for_work(file_id), clock.today(group)
    by = _of_file(account, group, "work_file.decide_fate", info, new.digest())
    return handing_in.decide_fate(by, file_id, new, today)


def choose_qr(account: str, group: GroupInfo, *, shown: bool) -> None:
    """Choose whether the group's papers bear the QR code that leads to their proof, from the next issue on."""
    obj = ObjectRef(kind="template", id=f"{group.slug}:qr", digest=proofs.qr_digest(shown=shown))
    by = permit(Act(account=account, group=group, action="template.set", obj=obj))
    proofs.choose_qr(by, group.id, shown=shown)
