"""Nhập văn bản đến: a paper that came on paper or by e-mail, with its scan, straight into the register."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from dean06.clock.errors import BadInput
from dean06.flows import receiving
from dean06.papers.service import incoming
from dean06.papers.service.dispatching import Channel
from dean06.papers.service.incoming import Attachment, IncomingInfo, NewIncoming
from dean06.web.language import words
from dean06.web.pages.days import day_given
from dean06.web.pages.papers import post_marks
from dean06.web.pages.uploads import file_name, unfit
from dean06.web.parts.page import Link, PageHead
from dean06.web.reader import Reader, group_page
from dean06.web.refusing import REASON

LIMIT_MB = 50
TAKEN = ".pdf, .docx, .xlsx, .jpg, .png, .zip"
SAID = {
    "co_quan": ("Cơ quan ban hành", "Issued by", 300),
    "so": ("Số, ký hiệu", "Its number", 120),
    "ngay": ("Ngày văn bản", "Its day", 20),
    "loai": ("Tên loại", "Kind", 100),
    "trich_yeu": ("Trích yếu", "Abstract", 2000),
    "nguoi_ky": ("Người ký", "Signer", 200),
    "han": ("Bên gửi hẹn trả lời ngày", "Its sender wants an answer by", 20),
}
NEEDED = frozenset({"co_quan", "loai", "trich_yeu"})
WAYS = (Channel.PAPER, Channel.EMAIL, Channel.PORTAL)

__all__ = ["new"]


class EntryForm(forms.Form):
    """What the clerk reads off a paper."""

    kenh = forms.ChoiceField()
    co_quan = forms.CharField()
    so = forms.CharField(required=False)
    ngay = forms.CharField(required=False)
    loai = forms.CharField()
    trich_yeu = forms.CharField(widget=forms.Textarea(attrs={"rows": 2}))
    nguoi_ky = forms.CharField(required=False)
    do_khan = forms.ChoiceField()
    han = forms.CharField(required=False)
    tep = forms.FileField(required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's form takes what a request gives
        for name, (vi, en, longest) in SAID.items():
            self.fields[name].label = words(vi, en)
            self.fields[name].widget.attrs["maxlength"] = str(longest)
        for name in ("ngay", "han"):
            self.fields[name].widget.attrs |= {
                "inputmode": "numeric",
                "placeholder": words("ngày/tháng/năm", "dd/mm/yyyy"),
            }
        self._choose("kenh", words("Đến bằng", "It came by"), [(way.value, post_marks.channel(way)) for way in WAYS])
        degrees = [(str(code), post_marks.urgency(code, vi)) for code, vi in incoming.priorities()]
        self._choose("do_khan", words("Độ khẩn", "Urgency"), degrees)
        self.fields["loai"].help_text = words("Công văn, Quyết định, Báo cáo, Thư…", "Letter, decision, report…")
        self.fields["tep"].label = words("Bản quét hoặc tệp", "Scan or file")
        self.fields["tep"].help_text = words(f"Tối đa {LIMIT_MB} MB: {TAKEN}", f"Up to {LIMIT_MB} MB: {TAKEN}")
        self.fields["tep"].widget.attrs["accept"] = TAKEN

    def _choose(self, name: str, label: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        field.label = label
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def told(self) -> NewIncoming:
        """Return what was entered as the register takes it."""
        given, upload = self.cleaned_data, self.cleaned_data["tep"]
        files = (Attachment(name=file_name(upload), content=upload.read()),) if upload else ()
        return NewIncoming(
            channel=Channel(given["kenh"]),
            organ_name=given["co_quan"],
            label=given["so"],
            dated=day_given(given["ngay"], words(*SAID["ngay"][:2])) if given["ngay"].strip() else None,
            kind=given["loai"],
            abstract=given["trich_yeu"],
            signer=given["nguoi_ky"],
            priority=int(given["do_khan"]),
            due=day_given(given["han"], words(*SAID["han"][:2])) if given["han"].strip() else None,
            files=files,
        )


def _entered(request: HttpRequest, reader: Reader, form: EntryForm) -> IncomingInfo | None:
    """Register what was entered; what is wrong with it stands above the form."""
    try:
        return receiving.enter(reader.account, reader.group, form.told(), reason=request.POST.get(REASON) or None)
    except BadInput as problem:
        form.add_error(None, words(problem.vi, problem.en))
        return None


@group_page
def new(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Show the form, or register what it says."""
    if (refusal := unfit(request, LIMIT_MB, reader.url("papers-incoming-new"))) is not None:
        return refusal
    form = EntryForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        made = _entered(request, reader, form)
        if made is not None:
            told = words(f"Đã vào sổ, số đến {made.number}.", f"Registered as number {made.number}.")
            if made.duplicate_of is not None:
                told += words(" Văn bản này có trong sổ rồi: xem dòng «Trùng với».", " It is in the register already.")
            messages.success(request, told)
            return HttpResponseRedirect(reader.url("papers-incoming-one", made.id))
    shown = {
        "head": PageHead(
            title=words("Nhập văn bản đến", "Enter an incoming paper"),
            crumb=Link(label=words("Văn bản đến", "Incoming papers"), href=reader.url("papers-incoming")),
        ),
        "form": form,
        "allowed": receiving.registering_answer(reader.account, reader.group).allowed,
    }
    return render(request, "dean06/pages/incoming_entry.html", shown, status=422 if form.errors else 200)
