"""Signs, clauses, states, verdicts and numbers; and the tags of the same names."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from dean06.web import marks
from harness.tree import PACKAGE

TEMPLATES = PACKAGE / "web" / "templates"
STATIC = PACKAGE / "web" / "static" / "dean06"
SIGNS = set(re.findall(r'<symbol id="s-([a-z0-9]+)"', (TEMPLATES / "dean06" / "signs.svg").read_text()))
STYLES = (STATIC / "components.css").read_text()


@pytest.fixture(autouse=True)
def vietnamese():
    with translation.override("vi"):
        yield


def drawn(source: str, **context: object) -> str:
    return Template("{% load dean06 %}" + source).render(Context(context))


def test_every_state_has_a_tone_a_sign_and_words():
    for code, state in marks.STATES.items():
        assert state.tone in marks.TONES, code
        assert state.sign in SIGNS, code
        assert state.vi, code
        assert state.en, code
        assert f".chip--{state.tone} " in STYLES, code


def test_every_verdict_has_a_sign_a_style_and_words():
    assert len(marks.VERDICTS) == 9
    for code, (sign, vi, en) in marks.VERDICTS.items():
        assert sign in SIGNS
        assert vi != en
        assert f".verdict--{code.lower().replace('_', '-')}" in STYLES
        assert f'data-code="{code}"' in marks.verdict(code)


def test_every_sign_named_in_a_template_exists():
    named = set()
    for path in TEMPLATES.rglob("*.html"):
        named |= set(re.findall(r'{% sign "([a-z0-9]+)" %}|href="#s-([a-z0-9]+)"', path.read_text()))
    assert {one or other for one, other in named} <= SIGNS


def test_a_chip_is_a_known_state_or_a_tone_with_its_own_word():
    assert "Không thực hiện" in marks.chip("missed")
    assert "Còn 1 ngày" in drawn('{% chip "warn" "Còn 1 ngày" sign="clock" %}')
    assert 'chip--warn"' in drawn('{% chip "warn" "Còn 1 ngày" sign="clock" %}')
    with pytest.raises(KeyError):
        marks.chip("unheard_of")
    with pytest.raises(ValueError, match="needs a word"):
        marks.chip("ok")


def test_a_clause_is_a_link_where_there_is_somewhere_to_go():
    assert drawn('{% clause "Điều 4 khoản 4" "/quy-che/#d4k4" %}').startswith(
        '<a class="clause" href="/quy-che/#d4k4">'
    )
    assert drawn('{% clause "Điều 4" %}').startswith('<span class="clause">')
    assert "clause--local" in drawn('{% clause "Quy ước số 3" "" "local" %}')
    assert "cách hiểu" in drawn('{% clause "Điều 6 khoản 10" "" "reading" %}')


def test_labels_from_data_are_escaped():
    hostile = '"><script>x</script>'
    shown = (marks.clause(hostile, hostile), marks.chip("ok", hostile, with_sign="ok"), marks.idno(hostile))
    assert all("<script" not in one for one in shown)
    assert "<script" not in drawn('{% w v v %}{% heading v "2" %}', v=hostile)


@pytest.mark.parametrize(
    ("number", "groups"),
    [
        ("099052011874", ["099", "052", "011874"]),
        ("145678901", ["145", "678", "901"]),
        ("12A", None),
        ("1234567", None),
    ],
)
def test_an_identity_number_is_grouped_and_copies_without_spaces(number, groups):
    shown = marks.idno(number)
    assert re.sub(r"<[^>]+>", "", shown) == number
    assert re.findall(r"<span>([^<]+)</span>", shown) == (groups or [])


def test_no_number_is_a_dash():
    assert marks.idno(None) == "–"


@pytest.mark.parametrize(("done", "total", "width"), [(61, 98, "62.2"), (5, 4, "100.0"), (1, 0, "0.0"), (-1, 4, "0.0")])
def test_a_bar_stays_inside_its_frame(done, total, width):
    assert f'width="{width}"' in marks.bar(done, total)


def test_a_change_has_an_arrow_and_a_word():
    assert "giảm" in marks.delta(-1.4)
    assert "tăng" in marks.delta(0.6)
    assert "không đổi" in marks.delta(0.04)
    assert "–" in marks.delta(None)
    assert "dưới ngưỡng 90" in marks.below("88,9", "90")


def test_two_languages_stand_side_by_side():
    source = '{% w "Việc của tôi" "My work" %}'
    assert drawn(source) == "Việc của tôi"
    with translation.override("en"):
        assert drawn(source) == "My work"
        assert "Not found" in drawn('{% verdict "KHONG_TIM_THAY" %}')


def test_filters_write_as_the_page_writes():
    source = "{{ n|vnum }}|{{ r|vpct }}|{{ d|vdate }}|{{ d|vweekday }}"
    assert drawn(source, n=4812, r=0.92, d=date(2026, 11, 10)) == "4.812|92,0\u00a0%|10/11/2026|Thứ Ba, 10/11/2026"


def test_a_deadline_is_a_chip_and_a_bound():
    shown = drawn("{% deadline due today %}", due=date(2026, 11, 8), today=date(2026, 11, 10))
    assert "Quá hạn 2 ngày" in shown
    assert "<b>08/11/2026</b>" in shown


class Assignment(forms.Form):
    due = forms.DateField(label="Hạn", help_text="Ví dụ 25/11/2026", error_messages={"invalid": "Hạn phải là một ngày"})
    agency = forms.ChoiceField(label="Cơ quan", choices=[("YT", "Trạm Y tế")])
    listed = forms.BooleanField(label="Kèm danh sách", required=False)


def test_a_field_points_at_its_hint_and_error_and_the_summary_at_the_field():
    form = Assignment({"due": "<b>mai</b>", "agency": "YT"})
    field = drawn('{% include "dean06/parts/field.html" with field=form.due %}', form=form)
    assert 'aria-describedby="id_due_helptext id_due_error"' in field
    assert 'aria-invalid="true"' in field
    assert 'id="id_due_error"' in field
    assert "<b>mai" not in field
    assert 'value="&lt;b&gt;mai&lt;/b&gt;"' in field
    summary = drawn('{% include "dean06/parts/error_summary.html" %}', form=form)
    assert '<a href="#id_due">Hạn phải là một ngày</a>' in summary
    assert "1 chỗ phải sửa" in summary
    assert drawn('{% include "dean06/parts/error_summary.html" %}', form=Assignment()).strip() == ""


def test_controls_take_the_look():
    form = Assignment()
    classes = [re.search(r'class="([^"]+)"', drawn("{% control f %}", f=field))[1] for field in form]
    assert classes == ["form-control", "form-select", "form-check-input"]


def test_templates_have_no_inline_style_or_script():
    for path in TEMPLATES.rglob("*.html"):
        text = path.read_text()
        assert not re.search(r"\sstyle=|\son\w+=|<style|<script(?![^>]*\ssrc=)|javascript:", text), path.name
