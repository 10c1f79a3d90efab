"""What an agency answers on the rows of its orders: corrected, refused with a reason, not ours, a paper is needed.

An answer closes nothing. The next run that speaks of the finding says what came of it; a correction that was said to be
made and is not there counts against who said so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from importlib import resources

from django.db import transaction
from django.db.models import Count, QuerySet
from ruamel.yaml import YAML

from dean06.charter.types import Permit
from dean06.corrections.errors import DispositionRefused
from dean06.corrections.models import Disposition, Finding, HandedFinding, Order
from dean06.corrections.orders import OWED, not_found
from dean06.corrections.rows import order_ref
from dean06.corrections.types import (
    BadDisposition,
    ClaimCount,
    DispositionInfo,
    DispositionKind,
    DispositionOutcome,
    NewDisposition,
    answers_digest,
)
from dean06.ledger import service as ledger
from dean06.orthography import service as orthography

WAITING = DispositionOutcome.WAITING.value
LONGEST = 80
# A run of digits as long as a person's number has no place in a paper's number.
PERSONAL = re.compile(r"\d{9,}")

__all__ = [
    "answers_of",
    "check_answers",
    "claim_counts",
    "dispose",
    "kind_written",
    "kinds",
    "latest_answers",
    "reason_written",
    "reasons",
    "waiting_answers",
]


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Sequence[Mapping[str, str | Sequence[str]]]]:
    text = resources.files("dean06.corrections").joinpath("dispositions.yaml").read_text(encoding="utf-8")
    return dict(YAML(typ="safe", pure=True).load(text))


def kinds() -> dict[str, tuple[str, str]]:
    """Return what may be answered, by code, in Vietnamese and English."""
    return {str(one["code"]): (str(one["vi"]), str(one["en"])) for one in _table()["kinds"]}


def reasons(kind: str = "") -> dict[str, tuple[str, str]]:
    """Return the reasons that go with a kind of answer, or all, by code, in Vietnamese and English."""
    rows = [one for one in _table()["reasons"] if not kind or kind in one["of"]]
    return {str(one["code"]): (str(one["vi"]), str(one["en"])) for one in rows}


@lru_cache(maxsize=2)
def _spelled(part: str) -> Mapping[str, str]:
    told: dict[str, str] = {}
    for one in _table()[part]:
        for way in (one["code"], one["vi"], one["en"], *one.get("spelled", ())):
            told[_folded(str(way))] = str(one["code"])
    return told


def _folded(text: str) -> str:
    return " ".join(orthography.fold(text).replace("_", " ").split())


def kind_written(text: str) -> str:
    """Return the code of an answer as a person wrote it, the text itself where it is none."""
    return _spelled("kinds").get(_folded(text), text.strip())


def reason_written(text: str) -> str:
    """Return the code of a reason as a person wrote it, the text itself where it is none."""
    return _spelled("reasons").get(_folded(text), text.strip())


def check_answers(order_id: int, said: Sequence[NewDisposition]) -> list[BadDisposition]:
    """Say what is wrong with each answer on an order, before anything is written; empty when all can be kept."""
    held = {row.fingerprint: row for row in Finding.objects.filter(order_id=order_id)}
    versions = _versions(order_id)
    marks = _marks(order_id)
    bad: list[BadDisposition] = []
    told: set[str] = set()
    for place, one in enumerate(said):
        found = held.get(one.fingerprint)
        wrong = _wrong_words(one) or _wrong_row(one, found, told)
        if not wrong and found is not None:
            wrong = _wrong_time(one, versions.get(found.pk, 0), marks.get(found.pk, ""))
        told.add(one.fingerprint)
        if wrong:
            code, field, vi, en = wrong
            bad.append(BadDisposition(place=place, code=code, field=field, vi=vi, en=en))
    return bad


Wrong = tuple[str, str, str, str]


def _wrong_words(one: NewDisposition) -> Wrong | None:
    """Say what is wrong with the codes of an answer; what was written is not repeated."""
    if one.kind not in kinds():
        listed = ", ".join(f"«{vi}»" for vi, _ in kinds().values())
        return ("unknown_kind", "disposition", f"chọn một trong: {listed}.", f"choose one of: {', '.join(kinds())}.")
    fitting = reasons(one.kind)
    if one.kind == DispositionKind.REFUSED and not one.reason:
        return ("wants_reason", "reason", "«Không sửa» cần một lý do.", "A refusal wants a reason.")
    if one.reason and one.reason not in fitting:
        listed = ", ".join(f"«{vi}»" for vi, _ in fitting.values()) or "để trống"
        return (
            "unknown_reason",
            "reason",
            f"lý do phải là một trong: {listed}.",
            f"the reason must be one of: {', '.join(fitting) or 'empty'}.",
        )
    if len(one.reference) > LONGEST or PERSONAL.search(re.sub(r"[\s.-]", "", one.reference)):
        return (
            "bad_reference",
            "reference",
            "chỉ ghi số, ký hiệu văn bản (dưới 80 chữ), không ghi số định danh hay thông tin của người dân.",
            "give a paper's number alone (under 80 letters), never a personal number or a citizen's details.",
        )
    return None


def _wrong_row(one: NewDisposition, found: Finding | None, told: set[str]) -> Wrong | None:
    if found is None:
        return (
            "unknown_finding",
            "finding",
            "mã sai lệch không có trong đơn sửa: dùng tệp của lần bàn giao mới nhất.",
            "the order has no such finding: use the file of the newest hand-over.",
        )
    if one.fingerprint in told:
        return ("repeated", "finding", "mã sai lệch đã có ở dòng trên: giữ một dòng.", "the finding stands above.")
    if found.status not in OWED:
        return (
            "closed",
            "finding",
            "lần nộp sau đã chứng minh dòng này, hoặc luật đã rút: không cần trả lời.",
            "a later list has proved this row, or its rule was withdrawn: no answer is needed.",
        )
    return None


def _wrong_time(one: NewDisposition, version: int, mark: str) -> Wrong | None:
    if one.expected is not None and one.expected != version:
        return (
            "stale",
            "finding",
            "người khác vừa trả lời dòng này: mở lại rồi trả lời.",
            "somebody answered this row since: open it again and answer.",
        )
    if one.seen and mark and one.seen != mark:
        return (
            "changed",
            "seen",
            "giá trị tại nguồn không còn như lúc bàn giao: lấy tệp bàn giao mới.",
            "the value at the source is no longer the one handed over: take a new package.",
        )
    return None


def _versions(order_id: int) -> dict[int, int]:
    rows = Disposition.objects.filter(finding__order_id=order_id).order_by().values("finding_id")
    return {row["finding_id"]: row["n"] for row in rows.annotate(n=Count("pk"))}


def _marks(order_id: int) -> dict[int, str]:
    """Return the mark under which each finding of an order was handed over last."""
    rows = HandedFinding.objects.filter(finding__order_id=order_id).order_by("pk")
    return dict(rows.values_list("finding_id", "mark"))


def dispose(by: Permit, order_id: int, said: Sequence[NewDisposition], *, way: str) -> tuple[DispositionInfo, ...]:
    """Keep an agency's answers on rows of one order, all or none; an answer that stands already is not kept twice.

    The permit is for object kind `order`, id the order's, digest `answers_digest(ref, said)`.
    `way`: page, file or service.
    """
    with transaction.atomic():
        order = Order.objects.select_for_update().filter(pk=order_id).first()
        if order is None:
            raise not_found(order_id)
        ref = order_ref(order.group.slug, order.number)
        bad = check_answers(order_id, said)
        if bad or order.voided_at:
            worst = bad[0] if bad else None
            raise DispositionRefused(
                f"Đơn sửa {ref}: {worst.vi if worst else 'đơn đã hủy.'}",
                f"Order {ref}: {worst.en if worst else 'the order is void.'}",
                worst.code if worst else "closed",
            )
        made = _write(by, order, said, way)
        digest = answers_digest(ref, said)
        note: dict[str, str | int] = dict(sorted(Counter(one.kind for one in said).items()))
        scope = order.group.slug
        ledger.append(by, scope=scope, kind="order", object_id=ref, digest=digest, bound=digest, note=note)
    return tuple(_infos(Disposition.objects.filter(pk__in=made)))


def _write(by: Permit, order: Order, said: Iterable[NewDisposition], way: str) -> list[int]:
    held = dict(Finding.objects.filter(order=order).values_list("fingerprint", "pk"))
    standing = {row.finding_id: row for row in Disposition.objects.filter(finding__order=order, outcome=WAITING)}
    made = []
    for one in said:
        before = standing.get(held[one.fingerprint])
        if before and (before.kind, before.reason, before.reference) == (one.kind, one.reason, one.reference):
            made.append(before.pk)
            continue
        if before:
            before.outcome = DispositionOutcome.REPLACED.value
            before.save(update_fields=["outcome"])
        row = Disposition.objects.create(
            group_id=order.group_id,
            order=order,
            finding_id=held[one.fingerprint],
            kind=one.kind,
            reason=one.reason,
            reference=one.reference,
            way=way,
            outcome=WAITING,
            at=by.at,
            by=by.actor.account,
            agency=order.agency,
            permit=by.digest(),
        )
        made.append(row.pk)
    return made


def answers_of(order_id: int) -> list[DispositionInfo]:
    """Return every answer on the findings an order holds, the oldest first."""
    return _infos(Disposition.objects.filter(finding__order_id=order_id))


def latest_answers(finding_ids: Iterable[int]) -> dict[int, DispositionInfo]:
    """Return the newest answer on each of these findings; its `version` is how many there are."""
    return {one.finding_id: one for one in _infos(Disposition.objects.filter(finding_id__in=list(finding_ids)))}


def waiting_answers(group_id: int, kind: DispositionKind) -> list[DispositionInfo]:
    """Return the answers of a kind on which nothing has spoken yet, for those who look after the whole group."""
    return _infos(Disposition.objects.filter(group_id=group_id, kind=kind.value, outcome=WAITING))


def claim_counts(group_id: int, span: tuple[datetime, datetime] | None = None) -> list[ClaimCount]:
    """Return by agency what its words of correction came to; words that it replaced itself are left out.

    `span`: words said in it, its end excluded.
    """
    rows = Disposition.objects.filter(group_id=group_id, kind=DispositionKind.FIXED.value)
    if span:
        rows = rows.filter(at__gte=span[0], at__lt=span[1])
    told: dict[str, Counter[str]] = {}
    counted = rows.order_by().values("agency", "outcome").annotate(n=Count("pk"))
    for row in counted:
        told.setdefault(row["agency"], Counter())[row["outcome"]] += row["n"]
    names = ("proved", "contradicted", WAITING)
    return [
        ClaimCount(
            agency=agency,
            said=sum(outcomes[name] for name in names),
            proved=outcomes["proved"],
            contradicted=outcomes["contradicted"],
            waiting=outcomes[WAITING],
        )
        for agency, outcomes in sorted(told.items())
    ]


def _infos(rows: QuerySet[Disposition]) -> list[DispositionInfo]:
    listed = list(rows.select_related("finding", "run").order_by("pk"))
    count = Disposition.objects.filter(finding_id__in={row.finding_id for row in listed}).order_by()
    before: Counter[int] = Counter()
    places: dict[int, int] = {}
    for pk, finding_id in count.order_by("pk").values_list("pk", "finding_id"):
        before[finding_id] += 1
        places[pk] = before[finding_id]
    return [
        DispositionInfo(
            id=row.pk,
            group_id=row.group_id,
            order_id=row.order_id,
            finding_id=row.finding_id,
            fingerprint=row.finding.fingerprint,
            kind=DispositionKind(row.kind),
            reason=row.reason,
            reference=row.reference,
            way=row.way,
            outcome=DispositionOutcome(row.outcome),
            at=row.at,
            by=str(row.by),
            agency=row.agency,
            version=places[row.pk],
            run=row.run.run_id if row.run else None,
        )
        for row in listed
    ]
