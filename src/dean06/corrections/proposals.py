"""When the register may be wrong: a proposal to its owner, what the owner decides, and what a later run shows.

No write path to the register exists; a proposal says which finding is doubted, on what ground, where the paper lies.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib import resources

from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet
from ruamel.yaml import YAML

from dean06.charter.types import Permit
from dean06.corrections.errors import ProposalRefused
from dean06.corrections.models import Counter, Finding, Proposal, ProposalEvent, Run
from dean06.corrections.rows import finding_info, run_labels
from dean06.corrections.types import (
    DECISIONS,
    OPEN_STATES,
    PENDING,
    FindingInfo,
    NewProposal,
    ProposalAct,
    ProposalInfo,
    ProposalState,
    Slot,
    Status,
)
from dean06.ledger import service as ledger
from dean06.ledger.errors import PermitMisused
from dean06.ledger.types import digest_of
from dean06.offices import service as offices
from dean06.offices.types import Viewer

KIND, AUTOMATIC = "proposal", "system"
LONGEST_PLACE, LONGEST_REASON = 160, 300
# What the register says is in doubt only where matching compared with it, or did not find the person in it.
DOUBTED = frozenset({"KHOP_SAI_LECH", "DA_CHET", "DA_CHUYEN_DI", "KHONG_TIM_THAY"})

__all__ = [
    "DOUBTED",
    "decide",
    "doubtful",
    "grounds",
    "one_line",
    "open_again",
    "papers",
    "pending",
    "pending_on",
    "pending_rows",
    "proposal",
    "proposals",
    "propose",
    "reserve_proposal",
    "rests_on",
    "settle",
    "take_back",
]


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Sequence[Mapping[str, str]]]:
    text = resources.files("dean06.corrections").joinpath("proposals.yaml").read_text(encoding="utf-8")
    return dict(YAML(typ="safe", pure=True).load(text))


def grounds() -> dict[str, tuple[str, str]]:
    """Return the grounds of a proposal by code, in Vietnamese and English."""
    return {one["code"]: (one["vi"], one["en"]) for one in _table()["grounds"]}


def papers() -> dict[str, tuple[str, str]]:
    """Return the kinds of paper that show it, by code, in Vietnamese and English."""
    return {one["code"]: (one["vi"], one["en"]) for one in _table()["papers"]}


def reserve_proposal(group_id: int) -> Slot:
    """Return the next number of a group for a proposal, inside the caller's transaction, under the group's lock."""
    group = offices.group_by_id(group_id)
    Counter.objects.get_or_create(group_id=group_id)
    Counter.objects.select_for_update().get(group_id=group_id)
    last = Proposal.objects.filter(group_id=group_id).aggregate(last=Max("number"))["last"] or 0
    return Slot(group_id=group_id, number=last + 1, ref=f"{group.slug}:DN-{last + 1}")


def doubtful(viewer: Viewer, group_id: int, finding_id: int) -> FindingInfo | None:
    """Return an open finding on which the register may be doubted, of a group in which the reader sits."""
    if not viewer.sits_in(group_id):
        return None
    row = Finding.objects.filter(
        pk=finding_id, group_id=group_id, rule__in=DOUBTED, status__in=[one.value for one in OPEN_STATES]
    ).first()
    return finding_info(row, run_labels(group_id)) if row else None


def propose(by: Permit, new: NewProposal) -> ProposalInfo:
    """Ask the register's owner to correct it. The permit is for object kind `proposal`, id `new.slot.ref`."""
    if by.obj.digest != new.digest():
        raise PermitMisused(
            f"Giấy phép không phải cho đúng nội dung của đề nghị {new.slot.ref}.",
            f"The permit was not given for this content of proposal {new.slot.ref}.",
        )
    if new.ground not in grounds() or (new.paper and new.paper not in papers()):
        raise ProposalRefused("Chọn căn cứ và loại giấy tờ trong danh mục.", "Choose a ground and a paper of the list.")
    if len(new.kept_at) > LONGEST_PLACE:
        raise ProposalRefused("Nơi giữ giấy tờ dài quá 160 chữ.", "The place of the paper is longer than 160 letters.")
    try:
        with transaction.atomic():
            finding = Finding.objects.select_for_update().get(pk=new.finding_id, group_id=new.slot.group_id)
            if finding.rule not in DOUBTED or finding.status not in OPEN_STATES:
                raise ProposalRefused(
                    "Sai lệch này không còn mở, hoặc không do so với sổ dân cư: không có gì để đề nghị.",
                    "This finding is not open, or does not come of the register: there is nothing to propose.",
                )
            row = Proposal.objects.create(
                group_id=new.slot.group_id,
                number=new.slot.number,
                finding=finding,
                ground=new.ground,
                paper=new.paper,
                kept_at=new.kept_at,
                delivered=new.delivered,
                made_at=by.at,
                made_by=by.actor.account,
                made_agency=new.agency,
                permit=by.digest(),
            )
            _enter(by, row, Proposal.State.WAITING, "", new.digest())
    except IntegrityError:
        raise ProposalRefused(
            "Sai lệch này đã có đề nghị đang chờ: mở đề nghị đó.", "There is a proposal on this finding already."
        ) from None
    return _infos(Proposal.objects.filter(pk=row.pk))[0]


