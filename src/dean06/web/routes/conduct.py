"""Addresses of commendations and violations."""

from __future__ import annotations

from django.urls import URLPattern, path

from dean06.web.pages.conduct import commendations, proposal, violations

PRAISE = "t/<slug:to>/khen-thuong/"
ONE = f"{PRAISE}<int:commendation_id>/"
FILES = "t/<slug:to>/vi-pham/"
FILE = f"{FILES}<int:violation_id>/"

urlpatterns: list[URLPattern] = [
    path(PRAISE, commendations.commendations, name="commendations"),
    path(f"{PRAISE}moi/", proposal.new, name="commendations-new"),
    path(ONE, commendations.one, name="commendations-one"),
    path(f"{ONE}khen/", commendations.grant, name="commendations-grant"),
    path(f"{ONE}trinh/", commendations.submit, name="commendations-submit"),
    path(f"{ONE}ket-qua/", commendations.record, name="commendations-record"),
    path(f"{ONE}rut/", commendations.withdraw, name="commendations-withdraw"),
    path(f"{ONE}van-ban/", commendations.draft, name="commendations-draft"),
    path(FILES, violations.violations, name="violations"),
    path(f"{FILES}nguoi-xem/", violations.set_readers, name="violations-readers"),
    path(f"{FILES}moi/", violations.new, name="violations-new"),
    path(FILE, violations.one, name="violations-one"),
    path(f"{FILE}muc-dich/", violations.purpose, name="violations-purpose"),
    path(f"{FILE}trinh-bay/", violations.hear, name="violations-hear"),
    path(f"{FILE}xu-ly/", violations.handle, name="violations-handle"),
    path(f"{FILE}chuyen/", violations.pass_on, name="violations-pass"),
    path(f"{FILE}ket-thuc/", violations.drop, name="violations-drop"),
    path(f"{FILE}bien-ban/", violations.printed, name="violations-print"),
]
