"""What a file really is, told from its bytes and never from its name."""

import zipfile
from io import BytesIO

from tally.intake.opening.archive import BROKEN, encrypted
from tally.intake.opening.biff import STREAM_NAMES
from tally.intake.opening.delimited import wide_encoding
from tally.intake.opening.grids import Refusal

MAX_FILE_BYTES = 20_000_000
ACCEPTED = "应为 .xlsx、.xlsm、.xls、.xlsb、.ods、.et、.csv 或 .tsv 文件"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SAVE_AS = "请用 Excel 或 WPS 打开，另存为 .xlsx 后重新上传"
OLD_EXCEL = "这是很旧的 Excel 格式（4.0 或更早）"
BARE_EXCEL = "这是别的程序导出的不完整的 .xls 文件"
OTHER_FILES = (
    (b"%PDF", "这是 PDF 文件"),
    (b"{\\rtf", "这是 RTF 文档"),
    (b"Rar!", "这是 RAR 压缩包"),
    (b"7z\xbc\xaf", "这是 7z 压缩包"),
    (b"\x1f\x8b", "这是 gzip 压缩包"),
    (b"\x89PNG", "这是图片"),
    (b"\xff\xd8\xff", "这是图片"),
    (b"GIF8", "这是图片"),
    (b"MIME-Version:", "这是网页存档"),
    (b"ID;P", "这是 SYLK 文件"),
    (b"\x09\x00\x04\x00", OLD_EXCEL),
    (b"\x09\x02\x06\x00", OLD_EXCEL),
    (b"\x09\x04\x06\x00", OLD_EXCEL),
    (b"\x09\x08\x08\x00", BARE_EXCEL),
    (b"\x09\x08\x10\x00", BARE_EXCEL),
)
# Office encryption installed on the sender's machine leaves its mark at the start.
LOCKED_BY = (b"E-SafeNet", b"%TSD-Header-###%")
WORKBOOKS = (
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsb"),
    ("content.xml", "ods"),
)
ZIP_MEMBERS = (
    ("word/document.xml", "这是 Word 文档"),
    ("ppt/presentation.xml", "这是演示文稿"),
    ("ofd.xml", "这是 OFD 版式文件"),
    ("index/document.iwa", "这是 Numbers 文件"),
)
MIMETYPE_BYTES = 100


def _zipped_form(content: bytes) -> str:
    try:
        archive = zipfile.ZipFile(BytesIO(content))
        parts = {part.filename.lower().replace("\\", "/"): part for part in archive.infolist()}
        if "encrypted-package" in parts or any(part.flag_bits & 1 for part in parts.values()):
            raise encrypted()
        form = next((form for member, form in WORKBOOKS if member in parts), "")
        if form == "ods" and "mimetype" in parts:
            with archive.open(parts["mimetype"]) as stream:
                form = "ods" if b"spreadsheet" in stream.read(MIMETYPE_BYTES) else "odf"
    except BROKEN:
        # The reason is found where the archive is checked.
        return "xlsx"
    if form in ("xlsx", "xlsb", "ods"):
        return form
    found = next((what for member, what in ZIP_MEMBERS if member in parts), "这是压缩包")
    raise Refusal("这是 OpenDocument 文档，不是表格" if form else found, ACCEPTED, SAVE_AS)


def _compound_form(content: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise encrypted()
    if any(name.encode("utf-16-le") + b"\0\0" in content for name in STREAM_NAMES):
        return "xls"
    is_document = "WordDocument".encode("utf-16-le") in content
    raise Refusal("这是 Word 文档" if is_document else "认不出的文件", ACCEPTED, SAVE_AS)


def _markup(content: bytes) -> str:
    """Return which markup it is, '' when it is none."""
    start = content[:2_000].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if b"urn:schemas-microsoft-com:office:spreadsheet" in start:
        return "这是 Excel 2003 的 XML 表格"
    marks = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<head", b"<meta", b"<!--", b"<style")
    return "这是网页或 XML，不是工作簿" if start.startswith(marks) else ""


def _other(content: bytes) -> str:
    """Return what else it is, '' when it may be a text table."""
    if any(mark in content[:512] for mark in LOCKED_BY):
        return "文件被办公加密软件锁住"
    found = next((what for magic, what in OTHER_FILES if content.startswith(magic)), "")
    has_wide_mark = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not found and b"\0" in content and not has_wide_mark and not wide_encoding(content):
        return "认不出的文件"
    return found or _markup(content)


def form_of(content: bytes) -> str:
    """Return `xlsx`, `xlsb`, `ods`, `xls` or `csv`; Refusal for all else, with what it is."""
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
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
    if other := _other(content):
        is_locked = other.endswith("锁住")
        remedy = "请先在加密软件中解密，再上传" if is_locked else SAVE_AS
        raise Refusal(other, ACCEPTED, remedy)
    return "csv"
