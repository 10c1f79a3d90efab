"""Addresses of the pages, one line a page. Pages of a group stand under its slug; a stranger finds nothing there."""

from __future__ import annotations

from django.contrib.auth.views import LogoutView
from django.urls import URLPattern, path

from dean06.web import reader, views_language, views_style
from dean06.web.pages import (
    charter,
    deliveries,
    desk,
    entry,
    findings,
    ledger,
    reports,
    runs,
    scores,
    searching,
    settings,
    tasks,
)

urlpatterns: list[URLPattern] = [
    path("", reader.home, name="home"),
    path("dang-nhap/", entry.SignIn.as_view(), name="sign-in"),
    path("dang-xuat/", LogoutView.as_view(), name="sign-out"),
    path("chua-co-vi-tri/", entry.no_seat, name="no-seat"),
    path("ngon-ngu/", views_language.choose, name="language"),
    path("kieu-mau/", views_style.guide, name="style-guide"),
    path("kieu-mau/<slug:name>/", views_style.sample, name="style-sample"),
    path("t/<slug:to>/", desk.desk, name="desk"),
    path("t/<slug:to>/nhiem-vu/", tasks.tasks, name="tasks"),
    path("t/<slug:to>/nhiem-vu/<int:task_id>/", tasks.one, name="tasks-one"),
    path("t/<slug:to>/nhiem-vu/<int:task_id>/bao-sua/", tasks.claim, name="tasks-claim"),
    path("t/<slug:to>/nhiem-vu/<int:task_id>/bang-sua.xlsx", tasks.handover, name="tasks-handover"),
    path("t/<slug:to>/doi-soat/", deliveries.deliveries, name="deliveries"),
    path("t/<slug:to>/doi-soat/nop/", deliveries.hand_in, name="deliveries-new"),
    path("t/<slug:to>/doi-soat/lan-nop/<int:delivery_id>/", deliveries.one, name="deliveries-one"),
    path("t/<slug:to>/doi-soat/lan-nop/<int:delivery_id>/rut/", deliveries.undo, name="deliveries-undo"),
    path("t/<slug:to>/doi-soat/luot/<int:run_id>/", runs.one, name="runs-one"),
    path("t/<slug:to>/doi-soat/luot/<int:run_id>/muc-dich/", runs.purpose, name="runs-purpose"),
    path("t/<slug:to>/doi-soat/luot/<int:run_id>/ket-qua.<slug:kind>", runs.download, name="runs-file"),
    path("t/<slug:to>/sai-lech/", findings.findings, name="findings"),
    path("t/<slug:to>/sai-lech/giao/", findings.order, name="findings-order"),
    path("t/<slug:to>/bang-diem/", scores.scorecard, name="scores"),
    path("t/<slug:to>/bao-cao/", reports.reports_page, name="reports"),
    path("t/<slug:to>/bao-cao/<str:month>/", reports.one, name="reports-one"),
    path("t/<slug:to>/bao-cao/<str:month>/lap/", reports.make, name="reports-make"),
    path("t/<slug:to>/bao-cao/<str:month>/sua/", reports.edit, name="reports-edit"),
    path("t/<slug:to>/bao-cao/<str:month>/ky/", reports.sign, name="reports-sign"),
    path("t/<slug:to>/bao-cao/<str:month>/gui/", reports.send, name="reports-send"),
    path("t/<slug:to>/bao-cao/<str:month>/tep.<slug:kind>", reports.file, name="reports-file"),
    path("t/<slug:to>/van-ban/", reports.papers_page, name="papers"),
    path("t/<slug:to>/van-ban/<int:paper_id>/tep.<slug:kind>", reports.paper_file, name="papers-file"),
    path("t/<slug:to>/quy-che/", charter.charter_page, name="charter"),
    path("t/<slug:to>/quy-che/dieu/<str:label>/", charter.article, name="charter-article"),
    path("t/<slug:to>/so-ghi/", ledger.ledger_page, name="ledger"),
    path("t/<slug:to>/cai-dat/", settings.settings, name="settings"),
    path("t/<slug:to>/cai-dat/giao-nguon/", settings.assign, name="settings-assign"),
    path("t/<slug:to>/cai-dat/ky-so-lieu/", settings.span, name="settings-span"),
    path("t/<slug:to>/cai-dat/vang-mat/", settings.absence, name="settings-absence"),
    path("t/<slug:to>/ngay/", settings.move_day, name="demo-day"),
    path("t/<slug:to>/tim/", searching.search, name="search"),
]
