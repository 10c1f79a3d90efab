"""From an order to the doors and back: sheets by hamlet, what was found there, and the commune police's word on it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from dean06.adoption import service as adoption
from dean06.charter.types import ObjectRef, Permit
from dean06.clock import service as clock
from dean06.corrections import service as corrections
from dean06.flows.answering import order_seen
from dean06.flows.authority import Act, Answer, ask, bind, permit
from dean06.flows.correcting import to_fix
from dean06.flows.desk import overseers
from dean06.offices.types import GroupInfo, Viewer
from dean06.reconcile.service import faulty_rows, field_answers, field_sheets
from dean06.reconcile.types import FieldSheetInfo, PrintInfo, ToVisit, Visit
from dean06.sources import service as sources

RECORD, CONFIRM = "field.record", "field.confirm"

__all__ = [
    "confirm",
    "draw_up",
    "may_confirm",
    "may_record",
    "merge",
    "open_sheet",
    "print_out",
    "record",
    "seen",
    "sheet",
    "split",
]


def _all(group: GroupInfo) -> frozenset[str]:
    """Return who sees every sheet: those who answer for the whole group, and those who confirm for the police."""
    norms = adoption.installation_charter().norms
    confirming = {bearer.role for norm in norms if norm.action == CONFIRM for bearer in norm.bearers}
    return overseers(adoption.charter_of(group.charter_line, clock.today(group))) | confirming


def seen(viewer: Viewer, group: GroupInfo) -> list[FieldSheetInfo]:
    """Return the field sheets of a group that the reader may see, the newest first."""
    return field_sheets.drawn(viewer, group.id, see_all=_all(group))


def sheet(viewer: Viewer, group: GroupInfo, sheet_id: int) -> FieldSheetInfo:
    """Return one field sheet that the reader may see."""
    return field_sheets.drawn_one(viewer, group.id, sheet_id, see_all=_all(group))


def _recording(viewer: Viewer, group: GroupInfo, agency: str, obj: ObjectRef, reason: str | None = None) -> Act:
    return Act(account=viewer.account, group=group, agency=agency, action=RECORD, obj=obj, reason=reason)


def may_record(viewer: Viewer, group: GroupInfo, agency: str) -> Answer:
    """Say whether somebody may draw up sheets for an agency's orders and write down what was found."""
    return ask(_recording(viewer, group, agency, bind("field_sheet", group.slug, ask=RECORD)))


def draw_up(viewer: Viewer, group: GroupInfo, order_id: int, *, reason: str | None = None) -> list[FieldSheetInfo]:
    """Draw up the sheets of an order's open rows, one a hamlet; rows that are on a sheet already stay there."""
    order = order_seen(viewer, group, order_id)
    known = sources.contracts(group.id, clock.today(group))
    found = corrections.open_findings([order_id])
    wanted = [ToVisit(fix=to_fix(known, one, ""), fingerprint=one.fingerprint) for one in found]
    digest = field_sheets.drawn_digest(order_id, wanted)
    obj = ObjectRef(kind=field_sheets.KIND, id=f"{group.slug}:{order_id}", digest=digest)
    by = permit(_recording(viewer, group, order.agency, obj, reason))
    return field_sheets.draw_up(by, group.id, order_id, order.agency, order.source, wanted)


def _on(told: FieldSheetInfo, what: str, digest: str) -> ObjectRef:
    return ObjectRef(kind=field_sheets.KIND, id=f"{told.ref}:{what}" if what else told.ref, digest=digest)


def split(viewer: Viewer, group: GroupInfo, sheet_id: int, parts: int) -> list[FieldSheetInfo]:
    """Part a sheet among several people."""
    told = sheet(viewer, group, sheet_id)
    obj = _on(told, "", field_sheets.parted_digest("split", [sheet_id], parts))
    return field_sheets.split(permit(_recording(viewer, group, told.agency, obj)), group.id, sheet_id, parts)


