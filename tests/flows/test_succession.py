"""The end of a group: a plan that binds nobody, two people, one act that hands everything over, whole or not at all."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import date, datetime

import pytest

from dean06.adoption import service as adoption
from dean06.charter import service as charters
from dean06.charter.errors import Refused
from dean06.charter.types import ObjectRef
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.corrections import service as corrections
from dean06.demo import service as demo
from dean06.flows import (
    contracting,
    duties,
    facts,
    feeding,
    handing_over,
    inheritance,
    intake,
    looking,
    machine_accounts,
    ordering,
    register,
    reporting,
    setup,
    succession,
    tracking,
)
from dean06.flows.authority import Act, ask, bind, permit, system_permit
from dean06.flows.intake import HandIn
from dean06.flows.tracking import seed
from dean06.jobs import tasks
from dean06.jobs.models import Job
from dean06.ledger import service as ledger
from dean06.ledger.models import Entry
from dean06.machines.models import Hook, Machine, Parcel
from dean06.machines.service import accounts, hooks
from dean06.machines.types import HookState, NewHook, NewMachine, Scope
from dean06.offices import service as offices
from dean06.papers.models import Paper, Series
from dean06.papers.service import documents, issuing, numbers
from dean06.papers.types import Signature
from dean06.sources import service as sources
from dean06.sources.models import Delivery
from dean06.sources.service import feeds
from dean06.sources.service.feeds import NewFeed
from dean06.work.service import registers
from dean06.work.service import tasks as work
from dean06.work.types import Basis, NewTask, Origin, Status
from flows.conftest import Office, at, kept, own
from flows.successors import LAST_DAY, confirmed, ended, ending, now, plan, prepared, successor
from flows.test_contracting import changed
from flows.told import followed, of_kind
from machines.software import Software


def build(folder) -> Office:
    made = ending(folder)
    with at(2025, 6, 20):
        reporting.make(made.account("secretariat"), made.group, "2025-06")
        reporting.issue(made.account("leader"), made.group, "2025-06")
        reporting.send(made.account("clerk"), made.group, "2025-06")
    return made


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    with kept(django_db_blocker, tmp_path_factory.mktemp("ban-giao"), build) as office:
        yield office, successor(office, "xa-moi", "456")


@pytest.fixture
def office(made, db, tmp_path) -> Office:
    return own(made[0], tmp_path)


@pytest.fixture
def heir(made, office) -> Office:
    return replace(made[1], folder=office.folder, world=office.world, delivered={})


def open_tasks(office: Office) -> list:
    return [one for one in work.tasks_of_group(office.group.id) if one.is_open]


def drawn(office: Office, *heirs: Office, **choices: dict[str, str]) -> succession.Handover:
    with at(2025, 7, 1):
        return succession.draw_up(office.group, plan(*heirs, **choices))


def everything(office: Office) -> dict[str, object]:
    """What stands of a group's work and of the ledger, to see that nothing has changed."""
    return {
        "tasks": [(one.ref, one.status) for one in work.tasks_of_group(office.group.id)],
        "all": len([one for group in offices.all_groups() for one in work.tasks_of_group(group.id)]),
        "ending": offices.ending(office.group.id),
        "series": numbers.series(office.group.id),
        "ledger": Entry.objects.count(),
        "states": [one.state for one in adoption.successions(office.group.id)],
    }


# --- a plan


def test_a_plan_is_saved_opened_changed_and_dropped_and_changes_nothing(office, heir):
    with at(2025, 6, 25):
        before = everything(office) | {"states": None, "ledger": None}
        kept_ = prepared(office, plan(heir))
        again = adoption.succession(office.group.id, kept_.id)
        assert (again.plan, again.revision, again.state) == (plan(heir), 1, "open")
        later = replace(plan(heir), last_day=date(2025, 7, 31))
        saved = succession.save(office.account("secretariat"), office.group, again, later, seen=1)
        assert (saved.plan.last_day, saved.revision) == (date(2025, 7, 31), 2)
        with pytest.raises(BadInput, match="vừa được người khác sửa"):
            succession.save(office.account("leader"), office.group, again, later, seen=1)
        assert succession.drop(office.account("secretariat"), office.group, saved).state == "dropped"
        with pytest.raises(BadInput, match="không sửa được nữa"):
            succession.save(office.account("leader"), office.group, saved, later, seen=2)
        assert everything(office) | {"states": None, "ledger": None} == before
    with at(2025, 6, 26):
        assert prepared(office, plan(heir)).state == "open"


