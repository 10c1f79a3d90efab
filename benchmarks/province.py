"""A province to measure: 150 groups under one, 3,000 accounts, a million tasks and five years of meetings.

Groups, seats and accounts are made by the product's own flows. One meeting is prepared, convened, held, voted in,
concluded and closed by the same flows; its rows are then copied, one every few weeks, into every group under that
group's own seats and people. Tasks of made-up words are put in by bulk, the same in every group.
"""

# ruff: noqa: PLC0415, SLF001  imports wait for the settings of the scratch home; _meta is documented by Django
from __future__ import annotations

import json
import os
import random
import sys
import time
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

SINCE = date(2022, 5, 20)
FIRST_MEETING = datetime(2022, 6, 20, 8)  # noqa: DTZ001  given its zone where it is used
TODAY = date(2026, 11, 24)
PACKAGE = "quang-ninh-2022"
PASSWORD = "trinh-dien-06"  # noqa: S105  of made-up people in a house that is thrown away
MEETINGS, FEW_MEETINGS = 60, 12  # five years of monthly meetings, held a little closer together
BETWEEN = timedelta(days=27)
FEW_TASKS, LAST_MONTH = 60, 4
SEATS = (
    ("leader", "PC"),
    ("standing_deputy", "POL"),
    ("deputy", "OFF"),
    ("standing_member", "POL"),
    *(
        ("member", code)
        for code in ("TEAM", "VHTT", "TCKH", "TP", "GDDT", "LDTBXH", "TNMT", "YT", "BHXH", "COM", "OFF", "POL")
    ),
    ("secretariat", "TEAM"),
    ("secretariat", "OFF"),
    ("clerk", "OFF"),
    ("register_keeper", "POL"),
)
SIGN_IN = {"leader", "secretariat", "BHXH"}  # the others have accounts without a password
WORDS = (
    "rà soát",
    "kết nối",
    "dữ liệu",
    "bảo hiểm",
    "số hóa",
    "hồ sơ",
    "hộ tịch",
    "sửa sai lệch",
    "học bạ",
    "thẻ",
    "báo cáo",
    "tập huấn",
    "công khai",
    "bảng điểm",
    "kiểm tra",
    "an toàn thông tin",
    "đối soát",
    "đất đai",
    "thuế",
    "y tế",
)
AGENCIES = ("POL", "OFF", "BHXH", "GDDT", "TP", "TCKH", "VHTT", "TNMT", "YT", "LDTBXH")
ORIGINS = ("plan", "conclusion", "directive", "own", "report")
STATUSES = ("open", "done", "done", "done", "done", "done", "done", "reported", "reopened", "cancelled")


@dataclass(frozen=True)
class Place:
    """A group of the province, and the accounts of its people by role; a member stands under the agency's code."""

    slug: str
    group_id: int
    accounts: dict[str, str]

    def username(self, who: str) -> str:
        """Return the name with which somebody signs in."""
        return f"{self.slug}-{who}".lower()


