"""Whole sample pages of the style guide, each made of parts as a real page is."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string

from dean06.web import style_data, style_papers, style_runs, views_errors
from dean06.web.parts import page, work
from dean06.web.writing import number

ROWS = 4812
STEP = 1604


class SignInSample(forms.Form):
    """A sign-in form."""

    username = forms.CharField(label="Tên đăng nhập", widget=forms.TextInput(attrs={"autocomplete": "username"}))
    password = forms.CharField(label="Mật khẩu", widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))


class UploadSample(forms.Form):
    """A form with a file."""

    delivery = forms.FileField(label="Tệp của kỳ này", help_text="Tệp .xlsx, .xls hoặc .csv")


def shortcuts() -> page.Keys:
    """The shortcuts of a run's page."""
    shortcut = page.Shortcut
    return page.Keys(
        items=(
            shortcut(keys=("J", "K"), does="dòng sau, dòng trước"),
            shortcut(keys=("Enter",), does="mở dòng"),
            shortcut(keys=("1", "–", "3"), does="chọn cách xử lý"),
            shortcut(keys=("Ctrl", "Enter"), does="ghi và sang dòng sau"),
            shortcut(keys=("U",), does="hoàn tác"),
        )
    )


def _work(request: HttpRequest) -> HttpResponse:
    shown = {
        "frame": style_data.frame("Việc của tôi"),
        "head": style_data.work_head(),
        "groups": style_data.task_groups(),
        "duties": style_data.duties(),
        "axes": style_data.axes(),
    }
    return render(request, "dean06/style/work.html", shown)


def _run(request: HttpRequest) -> HttpResponse:
    detail = render_to_string("dean06/style/row.html", {"compare": style_runs.compared()}, request)
    shown = {
        "frame": style_data.frame("Đối soát"),
        "head": style_runs.run_head(),
        "run_bar": style_runs.run_bar(),
        "facets": style_runs.run_facets(),
        "table": style_runs.run_table(detail),
        "keys": shortcuts(),
    }
    return render(request, "dean06/style/run.html", shown)


def _paper(request: HttpRequest) -> HttpResponse:
    steps = ("Soạn", "Thẩm tra số liệu và thể thức", "Ký", "Cấp số, đóng dấu", "Gửi và lưu")
    shown = {
        "frame": style_data.frame("Văn bản"),
        "head": style_papers.report_head(),
        "stepper": work.Stepper(steps=steps, current=3, label="Tiến trình văn bản"),
        "paper": style_papers.report(),
        "panels": (style_runs.refusal(), style_runs.silence()),
    }
    return render(request, "dean06/style/paper.html", shown)


def _law(request: HttpRequest) -> HttpResponse:
    shown = {
        "frame": style_data.frame("Quy chế"),
        "head": page.PageHead(title="Quy chế mẫu của Tổ công tác", meta=("11 điều, 58 nghĩa vụ, 34 quyền",)),
        "contents": style_papers.contents(),
        "provisions": style_papers.provisions(),
        "norm": style_papers.norm(),
    }
    return render(request, "dean06/style/law.html", shown)


def _upload(request: HttpRequest) -> HttpResponse:
    """Take a file and forget it; by htmx the answer sends the browser on, by form it redirects."""
    if request.method == "POST":
        if getattr(request, "htmx", False):
            return HttpResponse(headers={"HX-Redirect": "/kieu-mau/chay/"})
        return HttpResponseRedirect("/kieu-mau/chay/")
    head = page.PageHead(title="Nộp tệp")
    return render(
        request,
        "dean06/style/upload.html",
        {"frame": style_data.frame("Đối soát"), "head": head, "form": UploadSample()},
    )


def _running(request: HttpRequest) -> HttpResponse:
    """Show a job that goes on a step at each question and is done at the third."""
    asked = request.GET.get("buoc", "0")
    step = min(3, int(asked)) if asked.isdecimal() else 0
    done = step * STEP
    job = work.Job(
        id="viec-chay",
        title="Đang đối soát: nguoi-cao-tuoi-10.xlsx" if step < 3 else "Đã đối soát: nguoi-cao-tuoi-10.xlsx",
        done=done,
        total=ROWS,
        line=f"{number(done)} trên {number(ROWS)} dòng",
        poll_href=f"/kieu-mau/chay/?buoc={step + 1}" if step < 3 else "",
        stop_href="/kieu-mau/" if step < 3 else "",
    )
    if getattr(request, "htmx", False):
        return HttpResponse(render_to_string(job.template, {"it": job}, request))
    head = page.PageHead(title="Lượt đối soát đang chạy")
    return render(
        request, "dean06/style/upload.html", {"frame": style_data.frame("Đối soát"), "head": head, "job": job}
    )


def _sign_in(request: HttpRequest) -> HttpResponse:
    accounts = (
        {"full_name": "Trần Thu Hạnh", "note": "Tổ trưởng, xã Hòa Sơn", "username": "hanh"},
        {"full_name": "Đinh Hải Yến", "note": "Thành viên, Phòng Văn hóa – Xã hội", "username": "yen"},
    )
    shown = {"form": SignInSample(), "demo_accounts": accounts, "demo_password": "mat-khau-bia"}
    return render(request, "dean06/sign_in.html", shown)


def _refused(request: HttpRequest) -> HttpResponse:
    return views_errors.refused(request, style_runs.refusal())


def _told(template: str, status: int) -> Callable[[HttpRequest], HttpResponse]:
    def page_of(request: HttpRequest) -> HttpResponse:
        return render(request, template, {"frame": style_data.demo_frame(), "limit_mb": 200}, status=status)

    return page_of


SAMPLES: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "viec": _work,
    "doi-soat": _run,
    "van-ban": _paper,
    "quy-che": _law,
    "nop": _upload,
    "chay": _running,
    "dang-nhap": _sign_in,
    "403": _refused,
    "404": _told("404.html", 404),
    "413": _told("413.html", 413),
    "429": _told("429.html", 429),
    "500": _told("500.html", 500),
}