def merge(viewer: Viewer, group: GroupInfo, sheet_ids: Sequence[int]) -> FieldSheetInfo:
    """Put sheets of one order together for one person."""
    wanted = sorted({sheet(viewer, group, one).id for one in sheet_ids})
    told = min((sheet(viewer, group, one) for one in wanted), key=lambda one: one.number, default=None)
    if told is None:
        return sheet(viewer, group, 0)
    obj = _on(told, "", field_sheets.parted_digest("merge", wanted))
    return field_sheets.merge(permit(_recording(viewer, group, told.agency, obj)), group.id, wanted)


def _reading(viewer: Viewer, group: GroupInfo, told: FieldSheetInfo, action: str, what: str, purpose: str) -> Permit:
    digest = faulty_rows.wanted_digest(field_answers.wanted_of(group.id, told.id), purpose)
    facts = {"purpose.stated": bool(purpose.strip()), "person.in_own_units": viewer.sits_in(group.id)}
    return permit(Act(account=viewer.account, group=group, action=action, obj=_on(told, what, digest), facts=facts))


def open_sheet(viewer: Viewer, group: GroupInfo, sheet_id: int, *, purpose: str) -> list[Visit]:
    """Return the rows of a sheet for a purpose; the look is recorded."""
    told = sheet(viewer, group, sheet_id)
    by = _reading(viewer, group, told, "person.read", "mo", purpose)
    return field_answers.opened(by, viewer, group.id, sheet_id, purpose=purpose)


def print_out(viewer: Viewer, group: GroupInfo, sheet_id: int, *, purpose: str) -> tuple[PrintInfo, list[Visit]]:
    """Number a printing of a sheet and return its rows; both are recorded, since they leave the house on paper."""
    told = sheet(viewer, group, sheet_id)
    edition = max((one.edition for one in told.prints), default=0) + 1
    with transaction.atomic():
        obj = _on(told, "in", field_sheets.parted_digest("print", [sheet_id], edition))
        made = field_sheets.print_out(permit(_recording(viewer, group, told.agency, obj)), group.id, sheet_id)
        by = _reading(viewer, group, told, "result.export", f"ban-in-{edition}", purpose)
        return made, field_answers.opened(by, viewer, group.id, sheet_id, purpose=purpose)


def record(viewer: Viewer, group: GroupInfo, sheet_id: int, visit: tuple[int, int], code: str, value: str) -> None:
    """Write down what was found at one door; `visit` names the row by its id and its place on the sheet."""
    told, (row_id, place) = sheet(viewer, group, sheet_id), visit
    value = " ".join(value.split())
    obj = _on(told, str(place), field_answers.answered_digest(row_id, code, value))
    by = permit(_recording(viewer, group, told.agency, obj))
    field_answers.record(by, group.id, row_id, code, value)


def _confirming(viewer: Viewer, group: GroupInfo, told: FieldSheetInfo, obj: ObjectRef) -> Act:
    others = viewer.account not in field_answers.recorders(group.id, told.id)
    return Act(account=viewer.account, group=group, action=CONFIRM, obj=obj, facts={"field.by_other_person": others})


def may_confirm(viewer: Viewer, group: GroupInfo, told: FieldSheetInfo) -> Answer:
    """Say whether somebody may confirm for the commune police what stands on a sheet."""
    return ask(_confirming(viewer, group, told, bind("field_sheet", told.ref, ask=CONFIRM)))


def confirm(viewer: Viewer, group: GroupInfo, sheet_id: int, answers: Sequence[int], *, confirms: bool) -> int:
    """Confirm or reject, for the commune police, what others wrote down on a sheet."""
    told = sheet(viewer, group, sheet_id)
    obj = _on(told, "cong-an", field_answers.decided_digest(sheet_id, answers, confirms=confirms))
    by = permit(_confirming(viewer, group, told, obj))
    return field_answers.decide(by, group.id, sheet_id, answers, confirms=confirms)
