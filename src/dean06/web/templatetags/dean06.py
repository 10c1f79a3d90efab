"""The tags of dean06's pages: `{% load dean06 %}`.

`{% w "tiếng Việt" "English" %}` stands where other projects put a translation tag: both sentences are in the template,
the reader's language picks one (see `dean06.web.language`).
"""

from __future__ import annotations

from datetime import date, datetime, time

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput, FileInput, RadioSelect, Select
from django.template import Engine
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from dean06.web import marks, writing
from dean06.web.language import current_language, words
from dean06.web.parts.page import Action
from dean06.web.parts.shape import Part
from dean06.web.parts.work import SignPanel

register = template.Library()


@register.simple_tag
def w(vi: str, en: str) -> str:
    """Choose the Vietnamese or the English words by the reader's language."""
    return words(vi, en)


@register.simple_tag
def lang_code() -> str:
    """Return `vi` or `en`."""
    return current_language()


@register.simple_tag
def sign(name: str) -> SafeString:
    """`{% sign "ok" %}`: one of the 16 px signs."""
    return marks.sign(name)


@register.simple_tag
def clause(label: str, href: str = "", kind: str = "") -> SafeString:
    """`{% clause "Điều 4 khoản 4" href %}`; `kind` is `local` or `reading`."""
    return marks.clause(label, href, kind=kind)


@register.simple_tag
def chip(state: str, word: str = "", sign: str = "") -> SafeString:
    """`{% chip "missed" %}`, or a tone with its own word: `{% chip "warn" "Còn 1 ngày" sign="clock" %}`."""
    return marks.chip(state, word, with_sign=sign)


@register.simple_tag
def verdict(code: str) -> SafeString:
    """`{% verdict row.ket_qua %}`: one of the nine codes of the result file."""
    return marks.verdict(code)


@register.simple_tag
def idno(value: str | None) -> SafeString:
    """`{% idno row.so_dinh_danh %}`: grouped for the eye, copied without spaces."""
    return marks.idno(value)


@register.simple_tag
def pair(file_value: str | None, register_value: str | None) -> SafeString:
    """`{% pair in_file in_register %}`: the file's value over the register's, differing letters marked."""
    return marks.pair(file_value, register_value)


@register.simple_tag
def heading(text: str, level: str, css: str = "", id: str = "") -> SafeString:  # noqa: A002  HTML's own word
    """`{% heading title "2" %}`: a heading whose level depends on where the part stands."""
    name = f"h{int(level)}"
    attributes = format_html_join(
        "", ' {}="{}"', ((key, value) for key, value in (("class", css), ("id", id)) if value)
    )
    return format_html("<{}{}>{}</{}>", name, attributes, text, name)


@register.simple_tag
def bar(done: writing.Number, total: writing.Number, tone: str = "info", label: str = "") -> SafeString:
    """`{% bar done total "ok" %}`: a progress bar without a style attribute."""
    return marks.bar(done, total, tone, label=label)


@register.filter
def vnum(value: writing.Number | None, places: int = 0) -> str:
    """4812 → 4.812; None → –."""
    return writing.number(value, places)


@register.filter
def vpct(value: writing.Number | None, places: int = 1) -> str:
    """0.92 → 92,0 %; None → –."""
    return writing.percent(value, places)


@register.filter
def vdate(value: date | datetime | str | None) -> str:
    """A day as dd/mm/yyyy; `1952-06` as 06/1952."""
    return writing.day(value)


@register.filter
def vtime(value: datetime | time | None) -> str:
    """A time of day as 07:30."""
    return writing.hour(value)


@register.filter
def vwhen(value: datetime | None) -> str:
    """An instant as 10/11/2026 07:30."""
    return writing.instant(value)


@register.filter
def vweekday(value: date) -> str:
    """A day with its name: Thứ Ba, 10/11/2026."""
    return writing.weekday(value)


@register.simple_tag
def deadline(due: date | datetime, today: date) -> SafeString:
    """`{% deadline due today %}`: the days left as a chip, and the bound as the law writes it."""
    left = writing.time_left(due, today)
    return format_html("{}<b>{}</b>", marks.chip(left.tone, left.word, with_sign=left.sign), left.bound)


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """Draw a form field's control with the look's class; Django itself points it at its hint and its errors."""
    widget = field.field.widget
    css = "form-control"
    if isinstance(widget, CheckboxInput | RadioSelect):
        css = "form-check-input"
    elif isinstance(widget, Select):
        css = "form-select"
    attributes: dict[str, str | bool] = {"class": css}
    if isinstance(widget, FileInput) and field.field.required:
        attributes["required"] = "required"
    return field.as_widget(attrs=attributes)


@register.filter
def error_count(form: BaseForm) -> str:
    """How many places of a form must be mended, in words."""
    count = sum(len(errors) for errors in form.errors.values())
    return words(f"{count} chỗ phải sửa", f"{count} thing{'' if count == 1 else 's'} to mend")


@register.filter
def plain_refusal(sentence: str) -> SignPanel:
    """Make the panel for a refusal that came with one sentence, or none."""
    return SignPanel(
        id="vi-sao",
        answer="no",
        sentence=words("Bạn chưa làm được việc này", "You cannot do this yet"),
        detail=str(sentence or words("Vai đang dùng không có việc này.", "The hat in use does not have this.")),
        next_title=words("Làm tiếp", "Next"),
        next_steps=(Action(label=words("Về việc của tôi", "To my work"), href="/", kind="primary", wide=True),),
    )


@register.simple_tag(takes_context=True)
def part(context: template.Context, shown: Part) -> SafeString:
    """`{% part table %}`: draw one of the parts of `dean06.web.parts` with its own template, as `it`."""
    drawn = Engine.get_default().get_template(shown.template)
    with context.push(it=shown):
        return drawn.render(context)
