"""Who reads this page, in which group: worked out once a request, before any view."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from dean06.clock import service as clock
from dean06.ledger import service as ledger
from dean06.offices import service as offices
from dean06.offices.types import Capacity, GroupInfo, Viewer
from dean06.web.frame import Checkpoint, Choice, DemoDay, Frame, Section, Switch
from dean06.web.language import words

P = ParamSpec("P")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """A signed-in person in one of their groups."""

    account: str
    name: str
    viewer: Viewer
    group: GroupInfo

    @property
    def seats(self) -> tuple[Capacity, ...]:
        """Return the reader's seats in this group."""
        return tuple(seat for seat in self.viewer.capacities if seat.group_id == self.group.id)

    def url(self, name: str, *args: object) -> str:
        """Return the address of a page of this group."""
        return reverse(name, args=[self.group.slug, *args])


def _reader(request: HttpRequest, slug: str) -> Reader:
    user = request.user
    if not user.is_authenticated:
        raise Http404
    account = str(user.public_id)
    viewer = offices.viewer(account, clock.today())
    group = next((one for one in offices.groups_seen_by(viewer) if one.slug == slug), None)
    if group is None:
        raise Http404  # a group that the reader does not sit in is not there
    return Reader(account=account, name=user.full_name, viewer=viewer, group=group)


def group_page(
    view: Callable[Concatenate[HttpRequest, Reader, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Give a view its reader; a stranger to the group finds no page there."""

    @login_required
    @wraps(view)
    def wrapped(request: HttpRequest, to: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        reader = _reader(request, to)
        request.reader = reader  # type: ignore[attr-defined]  # the frame of the page reads it
        return view(request, reader, *args, **kwargs)

    return wrapped


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Lead to the desk of the reader's first group, or to the one last used."""
    account = str(request.user.public_id) if request.user.is_authenticated else ""
    seen = offices.groups_seen_by(offices.viewer(account, clock.today()))
    if not seen:
        return HttpResponseRedirect(reverse("no-seat"))
    last = request.session.get("to")
    group = next((one for one in seen if one.slug == last), seen[0])
    return HttpResponseRedirect(reverse("desk", args=[group.slug]))


SECTIONS = (
    ("desk", "Việc của tôi", "My work"),
    ("deliveries", "Đối soát", "Matching"),
    ("findings", "Sai lệch", "Discrepancies"),
    ("tasks", "Nhiệm vụ", "Tasks"),
    ("papers", "Văn bản", "Papers"),
    ("reports", "Báo cáo", "Reports"),
    ("scores", "Bảng điểm", "Scorecard"),
    ("charter", "Quy chế", "Charter"),
)


def frame(request: HttpRequest) -> dict[str, Frame]:
    """Return what stands around the page; pages without a reader have none."""
    reader: Reader | None = getattr(request, "reader", None)
    if reader is None:
        return {}
    request.session["to"] = reader.group.slug
    groups = offices.groups_seen_by(reader.viewer)
    seats = reader.seats
    head = ledger.newest_checkpoint()
    now = clock.now(reader.group)
    return {
        "frame": Frame(
            home=reader.url("desk"),
            group=Switch(
                label=words("Tổ công tác", "Group"),
                value=reader.group.short_name,
                choices=tuple(
                    Choice(
                        label=one.short_name,
                        note=one.name,
                        href=reverse("desk", args=[one.slug]),
                        current=one.id == reader.group.id,
                    )
                    for one in groups
                ),
            ),
            hat=Switch(label=words("Vai", "Seat"), value=", ".join(_hat(seat) for seat in seats)) if seats else None,
            sections=tuple(
                Section(label=words(vi, en), href=reader.url(name), current=_current(request, name))
                for name, vi, en in SECTIONS
            ),
            search_href=reader.url("search"),
            person=reader.name,
            account_href=reader.url("settings"),
            sign_out_href=reverse("sign-out"),
            as_of=now,
            checkpoint=Checkpoint(number=head[0], href=reader.url("ledger"), whole=True) if head else None,
            demo_day=DemoDay(today=now.date(), href=reader.url("demo-day")) if reader.group.is_demo else None,
        )
    }


def _hat(seat: Capacity) -> str:
    return f"{seat.title}, {seat.post}" if seat.post else seat.title


def _current(request: HttpRequest, name: str) -> bool:
    match = request.resolver_match
    return (
        match is not None
        and bool(match.url_name)
        and (match.url_name or "").split("-")[0] == name.split("-", maxsplit=1)[0]
    )
