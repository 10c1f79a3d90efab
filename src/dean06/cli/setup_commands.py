"""`dean06 account` and `dean06 group`: the first accounts of an installation, its groups, who sits in them."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from dean06.cli import installed
from dean06.cli.days import parsed_day
from dean06.cli.wording import Subparsers
from dean06.clock.errors import BadInput, UsageError

if TYPE_CHECKING:
    from dean06.charter.types import Charter
    from dean06.offices.types import GroupInfo, NewGroup

# The level of a group under the level of its unit in the catalogue.
LEVELS = {"tinh": "province", "huyen": "district", "xa": "commune"}
_WHO = {"dest": "account", "metavar": "TÀI_KHOẢN", "help": "người làm (who does it)"}


def add_parsers(subparsers: Subparsers) -> None:
    """Add both commands."""
    account = subparsers.add_parser("account", help="tài khoản (accounts)")
    _add_account(account.add_subparsers(dest="account_command", required=True, metavar="VIỆC"))
    group = subparsers.add_parser("group", help="tổ công tác và người của tổ (groups and their people)")
    commands = group.add_subparsers(dest="group_command", required=True, metavar="VIỆC")
    _add_group(commands)
    _add_seat(commands)
    listing = commands.add_parser("list", help="liệt kê các tổ (list the groups)")
    listing.set_defaults(run=run_list)


def _add_account(commands: Subparsers) -> None:
    create = commands.add_parser(
        "create", help="tạo tài khoản; tài khoản đầu tiên là người vận hành (the first one is the operator)"
    )
    create.add_argument("username", metavar="TÊN_ĐĂNG_NHẬP", help="tên đăng nhập (sign-in name)")
    create.add_argument("--name", required=True, metavar="HỌ_TÊN", help="họ và tên (full name)")
    create.add_argument(
        "--password-file",
        type=Path,
        metavar="TỆP",
        help="đọc mật khẩu từ dòng đầu của tệp, thay vì hỏi (read it from a file's first line)",
    )
    create.add_argument("--as", **_WHO)  # type: ignore[arg-type]  # argparse's own options
    create.set_defaults(run=run_account)
    lost = commands.add_parser(
        "remove-factor", help="bỏ xác thực hai lớp của người mất điện thoại (remove a lost second factor)"
    )
    lost.add_argument("username", metavar="TÊN_ĐĂNG_NHẬP", help="tài khoản của người ấy (their account)")
    lost.add_argument(
        "--reason", required=True, metavar="LÝ_DO", help="lý do, lưu vào sổ ghi (why; kept in the ledger)"
    )
    lost.add_argument("--as", **_WHO)  # type: ignore[arg-type]  # argparse's own options
    lost.set_defaults(run=run_remove_factor)


def _add_group(commands: Subparsers) -> None:
    create = commands.add_parser("create", help="lập một tổ dưới quy chế của nó (set up a group under its charter)")
    add_group_options(create)
    create.add_argument("--as", **_WHO)  # type: ignore[arg-type]  # argparse's own options
    create.set_defaults(run=run_group)


def add_group_options(create: argparse.ArgumentParser) -> None:
    """Add what is said of a group that is set up."""
    create.add_argument("group", metavar="TỔ", help="tên ngắn của tổ trong địa chỉ trang (slug)")
    create.add_argument("--name", required=True, metavar="TÊN", help="tên đầy đủ (full name)")
    create.add_argument("--short", required=True, metavar="TÊN_GỌN", help="tên gọi gọn (short name)")
    create.add_argument("--unit", required=True, metavar="MÃ", help="mã đơn vị hành chính (code of its unit)")
    create.add_argument(
        "--on", required=True, type=parsed_day, metavar="NGÀY", help="ngày lập, yyyy-mm-dd (founding day)"
    )
    create.add_argument("--charter", required=True, metavar="NAME|PATH", help="gói quy chế (package of the charter)")
    create.add_argument("--parent", metavar="TỔ", help="tổ cấp trên (the group above)")
    create.add_argument(
        "--after", action="append", default=[], metavar="TỔ", help="tổ được kế thừa, lặp lại được (predecessors)"
    )


def _add_seat(commands: Subparsers) -> None:
    seat = commands.add_parser("seat", help="ghi người giữ một vị trí của tổ (seat a person in a group)")
    seat.add_argument("group", metavar="TỔ", help="tên ngắn của tổ (slug)")
    seat.add_argument("--role", required=True, metavar="VAI", help="vai trong quy chế, như leader (role)")
    seat.add_argument("--agency", metavar="MÃ", help="cơ quan trong quy chế, như CPOL (agency of the charter)")
    seat.add_argument("--holder", required=True, metavar="HỌ_TÊN", help="người giữ vị trí (who holds it)")
    seat.add_argument("--post", default="", metavar="CHỨC_VỤ", help="chức vụ ở cơ quan (post in the agency)")
    seat.add_argument("--user", metavar="TÊN_ĐĂNG_NHẬP", help="tài khoản của người ấy (their account)")
    seat.add_argument(
        "--since", required=True, type=parsed_day, metavar="NGÀY", help="từ ngày, yyyy-mm-dd (from this day)"
    )
    seat.add_argument("--as", **_WHO)  # type: ignore[arg-type]  # argparse's own options
    seat.set_defaults(run=run_seat)


def _told(args: argparse.Namespace, document: dict[str, object], said: str) -> int:
    print(json.dumps(document, ensure_ascii=False) if args.json else said)
    return 0


# ---------------------------------------------------------------- accounts


def run_account(args: argparse.Namespace) -> int:
    """Make an account; the first of an empty installation becomes its operator and needs nobody's name."""
    installed.load()
    from dean06.flows import setup
    from dean06.identity import service as identity

    if args.account is None and identity.any_account():
        raise UsageError(
            "Đã có tài khoản quản trị: thêm --as TÀI_KHOẢN của người ấy.",
            "There is an administrator already: add --as with their account.",
        )
    password = password_of(args.username, args.password_file)
    if args.account is None:
        made = setup.found_installation(args.username, password, args.name)
    else:
        made = setup.open_account(installed.actor(args.account), args.username, password, args.name)
    installed.seal()
    said = f"Đã tạo tài khoản {made.username}" + ("" if args.account else ", người vận hành hệ thống") + "."
    return _told(args, {"username": made.username, "account": made.public_id}, said)


