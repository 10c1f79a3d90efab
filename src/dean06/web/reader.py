"""Who reads this page, in which group: worked out once a request, before any view."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode

from dean06.adoption import service as adoption
from dean06.charter import service as charters
from dean06.charter.types import Charter, Ending
from dean06.clock import service as clock
from dean06.flows import disputing, hats, powers
from dean06.flows.authority import Known
from dean06.flows.desk import overseers
from dean06.flows.versions import Version, versions
from dean06.ledger import service as ledger
from dean06.notices.service import inbox
from dean06.offices import service as offices
from dean06.offices.types import Capacity, GroupInfo, Viewer
from dean06.reconcile.service import runs
from dean06.reconcile.types import RunInfo
from dean06.sources import service as sources
from dean06.sources.live import Contracts
from dean06.sources.types import AssignmentInfo
from dean06.web import writing
from dean06.web.frame import Checkpoint, Choice, DemoDay, Ended, Frame, Section, Switch
from dean06.web.language import current_language, words

P = ParamSpec("P")
HATS = "vai"  # where a session keeps, by group, the seat that its reader chose


@dataclass(frozen=True, kw_only=True)  # without slots: what a page asks for twice is kept on the reader
class Reader:
    """A signed-in person in one of their groups."""

    account: str
    name: str
    viewer: Viewer
    group: GroupInfo
    groups: tuple[GroupInfo, ...]
    chosen: int | None = None
    """The seat that the reader chose to act in, where they hold several."""

    @property
    def hat(self) -> Capacity | None:
        """Return the seat in which the reader acts wherever several of theirs may: the chosen one, else the first."""
        held = self.seats
        return next((one for one in held if one.seat_id == self.chosen), held[0] if held else None)

    @property
    def seats(self) -> tuple[Capacity, ...]:
        """Return the reader's seats in this group."""
        return tuple(seat for seat in self.viewer.capacities if seat.group_id == self.group.id and not seat.reading)

    @property
    def own_agencies(self) -> tuple[str, ...]:
        """Return the agencies the reader sits for, in the order of the seats."""
        return tuple(dict.fromkeys(seat.agency for seat in self.seats if seat.agency))

    @cached_property
    def charter(self) -> Charter:
        """The text the group is under; of a group that has ended, the one it ended under."""
        if self.ending is not None:
            return adoption.charter_of(self.group.charter_line, self.today, self.ending)
        return adoption.in_force_on(self.texts, self.today)

    @cached_property
    def texts(self) -> list[Charter]:
        """The texts of the group's charter, in their order."""
        return adoption.charters_of(self.group.charter_line)

    @cached_property
    def charter_versions(self) -> list[Version]:
        """The texts of the group's charter with what each amends and which draft made it."""
        return versions(self.group, self.texts)

    def text(self, hash_: str) -> Charter:
        """Return the version of the group's charter that has a hash; where none is named or kept, the one in force."""
        if not hash_ or hash_ == self.charter.hash:
            return self.charter
        return next((one for one in self.texts if one.hash == hash_), self.charter)

    def hash_on(self, day: date) -> str:
        """Return the hash of the version by which a day is judged."""
        return adoption.in_force_on(self.texts, day).hash

    def hash_at(self, instant: datetime) -> str:
        """Return the hash of the version by which an instant is judged."""
        return self.hash_on(instant.astimezone(clock.TZ).date())

    @cached_property
    def known(self) -> Known:
        """What the charter is asked with about the group, read once a page."""
        known = Known(self.group)
        if self.group.ending is None:
            known.closed = None
        return known

    @property
    def ending(self) -> Ending | None:
        """How the group ended, if that lies before its day."""
        ending = self.group.ending
        return ending if ending is not None and self.today > ending.last_day else None

    @cached_property
    def predecessors(self) -> Mapping[int, GroupInfo]:
        """Ended groups that this one succeeds, by number."""
        return {one.id: one for one in offices.predecessors(self.group.id)}

    @cached_property
    def agencies(self) -> Mapping[str, str]:
        """Name of every agency that serves the group, by code."""
        return offices.agency_names(self.group.id)

    @cached_property
    def standing(self) -> Mapping[str, AssignmentInfo]:
        """The leader's standing assignments by source."""
        return sources.assignments(self.group.id)

    @cached_property
    def contracts(self) -> Contracts:
        """What the group's lists are read by on its day: its own versions over the product's."""
        return sources.contracts(self.group.id, self.today)

    @cached_property
    def paused(self) -> Mapping[str, frozenset[tuple[str, str]]]:
        """The rules that rest today, by source: what they found waits."""
        return disputing.resting(self.group, self.contracts)

    @cached_property
    def finished_runs(self) -> list[RunInfo]:
        """Finished runs of the group, newest first, those of deliveries taken back left out."""
        undone = {one.id for one in sources.deliveries(self.viewer, self.group.id) if one.state == "undone"}
        found = runs.runs(self.viewer, self.group.id)
        return [run for run in found if run.state == "done" and run.delivery_id not in undone]

    @cached_property
    def now(self) -> datetime:
        """The instant the page speaks of: the group's own where it has one."""
        return clock.now(self.group)

    @property
    def today(self) -> date:
        """The group's day."""
        return self.now.date()

    @cached_property
    def see_all(self) -> frozenset[str]:
        """Roles that answer for the whole group."""
        return overseers(self.charter)

    @property
    def oversees(self) -> bool:
        """Whether the reader answers for the whole group."""
        return any(seat.role in self.see_all for seat in self.seats)

    def agency(self, code: str) -> str:
        """Return an agency's name, or its code where the group has not named it."""
        return self.agencies.get(code, code)

    def url(self, name: str, *args: object) -> str:
        """Return the address of a page of this group."""
        return reverse(name, args=[self.group.slug, *args])

    def url_at(self, group_id: int | None, name: str, *args: object) -> str:
        """Return the address of a page of a group that this one succeeds; of any other, the page here."""
        before = self.predecessors.get(group_id) if group_id is not None else None
        return reverse(name, args=[(before or self.group).slug, *args])

    def version_query(self, hash_: str, group_id: int | None = None) -> dict[str, str]:
        """Return what an address says besides, where a text is not the one its page shows by itself."""
        before = self.predecessors.get(group_id) if group_id is not None else None
        if before is None:
            shown, listed = self.charter.hash, self.texts
        else:
            ended = before.ending.last_day if before.ending else self.today
            listed = adoption.charters_of(before.charter_line) if hash_ else []
            shown = adoption.in_force_on(listed, ended).hash if listed else ""
        number = next((one.version for one in listed if one.hash == hash_ != shown), None)
        return {"ban": str(number)} if number is not None else {}


