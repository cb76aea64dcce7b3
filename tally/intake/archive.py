"""Looks into a zipped workbook before any reader does: sizes, names, entities.

A reader believes what a file claims; a 1 KB file can claim a gigabyte.
"""

import zipfile
from collections.abc import Iterator
from io import BytesIO

from tally.intake.grids import Refusal

MAX_ENTRY_COUNT = 2_000
MAX_INFLATED_BYTES = 300_000_000
MAX_PART_BYTES = 150_000_000
MAX_RATIO = 100
RATIO_MATTERS_BYTES = 1_000_000
PROLOGUE_BYTES = 4_096


def damaged() -> Refusal:
    """Return what is said of a file that is cut off or broken inside."""
    return Refusal(
        "文件不完整或已损坏", "应为完整的工作簿", "请用 Excel 或 WPS 打开，另存为 .xlsx 后重新上传"
    )


def _suspicious(expected: str) -> Refusal:
    return Refusal(
        "压缩内容异常", expected, "请用 Excel 或 WPS 新建工作簿，把台账内容粘贴过去再上传"
    )


def _check_names(names: list[str]) -> None:
    if len(names) > MAX_ENTRY_COUNT:
        raise _suspicious(f"内部文件应不超过 {MAX_ENTRY_COUNT} 个")
    if len(set(names)) < len(names):
        raise _suspicious("内部文件名应不重复")
    for name in names:
        if (
            name.startswith(("/", "\\"))
            or ".." in name.replace("\\", "/").split("/")
            or ":" in name
        ):
            raise _suspicious("内部文件名应为相对路径")


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    if sum(part.file_size for part in parts) > MAX_INFLATED_BYTES:
        raise _suspicious(f"解压后应不超过 {MAX_INFLATED_BYTES // 1_000_000} MB")
    for part in parts:
        if part.file_size > MAX_PART_BYTES:
            raise _suspicious(f"单个部件解压后应不超过 {MAX_PART_BYTES // 1_000_000} MB")
        ratio = part.file_size / max(part.compress_size, 1)
        if part.file_size > RATIO_MATTERS_BYTES and ratio > MAX_RATIO:
            raise _suspicious(f"压缩比应不超过 {MAX_RATIO} 倍")


def _check_prologue(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    with archive.open(part) as stream:
        prologue = stream.read(PROLOGUE_BYTES).replace(b"\0", b"").upper()
    if b"<!DOCTYPE" in prologue or b"<!ENTITY" in prologue:
        raise _suspicious("内部文件不应含有 DOCTYPE 或 ENTITY 声明")


def open_archive(content: bytes) -> zipfile.ZipFile:
    """Open a zipped workbook whose claims are harmless; Refusal says which are not."""
    try:
        archive = zipfile.ZipFile(BytesIO(content))
        parts = archive.infolist()
        if any(part.flag_bits & 1 for part in parts):
            raise Refusal("文件已加密", "应为没有密码的工作簿", "请取消密码后另存，再上传")
        _check_names([part.filename for part in parts])
        _check_sizes(parts)
        for part in parts:
            if part.filename.lower().endswith((".xml", ".rels")):
                _check_prologue(archive, part)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, ValueError) as error:
        raise damaged() from error
    return archive


def chunks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Yield a part's inflated bytes in pieces, so that it never lies in memory whole."""
    try:
        with archive.open(name) as stream:
            while chunk := stream.read(1 << 18):
                yield chunk
    except (zipfile.BadZipFile, OSError, EOFError, KeyError) as error:
        raise damaged() from error