def filled(home: Path, groups: int, tasks: int) -> tuple[Place, list[Place], Place]:
    """Fill an empty state directory, or read what one was filled with; returns the parent, its groups, a small one."""
    os.environ |= {"DEAN06_HOME": str(home), "DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "dean06.settings"}
    import django

    django.setup()
    told = home / "province.json"
    if not told.exists():
        started = time.perf_counter()
        made = _fill(groups, tasks // groups)
        told.write_text(json.dumps([asdict(one) for one in made]))
        print(f"filled {groups} groups, {tasks:,} tasks in {time.perf_counter() - started:.0f} s", file=sys.stderr)
    parent, *children, few = (Place(**one) for one in json.loads(told.read_text()))
    return parent, children, few


def _fill(groups: int, each: int) -> list[Place]:
    from django.core.management import call_command
    from django.db import connection

    from dean06.clock import service as clock
    from dean06.flows import setup
    from dean06.jobs import service as jobs
    from dean06.ledger import service as ledger

    call_command("migrate", verbosity=0, interactive=False)
    with clock.pinned(datetime(SINCE.year, SINCE.month, SINCE.day, 9, tzinfo=clock.TZ)):
        admin = setup.found_installation("quan-tri", None, "Quản Trị", is_demo=True).public_id
        parent = _found(admin, "tinh", None)
        children = [_found(admin, f"to-{number}", parent.group_id) for number in range(groups)]
        few = _found(admin, "to-nho", parent.group_id)
    pattern = _held(few)
    for place, tasks, meetings in [*((one, each, MEETINGS) for one in children), (few, FEW_TASKS, FEW_MEETINGS)]:
        like = children[0].group_id if place.slug not in {children[0].slug, few.slug} else None
        first = _tasks(place.group_id, tasks, like)
        _meetings(pattern, few, place, meetings, first)
    ledger.sequence()
    jobs.follow()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return [parent, *children, few]


def _found(admin: str, slug: str, parent: int | None) -> Place:
    """Set one group up with twenty people, each with an account."""
    from dean06.flows import setup
    from dean06.flows.setup import Member
    from dean06.offices.types import NewGroup

    new = NewGroup(
        slug=slug,
        name=f"Tổ công tác {slug}",
        short_name=f"Tổ {slug}",
        level="district",
        unit_code="456",
        unit_on=SINCE,
        charter_line=PACKAGE,
        parent_id=parent,
        is_demo=True,
        own_day=TODAY,
    )
    group = setup.found_group(admin, new, PACKAGE)
    accounts = {}
    for role, agency in SEATS:
        who = agency if role == "member" else role if role not in accounts else f"{role}-{agency}"
        username = f"{slug}-{who}".lower()
        password = PASSWORD if who in SIGN_IN else None
        made = setup.open_account(admin, username, password, f"Người {username}", is_demo=True)
        accounts[who] = made.public_id
        member = Member(role=role, agency=agency, holder=made.full_name, account=made.public_id, since=SINCE)
        setup.seat(admin, group, member)
    return Place(slug, group.id, accounts)


def _tasks(group_id: int, count: int, of: int | None) -> int:
    """Fill one group, from made-up words or with the tasks of another; returns the first task."""
    from dean06.work.models import Task

    if of is None:
        _made_up(group_id, count)
    else:
        _copy_tasks(of, group_id)
    return Task.objects.filter(group_id=group_id).order_by("pk").values_list("pk", flat=True)[0]


def _made_up(group_id: int, count: int) -> None:
    """Make tasks up, the same words for the same group."""
    from django.db import transaction

    from dean06.clock import service as clock
    from dean06.work.models import Coordination, Task, TaskEvent
    from dean06.work.rows import search_key

    chance = random.Random(group_id)  # noqa: S311  no secret
    opened = clock.at_start_of(SINCE)
    days = (TODAY - SINCE).days + 60
    rows = []
    for number in range(1, count + 1):
        title, lead = " ".join(chance.choices(WORDS, k=6)), chance.choice(AGENCIES)
        due = SINCE + timedelta(days=20 + chance.randrange(days))
        if number <= LAST_MONTH:  # so that no page of a group is empty for want of a task at that time
            due = (TODAY.replace(day=1) - timedelta(days=1)).replace(day=5 + number)
        # What fell due long ago is mostly done; what falls due now is mostly open.
        status = chance.choice(STATUSES) if due < TODAY - timedelta(days=60) else "open"
        origin = chance.choice(ORIGINS) if number > LAST_MONTH else "directive"
        bound = clock.at_start_of(due + timedelta(days=1))
        rows.append(
            Task(
                group_id=group_id,
                number=number,
                title=title,
                search=search_key(number, title, lead),
                origin=origin,
                lead=lead,
                article="3",
                clause="1",
                norm="leader.assign",
                assigned_by_account="x",
                assigned_by_role="leader",
                assigned_by_seat="1",
                permit="0" * 64,
                opened_at=opened,
                due=due,
                bound=bound,
                percent=chance.choice((0, 0, 30, 60)),
                status=status,
                closed_at=bound - timedelta(days=chance.randrange(-5, 20)) if status == "done" else None,
            )
        )
    with transaction.atomic():
        made = Task.objects.bulk_create(rows, batch_size=500)
        Coordination.objects.bulk_create(
            (
                Coordination(group_id=group_id, task=row, agency=code)
                for row in made
                for code in chance.sample([one for one in AGENCIES if one != row.lead], 2)
            ),
            batch_size=2000,
        )
        TaskEvent.objects.bulk_create(
            (
                TaskEvent(
                    group_id=group_id, task=row, at=opened, kind="opened", actor="x", role="leader", permit="0" * 64
                )
                for row in made
            ),
            batch_size=1000,
        )


def _copy_tasks(of: int, to: int) -> None:
    """Give a group the tasks of another, with who coordinates and what happened, inside the database."""
    from django.db import connection, transaction

    from dean06.work.models import Coordination, Task, TaskEvent

    def columns(model: Any, of: str = "") -> str:
        own = {"id", "group_id", "task_id"}
        return ", ".join(f'{of}"{one.column}"' for one in model._meta.concrete_fields if one.column not in own)

    task = Task._meta.db_table
    with transaction.atomic(), connection.cursor() as cursor:
        named = columns(Task)
        cursor.execute(
            f"INSERT INTO {task} (group_id, {named}) SELECT %s, {named} FROM {task} WHERE group_id = %s ORDER BY id",
            [to, of],
        )
        for model in (Coordination, TaskEvent):
            table = model._meta.db_table
            cursor.execute(
                f"INSERT INTO {table} (group_id, task_id, {columns(model)})"
                f" SELECT %s, mine.id, {columns(model, 'part.')}"
                f" FROM {table} part"
                f" JOIN {task} theirs ON theirs.id = part.task_id"
                f" JOIN {task} mine ON mine.group_id = %s AND mine.number = theirs.number WHERE part.group_id = %s",
                [to, to, of],
            )


def _held(there: Place) -> int:
    """Hold one meeting of a group by the product's own flows, and return it."""
    from dean06.clock import service as clock
    from dean06.flows import attending, convening, deciding_matters, presiding
    from dean06.meetings.service import meetings
    from dean06.meetings.types import Choice, ItemKind, Kind, NewConclusion, NewItem, NewMeeting
    from dean06.offices import service as offices

    group = offices.group_by_id(there.group_id)
    start = FIRST_MEETING.replace(tzinfo=clock.TZ)
    leader, secretary = there.accounts["leader"], there.accounts["secretariat"]
    with clock.pinned(start - timedelta(days=7)):
        seats = {one.account: one.seat_id for one in offices.holders(group.id, start.date())}
        new = NewMeeting(
            kind=Kind.REGULAR,
            title="Họp Tổ công tác hằng tháng",
            starts_at=start,
            ends_at=start + timedelta(hours=2),
            place="Phòng họp tầng 2",
            chair_seat=seats[leader],
            secretary_seat=seats[secretary],
            series="Họp hằng tháng",
        )
        one = convening.prepare(secretary, group, new).id
        for title, kind in (
            ("Kết quả đối soát", ItemKind.REVIEW),
            ("Phương án sửa dữ liệu", ItemKind.DECIDE),
            ("Vướng mắc của các cơ quan", ItemKind.ISSUE),
        ):
            convening.add_item(secretary, group, one, NewItem(title=title, kind=kind))
        convening.approve_agenda(leader, group, one)
        convening.convene(leader, group, one)
    with clock.pinned(start):
        presiding.open_meeting(secretary, group, one)
        for person in meetings.invitees(one):
            attending.enter(secretary, group, one, person.id)
        second = meetings.items(one)[1]
        presiding.begin_item(secretary, group, one, second.id)
        vote = deciding_matters.open_vote(secretary, group, one, second.id, "Thông qua phương án")
    with clock.pinned(start + timedelta(minutes=5)):
        for elector in vote.electors:
            deciding_matters.cast(elector.account, group, one, vote.id, Choice.FAVOUR)
    with clock.pinned(start + timedelta(minutes=90)):
        deciding_matters.close_vote(secretary, group, one, vote.id)
        said = (
            NewConclusion(text="Báo cáo nguyên nhân sai lệch", agency="BHXH", due=start.date() + timedelta(days=20)),
            NewConclusion(text="Các cơ quan sửa sai lệch trước kỳ nộp sau."),
        )
        for point in said:
            presiding.conclude(secretary, group, one, point)
        presiding.close(secretary, group, one)
    return one


def _meetings(pattern: int, of: Place, to: Place, count: int, task: int) -> None:
    """Copy the rows of a meeting into a group, again and again, under that group's own seats and people."""
    from django.db import transaction

    from dean06.meetings import models
    from dean06.offices import service as offices

    seats = [
        {one.role + str(one.agency): one.seat_id for one in offices.holders(place.group_id, SINCE)}
        for place in (of, to)
    ]
    swap: dict[str, dict[Any, Any]] = {
        "account": {mine: to.accounts[who] for who, mine in of.accounts.items()},
        "seat": {mine: seats[1][where] for where, mine in seats[0].items()},
    }
    keys: dict[type, dict[tuple[int, int], int]] = {}
    # The small group holds the last meetings of the five years, after the one that is copied.
    turns = range(MEETINGS - count + (of is to), MEETINGS)
    with transaction.atomic():
        if of is not to:
            series = models.Series.objects.create(group_id=to.group_id, name="Họp hằng tháng").pk
        else:
            series = models.Series.objects.get(group_id=of.group_id).pk
        for model in (
            models.Meeting, models.Invitee, models.Item, models.Presence, models.Conclusion, models.Vote,
            models.Elector, models.OpenBallot, models.Decision, models.Happening,
        ):  # fmt: skip
            rows, places = [], []
            for old in _rows(model, pattern):
                for turn in turns:
                    rows.append(_copied(model, old, to.group_id, turn, swap, keys))
                    places.append((old["id"], turn))
            if model is models.Meeting:
                for row, (_, turn) in zip(rows, places, strict=True):
                    row.year, row.number, row.series_id = row.starts_at.year, turn + 1, series
            if model is models.Conclusion:
                for row in rows:
                    row.task_id = task if row.agency else None
            made = model.objects.bulk_create(rows, batch_size=500)
            keys[model] = {where: row.pk for where, row in zip(places, made, strict=True)}
        models.Counter.objects.update_or_create(
            group_id=to.group_id, what=models.Counter.MEETING, year=TODAY.year, defaults={"last": MEETINGS}
        )


def _rows(model: Any, pattern: int) -> list[dict[str, Any]]:
    names = {field.name for field in model._meta.concrete_fields}
    if model.__name__ == "Meeting":
        found = model.objects.filter(pk=pattern)
    elif "meeting" in names:
        found = model.objects.filter(meeting_id=pattern)
    elif "vote" in names:
        found = model.objects.filter(vote__meeting_id=pattern)
    else:
        found = model.objects.filter(elector__vote__meeting_id=pattern)
    return list(found.order_by("pk").values())


def _copied(model: Any, old: dict[str, Any], group: int, turn: int, swap: dict[str, Any], keys: Any) -> Any:
    """Return one row as it stands in another group, some meetings later."""
    new = {}
    for field in model._meta.concrete_fields:
        value = old[field.attname]
        if field.primary_key or value is None:
            continue
        if field.attname == "group_id":
            value = group
        elif field.is_relation and field.related_model in keys:
            value = keys[field.related_model][value, turn]
        elif "seat" in field.name:
            value = swap["seat"].get(value, value)
        elif "account" in field.name or field.name in {"actor", "created_by"}:
            value = swap["account"].get(value, value)
        elif isinstance(value, date):
            value += turn * BETWEEN
        new[field.attname] = value
    return model(**new)
