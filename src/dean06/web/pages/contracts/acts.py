"""What is done to the draft of a contract: begin, take a file in, turn a rule off, try, adopt, drop."""

from __future__ import annotations

from pathlib import Path

from django.contrib import messages
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from dean06.clock.errors import BadInput
from dean06.flows import contracting
from dean06.web import writing
from dean06.web.language import words
from dean06.web.pages.contracts.draft import FILE_MB, LIST_MB, draft_of, known_source, shown
from dean06.web.pages.days import day_given
from dean06.web.pages.slips import slips_of
from dean06.web.pages.uploads import chosen, file_name, unfit, upload
from dean06.web.reader import Reader, group_page

__all__ = ["adopt", "begin", "drop", "switch", "take_file", "try_out"]


def _back(reader: Reader, source: str) -> HttpResponse:
    return HttpResponseRedirect(reader.url("contracts-edit", source))


@require_POST
@group_page
def begin(_request: HttpRequest, reader: Reader, source: str) -> HttpResponse:
    """Begin to write the next version of a contract."""
    contracting.begin(reader.viewer, reader.group, known_source(reader, source))
    return _back(reader, source)


@require_POST
@group_page
def drop(request: HttpRequest, reader: Reader, source: str) -> HttpResponse:
    """Throw the draft away."""
    contracting.drop(reader.viewer, reader.group, draft_of(reader, source))
    messages.success(request, words("Đã bỏ bản soạn.", "The draft is dropped."))
    return HttpResponseRedirect(reader.url("sources"))


@require_POST
@group_page
def switch(request: HttpRequest, reader: Reader, source: str) -> HttpResponse:
    """Turn a rule of the draft on or off."""
    draft, code = draft_of(reader, source), request.POST.get("ma", "")
    on, off = list(draft.body.get("rules", ())), list(draft.body.get("rules_off", ()))
    here, there = (on, off) if any(one["code"] == code for one in on) else (off, on)
    there += [one for one in here if one["code"] == code]
    here[:] = [one for one in here if one["code"] != code]
    contracting.change(reader.viewer, reader.group, draft, {**draft.body, "rules": on, "rules_off": off})
    return _back(reader, source)


@group_page
def take_file(request: HttpRequest, reader: Reader, source: str) -> HttpResponse:
    """Take a contract, a Data Package or a Table Schema into the draft."""
    if (refusal := unfit(request, FILE_MB, reader.url("contracts-edit", source))) is not None:
        return refusal
    draft = draft_of(reader, source)
    if request.method != "POST":
        return _back(reader, source)
    try:
        contracting.take_file(reader.viewer, reader.group, draft, upload(request, "tep", FILE_MB))
    except BadInput as problem:
        return shown(request, reader, source, slips_of(problem, "tep-tep"))
    messages.success(request, words("Đã đưa tệp vào bản soạn.", "The file is in the draft."))
    return _back(reader, source)


@group_page
def try_out(request: HttpRequest, reader: Reader, source: str) -> HttpResponse:
    """Try the draft on a file, or on the newest list that was read."""
    if (refusal := unfit(request, LIST_MB, reader.url("contracts-edit", source))) is not None:
        return refusal
    draft = draft_of(reader, source)
    if request.method != "POST":
        return _back(reader, source)
    try:
        if request.FILES.get("tep"):
            given = chosen(request, "tep", LIST_MB)
            path = _on_disk(given, file_name(given))
            contracting.try_out(reader.viewer, reader.group, draft, path, file_name(given))
        else:
            contracting.try_out(reader.viewer, reader.group, draft)
    except BadInput as problem:
        return shown(request, reader, source, slips_of(problem, "thu-tep"))
    return HttpResponseRedirect(f"{reader.url('contracts-edit', source)}#thu-ban")


def _on_disk(given: object, name: str) -> Path:
    """Return the temporary file of an upload under its own kind of name; every upload is on disk, none in memory."""
    if not isinstance(given, TemporaryUploadedFile):
        raise TypeError("an upload lies on disk")
    path = Path(given.temporary_file_path())
    return path.rename(path.with_suffix(Path(name).suffix.lower() or ".bin"))


@require_POST
@group_page
def adopt(request: HttpRequest, reader: Reader, source: str) -> HttpResponse:
    """Put the draft in force from a day."""
    draft = draft_of(reader, source)
    try:
        since = day_given(request.POST.get("tu", ""), words("Có hiệu lực từ", "In force from"))
        made = contracting.adopt(reader.viewer, reader.group, draft, since, request.POST.get("ly_do", ""))
    except BadInput as problem:
        return shown(request, reader, source, slips_of(problem, "bh-tu"))
    day = writing.day(made.in_force_from)
    text = words(f"Bản {made.version} có hiệu lực từ {day}.", f"Version {made.version} is in force from {day}.")
    messages.success(request, text)
    return HttpResponseRedirect(reader.url("contracts-versions", source))
