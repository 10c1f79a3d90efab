"""The end of a group: a plan that binds nobody, the word of two people, and the bytes of what was handed over."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from dean06.adoption.models import Succession
from dean06.adoption.two_people import give_word
from dean06.charter.types import Permit
from dean06.clock.errors import BadInput
from dean06.ledger import service as ledger
from dean06.ledger.types import canonical, digest_of

NEW = "moi"
FORMAT = "dean06-handover/1"

Choices = Mapping[str, Mapping[str, str]]

__all__ = [
    "Plan",
    "SuccessionInfo",
    "begin_succession",
    "confirm_succession",
    "drop_succession",
    "executed",
    "handover_bytes",
    "handover_content",
    "handover_digest",
    "plan_digest",
    "save_succession",
    "succession",
    "succession_ref",
    "successions",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a person enters: last day, the paper that ends the group, who succeeds, and single choices.

    Attributes:
        instrument: number and symbol; may be empty while the plan is being written.
        successors: short names of groups of this installation.
        choices: by the key of a task or duty, `to` (a short name), `agency` (a code there), `reason` (it ends instead).
    """

    last_day: date
    instrument: str = ""
    signed_on: date | None = None
    successors: tuple[str, ...] = ()
    choices: Choices


@dataclass(frozen=True, slots=True, kw_only=True)
class SuccessionInfo:
    """A plan or an executed hand-over as screens know it; `revision` grows with every change."""

    id: int
    group_id: int
    state: str
    plan: Plan
    revision: int
    made_by: str
    made_at: datetime
    changed_at: datetime
    confirmed_hash: str
    confirmed_by: tuple[str, ...]
    sha256: str
    done_at: datetime | None
    content: Mapping[str, object]

    @property
    def is_open(self) -> bool:
        """Say whether it can still be changed, dropped or confirmed."""
        return self.state == Succession.OPEN

    @property
    def is_done(self) -> bool:
        """Say whether the group has ended by it."""
        return self.state == Succession.DONE


def succession_ref(slug: str, name: str) -> str:
    """Return the id under which permits and the ledger name a succession; `moi` is one that is about to begin."""
    return f"{slug}:ban-giao:{name}"


def plan_digest(plan: Plan) -> str:
    """Return the SHA-256 (hex) of a plan, to which its permit is bound."""
    return digest_of(
        last_day=plan.last_day,
        number=plan.instrument,
        signed_on=plan.signed_on,
        successors=",".join(plan.successors),
        choices=canonical({key: dict(value) for key, value in plan.choices.items()}),
    )


def handover_content(told: Mapping[str, object]) -> str:
    """Return the canonical JSON of a hand-over; the same facts give the same bytes."""
    return canonical({"format": FORMAT, **told})


def handover_digest(content: str) -> str:
    """Return the SHA-256 (hex) of a hand-over's canonical JSON: what each of the two people confirms."""
    return hashlib.sha256(content.encode()).hexdigest()


def begin_succession(by: Permit, group_id: int, plan: Plan) -> SuccessionInfo:
    """Begin the plan of a group's end; a group has one at a time."""
    try:
        with transaction.atomic():
            row = Succession(group_id=group_id, made_by=by.actor.account, made_at=by.at, changed_at=by.at)
            _fill(row, plan)
            _enter(by, row, plan_digest(plan), name=NEW)
    except IntegrityError as problem:
        raise BadInput(
            "Tổ đã có một phương án bàn giao: mở phương án ấy, hoặc bỏ nó trước.",
            "The group has a plan of hand-over already: open it, or drop it first.",
        ) from problem
    return _info(row)


def save_succession(by: Permit, succession_id: int, plan: Plan, *, seen: int) -> SuccessionInfo:
    """Replace a plan; one that somebody else changed meanwhile (`seen` is older) is not overwritten."""
    with transaction.atomic():
        row = _open(succession_id)
        if row.revision != seen:
            raise BadInput(
                "Phương án vừa được người khác sửa: mở lại trang rồi sửa phần của mình.",
                "Somebody else changed the plan just now: open it again, then change your part.",
            )
        row.revision, row.changed_at, row.confirmed_hash = row.revision + 1, by.at, ""
        _fill(row, plan)
        row.confirmations.all().delete()
        _enter(by, row, plan_digest(plan))
    return _info(row)


