"""Addresses of conduct: commendations, violations, the replacement of a member."""

from __future__ import annotations

from django.urls import URLPattern, path

from dean06.web.pages.conduct import commendations, proposal, replacement, replacements, violations

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
    path("t/<slug:to>/nhan-su/thay/", replacements.replacements, name="replacements"),
    path("t/<slug:to>/nhan-su/thay/moi/<int:seat_id>/", replacements.new, name="replacements-new"),
    path("t/<slug:to>/nhan-su/thay/moi/<int:seat_id>/neu/", replacements.begin, name="replacements-begin"),
    path("t/<slug:to>/nhan-su/thay/<int:replacement_id>/", replacement.one, name="replacements-one"),
    path("t/<slug:to>/nhan-su/thay/<int:replacement_id>/cong-van/", replacement.letter, name="replacements-letter"),
    path("t/<slug:to>/nhan-su/thay/<int:replacement_id>/tra-loi/", replacement.answer, name="replacements-answer"),
    path("t/<slug:to>/nhan-su/thay/<int:replacement_id>/xong/", replacement.carry_out, name="replacements-done"),
    path("t/<slug:to>/nhan-su/thay/<int:replacement_id>/rut/", replacement.withdraw, name="replacements-withdraw"),
]
