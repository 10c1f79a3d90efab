"""Kết nối: what feeds sources without a person, how each of them stands, and what can be done with one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from dean06.clock.errors import HouseError
from dean06.flows import feeding as journey
from dean06.sources.service import feeds, pulls
from dean06.sources.service.feeds import FeedInfo
from dean06.sources.service.pulls import PullInfo
from dean06.web import sheet, writing
from dean06.web.language import current_language, words
from dean06.web.marks import link
from dean06.web.pages.data.feed_words import (
    EXTENTS,
    instant,
    kind_title,
    lag_of,
    problem_of,
    pull_chip,
    said,
    schedule_words,
    span,
    state_chip,
)
from dean06.web.pages.titles import source_title
from dean06.web.parts.forms import Panel
from dean06.web.parts.page import Action, Empty, Link, Notice, PageHead
from dean06.web.parts.tables import Column, Row, Table
from dean06.web.parts.work import Fact, SummaryList
from dean06.web.reader import Reader, group_page

__all__ = ["listing", "one", "pull", "switch", "test"]

Newest = Mapping[int, PullInfo]


def _new(reader: Reader, kind: str = "second") -> Action:
    return Action(label=words("Đặt kết nối", "Set up a feed"), href=reader.url("source-feeds-new"), kind=kind)


def _row(reader: Reader, one: FeedInfo, last: PullInfo | None) -> Row:
    going = last is not None and last.waiting
    following = last.next_try_at if last is not None and going else one.next_at
    return Row(
        cells=(
            format_html(
                '<a href="{}">{}</a><small class="cell-note">{}</small>',
                reader.url("source-feeds-one", one.id),
                one.name,
                source_title(one.source, reader.contracts),
            ),
            reader.agency(one.agency),
            format_html('{}<small class="cell-note">{}</small>', kind_title(one.kind), schedule_words(one.schedule)),
            state_chip(one, last),
            instant(one.succeeded_at),
            span(lag_of(one)) if lag_of(one) else "",
            writing.instant(following) if one.enabled else "",
            problem_of(last),
        )
    )


def _table(reader: Reader, found: Sequence[FeedInfo], newest: Newest) -> Table:
    return Table(
        caption=words("Các kết nối lấy dữ liệu", "Feeds"),
        columns=(
            Column(label=words("Kết nối, nguồn", "Feed, source"), kind="text"),
            Column(label=words("Cơ quan", "Agency")),
            Column(label=words("Loại, lịch", "Kind, schedule")),
            Column(label=words("Tình trạng", "State"), nowrap=True),
            Column(label=words("Lần cuối được", "Last success"), nowrap=True),
            Column(label=words("Trễ", "Behind"), nowrap=True),
            Column(label=words("Lần tới", "Next"), nowrap=True),
            Column(label=words("Vướng mắc", "Trouble"), kind="text"),
        ),
        rows=tuple(_row(reader, one, newest.get(one.id)) for one in found),
    )


def _sheet(reader: Reader, found: Sequence[FeedInfo], newest: Newest) -> sheet.Sheet:
    return sheet.Sheet(
        title=words(f"Kết nối lấy dữ liệu, {reader.group.name}", f"Feeds, {reader.group.name}"),
        notes=(writing.day(reader.today),),
        header=(
            words("Kết nối", "Feed"),
            words("Nguồn", "Source"),
            words("Cơ quan", "Agency"),
            words("Loại", "Kind"),
            words("Lịch", "Schedule"),
            words("Đang bật", "On"),
            words("Lần cuối được", "Last success"),
            words("Vướng mắc", "Trouble"),
        ),
        rows=(
            (
                one.name,
                source_title(one.source, reader.contracts),
                reader.agency(one.agency),
                kind_title(one.kind),
                schedule_words(one.schedule),
                words("có", "yes") if one.enabled else words("không", "no"),
                one.succeeded_at,
                problem_of(newest.get(one.id)),
            )
            for one in found
        ),
    )


@group_page
def listing(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show every feed of the group: how it stands, when it last brought something, what troubles it."""
    found = feeds.feeds(reader.viewer, reader.group.id)
    newest = pulls.last_of(reader.viewer, reader.group.id)
    if sheet.asked(request):
        return sheet.answer(request, _sheet(reader, found, newest), f"ket-noi-{reader.group.slug}-{reader.today}")
    late = sum(bool(lag_of(one)) for one in found)
    troubled = sum(one.enabled and bool(problem_of(newest.get(one.id))) for one in found)
    empty = Empty(
        title=words("Chưa có kết nối nào", "No feed yet"),
        text=words(
            "Kết nối tự lấy danh sách của cơ quan theo lịch: từ thư mục, máy chủ SFTP hoặc cơ sở dữ liệu chỉ đọc.",
            "A feed brings an agency's list by its schedule: from a folder, an SFTP server or a read-only database.",
        ),
        action=_new(reader, "primary"),
    )
    shown = {
        "head": PageHead(
            title=words("Kết nối lấy dữ liệu", "Feeds"),
            crumb=Link(label=words("Đối soát", "Matching"), href=reader.url("deliveries")),
            meta=(
                words(f"{len(found)} kết nối", f"{len(found)} feeds"),
                words(f"{late} trễ lịch", f"{late} behind"),
                words(f"{troubled} có vướng mắc", f"{troubled} in trouble"),
            )
            if found
            else (),
            actions=(*sheet.offers(request), _new(reader, "primary")) if found else (),
        ),
        "main": (_table(reader, found, newest),) if found else (empty,),
    }
    return render(request, "dean06/pages/panels.html", shown)


