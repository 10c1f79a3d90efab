"""What an agency answers on its rows: kept by code, closing nothing, and set beside what the next list shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from dean06.corrections import service as corrections
from dean06.corrections.errors import DispositionRefused, OrderNotFound
from dean06.corrections.models import Disposition, Finding
from dean06.corrections.types import NewDisposition, OrderInfo
from dean06.flows import answering, intake, ordering
from dean06.ledger import service as ledger
from dean06.work.models import Task
from flows.conftest import Office, at, found, kept, own
from flows.test_doubting import deliver, lines, load, people, viewer


def build(folder: Path) -> Office:
    made = found("quang-ninh-2022", "qn", folder, persons=150)
    with at(2022, 6, 1):
        ordering.assign_source(made.account("leader"), made.group, "bhyt")
    load(made, "2022-06")
    made.delivered["first"] = deliver(made, 6, lines(made))
    return made


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    with kept(django_db_blocker, tmp_path_factory.mktemp("tra-loi"), build) as office:
        yield office


@pytest.fixture
def office(made, db, tmp_path) -> Office:
    return own(made, tmp_path)


def wrong() -> Finding:
    return Finding.objects.get(rule="KHOP_SAI_LECH", field="ngay_sinh")


def order(office: Office) -> OrderInfo:
    held = wrong().order_id
    return next(one for one in corrections.orders(viewer(office, "member", "BHXH"), office.group.id) if one.id == held)


def say(office: Office, kind: str, day: int = 1, **more) -> answering.Answered:
    said = NewDisposition(fingerprint=wrong().fingerprint, kind=kind, **more)
    with at(2022, 7, day):
        return answering.answer(viewer(office, "member", "BHXH"), office.group, order(office).id, [said], way="page")


def next_list(office: Office, *, mended: bool, month: int = 7) -> int:
    first = people(office)[0]
    load(office, f"2022-{month:02d}")
    return deliver(office, month, lines(office, {first["so_dinh_danh"]: first["ngay_sinh"]} if mended else None))


def outcomes() -> list[tuple[str, str]]:
    return [(row.kind, row.outcome) for row in Disposition.objects.order_by("pk")]


def test_saying_so_closes_nothing_and_is_told_to_the_task(office):
    kept_one = say(office, "fixed").kept[0]
    assert (kept_one.kind, kept_one.outcome, kept_one.version, kept_one.agency) == ("fixed", "waiting", 1, "BHXH")
    assert wrong().status == "open"
    assert Task.objects.get(pk=order(office).task_id).claimed == 1
    assert ledger.entries_for("order", order(office).ref)[-1]["action"] == "finding.dispose"


@pytest.mark.parametrize(("mended", "outcome"), [(True, "proved"), (False, "contradicted")])
def test_the_next_list_says_what_the_word_was_worth(office, mended, outcome):
    say(office, "fixed")
    next_list(office, mended=mended)
    assert outcomes() == [("fixed", outcome)]
    told = corrections.claim_counts(office.group.id)[0]
    assert (told.agency, told.said, told.proved, told.contradicted) == ("BHXH", 1, int(mended), int(not mended))


def test_taking_the_list_back_takes_its_verdict_back(office):
    say(office, "fixed")
    second = next_list(office, mended=False)
    with at(2022, 8, 1):
        intake.take_back(office.account("member", "BHXH"), second)
    assert outcomes() == [("fixed", "waiting")]


def test_a_newer_word_stands_when_the_verdict_on_the_older_is_taken_back(office):
    say(office, "fixed")
    second = next_list(office, mended=False)
    with at(2022, 8, 1):
        said = NewDisposition(fingerprint=wrong().fingerprint, kind="needs_paper")
        answering.answer(viewer(office, "member", "BHXH"), office.group, order(office).id, [said], way="page")
        intake.take_back(office.account("member", "BHXH"), second)
    assert outcomes() == [("fixed", "replaced"), ("needs_paper", "waiting")]


def test_the_first_list_taken_back_takes_rows_and_answers_with_it(office):
    say(office, "not_ours", reason="ngoai_dia_ban")
    with at(2022, 7, 2):
        intake.take_back(office.account("member", "BHXH"), office.delivered["first"])
    assert (Finding.objects.count(), Disposition.objects.count()) == (0, 0)


def test_the_same_word_twice_is_one_and_another_replaces_it(office):
    first = say(office, "refused", reason="dung_theo_giay_to", reference="12/TB-BHXH").kept[0]
    assert say(office, "refused", day=2, reason="dung_theo_giay_to", reference="12/TB-BHXH").kept[0].id == first.id
    second = say(office, "fixed", day=3).kept[0]
    assert (second.version, outcomes()) == (2, [("refused", "replaced"), ("fixed", "waiting")])


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"kind": "xong"}, "unknown_kind"),
        ({"kind": "refused"}, "wants_reason"),
        ({"kind": "refused", "reason": "ngoai_dia_ban"}, "unknown_reason"),
        ({"kind": "fixed", "reference": "CCCD 0380 9500 0123"}, "bad_reference"),
        ({"kind": "fixed", "reference": "x" * 81}, "bad_reference"),
        ({"kind": "fixed", "expected": 4}, "stale"),
    ],
)
def test_what_cannot_be_kept_is_named_and_changes_nothing(office, said, code):
    with pytest.raises(DispositionRefused) as refused:
        say(office, **said)
    assert (refused.value.code, Disposition.objects.count()) == (code, 0)


def test_of_many_the_good_ones_stay_and_each_bad_one_is_told(office):
    mine = wrong().fingerprint
    said = [
        NewDisposition(fingerprint="0" * 64, kind="fixed"),
        NewDisposition(fingerprint=mine, kind="fixed"),
        NewDisposition(fingerprint=mine, kind="needs_paper"),
    ]
    with at(2022, 7, 1):
        told = answering.answer(
            viewer(office, "member", "BHXH"), office.group, order(office).id, said, way="file", part=True
        )
    assert [(one.place, one.code) for one in told.bad] == [(0, "unknown_finding"), (2, "repeated")]
    assert outcomes() == [("fixed", "waiting")]


def test_a_proved_row_needs_no_answer(office):
    next_list(office, mended=True)
    with pytest.raises(DispositionRefused) as refused:
        say(office, "fixed", day=31)
    assert refused.value.code == "closed"


def test_another_agency_does_not_see_the_order_and_the_secretariat_says_why(office):
    said = [NewDisposition(fingerprint=wrong().fingerprint, kind="fixed")]
    held = order(office).id
    with at(2022, 7, 1):
        with pytest.raises(OrderNotFound):
            answering.answer(viewer(office, "member", "GDDT"), office.group, held, said, way="page")
        assert answering.answer(viewer(office, "secretariat", "TEAM"), office.group, held, said, way="page").kept
