"""Addresses of what was owed, and what passes on when a group ends."""

from __future__ import annotations

from django.urls import URLPattern, path

from dean06.web.pages import compliance, compliance_statement, succession

urlpatterns: list[URLPattern] = [
    path("t/<slug:to>/ban-giao/", succession.successions, name="succession"),
    path("t/<slug:to>/ban-giao/lap/", succession.begin, name="succession-begin"),
    path("t/<slug:to>/ban-giao/<int:succession_id>/", succession.one, name="succession-one"),
    path("t/<slug:to>/ban-giao/<int:succession_id>/luu/", succession.save, name="succession-save"),
    path("t/<slug:to>/ban-giao/<int:succession_id>/xac-nhan/", succession.confirm, name="succession-confirm"),
    path("t/<slug:to>/ban-giao/<int:succession_id>/bo/", succession.drop, name="succession-drop"),
    path("t/<slug:to>/ban-giao/<int:succession_id>/bien-ban.json", succession.file, name="succession-file"),
    path("t/<slug:to>/tuan-thu/", compliance.board, name="compliance"),
    path("t/<slug:to>/tuan-thu/giai-trinh/", compliance.explain, name="compliance-explain"),
    path("t/<slug:to>/tuan-thu/giai-trinh/<int:reply_id>/", compliance.weigh, name="compliance-weigh"),
    path("t/<slug:to>/tuan-thu/<str:month>/", compliance_statement.statement, name="compliance-statement"),
    path("t/<slug:to>/tuan-thu/<str:month>/chot/", compliance.freeze, name="compliance-freeze"),
    path(
        "t/<slug:to>/tuan-thu/<str:month>/ban.json",
        compliance_statement.statement_file,
        name="compliance-statement-file",
    ),
]
