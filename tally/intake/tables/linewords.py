"""The words by which the lines of a sheet are told apart: totals, notes, examples, sections."""

import re

CHINESE_NUMBERED = re.compile(
    r"(第?[一二三四五六七八九十]{1,3}[、.:类]|\([一二三四五六七八九十]{1,3}\))\S"
)
CHINESE_NUMERAL = re.compile(r"[一二三四五六七八九十]{1,3}|\([一二三四五六七八九十]{1,3}\)")
STATED_COUNT = re.compile(r"\((?:共|计)?(\d+)[项个件条]\)\Z")
TOTAL = re.compile(
    r"(本页|各项)?(合计|小计|总计|共计)(数|数量)?[\d共有项个件条:,.%()、已未销号完成其中]*"
)
STATED_TOTAL = re.compile(r"(?:[合总小共]计|共有?|收集)[:(]?\s?(\d+)(?:[项个件条)]|\Z)")
NOTE = re.compile(
    r"(注|备注|说明|填表说明|填报说明|数据来源|填表人|填报人|制表人?|制表单位|审核人?|审签|联系人|联系电话|"
    r"单位负责人|分管负责人|主要负责人|填报单位|填报日期|填表日期|报送日期|统计日期|打印日期)(\(.*\))?:|注\d"
)
# Of these notes any words may follow; the others are signed or dated below a table.
REMARK = re.compile(r"(注|备注|说明|填表说明|填报说明|数据来源)(\(.*\))?:|注\d")
EXAMPLE_MARKS = ("示例", "(示例)", "例", "样例", "填写示例")
# What a total, a note or an example can begin with; lines are told apart by their first cells.
MARK_LETTERS = "示例样(填本各合小总共注备说数制审联单分主报统打"
