"""Reminders go out once each, at whatever instants a round comes, after kills too; a late one says nothing stale."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dean06.clock import service as clock
from dean06.flows import due, task_work, tasking, telling
from dean06.flows.due import reminding
from dean06.flows.tasking import Wanted
from dean06.jobs import service as jobs
from dean06.notices.models import Letter, Mailbox, Notice
from dean06.notices.service import choices, inbox
from dean06.notices.types import ChoiceInfo, Mail
from dean06.offices import service as offices
from dean06.work.types import Origin, Said
from flows.conftest import at
from flows.told import followed, of_kind, shut
from harness.mail import served_by

pytestmark = pytest.mark.django_db

DUE = date(2022, 6, 30)
GIVEN = date(2022, 6, 6)
LEADER, BHXH = ("leader", "PC"), ("member", "BHXH")
# The first day of each stage of a task due on 30 June, and the day after its last: as the shipped rule has them.
STAGES = {
    "coming:7": (date(2022, 6, 23), date(2022, 6, 27)),
    "coming:3": (date(2022, 6, 27), date(2022, 6, 29)),
    "coming:1": (date(2022, 6, 29), date(2022, 7, 1)),
    "overdue:-1": (date(2022, 7, 1), date(2022, 7, 8)),
    "overdue:-8": (date(2022, 7, 8), date(2022, 7, 15)),
    "overdue:-15": (date(2022, 7, 15), date(2022, 7, 22)),
    "overdue:-22": (date(2022, 7, 22), date(2022, 7, 29)),
    "escalated:-5": (date(2022, 7, 7), date(2022, 7, 21)),  # five working days, until ten more have passed
}


@pytest.fixture
def task(office):
    with at(2022, 6, 6):
        wanted = Wanted(title="Rà soát thẻ", lead="BHXH", due=DUE, origin=Origin.DIRECTIVE)
        return tasking.assign(office.account(*LEADER), office.group, wanted)


def reminded(office) -> Counter[str]:
    """How often each stage of each task was told to each account."""
    rows = Notice.objects.filter(group_id=office.group.id, key__startswith="remind:")
    return Counter(f"{one.account}:{one.key.split(':', 4)[4]}" for one in rows)


class Killed(BaseException):
    """The worker dies."""


def killed_in_a_round(office) -> None:
    with transaction.atomic():
        due.remind(office.group)
        raise Killed


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rounds=st.lists(st.tuples(st.integers(min_value=0, max_value=52 * 24), st.booleans()), min_size=1, max_size=12).map(
        sorted
    )
)
def test_each_stage_is_told_once_at_whatever_instants_the_round_comes(office, task, rounds):
    """An independent count: a stage is told exactly where some round fell within it, a killed one does not count."""
    begin = clock.at_start_of(GIVEN) + timedelta(hours=10)
    with transaction.atomic():
        for hours, dies in rounds:
            with clock.pinned(begin + timedelta(hours=hours)):
                if dies:
                    with pytest.raises(Killed):
                        killed_in_a_round(office)
                else:
                    due.remind(office.group)
        whole = [(begin + timedelta(hours=hours)).astimezone(clock.TZ).date() for hours, dies in rounds if not dies]
        wanted = {
            f"{office.account(*(LEADER if stage.startswith('escalated') else BHXH))}:{stage}": 1
            for stage, (first, after) in STAGES.items()
            if any(first <= day < after for day in whole)
        }
        assert reminded(office) == wanted
        transaction.set_rollback(True)


def test_a_kill_between_two_reminders_loses_and_doubles_none(office, monkeypatch):
    with at(2022, 6, 6):
        for name in "abc":
            wanted = Wanted(title=name, lead="BHXH", due=DUE, origin=Origin.DIRECTIVE)
            tasking.assign(office.account(*LEADER), office.group, wanted)
    plain, count = telling.tell, iter(range(10))

    def die(*given, **more):
        if next(count) == 1:
            raise Killed
        return plain(*given, **more)

    with at(2022, 6, 23):
        with monkeypatch.context() as patched:
            patched.setattr(reminding.telling, "tell", die)
            with pytest.raises(Killed):
                due.remind(office.group)
        assert not Notice.objects.filter(kind="task_due").exists()  # some go out together or not at all
        due.remind(office.group)
        due.remind(office.group)
    rows = Notice.objects.filter(kind="task_due")
    assert sorted(one.vi[-1] for one in rows) == ["a", "b", "c"]


def test_more_than_go_out_together_are_all_told_once(office, monkeypatch):
    monkeypatch.setattr(reminding, "AT_ONCE", 2)
    with at(2022, 6, 6):
        for name in "abcde":
            wanted = Wanted(title=name, lead="BHXH", due=DUE, origin=Origin.DIRECTIVE)
            tasking.assign(office.account(*LEADER), office.group, wanted)
    with at(2022, 6, 23):
        told = due.remind(office.group)
        assert due.remind(office.group) == 0
    rows = Notice.objects.filter(kind="task_due")
    assert sorted(one.vi[-1] for one in rows) == ["a", "b", "c", "d", "e"]
    assert told >= len(rows)


def test_what_is_done_or_waits_for_acceptance_or_was_given_more_time_is_left_alone(office, task):
    with at(2022, 6, 20):
        task_work.extend(office.account(*LEADER), office.group, task.id, date(2022, 7, 20), "mưa bão")
    with at(2022, 6, 23):
        due.remind(office.group)
        assert not of_kind("task_due")
    with at(2022, 7, 13):
        due.remind(office.group)
        assert "còn 7 ngày" in of_kind("task_due")[office.account(*BHXH)]
        task_work.report(office.account(*BHXH), office.group, task.id, Said(percent=100, finished=True, words="xong"))
    with at(2022, 7, 30):
        due.remind(office.group)
        assert len(of_kind("task_due")) == 1
        assert shut(office.group) == []


def test_the_digest_of_a_week_goes_out_once_and_not_when_it_is_stale(office, task):
    def weeks() -> list[str]:
        return list(Notice.objects.filter(kind="task_digest").order_by("pk").values_list("key", flat=True))

    for day, hour in ((10, 9), (12, 23), (13, 0), (13, 12), (14, 8), (15, 9), (16, 9), (23, 9), (29, 9)):
        with at(2022, 6, day, hour):
            due.remind(office.group)
    assert [key.rpartition(":")[2] for key in weeks()] == ["2022-06-13", "2022-06-27"]
    assert Notice.objects.filter(kind="task_digest").first().vi == "Tuần này: 1 nhiệm vụ đang mở, 0 quá hạn."


# ------------------------------------------------------------------ as each has chosen, over a real line


@pytest.fixture
def server(settings):
    with served_by(settings) as told:
        yield told


def mailbox(account: str, address: str) -> None:
    Mailbox.objects.create(account=account, address=address, entered_at=clock.now(), confirmed_at=clock.now())


def rounds(day: datetime, worker: jobs.Letters) -> None:
    with clock.pinned(day):
        followed()
        worker.go_round()


def test_reminders_reach_each_as_they_chose_once_whatever_becomes_of_the_worker(office, server):
    leader, agency = office.account(*LEADER), office.account(*BHXH)
    with at(2022, 6, 6, 8):
        mailbox(agency, "bhxh@xa-mau.example")
        mailbox(leader, "truong@xa-mau.example")
        never = [ChoiceInfo(kind=kind, in_app=False, mail=Mail.NEVER) for kind in ("task_due", "task_escalated")]
        choices.choose(leader, never)
        wanted = Wanted(title="Rà soát thẻ", lead="BHXH", due=DUE, origin=Origin.DIRECTIVE)
        tasking.assign(leader, office.group, wanted)
    start = datetime(2022, 6, 6, 9, tzinfo=clock.TZ)
    worker = jobs.Letters()
    for day in range(42):  # every third day a worker that remembers nothing takes over; each goes several rounds
        worker = jobs.Letters() if day % 3 == 0 else worker
        for hour in (0, 1, 12):
            rounds(start + timedelta(days=day, hours=hour), worker)
    every = [(names[0], letter.get_body(("plain",)).get_content()) for _, names, letter in server.taken]
    texts = [text for name, text in every if name == "bhxh@xa-mau.example"]
    assert not any("hiệm vụ số" in text for name, text in every if name != "bhxh@xa-mau.example")  # as they chose
    for words in ("còn 7 ngày", "còn 3 ngày", "còn 1 ngày", "quá hạn 1 ngày", "quá hạn 8 ngày", "quá hạn 15 ngày"):
        assert sum(text.count(words) for text in texts) == 1, words
    assert sum(text.count("Cơ quan bạn chủ trì nhiệm vụ 1") for text in texts) == 1
    assert sum(text.count("Tuần này: 1 nhiệm vụ đang mở") for text in texts) == 6
    assert all("Điều 3 khoản 1" in text for text in texts if "còn" in text)
    assert Letter.objects.exclude(state="sent").count() == 0
    seen = inbox.of(offices.viewer(leader, date(2022, 7, 15))).items
    assert not [one for one in seen if one.kind == "task_escalated"]  # as the leader chose


def test_one_group_that_cannot_be_reminded_keeps_no_other_waiting(office, task, monkeypatch, caplog):
    plain, broken = due.remind, []

    def once(group):
        if not broken:
            broken.append(group.slug)
            raise ZeroDivisionError
        return plain(group)

    monkeypatch.setattr(jobs.Letters._remind.__globals__["due"], "remind", once)
    worker = jobs.Letters()
    with at(2022, 6, 23, 8):
        worker.go_round()
        worker.go_round()
        assert not of_kind("task_due")  # not again at once
    with at(2022, 6, 23, 9):
        worker.go_round()
        assert of_kind("task_due")
    assert "ZeroDivisionError" in caplog.text


def test_a_part_that_cannot_be_read_keeps_no_other_waiting(office, task, monkeypatch):
    def broken(group):
        raise ZeroDivisionError

    monkeypatch.setattr(due, "PARTS", (broken, *due.PARTS))
    with at(2022, 6, 23):
        with pytest.raises(ZeroDivisionError):
            due.remind(office.group)
        assert of_kind("task_due")
