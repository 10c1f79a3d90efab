"""A folder of an SFTP server, whose host key is pinned: another key is never taken, whoever shows it."""

from __future__ import annotations

import asyncio
import stat
import tempfile
import threading
from collections.abc import Coroutine, Iterable, Iterator, Mapping
from contextlib import suppress
from posixpath import join
from typing import IO, Any, TypeVar

import asyncssh

from dean06.clock.errors import BadInput, HouseError, Unavailable
from dean06.sources.connectors import inbox
from dean06.sources.connectors.types import AccessRefused, Form, Kind, Opening, Piece, Secret, Setting, Window
from dean06.sources.file_kind import MOST_BYTES
from dean06.sources.keeping import private, vault
from dean06.sources.rule import Words

MOVED, LEFT = "chuyen", "de_nguyen"
CONNECT_SECONDS, STEP_SECONDS, COPY_SECONDS = 30, 60, 1800
MOST_FILES = 20_000
_BLOCK = 1 << 18
Result = TypeVar("Result")

__all__ = ["KIND", "Sftp"]


class Sftp:
    """An open connection to an SFTP server; its loop runs in a thread of its own, whatever runs in the caller's."""

    def __init__(self, opening: Opening) -> None:
        told = opening.settings
        self._path, self._pattern, self._quiet = told["thu_muc"], told["mau_ten"], int(told["yen_giay"])
        self._moves = told["sau_khi_nhan"] == MOVED
        self._where = f"{told['may']}:{told['cong']}"
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="sftp", daemon=True)
        self._thread.start()
        self._link: asyncssh.SSHClientConnection | None = None
        try:
            self._client = self._run(self._connect(told, opening.secret), CONNECT_SECONDS)
        except BaseException:
            self.close()
            raise

    async def _connect(self, told: Mapping[str, str], secret: Secret | None) -> asyncssh.SFTPClient:
        text = secret.text if secret else ""
        by_key = text.lstrip().startswith("-----BEGIN")
        self._link = await asyncssh.connect(
            told["may"],
            int(told["cong"]),
            username=told["tai_khoan"],
            password=None if by_key else text,
            client_keys=[asyncssh.import_private_key(text)] if by_key else None,
            known_hosts=(_keys(told["khoa_may"]), [], []),
            agent_path=None,
            config=[],
        )
        return await self._link.start_sftp_client()

    def test(self) -> str:
        """Count what lies in the folder."""
        return inbox.nothing_new(len(list(self.listed())))

    def pieces(self, window: Window, done: Mapping[str, str]) -> Iterator[Piece]:
        """Bring the next file."""
        return inbox.pieces(self, window, done, self._pattern, self._quiet)

    def taken(self, keys: tuple[str, ...], problem: str) -> None:
        """Put the files away, where the agency lets us."""
        if self._moves:
            inbox.put_away(self, keys, problem)

    def close(self) -> None:
        """Let go of the server."""
        if self._loop.is_closed():
            return
        if self._link is not None:
            self._loop.call_soon_threadsafe(self._link.close)
            with suppress(HouseError):
                self._run(self._link.wait_closed(), STEP_SECONDS)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def listed(self) -> Iterable[inbox.Seen]:
        """Return the plain files of the folder."""

        async def all_of_it() -> list[inbox.Seen]:
            found: list[inbox.Seen] = []
            async for one in self._client.scandir(self._path):
                if len(found) >= MOST_FILES:
                    break
                if isinstance(one.filename, str) and "/" not in one.filename and _is_file(one.attrs):
                    found.append(_seen(one.filename, one.attrs))
            return found

        return self._run(all_of_it(), STEP_SECONDS)

    def look(self, name: str) -> inbox.Seen | None:
        """Return a file as it is now."""

        async def one() -> inbox.Seen | None:
            try:
                return _seen(name, await self._client.lstat(join(self._path, name)))
            except asyncssh.SFTPNoSuchFile:
                return None

        return self._run(one(), STEP_SECONDS)

    def copied(self, file: inbox.Seen) -> IO[bytes]:
        """Copy a file into the vault, under no name; not more of it than a file may have."""
        content: IO[bytes] = tempfile.TemporaryFile(dir=private(vault() / "pulls"))  # noqa: SIM115  the caller closes it

        async def all_of_it() -> None:
            async with self._client.open(join(self._path, file.name), "rb") as given:
                while (block := await given.read(_BLOCK)) and content.tell() <= MOST_BYTES:
                    content.write(block)  # type: ignore[call-overload]  # opened for bytes

        try:
            self._run(all_of_it(), COPY_SECONDS)
        except HouseError:
            content.close()
            raise
        return content

    def move(self, file: inbox.Seen, folder: str, reason: str) -> None:
        """Move a file into a folder beside; one of the same name that is there already keeps its own."""

        async def there() -> None:
            beside = join(self._path, folder)
            await self._client.makedirs(beside, exist_ok=True)
            own = await self._client.exists(join(beside, file.name))
            name = f"{file.key}-{file.name}" if own else file.name
            if reason:
                async with self._client.open(join(beside, f"{name}{inbox.REASON}"), "wb") as out:
                    await out.write(f"{reason}\n".encode())
            with suppress(asyncssh.SFTPNoSuchFile):
                await self._client.rename(join(self._path, file.name), join(beside, name))

        if self._moves:
            self._run(there(), STEP_SECONDS)

    def _run(self, work: Coroutine[Any, Any, Result], seconds: float) -> Result:
        """Do one thing; whatever goes wrong is told in our own words."""
        try:
            return asyncio.run_coroutine_threadsafe(asyncio.wait_for(work, seconds), self._loop).result()
        except asyncssh.HostKeyNotVerifiable as problem:
            raise Unavailable(
                f"Máy {self._where} đưa khóa khác khóa đã ghim: không nối. Hỏi cơ quan khóa mới rồi mới đổi cấu hình.",
                f"{self._where} shows another host key than the pinned one: not connected; ask the agency for it.",
            ) from problem
        except (asyncssh.PermissionDenied, asyncssh.KeyImportError) as problem:
            raise AccessRefused(
                f"Máy {self._where} không nhận tài khoản hoặc khóa của kết nối: kiểm tra bí mật với cơ quan.",
                f"{self._where} does not take the feed's account or key: check the secret with the agency.",
            ) from problem
        except asyncssh.SFTPNoSuchFile as problem:
            raise BadInput(
                f"Máy {self._where} không có thư mục hoặc tệp mà kết nối nêu: kiểm tra lại tên thư mục.",
                f"{self._where} does not have the folder or file of the feed: check the folder's name.",
            ) from problem
        except asyncssh.SFTPPermissionDenied as problem:
            raise BadInput(
                f"Máy {self._where} không cho đọc hoặc chuyển tệp: xin quyền, hoặc chọn để nguyên tệp tại chỗ.",
                f"{self._where} does not let us read or move files: ask for the right, or leave the files in place.",
            ) from problem
        except (asyncssh.Error, OSError, TimeoutError) as problem:
            raise Unavailable(
                f"Không nối được máy {self._where}, hoặc máy ngắt giữa chừng: sẽ thử lại.",
                f"{self._where} cannot be reached, or broke off: it is tried again.",
            ) from problem


