"""The day of who leads: what stands in the way, a line each, with the agency and the clause."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import format_html
from django.utils.http import urlencode

from dean06.flows import day as journey
from dean06.flows.day import Expected, LeadingDay, Owing
from dean06.reconcile.service.summaries import Scored
from dean06.sources.types import DeliveryInfo
from dean06.web import writing
from dean06.web.language import words
from dean06.web.marks import chip, delta
from dean06.web.pages.clauses import cite_assignment, cite_basis
from dean06.web.pages.day.sections import Section, rule_line, section, to
from dean06.web.pages.titles import rule_title, source_title
from dean06.web.parts.work import Check
from dean06.web.reader import Reader

__all__ = ["leading"]


def leading(reader: Reader, delivered: Iterable[DeliveryInfo]) -> list[Section]:
    """Return the sections of the day of whoever answers for the whole group."""
    found = journey.leading_day(
        reader.viewer, reader.group, reader.standing, delivered, reader.contracts, reader.see_all, reader.now
    )
    return [*_late(reader, found), *_disputed(reader, found), _weakest(reader, found)]


def _late(reader: Reader, found: LeadingDay) -> list[Section]:
    return [
        section(
            "qua-han",
            words("Đơn sửa quá hạn, theo cơ quan", "Overdue orders, by agency"),
            [_owing_line(reader, one) for one in found.overdue],
            words("Không cơ quan nào quá hạn.", "No agency is overdue."),
        ),
        section(
            "chua-nop",
            words("Nguồn chưa nộp", "Sources that did not deliver"),
            [_missing_line(reader, one) for one in found.missing],
            words("Không nguồn nào quá hạn nộp.", "No list is overdue."),
        ),
    ]


def _disputed(reader: Reader, found: LeadingDay) -> list[Section]:
    return [
        section(
            "mau-thuan",
            words("Danh sách nói ngược nhau", "Lists that contradict each other"),
            [_contradiction_line(reader, rule, n) for rule, n in found.contradictions.items()],
            words("Không có mâu thuẫn nào đang mở.", "No contradiction is open."),
            count=sum(found.contradictions.values()),
        ),
        section(
            "cho-quyet",
            words("Tranh chấp, luật tạm dừng", "Disputes, rules that rest"),
            _dispute_lines(reader, found),
            words("Không có tranh chấp nào, không luật nào tạm dừng.", "Nothing is disputed, no rule rests."),
            count=len(found.doubts) + found.answers + len(found.disputed),
        ),
    ]


def _weakest(reader: Reader, found: LeadingDay) -> Section:
    return section(
        "yeu-nhat",
        words("Tiêu chí yếu nhất của từng nguồn", "The weakest axis of each source"),
        [_score_line(reader, one) for one in found.weakest],
        words("Chưa có bảng điểm.", "There is no scorecard yet."),
        count=sum(1 for one in found.weakest if one.weakest and one.weakest[1].below),
    )


def _owing_line(reader: Reader, one: Owing) -> Check:
    query = urlencode({"xem": "qua-han", "co_quan": one.agency})
    days = (reader.today - one.oldest.due).days
    rows = writing.number(one.rows)
    return Check(
        text=to(f"{reader.url('tasks')}?{query}", reader.agency(one.agency)),
        tone="bad",
        sign="bang",
        note=words(
            f"{one.orders} đơn, {rows} dòng, lâu nhất quá {days} ngày", f"{one.orders} orders, {rows} rows, {days} days"
        ),
        aside=cite_basis(reader, one.oldest, one.oldest.reading),
    )


def _missing_line(reader: Reader, one: Expected) -> Check:
    title = source_title(one.held.source, reader.contracts)
    day = writing.day(one.due)
    return Check(
        text=to(
            reader.url("sources-one", one.held.source),
            f"{title}, {words('kỳ', 'period')} {writing.month(one.period)}",
        ),
        tone="bad",
        sign="no",
        note=words(f"{reader.agency(one.held.agency)}, hạn {day}", f"{reader.agency(one.held.agency)}, due {day}"),
        aside=cite_assignment(reader, one.held),
    )


def _contradiction_line(reader: Reader, rule: str, count: int) -> Check:
    return Check(
        text=to(reader.url("findings"), rule_title("", rule, reader.contracts)),
        tone="warn",
        sign="bang",
        aside=format_html("<b>{}</b>", writing.number(count)),
    )


def _dispute_lines(reader: Reader, found: LeadingDay) -> list[Check]:
    lines = []
    if found.answers:
        said = words(
            f"{writing.number(found.answers)} dòng cơ quan không sửa hoặc nói không thuộc mình",
            f"{writing.number(found.answers)} rows refused, or said to be another's",
        )
        lines.append(Check(text=to(reader.url("answers-decide"), said), tone="warn", sign="ask"))
    if found.doubts:
        oldest = writing.day(found.doubts[0].made_at)
        count = writing.number(len(found.doubts))
        said = words(f"{count} đề nghị sổ dân cư sai", f"{count} proposals on the register")
        note = words(f"lâu nhất từ {oldest}", f"the oldest since {oldest}")
        lines.append(Check(text=to(reader.url("proposals"), said), tone="ask", sign="clock", note=note))
    return [*lines, *(rule_line(reader, one) for one in (*found.disputed, *found.resting))]


def _score_line(reader: Reader, one: Scored) -> Check:
    if one.weakest is None:
        raise ValueError(one.source)  # only what was measured is asked for
    axis, measure = one.weakest
    then = one.before.get(measure.code)
    moved = None
    if then is not None and then.share is not None and measure.share is not None:
        moved = round((measure.share - then.share) * 100, 1)
    tone, sign = ("bad", "bang") if measure.below else ("ok", "ok")
    said = f"{words(axis.vi, axis.en)} {writing.percent(measure.share)}"
    href = f"{reader.url('scores')}?{urlencode({'nguon': one.source})}"
    return Check(
        text=to(href, source_title(one.source, reader.contracts)),
        tone=tone,
        sign=sign,
        note=words(f"kỳ {writing.month(one.period)}", f"period {writing.month(one.period)}"),
        aside=format_html(
            "{} {}",
            chip(tone, said, with_sign="dn" if measure.below else "ok"),
            delta(moved) if moved is not None else "",
        ),
    )
