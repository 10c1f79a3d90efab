"""A real SFTP server in this process, on loopback, with a folder of its own; it can be told to be slow, or down."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import asyncssh
from typing_extensions import override

ACCOUNT, PASSWORD = "bhxh", "mat-khau-sftp"  # of a server that lives for one test


@dataclass
class SftpServer:
    """A running server; `read_only` refuses whatever changes something."""

    folder: Path
    key: asyncssh.SSHKey = field(default_factory=lambda: asyncssh.generate_private_key("ssh-ed25519"))
    client_key: asyncssh.SSHKey = field(default_factory=lambda: asyncssh.generate_private_key("ssh-ed25519"))
    port: int = 0
    read_only: bool = False
    cuts: list[str] = field(default_factory=list)

    @property
    def pinned(self) -> str:
        """Return the public key that an agency hands over."""
        return self.key.export_public_key().decode().strip()


def _served(server: SftpServer) -> type[asyncssh.SFTPServer]:
    class Served(asyncssh.SFTPServer):
        def __init__(self, chan: asyncssh.SSHServerChannel[bytes]) -> None:
            super().__init__(chan, chroot=str(server.folder).encode())
            self.chan = chan

        @override
        def read(self, file_obj: object, offset: int, size: int) -> bytes | Awaitable[bytes]:
            if server.cuts and server.cuts.pop():
                self.chan.get_connection().abort()
                raise asyncssh.SFTPConnectionLost("cut")
            return super().read(file_obj, offset, size)

        @override
        def rename(self, oldpath: bytes, newpath: bytes) -> None:
            self._writing()
            super().rename(oldpath, newpath)

        @override
        def mkdir(self, path: bytes, attrs: asyncssh.SFTPAttrs) -> None:
            self._writing()
            super().mkdir(path, attrs)

        def _writing(self) -> None:
            if server.read_only:
                raise asyncssh.SFTPPermissionDenied("read-only")

    return Served


@contextmanager
def serving(server: SftpServer) -> Iterator[SftpServer]:
    """Serve the folder until the end."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    class Door(asyncssh.SSHServer):
        @override
        def password_auth_supported(self) -> bool:
            return True

        @override
        def validate_password(self, username: str, password: str) -> bool:
            return (username, password) == (ACCOUNT, PASSWORD)

        @override
        def public_key_auth_supported(self) -> bool:
            return True

        @override
        def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
            return username == ACCOUNT and key == server.client_key.convert_to_public()

    async def start() -> asyncssh.SSHAcceptor:
        return await asyncssh.listen(
            "127.0.0.1", server.port, server_host_keys=[server.key], server_factory=Door, sftp_factory=_served(server)
        )

    acceptor = asyncio.run_coroutine_threadsafe(start(), loop).result(20)
    server.port = acceptor.get_port()

    async def stop() -> None:
        acceptor.close()
        await acceptor.wait_closed()

    try:
        yield server
    finally:
        asyncio.run_coroutine_threadsafe(stop(), loop).result(20)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(20)
        loop.close()
