"""Addresses of tasks and reports."""

from __future__ import annotations

from django.urls import URLPattern, path

from dean06.web.pages import reports, tasks

urlpatterns: list[URLPattern] = [
    path("t/<slug:to>/nhiem-vu/", tasks.tasks, name="tasks"),
    path("t/<slug:to>/nhiem-vu/<int:task_id>/", tasks.one, name="tasks-one"),
    path("t/<slug:to>/nhiem-vu/<int:task_id>/bao-sua/", tasks.claim, name="tasks-claim"),
    path("t/<slug:to>/nhiem-vu/<int:task_id>/bang-sua.xlsx", tasks.handover, name="tasks-handover"),
    path("t/<slug:to>/bao-cao/", reports.reports_page, name="reports"),
    path("t/<slug:to>/bao-cao/<str:month>/", reports.one, name="reports-one"),
    path("t/<slug:to>/bao-cao/<str:month>/lap/", reports.make, name="reports-make"),
    path("t/<slug:to>/bao-cao/<str:month>/sua/", reports.edit, name="reports-edit"),
    path("t/<slug:to>/bao-cao/<str:month>/ky/", reports.sign, name="reports-sign"),
    path("t/<slug:to>/bao-cao/<str:month>/gui/", reports.send, name="reports-send"),
    path("t/<slug:to>/bao-cao/<str:month>/tep.<slug:kind>", reports.file, name="reports-file"),
]
