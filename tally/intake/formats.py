"""What a file really is, told from its bytes and never from its name."""

import zipfile
from io import BytesIO

from tally.intake.grids import Refusal

MAX_FILE_BYTES = 20_000_000
ACCEPTED = "应为 .xlsx、.xlsm、.xls 或 .csv 文件"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SAVE_AS = "请用 Excel 或 WPS 打开，另存为 .xlsx 后重新上传"
OTHER_FILES = (
    (b"%PDF", "这是 PDF 文件"),
    (b"{\\rtf", "这是 RTF 文档"),
    (b"Rar!", "这是 RAR 压缩包"),
    (b"7z\xbc\xaf", "这是 7z 压缩包"),
    (b"\x89PNG", "这是图片"),
    (b"\xff\xd8\xff", "这是图片"),
)
ZIP_MEMBERS = (
    ("xl/workbook.bin", "这是 .xlsb 二进制工作簿"),
    ("word/document.xml", "这是 Word 文档"),
    ("ppt/presentation.xml", "这是演示文稿"),
    ("content.xml", "这是 OpenDocument 文件"),
)


def _zipped_form(content: bytes) -> str:
    try:
        names = {name.lower() for name in zipfile.ZipFile(BytesIO(content)).namelist()}
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, ValueError):
        # The reason is found where the archive is checked.
        return "xlsx"
    if "xl/workbook.xml" in names:
        return "xlsx"
    found = next((what for member, what in ZIP_MEMBERS if member in names), "这是压缩包")
    raise Refusal(found, ACCEPTED, SAVE_AS)


def _compound_form(content: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise Refusal("文件已加密", "应为没有密码的工作簿", "请取消密码后另存，再上传")
    if any(name.encode("utf-16-le") + b"\0\0" in content for name in ("Workbook", "Book")):
        return "xls"
    is_document = "WordDocument".encode("utf-16-le") in content
    raise Refusal("这是 Word 文档" if is_document else "认不出的文件", ACCEPTED, SAVE_AS)


def _is_markup(content: bytes) -> bool:
    start = content[:2_000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<head", b"<meta"))


def form_of(content: bytes) -> str:
    """Return `xlsx`, `xls` or `csv`; Refusal for everything else, with what it is."""
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise Refusal("文件是空的（没有内容）", ACCEPTED, "请确认保存完成后重新上传")
    if len(content) > MAX_FILE_BYTES:
        size = f"{len(content) / 1_000_000:.1f} MB"
        limit = MAX_FILE_BYTES // 1_000_000
        raise Refusal(
            f"文件有 {size}", f"应不超过 {limit} MB", "请删去图片和无关工作表，或拆成几个文件"
        )
    if content.startswith(b"PK"):
        return _zipped_form(content)
    if content.startswith(OLE_MAGIC):
        return _compound_form(content)
    if _is_markup(content):
        raise Refusal("这是网页或 XML，不是工作簿", ACCEPTED, SAVE_AS)
    other = next((what for magic, what in OTHER_FILES if content.startswith(magic)), "")
    has_wide_mark = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    if other or (b"\0" in content and not has_wide_mark):
        raise Refusal(other or "认不出的文件", ACCEPTED, SAVE_AS)
    return "csv"
