"""What the bearers said of the picked duties, who may say it, and the forms to answer and to weigh."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dean06.charter.types import Obligation
from dean06.flows import explaining
from dean06.flows.standing import may_be_shown_done
from dean06.offices import service as offices
from dean06.offices.types import Capacity
from dean06.reports.service import replies
from dean06.reports.service.replies import ReplyInfo
from dean06.web import writing
from dean06.web.language import words
from dean06.web.pages.compliance import parts, rows
from dean06.web.parts.work import People, Person
from dean06.web.reader import Reader

__all__ = ["about", "answer_form", "blocks", "who_can"]

Key = tuple[str, str, str]


def _key(one: Obligation) -> Key:
    return one.norm, one.bearer, one.period


def about(reader: Reader, found: Sequence[Obligation]) -> list[ReplyInfo]:
    """Return the replies on the duties of a cell, whichever month they were said in."""
    keys = {_key(one) for one in found}
    said = replies.replies_on(reader.group.id, found[0].norm) if found else []
    return [one for one in said if (one.duty.norm, one.duty.bearer, one.duty.period) in keys]


def blocks(
    reader: Reader, found: Sequence[Obligation], said: Sequence[ReplyInfo], tasks: rows.Tasks
) -> list[Mapping[str, object]]:
    """Return replies as they were said, several duties at once, with what was made of each."""
    by_key = {_key(one): one for one in found}
    together: dict[int, list[ReplyInfo]] = {}
    for one in said:
        together.setdefault(one.together, []).append(one)
    names = {seat.account: seat.holder for seat in offices.holders(reader.group.id, reader.today)}
    may: dict[str, bool] = {}
    return [
        _block(reader, by_key, listed, tasks, names.get(listed[0].account or "", ""), may)
        for listed in together.values()
    ]


def _block(
    reader: Reader,
    by_key: Mapping[Key, Obligation],
    listed: Sequence[ReplyInfo],
    tasks: rows.Tasks,
    by: str,
    may: dict[str, bool],
) -> Mapping[str, object]:
    first = listed[0]
    waiting = any(one.accepted is None for one in listed)
    if waiting and first.account not in may:
        may[first.account] = explaining.weighs(reader.account, reader.group, first)
    return {
        "id": first.id,
        "who": ", ".join(dict.fromkeys(parts.party(reader, one.duty.bearer) for one in listed)),
        "by": by,
        "when": writing.instant(first.at),
        "text": first.text,
        "done": _done(first),
        "duties": [_line(one, by_key[one.duty.norm, one.duty.bearer, one.duty.period], tasks) for one in listed],
        "may_weigh": waiting and may[first.account],
        "waiting": waiting,
    }


def _done(said: ReplyInfo) -> str:
    if said.done_on is None:
        return ""
    day = writing.day(said.done_on)
    return words(f"Đã làm ngày {day}, theo văn bản {said.paper}.", f"Done on {day}, by paper {said.paper}.")


def _line(said: ReplyInfo, one: Obligation, tasks: rows.Tasks) -> Mapping[str, object]:
    task = tasks.get(one.period)
    return {
        "id": said.id,
        "ref": said.ref,
        "name": rows.event(one.period, tasks),
        "title": task.label if task else "",
        "state": rows.outcome(one.as_json()),
        "accepted": said.accepted,
        "reason": said.reason,
    }


def answer_form(reader: Reader, found: Sequence[Obligation], tasks: rows.Tasks) -> Mapping[str, object] | None:
    """Return the duties of a cell that the reader may answer for, each to be ticked; None where there is none."""
    mine = [
        one
        for one in found
        if explaining.takes_reply(one) and explaining.respondents(reader.charter, one.bearer, reader.seats)
    ]
    if not mine:
        return None
    return {
        "duties": [
            {
                "value": f"{one.bearer}|{one.period}",
                "party": parts.party(reader, one.bearer),
                "name": writing.period(one.period),
                "title": tasks[one.period].label if one.period in tasks else "",
                "state": parts.state(one.status),
            }
            for one in mine
        ],
        "by_paper": any(may_be_shown_done(one) for one in mine),
        "one": len(mine) == 1,
    }


def who_can(reader: Reader, found: Sequence[Obligation]) -> People | None:
    """List who may answer for the parties of a cell whose duties take a reply; None where none does."""
    bearers = dict.fromkeys(one.bearer for one in found if explaining.takes_reply(one))
    if not bearers:
        return None
    held = [seat for seat in offices.holders(reader.group.id, reader.today) if seat.account]
    return People(
        items=tuple(
            Person(name=parts.party(reader, bearer), note=_named(explaining.respondents(reader.charter, bearer, held)))
            for bearer in list(bearers)[: parts.SEEN]
        )
    )


def _named(seats: Sequence[Capacity]) -> str:
    told = "; ".join(dict.fromkeys(f"{seat.holder}, {seat.title}" for seat in seats))
    return told or words("chưa ai của bên này có tài khoản trong tổ", "nobody of this party has an account here")
