"""Statements beside the register: granting a source its feed, filling it, reading one person, taking the feed back.

A feed is filled by the runs that come after it; what it says is destroyed whole when it is withdrawn, and of one run
when that run's delivery was a mistake.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from dean06.charter.types import ObjectRef, Permit
from dean06.clock import service as clock
from dean06.clock.errors import BadInput
from dean06.flows.authority import Act, Answer, ask, bind, permit, system_permit
from dean06.offices.types import GroupInfo, Viewer
from dean06.reconcile.errors import FeedRefused
from dean06.reconcile.service import feeds, runs, statements
from dean06.reconcile.service.feeds import FeedInfo, FillingInfo, NewFeed
from dean06.reconcile.service.statements import Asked, Statement
from dean06.reconcile.types import RunInfo
from dean06.sources import live as contracts
from dean06.sources import service as sources

GRANT, WITHDRAW, FILL, READ = "enrichment.grant", "enrichment.withdraw", "enrichment.fill", "person.read"

__all__ = ["fill_automatically", "fill_from_last", "forget", "grant", "may_grant", "may_withdraw", "read", "withdraw"]


def _act(viewer: Viewer, group: GroupInfo, action: str, obj: ObjectRef, **facts: bool) -> Act:
    return Act(account=viewer.account, group=group, action=action, obj=obj, facts=facts)


def may_grant(viewer: Viewer, group: GroupInfo) -> Answer:
    """Say whether somebody may grant a feed once they name its basis, before they fill the form in."""
    obj = bind(feeds.KIND, group.slug, ask=GRANT)
    return ask(_act(viewer, group, GRANT, obj, **{"feed.has_basis": True}))


def grant(viewer: Viewer, group: GroupInfo, new: NewFeed) -> FeedInfo:
    """Let a source speak from a day on, under a basis, for purposes that its contract allows."""
    obj = ObjectRef(kind=feeds.KIND, id=feeds.ref(group.slug, new.source), digest=new.digest())
    facts = {"feed.has_basis": bool(new.basis.strip())}
    return feeds.grant(permit(_act(viewer, group, GRANT, obj, **facts)), new)


def _withdrawing(viewer: Viewer, group: GroupInfo, told: FeedInfo, obj: ObjectRef) -> Act:
    """The agency that answers for the source may take back what it let the group hold."""
    standing = sources.assignment(group.id, told.source)
    return Act(
        account=viewer.account,
        group=group,
        agency=standing.agency if standing else None,
        action=WITHDRAW,
        obj=obj,
    )


def may_withdraw(viewer: Viewer, group: GroupInfo, told: FeedInfo) -> Answer:
    """Say whether somebody may withdraw a feed."""
    return ask(_withdrawing(viewer, group, told, bind(feeds.KIND, feeds.ref(group.slug, told.source), ask=WITHDRAW)))


def withdraw(viewer: Viewer, group: GroupInfo, told: FeedInfo, reason: str) -> FeedInfo:
    """Take back all that a source said; its files are destroyed and nothing else changes."""
    reason = " ".join(reason.split())[: feeds.LONGEST_REASON]
    obj = bind(feeds.KIND, feeds.ref(group.slug, told.source), feed=told.id, reason=reason)
    return feeds.withdraw(permit(_withdrawing(viewer, group, told, obj)), told.id, reason)


def _filled(group: GroupInfo, told: FeedInfo, run: RunInfo) -> ObjectRef:
    return bind(feeds.KIND, feeds.ref(group.slug, told.source, run.id), feed=told.id, result=run.result_sha256)


def fill_automatically(group: GroupInfo, run: RunInfo) -> FillingInfo | None:
    """Let a finished run speak where its source has a feed in force; under the permit of whoever granted it."""
    told = feeds.active(group.id, run.source, clock.today(group))
    if told is None or any(one.run_id == run.id for one in told.fillings):
        return None
    by = system_permit(group, FILL, _filled(group, told, run), standing=told.permit)
    with suppress(FeedRefused):  # withdrawn in the meantime: then nothing is to be said
        return statements.fill(by, told.id, run.id)
    return None


def fill_from_last(viewer: Viewer, group: GroupInfo, told: FeedInfo) -> FillingInfo:
    """Let the newest run of the feed's source speak now, without waiting for the next delivery."""
    done = (one for one in runs.runs(viewer, group.id) if one.source == told.source and one.state == "done")
    run = next((one for one in done if sources.delivery_for_work(one.delivery_id).state == "read"), None)
    if run is None:
        raise BadInput(
            "Nguồn này chưa có lượt đối soát nào: thông tin sẽ được ghi từ lần nộp sau.",
            "This source has no run yet: statements come with its next delivery.",
        )
    with sources.alone(run.delivery_id, wait=False):
        by = permit(_act(viewer, group, FILL, _filled(group, told, run)))
        return statements.fill(by, told.id, run.id)


def forget(by: Callable[[str, str], Permit], group: GroupInfo, run: RunInfo) -> None:
    """Destroy what a run said, since its delivery is taken back; inside the caller's transaction, as its last act."""
    for one in statements.of_run(run.id):
        feeds.destroy_run(by(feeds.KIND, feeds.ref(group.slug, run.source, run.id)), one.id)


def read(viewer: Viewer, group: GroupInfo, asked: Asked) -> tuple[Statement, ...]:
    """Return what may be told of one person for a purpose; asking under a purpose not granted is recorded too."""
    if asked.purpose not in contracts.purposes():
        raise BadInput("Chọn một mục đích trong danh mục.", "Choose a purpose of the list.")
    facts = {"purpose.stated": bool(asked.case.strip()), "person.in_own_units": viewer.sits_in(group.id)}
    return statements.of_person(
        permit(_act(viewer, group, READ, statements.subject(asked), **facts)), viewer, group.id, asked
    )
