"""The rest of a reader's home: what they asked of others, what comes, what changed, how their other groups stand."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.http import HttpRequest
from django.urls import reverse

from dean06.clock import service as clock
from dean06.flows import home as journey
from dean06.web import writing
from dean06.web.language import words
from dean06.web.marks import chip, link
from dean06.web.pages.account.entry import LAST_TIME
from dean06.web.pages.clauses import cite
from dean06.web.pages.searching import Line, line_of
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.parts.work import Task
from dean06.web.reader import Reader

FIRST_VISIT = timedelta(days=7)

__all__ = ["changed", "elsewhere", "items", "last_visit"]


def last_visit(request: HttpRequest) -> datetime:
    """Return when the reader was here before; a week ago where nothing says."""
    given = request.session.get(LAST_TIME, "")
    return datetime.fromisoformat(given) if given else clock.now() - FIRST_VISIT


def items(reader: Reader, found: list[journey.Item]) -> list[Task]:
    """Return things asked or to come, as lists of tasks show them."""
    return [
        Task(
            title=one.title,
            href=reader.url(one.address.route, *one.address.args),
            due=one.due,
            today=reader.today,
            clauses=(cite(reader, one.clause),) if one.clause else (),
            facts=_facts(reader, one),
        )
        for one in found
    ]


def _facts(reader: Reader, one: journey.Item) -> tuple[str, ...]:
    who = reader.agency(one.who) if one.who else ""
    since = words(f"từ {writing.day(one.since)}", f"since {writing.day(one.since)}") if one.since else ""
    return tuple(fact for fact in (who, since) if fact)


def changed(reader: Reader, since: datetime) -> list[Line]:
    """Return what changed in the group since the reader was here."""
    found = journey.changed(reader.viewer, reader.group, since, reader.see_all)
    return [line for one in found if (line := line_of(reader, one)) is not None]


def elsewhere(reader: Reader) -> Table | None:
    """Return how the reader's other groups stand, each with the hat they wear there."""
    found = journey.elsewhere(reader.viewer, reader.group.id) if len(reader.groups) > 1 else []
    if not found:
        return None
    return Table(
        caption=words("Ở các tổ khác của bạn", "In your other groups"),
        show_caption=True,
        columns=(
            Column(label=words("Tổ, vai của bạn", "Group, your seat")),
            Column(label=words("Đang mở", "Open"), kind="num"),
            Column(label=words("Quá hạn", "Overdue"), kind="num"),
            Column(label=words("Tin mới", "New"), kind="num"),
        ),
        rows=tuple(Row(cells=_cells(one)) for one in found),
    )


def _cells(one: journey.Elsewhere) -> tuple[str, ...]:
    hats = ", ".join(dict.fromkeys(seat.title for seat in one.seats))
    name = link(f"{one.group.short_name}: {hats}", reverse("desk", args=[one.group.slug]))
    late = chip("bad", writing.number(one.overdue), with_sign="warn") if one.overdue else "0"
    return name, writing.number(one.open), late, writing.number(one.new)
