"""Work that may hang (a token, a service over the network) is waited for only so long."""

from __future__ import annotations

from collections.abc import Callable
from queue import Empty, Queue
from threading import Thread
from typing import TypeVar

from dean06.papers.signatures.errors import ServiceSilent

Answer = TypeVar("Answer")

__all__ = ["within"]


def within(seconds: float, work: Callable[[], Answer]) -> Answer:
    """Return what the work returns, or raise what it raises.

    Raises:
        ServiceSilent: it did not end in time; its thread is left behind and its answer, should one come, is dropped.
    """
    answers: Queue[tuple[Answer | None, BaseException | None]] = Queue()

    def run() -> None:
        try:
            answers.put((work(), None))
        except BaseException as error:  # noqa: BLE001  whatever it is, it is raised again by who waits
            answers.put((None, error))

    Thread(target=run, daemon=True, name="signing").start()
    try:
        answer, error = answers.get(timeout=seconds)
    except Empty as silent:
        raise ServiceSilent(
            "deadline",
            f"Thiết bị hoặc dịch vụ ký không trả lời trong {seconds:g} giây: chưa ký gì; kiểm tra rồi ký lại.",
            f"The token or the signing service did not answer within {seconds:g} s: nothing is signed; try again.",
        ) from silent
    if error is not None:
        raise error
    return answer  # type: ignore[return-value]  # either the answer or the error is there
