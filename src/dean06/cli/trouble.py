"""What the system refuses (a path, a right, the disk, the memory), said to a person."""

from __future__ import annotations

import errno

from dean06.clock.errors import BadInput, HouseError, Unavailable

# The caller's path is wrong: exit 3. The machine does not let us: exit 5.
_PATH = {
    errno.ENOENT: ("không có tệp hoặc thư mục này", "there is no such file or directory"),
    errno.ENOTDIR: ("đường dẫn đi qua một tệp, không phải thư mục", "the path goes through a file, not a directory"),
    errno.EEXIST: ("ở đó đã có một tệp", "a file is there already"),
    errno.EISDIR: ("đó là một thư mục, không phải tệp", "that is a directory, not a file"),
    errno.ENAMETOOLONG: ("tên quá dài", "the name is too long"),
}
_MACHINE = {
    errno.EACCES: ("không có quyền", "permission is denied"),
    errno.EPERM: ("không có quyền", "permission is denied"),
    errno.EROFS: ("ổ đĩa chỉ cho đọc", "the disk is read-only"),
    errno.EFBIG: ("tệp vượt cỡ mà máy cho phép", "the file exceeds the size this machine allows"),
    errno.EIO: ("ổ đĩa báo lỗi đọc ghi", "the disk reports a fault"),
    errno.EMFILE: ("mở quá nhiều tệp cùng lúc", "too many files are open"),
}
_FULL = (errno.ENOSPC, errno.EDQUOT)


def trouble(error: Exception) -> HouseError | None:
    """Return what to tell the person, or None when the fault is the program's own."""
    if isinstance(error, MemoryError):
        return Unavailable(
            "Máy không đủ bộ nhớ: đóng bớt chương trình khác hoặc chia nhỏ tệp rồi chạy lại.",
            "The machine has not enough memory: close other programs or split the file, then run again.",
        )
    if not isinstance(error, OSError) or not (error.filename or error.errno in _FULL):
        return None
    where = error.filename2 or error.filename or "?"
    if error.errno in _FULL:
        return Unavailable(
            f"Ổ đĩa đã đầy khi ghi {where}: hãy giải phóng chỗ rồi chạy lại; không có gì bị ghi dở.",
            f"The disk is full while writing {where}: free some space and run again; nothing was left half-written.",
        )
    number = error.errno or 0
    vi, en = (_PATH | _MACHINE).get(number, ("", ""))
    if not vi:
        return None
    kind = BadInput if number in _PATH else Unavailable
    return kind(
        f"Không đọc hoặc ghi được {where}: {vi}; kiểm tra đường dẫn và quyền rồi chạy lại.",
        f"{where} cannot be read or written: {en}; check the path and its permissions, then run again.",
    )
