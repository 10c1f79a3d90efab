"""Two groups on one axis, each with its office, its address book and an issued paper; everything is made up."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dean06.charter.types import ObjectRef
from dean06.clock import service as clock
from dean06.demo.service import DocumentExchange, System
from dean06.offices import service as offices
from dean06.offices.types import Capacity, GroupInfo, NewGroup, Viewer
from dean06.papers.edxml.types import Organ
from dean06.papers.post.exchange_client import Axis
from dean06.papers.service import addressing, dispatching, documents, incoming, issuing
from dean06.papers.service.addressing import Address, Channel, Place
from dean06.papers.service.dispatching import Post
from dean06.papers.types import Paper, PaperInfo, Signature
from ledger.permits import Permit, Thing
from papers.samples import monthly_report

NOON = datetime(2022, 8, 3, 9, 0, tzinfo=clock.TZ)
SIGNER = Signature(title="Tổ trưởng", name="Nguyễn Minh Tâm")


def permit(ref: ObjectRef | Thing) -> Permit:
    return Permit(obj=Thing(ref.kind, ref.id, ref.digest), at=clock.now())


@contextmanager
def later(minutes: float) -> Iterator[None]:
    """Hold the clock some minutes after the morning of the tests."""
    with clock.pinned(NOON + timedelta(minutes=minutes)):
        yield


def viewer(*groups: GroupInfo) -> Viewer:
    seats = tuple(
        Capacity(
            seat_id=group.id,
            group_id=group.id,
            role="clerk",
            agency=None,
            title="Văn thư",
            post="",
            holder="Mai Thị Tám",
            account="a",
            since=date(2022, 1, 1),
        )
        for group in groups
    )
    return Viewer(account="a", capacities=seats)


@dataclass(frozen=True)
class Office:
    """A group with its place on the axis."""

    group: GroupInfo
    organ: Organ
    axis: Axis

    @property
    def post(self) -> Post:
        return Post(axis=self.axis, sender=self.organ, link=lambda token: f"https://noi-bo.example/xac-nhan/{token}/")

    @property
    def viewer(self) -> Viewer:
        return viewer(self.group)

    def knows(self, name: str, channel: Channel, address: str = "", organ: str = "") -> None:
        one = Address(name=name, channel=channel, since=date(2022, 1, 1), address=address, organ_code=organ)
        addressing.set_address(permit(addressing.entry_ref(self.group.slug, one)), self.group.id, one)

    def issue(self, made: Paper | None = None, **changes: object) -> PaperInfo:
        """Issue a paper, a monthly report unless told otherwise."""
        blank = {"number": None, "issued_on": None, "draft": True, "annexes": ()}
        rendered = documents.render(dataclasses.replace(made or monthly_report(), **blank, **changes), clock.now())
        thing = Thing("paper", f"{self.group.slug}:nhap", rendered.digest())
        kept = documents.draft(permit(thing), self.group.id, rendered)
        bound = Thing("paper", str(kept.id), issuing.draft_digest(kept))
        return issuing.issue(permit(bound), permit(bound), kept.id, SIGNER)

    def send(self, paper: PaperInfo, *to: str) -> None:
        """Queue a paper for recipients and carry it."""
        self.queue(paper, *to)
        dispatching.deliver(self.group.id, self.post)

    def queue(self, paper: PaperInfo, *to: str) -> tuple[addressing.Route, ...]:
        ref = Thing("paper", str(paper.id), documents.dispatch_digest(paper.id, to))
        return dispatching.queue(permit(ref), paper.id, to)

    def deliver(self) -> dispatching.Tally:
        return dispatching.deliver(self.group.id, self.post)

    def take_in(self) -> incoming.Taken:
        return incoming.take_in(self.group.id, permit, self.axis)

    def states(self, paper: PaperInfo) -> dict[str, str]:
        return {one.recipient: one.state for one in dispatching.of_paper(self.viewer, paper.id)}


@dataclass(frozen=True)
class Pair:
    """A province and a commune that write to each other."""

    province: Office
    commune: Office
    exchange: DocumentExchange


def group(slug: str, name: str) -> GroupInfo:
    new = NewGroup(
        slug=slug,
        name=name,
        short_name=name[:80],
        level="commune",
        unit_code="456",
        unit_on=date(2022, 1, 1),
        charter_line="mau",
    )
    return offices.create_group(permit(Thing("group", slug, new.digest())), new, [])


def office(slug: str, organ: Organ, url: str) -> Office:
    made = group(slug, organ.name)
    where = Place(url=url, system_id=f"he-thong-{slug}", organ=organ)
    addressing.connect(permit(addressing.connection_ref(slug, where)), made.id, where, f"khoa-cua-{slug}")
    axis = addressing.axis(made.id)
    assert axis is not None
    return Office(group=made, organ=organ, axis=dataclasses.replace(axis, timeout=2, tries=2, pause=0.02))


def systems(**organs: Organ) -> tuple[System, ...]:
    return tuple(
        System(system_id=f"he-thong-{slug}", secret=f"khoa-cua-{slug}", organs={organ.code: organ.name})
        for slug, organ in organs.items()
    )
