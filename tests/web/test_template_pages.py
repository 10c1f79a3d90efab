"""A group's own words for its forms: edited section by section, tried, kept, refused at their places, given back."""

from __future__ import annotations

import html
import re

import pytest

from dean06.clock import service as clock
from dean06.flows import paperwork
from dean06.papers import models
from dean06.papers.service import documents, editing, forms
from dean06.web.pages.papers import template_words
from web.neighbours import client

LETTER = "urging_letter"


def page(two, code: str = LETTER) -> str:
    return f"/t/{two.ours.group.slug}/van-ban/mau/{code}/"


def text_of(answer) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.content.decode())))


def worded(code: str = LETTER, **changes: str) -> dict[str, str]:
    return template_words.typed(forms.form(code).template) | changes


@pytest.mark.parametrize("code", [form.code for form in forms.forms()])
def test_the_editor_gives_back_every_shipped_form_as_it_was(code):
    shipped = forms.form(code).template
    assert template_words.read(shipped, template_words.typed(shipped)) == shipped
    fields = [box.id for box in template_words.boxes(forms.form(code), shipped, {})]
    assert len(fields) == len(set(fields))


def test_the_groups_words_are_kept_in_versions_and_its_drafts_are_made_with_them(office_hours):
    browser, where = client(office_hours.ours, "secretariat"), page(office_hours)
    kept = browser.post(where, worded(**{"loi-ket": "Báo cáo {standing} trước {due}, không để chậm"}), follow=True)
    assert "Đã lưu lời của tổ, bản 1" in text_of(kept)
    assert "không để chậm" in text_of(kept)
    account, group = office_hours.ours.account("secretariat"), office_hours.ours.group
    made = paperwork.begin(account, group, LETTER, {"due": "2022-09-01"})
    closing = {one.key: one.text for one in editing.passages(documents.content(made.id))}["ket"]
    assert closing == "Báo cáo Công an huyện Quảng Ninh trước ngày 01 tháng 9 năm 2022, không để chậm"
    listed = text_of(browser.get(f"/t/{group.slug}/van-ban/mau/"))
    assert "2 mẫu dùng lời của tổ" in listed  # the other is the inspection plan's, of all neighbours
    assert "lời của tổ, bản 1" in listed
    back = browser.post(f"{where}ve-goc/", follow=True)
    assert "Đã về mẫu gốc" in text_of(back)
    assert forms.template_of(group.id, LETTER).version == 0
    assert "không để chậm" in browser.get(f"{where}?ban=1").content.decode()
    assert "Tổ đang dùng mẫu gốc" in text_of(browser.post(f"{where}ve-goc/"))


def test_words_are_tried_without_being_kept(office_hours):
    shown = client(office_hours.ours, "secretariat").post(
        page(office_hours), worded(**{"loi-ket": "Lời thử {due} {standing}", "xem-thu": "1"})
    )
    assert "Xem thử với thông tin bịa, chưa lưu" in text_of(shown)
    assert "Lời thử ngày 10 tháng 5 năm 2026" in text_of(shown)
    assert not models.Template.objects.filter(form=LETTER).exists()


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"trich-yeu": " "}, "trich-yeu", "ghi câu trích yếu"),
        ({"loi-ket": "Báo cáo {la_lung} trước {due}"}, "loi-ket", "chỗ trống {la_lung} không có trong mẫu này"),
        ({"mo-dau": "Thực hiện {basis}"}, "mo-dau", "Thiếu thông tin bắt buộc {situation}"),
        ({"muc-yeu-cau-chu": "{item} và {"}, "muc-yeu-cau-chu", "dấu { } không đi đôi"),
    ],
)
def test_what_is_wrong_is_said_at_its_place_and_what_was_typed_stays(office_hours, changes, field, said):
    answer = client(office_hours.ours, "secretariat").post(page(office_hours), worded(**changes))
    shown = answer.content.decode()
    assert answer.status_code == 422
    summary = shown[shown.index("error-summary") : shown.index("cols-form")]
    assert f'href="#{field}"' in summary
    assert said in html.unescape(summary)
    assert f'id="{field}"' in shown
    assert html.escape(next(iter(changes.values())).strip(), quote=True) in shown
    assert not models.Template.objects.filter(form=LETTER).exists()