def _reader(request: HttpRequest, slug: str) -> Reader:
    user = request.user
    if not user.is_authenticated:
        raise Http404
    account = str(user.public_id)
    viewer = offices.viewer(account, clock.today())
    groups = tuple(offices.groups_seen_by(viewer))
    group = next((one for one in groups if one.slug == slug), None)
    if group is None:
        raise Http404  # a group that the reader does not sit in is not there
    chosen = request.session.get(HATS, {}).get(slug) if hasattr(request, "session") else None
    return Reader(account=account, name=user.full_name, viewer=viewer, group=group, groups=groups, chosen=chosen)


def group_page(
    view: Callable[Concatenate[HttpRequest, Reader, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Give a view its reader; a stranger to the group finds no page there."""

    @login_required
    @wraps(view)
    def signed_in(request: HttpRequest, to: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        reader = _reader(request, to)
        request.reader = reader  # type: ignore[attr-defined]  # the frame of the page reads it
        if request.session.get("to") != reader.group.slug:
            request.session["to"] = reader.group.slug
        if request.method != "POST":
            return view(request, reader, *args, **kwargs)
        hat = reader.hat
        with hats.wearing(hat.seat_id if hat else None), hats.noting() as worn:
            answer = view(request, reader, *args, **kwargs)
        _tell_hat(request, reader, worn)
        return answer

    @wraps(view)
    def wrapped(request: HttpRequest, to: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.headers.get("HX-Request") and not request.user.is_authenticated:
            return _sign_in_again(request)
        return signed_in(request, to, *args, **kwargs)

    return wrapped


def _tell_hat(request: HttpRequest, reader: Reader, worn: Sequence[hats.Worn]) -> None:
    """Say after an act under which hat and clause it was done, where it could have been another or acts for another."""
    for one in dict.fromkeys((one.role, one.capacity, one.clauses, one.absent, one.delegated) for one in worn[:3]):
        role, capacity, clauses, absent, delegated = one
        if capacity is None or (len(reader.seats) < 2 and not absent and not delegated):
            continue
        known = powers.acting_for(powers.actings(reader.group), role, reader.now) if absent or delegated else None
        by = ", ".join(clauses[:2])
        text = words(f"Ghi theo vai {capacity.hat}, {by}", f"Done as {capacity.hat}, {by}")
        if known is not None:
            since = writing.instant(known.since)
            text += words(f", thay {known.for_title} từ {since}", f", for the {known.for_title} since {since}")
        messages.info(request, f"{text}.")


def _sign_in_again(request: HttpRequest) -> HttpResponse:
    """Lead a part of a page whose session has ended to the sign-in page, and back to the page it stands on."""
    page = getattr(request, "htmx", None)
    back = (page and page.current_url_abs_path) or "/"
    return HttpResponse(status=204, headers={"HX-Redirect": f"{reverse('sign-in')}?{urlencode({'next': back})}"})


def _last_used(request: HttpRequest) -> GroupInfo | None:
    """Return the group the reader was in last, or their first one; None where they sit in none."""
    account = str(request.user.public_id) if request.user.is_authenticated else ""
    seen = offices.groups_seen_by(offices.viewer(account, clock.today()))
    at_work = [one for one in seen if one.ending is None] or seen
    last = next((one for one in seen if one.slug == request.session.get("to")), None)
    return last or next(iter(at_work), None)


def own_page(view: Callable[Concatenate[HttpRequest, str, P], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Give a page of the account itself whose it is; around it stands the frame of the group last used."""

    @login_required
    @wraps(view)
    def wrapped(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        group = _last_used(request)
        if group is not None:
            request.reader = _reader(request, group.slug)  # type: ignore[attr-defined]  # the frame of the page reads it
        account = str(request.user.public_id) if request.user.is_authenticated else ""
        request.owner = request.user.full_name if request.user.is_authenticated else ""  # type: ignore[attr-defined]  # so does this
        return view(request, account, *args, **kwargs)

    return wrapped


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Lead to the desk of the reader's first group, or to the one last used."""
    group = _last_used(request)
    return HttpResponseRedirect(reverse("desk", args=[group.slug]) if group else reverse("no-seat"))


def _of_account(request: HttpRequest) -> dict[str, Frame]:
    """Return the frame of a page of the account itself, whose owner sits in no group."""
    owner = getattr(request, "owner", "")
    if not owner:
        return {}
    return {"frame": Frame(person=owner, factor_href=reverse("account-factor"), sign_out_href=reverse("sign-out"))}


# Address of a section, its words, and the page families that stand under it.
SECTIONS = (
    ("desk", "Việc của tôi", "My work", ("desk",)),
    ("board", "Điều hành", "Board", ("board",)),
    ("deliveries", "Đối soát", "Matching", ("deliveries", "runs", "sources", "enrichment")),
    ("findings", "Sai lệch", "Discrepancies", ("findings",)),
    ("tasks", "Nhiệm vụ", "Tasks", ("tasks",)),
    ("meetings", "Họp", "Meetings", ("meetings",)),
    ("tracking", "Sổ theo dõi", "Registers", ("tracking",)),
    ("papers", "Văn bản", "Papers", ("papers",)),
    ("reports", "Báo cáo", "Reports", ("reports", "agency", "indicators", "rollup")),
    ("funds", "Kinh phí", "Funds", ("funds",)),
    ("commendations", "Khen thưởng", "Commendations", ("commendations", "violations")),
    ("scores", "Bảng điểm", "Scorecard", ("scores", "open")),
    ("compliance", "Tuân thủ", "Compliance", ("compliance",)),
    ("charter", "Quy chế", "Charter", ("charter", "succession")),
    ("offices", "Nhân sự", "People", ("offices", "replacements")),
)


def frame(request: HttpRequest) -> dict[str, Frame]:
    """Return what stands around the page; pages without a reader have none."""
    reader: Reader | None = getattr(request, "reader", None)
    if reader is None:
        return _of_account(request)
    head = ledger.newest_checkpoint()
    match = request.resolver_match
    family = (match.url_name or "").partition("-")[0] if match else ""
    return {
        "frame": Frame(
            home=reader.url("desk"),
            group=_groups(reader),
            hat=_hats(reader),
            ended=_ended(reader),
            sections=tuple(
                Section(label=words(vi, en), href=reader.url(name), current=family in families)
                for name, vi, en, families in SECTIONS
            ),
            search_href=reader.url("search"),
            suggest_href=reader.url("search-suggest"),
            notices_href=reader.url("notices"),
            notices=inbox.unread_count(reader.viewer),
            person=reader.name,
            account_href=reader.url("settings"),
            factor_href=reverse("account-factor"),
            sign_out_href=reverse("sign-out"),
            as_of=reader.now,
            checkpoint=Checkpoint(number=head[0], href=reader.url("ledger")) if head else None,
            demo_day=DemoDay(today=reader.today, href=reader.url("demo-day")) if reader.group.is_demo else None,
        )
    }


def _groups(reader: Reader) -> Switch:
    choices = tuple(
        Choice(
            label=one.short_name,
            note=one.name,
            href=reverse("desk", args=[one.slug]),
            current=one.id == reader.group.id,
        )
        for one in reader.groups
    )
    return Switch(
        label=words("Tổ công tác", "Group"),
        value=reader.group.short_name,
        choices=choices if len(choices) > 1 else (),
    )


def _ended(reader: Reader) -> Ended | None:
    if reader.ending is None:
        return None
    said = charters.ending_words(reader.ending, current_language())
    return Ended(text=said, href=reader.url("succession"))


def _hats(reader: Reader) -> Switch:
    """Return the hat in use; who holds several seats chooses among them."""
    label, hat = words("Vai", "Seat"), reader.hat
    if hat is None:
        return Switch(label=label, value=words("Người của tổ kế thừa (chỉ đọc)", "Of a successor (reading only)"))
    choices = tuple(
        Choice(
            label=_hat(reader, one),
            href=reader.url("offices-hat"),
            name="ghe",
            value=str(one.seat_id),
            current=one.seat_id == hat.seat_id,
        )
        for one in reader.seats
    )
    return Switch(label=label, value=_hat(reader, hat), choices=choices if len(choices) > 1 else ())


def _hat(reader: Reader, seat: Capacity) -> str:
    place = seat.post or (reader.agency(seat.agency) if seat.agency else "")
    return f"{seat.title}, {place}" if place else seat.title
