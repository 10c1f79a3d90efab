"""Addresses of tasks."""

from __future__ import annotations

from django.urls import URLPattern, path

from dean06.web.pages import tasks

urlpatterns: list[URLPattern] = [
    path("t/<slug:to>/nhiem-vu/", tasks.tasks, name="tasks"),
    path("t/<slug:to>/nhiem-vu/<int:task_id>/", tasks.one, name="tasks-one"),
    path("t/<slug:to>/nhiem-vu/<int:task_id>/bao-sua/", tasks.claim, name="tasks-claim"),
    path("t/<slug:to>/nhiem-vu/<int:task_id>/bang-sua.xlsx", tasks.handover, name="tasks-handover"),
]
