"""Two hands on one list, work cut off between two steps, lists in the wrong order: nothing twice, nothing half."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, datetime

import duckdb
import pytest
from django_tasks_db.models import DBTaskResult

from dean06.clock import service as clock
from dean06.clock.errors import BadInput, Unavailable
from dean06.corrections import service as corrections
from dean06.corrections.models import Finding, Order
from dean06.corrections.models import Run as Recorded
from dean06.demo import service as demo
from dean06.flows import intake, ordering
from dean06.flows.intake import HandIn
from dean06.jobs import service as jobs
from dean06.jobs import tasks
from dean06.jobs.models import Job
from dean06.ledger.models import Entry
from dean06.offices import service as offices
from dean06.population import service as population
from dean06.reconcile import live as matching
from dean06.reconcile.models import Run, Score
from dean06.sources import live
from dean06.sources import service as sources
from dean06.sources.models import Assignment, Delivery
from dean06.work.models import Task
from dean06.work.service import tasks as work
from flows.conftest import Office, at, found, kept, own
from flows.neighbours import neighbour

QUOTED = "Nguyễn Thị Bí Mật"


def small(tmp_path) -> Office:
    made = found("quang-ninh-2022", "qn", tmp_path, persons=160)
    with at(2022, 6, 1):
        ordering.assign_source(made.account("leader"), made.group, "bhyt")
    made.load_register("2022-06")
    return made


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    with kept(django_db_blocker, tmp_path_factory.mktemp("tay"), small) as office:
        yield office


@pytest.fixture
def office(made, db, tmp_path) -> Office:
    """Give an office with a register and nothing delivered; what a test puts into the vault is its own."""
    batches = population.vault() / "batches"
    shutil.rmtree(batches, ignore_errors=True)
    return own(made, tmp_path)


def hand_in(office: Office, month: str = "2022-06", fixed: demo.Fix = demo.NOTHING, **said) -> int:
    path = office.folder / demo.delivery_name(office.world, "bhyt", month)
    if not path.exists():
        demo.write_delivery(office.world, "bhyt", month, path, fixed=fixed)
    end = demo.month_end(month)
    with at(end.year, end.month, end.day, 22):
        given = {"source": "bhyt", "period": month, "agency": "BHXH", "file": path, "file_name": path.name} | said
        return intake.hand_in(office.account("member", "BHXH"), office.group, HandIn(**given)).id


def process(office: Office, delivery: int, day: int = 1) -> object:
    with at(2022, 9, day):
        return intake.process(office.account("member", "BHXH"), delivery)


def standing() -> dict[str, object]:
    return {
        "runs": Run.objects.count(),
        "recorded": Recorded.objects.count(),
        "scores": Score.objects.count(),
        "findings": sorted(Finding.objects.values_list("fingerprint", "status")),
        "orders": sorted(Order.objects.values_list("cause", "count")),
        "tasks": sorted(Task.objects.values_list("title", "status", "done", "total")),
    }


def cut(acts: dict, spoil: Callable, after: int) -> None:
    """Let some acts through, then cut the power."""
    done: list[object] = []

    def wrapped(act):
        def once(*given):
            if len(done) == after:
                raise KeyboardInterrupt
            done.append(act)
            return act(*given)

        return once

    for name, act in list(acts.items()):
        spoil(name, wrapped(act))


def test_cut_off_inside_an_order_or_between_two_tasks_the_next_time_ends_the_same(office, monkeypatch):
    first = hand_in(office)
    with monkeypatch.context() as power:
        cut({"attach_task": corrections.attach_task}, lambda *to: power.setattr(corrections, *to), after=1)
        with pytest.raises(KeyboardInterrupt):
            process(office, first)
    assert Order.objects.count() == Task.objects.count() == 1
    process(office, first, 2)
    assert Order.objects.count() == Task.objects.count() > 1
    assert not Order.objects.filter(task_id=None).exists()
    office.load_register("2022-07")
    second = hand_in(office, "2022-07", demo.Fix(share=0.6))
    with monkeypatch.context() as power:
        cut(ordering.ACTS, lambda *to: power.setitem(ordering.ACTS, *to), after=1)
        with pytest.raises(KeyboardInterrupt):
            process(office, second, 3)
    halfway = standing()
    process(office, second, 4)
    whole = standing()
    assert whole["tasks"] != halfway["tasks"]
    for order in Order.objects.all():
        task = work.task_for_flow(order.task_id)
        assert (task.done, task.total) == corrections.order_progress(order.pk)
    process(office, second, 5)
    assert standing() == whole


def test_a_list_that_came_before_the_one_recorded_last_moves_nothing(office):
    first = hand_in(office)
    second = hand_in(office, "2022-07", demo.Fix(share=0.6))
    process(office, second)
    before = standing()
    with pytest.raises(BadInput, match="lần nộp sau"):
        process(office, first, 2)
    after = standing()
    assert {name: after[name] for name in ("recorded", "findings", "orders", "tasks")} == {
        name: before[name] for name in ("recorded", "findings", "orders", "tasks")
    }


def test_an_earlier_list_taken_up_again_leaves_what_a_later_one_proved(office):
    first = hand_in(office)
    process(office, first)
    process(office, hand_in(office, "2022-07", demo.Fix(share=0.6)), 2)
    before = standing()
    assert process(office, first, 3) is not None
    assert standing() == before


def test_a_delivery_is_taken_back_whole_or_not_at_all(office, monkeypatch):
    delivery = hand_in(office)
    process(office, delivery)
    before = standing()
    account = office.account("member", "BHXH")
    with monkeypatch.context() as cut:
        cut.setattr(sources, "undo", lambda *_: 1 / 0)
        with at(2022, 9, 2), pytest.raises(ZeroDivisionError):
            intake.take_back(account, delivery)
    assert standing() == before
    _, stranger = neighbour(office)
    with at(2022, 9, 3):
        with pytest.raises(Exception, match="chưa được"):
            intake.take_back(stranger, delivery)
        intake.take_back(account, delivery)
        assert standing()["findings"] == []
        counted = work.counts(
            office.group.id, (clock.at_start_of(date(2022, 6, 1)), clock.at_start_of(date(2022, 12, 1)))
        )
        assert (counted.opened, counted.open, counted.cancelled) == ((), (), ())
        with pytest.raises(BadInput, match="đã rút"):
            intake.take_back(account, delivery)
    assert process(office, delivery, 4) is None


def test_taken_back_while_it_is_read_it_stays_taken_back(office, monkeypatch):
    delivery = hand_in(office)
    read = live.read_batch

    def meanwhile(*given, **named):
        Delivery.objects.update(state=Delivery.State.UNDONE)
        return read(*given, **named)

    monkeypatch.setattr(live, "read_batch", meanwhile)
    assert process(office, delivery) is None
    assert Delivery.objects.get().state == Delivery.State.UNDONE


def test_a_source_in_work_cannot_be_taken_back(office):
    delivery = hand_in(office)
    with sources.alone(delivery), at(2022, 9, 1), pytest.raises(BadInput, match="chờ xong"):
        intake.take_back(office.account("member", "BHXH"), delivery)


def test_ordering_one_cause_by_hand_sets_nothing_up(office):
    Assignment.objects.all().delete()
    process(office, hand_in(office))
    assert not Task.objects.exists()
    cause = corrections.groups_to_order(office.group.id, "bhyt")[0].cause
    with at(2022, 9, 2):
        ordering.order_by_hand(office.account("leader"), office.group, "bhyt", cause)
    assert sources.assignment(office.group.id, "bhyt") is None
    process(office, hand_in(office, "2022-07"), 3)
    assert Task.objects.count() == 1


@pytest.mark.parametrize(
    "said", [{"period": "../../../x"}, {"period": "2022-13"}, {"agency": "XYZ"}, {"source": "khong-co"}]
)
def test_what_is_said_of_a_file_must_exist(office, said):
    with pytest.raises(BadInput):
        hand_in(office, **said)
    assert not Delivery.objects.exists()
    assert not list(population.vault().rglob("goc*"))


def test_a_full_disk_at_the_door_leaves_nothing(office, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(sources.os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        with pytest.raises(Unavailable, match="giải phóng chỗ"):
            hand_in(office)
    assert not [path for path in (population.vault() / "batches").rglob("*") if path.is_file()]
    assert hand_in(office)


def test_a_demonstration_lives_on_its_own_day(office):
    day = date(2022, 9, 10)
    group, account = neighbour(office, own_day=day)
    path = office.folder / "mot.csv"
    demo.write_delivery(office.world, "bhyt", "2022-08", path)
    given = HandIn(source="bhyt", period="2022-08", agency="BHXH", file=path, file_name="mot.csv")
    received = intake.hand_in(account, group, given)
    assert received.received_at.astimezone(clock.TZ).date() == day
    entry = Entry.objects.order_by("-pk")[0]
    assert entry.at.year == datetime.now(tz=clock.TZ).year  # noqa: TID251  the log's own time is the real one


def test_the_words_of_an_unexpected_fault_are_kept_nowhere(office, monkeypatch, caplog):
    delivery = hand_in(office)
    asked = jobs.ask_intake(office.group.id, office.account("member", "BHXH"), delivery)
    assert jobs.ask_intake(office.group.id, office.account("member", "BHXH"), delivery).id == asked.id
    assert DBTaskResult.objects.count() == 1

    def fails(*_):
        raise ValueError(f"Could not convert {QUOTED!r}")

    monkeypatch.setattr(intake, "process", fails)
    with pytest.raises(Unavailable) as told:
        tasks.intake.func(asked.id)
    row = Job.objects.get()
    assert row.state == Job.State.FAILED
    assert "ValueError, tasks.py:" in str(told.value)
    assert QUOTED not in f"{row.problem_vi}{row.problem_en}{told.value}{told.value.__context__}{caplog.text}"


def test_duckdb_never_speaks_of_a_row(office, monkeypatch):
    def fails(*_, **__):
        raise duckdb.ConversionException(f"Could not convert string {QUOTED!r} to INT32")

    delivery = hand_in(office)
    with monkeypatch.context() as broken:
        broken.setattr(live, "read_batch", fails)
        with pytest.raises(Unavailable) as told:
            process(office, delivery)
        assert QUOTED not in f"{told.value}{told.value.__context__}"
        assert Delivery.objects.get().state == Delivery.State.RECEIVED
    with monkeypatch.context() as broken:
        broken.setattr(matching, "match", fails)
        assert process(office, delivery, 2).state == "failed"
        assert QUOTED not in Run.objects.get().problem_vi
    assert process(office, delivery, 3).state == "done"


def test_a_register_that_cannot_be_loaded_is_named_and_not_quoted(office, monkeypatch):
    def fails(*_):
        raise duckdb.ConversionException(f"Could not convert string {QUOTED!r} to DATE")

    monkeypatch.setattr(population.live, "load_snapshot", fails)
    with pytest.raises(Unavailable, match=r"so-2022-07\.csv") as told:
        office.load_register("2022-07")
    assert QUOTED not in f"{told.value}{told.value.__context__}"


def test_a_file_nobody_asked_for_is_taken_up(office):
    delivery = hand_in(office)
    assert jobs.take_up() == 1
    assert Job.objects.get().object_id == str(delivery)
    assert jobs.take_up() == 0


def test_a_changed_byte_in_the_vault_is_not_read(office):
    delivery = hand_in(office)
    kept_file = next(population.vault().rglob("goc.*"))
    kept_file.chmod(0o600)
    kept_file.write_bytes(kept_file.read_bytes() + b" ")
    with pytest.raises(Unavailable, match="không còn nguyên"):
        process(office, delivery)
    kept_file.unlink()
    with pytest.raises(Unavailable, match="khôi phục"):
        process(office, delivery)
    assert offices.group("qn")
