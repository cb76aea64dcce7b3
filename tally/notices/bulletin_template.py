"""The default 通报 as a Word template: what an office edits is Word, its tags are Chinese words.

The committed `data/notices/通报.docx` is what `bulletin_template` writes; an office's own file
of that name in the home's `templates/` goes before it.
"""

from datetime import datetime
from pathlib import Path

from docx.document import Document
from docx.enum.text import WD_BREAK

from tally.notices import official
from tally.notices.package import dated, settled

TEMPLATE_NAME = "通报.docx"
DEFAULT_TEMPLATE = Path(__file__).resolve().parents[2] / "data" / "notices" / TEMPLATE_NAME
MADE_AT = datetime(2022, 1, 1)
PAGE_BREAK = "\f"
SOURCES_TAG = "表_数据来源"
LOOP = ("{%p for 行 in PART %}", "{{ 行 }}", "{%p endfor %}")

# Style and text of each paragraph; a part's lines are a loop, a table or chart its tag alone.
MASTHEAD = (
    (official.TO, "{%p if 红头 %}"),
    (official.MASTHEAD, "{{ 发文机关标志 }}"),
    (official.NUMBER_LINE, "{{ 文号 }}"),
    (official.TO, "{%p endif %}"),
    (official.TITLE, "{{ 标题 }}"),
    (official.TO, "{{ 主送 }}"),
    (official.BODY, "{{ 引言 }}"),
)
OUTLINE = (
    (official.LEVEL_1, "一、总体情况"),
    (official.BODY, "总体情况"),
    (official.CAPTION, "{{ 表_进度 }}"),
    (official.CAPTION, "{{ 图_进度 }}"),
    (official.LEVEL_1, "二、问题分析"),
    (official.BODY, "问题分析"),
    (official.CAPTION, "{{ 表_逾期 }}"),
    (official.CAPTION, "{{ 图_月度 }}"),
    (official.TO, "{%p if 有排名 %}"),
    (official.LEVEL_1, "三、单位成绩"),
    (official.BODY, "单位成绩"),
    (official.CAPTION, "{{ 表_排名 }}"),
    (official.CAPTION, "{{ 图_排名 }}"),
    (official.TO, "{%p endif %}"),
    (official.LEVEL_1, "四、重点事项"),
    (official.BODY, "重点事项"),
    (official.CAPTION, "{{ 表_任务 }}"),
    (official.CAPTION, "{{ 表_指标 }}"),
    (official.LEVEL_1, "五、部门协同和台账报送"),
    (official.BODY, "台账报送"),
    (official.CAPTION, "{{ 表_未报 }}"),
    (official.TO, "{%p if 正面典型 or 反面典型 %}"),
    (official.LEVEL_1, "六、典型案例"),
    (official.TO, "{%p if 正面典型 %}"),
    (official.LEVEL_2, "（一）正面典型"),
    (official.BODY, "正面典型"),
    (official.TO, "{%p endif %}"),
    (official.TO, "{%p if 反面典型 %}"),
    (official.LEVEL_2, "（二）反面典型"),
    (official.BODY, "反面典型"),
    (official.TO, "{%p endif %}"),
    (official.TO, "{%p endif %}"),
    (official.LEVEL_1, "七、存在问题和下一步工作"),
    (official.LEVEL_2, "（一）存在问题"),
    (official.BODY, "存在问题"),
    (official.CAPTION, "{{ 表_长期逾期 }}"),
    (official.BODY, "预警"),
    (official.CAPTION, "{{ 表_预警 }}"),
    (official.LEVEL_2, "（二）下一步工作"),
    (official.BODY, "下一步工作"),
)
CLOSING = (
    (official.SIGNED, ""),
    (official.SIGNED, "{{ 署名 }}"),
    (official.SIGNED, "{{ 成文日期 }}"),
    (official.TO, PAGE_BREAK),
    (official.LEVEL_1, "附：数据说明"),
    (official.SMALL, "数据说明"),
    (official.CAPTION, f"{{{{ {SOURCES_TAG} }}}}"),
)
LOOPED = (official.BODY, official.SMALL)


def bulletin_template() -> bytes:
    """Return the default template, the same bytes every time."""
    document = official.blank_document()
    for style, text in (*MASTHEAD, *OUTLINE, *CLOSING):
        _put(document, style, text)
    dated(document.core_properties, "通报模板", "争先看板", MADE_AT)
    return settled(official.saved(document))


def _put(document: Document, style: str, text: str) -> None:
    if text == PAGE_BREAK:
        document.add_paragraph(style=style).add_run().add_break(WD_BREAK.PAGE)
    elif style in LOOPED and "{" not in text:
        for line in LOOP:
            document.add_paragraph(line.replace("PART", text), style=style)
    else:
        document.add_paragraph(text, style=style)


def template_of(home: Path) -> bytes:
    """Return the office's own template in `templates/` of the home, else the default one."""
    own = home / "templates" / TEMPLATE_NAME
    return own.read_bytes() if own.is_file() else DEFAULT_TEMPLATE.read_bytes()