def run_remove_factor(args: argparse.Namespace) -> int:
    """Remove the second factor of an account: its owner sets up another before signing again."""
    installed.ready(args.account)
    from dean06.flows import setup

    setup.remove_second_factor(installed.actor(args.account), installed.actor(args.username), args.reason)
    installed.seal()
    said = f"Đã bỏ xác thực hai lớp của {args.username}: người ấy cài lại ở trang Tài khoản của tôi trước khi ký."
    return _told(args, {"username": args.username, "second_factor": "removed"}, said)


def password_of(username: str, file: Path | str | None) -> str:
    """Return the password of an account about to be made: from a file's first line, else asked for twice."""
    if file is not None:
        path = Path(file)
        try:
            return str(path.read_text(encoding="utf-8").splitlines()[0])
        except (OSError, IndexError, UnicodeDecodeError):
            raise BadInput(
                f"Không đọc được mật khẩu ở dòng đầu tệp {path.name}.",
                f"No password can be read from the first line of {path.name}.",
            ) from None
    if not sys.stdin.isatty():
        raise UsageError(
            "Không có bàn phím để hỏi mật khẩu: dùng --password-file TỆP.",
            "There is no terminal to ask for a password: use --password-file FILE.",
        )
    first = getpass.getpass(f"Mật khẩu của {username}: ")
    if first != getpass.getpass("Nhập lại: "):
        raise BadInput("Hai lần nhập mật khẩu khác nhau.", "The two passwords differ.")
    return first


# ---------------------------------------------------------------- groups


def run_group(args: argparse.Namespace) -> int:
    """Install a charter's package and set up a group under it."""
    installed.ready(args.account)
    from dean06.charter import service as charters
    from dean06.flows import setup

    text = charters.load(args.charter)
    new = new_group(args)
    group = setup.found_group(installed.actor(args.account), new, args.charter)
    installed.seal()
    said = f"Đã lập {group.short_name}: /t/{group.slug}/ dưới quy chế {text.line}."
    if text.is_unsigned:
        said += " Văn bản chưa có số, ngày: hai người của tổ nhập và xác nhận ở trang Quy chế."
    return _told(args, _plain(group), said)


def new_group(args: argparse.Namespace) -> NewGroup:
    """Return the group that the options describe."""
    from dean06.charter import service as charters
    from dean06.offices import service as offices
    from dean06.offices.types import NewGroup

    text = charters.load(args.charter)
    return NewGroup(
        slug=args.group,
        name=args.name,
        short_name=args.short,
        level=_level(args.unit, args.on, text),
        unit_code=args.unit,
        unit_on=args.on,
        charter_line=text.line,
        parent_id=offices.group(args.parent).id if args.parent else None,
        predecessors=tuple(offices.group(slug).slug for slug in args.after),
    )


def _level(code: str, on: date, text: Charter) -> str:
    from dean06.places import service as places

    unit = places.unit(code, on)
    if unit is None:
        raise BadInput(
            f"Không có đơn vị hành chính mã {code} vào ngày {on:%d/%m/%Y}: xem lại mã và ngày.",
            f"No unit bore the code {code} on {on:%d/%m/%Y}: check code and day.",
        )
    level = LEVELS[unit.level]
    if level != text.level:
        raise BadInput(
            f"{unit.name} không cùng cấp với quy chế «{text.line}»: chọn gói đúng cấp.",
            f"{unit.name} is not of the level of the charter {text.line!r}: choose a package of its level.",
        )
    return level


def run_seat(args: argparse.Namespace) -> int:
    """Put a person in a seat of a group from a day on."""
    installed.ready(args.account)
    from dean06.flows import setup

    member = setup.Member(
        role=args.role,
        agency=args.agency,
        holder=args.holder,
        since=args.since,
        account=installed.actor(args.user) if args.user else None,
        post=args.post,
    )
    held = setup.seat(installed.actor(args.account), installed.group(args.group), member)
    installed.seal()
    document = {"group": args.group, "role": held.role, "agency": held.agency, "since": held.since.isoformat()}
    return _told(args, document, f"{held.title} từ {held.since:%d/%m/%Y}.")


def run_list(args: argparse.Namespace) -> int:
    """List the groups of the installation."""
    installed.load()
    from dean06.offices import service as offices

    groups = offices.all_groups()
    if args.json:
        print(json.dumps([_plain(one) for one in groups], ensure_ascii=False))
    elif not groups:
        print("Chưa có tổ nào: «dean06 group create» lập tổ đầu tiên.")
    for one in groups if not args.json else ():
        print(f"{one.slug}\t{one.name}\t{one.charter_line}")
    return 0


def _plain(group: GroupInfo) -> dict[str, object]:
    return {
        "group": group.slug,
        "name": group.name,
        "level": group.level,
        "unit": group.unit_code,
        "unit_on": group.unit_on.isoformat(),
        "charter": group.charter_line,
    }
