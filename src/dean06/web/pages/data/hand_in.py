"""Nộp dữ liệu: a file and what is said of it; received at once, read and matched in the background."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from django import forms
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from dean06.clock.errors import HouseError
from dean06.flows import intake as journey
from dean06.flows.intake import HandIn
from dean06.jobs import service as jobs
from dean06.sources.types import DeliveryInfo
from dean06.web.language import words
from dean06.web.pages.uploads import file_name, unfit
from dean06.web.parts.page import Link, PageHead
from dean06.web.reader import Reader, group_page

LIMIT_MB = 200
MONTHS = 18
PERIOD = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])")

__all__ = ["hand_in"]


def _months(reader: Reader, asked: str) -> list[tuple[str, str]]:
    """Return the months a list may be of: the group's month and those before it, and the one the address names."""
    this = reader.today.year * 12 + reader.today.month - 1
    listed = [f"{place // 12}-{place % 12 + 1:02d}" for place in range(this, this - MONTHS, -1)]
    if PERIOD.fullmatch(asked) and asked not in listed:
        listed.append(asked)
    return [(month, words(f"tháng {month[5:]}/{month[:4]}", f"{month[5:]}/{month[:4]}")) for month in listed]


class HandInForm(forms.Form):
    """A file and what is said of it."""

    nguon = forms.ChoiceField()
    ky = forms.ChoiceField()
    co_quan = forms.ChoiceField()
    tep = forms.FileField()
    du_ca = forms.BooleanField(required=False)

    def __init__(self, reader: Reader, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's form takes what a request gives
        own = reader.own_agencies
        mine = [held.source for held in reader.standing.values() if held.agency in own]
        known = reader.contracts.lists()
        asked = str(self.data.get("ky") or self.initial.get("ky") or "")
        self._choose(
            "nguon", [(code, words(known[code].title.vi, known[code].title.en)) for code in _first(mine, known)]
        )
        self._choose("ky", _months(reader, asked))
        self._choose("co_quan", [(code, reader.agency(code)) for code in _first(own, reader.agencies)])
        self._say()

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def _say(self) -> None:
        nguon, ky, co_quan, tep, du_ca = (self.fields[name] for name in ("nguon", "ky", "co_quan", "tep", "du_ca"))
        nguon.label = words("Nguồn dữ liệu", "Source")
        ky.label = words("Kỳ", "Period")
        co_quan.label = words("Cơ quan nộp", "Delivering agency")
        tep.label = words("Tệp", "File")
        tep.help_text = words(
            f"Excel (.xlsx, .xls), .csv hoặc .parquet, tối đa {LIMIT_MB} MB",
            f".xlsx, .xls, .csv, .parquet, up to {LIMIT_MB} MB",
        )
        tep.widget.attrs["accept"] = ".xlsx,.xls,.csv,.parquet"
        du_ca.label = words("Đây là danh sách đầy đủ của kỳ", "This is the whole list of the period")
        du_ca.help_text = words(
            "Chỉ đánh dấu khi chắc chắn: ai không còn tên sẽ được hiểu là đã đưa ra khỏi danh sách.",
            "Only when sure: whoever is no longer on it is taken to have been removed.",
        )


def _first(some: Iterable[str], everything: Iterable[str]) -> list[str]:
    """Return all codes, some of them first."""
    known = list(everything)
    return [code for code in dict.fromkeys([*some, *known]) if code in known]


def _on_disk(upload: object) -> Path:
    """Return the temporary file of an upload; every upload is on disk, none in memory."""
    if not isinstance(upload, TemporaryUploadedFile):
        raise TypeError("an upload lies on disk")
    return Path(upload.temporary_file_path())


def _receive(reader: Reader, form: HandInForm) -> DeliveryInfo | None:
    """Receive the file under its own kind of name; a refusal stands at its field."""
    given = form.cleaned_data
    upload = given["tep"]
    path = _on_disk(upload)
    named = path.with_suffix(Path(upload.name).suffix.lower() or ".bin")
    path.rename(named)
    try:
        said = HandIn(
            source=given["nguon"],
            period=given["ky"],
            agency=given["co_quan"],
            file=named,
            file_name=file_name(upload),
            complete=given["du_ca"],
        )
        return journey.hand_in(reader.account, reader.group, said)
    except HouseError as problem:
        if problem.exit_code != 3:
            raise
        form.add_error("tep", words(problem.vi, problem.en))
        return None
    finally:
        named.rename(path)


@group_page
def hand_in(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Take a file: receive it at once, read and match it in the background."""
    if (refusal := unfit(request, LIMIT_MB, reader.url("deliveries-new"))) is not None:
        return refusal
    form = HandInForm(reader, request.POST or None, request.FILES or None, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        received = _receive(reader, form)
        if received is not None:
            jobs.ask_intake(reader.group.id, reader.account, received.id)
            target = reader.url("deliveries-one", received.id)
            if request.headers.get("HX-Request"):
                return HttpResponse(status=204, headers={"HX-Redirect": target})
            return HttpResponseRedirect(target)
    shown: dict[str, object] = {
        "head": PageHead(
            title=words("Nộp dữ liệu", "Hand in data"),
            crumb=Link(label=words("Đối soát", "Matching"), href=reader.url("deliveries")),
        ),
        "form": form,
    }
    if request.headers.get("HX-Request"):
        shown["shell"] = "dean06/swap.html"
    return render(request, "dean06/pages/hand_in.html", shown, status=422 if form.errors else 200)
