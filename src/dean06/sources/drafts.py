"""Contracts being written: a draft binds nobody and may be wrong; whoever may adopts it as the next version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.db import IntegrityError, transaction

from dean06.charter.types import Permit
from dean06.clock.errors import BadInput
from dean06.ledger import service as ledger
from dean06.ledger.types import canonical
from dean06.offices import service as offices
from dean06.offices.types import Viewer
from dean06.sources.models import ContractDraft
from dean06.sources.types import DraftInfo, Trial, TrialCount, body_digest, contract_draft_ref, draft_act_digest

KIND = "contract"
LARGEST = 300_000  # letters of a contract as it is written

__all__ = [
    "begin_contract",
    "contract_draft",
    "contract_drafts",
    "drop_contract",
    "note_contract_trial",
    "save_contract",
]


def _info(row: ContractDraft) -> DraftInfo:
    return DraftInfo(
        source=row.source,
        body=row.body,
        base_sha256=row.base_sha256,
        digest=body_digest(row.body),
        begun_at=row.begun_at,
        changed_at=row.changed_at,
        changed_by=str(row.changed_by),
        trial=_trial(row.trial),
    )


def _trial(told: Mapping[str, Any]) -> Trial | None:
    if not told:
        return None
    pairs = {name: tuple(told[name]) for name in ("rows", "quarantined", "broken_rows", "known")}
    return Trial(**{**told, **pairs, "rules": tuple(TrialCount(**one) for one in told["rules"])})


def contract_drafts(viewer: Viewer, group_id: int) -> list[DraftInfo]:
    """Return the contracts being written in a group in which the reader sits."""
    if not viewer.sits_in(group_id):
        return []
    return [_info(row) for row in ContractDraft.objects.filter(group_id=group_id).order_by("source")]


def contract_draft(viewer: Viewer, group_id: int, source: str) -> DraftInfo | None:
    """Return the draft of a source's contract, of a group in which the reader sits."""
    if not viewer.sits_in(group_id):
        return None
    row = ContractDraft.objects.filter(group_id=group_id, source=source).first()
    return _info(row) if row else None


def begin_contract(by: Permit, group_id: int, source: str, body: Mapping[str, Any], base_sha256: str) -> DraftInfo:
    """Begin to write the next version of a contract; one draft a source."""
    _require_small(body)
    try:
        with transaction.atomic():
            row = ContractDraft.objects.create(
                group_id=group_id,
                source=source,
                body=dict(body),
                base_sha256=base_sha256,
                begun_at=by.at,
                changed_at=by.at,
                changed_by=by.actor.account,
            )
            _enter(by, row, "begun")
    except IntegrityError:
        raise BadInput(
            "Nguồn này đã có bản đang soạn: mở bản đó ra sửa tiếp.", "This source has a draft already: go on with it."
        ) from None
    return _info(row)


def save_contract(by: Permit, group_id: int, source: str, body: Mapping[str, Any], seen: str) -> DraftInfo:
    """Save a draft as it is now; `seen` is the digest of what the writer had before them."""
    _require_small(body)
    with transaction.atomic():
        row = _held(group_id, source)
        if body_digest(row.body) != seen:
            raise BadInput(
                "Bản soạn vừa được người khác sửa: mở lại trang, xem thay đổi rồi sửa tiếp.",
                "The draft was just changed by somebody else: open it again, look, and go on.",
            )
        row.body, row.changed_at, row.changed_by = dict(body), by.at, by.actor.account
        row.save(update_fields=["body", "changed_at", "changed_by"])
        _enter(by, row, "saved")
    return _info(row)


def note_contract_trial(by: Permit, group_id: int, source: str, trial: Trial) -> None:
    """Keep what a trial of a draft showed, beside it: counts alone; what it was tried on was read for it."""
    with transaction.atomic():
        row = _held(group_id, source)
        row.trial = asdict(trial)
        row.save(update_fields=["trial"])
        _enter(by, row, "tried")


def drop_contract(by: Permit, group_id: int, source: str) -> None:
    """Throw a draft away."""
    with transaction.atomic():
        row = _held(group_id, source)
        _enter(by, row, "dropped")
        row.delete()


def _held(group_id: int, source: str) -> ContractDraft:
    row = ContractDraft.objects.select_for_update().filter(group_id=group_id, source=source).first()
    if row is None:
        raise BadInput(
            "Không còn bản soạn nào của nguồn này: mở hợp đồng rồi soạn bản mới.",
            "There is no draft of this source: open its contract and begin one.",
        )
    return row


def _require_small(body: Mapping[str, Any]) -> None:
    if len(canonical(dict(body))) > LARGEST:
        raise BadInput(
            f"Hợp đồng dài quá {LARGEST} chữ: bớt cột hoặc cách ghi tiêu đề.",
            f"The contract is longer than {LARGEST} letters: take fields or headings out.",
        )


def _enter(by: Permit, row: ContractDraft, act: str) -> None:
    slug, digest = offices.group_by_id(row.group_id).slug, draft_act_digest(act, row.body)
    ref = contract_draft_ref(slug, row.source)
    ledger.append(by, scope=slug, kind=KIND, object_id=ref, digest=digest, bound=digest, note={"act": act})
