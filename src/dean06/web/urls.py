"""Addresses of the pages, one line a page. Pages of a group stand under its slug; a stranger finds nothing there."""

from __future__ import annotations

from django.contrib.auth.views import LogoutView
from django.urls import URLPattern, path

from dean06.web import reader, views_language, views_style
from dean06.web.pages import desk, entry, tasks

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
]
