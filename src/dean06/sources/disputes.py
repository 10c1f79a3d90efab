"""When a rule is wrong: an agency disputes it, whoever may lets it rest until a day, and then it works again.

A rule that rests is still tested and its broken rows counted. Whether it rests is worked out from days alone: nothing
has to happen for it to work again. A row is named by run, sheet and row; no value is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from importlib import resources
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet
from ruamel.yaml import YAML

from dean06.charter.types import Permit
from dean06.clock.errors import BadInput
from dean06.ledger import service as ledger
from dean06.ledger.errors import PermitMisused
from dean06.ledger.types import digest_of
from dean06.offices import service as offices
from dean06.offices.types import Viewer
from dean06.sources.models import RuleDispute, RuleDisputeEvent
from dean06.sources.rule import Words
from dean06.sources.types import DisputeAct, DisputeInfo, Example, NewDispute, rule_ref

KIND, LONGEST_REASON = "rule", 300
MADE, SUSPENDED, REFUSED, ENDED = "made", "suspended", "refused", "ended"

Pair = tuple[str, str]

__all__ = [
    "decide_dispute",
    "dispute",
    "dispute_of_number",
    "dispute_rule",
    "disputes",
    "disputes_for_work",
    "end_suspension",
    "longest_suspension",
    "most_examples",
    "next_dispute",
    "suspended_rules",
]


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Any]:
    text = resources.files("dean06.sources").joinpath("disputes.yaml").read_text(encoding="utf-8")
    return dict(YAML(typ="safe", pure=True).load(text))


def longest_suspension() -> tuple[int, Words]:
    """Return the most days a rule may rest, and where that is from."""
    return int(_table()["most_days"]), Words(**_table()["source"])


def most_examples() -> int:
    """Return how many rows a dispute may name."""
    return int(_table()["most_examples"])


def next_dispute(group_id: int) -> int:
    """Return the number that the next dispute of a group has."""
    return (RuleDispute.objects.filter(group_id=group_id).aggregate(last=Max("number"))["last"] or 0) + 1


def dispute_rule(by: Permit, new: NewDispute) -> DisputeInfo:
    """Record that a rule is said to be wrong. The permit is for object kind `rule`, id `new.ref(slug)`."""
    if by.obj.digest != new.digest():
        raise PermitMisused(
            "Giấy phép không phải cho đúng nội dung của lời báo sai này.",
            "The permit was not given for this content of the dispute.",
        )
    _require_reason(new.reason)
    if len(new.examples) > most_examples():
        raise BadInput(f"Chọn tối đa {most_examples()} dòng ví dụ.", f"Name at most {most_examples()} rows.")
    try:
        with transaction.atomic():
            row = RuleDispute.objects.create(
                group_id=new.group_id,
                number=new.number,
                source=new.source,
                rule=new.rule,
                field=new.field,
                reason=new.reason,
                examples=[{"run": one.run, "sheet": one.sheet, "row": one.row} for one in new.examples],
                made_at=by.at,
                made_by=by.actor.account,
                made_agency=new.agency,
                permit=by.digest(),
            )
            _enter(by, row, MADE, new.reason, new.digest())
    except IntegrityError:
        raise BadInput(
            "Luật này đã có lời báo sai đang chờ quyết định: mở lời báo đó.",
            "A dispute of this rule waits already: open that one.",
        ) from None
    return _infos(RuleDispute.objects.filter(pk=row.pk))[0]


def _require_reason(reason: str) -> None:
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise BadInput(f"Ghi lý do, tối đa {LONGEST_REASON} chữ.", f"Say why, in at most {LONGEST_REASON} letters.")


def decide_dispute(by: Permit, dispute_id: int, until: date | None, reason: str) -> DisputeInfo:
    """Let the rule rest from today until a day on which it works again, or refuse; either with a reason."""
    _require_reason(reason)
    with transaction.atomic():
        row = RuleDispute.objects.select_for_update().get(pk=dispute_id)
        if row.state != RuleDispute.State.WAITING:
            raise BadInput(f"{row} đã có quyết định.", f"{row} is decided already.")
        if until is None:
            row.state = RuleDispute.State.REFUSED
        else:
            _require_bounded(by.at.date(), until)
            row.state, row.since, row.until = RuleDispute.State.SUSPENDED, by.at.date(), until
        row.save(update_fields=["state", "since", "until"])
        _enter(by, row, SUSPENDED if until else REFUSED, reason, _digest(row, row.state, until, reason))
    return _infos(RuleDispute.objects.filter(pk=dispute_id))[0]


def _require_bounded(today: date, until: date) -> None:
    days, source = longest_suspension()
    last = today + timedelta(days=days)
    if not today < until <= last:
        raise BadInput(
            f"Ngày chạy lại phải sau hôm nay và không quá {last:%d/%m/%Y} ({days} ngày). {source.vi}.",
            f"It works again after today and by {last:%d/%m/%Y} ({days} days). {source.en}.",
        )


def end_suspension(by: Permit, dispute_id: int, reason: str) -> DisputeInfo:
    """Let a rule that rests work again from today on, before its day."""
    _require_reason(reason)
    today = by.at.date()
    with transaction.atomic():
        row = RuleDispute.objects.select_for_update().get(pk=dispute_id)
        if not _info(row).rests_on(today):
            raise BadInput(f"Luật của {row} không đang tạm dừng.", f"The rule of {row} does not rest.")
        row.ended_on = today
        row.save(update_fields=["ended_on"])
        _enter(by, row, ENDED, reason, _digest(row, ENDED, None, reason))
    return _infos(RuleDispute.objects.filter(pk=dispute_id))[0]


def _digest(row: RuleDispute, act: str, until: date | None, reason: str) -> str:
    return digest_of(dispute=row.number, act=act, until=until or "", reason=reason)


def _enter(by: Permit, row: RuleDispute, act: str, reason: str, digest: str) -> None:
    RuleDisputeEvent.objects.create(
        group_id=row.group_id,
        dispute=row,
        act=act,
        at=by.at,
        by=by.actor.account,
        reason=reason,
        until=row.until if act == SUSPENDED else None,
        permit=by.digest(),
    )
    slug = offices.group_by_id(row.group_id).slug
    ref = rule_ref(slug, row.number)
    note: dict[str, str | int] = {"act": act, "source": row.source, "rule": row.rule, "field": row.field}
    ledger.append(by, scope=slug, kind=KIND, object_id=ref, digest=digest, bound=digest, note=note)


# ------------------------------------------------------------ reading


def suspended_rules(group_id: int, on: date) -> dict[str, dict[Pair, date]]:
    """Return the rules that rest on a day, by source and (rule, field), each with the day it works again."""
    rows = RuleDispute.objects.filter(group_id=group_id, state=RuleDispute.State.SUSPENDED, since__lte=on, until__gt=on)
    found: dict[str, dict[Pair, date]] = {}
    for one in map(_info, rows):
        if one.rests_on(on) and one.until is not None:
            found.setdefault(one.source, {})[one.rule, one.field] = one.until
    return found


def disputes(viewer: Viewer, group_id: int) -> list[DisputeInfo]:
    """Return the disputes of rules of a group in which the reader sits, the newest first."""
    if not viewer.sits_in(group_id):
        return []
    return _infos(RuleDispute.objects.filter(group_id=group_id).order_by("-number"))


def disputes_for_work(group_id: int) -> list[DisputeInfo]:
    """Return every dispute of a rule of a group, the oldest first, for work."""
    return _infos(RuleDispute.objects.filter(group_id=group_id).order_by("number"))


def dispute(viewer: Viewer, group_id: int, dispute_id: int) -> DisputeInfo | None:
    """Return one dispute of a rule, of a group in which the reader sits."""
    if not viewer.sits_in(group_id):
        return None
    found = _infos(RuleDispute.objects.filter(pk=dispute_id, group_id=group_id))
    return found[0] if found else None


def dispute_of_number(group_id: int, number: int) -> DisputeInfo | None:
    """Return the dispute that an entry of the ledger names, for work."""
    found = _infos(RuleDispute.objects.filter(group_id=group_id, number=number))
    return found[0] if found else None


def _infos(rows: QuerySet[RuleDispute]) -> list[DisputeInfo]:
    return [_info(row, tuple(map(_act, row.events.all()))) for row in rows.prefetch_related("events")]


def _act(row: RuleDisputeEvent) -> DisputeAct:
    return DisputeAct(act=row.act, at=row.at, by=str(row.by), reason=row.reason, until=row.until)


def _info(row: RuleDispute, acts: tuple[DisputeAct, ...] = ()) -> DisputeInfo:
    return DisputeInfo(
        id=row.pk,
        group_id=row.group_id,
        number=row.number,
        source=row.source,
        rule=row.rule,
        field=row.field,
        reason=row.reason,
        examples=tuple(Example(**one) for one in row.examples),
        state=row.state,
        made_at=row.made_at,
        made_by=str(row.made_by),
        agency=row.made_agency,
        since=row.since,
        until=row.until,
        ended_on=row.ended_on,
        acts=acts,
    )