def _is_file(attrs: asyncssh.SFTPAttrs) -> bool:
    return attrs.permissions is None or stat.S_ISREG(attrs.permissions)


def _seen(name: str, attrs: asyncssh.SFTPAttrs) -> inbox.Seen:
    return inbox.Seen(name=name, size=attrs.size or 0, changed=float(attrs.mtime or 0))


def _keys(text: str) -> list[asyncssh.SSHKey]:
    return [asyncssh.import_public_key(line) for line in text.splitlines() if line.strip()]


def _check(told: Mapping[str, str]) -> None:
    try:
        known = _keys(told["khoa_may"])
    except (asyncssh.KeyImportError, ValueError):
        known = []
    if not known:
        raise BadInput(
            "Khóa của máy chủ SFTP chưa đúng: dán dòng «ssh-ed25519 AAAA…» mà cơ quan cung cấp.",
            "The SFTP server's host key is wrong: paste the line `ssh-ed25519 AAAA…` that the agency gives.",
        )
    if not 0 < int(told["cong"]) < 65536:
        raise BadInput("Cổng của máy chủ là một số từ 1 đến 65535.", "The port is a number from 1 to 65535.")


KIND = Kind(
    code="sftp",
    title=Words(vi="Máy chủ SFTP", en="An SFTP server"),
    settings=(
        Setting(code="may", title=Words(vi="Máy chủ", en="Host")),
        Setting(code="cong", title=Words(vi="Cổng", en="Port"), form=Form.NUMBER, default="22", required=False),
        Setting(
            code="khoa_may",
            title=Words(vi="Khóa của máy chủ", en="Host key"),
            help=Words(
                vi="Dòng khóa công khai cơ quan đưa tận tay; máy đưa khóa khác thì không nối.",
                en="The public key that the agency handed over; another key is never taken.",
            ),
            form=Form.LONG,
        ),
        Setting(code="tai_khoan", title=Words(vi="Tài khoản", en="Account")),
        Setting(code="thu_muc", title=Words(vi="Thư mục", en="Folder"), default=".", required=False),
        Setting(
            code="sau_khi_nhan",
            title=Words(vi="Sau khi nhận", en="Once taken"),
            form=Form.CHOICE,
            default=MOVED,
            required=False,
            choices={
                MOVED: Words(vi="Chuyển tệp vào da-nhan hoặc khong-nhan", en="Move the file to da-nhan or khong-nhan"),
                LEFT: Words(vi="Để nguyên tệp (tài khoản chỉ đọc)", en="Leave the file (read-only account)"),
            },
        ),
        *inbox.SHARED,
    ),
    secret=Words(vi="mật khẩu, hoặc khóa riêng dạng PEM", en="the password, or a private key in PEM"),
    deltas=False,
    open=Sftp,
    check=_check,
    files=True,
    hosts=lambda told: (f"{told['may']}:{told['cong']}",),
)
