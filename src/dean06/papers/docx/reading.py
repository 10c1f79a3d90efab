"""Taking an edited .docx back as sections' text.

Head, signature, recipients and counted numbers belong to the facts: a change there is refused by name, as is anything
that the structure of a paper cannot hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dean06.papers.docx.file import render_docx
from dean06.papers.docx.outline import Outline
from dean06.papers.docx.package import open_docx
from dean06.papers.docx.text import Reader
from dean06.papers.errors import DocxRefused, Misfit, PaperRefused
from dean06.papers.writing.document import Paper
from dean06.papers.writing.sections import Block, Paragraph, Section


@dataclass(frozen=True, slots=True)
class Edited:
    """What an edited file says: the body, the closing words, the body of each attachment."""

    body: tuple[Block | Section, ...]
    closing: Paragraph | None
    behind: tuple[tuple[Block | Section, ...], ...] = ()

    def onto(self, paper: Paper) -> Paper:
        """Return the paper with this text."""
        behind = tuple(replace(each, body=body) for each, body in zip(paper.attachments, self.behind, strict=True))
        return replace(paper, body=self.body, closing=self.closing, attachments=behind)


def read_docx(data: bytes, paper: Paper) -> Edited:
    """Return the sections of an edited .docx of this paper, or refuse it with every reason."""
    found = _outline(data, paper)
    misfits = [*found.shared.reader.misfits, *_changed(found, _outline(render_docx(paper), paper))]
    try:
        edited = Edited(found.main.body(), found.main.closing, tuple(part.body() for part in found.behind))
        misfits.extend(_numbers(edited.onto(paper), paper))
    except PaperRefused as refused:
        misfits.append(Misfit("cau_truc", refused.where, refused.vi, refused.en))
        raise DocxRefused(tuple(misfits)) from refused
    if misfits:
        raise DocxRefused(tuple(misfits))
    return edited


def _outline(data: bytes, paper: Paper) -> Outline:
    outline = Outline(Reader(open_docx(data)), paper)
    outline.take()
    return outline


def _changed(found: Outline, asked: Outline) -> Iterator[Misfit]:
    for where, mine, theirs in (
        ("phần đầu văn bản", found.shared.head, asked.shared.head),
        ("căn cứ, thẩm quyền, phụ lục kèm theo", found.shared.fixed, asked.shared.fixed),
        ("nơi nhận, chữ ký", found.foot, asked.foot),
    ):
        if [" ".join(line.split()) for line in mine] != [" ".join(line.split()) for line in theirs]:
            yield Misfit(
                "phan_co_dinh",
                where,
                "bị sửa trong tệp; phần này lấy từ thông tin văn bản, hãy sửa trên màn hình",
                "was changed in the file; it comes from the paper's facts, change it on screen",
            )


def _numbers(edited: Paper, paper: Paper) -> Iterator[Misfit]:
    known = {(ref.ref, ref.text) for ref in paper.refs()}
    for ref in edited.refs():
        if (ref.ref, ref.text) not in known:
            yield Misfit(
                "so_lieu",
                f"số liệu [{ref.ref}]",
                "khác số đã tính; số liệu có mã dẫn chỉ đổi theo nguồn, không sửa tay",
                "differs from the counted number; it follows its source and is not edited by hand",
            )
