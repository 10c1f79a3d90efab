"""One paper from its draft to its archive: what it says, what was said of it, before whom it lies, who may do what."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html

from dean06.papers.service import dispatching, documents, drafts, editing, forms, incoming, issuing, withdrawing
from dean06.papers.service.drafts import CommentInfo, VersionInfo
from dean06.papers.types import Paper, PaperInfo
from dean06.web import writing
from dean06.web.language import words
from dean06.web.pages.papers import panels
from dean06.web.pages.papers.checks import checks
from dean06.web.pages.papers.facts import fields, typed
from dean06.web.pages.papers.preview import preview
from dean06.web.pages.papers.states import state
from dean06.web.parts.page import Action, Link, PageHead
from dean06.web.parts.tables import Facet, Facets
from dean06.web.parts.work import Event, Stepper, Timeline
from dean06.web.reader import Reader, group_page

FACTS, WORDS, SAID, VERSIONS, CHECKS = "thong-tin", "cau-chu", "gop-y", "cac-ban", "kiem-tra"
__all__ = ["found", "one"]


def found(reader: Reader, paper_id: int) -> PaperInfo:
    """Return a paper of the group; one that is not there or not for the reader gets the same answer."""
    info = documents.paper(reader.viewer, paper_id)
    if info is None or info.group_id != reader.group.id:
        raise Http404
    return info


def _stepper(paper: PaperInfo, *, sent: bool) -> Stepper:
    digital = paper.manner == "digital"
    steps = [words("Soạn", "Draft"), words("Trình ký", "To sign"), words("Ký", "Sign"), words("Cấp số", "Number")]
    if digital:
        steps.append(words("Đóng dấu", "Seal"))
    steps.append(words("Gửi", "Send"))
    place = {"draft": 1, "asked": 3, "signed": 4, "dropped": 1}.get(paper.state, 5)
    if digital and paper.issued:
        place = 5 if paper.sealed_at is None else 6
    if paper.issued and sent:
        place = len(steps) + 1
    return Stepper(steps=tuple(steps), current=place, label=words("Văn bản đang ở bước nào", "Where the paper is"))


def _views(reader: Reader, paper: PaperInfo, chosen: str, said: int, versions: int) -> Facets:
    editable = paper.state == "draft" and bool(paper.form) and reader.viewer.sits_in(reader.group.id)
    named = [("", words("Bản xem trước", "Preview"), "")]
    if editable:
        named += [(FACTS, words("Thông tin", "Facts"), ""), (WORDS, words("Câu chữ", "Words"), "")]
    named += [
        (SAID, words("Góp ý", "Comments"), str(said) if said else ""),
        (VERSIONS, words("Các bản", "Versions"), str(versions)),
        (CHECKS, words("Kiểm tra", "Checks"), ""),
    ]
    return Facets(
        label=words("Xem", "View"),
        items=tuple(
            Facet(label=label, count=count, href=f"?xem={code}" if code else "?", current=code == chosen)
            for code, label, count in named
        ),
    )


def _head(reader: Reader, paper: PaperInfo) -> PageHead:
    form = forms.form(paper.form) if paper.form else None
    files = [
        Action(label=kind.upper(), href=reader.url("papers-file", paper.id, kind), sign="save")
        for kind, held in (("pdf", paper.pdf_sha256), ("docx", paper.docx_sha256))
        if held
    ]
    if paper.scan_sha256:
        files.append(Action(label=words("Bản quét", "Scan"), href=reader.url("papers-file", paper.id, "scan")))
    name = words(form.name.vi, form.name.en) if form else paper.abstract
    stands = withdrawing.standing(reader.viewer, paper.group_id) if paper.issued else {}
    return PageHead(
        title=f"{name} {paper.label}" if paper.issued else name,
        crumb=Link(label=words("Văn bản", "Papers"), href=reader.url("papers")),
        meta=(state(paper, stands.get(paper.id)), paper.abstract, *_answered(reader, paper)),
        actions=tuple(files),
    )


def _answered(reader: Reader, paper: PaperInfo) -> tuple[str, ...]:
    """Return the link to the paper that came and is answered by this one."""
    came = incoming.one(reader.viewer, paper.reply_to) if paper.reply_to is not None else None
    if came is None:
        return ()
    href = reader.url("papers-incoming-one", came.id)
    return (format_html('{} <a href="{}">{}</a>', words("trả lời", "answers"), href, came.label or came.abstract[:60]),)


def _changes(reader: Reader, paper: PaperInfo, content: Paper, number: int) -> dict[str, object]:
    """Return what the newest version says otherwise than an earlier one."""
    before = drafts.version(paper.id, number)
    return {
        "compared": number,
        "changes": editing.differences(before, content) if before else (),
        "restore_href": reader.url("papers-restore", paper.id, number) if paper.state == "draft" else "",
    }


def _left(
    request: HttpRequest,
    reader: Reader,
    paper: PaperInfo,
    chosen: str,
    comments: list[CommentInfo],
    listed: list[VersionInfo],
) -> dict[str, object]:
    content = documents.content(paper.id)
    match chosen:
        case "thong-tin":
            form, given = forms.form(paper.form), documents.given(paper.id)
            return {
                "fields": fields(form, typed(form, given)),
                "statable": panels.statable(reader, paper),
                "facts_href": reader.url("papers-facts", paper.id),
                "missing": forms.missing(form, given),
            }
        case "cau-chu":
            return {
                "passages": editing.passages(content),
                "words_href": reader.url("papers-words", paper.id),
                "take_href": reader.url("papers-take", paper.id),
            }
        case "gop-y":
            return panels.said(reader, paper, content, comments)
        case "cac-ban":
            number = request.GET.get("voi", "")
            last = int(number) if number.isdecimal() else len(listed) - 1
            compared = _changes(reader, paper, content, last) if listed and last else {}
            return {"versions": list(reversed(listed)), **compared}
        case "kiem-tra":
            return checks(reader, paper, content)
        case _:
            return {"paper": preview(content, "#", digital=paper.manner == "digital")}


@group_page
def one(request: HttpRequest, reader: Reader, paper_id: int) -> HttpResponse:
    """Show a paper with its state and what the reader may do."""
    paper = found(reader, paper_id)
    chosen = request.GET.get("xem", "")
    comments, listed = drafts.comments(paper.id), drafts.versions(paper.id)
    views = _views(reader, paper, chosen, len(comments), len(listed))
    if chosen not in {facet.href.removeprefix("?xem=") for facet in views.items}:
        chosen = ""
    posted = dispatching.of_paper(reader.viewer, paper.id) if paper.issued else ()
    shown = {
        "head": _head(reader, paper),
        "stepper": _stepper(paper, sent=any(one.sent_at for one in posted)),
        "views": views,
        "paper_info": paper,
        "panels": panels.panels(request, reader, paper, len(listed), posted),
        "signatures": _signatures(paper),
        **_left(request, reader, paper, chosen, comments, listed),
    }
    return render(request, "dean06/pages/paper.html", shown)


def _signatures(paper: PaperInfo) -> Timeline | None:
    signed = issuing.signatures(paper.id)
    if not signed:
        return None
    return Timeline(
        events=tuple(
            Event(
                text=f"{one.name}, {one.title}" if one.title else one.name,
                when=writing.instant(one.at),
                sign="seal" if one.kind == issuing.SEALED else "pen",
                tone="ok",
                note=_manner(one.manner, one.certificate.get("issuer", "")),
            )
            for one in reversed(signed)
        )
    )


def _manner(manner: str, issuer: str) -> str:
    if manner == "hand":
        return words("ký tay trên bản giấy", "signed by hand, on paper")
    return words(f"chữ ký số, chứng thư của {issuer}", f"digital signature, certificate by {issuer}")
