"""Addresses of meetings, written rounds and calendars."""

from __future__ import annotations

from django.urls import URLPattern, path

from dean06.web.pages.meetings import acts, feeds, forms, listed, live, one, rounds

HOP = "t/<slug:to>/hop/"
ONE = f"{HOP}<int:meeting_id>/"
ROUND = f"{HOP}lay-y-kien/<int:round_id>/"

urlpatterns: list[URLPattern] = [
    path(HOP, listed.listed, name="meetings"),
    path(f"{HOP}moi/", forms.new, name="meetings-new"),
    path(f"{HOP}ket-luan/", feeds.conclusions, name="meetings-conclusions"),
    path(f"{HOP}lich/", feeds.feeds, name="meetings-feeds"),
    path(f"{HOP}lich/lap/", feeds.make, name="meetings-feeds-make"),
    path(f"{HOP}lich/thu-hoi/", feeds.revoke, name="meetings-feeds-revoke"),
    path(f"{HOP}lay-y-kien/", rounds.listed, name="meetings-rounds"),
    path(f"{HOP}lay-y-kien/moi/", rounds.new, name="meetings-round-new"),
    path(ROUND, rounds.one, name="meetings-round"),
    path(f"{ROUND}tra-loi/", rounds.answer, name="meetings-round-answer"),
    path(f"{ROUND}nhac/", rounds.remind, name="meetings-round-remind"),
    path(f"{ROUND}chot/", rounds.close, name="meetings-round-close"),
    path(f"{ROUND}van-ban/", rounds.write_paper, name="meetings-round-paper"),
    path(f"{ROUND}tep/<slug:sha256>/", rounds.file, name="meetings-round-file"),
    path(ONE, one.one, name="meetings-one"),
    path(f"{ONE}sua/", forms.edit, name="meetings-edit"),
    path(f"{ONE}noi-dung/", acts.agenda, name="meetings-agenda"),
    path(f"{ONE}duyet/", acts.approve, name="meetings-approve"),
    path(f"{ONE}san-sang/", acts.content, name="meetings-content"),
    path(f"{ONE}trieu-tap/", acts.convene, name="meetings-convene"),
    path(f"{ONE}huy/", acts.call_off, name="meetings-call-off"),
    path(f"{ONE}chep/", acts.copy, name="meetings-copy"),
    path(f"{ONE}thanh-phan/", acts.invitees, name="meetings-invitees"),
    path(f"{ONE}tai-lieu/", acts.papers_on_table, name="meetings-papers"),
    path(f"{ONE}tep/<slug:sha256>/", acts.file, name="meetings-file"),
    path(f"{ONE}bao-cao/", acts.report, name="meetings-report"),
    path(f"{ONE}bao-vang/", acts.absence, name="meetings-absence"),
    path(f"{ONE}dong-y-vang/", acts.consent, name="meetings-consent"),
    path(f"{ONE}ket-luan/", acts.conclusion, name="meetings-conclusion"),
    path(f"{ONE}giao-viec/", acts.assign, name="meetings-assign"),
    path(f"{ONE}van-ban/", acts.write_paper, name="meetings-paper"),
    path(f"{ONE}lich.ics", feeds.ics, name="meetings-ics"),
    path(f"{ONE}dieu-hanh/", live.live, name="meetings-live"),
    path(f"{ONE}man-hinh/", live.screen, name="meetings-screen"),
    path(f"{ONE}vao/<str:code>/", live.sign_in, name="meetings-sign-in"),
    path(f"{ONE}khai-mac/", live.open_it, name="meetings-open"),
    path(f"{ONE}be-mac/", live.close, name="meetings-close"),
    path(f"{ONE}muc/", live.item, name="meetings-item"),
    path(f"{ONE}diem-danh/", live.roll, name="meetings-roll"),
    path(f"{ONE}bieu-quyet/", live.vote, name="meetings-vote"),
    path(f"{ONE}phieu/", live.ballot, name="meetings-ballot"),
    path(f"{ONE}phieu-giay/", live.paper_ballots, name="meetings-paper-ballots"),
    path(f"{ONE}quyet-dinh/", live.decide, name="meetings-decide"),
    path("lich/<str:token>.ics", feeds.feed, name="calendar-feed"),
]