def decide(by: Permit, proposal_id: int, decision: ProposalState, reason: str) -> ProposalInfo:
    """Record what the register's owner decides; refused to a proposal that is settled, or without a reason."""
    if decision not in DECISIONS or not reason.strip():
        raise ProposalRefused("Chọn quyết định và ghi lý do.", "Choose a decision and say why.")
    return _move(by, proposal_id, decision, one_line(reason))


def one_line(reason: str) -> str:
    """Return a reason as it is kept: one line of at most 300 letters."""
    return " ".join(reason.split())[:LONGEST_REASON]


def take_back(by: Permit, proposal_id: int) -> ProposalInfo:
    """Take a proposal back that is not settled."""
    return _move(by, proposal_id, ProposalState.TAKEN_BACK, "")


def _move(by: Permit, proposal_id: int, state: ProposalState, reason: str) -> ProposalInfo:
    with transaction.atomic():
        row = Proposal.objects.select_for_update().get(pk=proposal_id)
        if row.state not in PENDING:
            raise ProposalRefused(f"{row} đã kết thúc.", f"Proposal {row.number} is settled.")
        row.state = state.value
        row.ended_at = None if state in PENDING else by.at
        row.save(update_fields=["state", "ended_at"])
        _enter(by, row, state.value, reason, digest_of(proposal=row.number, state=state.value, reason=reason))
    return _infos(Proposal.objects.filter(pk=row.pk))[0]


def _enter(by: Permit, row: Proposal, state: str, reason: str, digest: str) -> None:
    ProposalEvent.objects.create(
        group_id=row.group_id,
        proposal=row,
        state=state,
        at=by.at,
        by=None if by.actor.role == AUTOMATIC else by.actor.account,
        reason=reason,
        permit=by.digest(),
    )
    slug = row.group.slug
    ledger.append(
        by,
        scope=slug,
        kind=KIND,
        object_id=f"{slug}:DN-{row.number}",
        digest=digest,
        bound=digest,
        note={"state": state},
    )


def pending(group_id: int, source: str) -> list[ProposalInfo]:
    """Return the proposals on a source that wait for its owner or a later snapshot, for work."""
    rows = Proposal.objects.filter(group_id=group_id, finding__source=source, state__in=[one.value for one in PENDING])
    return _infos(rows.order_by("pk"))


