"""Addresses of notices."""

from __future__ import annotations

from django.urls import URLPattern, path

from dean06.web.pages.notices import choosing, inbox

urlpatterns: list[URLPattern] = [
    path("t/<slug:to>/tin-bao/", inbox.notices, name="notices"),
    path("t/<slug:to>/tin-bao/da-doc/", inbox.mark_all, name="notices-read"),
    path("t/<slug:to>/tin-bao/<int:notice_id>/mo/", inbox.open_one, name="notices-open"),
    path("t/<slug:to>/tin-bao/cach-nhan/", choosing.choosing, name="notices-choices"),
    path("t/<slug:to>/tin-bao/cach-nhan/ghi/", choosing.choose, name="notices-choose"),
    path("t/<slug:to>/tin-bao/cach-nhan/thu/", choosing.enter_mailbox, name="notices-mailbox"),
    path("tin-bao/xac-nhan/<str:token>/", choosing.confirm, name="notices-confirm"),
]
