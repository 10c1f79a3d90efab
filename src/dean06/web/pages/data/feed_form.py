"""Đặt kết nối: the form of a feed, whose lines are those that its kind wants; a secret by reference alone."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import urlencode

from dean06.clock.errors import BadInput
from dean06.flows import feeding as journey
from dean06.sources.service import feeds
from dean06.sources.service.feeds import FeedInfo, NewFeed, Schedule, Setting
from dean06.web.language import words
from dean06.web.pages.data.feed_words import EXTENTS, kind_title, said
from dean06.web.pages.data.feeding import own
from dean06.web.pages.refusals import question
from dean06.web.pages.slips import UNUSABLE, Slip, slips_of
from dean06.web.pages.titles import source_title
from dean06.web.parts.forms import Field, Form, Panel
from dean06.web.parts.page import Link, PageHead
from dean06.web.parts.tables import Facet, Facets
from dean06.web.reader import Reader, group_page

EVERY = {
    "hours": ("mỗi số giờ dưới đây", "every so many hours"),
    "daily": ("hằng ngày, lúc dưới đây", "daily, at the hour below"),
    "monthly": ("hằng tháng, ngày và lúc dưới đây", "monthly, on the day and at the hour below"),
}
KINDS = {"long": "area", "choice": "choice", "number": "number", "text": "text"}
PREFIX = "ch-"
LONGEST = 4000

__all__ = ["change", "make"]

Typed = Mapping[str, str]


@group_page
def make(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Set up a feed of the kind that the address names."""
    asked = request.POST.get("loai") or request.GET.get("loai", "")
    kind = asked if asked in {one.code for one in feeds.kinds()} else feeds.kinds()[0].code
    return _form(request, reader, kind, None)


@group_page
def change(request: HttpRequest, reader: Reader, feed_id: int) -> HttpResponse:
    """Say anew what a feed is; its kind stays."""
    feed = own(reader, feed_id)
    return _form(request, reader, feed.kind, feed)


def _form(request: HttpRequest, reader: Reader, kind: str, feed: FeedInfo | None) -> HttpResponse:
    slips: tuple[Slip, ...] = ()
    if request.method == "POST":
        try:
            made = _save(reader, kind, request.POST, feed)
        except BadInput as problem:
            slips = slips_of(problem)
        else:
            text = words(
                "Đã lưu kết nối. Bấm «Thử kết nối» trước khi lấy lần đầu.",
                "The feed is saved. Try it before the first pull.",
            )
            messages.success(request, text)
            return HttpResponseRedirect(reader.url("source-feeds-one", made.id))
    answer = journey.may_connect(reader.account, reader.group)
    typed = request.POST.dict() if request.method == "POST" else _typed_of(kind, feed)
    title = words("Sửa kết nối", "Change the feed") if feed else words("Đặt kết nối", "Set up a feed")
    shown = {
        "head": PageHead(title=title, crumb=_crumb(reader, feed), meta=(kind_title(kind),)),
        "facets": None if feed else _kinds(kind),
        "slips": slips,
        "answer": None if answer.allowed else question(reader, answer),
        "panel": Panel(id="ket-noi", title=kind_title(kind), parts=(_fields(reader, kind, typed, feed),)),
    }
    return render(request, "dean06/pages/feed_form.html", shown, status=UNUSABLE if slips else 200)


def _crumb(reader: Reader, feed: FeedInfo | None) -> Link:
    if feed:
        return Link(label=feed.name, href=reader.url("source-feeds-one", feed.id))
    return Link(label=words("Kết nối lấy dữ liệu", "Feeds"), href=reader.url("source-feeds"))


def _kinds(chosen: str) -> Facets:
    return Facets(
        label=words("Loại kết nối", "Kind"),
        items=tuple(
            Facet(label=said(one.title), count="", href=f"?{urlencode({'loai': one.code})}", current=one.code == chosen)
            for one in feeds.kinds()
        ),
    )


# ------------------------------------------------------------ what is typed


def _save(reader: Reader, kind: str, post: Typed, feed: FeedInfo | None) -> FeedInfo:
    said_ = NewFeed(
        name=post.get("ten", ""),
        source=post.get("nguon", ""),
        agency=post.get("co_quan", ""),
        kind=kind,
        settings={one.code: _lines(post.get(PREFIX + one.code, "")) for one in feeds.kind(kind).settings},
        secret=post.get("bi_mat", "").strip(),
        schedule=_schedule(post),
        extent="delta" if post.get("lay") == "delta" else "full",
        whole=post.get("du_ca") == "1",
    )
    if feed is None:
        return journey.set_up(reader.account, reader.group, said_)
    return journey.change(reader.account, reader.group, feed.id, said_)


