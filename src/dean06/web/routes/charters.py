"""Addresses of the charter: reading it, writing it, changing it."""

from __future__ import annotations

from django.urls import URLPattern, path

from dean06.web.pages.charter import (
    begin,
    carried,
    compare,
    draft_moving,
    drafts,
    editor,
    files,
    house_rules,
    norm_form,
    paper,
    text,
)
from dean06.web.pages.group import gaps

urlpatterns: list[URLPattern] = [
    path("t/<slug:to>/quy-che/", text.charter_page, name="charter"),
    path("t/<slug:to>/quy-che/xac-nhan/", text.confirm, name="charter-confirm"),
    path("t/<slug:to>/quy-che/dieu/<str:label>/", text.article, name="charter-article"),
    path("t/<slug:to>/quy-che/so-sanh/", compare.compare, name="charter-compare"),
    path("t/<slug:to>/quy-che/thuc-thi/", carried.carried, name="charter-carried"),
    path("t/<slug:to>/quy-che/tep.<slug:kind>", files.charter_file, name="charter-file"),
    path("t/<slug:to>/quy-che/de-ngo/", gaps.gaps, name="charter-gaps"),
    path("t/<slug:to>/quy-che/de-ngo/dat/", gaps.answer, name="charter-gap"),
    path("t/<slug:to>/quy-che/noi-quy/", house_rules.house_rules, name="charter-house-rules"),
    path("t/<slug:to>/quy-che/soan/", begin.drafts, name="charter-drafts"),
    path("t/<slug:to>/quy-che/soan/lap/", begin.begin, name="charter-draft-begin"),
    path("t/<slug:to>/quy-che/soan/tu-tep/", begin.begin_from_file, name="charter-draft-file"),
    path("t/<slug:to>/quy-che/soan/<int:draft_id>/", drafts.one, name="charter-draft"),
    path("t/<slug:to>/quy-che/soan/<int:draft_id>/thong-qua/", drafts.adopt, name="charter-draft-adopt"),
    path("t/<slug:to>/quy-che/soan/<int:draft_id>/to-trinh/", paper.one, name="charter-draft-paper"),
    path("t/<slug:to>/quy-che/soan/<int:draft_id>/to-trinh/lap/", paper.make, name="charter-draft-paper-make"),
    path("t/<slug:to>/quy-che/soan/<int:draft_id>/to-trinh/sua/", paper.edit, name="charter-draft-paper-edit"),
    path("t/<slug:to>/quy-che/soan/<int:draft_id>/to-trinh/ky/", paper.sign, name="charter-draft-paper-sign"),
    path("t/<slug:to>/quy-che/soan/<int:draft_id>/to-trinh/gui/", paper.send, name="charter-draft-paper-send"),
    path(
        "t/<slug:to>/quy-che/soan/<int:draft_id>/to-trinh/rut/",
        paper.withdraw,
        name="charter-draft-paper-withdraw",
    ),
    path("t/<slug:to>/quy-che/soan/<int:draft_id>/dong-y/", drafts.decide, name="charter-draft-decide"),
    path("t/<slug:to>/quy-che/soan/<int:draft_id>/chuyen/", draft_moving.move, name="charter-draft-move"),
    path("t/<slug:to>/quy-che/soan/<int:draft_id>/bo/", drafts.drop, name="charter-draft-drop"),
    path(
        "t/<slug:to>/quy-che/soan/<int:draft_id>/tinh-huong/",
        drafts.keep_scenario,
        name="charter-draft-scenario",
    ),
    path(
        "t/<slug:to>/quy-che/soan/<int:draft_id>/tinh-huong/bo/",
        drafts.forget_scenario,
        name="charter-draft-forget",
    ),
    path("t/<slug:to>/quy-che/soan/<int:draft_id>/tep/<str:file>/nhan/", editor.take, name="charter-draft-take"),
    path("t/<slug:to>/quy-che/soan/<int:draft_id>/goi.zip", drafts.archive, name="charter-draft-archive"),
    path("t/<slug:to>/quy-che/soan/<int:draft_id>/vai/", editor.head, name="charter-draft-head"),
    path("t/<slug:to>/quy-che/soan/<int:draft_id>/them-dieu/", editor.add, name="charter-draft-add"),
    path("t/<slug:to>/quy-che/soan/<int:draft_id>/tep/<str:file>/", editor.article, name="charter-draft-article"),
    path("t/<slug:to>/quy-che/soan/<int:draft_id>/tep/<str:file>/yaml/", editor.text, name="charter-draft-text"),
    path(
        "t/<slug:to>/quy-che/soan/<int:draft_id>/tep/<str:file>/quy-pham/<str:number>/",
        norm_form.norm,
        name="charter-draft-norm",
    ),
    path(
        "t/<slug:to>/quy-che/soan/<int:draft_id>/tep/<str:file>/quy-pham/<str:number>/bo/",
        norm_form.take_out,
        name="charter-draft-norm-out",
    ),
]