# ------------------------------------------------------------ one of them


def own(reader: Reader, feed_id: int) -> FeedInfo:
    """Return a feed of the reader's group."""
    found = feeds.feed(reader.viewer, feed_id)
    if found is None or found.group_id != reader.group.id:
        raise Http404
    return found


def _facts(reader: Reader, one: FeedInfo) -> SummaryList:
    whole = words("mỗi lần lấy đủ là toàn bộ danh sách của kỳ", "a full pull is the whole list of its period")
    return SummaryList(
        facts=(
            Fact(
                term=words("Nguồn", "Source"),
                value=link(source_title(one.source, reader.contracts), reader.url("sources-one", one.source)),
            ),
            Fact(term=words("Cơ quan", "Agency"), value=reader.agency(one.agency)),
            Fact(term=words("Lịch", "Schedule"), value=schedule_words(one.schedule)),
            Fact(term=words("Lấy", "Extent"), value=words(*EXTENTS[one.extent]), aside=whole if one.whole else ""),
            Fact(term=words("Lần cuối được", "Last success"), value=instant(one.succeeded_at)),
            Fact(
                term=words("Lần tới", "Next"),
                value=writing.instant(one.next_at) if one.enabled else words("đang tắt", "switched off"),
            ),
            Fact(term=words("Đặt ngày", "Set up"), value=writing.day(one.set_up_at)),
        )
    )


def _settings(reader: Reader, one: FeedInfo) -> SummaryList:
    kind = feeds.kind(one.kind)
    facts = [
        Fact(
            term=said(setting.title),
            value=said(setting.choices[text])
            if text in setting.choices
            else format_html('<code class="feed-said">{}</code>', text),
        )
        for setting in kind.settings
        if (text := one.settings.get(setting.code, ""))
    ]
    if one.secret:
        where = feeds.where_secret(reader.group.slug, one.secret)
        facts.append(
            Fact(term=words("Bí mật đặt tại", "The secret lies at"), value=format_html("<code>{}</code>", where))
        )
    return SummaryList(facts=tuple(facts))


def _pull_row(reader: Reader, one: PullInfo) -> Row:
    number = one.delivery_id
    delivery = (
        link(words(f"lần nộp {number}", f"delivery {number}"), reader.url("deliveries-one", number)) if number else ""
    )
    asked = words("người dùng yêu cầu", "a person asked") if one.asked_by else words("theo lịch", "by schedule")
    return Row(
        cells=(
            format_html('{}<small class="cell-note">{}</small>', writing.instant(one.begun_at), asked),
            words("đủ", "full") if one.extent == "full" else words("phần thay đổi", "changes"),
            format_html('{}<small class="cell-note">{}</small>', pull_chip(one), delivery),
            writing.number(one.pieces) if one.pieces else "",
            writing.number(one.rows) if one.rows else "",
            format_html('{}<small class="cell-note">{}</small>', words(one.problem_vi, one.problem_en), _tries(one)),
        )
    )


def _tries(one: PullInfo) -> str:
    """Say how often a pull failed, and when it is tried again."""
    if not one.tries:
        return ""
    failed = words(f"hỏng {one.tries} lần", f"failed {one.tries} times")
    at = writing.instant(one.next_try_at)
    return failed + (words(f", thử lại lúc {at}", f", tried again at {at}") if one.waiting else "")


