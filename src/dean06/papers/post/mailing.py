"""Papers by e-mail: a short letter with the file, and a link by which the receiver says that it came."""

from __future__ import annotations

from collections.abc import Callable

from django.core.mail import EmailMessage
from django.core.signing import BadSignature, Signer

from dean06.clock.errors import BadInput
from dean06.papers.models import Dispatch, Notice, Withdrawal
from dean06.papers.post.outgoing import Ready
from dean06.papers.writing.wording import number_line

SALT = "dean06.papers.receipt"
Link = Callable[[str], str]


def token(row: Dispatch | Notice) -> str:
    """Return what stands in the link of a letter; it names the letter and cannot be made up."""
    kind = "d" if isinstance(row, Dispatch) else "n"
    return Signer(salt=SALT).sign(f"{kind}{row.pk}")


def named(text: str) -> tuple[bool, int]:
    """Return whether a link is of a paper's own letter, and the number of its row."""
    try:
        inside = Signer(salt=SALT).unsign(text)
    except BadSignature as problem:
        raise BadInput(
            "Đường dẫn xác nhận không đúng: mở lại từ thư đã nhận.",
            "The link is not one of ours: open it again from the letter.",
        ) from problem
    return inside.startswith("d"), int(inside[1:])


def letter(row: Dispatch, paper: Ready, sender: str, link: Link | None) -> EmailMessage:
    """Return the letter that brings a paper."""
    kind, day = paper.document.type.name, f"{paper.issued_at:%d/%m/%Y}"
    number = number_line(paper.document).removeprefix("Số: ")
    lines = [
        f"Kính gửi: {row.recipient},",
        "",
        f"{sender} gửi {kind.lower()} {number} ngày {day} về việc: {paper.row.abstract}.",
        "Tệp đính kèm là bản chính; xin kiểm tra chữ ký số trước khi dùng.",
    ]
    return _mail(row, f"[{paper.label}] {paper.row.abstract}", [*lines, *_asked(row, link, "đã nhận văn bản")], paper)


def withdrawal(row: Notice, earlier: Ready, by: Ready | None, sender: str, link: Link | None) -> EmailMessage:
    """Return the letter that takes a paper back, with the paper that says so or stands in its place."""
    replaced = row.withdrawal.kind == Withdrawal.Kind.REPLACEMENT
    done = f"thay thế bằng văn bản {by.label}" if replaced and by else "thu hồi"
    lines = [
        f"Kính gửi: {row.dispatch.recipient},",
        "",
        f"{sender} {done} văn bản {earlier.label} ngày {earlier.issued_at:%d/%m/%Y}. Lý do: {row.withdrawal.reason}.",
        "Xin hủy bỏ bản điện tử đã nhận.",
    ]
    subject = f"[{'Thay thế' if replaced else 'Thu hồi'}] {earlier.label}"
    return _mail(row, subject, [*lines, *_asked(row, link, "đã hủy bỏ bản điện tử")], by)


def _asked(row: Dispatch | Notice, link: Link | None, done: str) -> list[str]:
    return ["", f"Xin xác nhận {done} tại: {link(token(row))}"] if link else []


def _mail(row: Dispatch | Notice, subject: str, lines: list[str], paper: Ready | None) -> EmailMessage:
    kind = "d" if isinstance(row, Dispatch) else "n"
    mail = EmailMessage(
        subject=" ".join(subject.split())[:200],
        body="\n".join((*lines, "")),
        to=[row.address],
        # The same letter has the same name, so that a second try after a kill is seen to be one.
        headers={"Message-ID": f"<dean06.{kind}{row.pk}.{row.group_id}@{(row.queued_at or row.pk)!s:.10}.local>"},
    )
    for file in paper.files() if paper else ():
        mail.attach(file.name, file.content, file.content_type)
    return mail