def test_a_group_has_one_plan_at_a_time(office, heir):
    with at(2025, 6, 25):
        prepared(office, plan(heir))
        with pytest.raises(BadInput, match="đã có một phương án"):
            prepared(office, plan(heir))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"successors": ()}, "kế thừa"),
        ({"successors": ("qn",)}, "«qn»"),
        ({"successors": ("xa-moi", "xa-moi")}, "mỗi tổ một lần"),
        ({"successors": ("khong-co",)}, "«khong-co»"),
        ({"signed_on": date(2026, 1, 1)}, "sau hôm nay"),
        ({"choices": {"task:1": {"to": "xa-moi", "agency": "KHONG"}}}, "cơ quan không có"),
        ({"choices": {"task:1": {"to": "to-la"}}}, "task:1"),
        ({"choices": {"task:1": {"reason": "x" * 301}}}, "dài quá"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(office, heir, changed, said):
    with at(2025, 6, 25), pytest.raises(BadInput, match=said):
        prepared(office, replace(plan(heir), **changed))


def test_who_may_prepare_and_who_may_end(office, heir):
    with at(2025, 7, 1):
        with pytest.raises(Refused):
            succession.begin(office.account("member", "BHXH"), office.group, plan(heir))
        with pytest.raises(Refused):
            succession.begin(heir.account("leader"), office.group, plan(heir))
        kept_ = succession.begin(office.admin, office.group, plan(heir))
        seen = succession.draw_up(office.group, kept_.plan).digest
        for account in (office.account("secretariat"), office.account("member", "BHXH"), heir.account("leader")):
            with pytest.raises(Refused):
                handing_over.confirm(account, office.group, kept_, seen=seen)


def test_the_paper_that_ends_the_group_is_a_named_fact(office):
    act = Act(
        account=office.account("leader"), group=office.group, action="group.hand_over", obj=bind("succession", "x")
    )
    with at(2025, 7, 1):
        decision = ask(act).decision
    assert (decision.outcome, decision.enforcement) == ("not_allowed", "block")
    assert decision.missing == ("succession.number", "succession.signed_on")


def test_a_charter_that_regulates_the_end_wins_over_the_installation_s(office, heir, monkeypatch):
    text = adoption.charter_of(office.group.charter_line, LAST_DAY)
    sources = {
        name: charters.from_yaml(charters.to_yaml(value), name) for name, value in charters.sources_of(text).items()
    }
    article = dict(sources["dieu-11.yaml"])
    norm = {"key": "group.end", "cite": "11.3", "type": "power", "bearer": "deputy", "action": "group.hand_over"}
    article["norms"] = [*article["norms"], norm | {"source": "bịa", "enforcement": "block"}]
    changed = charters.compile_sources({**sources, "dieu-11.yaml": article})
    monkeypatch.setattr(adoption, "charter_of", lambda *_: changed)
    act = Act(
        account=office.account("deputy"), group=office.group, action="group.hand_over", obj=bind("succession", "x")
    )
    with at(2025, 7, 1):
        assert ask(act).decision.outcome == "allowed"
        assert ask(replace(act, account=office.account("leader"))).decision.outcome == "not_allowed"
        assert ask(replace(act, account=office.admin)).decision.outcome == "not_allowed"


# --- two people, one act


def test_two_people_confirm_the_very_same_and_the_second_ends_the_group(office, heir):
    with at(2025, 7, 1):
        kept_ = prepared(office, plan(heir))
        first = confirmed(office, kept_, "leader")
        assert (first.state, len(first.confirmed_by)) == ("open", 1)
        assert offices.ending(office.group.id) is None
        with pytest.raises(BadInput, match="hai người khác nhau"):
            confirmed(office, kept_, "leader")
        before = Entry.objects.count()
        done = confirmed(office, kept_, "standing_deputy")
    assert done.is_done
    assert Entry.objects.count() == before + 1
    content = adoption.handover_bytes(office.group.id, done.id)
    assert hashlib.sha256(content).hexdigest() == done.sha256
    entry = json.loads(Entry.objects.order_by("-pk").first().body)
    assert (entry["object"]["digest"], entry["action"], entry["citations"]) == (done.sha256, "group.hand_over", ["8.2"])
    ending = now(office).ending
    assert (ending.last_day, ending.instrument, ending.successors) == (LAST_DAY, "1680/NQ-UBTVQH15", (heir.group.name,))
    with at(2025, 7, 2):
        ledger.sequence()
        assert ledger.verify().sound


def test_what_changed_since_it_was_seen_is_not_confirmed_and_since_the_first_word_wants_both_again(office, heir):
    with at(2025, 7, 1):
        kept_ = prepared(office, plan(heir))
        seen = succession.draw_up(office.group, kept_.plan).digest
        confirmed(office, kept_, "leader")
        own_task(office)
        with pytest.raises(BadInput, match="vừa đổi sau khi bạn mở trang"):
            handing_over.confirm(office.account("standing_deputy"), office.group, kept_, seen=seen)
        again = confirmed(office, kept_, "standing_deputy")
        assert (again.state, len(again.confirmed_by)) == ("open", 1)
        assert confirmed(office, kept_, "leader").is_done


def own_task(office: Office):
    with at(2025, 6, 25, 8):
        new = NewTask(
            slot=work.reserve(office.group.id),
            title="Rà soát hồ sơ một cửa",
            origin=Origin.OWN,
            lead="GDDT",
            coordinating=("BHXH",),
            due=date(2025, 8, 15),
            bound=clock.at_start_of(date(2025, 8, 16)),
            basis=Basis(article="7", clause="2", point="e", norm="x", charter_hash="0" * 64),
        )
        obj = ObjectRef(kind="task", id=new.slot.ref, digest=new.digest())
        return work.open_task(
            permit(Act(account=office.account("leader"), group=office.group, action="task.assign", obj=obj)), new
        )


def test_it_is_not_confirmed_before_the_last_day_is_over_nor_without_the_paper(office, heir):
    with at(2025, 6, 30):
        kept_ = prepared(office, plan(heir))
        with pytest.raises(BadInput, match=r"đến hết ngày 30/06/2025.*từ ngày 01/07/2025"):
            confirmed(office, kept_, "leader")
        bare = replace(plan(heir), instrument="")
        kept_ = succession.save(office.account("leader"), office.group, kept_, bare, seen=1)
        with pytest.raises(BadInput, match="số và ngày"):
            confirmed(office, kept_, "leader")


@pytest.mark.parametrize(
    "step", ["work.hand_over", "corrections.carry_task", "numbers.close_series", "offices.end_group"]
)
def test_a_fault_in_the_middle_leaves_nothing(office, heir, monkeypatch, step):
    with at(2025, 7, 1):
        kept_ = confirmed(office, prepared(office, plan(heir)), "leader")
        before = everything(office)
        room, name = step.split(".")
        done = []

        def cut(*given, **named):
            if name != "hand_over" or done:
                raise RuntimeError(step)
            done.append(given)
            return real(*given, **named)

        real = getattr(getattr(handing_over, room), name)
        monkeypatch.setattr(getattr(handing_over, room), name, cut)
        with pytest.raises(RuntimeError, match=step):
            confirmed(office, kept_, "standing_deputy")
        assert everything(office) == before
        monkeypatch.undo()
        assert confirmed(office, kept_, "standing_deputy").is_done


def test_a_part_of_a_hand_over_is_never_done_without_its_entry(office, heir):
    with at(2025, 7, 1):
        drawn_ = succession.draw_up(office.group, plan(heir))
        act = Act(
            account=office.account("leader"),
            group=office.group,
            action="group.hand_over",
            obj=bind("succession", "x"),
            facts={"succession.number": "1", "succession.signed_on": "2025-06-16"},
        )
        by = permit(act)
        for part in (
            lambda: work.end_with_group(by, open_tasks(office)[0].id),
            lambda: numbers.close_series(by, office.group.id, LAST_DAY, drawn_.series),
            lambda: offices.end_group(by, office.group.id, LAST_DAY, ("1", LAST_DAY), ["xa-moi"]),
        ):
            with pytest.raises(Exception, match="chưa có mục ghi"):
                part()


# --- tasks


def test_one_successor_takes_every_open_task_over_and_each_names_where_it_came_from(office, heir):
    own_task(office)
    before = open_tasks(office)
    done = ended(office, heir)
    taken = open_tasks(heir)
    assert [(one.title, one.lead, one.due) for one in taken] == [(one.title, one.lead, one.due) for one in before]
    assert [one.came_from for one in taken] == [one.id for one in before]
    assert {one.status for one in work.tasks_of_group(office.group.id)} == {Status.HANDED_OVER}
    assert all(f"nhiệm vụ số {old.number}" in new.basis.reading for old, new in zip(before, taken, strict=True))
    assert taken[-1].coordinating == ("BHXH",)
    told = done.content["tasks"]
    assert [row["task"] for row in told] == [one.ref for one in before]
    assert all(row["to"][0]["group"] == "xa-moi" for row in told)


def test_what_is_open_in_the_registers_goes_on_in_the_successor_and_what_is_done_stays(office, heir):
    values = {"ten": "Máy in hỏng", "nguyen_nhan": "ha_tang", "co_quan": "BHXH", "han": "2025-07-15"}
    with at(2025, 6, 20):
        by = office.account("member", "BHXH")
        open_, other = (
            tracking.open_entry(by, office.group, "vuong-mac", values | {"ten": name}) for name in ("A", "B")
        )
        last = registers.last_for_flow(other.id)
        tracking.undo(by, office.group, other.id, last.id)
    done = ended(office, heir)
    assert [row["entry"] for row in done.content["entries"]] == [open_.ref]
    (taken,) = registers.entries_of_group(heir.group.id, "vuong-mac")
    assert (taken.title, taken.state, taken.agency, taken.due, taken.since) == (
        open_.title,
        open_.state,
        "BHXH",
        date(2025, 7, 15),
        open_.since,
    )
    assert taken.origin == f"tu:{open_.ref}"
    assert registers.entry_for_flow(open_.id).state == open_.state
    span = (datetime(2025, 7, 1, tzinfo=clock.TZ), datetime(2025, 8, 1, tzinfo=clock.TZ))
    (counted,) = [one for one in registers.counts(heir.group.id, span) if one.register == "vuong-mac"]
    assert (counted.opened, counted.open) == ((), (taken.id,))  # taken over is not raised anew


def test_an_entry_of_a_norm_is_not_made_twice_in_the_successor(office, heir):
    with at(2025, 6, 20):
        mine = seed.fill(office.account("leader"), office.group, "dich-vu")
        theirs = seed.fill(heir.account("leader"), heir.group, "dich-vu")
    assert mine
    ended(office, heir)
    assert len(registers.entries_of_group(heir.group.id, "dich-vu")) == len(theirs)


def test_a_task_can_end_with_the_group_for_a_reason(office, heir):
    task = own_task(office)
    done = ended(office, heir, **{f"task:{task.number}": {"reason": "Một cửa cấp huyện không còn"}})
    assert work.task_for_flow(task.id).status is Status.ENDED
    row = next(one for one in done.content["tasks"] if one["task"] == task.ref)
    assert (row["outcome"], row["reason"]) == ("ended", "Một cửa cấp huyện không còn")
    assert all(one.title != task.title for one in open_tasks(heir))


def test_a_split_gives_each_successor_the_rows_of_its_territory(office):
    one, two = successor(office, "xa-mot", "19225"), successor(office, "xa-hai", "19237")
    split = [line for line in drawn(office, one, two).tasks if len(line.parts) > 1]
    assert split
    for line in split:
        assert sum(part.findings for part in line.parts) == line.task.total
        units = [unit for part in line.parts for unit in part.communes]
        assert len(units) == len(set(units))
    duty_choices = {f"duty:{line.pending.key}": {"to": "xa-mot"} for line in drawn(office, one, two).duties}
    homeless = {
        line.key: {"to": "xa-hai", "agency": "BHXH"} for line in drawn(office, one, two).tasks if not line.is_placed
    }
    ended(office, one, two, **duty_choices, **homeless)
    total = sum(task.total for heir in (one, two) for task in open_tasks(heir))
    assert total == sum(task.total for task in work.tasks_of_group(office.group.id))
    first = split[0].task.id
    assert sorted(
        task.group_id for heir in (one, two) for task in open_tasks(heir) if task.came_from == first
    ) == sorted((one.group.id, two.group.id))


def test_what_cannot_be_proposed_a_person_chooses(office):
    one, two = successor(office, "xa-mot", "19225"), successor(office, "xa-hai", "19237")
    task = own_task(office)
    with at(2025, 7, 1):
        made = plan(one, two)
        line = next(line for line in succession.draw_up(office.group, made).tasks if line.task.id == task.id)
        assert not line.is_placed
        kept_ = prepared(office, made)
        with pytest.raises(BadInput, match="chưa có nơi nhận"):
            confirmed(office, kept_, "leader")
        chosen = succession.draw_up(office.group, plan(one, two, **{line.key: {"to": "xa-hai", "agency": "TP"}}))
    part = next(one_.parts[0] for one_ in chosen.tasks if one_.task.id == task.id)
    assert (part.to, part.agency) == ("xa-hai", "TP")


def test_a_merge_of_two_groups_into_one(office, heir):
    ended(office, heir)
    beside = successor(office, "huyen-ben", "457")
    task = own_task(beside)
    with at(2025, 7, 1):
        confirmed(beside, prepared(beside, plan(heir)))
    assert {one.slug for one in offices.predecessors(heir.group.id)} == {"qn", "huyen-ben"}
    assert task.id in {one.came_from for one in open_tasks(heir)}
    numbers = [one.number for one in open_tasks(heir)]
    assert len(numbers) == len(set(numbers))


# --- findings behind a task


def hand_in(heir: Office, world, source: str = "bhyt"):
    """Hand a corrected list in to a successor, and carry it through."""
    path = heir.folder / "so-moi.csv"
    demo.write_register(world, "2022-07", path)
    with at(2025, 7, 10):
        register.load(heir.account("register_keeper"), heir.group, path, date(2025, 7, 9))
        path = heir.folder / f"moi-{demo.delivery_name(world, source, '2022-07')}"
        demo.write_delivery(world, source, "2022-07", path, fixed=demo.Fix(share=1.0))
        given = HandIn(source=source, period="2025-07", agency="BHXH", file=path, file_name=path.name)
        delivery = intake.hand_in(heir.account("member", "BHXH"), heir.group, given)
        run = intake.process(heir.account("member", "BHXH"), delivery.id)
    assert run.state == "done", run.problem_vi
    return run


def test_a_handed_over_correction_is_proved_by_a_delivery_to_the_successor(office, heir):
    ended(office, heir)
    before = {task.id: task.total for task in open_tasks(heir)}
    hand_in(replace(heir, folder=office.folder), office.world)
    proved = [work.task_for_flow(task_id) for task_id in before]
    assert [one.status for one in proved if one.done == one.total and one.total] != []
    assert any(one.status is Status.DONE and one.closed_by.startswith("L") for one in proved)
    assert all(one.status is Status.HANDED_OVER for one in work.tasks_of_group(office.group.id))


def test_findings_that_the_successor_ordered_itself_are_not_ordered_twice(office, heir):
    task = next(one for one in open_tasks(office) if one.total > 1)
    order = corrections.order_of_task(task.id)
    ended(office, heir)
    taken = next(one for one in open_tasks(heir) if one.came_from == task.id)
    assert corrections.order_progress(corrections.order_of_task(taken.id).id) == (0, task.total)
    assert sum(corrections.held_by_unit([order.id], heir.group.id)[order.id].values()) == task.total
    assert corrections.order_progress(order.id) == (0, task.total)


# --- number series


def test_series_close_with_their_last_number_and_give_none_afterwards(office, heir):
    with at(2025, 7, 1):
        reporting.make(office.account("secretariat"), office.group, "2025-07")
    draft = Paper.objects.get(group_id=office.group.id, number=None)
    done = ended(office, heir)
    assert [(row["last"], row["year"]) for row in done.content["series"]] == [(1, 2025)]
    assert done.content["stays"]["drafts"] == 1
    assert {one.closed_on for one in numbers.series(office.group.id)} == {LAST_DAY}
    with at(2025, 7, 2):
        with pytest.raises(Refused, match=r"kế thừa: Tổ công tác xa-moi"):
            reporting.issue(office.account("leader"), office.group, "2025-07")
        obj = bind("paper", str(draft.pk), docx=draft.docx_sha256)
        by = permit(Act(account=heir.account("leader"), group=heir.group, action="task.assign", obj=obj))
        with pytest.raises(BadInput, match=r"đã khóa ở số 1 khi tổ kết thúc ngày 30/06/2025"):
            issuing.issue(by, by, draft.pk, Signature(title="Tổ trưởng", post="", name="Không Ai"))
    assert Series.objects.get(group_id=office.group.id).last == 1


# --- duties across the day


def judged(items, action: str) -> set[tuple[str, str]]:
    return {(one.period, one.status) for one in items if one.action == action}


def test_the_board_of_the_ended_group_stops_and_its_past_stands(office, heir):
    with at(2025, 7, 1):
        before = duties.year(office.group, 2025)
    ended(office, heir)
    with at(2025, 12, 31):
        after = duties.year(office.group, 2025)
    assert judged(after["2025-06"], "report.send_monthly") == {("2025-06", "met")}
    assert {key: len(listed) for key, listed in after.items() if key > "2025-06" and listed} == {}
    measured = [one for one in before["2025-05"] if one.status in ("met", "missed", "late")]
    assert [one.status for one in after["2025-05"] if one.status in ("met", "missed", "late")] == [
        one.status for one in measured
    ]


def test_a_pending_duty_is_inherited_and_judged_by_the_old_text(office, heir):
    old = adoption.charter_of(office.group.charter_line, LAST_DAY)
    done = ended(office, heir)
    listed = {row["norm"]: row for row in done.content["duties"]}
    yearly = next(row for row in listed.values() if row["period"] == "2025")
    with at(2025, 7, 2):
        found_ = {one.obligation.norm: one for one in inheritance.inherited(heir.group)}
        one = found_[yearly["norm"]]
        assert (one.obligation.status, one.before.slug, one.text.hash) == ("pending", "qn", old.hash)
        assert one.obligation.citations == old.index.norms[yearly["norm"]].cite or one.obligation.citations
    with at(2026, 1, 2):
        found_ = {one.obligation.norm: one for one in inheritance.inherited(heir.group)}
        assert found_[yearly["norm"]].obligation.status == "missed"


def test_the_duty_of_a_task_follows_it_and_its_proof_at_the_successor_fulfils_it(office, heir):
    done = ended(office, heir)
    periods = {row["period"] for row in done.content["duties"] if row["action"] == "task.carry_out"}
    assert periods
    hand_in(replace(heir, folder=office.folder), office.world)
    with at(2025, 7, 11):
        closed = {
            f"NV-{work.task_for_flow(one.came_from).number}": one.closed_at < one.bound
            for one in work.tasks_of_group(heir.group.id)
            if one.status is Status.DONE
        }
        states = {
            one.obligation.period: one.obligation.status
            for one in inheritance.inherited(heir.group)
            if one.obligation.action == "task.carry_out"
        }
        mine = {one.period for one in duties.obligations(heir.group, "2025-07") if one.action == "task.carry_out"}
    assert {period: states[period] for period in closed if period in states} == {
        period: "met" if in_time else "late" for period, in_time in closed.items() if period in states
    }
    assert not {one for one in mine if one in {f"NV-{task.number}" for task in work.tasks_of_group(heir.group.id)}}


def test_a_duty_may_end_with_the_group_on_a_ground(office, heir):
    line = next(one for one in drawn(office, heir).duties if one.pending.task is None)
    done = ended(office, heir, **{f"duty:{line.pending.key}": {"reason": "Không còn cấp huyện"}})
    with at(2025, 7, 2):
        assert line.pending.key not in {
            inheritance.duty_key(one.obligation.norm, one.obligation.bearer, one.obligation.period)
            for one in inheritance.inherited(heir.group)
        }
    assert "Không còn cấp huyện" in {row.get("reason") for row in done.content["duties"]}


# --- after the end


def test_nothing_is_done_in_an_ended_group_and_the_answer_names_the_successors(office, heir):
    ended(office, heir)
    leader = office.account("leader")
    with at(2025, 7, 2):
        for action in ("task.assign", "document.number", "local_rule.set", "delivery.receive", "group.hand_over"):
            decision = ask(Act(account=leader, group=office.group, action=action, obj=bind("x", "y"))).decision
            assert decision.outcome == "not_in_force", action
            assert "kết thúc ngày 30/06/2025 theo 1680/NQ-UBTVQH15" in decision.sentence("vi")
            assert "kế thừa: Tổ công tác xa-moi" in decision.sentence("vi")
            assert "succeeded by: Tổ công tác xa-moi" in decision.sentence("en")
        with pytest.raises(Refused):
            setup.set_local_rule(leader, office.group, "G-20", {"1": 3})
        with pytest.raises(Refused):
            intake.hand_in(office.account("member", "BHXH"), office.group, given(office))
        with pytest.raises(BadInput, match="đã kết thúc"):
            work.reserve(office.group.id)
        with pytest.raises(BadInput, match="đã kết thúc"):
            corrections.reserve(office.group.id)


def given(office: Office):
    path = office.folder / "x.csv"
    path.write_text("ho_ten\nNguyễn Văn Bịa\n", encoding="utf-8")
    return HandIn(source="bhyt", period="2025-06", agency="BHXH", file=path, file_name="x.csv")


def test_automatic_acts_of_an_ended_group_stop(office, heir):
    with at(2025, 6, 21):
        standing = ordering.assign_source(office.account("leader"), office.group, "bhyt")
    ended(office, heir)
    with at(2025, 7, 2), pytest.raises(Refused, match="kế thừa"):
        system_permit(office.group, "task.open_automatic", bind("order", "x"), standing=standing.permit_digest)


def test_who_reads_what_the_group_left(office, heir):
    stranger = successor(office, "xa-la", "19207")
    ended(office, heir)
    group_id = office.group.id
    task = work.tasks_of_group(group_id)[0]
    day = date(2025, 7, 2)
    see_all = frozenset({"leader", "standing_deputy"})
    with at(2025, 7, 2):
        for reader in (office, heir):
            seen = offices.viewer(reader.account("leader"), day)
            assert seen.sits_in(group_id)
            assert work.tasks(seen, group_id, see_all=see_all).total == len(work.tasks_of_group(group_id))
            assert documents.papers(seen, group_id)
        agency = offices.viewer(heir.account("member", "BHXH"), day)
        assert work.task(agency, task.id).id == task.id
        assert work.continuations(agency, task.id)
        other = offices.viewer(heir.account("member", "GDDT"), day)
        assert work.tasks(other, group_id).total == 0
        seen = offices.viewer(stranger.account("leader"), day)
        assert not seen.sits_in(group_id)
        assert work.tasks(seen, group_id, see_all=see_all).total == 0
        with pytest.raises(Refused):
            looking.who_read(offices.viewer(heir.account("leader"), day), office.group, "044000000000", purpose="xem")
        left = offices.viewer(office.account("leader"), day)
        assert not left.sits_in(heir.group.id)


def test_the_other_group_under_the_same_text_goes_on(office, heir):
    ended(office, heir)
    act = Act(account=heir.account("leader"), group=heir.group, action="task.assign", obj=bind("task", "1"))
    with at(2025, 7, 2):
        assert ask(act).decision.outcome == "allowed"


def test_work_that_was_queued_before_the_end_says_why_it_stops(office, heir):
    delivery = next(iter(office.delivered.values()))
    ended(office, heir)
    with at(2025, 7, 2):
        row = Job.objects.create(
            group_id=office.group.id,
            kind="intake",
            object_id=str(Delivery.objects.create(**another(delivery)).pk),
            account=office.account("member", "BHXH"),
            asked_at=clock.now(),
        )
        tasks.intake.func(row.pk)
    row.refresh_from_db()
    assert row.state == Job.State.FAILED
    assert "kế thừa: Tổ công tác xa-moi" in row.problem_vi


def another(delivery_id: int) -> dict[str, object]:
    """The values of a delivery that was read and not matched, beside one that was."""
    values = Delivery.objects.filter(pk=delivery_id).values().get()
    return {key: value for key, value in values.items() if key != "id"} | {"file_sha256": "f" * 64}


def test_the_next_report_of_the_successor_counts_what_it_took_over(office, heir):
    ended(office, heir)
    taken = len(open_tasks(heir))
    with at(2025, 8, 3):
        reporting.make(heir.account("secretariat"), heir.group, "2025-08")
        counted = {fact.code: fact.value for fact in facts.gather(heir.group, "2025-08").facts}
        earlier = {fact.code: fact.value for fact in facts.gather(heir.group, "2025-07").facts}
    assert (counted["nv.giao"], counted["nv.dang_mo"]) == (0, taken)
    assert counted["sl.con_mo"] == sum(one.total for one in open_tasks(heir))
    assert earlier["nv.dang_mo"] == 0


def test_a_statement_of_the_successor_holds_what_it_inherited(office, heir):
    done = ended(office, heir)
    month = min(row["month"] for row in done.content["duties"] if row["month"] > "2025-06")
    after = date(int(month[:4]) + (month[5:] == "12"), int(month[5:]) % 12 + 1, 2)
    with at(after.year, after.month, after.day):
        frozen = duties.freeze(heir.account("standing_deputy"), heir.group, month)
        old = adoption.charter_of(office.group.charter_line, LAST_DAY).hash
        assert {item.get("charter") for item in frozen.items} == {None, old}
        assert duties.changes(heir.group, frozen) == []


# --- contracts, feeds and accounts of software


def fed(office: Office, name: str = "Thư mục của bảo hiểm"):
    new = NewFeed(
        name=name, source="bhyt", agency="BHXH", kind="folder", settings={"thu_muc": "den"}, secret="",
        schedule=feeds.Daily(at="02:00"), extent="full",
    )  # fmt: skip
    return feeding.set_up(office.account("secretariat"), office.group, new)


def enrolled(office: Office, agency: str = "BHXH") -> str:
    new = NewMachine(
        public_id=accounts.new_id(), name="Phần mềm của bảo hiểm", agency=agency, scopes=(Scope.ORDERS,),
        purpose="đọc đơn sửa", ends_on=date(2026, 5, 31),
    )  # fmt: skip
    made, code = machine_accounts.make(office.account("secretariat"), office.group, new)
    machine_accounts.enrol(code, Software().jwk)
    return made.public_id


def test_contracts_feeds_and_accounts_of_software_go_on_in_the_successor(office, heir):
    with at(2025, 6, 25):
        secretary = offices.viewer(office.account("secretariat"), date(2025, 6, 25))
        draft = contracting.begin(secretary, office.group, "bhyt")
        draft = contracting.change(
            secretary, office.group, draft, changed(dict(draft.body), ma_the_bhyt={"required": True})
        )
        leader = offices.viewer(office.account("leader"), date(2025, 6, 25))
        contracting.adopt(leader, office.group, draft, date(2025, 6, 25), "Tỉnh đổi mẫu")
        old_feed, old_machine = fed(office), enrolled(office)
    ended(office, heir)
    with at(2025, 7, 2):
        own = sources.contracts(heir.group.id, date(2025, 7, 2))
        assert own.contract("bhyt") == sources.contracts(office.group.id, date(2025, 6, 30)).contract("bhyt")
        keeper = offices.viewer(heir.account("secretariat"), date(2025, 7, 2))
        (taken,) = feeds.feeds(keeper, heir.group.id)
        assert (taken.name, taken.source, taken.agency, taken.enabled) == (old_feed.name, "bhyt", "BHXH", False)
        assert not feeds.feed_for_work(old_feed.id).enabled
        assert feeding.switch(heir.account("secretariat"), heir.group, taken, on=True).enabled
        (machine,) = accounts.machines(keeper, heir.group.id, see_all=frozenset({"secretariat"}))
        assert (machine.name, machine.agency, machine.scopes) == ("Phần mềm của bảo hiểm", "BHXH", (Scope.ORDERS,))
        assert machine.public_id != old_machine
        assert Machine.objects.get(public_id=machine.public_id).key is None  # no key is let in that nobody let in here
        assert Machine.objects.get(public_id=old_machine).revoked_at is not None
        code = machine_accounts.renew(heir.account("secretariat"), heir.group, machine)
        assert machine_accounts.enrol(code, Software().jwk).public_id == machine.public_id


def told(office: Office, agency: str = "BHXH", url: str = "https://phan-mem.example/tin"):
    new = NewHook(public_id=hooks.new_id(), agency=agency, url=url)
    return machine_accounts.make_hook(office.account("secretariat"), office.group, new)


def test_an_address_is_offered_to_the_successor_and_told_of_nothing_before_it_is_confirmed(office, heir):
    with at(2025, 6, 25):
        old, foreign = told(office), told(office, "TCKH", "https://khac.example/tin")
        Hook.objects.filter(public_id=old.public_id).update(state="open", opened_at=clock.now())
        Hook.objects.filter(public_id=foreign.public_id).update(state="refused")
        Parcel.objects.create(
            group_id=office.group.id, hook=Hook.objects.get(public_id=old.public_id), event_id="1", kind="k",
            subject="s", at=clock.now(), data={}, free_at=clock.now(),
        )  # fmt: skip
    ended(office, heir)
    with at(2025, 7, 2):
        ledger.sequence()
        keeper = offices.viewer(heir.account("secretariat"), date(2025, 7, 2))
        see_all = frozenset({"secretariat"})
        (left,) = hooks.hooks(keeper, heir.group.id, see_all=see_all)  # what its receiver refused is not handed on
        assert (left.agency, left.url, left.state, left.opened_at) == ("BHXH", old.url, HookState.OFFERED, None)
        assert "Nhận bàn giao từ" in left.note
        assert hooks.listening(heir.group.id) == {}
        assert heir.group.id not in hooks.groups()
        assert set(Hook.objects.filter(group_id=office.group.id).values_list("state", flat=True)) == {"ended"}
        assert Parcel.objects.get().state == "dead"
        with pytest.raises(Refused):
            machine_accounts.reopen_hook(heir.account("member", "BHXH"), heir.group, left)
        used = machine_accounts.reopen_hook(heir.account("secretariat"), heir.group, left)
        assert (used.state, used.made_by, used.note) == (HookState.WAITING, heir.account("secretariat"), "")
        assert hooks.listening(heir.group.id) == {"BHXH": used.after_leaf}
        assert used.after_leaf > old.after_leaf


def test_the_successor_is_told_once_what_software_it_was_left(office, heir):
    with at(2025, 6, 25):
        enrolled(office), told(office)
    ended(office, heir)
    with at(2025, 7, 2):
        followed()
        said = of_kind("connections_left")
    assert {heir.account("secretariat"), heir.account("member", "BHXH")} <= set(said)
    assert heir.account("member", "GDDT") not in said
    assert all("1 tài khoản phần mềm" in one and "1 địa chỉ" in one for one in said.values())


def test_what_the_successor_has_of_its_own_stays(office, heir):
    with at(2025, 6, 25):
        fed(office)
        mine = fed(heir)
    ended(office, heir)
    with at(2025, 7, 2):
        keeper = offices.viewer(heir.account("secretariat"), date(2025, 7, 2))
        told = {one.name: one.enabled for one in feeds.feeds(keeper, heir.group.id)}
    assert told == {mine.name: True, f"{mine.name} (qn)": False}