def _pulls(reader: Reader, found: Sequence[PullInfo]) -> Table:
    return Table(
        caption=words("Các lần lấy gần nhất", "Last pulls"),
        columns=(
            Column(label=words("Bắt đầu", "Begun"), nowrap=True),
            Column(label=words("Lấy", "Extent")),
            Column(label=words("Kết quả", "Result"), nowrap=True),
            Column(label=words("Mảnh", "Pieces"), kind="num"),
            Column(label=words("Dòng", "Rows"), kind="num"),
            Column(label=words("Vướng mắc", "Trouble"), kind="text"),
        ),
        rows=tuple(_pull_row(reader, one) for one in found),
    )


def _actions(reader: Reader, one: FeedInfo) -> tuple[Action, ...]:
    turn = words("Tắt", "Switch off") if one.enabled else words("Bật lại", "Switch on")
    now = Action(
        label=words("Lấy ngay", "Pull now"), href=reader.url("source-feeds-pull", one.id), kind="primary", post=True
    )
    return (
        Action(label=turn, href=reader.url("source-feeds-switch", one.id), kind="quiet", post=True),
        Action(label=words("Thử kết nối", "Try it"), href=reader.url("source-feeds-test", one.id), post=True),
        Action(label=words("Sửa", "Change"), href=reader.url("source-feeds-change", one.id)),
        *((now,) if one.enabled else ()),
    )


@group_page
def one(request: HttpRequest, reader: Reader, feed_id: int) -> HttpResponse:
    """Show one feed: how it stands, what was said of it, its last pulls."""
    feed = own(reader, feed_id)
    found = pulls.of_feed(reader.viewer, feed_id)
    last = found[0] if found else None
    problem = problem_of(last)
    empty = Empty(
        title=words("Chưa lấy được gì", "Nothing pulled yet"),
        text=words("Bấm «Thử kết nối», rồi «Lấy ngay»; hoặc chờ đến lịch.", "Try it, then pull now, or wait."),
        sign="clock",
    )
    shown = {
        "head": PageHead(
            title=feed.name,
            crumb=Link(label=words("Kết nối lấy dữ liệu", "Feeds"), href=reader.url("source-feeds")),
            meta=(kind_title(feed.kind), state_chip(feed, last)),
            actions=_actions(reader, feed),
        ),
        "told": (Notice(text=problem, tone="warn", sign="warn"),) if problem else (),
        "main": (_pulls(reader, found) if found else empty,),
        "side": (
            Panel(id="dat", title=words("Đã đặt", "Set up"), parts=(_facts(reader, feed),)),
            Panel(id="cau-hinh", title=words("Nơi lấy", "Where from"), parts=(_settings(reader, feed),)),
        ),
    }
    return render(request, "dean06/pages/panels.html", shown)


def _back(reader: Reader, feed_id: int) -> HttpResponse:
    return HttpResponseRedirect(reader.url("source-feeds-one", feed_id))


@require_POST
@group_page
def test(request: HttpRequest, reader: Reader, feed_id: int) -> HttpResponse:
    """Try a feed: reach the other side and bring nothing."""
    feed = own(reader, feed_id)
    try:
        messages.success(request, journey.test(reader.account, reader.group, feed))
    except HouseError as problem:
        if problem.exit_code == 4:
            raise
        messages.warning(request, problem.explain(current_language()))
    return _back(reader, feed_id)


@require_POST
@group_page
def pull(request: HttpRequest, reader: Reader, feed_id: int) -> HttpResponse:
    """Ask for a pull at once; the worker goes within seconds."""
    journey.pull_now(reader.account, reader.group, own(reader, feed_id))
    messages.success(
        request,
        words(
            "Đã xếp hàng: hệ thống đi lấy trong vài giây; tải lại trang này để xem kết quả.",
            "Queued: the system goes within seconds; load this page again to see what came.",
        ),
    )
    return _back(reader, feed_id)


@require_POST
@group_page
def switch(request: HttpRequest, reader: Reader, feed_id: int) -> HttpResponse:
    """Switch a feed off, or on again."""
    feed = own(reader, feed_id)
    switched = journey.switch(reader.account, reader.group, feed, on=not feed.enabled)
    on, off = words("Đã bật kết nối.", "The feed is on."), words("Đã tắt kết nối.", "The feed is off.")
    messages.success(request, on if switched.enabled else off)
    return _back(reader, feed_id)
