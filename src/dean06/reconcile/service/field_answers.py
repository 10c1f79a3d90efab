"""What was found at the door: a claim with its value encrypted, which the commune police confirm or reject."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib import resources

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import transaction
from ruamel.yaml import YAML

from dean06.charter.types import Permit
from dean06.ledger import service as ledger
from dean06.ledger.types import digest_of
from dean06.offices.types import Viewer
from dean06.reconcile.errors import SheetRefused
from dean06.reconcile.models import FieldAnswer, FieldRow, FieldSheet
from dean06.reconcile.service import faulty_rows
from dean06.reconcile.service.field_sheets import KIND
from dean06.reconcile.types import FaultyRow, FieldAnswerInfo, FieldFinding, ToFix, Visit

NONCE = 12
LONGEST = 200
# What whoever stands at the door needs, beside the two values of the field in question.
BESIDE = ("ho_ten", "ngay_sinh", "dia_chi")
State = FieldAnswer.State
STANDING = (State.CLAIMED, State.CONFIRMED)

__all__ = [
    "answered_digest",
    "codes",
    "confirmed",
    "decide",
    "decided_digest",
    "opened",
    "record",
    "recorders",
    "wanted_of",
]


@lru_cache(maxsize=1)
def _table() -> Sequence[Mapping[str, str | bool]]:
    text = resources.files("dean06.reconcile").joinpath("field_answers.yaml").read_text(encoding="utf-8")
    return list(YAML(typ="safe", pure=True).load(text)["answers"])


def codes() -> dict[str, tuple[str, str, bool]]:
    """Return what may be written down, by code: in Vietnamese, in English, whether a value stands beside it."""
    return {str(one["code"]): (str(one["vi"]), str(one["en"]), bool(one["value"])) for one in _table()}


def meaning(code: str) -> str:
    """Return what a confirmed answer means for the agency's list; empty where it settles nothing."""
    return next((str(one["settles"]) for one in _table() if one["code"] == code), "")


def _seal(row: FieldRow, value: str) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + _cipher().encrypt(nonce, value.encode(), _bound(row))


def _unseal(row: FieldRow, sealed: bytes | memoryview | None) -> str:
    if not sealed:
        return ""
    packed = bytes(sealed)
    return _cipher().decrypt(packed[:NONCE], packed[NONCE:], _bound(row)).decode()


def _cipher() -> AESGCM:
    return AESGCM(ledger.derived_key("reconcile/field/1"))


def _bound(row: FieldRow) -> bytes:
    return f"{row.group_id}:{row.fingerprint}".encode()


def wanted_of(group_id: int, sheet_id: int) -> list[ToFix]:
    """Return the rows of a sheet as they are read; the permit to read them is bound to these."""
    return [_fix(row) for row in FieldRow.objects.filter(group_id=group_id, sheet_id=sheet_id).order_by("place")]


def _fix(row: FieldRow) -> ToFix:
    return ToFix(run=row.run, stt=row.stt, field=row.field, cause=row.cause, title=row.title)


def opened(by: Permit, viewer: Viewer, group_id: int, sheet_id: int, *, purpose: str) -> list[Visit]:
    """Return the rows of a sheet with what was written down; the look at them is recorded first.

    The permit is for object kind `field_sheet`, digest `faulty_rows.wanted_digest` of `wanted_of`.
    """
    rows = list(FieldRow.objects.filter(group_id=group_id, sheet_id=sheet_id).order_by("place"))
    fixes = [_fix(row) for row in rows]
    found = faulty_rows.looked(by, viewer, group_id, purpose, fixes, beside=BESIDE)
    there: dict[tuple[str, int, str], FaultyRow] = {(one.fix.run, one.fix.stt, one.fix.field): one for one in found}
    answers = {one.row_id: one for one in FieldAnswer.objects.filter(row__in=rows, state__in=STANDING)}
    return [
        Visit(
            id=row.pk,
            place=row.place,
            fingerprint=row.fingerprint,
            row=there[key],
            answer=_info(row, answers[row.pk]) if row.pk in answers else None,
        )
        for row in rows
        if (key := (row.run, row.stt, row.field)) in there
    ]


def _info(row: FieldRow, answer: FieldAnswer) -> FieldAnswerInfo:
    return FieldAnswerInfo(
        id=answer.pk,
        code=answer.code,
        state=answer.state,
        value=_unseal(row, answer.sealed),
        at=answer.at,
        by=str(answer.by),
    )


def answered_digest(row_id: int, code: str, value: str) -> str:
    """Return the SHA-256 (hex) of what was written down; a value stands in it as a keyed commitment."""
    return digest_of(row=row_id, code=code, value=ledger.commitment(value) if value else "")


