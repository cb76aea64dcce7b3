"""What a disk must be before ledgers are trusted to it: local, writable, and not full."""

import errno
import os
import re
import secrets
import shutil
from contextlib import suppress
from pathlib import Path

MOUNTS = Path("/proc/mounts")
# Locks and flushes are not reliable over a network.
NETWORK = re.compile(r"nfs\d?|cifs|smb\w*|afs|ncpfs|9p|fuse\.sshfs|ceph|glusterfs|lustre|davfs")
MIN_FREE_BYTES = 500_000_000


def file_system_of(path: Path, mounts: Path = MOUNTS) -> str:
    """Return the type of the file system that a path lies on, '' where the system does not say."""
    try:
        lines = mounts.read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    found, depth = "", -1
    resolved = path.resolve()
    for _, point, kind, *_ in (line.split() for line in lines):
        place = Path(re.sub(r"\\(\d{3})", lambda octal: chr(int(octal[1], 8)), point))
        # Of two mounts on one place the later one is seen.
        if resolved.is_relative_to(place) and len(place.parts) >= depth:
            found, depth = kind, len(place.parts)
    return found


def network_sentence(home: Path, mounts: Path = MOUNTS) -> str:
    """Say that a folder lies on a network file system, '' for one that does not."""
    kind = file_system_of(home, mounts)
    if not NETWORK.fullmatch(kind):
        return ""
    return f"{home} 在网络文件系统（{kind}）上，断电或断网会损坏数据；请改用本机磁盘上的文件夹"


def is_writable(folder: Path) -> bool:
    """Tell whether files can be made in a folder; asked by making one."""
    probe = folder / f".writable-{os.getpid()}-{secrets.token_hex(4)}"
    try:
        probe.touch(exist_ok=False)
    except FileNotFoundError:
        return True
    except OSError as error:
        # A disk that is full takes files again once there is room.
        return error.errno not in (errno.EPERM, errno.EACCES, errno.EROFS)
    with suppress(OSError):
        probe.unlink()
    return True


def wanted_bytes(file_size: int, database: Path) -> int:
    """Return how much must be free before a file is taken in: it, its rows, and a checkpoint."""
    held = database.stat().st_size if database.exists() else 0
    return max(MIN_FREE_BYTES, 5 * file_size, 2 * held)


def room_sentence(folder: Path, wanted: int) -> str:
    """Say how much room is missing for what would fill the disk, '' when there is enough."""
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    if free >= wanted:
        return ""
    return f"磁盘空间不足：还剩 {free / 1e6:.0f} MB，需要 {wanted / 1e6:.0f} MB；没有开始，数据未变"


def flush(path: Path) -> None:
    """Have what was written to a file, or the names in a folder, survive a loss of power."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
