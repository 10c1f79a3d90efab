"""Orders: one cause, one order; who sees it; what was said beside what was proved; the counts of a report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest
from django.db import transaction

from dean06.charter.types import Permit
from dean06.corrections import service as corrections
from dean06.corrections.errors import NotTheLast, OrderNotFound, OrderRefused
from dean06.corrections.types import Filters, FoundItem, NewOrder, OrderInfo, Outcome, RunFindings, SaidFixed, Status
from dean06.ledger import service as ledger
from dean06.ledger.errors import PermitMisused
from dean06.offices.types import GroupInfo, Viewer

pytestmark = pytest.mark.django_db

SOURCE = "bao-hiem"
OVERSEERS = frozenset({"leader"})
Run = Callable[..., Outcome]
Open = Callable[..., OrderInfo]


def fault(key: str, cause: str, severity: int = 2, *, commune: str = "18961", field: str = "ho_ten") -> FoundItem:
    keyring = corrections.Keyring(SOURCE)
    record = keyring.record(key)
    return FoundItem(
        fingerprint=keyring.finding(record, "KHOP_SAI_LECH", field),
        record=record,
        field=field,
        rule="KHOP_SAI_LECH",
        cause=cause,
        severity=severity,
        commune=commune,
        sheet="Thôn 1",
        dong=int(key) + 4,
        stt=int(key),
    )


@pytest.fixture
def run(group: GroupInfo, permit: Callable[..., Permit]) -> Run:
    def record(run_id: str, items: list[FoundItem], *, at: datetime | None = None) -> Outcome:
        found = RunFindings(
            group_id=group.id, source=SOURCE, run_id=run_id, complete=True, items=iter(items), seen=iter(())
        )
        return corrections.record_run(permit("run", run_id, **({} if at is None else {"at": at})), found)

    return record


@pytest.fixture
def hand_over(group: GroupInfo, permit: Callable[..., Permit]) -> Open:
    def open_(cause: str, **changes: object) -> OrderInfo:
        new = NewOrder(
            slot=corrections.reserve(group.id),
            source=SOURCE,
            cause=cause,
            agency="BHXH",
            due=date(2022, 6, 15),
            article="7",
            clause="2",
            point="k",
        )
        new = replace(new, **changes)
        return corrections.open_order(permit("order", new.slot.ref, new.digest()), new)

    return open_


TWO_CAUSES = [
    fault("1", "thieu_dau"),
    fault("2", "thieu_dau", commune="18964"),
    fault("3", "ngay_thang_dao", 1, field="ngay_sinh"),
]


def test_findings_of_one_cause_make_one_group_the_gravest_first(run: Run, group: GroupInfo) -> None:
    run("r1", TWO_CAUSES)
    first, second = corrections.groups_to_order(group.id)
    assert (first.cause, first.severity, first.count, first.fields) == ("ngay_thang_dao", 1, 1, ("ngay_sinh",))
    assert (second.cause, second.count, second.communes) == ("thieu_dau", 2, ("18961", "18964"))
    assert corrections.groups_to_order(group.id, "chung") == []


def test_one_cause_gives_one_order_with_all_its_findings(run: Run, hand_over: Open, group: GroupInfo) -> None:
    run("r1", TWO_CAUSES)
    made = hand_over("thieu_dau")
    assert (made.count, made.proved, made.total, made.ref, made.point) == (2, 0, 2, "to-thu:1", "k")
    assert [found.stt for found in corrections.findings_of_order(made.id)] == [1, 2]
    assert [waiting.cause for waiting in corrections.groups_to_order(group.id)] == ["ngay_thang_dao"]
    with pytest.raises(OrderRefused), transaction.atomic():
        hand_over("thieu_dau")
    (entry,) = ledger.entries_for("order", made.ref)
    assert entry["note"] == {"source": SOURCE, "cause": "thieu_dau", "agency": "BHXH", "findings": 2}


def test_later_findings_of_the_cause_wait_for_the_next_order(run: Run, hand_over: Open, group: GroupInfo) -> None:
    run("r1", TWO_CAUSES)
    first = hand_over("thieu_dau")
    run("r2", [*TWO_CAUSES, fault("4", "thieu_dau")])
    assert [waiting.count for waiting in corrections.groups_to_order(group.id) if waiting.cause == "thieu_dau"] == [1]
    assert corrections.order_progress(first.id) == (0, 2)


def test_an_ordered_finding_keeps_the_cause_it_was_handed_over_under(
    run: Run, hand_over: Open, group: GroupInfo, sits: Callable[..., Viewer]
) -> None:
    run("r1", [fault("1", "thieu_dau"), fault("2", "thieu_dau")])
    hand_over("thieu_dau")
    told = run("r2", [fault("1", "sai_ho_ten"), fault("2", "thieu_dau")])
    assert {cause: tally.still_open for cause, tally in told.by_cause.items()} == {"thieu_dau": 2}
    page = corrections.findings(sits(group, "leader"), group.id, see_all=OVERSEERS)
    assert {found.cause for found in page.items} == {"thieu_dau"}


@pytest.mark.parametrize("changes", [{"agency": ""}, {"cause": "thien_tai"}, {"article": ""}])
def test_an_order_needs_cause_agency_and_clause(run: Run, hand_over: Open, changes: dict[str, object]) -> None:
    run("r1", TWO_CAUSES)
    with pytest.raises(OrderRefused):
        hand_over(**{"cause": "thieu_dau", **changes})


def test_a_permit_for_other_content_is_refused(run: Run, group: GroupInfo, permit: Callable[..., Permit]) -> None:
    run("r1", TWO_CAUSES)
    slot = corrections.reserve(group.id)
    new = NewOrder(slot=slot, source=SOURCE, cause="thieu_dau", agency="BHXH", due=date(2022, 6, 15), article="7")
    with pytest.raises(PermitMisused):
        corrections.open_order(permit("order", slot.ref, new.digest()), replace(new, agency="TP"))


def test_task_and_file_are_attached_once(run: Run, hand_over: Open, permit: Callable[..., Permit]) -> None:
    run("r1", TWO_CAUSES)
    made = hand_over("thieu_dau")
    attached = corrections.attach_task(permit("order", made.ref), made.id, 7, "f" * 64)
    assert (attached.task_id, attached.file_sha256) == (7, "f" * 64)
    assert corrections.order_of_task(7) == attached
    with pytest.raises(OrderRefused):
        corrections.attach_task(permit("order", made.ref), made.id, 8, "f" * 64)


def test_voiding_an_order_with_its_run_sets_older_findings_free(
    run: Run, hand_over: Open, group: GroupInfo, permit: Callable[..., Permit], sits: Callable[..., Viewer]
) -> None:
    run("r1", [fault("1", "thieu_dau")])
    run("r2", [fault("1", "thieu_dau"), fault("2", "thieu_dau")])
    made = hand_over("thieu_dau")
    with pytest.raises(NotTheLast), transaction.atomic():
        corrections.undo_run(permit("run", "r2"), group.id, SOURCE, "r2")
    (voided,) = corrections.undo_run(permit("run", "r2"), group.id, SOURCE, "r2", void_orders=True)
    assert (voided.id, voided.total, voided.voided_at is None) == (made.id, 0, False)
    assert [waiting.count for waiting in corrections.groups_to_order(group.id)] == [1]
    assert [order.voided_at for order in corrections.orders(sits(group, "leader"), group.id, see_all=OVERSEERS)]
    with pytest.raises(OrderRefused), transaction.atomic():
        corrections.attach_task(permit("order", made.ref), made.id, 7)
    assert corrections.outcome_of(group.id, "r2") is None
    assert run("r2", [fault("1", "thieu_dau")]).whole.still_open == 1


# ------------------------------------------------------------------ who sees what


def test_an_agency_sees_its_orders_and_their_findings(
    run: Run, hand_over: Open, group: GroupInfo, sits: Callable[..., Viewer]
) -> None:
    run("r1", TWO_CAUSES)
    made = hand_over("thieu_dau")
    insider, other = sits(group, "member", "BHXH"), sits(group, "member", "TP")
    assert [order.id for order in corrections.orders(insider, group.id, see_all=OVERSEERS)] == [made.id]
    assert corrections.order(insider, made.id) == made
    assert corrections.findings(insider, group.id, see_all=OVERSEERS).total == 2
    assert corrections.findings(insider, group.id, own_sources=frozenset({SOURCE})).total == 3
    assert corrections.count_by_source(insider, group.id, see_all=OVERSEERS) == {SOURCE: 2}
    assert corrections.count_by_source(insider, group.id, own_sources=frozenset({SOURCE})) == {SOURCE: 3}
    assert corrections.orders(other, group.id, see_all=OVERSEERS) == []
    assert corrections.findings(other, group.id, see_all=OVERSEERS).total == 0
    assert corrections.count_by_source(other, group.id, see_all=OVERSEERS) == {}
    assert corrections.waiting(other, group.id, see_all=OVERSEERS) == []
    assert len(corrections.waiting(sits(group, "leader"), group.id, see_all=OVERSEERS)) == 1
    with pytest.raises(OrderNotFound):
        corrections.order(other, made.id, see_all=OVERSEERS)


def test_a_foreign_group_sees_nothing(
    run: Run,
    hand_over: Open,
    group: GroupInfo,
    make_group: Callable[[str], GroupInfo],
    sits: Callable[..., Viewer],
) -> None:
    run("r1", TWO_CAUSES)
    made = hand_over("thieu_dau")
    stranger = sits(make_group("to-khac"), "leader", "BHXH")
    reach = {"see_all": OVERSEERS}
    assert corrections.orders(stranger, group.id, **reach) == []
    assert corrections.waiting(stranger, group.id, **reach) == []
    assert corrections.findings(stranger, group.id, own_sources=frozenset({SOURCE}), **reach).total == 0
    with pytest.raises(OrderNotFound):
        corrections.order(stranger, made.id, **reach)


def test_lists_are_narrowed(run: Run, hand_over: Open, group: GroupInfo, sits: Callable[..., Viewer]) -> None:
    run("r1", TWO_CAUSES)
    made = hand_over("thieu_dau")
    run("r2", TWO_CAUSES[1:])

    def stt(**filters: object) -> list[int]:
        page = corrections.findings(sits(group, "leader"), group.id, Filters(**filters), see_all=OVERSEERS)
        return [found.stt for found in page.items]

    assert stt() == [1, 2, 3]
    assert stt(statuses=frozenset({Status.PROVED})) == stt(run_id="r1") == [1]
    assert stt(cause="ngay_thang_dao") == stt(field="ngay_sinh") == [3]
    assert stt(commune="18964") == [2]
    assert stt(order_id=made.id) == [1, 2]
    assert stt(source="chung") == []


def test_what_stands_in_place_of_a_commune_code_is_not_kept(
    run: Run, group: GroupInfo, sits: Callable[..., Viewer]
) -> None:
    run("r1", [replace(fault("1", "thieu_dau"), commune="Thôn Lộc Long, nhà ông A", sheet="x" * 200)])
    (found,) = corrections.findings(sits(group, "leader"), group.id, see_all=OVERSEERS).items
    assert (found.commune, len(found.sheet)) == ("", 120)


# ------------------------------------------------------------------ counts


def test_claims_are_set_beside_what_the_next_run_proved(
    run: Run, hand_over: Open, group: GroupInfo, later: Callable[[int], datetime]
) -> None:
    items = [fault(str(n), "thieu_dau") for n in range(10)]
    run("r1", items, at=later(0))
    made = hand_over("thieu_dau")
    said = [
        SaidFixed(order_id=made.id, at=later(1), count=8),
        SaidFixed(order_id=made.id, at=later(11), count=9),
        SaidFixed(order_id=made.id, at=later(21), count=10),
    ]
    run("r2", items[5:], at=later(10))
    run("r3", items[9:], at=later(20))
    checked = corrections.check_claims(group.id, said)
    assert [(one.run_id, one.proved, one.false) for one in checked] == [("r2", 5, 3), ("r3", 9, 0), (None, None, 0)]


def test_counts_of_a_span_name_their_runs_and_stay_what_they_were(
    run: Run, group: GroupInfo, later: Callable[[int], datetime]
) -> None:
    run("r1", TWO_CAUSES, at=later(0))
    run("r2", TWO_CAUSES[1:], at=later(35))
    june, july = (later(-1), later(29)), (later(29), later(59))
    first = corrections.counts(group.id, june)
    assert ([told.run_id for told in first.runs], first.in_span.new, first.open_at_end) == (["r1"], 3, 3)
    run("r3", TWO_CAUSES[:1], at=later(40))
    assert corrections.counts(group.id, june) == first
    second = corrections.counts(group.id, july)
    assert [told.run_id for told in second.runs] == ["r2", "r3"]
    assert (second.in_span.proved, second.in_span.reopened, second.open_at_end) == (3, 1, 1)
    quiet = corrections.counts(group.id, (later(59), later(90)))
    assert (quiet.runs, quiet.in_span.new, quiet.open_at_end, quiet.left_open[SOURCE].run_id) == ((), 0, 1, "r3")


def test_a_run_tells_counts_by_commune(run: Run) -> None:
    told = run("r1", TWO_CAUSES)
    assert {code: tally.new for code, tally in told.by_commune.items()} == {"18961": 2, "18964": 1}
