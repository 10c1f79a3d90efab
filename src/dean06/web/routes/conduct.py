"""Addresses of conduct."""

from __future__ import annotations

from django.urls import URLPattern, path

from dean06.web.pages.conduct import replacements as pages

urlpatterns: list[URLPattern] = [
    path("t/<slug:to>/nhan-su/thay/", pages.replacements, name="replacements"),
    path("t/<slug:to>/nhan-su/thay/moi/<int:seat_id>/", pages.new, name="replacements-new"),
    path("t/<slug:to>/nhan-su/thay/moi/<int:seat_id>/neu/", pages.begin, name="replacements-begin"),
    path("t/<slug:to>/nhan-su/thay/<int:replacement_id>/", pages.one, name="replacements-one"),
    path("t/<slug:to>/nhan-su/thay/<int:replacement_id>/cong-van/", pages.letter, name="replacements-letter"),
    path("t/<slug:to>/nhan-su/thay/<int:replacement_id>/tra-loi/", pages.answer, name="replacements-answer"),
    path("t/<slug:to>/nhan-su/thay/<int:replacement_id>/xong/", pages.carry_out, name="replacements-done"),
    path("t/<slug:to>/nhan-su/thay/<int:replacement_id>/rut/", pages.withdraw, name="replacements-withdraw"),
]