def settle(by: Permit, proposal_id: int, state: ProposalState, run_label: str) -> ProposalInfo:
    """End a proposal whose finding a run no longer saw: the register came round, or the agency corrected its list."""
    with transaction.atomic():
        row = Proposal.objects.select_for_update().select_related("finding").get(pk=proposal_id)
        if row.state not in PENDING or row.finding.status != Status.PROVED:
            return _infos(Proposal.objects.filter(pk=row.pk))[0]
        row.state, row.ended_at = state.value, by.at
        row.ended_by = Run.objects.get(group_id=row.group_id, run_id=run_label)
        row.save(update_fields=["state", "ended_at", "ended_by"])
        _enter(by, row, state.value, "", digest_of(proposal=row.number, state=state.value, run=run_label))
    return _infos(Proposal.objects.filter(pk=row.pk))[0]


def pending_on(group_id: int, finding_ids: Iterable[int]) -> dict[int, tuple[int, str]]:
    """Return the open proposal (id, label) on each of these findings of a group."""
    rows = Proposal.objects.filter(
        group_id=group_id, finding_id__in=list(finding_ids), state__in=[one.value for one in PENDING]
    )
    return {row.finding_id: (row.pk, str(row)) for row in rows}


def rests_on(run: Run) -> bool:
    """Say whether a proposal doubts what a run was the first to find."""
    return Proposal.objects.filter(finding__first_run=run).exclude(state=Proposal.State.TAKEN_BACK).exists()


def open_again(by: Permit, run: Run) -> None:
    """Open the proposals that a run ended, since the run is taken back; inside the caller's transaction."""
    for row in Proposal.objects.filter(ended_by=run).select_related("group"):
        before = [one.state for one in row.events.all()][-2]
        row.state, row.ended_at, row.ended_by = before, None, None
        row.save(update_fields=["state", "ended_at", "ended_by"])
        ProposalEvent.objects.create(
            group_id=row.group_id, proposal=row, state=before, at=by.at, by=by.actor.account, permit=by.digest()
        )


def pending_rows(group_id: int, run_label: str) -> dict[tuple[int, str], str]:
    """Return the rows and fields of a run whose register value is being verified, each with the proposal's label."""
    rows = Proposal.objects.filter(
        group_id=group_id, finding__last_run__run_id=run_label, state__in=[one.value for one in PENDING]
    ).select_related("finding")
    return {(row.finding.stt, row.finding.field): str(row) for row in rows}


def proposals(viewer: Viewer, group_id: int) -> list[ProposalInfo]:
    """Return the proposals of a group in which the reader sits, the newest first."""
    if not viewer.sits_in(group_id):
        return []
    return _infos(Proposal.objects.filter(group_id=group_id).order_by("-number"))


def proposal(viewer: Viewer, group_id: int, proposal_id: int) -> ProposalInfo | None:
    """Return one proposal of a group in which the reader sits."""
    if not viewer.sits_in(group_id):
        return None
    found = _infos(Proposal.objects.filter(pk=proposal_id, group_id=group_id))
    return found[0] if found else None


def _infos(rows: QuerySet[Proposal]) -> list[ProposalInfo]:
    listed = list(rows.select_related("group", "finding").prefetch_related("events"))
    labels = _labels(row.group_id for row in listed)
    return [
        ProposalInfo(
            id=row.pk,
            ref=f"{row.group.slug}:DN-{row.number}",
            group_id=row.group_id,
            number=row.number,
            finding=finding_info(row.finding, labels),
            ground=row.ground,
            paper=row.paper,
            kept_at=row.kept_at,
            delivered=row.delivered,
            state=ProposalState(row.state),
            made_at=row.made_at,
            made_by=str(row.made_by),
            agency=row.made_agency,
            permit=row.permit,
            ended_at=row.ended_at,
            ended_by_run=labels[row.ended_by_id] if row.ended_by_id else None,
            acts=tuple(
                ProposalAct(state=ProposalState(one.state), at=one.at, by=str(one.by or ""), reason=one.reason)
                for one in row.events.all()
            ),
        )
        for row in listed
    ]


def _labels(group_ids: Iterable[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for group_id in set(group_ids):
        found |= run_labels(group_id)
    return found
