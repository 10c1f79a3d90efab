"""Addresses of the settings of a group."""

from __future__ import annotations

from django.urls import URLPattern, path

from dean06.web.pages import settings
from dean06.web.pages.group import days_off, qr_choice

urlpatterns: list[URLPattern] = [
    path("t/<slug:to>/cai-dat/ngay-nghi/", days_off.days_off, name="settings-days"),
    path("t/<slug:to>/cai-dat/ngay-nghi/ghi/", days_off.swap, name="settings-swap"),
    path("t/<slug:to>/cai-dat/ngay-nghi/bo/", days_off.unswap, name="settings-unswap"),
    path("t/<slug:to>/cai-dat/", settings.settings, name="settings"),
    path("t/<slug:to>/cai-dat/giao-nguon/", settings.assign, name="settings-assign"),
    path("t/<slug:to>/cai-dat/ky-so-lieu/", settings.span, name="settings-span"),
    path("t/<slug:to>/cai-dat/han-sua/", settings.deadlines, name="settings-deadlines"),
    path("t/<slug:to>/cai-dat/ma-qr/", qr_choice.choose, name="settings-qr"),
    path("t/<slug:to>/ngay/", settings.move_day, name="demo-day"),
]
