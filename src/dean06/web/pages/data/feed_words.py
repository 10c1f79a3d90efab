"""What the pages of feeds say alike: kinds, schedules, spans of time, and where a feed stands."""

from __future__ import annotations

from datetime import datetime, timedelta

from dean06.clock import service as clock
from dean06.sources.live import Words
from dean06.sources.service import feeds
from dean06.sources.service.feeds import FeedInfo, Schedule
from dean06.sources.service.pulls import PullInfo
from dean06.web import writing
from dean06.web.language import words
from dean06.web.marks import chip

EXTENTS = {
    "full": ("Lấy đủ mỗi lần", "Everything each time"),
    "delta": ("Mỗi tháng lấy đủ một lần, còn lại chỉ phần thay đổi", "Everything once a month, then only what changed"),
}
PULLS = {
    "waiting": ("ask", "clock", "Chờ thử lại", "Waits"),
    "running": ("info", "clock", "Đang lấy", "Under way"),
    "failed": ("bad", "no", "Đã thôi", "Given up"),
    "done": ("ok", "ok", "Xong", "Done"),
}

__all__ = [
    "EXTENTS",
    "instant",
    "kind_title",
    "lag_of",
    "problem_of",
    "pull_chip",
    "said",
    "schedule_words",
    "span",
    "state_chip",
]


def said(text: Words) -> str:
    """Choose one of two sentences by the reader's language."""
    return words(text.vi, text.en)


def kind_title(code: str) -> str:
    """Return what a kind of feed is called."""
    return said(feeds.kind(code).title)


def schedule_words(one: Schedule) -> str:
    """Say when a feed is gone to."""
    if isinstance(one, feeds.Hours):
        return words(f"mỗi {one.hours} giờ", f"every {one.hours} hours")
    if isinstance(one, feeds.Daily):
        return words(f"hằng ngày lúc {one.at}", f"daily at {one.at}")
    return words(f"ngày {one.day} hằng tháng lúc {one.at}", f"on day {one.day} of each month at {one.at}")


def span(length: timedelta) -> str:
    """Write a span of time in its greatest unit."""
    minutes = int(length.total_seconds() // 60)
    for least, unit_vi, unit_en in ((1440, "ngày", "days"), (60, "giờ", "hours"), (1, "phút", "minutes")):
        if minutes >= least:
            return words(f"{minutes // least} {unit_vi}", f"{minutes // least} {unit_en}")
    return words("dưới 1 phút", "under a minute")


def lag_of(one: FeedInfo) -> timedelta:
    """Return how far a feed that is switched on lies behind its schedule, which follows the clock of the machine."""
    return one.lag(clock.now()) if one.enabled else timedelta()


def problem_of(last: PullInfo | None) -> str:
    """Return what went wrong with a feed's newest pull, if something did."""
    return words(last.problem_vi, last.problem_en) if last else ""


def state_chip(one: FeedInfo, last: PullInfo | None) -> str:
    """Say in one chip where a feed stands."""
    lag = lag_of(one)
    if not one.enabled:
        return chip("mute", words("Đang tắt", "Switched off"), with_sign="end")
    if problem_of(last):
        return chip("bad", words("Có vướng mắc", "In trouble"), with_sign="no")
    if last is not None and last.waiting:
        return pull_chip(last)
    if lag:
        return chip("warn", words(f"Trễ {span(lag)}", f"{span(lag)} behind"), with_sign="warn")
    return chip("ok", words("Đúng nhịp", "On schedule"), with_sign="ok")


def pull_chip(one: PullInfo) -> str:
    """Say in one chip how a pull stands."""
    tone, sign, vi, en = PULLS[one.state]
    if one.state == "waiting" and not one.tries:
        vi, en = "Chờ đến lượt", "Queued"
    if one.state == "done" and not one.news:
        tone, sign = "mute", "dash"
        vi, en = (
            ("Không có gì mới", "Nothing new") if one.delivery_id is None else ("Đã có, không nộp lại", "There already")
        )
    return chip(tone, words(vi, en), with_sign=sign)


def instant(value: datetime | None) -> str:
    """Write an instant, or that there is none."""
    return writing.instant(value) or words("chưa có", "none yet")
