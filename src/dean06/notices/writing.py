"""The words of a letter: plain text and a simple page of the same, each line under its clause with its link."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.html import format_html, format_html_join

from dean06.charter import service as charters
from dean06.charter.types import Citation
from dean06.notices.models import Letter, Notice

Link = Callable[[Notice], str]

HIDDEN = ("Có một việc hạn chế người đọc chờ bạn.", "Something of restricted reading waits for you.")
FOOT = (
    "Thư này do dean06 gửi theo lựa chọn của bạn; đổi ở trang Tin báo. Không trả lời thư này.",
    "Sent by dean06 as you chose; change it on the page of notices. Do not answer this letter.",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One notice in a letter: its sentence, clause, group and link."""

    text: str
    clause: str
    group: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """To whom a letter goes: their name and language."""

    name: str
    language: str

    def choose(self, vi: str, en: str) -> str:
        """Return the sentence in the reader's language."""
        return en if self.language == "en" else vi


def lines(rows: list[Notice], to: Reader, groups: Mapping[int, str], link: Link | None) -> list[Line]:
    """Return what a letter says of each notice; what is restricted is not quoted."""
    return [
        Line(
            text=to.choose(*HIDDEN) if row.restricted else to.choose(row.vi, row.en),
            clause=clause_of(row, to.language),
            group=groups.get(row.group_id, ""),
            href=link(row) if link else "",
        )
        for row in rows
    ]


def clause_of(row: Notice, language: str) -> str:
    """Return the clause of a notice as people write it; empty where it cites none."""
    if not row.article:
        return ""
    cited = Citation(article=row.article, clause=row.clause or None, point=row.point or None)
    return charters.clause_label(cited, language)


def letter(row: Letter, to: Reader, said: list[Line]) -> EmailMultiAlternatives:
    """Return the e-mail that carries these notices to one person."""
    first = said[0].text
    subject = first if len(said) == 1 else to.choose(f"{len(said)} tin mới", f"{len(said)} new notices")
    head = to.choose(f"Kính gửi: {to.name},", f"Dear {to.name},")
    foot = to.choose(*FOOT)
    plain = "\n\n".join((head, *(_plain(one) for one in said), foot)) + "\n"
    html = format_html(
        '<!doctype html><html lang="{}"><body><p>{}</p><ul>{}</ul><p><small>{}</small></p></body></html>',
        to.language,
        head,
        format_html_join("", "<li>{}</li>", ((_html(one),) for one in said)),
        foot,
    )
    return _mail(row, f"[dean06] {subject}", plain, html)


def _plain(one: Line) -> str:
    told = f"- {one.text}"
    about = ", ".join(part for part in (one.clause, one.group) if part)
    told += f"\n  ({about})" if about else ""
    return told + (f"\n  {one.href}" if one.href else "")


def _html(one: Line) -> str:
    about = ", ".join(part for part in (one.clause, one.group) if part)
    text = format_html('<a href="{}">{}</a>', one.href, one.text) if one.href else one.text
    return format_html("{}<br><small>{}</small>", text, about)


def confirmation(row: Letter, to: Reader, href: str) -> EmailMultiAlternatives:
    """Return the letter by which the owner of an address confirms it."""
    head = to.choose(f"Kính gửi: {to.name},", f"Dear {to.name},")
    asks = to.choose(
        "Bạn vừa khai địa chỉ này để nhận tin của dean06. Đăng nhập rồi mở đường dẫn sau để xác nhận (trong ba ngày):",
        "You entered this address for notices of dean06. Sign in and open this link to confirm it (for three days):",
    )
    ends = to.choose("Không phải bạn thì bỏ qua thư này.", "If it was not you, do nothing.")
    html = format_html(
        '<!doctype html><html lang="{}"><body><p>{}</p><p>{}</p><p><a href="{}">{}</a></p><p>{}</p></body></html>',
        to.language,
        head,
        asks,
        href,
        href,
        ends,
    )
    subject = to.choose("[dean06] Xác nhận địa chỉ thư", "[dean06] Confirm your address")
    return _mail(row, subject, f"{head}\n\n{asks}\n\n{href}\n\n{ends}\n", html)


def _mail(row: Letter, subject: str, plain: str, html: str) -> EmailMultiAlternatives:
    mail = EmailMultiAlternatives(
        subject=" ".join(subject.split())[:200],
        body=plain,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[row.address],
        # Machines that answer letters leave this one alone; its name stays the same at every try.
        headers={
            "Message-ID": f"<dean06.t{row.pk}.{row.made_at:%Y%m%d}@dean06.local>",
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(html, "text/html")
    return mail