def drop_succession(by: Permit, succession_id: int) -> SuccessionInfo:
    """Set a plan aside; it stays readable and is never executed."""
    with transaction.atomic():
        row = _open(succession_id)
        row.state = Succession.DROPPED
        row.save(update_fields=["state"])
        _enter(by, row, digest_of(succession=row.pk, dropped=True))
    return _info(row)


def confirm_succession(by: Permit, succession_id: int, content: str) -> SuccessionInfo:
    """Confirm a hand-over as it stands, inside the caller's transaction; the second person's word freezes its bytes.

    The first word on another content than this lapses: both confirm the very same bytes. With the second the state is
    `done`, one entry covers the whole, and the caller does the parts in the same transaction.
    """
    digest = handover_digest(content)
    row = _open(succession_id)
    if row.confirmed_hash != digest:
        row.confirmations.all().delete()
        row.confirmed_hash = digest
    if give_word(by, row.confirmations):
        row.state, row.canonical, row.sha256, row.done_at = Succession.DONE, content, digest, by.at
    row.save()
    _enter(by, row, digest)
    return _info(row)


def successions(group_id: int) -> list[SuccessionInfo]:
    """Return every plan of a group's end, the newest first, those set aside included."""
    rows = Succession.objects.filter(group_id=group_id).prefetch_related("confirmations")
    return [_info(row) for row in rows]


def succession(group_id: int, succession_id: int) -> SuccessionInfo | None:
    """Return one plan of a group, an executed one checked against its hash; None where there is none."""
    row = Succession.objects.filter(group_id=group_id, pk=succession_id).prefetch_related("confirmations").first()
    return _info(row) if row else None


def executed(group_id: int) -> SuccessionInfo | None:
    """Return the hand-over by which a group ended; None while it is at work."""
    row = Succession.objects.filter(group_id=group_id, state=Succession.DONE).prefetch_related("confirmations").first()
    return _info(row) if row else None


def handover_bytes(group_id: int, succession_id: int) -> bytes | None:
    """Return the bytes whose SHA-256 a hand-over shows."""
    row = Succession.objects.filter(group_id=group_id, pk=succession_id, state=Succession.DONE).first()
    return row.canonical.encode() if row else None


def _fill(row: Succession, plan: Plan) -> None:
    row.last_day, row.instrument, row.signed_on = plan.last_day, plan.instrument, plan.signed_on
    row.successors = list(plan.successors)
    row.choices = {key: dict(value) for key, value in plan.choices.items()}
    row.save()


def _open(succession_id: int) -> Succession:
    row = Succession.objects.select_for_update().get(pk=succession_id)
    if row.state != Succession.OPEN:
        raise BadInput(
            "Phương án này đã thực hiện hoặc đã bỏ: không sửa được nữa.", "This plan is executed or dropped already."
        )
    return row


def _enter(by: Permit, row: Succession, digest: str, name: str = "") -> None:
    object_id = succession_ref(row.group.slug, name or str(row.pk))
    ledger.append(by, scope=row.group.slug, kind="succession", object_id=object_id, digest=digest, bound=digest)


def _info(row: Succession) -> SuccessionInfo:
    if row.sha256 and handover_digest(row.canonical) != row.sha256:
        raise BadInput(
            "Biên bản bàn giao không khớp mã băm của chính nó: báo người vận hành.",
            "The record of the hand-over does not fit its own hash: tell the operator.",
        )
    return SuccessionInfo(
        id=row.pk,
        group_id=row.group_id,
        state=row.state,
        plan=Plan(
            last_day=row.last_day,
            instrument=row.instrument,
            signed_on=row.signed_on,
            successors=tuple(row.successors),
            choices=row.choices,
        ),
        revision=row.revision,
        made_by=str(row.made_by),
        made_at=row.made_at,
        changed_at=row.changed_at,
        confirmed_hash=row.confirmed_hash,
        confirmed_by=tuple(str(one.account) for one in row.confirmations.order_by("pk")),
        sha256=row.sha256,
        done_at=row.done_at,
        content=json.loads(row.canonical) if row.canonical else {},
    )