def record(by: Permit, group_id: int, row_id: int, code: str, value: str = "") -> None:
    """Write down what was found at the door; a newer word replaces an older one that nobody confirmed yet.

    The permit is for object kind `field_sheet`, id `<sheet>:<row>`, digest `answered_digest`.
    """
    value = " ".join(value.split())
    known = codes()
    if code not in known or (known[code][2] != bool(value)) or len(value) > LONGEST:
        raise SheetRefused(
            "Chọn điều thấy tại nhà; «giá trị đúng là» cần ghi giá trị (dưới 200 chữ), các lựa chọn khác thì không.",
            "Choose what was found; only “the right value is” wants a value, of at most 200 letters.",
        )
    with transaction.atomic():
        row = _row(group_id, row_id)
        before = FieldAnswer.objects.select_for_update().filter(row=row, state__in=STANDING).first()
        if before is not None and before.state == State.CONFIRMED:
            raise SheetRefused("Công an đã xác nhận dòng này.", "The police have confirmed this row already.")
        if before is not None:
            before.state = State.REPLACED
            before.save(update_fields=["state"])
        FieldAnswer.objects.create(
            group_id=group_id,
            row=row,
            code=code,
            sealed=_seal(row, value) if value else None,
            at=by.at,
            by=by.actor.account,
            permit=by.digest(),
        )
        digest = answered_digest(row_id, code, value)
        _enter(by, row.sheet, f"{_ref(row.sheet)}:{row.place}", digest, code=code)


def _row(group_id: int, row_id: int) -> FieldRow:
    rows = FieldRow.objects.select_related("sheet__group").select_for_update(of=("self",))
    row = rows.filter(pk=row_id, group_id=group_id, sheet__ended_at=None).first()
    if row is None:
        raise SheetRefused(
            "Dòng này không còn trên phiếu đang dùng: mở lại danh sách phiếu.",
            "The row is on no sheet that stands: open the list of sheets again.",
        )
    return row


def recorders(group_id: int, sheet_id: int) -> frozenset[str]:
    """Return who wrote down what waits on a sheet for the police."""
    rows = FieldAnswer.objects.filter(group_id=group_id, row__sheet_id=sheet_id, state=State.CLAIMED)
    return frozenset(str(account) for account in rows.values_list("by", flat=True))


def decided_digest(sheet_id: int, answers: Iterable[int], *, confirms: bool) -> str:
    """Return the SHA-256 (hex) of what the police confirm or reject, to which the permit is bound."""
    return digest_of(sheet=sheet_id, answers=sorted(answers), confirms=confirms)


def decide(by: Permit, group_id: int, sheet_id: int, answers: Sequence[int], *, confirms: bool) -> int:
    """Confirm or reject what others wrote down on a sheet; nobody decides on their own words.

    The permit is for object kind `field_sheet`, id `<sheet>:cong-an`, digest `decided_digest`.
    """
    with transaction.atomic():
        rows = FieldAnswer.objects.select_for_update().filter(
            pk__in=list(answers), group_id=group_id, row__sheet_id=sheet_id, state=State.CLAIMED
        )
        own = rows.filter(by=by.actor.account).exists()
        found = list(rows.values_list("pk", flat=True))
        if own or not found:
            raise SheetRefused(
                "Chọn ít nhất một dòng do người khác ghi và chưa xác nhận.",
                "Choose at least one row that somebody else wrote down and nobody has confirmed.",
            )
        state = State.CONFIRMED if confirms else State.REJECTED
        done = FieldAnswer.objects.filter(pk__in=found).update(
            state=state, decided_at=by.at, decided_by=by.actor.account
        )
        sheet = FieldSheet.objects.select_related("group").get(pk=sheet_id)
        digest = decided_digest(sheet_id, answers, confirms=confirms)
        _enter(by, sheet, f"{_ref(sheet)}:cong-an", digest, **{state.value: done})
    return done


def _ref(sheet: FieldSheet) -> str:
    return f"{sheet.group.slug}:{sheet}"


def _enter(by: Permit, sheet: FieldSheet, object_id: str, digest: str, **note: str | int) -> None:
    scope = sheet.group.slug
    ledger.append(by, scope=scope, kind=KIND, object_id=object_id, digest=digest, bound=digest, note=dict(note))


def confirmed(group_id: int, fingerprints: Iterable[str]) -> dict[str, FieldFinding]:
    """Return what the police confirmed of faults, for the list that their agency is handed under a recorded look."""
    rows = FieldAnswer.objects.filter(
        group_id=group_id, row__open=True, row__fingerprint__in=list(fingerprints), state=State.CONFIRMED
    ).select_related("row__sheet")
    return {
        one.row.fingerprint: FieldFinding(
            fingerprint=one.row.fingerprint,
            code=one.code,
            value=_unseal(one.row, one.sealed),
            evidence=f"{one.row.sheet}/{one.row.place}: {meaning(one.code)}",
        )
        for one in rows.order_by("pk")
        if meaning(one.code)
    }
