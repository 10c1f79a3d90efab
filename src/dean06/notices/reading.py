"""Which notices a reader may see: their own, in groups they sit in, told in a seat that they still hold."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from dean06.notices.models import Notice
from dean06.notices.types import Address, Clause, NoticeInfo
from dean06.offices.types import Viewer


def seen_by(viewer: Viewer) -> QuerySet[Notice]:
    """Narrow notices to a reader's own."""
    held = [seat.seat_id for seat in viewer.capacities if not seat.reading]
    mine = Q(account=viewer.account, group_id__in=viewer.groups) & (Q(seat=None) | Q(seat__in=held))
    return Notice.objects.filter(mine)


def info(row: Notice) -> NoticeInfo:
    """Return a stored notice as its reader knows it."""
    return NoticeInfo(
        id=row.pk,
        group_id=row.group_id,
        kind=row.kind,
        vi=row.vi,
        en=row.en,
        clause=Clause(article=row.article, clause=row.clause, point=row.point),
        address=Address(route=row.route, args=tuple(row.args)),
        at=row.at,
        read_at=row.read_at,
        mailed_at=row.letter.sent_at if row.letter is not None else None,
    )
