"""A command that something goes wrong with: `python interrupted.py WHAT PLACE COMMAND…`.

`kill` ends the process as a power cut would when it enters PLACE (module:function); `stop` sends it Ctrl-C there;
`limit` lets no file grow over PLACE bytes, as a full disk does.
"""

from __future__ import annotations

import importlib
import os
import resource
import signal
import sys
from typing import Any

from dean06.cli.main import main


def break_at(place: str, number: int) -> None:
    """Replace a function by one that sends this process a signal."""
    module, name = place.split(":")
    owner: Any = importlib.import_module(module)
    usual = getattr(owner, name)

    def struck(*args: Any, **named: Any) -> Any:
        os.kill(os.getpid(), number)
        return usual(*args, **named)

    setattr(owner, name, struck)


if __name__ == "__main__":
    what, place, *words = sys.argv[1:]
    if what == "limit":
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(place), int(place)))
    else:
        break_at(place, {"kill": signal.SIGKILL, "stop": signal.SIGINT}[what])
    if what == "stop":  # a test run started in the background inherits a deaf ear
        signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.exit(main(words))
