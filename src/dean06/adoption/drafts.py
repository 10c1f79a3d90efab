"""Charters being written: a draft is the files of a package; two people adopt it, whole, from a day on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from dean06.adoption.models import CharterVersion, Draft
from dean06.adoption.two_people import give_word
from dean06.adoption.versions import VersionInfo, latest
from dean06.charter.types import Charter, Permit
from dean06.clock.errors import BadInput
from dean06.ledger import service as ledger
from dean06.ledger.types import canonical, digest_of

Files = Mapping[str, object]
NEW = "moi"
OPEN = (Draft.OPEN, Draft.SUBMITTED)

__all__ = [
    "Adoption",
    "DraftDecision",
    "DraftInfo",
    "NewDraft",
    "adopting_drafts",
    "adoption_digest",
    "begin_draft",
    "confirm_adoption",
    "decide_draft",
    "decision_digest",
    "demand_newest",
    "draft",
    "draft_digest",
    "draft_ref",
    "drafts",
    "drop_draft",
    "save_draft",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDraft:
    """What a draft begins with; an amendment names the text, the clause and why.

    `follows` is the hash of the line's newest adopted text that it was written after; empty leaves what is kept.
    `to_check` are the places where a move to that text met a change of both.
    """

    title: str
    files: Files
    base_hash: str = ""
    follows: str = ""
    to_check: tuple[str, ...] = ()
    clause: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """Under which number and date a draft is adopted, and from which day it binds."""

    instrument: str
    signed_on: date
    in_force_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftDecision:
    """What the leader said of a draft: whose word, when, on which revision; a refusal says why."""

    by: str
    at: datetime
    revision: int
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftInfo:
    """A draft as screens know it; `revision` grows with every change."""

    id: int
    group_id: int
    title: str
    base_hash: str
    follows: str
    to_check: tuple[str, ...]
    clause: str
    reason: str
    files: dict[str, object]
    revision: int
    state: str
    made_by: str
    made_at: datetime
    changed_at: datetime
    submitted_at: datetime | None
    adoption: Adoption | None
    decision: DraftDecision | None
    confirmed_by: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        """Say whether it can still be changed or adopted."""
        return self.state in OPEN

    @property
    def is_agreed(self) -> bool:
        """Say whether the leader agreed to it as it is now."""
        return self.decision is not None and self.decision.revision == self.revision


def draft_ref(slug: str, name: str) -> str:
    """Return the id under which permits and the ledger name a draft; `moi` is one that is about to begin."""
    return f"{slug}:ban-thao:{name}"


def draft_digest(new: NewDraft) -> str:
    """Return the SHA-256 (hex) of a draft's content, to which its permit is bound."""
    return digest_of(
        title=new.title,
        base=new.base_hash,
        follows=new.follows,
        clause=new.clause,
        reason=new.reason,
        files=canonical(dict(new.files)),
    )


def adoption_digest(charter_hash: str, adoption: Adoption) -> str:
    """Return the SHA-256 (hex) of text, number and days together: what each of the two people confirms."""
    return digest_of(
        hash=charter_hash,
        number=adoption.instrument,
        signed_on=adoption.signed_on,
        in_force_from=adoption.in_force_from,
    )


def decision_digest(draft_id: int, revision: int, note: str, *, agreed: bool) -> str:
    """Return the SHA-256 (hex) of a word on a draft as it stands, to which its permit is bound."""
    return digest_of(draft=draft_id, revision=revision, agreed=agreed, note=note)


def begin_draft(by: Permit, group_id: int, new: NewDraft) -> DraftInfo:
    """Begin a draft for a group."""
    with transaction.atomic():
        row = Draft.objects.create(
            group_id=group_id,
            title=new.title,
            base_hash=new.base_hash,
            follows=new.follows,
            clause=new.clause,
            reason=new.reason,
            files=dict(new.files),
            made_by=by.actor.account,
            made_at=by.at,
            changed_at=by.at,
        )
        _enter(by, row, draft_digest(new), name=NEW)
    return _info(row)


