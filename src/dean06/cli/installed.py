"""Commands that change an installation: they load Django and are done in the name of an account."""

from __future__ import annotations

import os

from dean06.clock.errors import UsageError
from dean06.offices.types import GroupInfo


def ready(username: str | None) -> None:
    """Load the installation for a command that somebody answers for."""
    if not username:
        raise UsageError(
            "Lệnh này đổi dữ liệu: thêm --as TÀI_KHOẢN để biết ai làm.",
            "This command changes state: add --as ACCOUNT so that somebody answers for it.",
        )
    load()


def load() -> None:
    """Set Django up once, with the schema brought up to date."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dean06.settings")
    import django

    from dean06.cli import shape

    django.setup()
    shape.bring_up()


def actor(username: str) -> str:
    """Return the public id of the account in whose name the command is done."""
    from dean06.identity import service as identity

    return identity.account(username).public_id


def group(slug: str) -> GroupInfo:
    """Return a group by its slug."""
    from dean06.offices import service as offices

    return offices.group(slug)


def seal() -> None:
    """Put what was just recorded under a signed head: no worker may be running beside the command."""
    from dean06.ledger import service as ledger

    ledger.sequence()
