"""A source that is fed without a person: set up, tried, gone to by its schedule, and delivered like a file handed in.

A pull may be cut off anywhere. Its pieces lie in the vault and are not fetched again; the delivery, the end of the pull
and the feed's cursor are one transaction; what lies about afterwards is cleared when the feed is next gone to.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from dean06.charter.types import ObjectRef, Permit
from dean06.clock import service as clock
from dean06.clock.errors import BadInput, HouseError, Unavailable
from dean06.flows import taking_in
from dean06.flows.authority import Act, Answer, ask, bind, permit, system_permit
from dean06.offices import service as offices
from dean06.offices.types import GroupInfo
from dean06.sources import service as sources
from dean06.sources.service import feeds, pulls
from dean06.sources.service.feeds import FeedInfo, NewFeed
from dean06.sources.service.pulls import AccessRefused, Assembled, PullInfo
from dean06.sources.types import NewDelivery

__all__ = ["change", "may_connect", "pull", "pull_now", "put_away", "set_up", "switch", "test"]

CONNECT = "source.connect"
UNKNOWN = (
    "Việc lấy dữ liệu dừng vì một lỗi ngoài dự kiến; phần đã lấy được giữ lại: sẽ thử lại, hoặc báo người vận hành.",
    "The pull stopped on an unexpected fault; what was taken is kept: it is tried again, or tell the operator.",
)


def may_connect(account: str, group: GroupInfo) -> Answer:
    """Say whether somebody may set up feeds of the group, for the page that asks before the form is filled in."""
    return ask(_act(account, group, bind("feed", feeds.ref(group.slug, ""))))


def set_up(account: str, group: GroupInfo, new: NewFeed) -> FeedInfo:
    """Set up a feed of a source."""
    return _set_up(account, group, new, None)


def change(account: str, group: GroupInfo, feed_id: int, new: NewFeed) -> FeedInfo:
    """Say anew what a feed is; from then on automatic pulls cite this decision."""
    changed = _set_up(account, group, new, feed_id)
    pulls.sweep(feed_id)
    return changed


def _set_up(account: str, group: GroupInfo, new: NewFeed, feed_id: int | None) -> FeedInfo:
    if new.agency not in offices.agency_names(group.id):
        raise BadInput(
            f"Cơ quan «{new.agency}» không thuộc tổ công tác.", f"The agency {new.agency!r} is not of the group."
        )
    taking_in.require_list(group, new.source)
    new = feeds.checked(group.id, new)
    obj = ObjectRef(kind="feed", id=feeds.ref(group.slug, new.name), digest=new.digest())
    return feeds.set_up(permit(_act(account, group, obj)), group.id, new, feed_id)


def switch(account: str, group: GroupInfo, feed: FeedInfo, *, on: bool) -> FeedInfo:
    """Switch a feed on or off."""
    obj = bind("feed", feeds.ref(group.slug, feed.name), feed=feed.name, on=on)
    switched = feeds.switch(permit(_act(account, group, obj)), feed.id, on=on)
    pulls.sweep(feed.id)
    return switched


def test(account: str, group: GroupInfo, feed: FeedInfo) -> str:
    """Reach the other side and bring nothing; returns the Vietnamese sentence of what was found."""
    permit(_act(account, group, bind("feed", feeds.ref(group.slug, feed.name), test=feed.name)))
    with closing(feeds.opened(group.slug, feed, feeds.read_by(feed.group_id, feed.source))) as reader:
        return reader.test()


def pull_now(account: str, group: GroupInfo, feed: FeedInfo) -> PullInfo:
    """Ask for a pull at once; who asks must be one who may deliver for the agency, now and when it is delivered."""
    period = _period(group)
    obj = bind("feed", feeds.ref(group.slug, feed.name), pull=feed.name, period=period)
    act = Act(account=account, group=group, agency=feed.agency, action="delivery.receive", obj=obj)
    return pulls.ask(permit(act), feed.id, period)


def _act(account: str, group: GroupInfo, obj: ObjectRef) -> Act:
    return Act(account=account, group=group, action=CONNECT, obj=obj)


def _period(group: GroupInfo) -> str:
    return f"{clock.today(group):%Y-%m}"


def pull(feed_id: int) -> PullInfo:
    """Go to a feed once: begin or take up its pull, and carry it as far as it goes; returns where it stands."""
    with pulls.alone(feed_id):
        pulls.sweep(feed_id)
        feed = feeds.feed_for_work(feed_id)
        group = offices.group_by_id(feed.group_id)
        going = pulls.current(feed_id) or pulls.begin(feed_id, _period(group))
        try:
            ended = _carried(group, feed, going)
        except HouseError as problem:
            ended = pulls.failed(going.id, problem)
        except Exception:  # noqa: BLE001  its words may quote a row: they are kept nowhere
            ended = pulls.failed(going.id, Unavailable(*UNKNOWN))
        pulls.sweep(feed_id)
        return ended


def _carried(group: GroupInfo, feed: FeedInfo, going: PullInfo) -> PullInfo:
    try:
        _fetched(group, feed, going)
    except AccessRefused:  # a token that ran out: ask for another, once
        _fetched(group, feed, going)
    made = pulls.assemble(going.id)
    if made.path is None:
        return pulls.nothing(going.id)
    twin = pulls.known_before(going.id, made.period, sources.fingerprint_file(made.path))
    if twin is not None:
        return pulls.delivered(going.id, made, twin, news=False)
    return _delivered(group, feed, going, made, made.path)


def _fetched(group: GroupInfo, feed: FeedInfo, going: PullInfo) -> None:
    with closing(feeds.opened(group.slug, feed, feeds.read_by(feed.group_id, feed.source))) as reader:
        pulls.fetch(going.id, reader)


def _delivered(group: GroupInfo, feed: FeedInfo, going: PullInfo, made: Assembled, path: Path) -> PullInfo:
    """Deliver what was pulled, and end the pull, in one transaction."""
    new = NewDelivery(
        group_id=group.id,
        source=feed.source,
        period=made.period,
        agency=feed.agency,
        file_name=made.file_name,
        complete=feed.whole and going.extent == "full",
        partial=going.extent == "delta",
    )
    ended: list[PullInfo] = []
    taking_in.receive(
        group,
        new,
        path,
        lambda obj: _receiving_permit(group, feed, going, obj),
        answers=going.asked_by or feed.set_up_by,
        with_it=lambda delivery_id: ended.append(pulls.delivered(going.id, made, delivery_id, news=True)),
    )
    return ended[0]


def _receiving_permit(group: GroupInfo, feed: FeedInfo, going: PullInfo, obj: ObjectRef) -> Permit:
    """Decide now: for the person who asked, or for the schedule under whoever set the feed up."""
    if going.asked_by:
        act = Act(account=going.asked_by, group=group, agency=feed.agency, action="delivery.receive", obj=obj)
        return permit(act)
    return system_permit(group, "delivery.receive", obj, standing=feed.permit_digest)


def put_away(feed_id: int) -> int:
    """Put away whole files that intake has judged since, at the other side; returns how many."""
    judged = pulls.to_put_away(feed_id)
    if not judged:
        return 0
    with pulls.alone(feed_id):
        feed = feeds.feed_for_work(feed_id)
        slug = offices.group_by_id(feed.group_id).slug
        with closing(feeds.opened(slug, feed, feeds.read_by(feed.group_id, feed.source))) as reader:
            for key, problem in judged:
                reader.taken((key,), problem)
                pulls.put_away(feed_id, key, problem)
    return len(judged)
