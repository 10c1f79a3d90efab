"""Addresses of tasks and reports."""

from __future__ import annotations

from django.urls import URLPattern, path

from dean06.web.pages import tasks
from dean06.web.pages.reports import months

urlpatterns: list[URLPattern] = [
    path("t/<slug:to>/nhiem-vu/", tasks.tasks, name="tasks"),
    path("t/<slug:to>/nhiem-vu/<int:task_id>/", tasks.one, name="tasks-one"),
    path("t/<slug:to>/nhiem-vu/<int:task_id>/bao-sua/", tasks.claim, name="tasks-claim"),
    path("t/<slug:to>/nhiem-vu/<int:task_id>/bang-sua.xlsx", tasks.handover, name="tasks-handover"),
    path("t/<slug:to>/bao-cao/", months.reports_page, name="reports"),
    path("t/<slug:to>/bao-cao/<str:month>/", months.one, name="reports-one"),
    path("t/<slug:to>/bao-cao/<str:month>/lap/", months.make, name="reports-make"),
    path("t/<slug:to>/bao-cao/<str:month>/sua/", months.edit, name="reports-edit"),
    path("t/<slug:to>/bao-cao/<str:month>/ky/", months.sign, name="reports-sign"),
    path("t/<slug:to>/bao-cao/<str:month>/gui/", months.send, name="reports-send"),
    path("t/<slug:to>/bao-cao/<str:month>/tep.<slug:kind>", months.file, name="reports-file"),
]