def save_draft(by: Permit, draft_id: int, new: NewDraft, *, seen: int) -> DraftInfo:
    """Replace what a draft holds; one that somebody else changed meanwhile (`seen` is older) is not overwritten."""
    with transaction.atomic():
        row = _open(draft_id)
        if row.revision != seen:
            raise BadInput(
                "Bản thảo vừa được người khác sửa: mở lại trang, chép phần của mình rồi lưu.",
                "Somebody else changed the draft just now: open it again, copy your part, then save.",
            )
        row.title, row.clause, row.reason, row.files = new.title, new.clause, new.reason, dict(new.files)
        row.to_check = list(new.to_check)
        row.base_hash, row.follows = new.base_hash or row.base_hash, new.follows or row.follows
        row.revision, row.changed_at = row.revision + 1, by.at
        row.confirmed_hash = ""
        row.save()
        row.confirmations.all().delete()  # what two people confirm is one and the same text
        _enter(by, row, draft_digest(new))
    return _info(row)


def drop_draft(by: Permit, draft_id: int) -> DraftInfo:
    """Set a draft aside; it stays readable and is never adopted."""
    with transaction.atomic():
        row = _open(draft_id)
        row.state = Draft.DROPPED
        row.save(update_fields=["state"])
        _enter(by, row, digest_of(draft=row.pk, dropped=True))
    return _info(row)


def decide_draft(by: Permit, draft_id: int, note: str, *, agreed: bool, seen: int) -> DraftInfo:
    """Keep the leader's word on a draft in the revision they saw; without agreement it is set aside, and why."""
    with transaction.atomic():
        row = _open(draft_id)
        if row.revision != seen:
            raise BadInput(
                "Bản thảo vừa được sửa: đọc lại rồi cho ý kiến.",
                "The draft was changed just now: read it again, then decide.",
            )
        if agreed:
            demand_newest(row)
        row.decided_by, row.decided_at, row.decided_revision = by.actor.account, by.at, row.revision
        row.decision_note = note
        row.state = row.state if agreed else Draft.DROPPED
        row.save()
        _enter(by, row, decision_digest(row.pk, row.revision, note, agreed=agreed))
    return _info(row)


def confirm_adoption(by: Permit, draft_id: int, charter: Charter, adoption: Adoption) -> DraftInfo:
    """Confirm text, number and days; with the second person the text becomes the line's next version, whole.

    The second person must confirm the very same text, number and days; anything else is refused and nothing changes.
    """
    digest = adoption_digest(charter.hash, adoption)
    try:
        with transaction.atomic():
            row, last = _open(draft_id), _last(charter, adoption)
            demand_newest(row)
            if row.confirmed_hash and row.confirmed_hash != digest:
                raise BadInput(
                    "Văn bản, số hoặc ngày khác lần xác nhận trước: đối chiếu bản giấy rồi nhập lại.",
                    "Text, number or days differ from the first confirmation: compare with the paper, enter again.",
                )
            row.confirmed_hash, row.instrument = digest, adoption.instrument
            row.signed_on, row.in_force_from = adoption.signed_on, adoption.in_force_from
            if give_word(by, row.confirmations):
                _adopt(by, charter, adoption, last)
                row.state = Draft.ADOPTED
            row.save()
            _enter(by, row, digest)
    except IntegrityError as problem:
        raise BadInput(
            "Văn bản này đã là một phiên bản của quy chế.", "This text is a version of the charter already."
        ) from problem
    return _info(row)


def _last(charter: Charter, adoption: Adoption) -> CharterVersion:
    """Return the version that a draft follows; refused where it would come into force before that one."""
    last = CharterVersion.objects.select_for_update().filter(line=charter.line).order_by("-number").first()
    if last is None:
        raise BadInput(f"Chưa nạp quy chế «{charter.line}».", f"The charter {charter.line!r} is not installed.")
    if last.in_force_from and adoption.in_force_from <= last.in_force_from:
        raise BadInput(
            f"Ngày hiệu lực phải sau ngày {last.in_force_from:%d/%m/%Y} của phiên bản {last.number}.",
            f"It must come into force after {last.in_force_from:%d/%m/%Y}, the day of version {last.number}.",
        )
    if charter.version != last.number + 1:
        raise BadInput(
            f"Bản được thông qua phải mang số phiên bản {last.number + 1}: mở lại trang rồi nhập lại.",
            f"The adopted text must bear version number {last.number + 1}: open the page again, then enter again.",
        )
    return last


