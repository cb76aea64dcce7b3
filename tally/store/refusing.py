"""Why a home is not opened, or nothing was written, in words."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

READ_ONLY = "数据文件夹只读，现在只能查看，不能上传、发布或登记"
FULL = "数据盘已满，这次没有写入任何内容；请清出空间后重试"
SHORT_OF_MEMORY = "内存不足，这次没有写入任何内容；请稍后重试，或把文件分成几份"
FULL_SIGNS = ("No space left", "File too large", "Disk quota", "Could not write")


class HomeHeld(RuntimeError):
    """Another process holds the home's database; `holder` is its process number if known."""

    def __init__(self, home: Path, message: str) -> None:
        found = re.search(r"PID (\d+)", message)
        self.holder = int(found[1]) if found else None
        who = f"进程 {self.holder}" if self.holder else "另一个进程"
        super().__init__(f"{home} 正被{who}占用；请先停掉它，或经由正在运行的看板操作")


def is_lock(error: duckdb.Error) -> bool:
    """Tell whether a file could not be opened because another process has it."""
    return "Could not set lock" in str(error)


class HomeUnusable(RuntimeError):
    """The home is no folder of ours, or its database cannot be read."""


class HomeDamaged(HomeUnusable):
    """The home's database is damaged, or lost what was acknowledged: it shows no figure.

    `remarks` name what is at risk, a line each.
    """

    def __init__(self, sentence: str, remarks: Sequence[str] = ()) -> None:
        super().__init__(sentence)
        self.remarks = tuple(remarks)


# After one of these the engine answers nothing more until the home is opened anew.
POISONED = (duckdb.FatalException, duckdb.InternalException)
NOT_WRITTEN = "没有写入："
AWAY = "共享数据库暂时连不上，现在不能查看和写入；已经登记的数据都在，恢复连接后照常使用"


class StoreAway(HomeUnusable):
    """The shared store cannot be reached just now: nothing is lost, nothing can be shown."""

    def __init__(self) -> None:
        super().__init__(AWAY)


class NewerSchema(RuntimeError):
    """The home was written by a newer Tally than this one."""


# Whatever DuckDB itself says of a fault: for those who may not know DuckDB.
LedgersFault = duckdb.Error


class CannotWrite(RuntimeError):
    """Nothing was written, and the message says why; what stood before stands."""


class TurnTaken(CannotWrite):
    """Somebody else has the turn; the message says who."""


def is_full(error: duckdb.Error) -> bool:
    """Tell whether something failed because the disk takes no more."""
    return any(sign in str(error) for sign in FULL_SIGNS)


@contextmanager
def away_said(is_lost: Callable[[duckdb.Error], bool]) -> Iterator[None]:
    """Turn what DuckDB says of a store that is away into StoreAway."""
    try:
        yield
    except duckdb.Error as error:
        if is_lost(error):
            raise StoreAway from error
        raise


@contextmanager
def said_plainly(is_lost: Callable[[duckdb.Error], bool]) -> Iterator[None]:
    """Turn what DuckDB says of a full disk or memory, or a store that is away, into CannotWrite."""
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        raise CannotWrite(SHORT_OF_MEMORY) from error
    except StoreAway as away:
        raise CannotWrite(f"{NOT_WRITTEN}{away}") from away
    except duckdb.Error as error:
        if is_full(error):
            raise CannotWrite(FULL) from error
        if is_lost(error):
            raise CannotWrite(f"{NOT_WRITTEN}{AWAY}") from error
        raise