def test_a_section_is_left_out_and_another_added(office_hours):
    browser, where = client(office_hours.ours, "secretariat"), page(office_hours, "plan")
    gone = {
        "muc-kinh-phi-ten": "",
        "muc-kinh-phi-chu": "",
        "muc-moi-ten": "KIỂM TRA",
        "muc-moi-chu": "Kiểm tra mỗi quý.",
    }
    assert "bản 1" in text_of(browser.post(where, worded("plan", **gone), follow=True))
    parts = forms.template_of(office_hours.ours.group.id, "plan").template.parts
    assert [part.title for part in parts][-1] == "KIỂM TRA"
    assert "kinh-phi" not in {part.key for part in parts}


def test_a_section_is_moved_by_a_button_and_stands_there_once_it_is_kept(office_hours):
    code = "inspection_plan"
    browser, where = client(office_hours.ours, "secretariat"), page(office_hours, code)
    held = forms.template_of(office_hours.ours.group.id, code)
    keys = [part.key for part in held.template.parts]
    post = template_words.typed(held.template) | {"thu-tu": template_words.order(held.template)}
    shown = browser.post(where, post | {"chuyen": f"len:{keys[1]}"}).content.decode()
    order = re.search(r'name="thu-tu" value="([^"]+)"', shown)[1]
    assert [key for key in order.split() if key in keys] == [keys[1], keys[0], *keys[2:]]
    assert shown.index(f'id="muc-{keys[1]}-ten"') < shown.index(f'id="muc-{keys[0]}-ten"')
    assert re.search(rf'value="xuong:{keys[1]}"[^>]*autofocus', shown)  # it is first now: the keyboard stands on "down"
    assert f'value="len:{keys[1]}"' not in shown
    assert forms.template_of(office_hours.ours.group.id, code) == held  # nothing is kept yet
    kept = browser.post(where, post | {"thu-tu": order}, follow=True)
    assert "Đã lưu lời của tổ" in text_of(kept)
    now = forms.template_of(office_hours.ours.group.id, code).template
    assert [part.key for part in now.parts] == [keys[1], keys[0], *keys[2:]]
    odd = browser.post(where, post | {"chuyen": "len:khong-co", "thu-tu": "khong-co"})
    assert odd.status_code == 200


@pytest.mark.parametrize("code", [form.code for form in forms.forms()])
def test_moving_a_section_down_and_up_again_changes_nothing(code):
    shipped = forms.form(code).template
    assert template_words.ordered(shipped, template_words.order(shipped)) == shipped
    for part in shipped.parts[:-1]:
        there = template_words.moved(shipped, f"xuong:{part.key}")
        assert there != shipped
        assert template_words.moved(there, f"len:{part.key}") == shipped


def test_words_that_an_update_outgrew_are_set_aside_and_told(office_hours):
    group = office_hours.ours.group
    words = forms.form(LETTER).template.model_dump(mode="json") | {"closing": "Theo {thong_tin_cu} trước {due}"}
    models.Template.objects.create(
        group_id=group.id,
        form=LETTER,
        version=1,
        words=words,
        account=office_hours.ours.account("clerk"),
        at=clock.now(),
    )
    browser = client(office_hours.ours, "secretariat")
    shown = text_of(browser.get(page(office_hours)))
    assert "Lời riêng của tổ đang để ngoài" in shown
    assert "chỗ trống {thong_tin_cu} không có trong mẫu này" in shown
    assert "lời riêng đang để ngoài" in text_of(browser.get(f"/t/{group.slug}/van-ban/mau/"))


def test_whoever_may_not_set_them_reads_them(office_hours):
    browser = client(office_hours.ours, "member", "BHXH")
    shown = browser.get(page(office_hours)).content.decode()
    assert "<textarea" not in shown
    assert "Thực hiện {basis}" in shown
    assert browser.post(page(office_hours), worded()).status_code == 403
    assert browser.get(page(office_hours, "khong-co")).status_code == 404
