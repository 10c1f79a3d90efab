"""The style guide: every part once, with made-up people, and whole sample pages beside it.

Shown where `settings.DEAN06_STYLE_GUIDE` is true (tests, demonstrations); elsewhere the address does not exist.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from dean06.web import marks, style_data, style_runs
from dean06.web.parts import charts, page, tables, work
from dean06.web.style_pages import SAMPLES, shortcuts


class TaskSample(forms.Form):
    """A form with something to mend in every field."""

    due = forms.DateField(
        label="Hạn", help_text="Ví dụ 25/11/2026", error_messages={"invalid": "Hạn phải sau hôm nay, 10/11/2026"}
    )
    agency = forms.ChoiceField(
        label="Cơ quan chủ trì",
        choices=[("", "Chọn"), ("YT", "Trạm Y tế")],
        error_messages={"required": "Chọn cơ quan chủ trì"},
    )
    note = forms.CharField(label="Ghi chú", required=False, widget=forms.Textarea(attrs={"rows": 2}))


def _open_or_absent() -> None:
    if not getattr(settings, "DEAN06_STYLE_GUIDE", False):
        raise Http404


def guide(request: HttpRequest) -> HttpResponse:
    """Show every part once."""
    _open_or_absent()
    return render(request, "dean06/style/guide.html", {"frame": style_data.frame(), **_small_parts(), **_large_parts()})


def sample(request: HttpRequest, name: str) -> HttpResponse:
    """Show one whole sample page."""
    _open_or_absent()
    if name not in SAMPLES:
        raise Http404
    return SAMPLES[name](request)


def _small_parts() -> dict[str, Any]:
    return {
        "verdicts": style_runs.verdict_table(),
        "states": ("met", "late", "missed", "excused", "pending", "assigned", "claimed", "proved", "choose", "secret"),
        "form": TaskSample({"due": "08/11", "agency": "", "note": ""}),
        "job": work.Job(
            id="viec-chay",
            title="Đang đối soát: nguoi-cao-tuoi-10.xlsx",
            done=3080,
            total=4812,
            line="3.080 trên 4.812 dòng, bước 2 trên 3: so tên và ngày sinh",
            left="còn khoảng 2 giây",
            stop_href="/kieu-mau/",
        ),
        "stepper": work.Stepper(
            steps=("Nhận tệp", "Kiểm cột", "Đối soát", "Giao sửa"), current=3, label="Tiến trình tệp"
        ),
        "empty": page.Empty(
            title="Chưa có tệp nào trong kỳ này",
            text="Phòng Văn hóa – Xã hội nộp trước 30/11.",
            clause=marks.clause("Điều 6 khoản 3", style_data.LAW),
            action=page.Action(label="Nộp tệp", href="#", kind="primary"),
        ),
        "notices": (
            page.Notice(text="Xem dòng này được ghi vào sổ, công dân thấy được."),
            page.Notice(text="Đã giao 131 dòng.", tone="ok", sign="ok", link=page.Link(label="Hoàn tác", href="#")),
            page.Notice(
                text="Tệp thiếu cột «Số định danh». Vẫn đối soát được theo họ tên, ngày sinh, cha mẹ.",
                tone="warn",
                sign="warn",
            ),
            page.Notice(text="Văn bản chưa có số và ngày: chỉ đọc và thử, chưa có hiệu lực.", tone="law", sign="law"),
        ),
    }


def _large_parts() -> dict[str, Any]:
    figure = page.Figure
    return {
        "head": page.PageHead(title="Bộ thành phần", meta=("Mọi thành phần ở một trang, người và nơi đều bịa",)),
        "figures": page.Figures(
            small=True,
            items=(
                figure(value="286", label="lượt đúng hạn (91,1\u00a0%)", tone="ok", sign="ok"),
                figure(value="19", label="lượt trễ hạn", tone="warn", sign="bang", href="#"),
                figure(value="6", label="lượt không thực hiện", tone="bad", sign="no", href="#"),
                figure(value="3", label="lượt được miễn, có căn cứ", sign="none", href="#"),
            ),
        ),
        "group": style_data.task_groups()[1],
        "duties": style_data.duties(),
        "axes": style_data.axes(),
        "axes_wide": style_data.axes(wide=True),
        "heat": style_runs.heat(),
        "run_bar": style_runs.run_bar(),
        "facets": style_runs.run_facets(),
        "panels": (style_runs.permission(), style_runs.refusal(), style_runs.silence()),
        "tally": style_runs.tally(),
        "trend": style_runs.trend(),
        "timeline": _timeline(),
        "scorecard": _scorecard(),
        "summary": work.SummaryList(
            facts=(
                work.Fact(term="Thể thức", value="KT. TỔ TRƯỞNG"),
                work.Fact(term="Con dấu", value="Công an xã Hòa Sơn", aside=marks.clause("Điều 2 khoản 3")),
            )
        ),
        "keys": shortcuts(),
    }


def _timeline() -> work.Timeline:
    event = work.Event
    return work.Timeline(
        events=(
            event(text="Mở biểu quyết mục 3", when="14:44", sign="vote", tone="now"),
            event(text="Kết luận mục 2", when="14:31", sign="ok", tone="ok", note="1 việc giao, Phòng VH–XH"),
            event(text="Khai mạc, điểm danh 10 trên 11", when="14:00", sign="ok", tone="ok"),
        )
    )


def _scorecard() -> tables.Table:
    column, row, group = tables.Column, tables.Row, tables.Group
    heads = ("Bản ghi", "Người", "Đúng", "Đủ", "Sạch", "Sống", "So T9", "Đang mở", "Quá hạn", "Đã chứng minh")
    lines = (("Xã Hòa Sơn", 0.9), ("Xã Nậm Pia", -1.1), ("Phường Bến Ngự", 0.0))
    spark = render_to_string(
        "dean06/parts/spark.html",
        {"it": charts.Spark(values=(93.3, 94.1, 94.0, 94.6, 95.0), label="Năm tháng: từ 93,3 đến 95,0")},
    )
    return tables.Table(
        caption="Bảng điểm theo xã, tháng 10/2026",
        groups=(
            group(label="", span=1),
            group(label="Quy mô", span=2),
            group(label="Bốn trục, %", span=5),
            group(label="Sai lệch", span=3),
            group(label="", span=2),
        ),
        columns=(
            column(label="Xã, phường", pin=True, nowrap=True),
            *(column(label=head, kind="num", starts_group=place in {0, 2, 7}) for place, head in enumerate(heads)),
            column(label="5 tháng", starts_group=True),
            column(label="Nộp lần cuối", nowrap=True),
        ),
        rows=tuple(
            row(
                cells=(
                    *(name, "37.446", "24.310", "96,4", "98,2", "93,7", marks.below("88,9", "90")),
                    *(marks.delta(change), "331", "98", "1.870", spark, "30/10"),
                )
            )
            for name, change in lines
        ),
        total=row(
            cells=(
                *("Cả tỉnh", "486.912", "312.480", "95,9", "97,4", "93,6", "90,4"),
                *(marks.delta(0.7), "9.254", "1.020", "21.377", "", ""),
            )
        ),
    )
