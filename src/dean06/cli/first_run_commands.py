"""`dean06 init`: an empty installation gets its operator, its first group and the leader's way in, in one command."""

from __future__ import annotations

import argparse
import json
import os
from typing import TYPE_CHECKING

from dean06.cli import installed
from dean06.cli.setup_commands import add_group_options, new_group, password_of
from dean06.cli.wording import Subparsers
from dean06.clock.errors import BadInput

if TYPE_CHECKING:
    from dean06.flows.inviting import Handed


def add_parsers(subparsers: Subparsers) -> None:
    """Add `init`."""
    parser = subparsers.add_parser(
        "init", help="lập quản trị viên, tổ đầu tiên và đường vào của Tổ trưởng (first administrator and group)"
    )
    parser.add_argument("username", metavar="TÊN_ĐĂNG_NHẬP", help="tên đăng nhập của quản trị viên (its sign-in name)")
    parser.add_argument("--admin-name", required=True, metavar="HỌ_TÊN", help="họ tên quản trị viên (full name)")
    parser.add_argument("--password-file", metavar="TỆP", help="đọc mật khẩu từ dòng đầu của tệp (from a file)")
    add_group_options(parser)
    parser.add_argument("--leader", required=True, metavar="HỌ_TÊN", help="họ tên Tổ trưởng (the leader's name)")
    parser.add_argument("--leader-agency", metavar="MÃ", help="cơ quan của Tổ trưởng, như CPC (agency)")
    parser.add_argument("--leader-mail", default="", metavar="THƯ", help="gửi đường dẫn qua thư (send it by e-mail)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Make all of it or nothing, and say the leader's link, which serves once."""
    installed.load()
    from django.conf import settings
    from django.db import transaction
    from django.urls import reverse

    from dean06.flows import inviting, setup
    from dean06.identity import service as identity

    if identity.any_account():
        raise BadInput(
            "Bản cài đặt đã có quản trị viên: lập tổ bằng «dean06 group create», mời người ở trang Tài khoản.",
            "There is an administrator already: use `dean06 group create`, and invite people on the page of accounts.",
        )
    password = password_of(args.username, args.password_file)

    def link(token: str) -> str:
        base = settings.PUBLIC_URL or f"http://127.0.0.1:{os.environ.get('PORT') or '8000'}"
        return f"{base}{reverse('account-invitation', args=[token])}"

    with transaction.atomic():
        admin = setup.found_installation(args.username, password, args.admin_name).public_id
        group = setup.found_group(admin, new_group(args), args.charter)
        member = setup.Member(role="leader", agency=args.leader_agency, holder=args.leader, since=args.on)
        held = setup.seat(admin, group, member)
        said = (inviting.proposed(args.leader), args.leader_mail)
        handed = inviting.invite_holder(admin, group, held.seat_id, said, link)
    installed.seal()
    return _told(args, group.slug, handed)


def _told(args: argparse.Namespace, slug: str, handed: Handed) -> int:
    leader = handed.made.account.username
    if args.json:
        document = {
            "username": args.username,
            "group": slug,
            "leader": leader,
            "link": handed.link,
            "expires_at": handed.made.expires_at.isoformat(),
            "sent": handed.sent,
        }
        print(json.dumps(document, ensure_ascii=False))
        return 0
    print(f"Quản trị viên: {args.username}. Tổ: /t/{slug}/.")
    print(f"{args.leader} vào bằng tên {leader}, đặt mật khẩu tại đường dẫn dùng một lần:")
    print(handed.link)
    return 0
