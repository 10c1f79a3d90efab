"""The facts of a half-year's or a year's report: from the months' reports as issued, beside the period before."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from ruamel.yaml import YAML

from dean06.adoption import service as adoption
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.offices.types import GroupInfo
from dean06.reports.service import months as reports
from dean06.reports.service.months import IssueInfo
from dean06.reports.service.periods import Period, parse
from dean06.reports.types import Excerpt, Fact, FactSheet, Source, Table

Number = int | float
_CODE = re.compile(r"\{([a-z0-9_.]+)\}")

__all__ = ["gather"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    """How one figure of a period is made of those of its months."""

    code: str
    how: str
    vi: str
    of: Sequence[str] = ()


@lru_cache(maxsize=1)
def _rules() -> tuple[_Rule, ...]:
    text = resources.files("dean06.reports").joinpath("period_figures.yaml").read_text(encoding="utf-8")
    return tuple(_Rule(**one) for one in YAML(typ="safe", pure=True).load(text)["figures"])


def gather(group: GroupInfo, code: str) -> FactSheet:
    """Gather the facts of a period's report; without any month issued there is nothing to report from."""
    period = parse(code)
    issued = reports.issued_between(group.id, period.since, period.until)
    if not issued:
        raise BadInput(
            f"Chưa có báo cáo tháng nào của {period.vi} được phát hành: ký báo cáo tháng trước.",
            f"No month's report of {period.en} is issued yet: sign those first.",
        )
    before = reports.issued_between(group.id, period.before.since, period.before.until)
    now, earlier = _figures(issued), _figures(before)
    facts = [
        *_made(now, issued, ""),
        *_made(earlier, before, ".truoc"),
        Fact(code="ky.so_bao_cao", label="Báo cáo tháng đã phát hành trong kỳ", value=len(issued), sources=_of(issued)),
        *(_named(one) for one in issued),
    ]
    charter = adoption.charter_of(group.charter_line, clock.today(group))
    return FactSheet(
        group_id=group.id,
        month=code,
        since=period.since,
        until=period.until,
        span_rule="báo cáo tháng có ngày cuối kỳ số liệu nằm trong kỳ, đúng như đã phát hành",
        facts=tuple(facts),
        tables=(_compared(period, now, earlier),),
        words={
            "charter": charter.title,
            "body": charter.body.short_name,
            "period": period.vi,
            "months_missing": _missing(period, issued),
        },
        excerpts=tuple(one for issue in issued for one in _carried(issue)),
    )


def _source(issue: IssueInfo) -> Source:
    label = f"Báo cáo tháng {clock.as_read(issue.month)} đã phát hành"
    return Source(kind="report", id=f"BC-{issue.month}", label=label, sha256=issue.content)


def _of(issued: Sequence[IssueInfo]) -> tuple[Source, ...]:
    return tuple(_source(issue) for issue in issued)


def _named(issue: IssueInfo) -> Fact:
    written = clock.as_read(issue.month)
    return Fact(
        code=f"bc.{issue.month.replace('-', '_')}",
        label=f"Báo cáo tháng {written}",
        value=f"báo cáo tháng {written}",
        sources=(_source(issue),),
    )


def _told(issued: Sequence[IssueInfo], code: str) -> list[Number]:
    facts = [issue.sheet.by_code().get(code) for issue in issued]
    return [fact.value for fact in facts if fact is not None and isinstance(fact.value, int | float)]


def _figures(issued: Sequence[IssueInfo]) -> dict[str, Number]:
    """Work out each figure of the months told; one that no month tells is absent, never nought."""
    found: dict[str, Number] = {}
    for rule in _rules():
        told = _told(issued, rule.of[0] if rule.how == "share" else rule.code)
        if not told:
            continue
        match rule.how:
            case "sum":
                found[rule.code] = sum(told)
            case "last":
                found[rule.code] = told[-1]
            case _:
                whole = sum(_told(issued, rule.of[1]))
                if whole:
                    found[rule.code] = round(100 * sum(told) / whole, 1)
    return found


def _made(figures: Mapping[str, Number], issued: Sequence[IssueInfo], suffix: str) -> list[Fact]:
    said = ", kỳ trước" if suffix else ""
    return [
        Fact(code=f"{rule.code}{suffix}", label=f"{rule.vi}{said}", value=figures[rule.code], sources=_of(issued))
        for rule in _rules()
        if rule.code in figures
    ]


def _compared(period: Period, now: Mapping[str, Number], earlier: Mapping[str, Number]) -> Table:
    rows = [
        (
            rule.vi,
            f"{{{rule.code}}}",
            f"{{{rule.code}.truoc}}" if rule.code in earlier else "chưa có",
            _difference(now[rule.code], earlier.get(rule.code)),
        )
        for rule in _rules()
        if rule.code in now
    ]
    header = ("Nội dung", period.vi[:1].upper() + period.vi[1:], "Kỳ trước", "Tăng, giảm")
    return Table(key="so_sanh", caption=f"So sánh {period.vi} với kỳ trước", header=header, rows=tuple(rows))


def _difference(now: Number, before: Number | None) -> str:
    if before is None:
        return "–"
    moved = round(now - before, 1)
    moved = int(moved) if isinstance(now, int) and isinstance(before, int) else moved
    return f"{'+' if moved > 0 else ''}{reports.number(moved)}"


def _missing(period: Period, issued: Sequence[IssueInfo]) -> str:
    """Name the months of data that no issued report ends in."""
    have = {f"{issue.until:%Y-%m}" for issue in issued}
    months = [f"{period.since.year}-{number:02d}" for number in range(period.since.month, period.until.month + 1)]
    wanting = [clock.as_read(month) for month in months if month not in have]
    return f"; chưa có báo cáo phát hành cho số liệu tháng {', '.join(wanting)}" if wanting else ""


def _carried(issue: IssueInfo) -> list[Excerpt]:
    """Return the words that a clerk wrote in a month's report, its numbers as they stood, with its name behind."""
    known, written = issue.sheet.by_code(), clock.as_read(issue.month)
    key = issue.month.replace("-", "_")
    made = []
    for section in issue.sections:
        home = "ii.1" if section.key.startswith("ii") else section.key
        for place, paragraph in enumerate(one for one in section.paragraphs if one.edited and one.text.strip()):
            said = _CODE.sub(
                lambda found: reports.number(known[found[1]].value) if found[1] in known else "–", paragraph.text
            )
            name = f"t{key}_{section.key.replace('.', '_')}_{place + 1}"
            made.append(Excerpt(key=name, section=home, text=f"Tháng {written}: {said} (theo {{bc.{key}}})"))
    return made
