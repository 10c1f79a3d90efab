"""Addresses of what was owed, and what passes on when a group ends."""

from __future__ import annotations

from django.urls import URLPattern, path

from dean06.web.pages.compliance import board, statement
from dean06.web.pages.succession import ending

urlpatterns: list[URLPattern] = [
    path("t/<slug:to>/ban-giao/", ending.successions, name="succession"),
    path("t/<slug:to>/ban-giao/lap/", ending.begin, name="succession-begin"),
    path("t/<slug:to>/ban-giao/<int:succession_id>/", ending.one, name="succession-one"),
    path("t/<slug:to>/ban-giao/<int:succession_id>/luu/", ending.save, name="succession-save"),
    path("t/<slug:to>/ban-giao/<int:succession_id>/xac-nhan/", ending.confirm, name="succession-confirm"),
    path("t/<slug:to>/ban-giao/<int:succession_id>/bo/", ending.drop, name="succession-drop"),
    path("t/<slug:to>/ban-giao/<int:succession_id>/bien-ban.json", ending.file, name="succession-file"),
    path("t/<slug:to>/tuan-thu/", board.board, name="compliance"),
    path("t/<slug:to>/tuan-thu/giai-trinh/", board.explain, name="compliance-explain"),
    path("t/<slug:to>/tuan-thu/giai-trinh/<int:reply_id>/", board.weigh, name="compliance-weigh"),
    path("t/<slug:to>/tuan-thu/<str:month>/", statement.statement, name="compliance-statement"),
    path("t/<slug:to>/tuan-thu/<str:month>/chot/", board.freeze, name="compliance-freeze"),
    path(
        "t/<slug:to>/tuan-thu/<str:month>/ban.json",
        statement.statement_file,
        name="compliance-statement-file",
    ),
]
