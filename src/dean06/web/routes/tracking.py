"""Addresses of the registers of the group's work."""

from __future__ import annotations

from django.urls import URLPattern, path

from dean06.web.pages.tracking import acts, books, choosing, entering, leaving, one, table

BOOK = "t/<slug:to>/so-theo-doi/<slug:register>/"
ENTRY = f"{BOOK}<int:entry_id>/"

urlpatterns: list[URLPattern] = [
    path("t/<slug:to>/so-theo-doi/", books.all_books, name="tracking"),
    path(BOOK, books.one_book, name="tracking-list"),
    path(f"{BOOK}in.pdf", leaving.printed_book, name="tracking-print"),
    path(f"{BOOK}moi/", entering.new, name="tracking-new"),
    path(f"{BOOK}lap-san/", acts.fill, name="tracking-fill"),
    path(f"{BOOK}nhap-bang/", table.take, name="tracking-take"),
    path(f"{BOOK}nhap-bang/ghi/", table.take_in, name="tracking-take-in"),
    path(f"{BOOK}tuy-chon/", choosing.choices, name="tracking-choices"),
    path(ENTRY, one.one, name="tracking-one"),
    path(f"{ENTRY}sua/", entering.edit, name="tracking-edit"),
    path(f"{ENTRY}chuyen/<slug:move>/", entering.move, name="tracking-move"),
    path(f"{ENTRY}hoan-tac/", acts.undo, name="tracking-undo"),
    path(f"{ENTRY}lien-ket/", acts.link, name="tracking-link"),
    path(f"{ENTRY}lien-ket/bo/", acts.unlink, name="tracking-unlink"),
    path(f"{ENTRY}giao-viec/", acts.task, name="tracking-task"),
    path(f"{ENTRY}tep/", acts.put, name="tracking-put"),
    path(f"{ENTRY}tep/rut/", acts.take_out, name="tracking-take-out"),
    path(f"{ENTRY}tep/<int:evidence_id>/", acts.evidence, name="tracking-evidence"),
]
