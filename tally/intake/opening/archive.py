"""Looks into a zipped workbook before any reader does: sizes, names, entities.

A reader believes what a file claims; a 1 KB file can claim a gigabyte.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from tally.intake.opening.grids import Refusal

MAX_ENTRY_COUNT = 2_000
MAX_INFLATED_BYTES = 300_000_000
MAX_PART_BYTES = 150_000_000
MAX_RATIO = 100
RATIO_MATTERS_BYTES = 1_000_000
PROLOGUE_BYTES = 65_536
CHUNK_BYTES = 1 << 18
# What may stand before a document's first element: blanks, comments, instructions.
PROLOGUE = re.compile(
    rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?(?:\s|<!--.*?-->|<\?.*?\?>)*(<!)?", re.DOTALL
)
# Read by our own pass alone, which lays nothing out unchecked; repeated rows pack very small.
STREAMED_PART = "content.xml"
# The parts that are read; elsewhere old OpenOffice writes a harmless DOCTYPE.
READ_PARTS = ("xl/", "_rels/", "[content_types].xml", "content.xml")
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    KeyError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


def damaged() -> Refusal:
    """Return what is said of a file that is cut off or broken inside."""
    return Refusal(
        "文件不完整或已损坏", "应为完整的工作簿", "请用 Excel 或 WPS 打开，另存为 .xlsx 后重新上传"
    )


def encrypted() -> Refusal:
    """Return what is said of a file that only a password opens."""
    return Refusal("文件已加密", "应为没有密码的工作簿", "请取消密码后另存，再上传")


def _suspicious(expected: str) -> Refusal:
    return Refusal(
        "压缩内容异常", expected, "请用 Excel 或 WPS 新建工作簿，把台账内容粘贴过去再上传"
    )


def _check_names(names: list[str]) -> None:
    if len(names) > MAX_ENTRY_COUNT:
        raise _suspicious(f"内部文件应不超过 {MAX_ENTRY_COUNT} 个")
    # Readers differ in whether case matters: of two such parts each would take another.
    if len({name.lower() for name in names}) < len(names):
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
        is_large = part.file_size > RATIO_MATTERS_BYTES and part.filename != STREAMED_PART
        if is_large and ratio > MAX_RATIO:
            raise _suspicious(f"压缩比应不超过 {MAX_RATIO} 倍")


def _check_prologue(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Refuse declarations, which stand before the first element however far that is pushed."""
    with archive.open(part) as stream:
        start = stream.read(PROLOGUE_BYTES)
    prologue = start.replace(b"\0", b"")
    begun = PROLOGUE.match(prologue)
    # One that is pushed out of sight is refused as if it were seen.
    is_endless = begun and begun.end() == len(prologue) and len(start) == PROLOGUE_BYTES
    if begun and (begun[1] or is_endless):
        raise _suspicious("内部文件不应含有 DOCTYPE 或 ENTITY 声明")


def open_archive(content: bytes) -> zipfile.ZipFile:
    """Open a zipped workbook whose claims are harmless; Refusal says which are not."""
    try:
        archive = zipfile.ZipFile(BytesIO(content))
        parts = archive.infolist()
        if any(part.flag_bits & 1 for part in parts):
            raise encrypted()
        _check_names([part.filename for part in parts])
        _check_sizes(parts)
        for part in parts:
            name = part.filename.lower()
            if name.startswith(READ_PARTS) and name.endswith((".xml", ".rels")):
                _check_prologue(archive, part)
    except BROKEN as error:
        raise damaged() from error
    return archive


def with_plain_names(content: bytes) -> bytes:
    """Return an archive whose names have slashes; some programs write backslashes."""
    if b"xl\\" not in content:
        return content
    archive = open_archive(content)
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as plain:
        for part in archive.infolist():
            plain.writestr(part.filename.replace("\\", "/"), archive.read(part))
    return stream.getvalue()


def chunks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Yield a part's inflated bytes in pieces, so that it never lies in memory whole."""
    try:
        with archive.open(name) as stream:
            while chunk := stream.read(CHUNK_BYTES):
                yield chunk
    except BROKEN as error:
        raise damaged() from error