def _lines(text: str) -> str:
    """Return typed text with the line ends of the house; browsers send others."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _schedule(post: Typed) -> Schedule:
    every = post.get("lich", "")
    told = {"every": every}
    for name, code in (("gio", "hours"), ("luc", "at"), ("ngay", "day")):
        if code in {"hours": ("hours",), "daily": ("at",), "monthly": ("day", "at")}.get(every, ()):
            told[code] = post.get(name, "").strip()
    return feeds.read_schedule(told)


def _typed_of(kind: str, feed: FeedInfo | None) -> dict[str, str]:
    """Return what stands in a form that nobody typed into; a folder is looked into each hour."""
    if feed is None:
        every = "hours" if feeds.kind(kind).files else "daily"
        return {"lich": every, "luc": "02:00", "gio": "1", "ngay": "5", "lay": "full"}
    schedule = feed.schedule.model_dump(mode="json")
    return {
        "ten": feed.name,
        "nguon": feed.source,
        "co_quan": feed.agency,
        "bi_mat": feed.secret,
        "lich": feed.schedule.every,
        "gio": str(schedule.get("hours", 6)),
        "luc": str(schedule.get("at", "02:00")),
        "ngay": str(schedule.get("day", 5)),
        "lay": feed.extent,
        "du_ca": "1" if feed.whole else "",
        **{PREFIX + code: text for code, text in feed.settings.items()},
    }


# ------------------------------------------------------------ the lines of the form


def _fields(reader: Reader, kind: str, typed: Typed, feed: FeedInfo | None) -> Form:
    of = feeds.kind(kind)
    action = reader.url("source-feeds-change", feed.id) if feed else reader.url("source-feeds-new")
    secret = (
        ()
        if of.secret is None
        else (
            Field(
                name="bi_mat",
                label=words(f"Bí mật ({of.secret.vi})", f"Secret ({of.secret.en})"),
                value=typed.get("bi_mat", ""),
                placeholder="tep:bhxh",
                longest=70,
                hint=words(
                    "Chỉ ghi tham chiếu: «tep:ten» hoặc «env:TEN»; người vận hành đặt bí mật trên máy chủ.",
                    "A reference alone, `tep:name` or `env:NAME`; the operator puts the secret on the server.",
                ),
            ),
        )
    )
    return Form(
        id="kn",
        action=action,
        button=words("Lưu kết nối", "Save"),
        kind="primary",
        note=words(
            "Từ lúc lưu, hệ thống tự lấy theo lịch dưới tên người lưu; sổ ghi nêu người ấy.",
            "From then on the system pulls by the schedule in the name of whoever saved, and the ledger says so.",
        ),
        fields=(
            Field(name="loai", kind="hidden", value=kind),
            *_about(reader, typed),
            *(_setting(one, typed) for one in of.settings),
            *secret,
            *_times(typed),
            *_extents(of.deltas, typed),
        ),
    )


def _about(reader: Reader, typed: Typed) -> tuple[Field, ...]:
    known = reader.contracts
    order = sorted(known.lists(), key=lambda code: code not in reader.standing)
    return (
        Field(name="ten", label=words("Tên kết nối", "Name"), value=typed.get("ten", ""), longest=60),
        Field(
            name="nguon",
            label=words("Nguồn dữ liệu", "Source"),
            kind="choice",
            value=typed.get("nguon", ""),
            choices=tuple((code, source_title(code, known)) for code in order),
        ),
        Field(
            name="co_quan",
            label=words("Cơ quan giao dữ liệu", "Delivering agency"),
            kind="choice",
            value=typed.get("co_quan", ""),
            choices=tuple(reader.agencies.items()),
        ),
    )


def _setting(one: Setting, typed: Typed) -> Field:
    return Field(
        name=PREFIX + one.code,
        label=said(one.title),
        kind=KINDS[one.form.value],
        value=typed.get(PREFIX + one.code, one.default),
        hint=said(one.help) if one.help else "",
        required=one.required,
        choices=tuple((code, said(title)) for code, title in one.choices.items()),
        longest=LONGEST if one.form.value == "long" else 300,
    )


def _times(typed: Typed) -> tuple[Field, ...]:
    return (
        Field(
            name="lich",
            label=words("Lịch", "Schedule"),
            kind="choice",
            value=typed.get("lich", ""),
            choices=tuple((code, words(*title)) for code, title in EVERY.items()),
        ),
        Field(
            name="gio",
            label=words("Số giờ", "Hours"),
            kind="number",
            value=typed.get("gio", ""),
            required=False,
        ),
        Field(name="luc", label=words("Lúc", "At"), kind="hour", value=typed.get("luc", ""), required=False),
        Field(
            name="ngay",
            label=words("Ngày trong tháng (1–28)", "Day of the month (1–28)"),
            kind="number",
            value=typed.get("ngay", ""),
            required=False,
        ),
    )


def _extents(deltas: bool, typed: Typed) -> tuple[Field, ...]:  # noqa: FBT001  a fact of the kind
    codes = EXTENTS if deltas else ("full",)
    return (
        Field(
            name="lay",
            label=words("Lấy", "Extent"),
            kind="choice",
            value=typed.get("lay", ""),
            choices=tuple((code, words(*EXTENTS[code])) for code in codes),
        ),
        Field(
            name="du_ca",
            label=words(
                "Lần lấy đủ là toàn bộ danh sách của kỳ: ai không còn tên được hiểu là đã đưa ra.",
                "A full pull is the whole list of its period: whoever is not on it is taken to have been removed.",
            ),
            kind="check",
            value=typed.get("du_ca", ""),
            required=False,
        ),
    )
