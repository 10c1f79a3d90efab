"""Addresses of conduct."""

from __future__ import annotations

from django.urls import URLPattern, path

from dean06.web.pages.conduct import replacement, replacements

urlpatterns: list[URLPattern] = [
    path("t/<slug:to>/nhan-su/thay/", replacements.replacements, name="replacements"),
    path("t/<slug:to>/nhan-su/thay/moi/<int:seat_id>/", replacements.new, name="replacements-new"),
    path("t/<slug:to>/nhan-su/thay/moi/<int:seat_id>/neu/", replacements.begin, name="replacements-begin"),
    path("t/<slug:to>/nhan-su/thay/<int:replacement_id>/", replacement.one, name="replacements-one"),
    path("t/<slug:to>/nhan-su/thay/<int:replacement_id>/cong-van/", replacement.letter, name="replacements-letter"),
    path("t/<slug:to>/nhan-su/thay/<int:replacement_id>/tra-loi/", replacement.answer, name="replacements-answer"),
    path("t/<slug:to>/nhan-su/thay/<int:replacement_id>/xong/", replacement.carry_out, name="replacements-done"),
    path("t/<slug:to>/nhan-su/thay/<int:replacement_id>/rut/", replacement.withdraw, name="replacements-withdraw"),
]
