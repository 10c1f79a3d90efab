"""Addresses of the charter: reading it, writing it, changing it."""

from __future__ import annotations

from django.urls import URLPattern, path

from dean06.web.pages import (
    charter,
    charter_begin,
    charter_carried,
    charter_compare,
    charter_drafts,
    charter_editor,
    charter_files,
    charter_norm_form,
    charter_paper,
    draft_moving,
    gaps,
    house_rules,
)

urlpatterns: list[URLPattern] = [
    path("t/<slug:to>/quy-che/", charter.charter_page, name="charter"),
    path("t/<slug:to>/quy-che/xac-nhan/", charter.confirm, name="charter-confirm"),
    path("t/<slug:to>/quy-che/dieu/<str:label>/", charter.article, name="charter-article"),
    path("t/<slug:to>/quy-che/so-sanh/", charter_compare.compare, name="charter-compare"),
    path("t/<slug:to>/quy-che/thuc-thi/", charter_carried.carried, name="charter-carried"),
    path("t/<slug:to>/quy-che/tep.<slug:kind>", charter_files.charter_file, name="charter-file"),
    path("t/<slug:to>/quy-che/de-ngo/", gaps.gaps, name="charter-gaps"),
    path("t/<slug:to>/quy-che/de-ngo/dat/", gaps.answer, name="charter-gap"),
    path("t/<slug:to>/quy-che/noi-quy/", house_rules.house_rules, name="charter-house-rules"),
    path("t/<slug:to>/quy-che/soan/", charter_begin.drafts, name="charter-drafts"),
    path("t/<slug:to>/quy-che/soan/lap/", charter_begin.begin, name="charter-draft-begin"),
    path("t/<slug:to>/quy-che/soan/tu-tep/", charter_begin.begin_from_file, name="charter-draft-file"),
    path("t/<slug:to>/quy-che/soan/<int:draft_id>/", charter_drafts.one, name="charter-draft"),
    path("t/<slug:to>/quy-che/soan/<int:draft_id>/thong-qua/", charter_drafts.adopt, name="charter-draft-adopt"),
    path("t/<slug:to>/quy-che/soan/<int:draft_id>/to-trinh/", charter_paper.one, name="charter-draft-paper"),
    path("t/<slug:to>/quy-che/soan/<int:draft_id>/to-trinh/lap/", charter_paper.make, name="charter-draft-paper-make"),
    path("t/<slug:to>/quy-che/soan/<int:draft_id>/to-trinh/sua/", charter_paper.edit, name="charter-draft-paper-edit"),
    path("t/<slug:to>/quy-che/soan/<int:draft_id>/to-trinh/ky/", charter_paper.sign, name="charter-draft-paper-sign"),
    path("t/<slug:to>/quy-che/soan/<int:draft_id>/to-trinh/gui/", charter_paper.send, name="charter-draft-paper-send"),
    path(
        "t/<slug:to>/quy-che/soan/<int:draft_id>/to-trinh/rut/",
        charter_paper.withdraw,
        name="charter-draft-paper-withdraw",
    ),
    path("t/<slug:to>/quy-che/soan/<int:draft_id>/dong-y/", charter_drafts.decide, name="charter-draft-decide"),
    path("t/<slug:to>/quy-che/soan/<int:draft_id>/chuyen/", draft_moving.move, name="charter-draft-move"),
    path("t/<slug:to>/quy-che/soan/<int:draft_id>/bo/", charter_drafts.drop, name="charter-draft-drop"),
    path(
        "t/<slug:to>/quy-che/soan/<int:draft_id>/tinh-huong/",
        charter_drafts.keep_scenario,
        name="charter-draft-scenario",
    ),
    path(
        "t/<slug:to>/quy-che/soan/<int:draft_id>/tinh-huong/bo/",
        charter_drafts.forget_scenario,
        name="charter-draft-forget",
    ),
    path(
        "t/<slug:to>/quy-che/soan/<int:draft_id>/tep/<str:file>/nhan/", charter_editor.take, name="charter-draft-take"
    ),
    path("t/<slug:to>/quy-che/soan/<int:draft_id>/goi.zip", charter_drafts.archive, name="charter-draft-archive"),
    path("t/<slug:to>/quy-che/soan/<int:draft_id>/vai/", charter_editor.head, name="charter-draft-head"),
    path("t/<slug:to>/quy-che/soan/<int:draft_id>/them-dieu/", charter_editor.add, name="charter-draft-add"),
    path(
        "t/<slug:to>/quy-che/soan/<int:draft_id>/tep/<str:file>/", charter_editor.article, name="charter-draft-article"
    ),
    path(
        "t/<slug:to>/quy-che/soan/<int:draft_id>/tep/<str:file>/yaml/", charter_editor.text, name="charter-draft-text"
    ),
    path(
        "t/<slug:to>/quy-che/soan/<int:draft_id>/tep/<str:file>/quy-pham/<str:number>/",
        charter_norm_form.norm,
        name="charter-draft-norm",
    ),
    path(
        "t/<slug:to>/quy-che/soan/<int:draft_id>/tep/<str:file>/quy-pham/<str:number>/bo/",
        charter_norm_form.take_out,
        name="charter-draft-norm-out",
    ),
]