def _adopt(by: Permit, charter: Charter, adoption: Adoption, last: CharterVersion) -> None:
    CharterVersion.objects.create(
        line=charter.line,
        number=last.number + 1,
        hash=charter.hash,
        canonical=canonical(dict(charter.raw)),
        loaded_at=by.at,
        instrument=adoption.instrument,
        adopted_on=adoption.signed_on,
        in_force_from=adoption.in_force_from,
        is_demo=last.is_demo,
    )


def demand_newest(row: Draft) -> None:
    """Refuse a draft that was written before the line's newest text was adopted."""
    if row.follows != latest(row.group.charter_line).hash:
        raise BadInput(
            "Bản thảo soạn từ phiên bản cũ hơn bản đã thông qua gần nhất: bấm «Chuyển sang bản mới nhất», đọc lại.",
            "The draft was written before the newest adopted text: move it to the newest version, then read it again.",
        )


def adopting_drafts(listed: Iterable[VersionInfo]) -> dict[str, DraftInfo]:
    """Return the draft that each of the texts was made from, by the hash of the text."""
    wanted = {
        adoption_digest(
            one.hash,
            Adoption(instrument=one.instrument, signed_on=one.signed_on, in_force_from=one.in_force_from),
        ): one.hash
        for one in listed
        if one.signed_on and one.in_force_from
    }
    rows = Draft.objects.filter(state=Draft.ADOPTED, confirmed_hash__in=wanted).prefetch_related("confirmations")
    return {wanted[row.confirmed_hash]: _info(row) for row in rows}


def drafts(group_id: int) -> list[DraftInfo]:
    """Return a group's drafts, the last changed first."""
    rows = Draft.objects.filter(group_id=group_id).prefetch_related("confirmations")
    return [_info(row) for row in rows]


def draft(group_id: int, draft_id: int) -> DraftInfo | None:
    """Return one draft of a group; None where there is none."""
    row = Draft.objects.filter(group_id=group_id, pk=draft_id).prefetch_related("confirmations").first()
    return _info(row) if row else None


def _open(draft_id: int) -> Draft:
    row = Draft.objects.select_for_update().get(pk=draft_id)
    if row.state not in OPEN:
        raise BadInput(
            "Bản thảo này đã thông qua hoặc đã bỏ: không sửa được nữa.", "This draft is adopted or dropped already."
        )
    return row


def _enter(by: Permit, row: Draft, digest: str, name: str = "") -> None:
    object_id = draft_ref(row.group.slug, name or str(row.pk))
    ledger.append(by, scope=row.group.slug, kind="charter_draft", object_id=object_id, digest=digest, bound=digest)


def _info(row: Draft) -> DraftInfo:
    adoption = (
        Adoption(instrument=row.instrument, signed_on=row.signed_on, in_force_from=row.in_force_from)
        if row.signed_on and row.in_force_from
        else None
    )
    return DraftInfo(
        id=row.pk,
        group_id=row.group_id,
        title=row.title,
        base_hash=row.base_hash,
        follows=row.follows,
        to_check=tuple(row.to_check),
        clause=row.clause,
        reason=row.reason,
        files=dict(row.files),
        revision=row.revision,
        state=row.state,
        made_by=str(row.made_by),
        made_at=row.made_at,
        changed_at=row.changed_at,
        submitted_at=row.submitted_at,
        adoption=adoption,
        decision=_decision(row),
        confirmed_by=tuple(str(one.account) for one in row.confirmations.all()),
    )


def _decision(row: Draft) -> DraftDecision | None:
    if row.decided_at is None or row.decided_revision is None:
        return None
    return DraftDecision(
        by=str(row.decided_by), at=row.decided_at, revision=row.decided_revision, note=row.decision_note
    )
