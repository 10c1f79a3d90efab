"""What every part of a page is: a value that knows its template."""

from __future__ import annotations

from typing import Protocol


class Part(Protocol):
    """A value drawn by `{% part value %}`."""

    @property
    def template(self) -> str: ...
