"""Each broken entry of a pack is refused with its file, its key and what to do."""

from pathlib import Path

import pytest

from tally.packs import PackError, read_pack

SOURCE = 'source = "演示数据"\n'
CAMPAIGN = f"""
[campaign]
name = "试点"
full_name = "试点行动"
document = "试〔2023〕1号"
issuer = "试点办"
issued_on = 2023-01-01
start_on = 2023-01-01
end_on = 2023-12-31
dimension_word = "方面"
{SOURCE}
[[leagues]]
name = "各单位"
{SOURCE}
[[units]]
name = "甲部"
league = "各单位"
leader_post = "副主任"
{SOURCE}
[[organs]]
name = "办公室"
kind = "办公室"
{SOURCE}
[[indicators]]
name = "产值"
unit_of_measure = "亿元"
direction = "up"
{SOURCE}
[[places]]
name = "本县"
is_own = true
{SOURCE}
[[places]]
name = "邻县"
{SOURCE}
[[scopes]]
name = "周边"
places = ["本县", "邻县"]
{SOURCE}
[[ledgers]]
kind = "problems"
submitted_by = "unit"
{SOURCE}
"""
MET = 'met_by = [{ ledger = "activities", kind = "会" }]'


def duty(*lines: str, subjects: str = "units", every: str = "month", met_by: str = MET) -> str:
    """Return a duty named 例会 with these further lines."""
    head = f'[[duties]]\nname = "例会"\nsubjects = "{subjects}"\nevery = "{every}"\n'
    return head + "\n".join([met_by, *lines, SOURCE])


def entry(key: str, *lines: str, source: str = SOURCE) -> str:
    return f"[[{key}]]\n" + "\n".join([*lines, source])


def proof(words: str) -> str:
    return "met_by = [{ " + words + " }]"


BROKEN_DUTIES = {
    "subjects": (duty(subjects="people"), "「people」不认识；可选 units"),
    "every": (duty(every="decade"), "「decade」不认识；可选 day"),
    "who": (duty('who = ["乙部"]'), "「乙部」不在可选范围内：甲部、各单位"),
    "who of objects": (duty('who = ["企业"]', subjects="objects"), "「企业」不在可选范围内"),
    "organs without who": (duty(subjects="organs"), "要写 who；可选 办公室、甲部"),
    "clock": (duty('clock = "常设"'), "「常设」不在 clocks 中；可选 （没有）"),
    "once without days": (duty(every="once"), "要写 start_on 和 end_on"),
    "days turned round": (duty("days = [5, 1]"), "末日早于首日；请先写首日"),
    "days of one number": (duty("days = [5]"), "要写两个数：首日和末日，如 [1, 5]"),
    "days with a nought": (duty("days = [0, 5]"), "要写两个数：首日和末日，如 [1, 5]"),
    "days beyond a week": (duty("days = [1, 8]", every="week"), "只能是 1 至 7，或 -1 至 -7"),
    "days of a day": (duty("days = [1, 1]", every="day"), "不能用于 every = 'day'；请删去"),
    "days as words": (duty('days = "1-5"'), "的 days 应是列表，写在方括号里"),
    "months beyond the year": (duty("months = [13]"), "的 months 只能是 1 至 12"),
    "months of weeks": (duty("months = [2]", every="week"), "的 months 只用于 month"),
    "times": (duty("times = 0"), "times 至少是 1"),
    "times in words": (duty('times = "两次"'), "的 times 应是整数，不加引号"),
    "times and days": (duty("times = 2\nat_least_days = 60"), "只能写一个：按次数，或按天数"),
    "is_moved": (duty('is_moved = "是"'), "的 is_moved 只能是 true 或 false"),
    "start_on as words": (duty('start_on = "2023-04-01"'), "应是日期，如 2023-03-09，不加引号"),
    "end before start": (
        duty("start_on = 2023-05-01\nend_on = 2023-04-01"),
        "end_on 早于 start_on；请核对起止日期",
    ),
    "no proof": (duty(met_by="met_by = []"), "没有写 met_by；请写明哪种台账能证明"),
    "proof as a word": (duty(met_by='met_by = ["activities"]'), "met_by[1]: 应是一组键值"),
    "proof without brackets": (
        duty(met_by='met_by = { ledger = "visits" }'),
        "应是列表；请写成 [[met_by]]，或 met_by = [{ … }]",
    ),
    "proving ledger": (duty(met_by=proof('ledger = "units"')), "「units」不能作证明；可选"),
    "ledger that names no such subject": (
        duty(subjects="objects", met_by=proof('ledger = "returns"')),
        "「returns」证明不了 objects；可选 activities、visits、steps",
    ),
    "activity without a kind": (
        duty(met_by=proof('ledger = "activities"')),
        "没有写 kind；activities 要写明是哪一种",
    ),
    "kind of a visit": (
        duty(met_by=proof('ledger = "visits", kind = "电话"')),
        "「电话」不认识；可选 走访、调度",
    ),
    "kind of a problem": (
        duty(met_by=proof('ledger = "problems", kind = "自己找"')),
        "「自己找」不认识；可选 （没有）",
    ),
    "kind of a check": (
        duty(met_by=proof('ledger = "checks", kind = "抽查"')),
        "写了 kind「抽查」，但 checks 不分种类；请删去",
    ),
    "filled": (
        duty(met_by=proof('ledger = "activities", kind = "会", filled = "照片"')),
        "「照片」不可用；activities 可选 topic、object、problem_count、result",
    ),
    "list nobody collects": (
        duty(met_by=proof('ledger = "submissions", kind = "refusals"')),
        "「refusals」台账的报送证明，但 ledgers 里没有它；请加一条 [[ledgers]]",
    ),
    "monthly list every week": (
        duty(every="week", met_by=proof('ledger = "submissions", kind = "problems"')),
        "靠月报证明，every 应是 month",
    ),
    "monthly list with days": (
        duty("days = [1, 5]", met_by=proof('ledger = "submissions", kind = "problems"')),
        "报送日写在 ledgers 的 due_day；请删去 days",
    ),
    "unknown key": (duty('weekday = "一"'), "不认识的键 weekday；可用的键是"),
}

UNIT = ('name = "乙部"', 'league = "各单位"')
BROKEN_ENTRIES = {
    "league of a unit": (
        entry("units", 'name = "乙部"', 'league = "部门"'),
        "units「乙部」的 league「部门」不在 leagues 中；可选 各单位",
    ),
    "unit above": (
        entry("units", *UNIT, 'parent = "丙部"'),
        "units「乙部」的 parent「丙部」不在 units 中；请先写上一级",
    ),
    "unit above itself": (
        entry("units", *UNIT, 'parent = "乙部"'),
        "units「乙部」的上级绕回了它自己；请改正 parent",
    ),
    "unit renamed without a day": (
        entry("units", *UNIT, 'former_name = "丁部"'),
        "更名要同时写 former_name 和 renamed_on",
    ),
    "unit twice": (
        entry("units", 'name = "甲部"', 'league = "各单位"'),
        "units「甲部」写了两次；请只留一条",
    ),
    "alias of another": (
        entry("units", *UNIT, 'aliases = ["甲部"]'),
        "units「甲部」指向不止一条：甲部、乙部；请改名称或 aliases",
    ),
    "name left empty": (
        entry("units", 'name = ""', 'league = "各单位"'),
        "units「」的 name 是空的；请填写",
    ),
    "source left empty": (entry("units", *UNIT, source='source = ""'), "source 是空的；请填写"),
    "key that belongs to no entry": (
        entry("units", *UNIT, 'phone = "0"'),
        "units[2]: 不认识的键 phone",
    ),
    "key left out": (entry("units", 'name = "乙部"'), "units[2]: 缺少键 'league'；请补上"),
    "power of an organ": (
        entry("organs", 'name = "专班"', 'kind = "专班"', 'powers = ["表扬"]'),
        "organs「专班」的 powers「表扬」不认识；可选 统筹",
    ),
    "organ above": (
        entry("organs", 'name = "专班"', 'kind = "专班"', 'parent = "小组"'),
        "organs「专班」的 parent「小组」不在 organs 中",
    ),
    "post": (
        entry("posts", 'name = "局长"', 'unit = "某局"'),
        "posts「局长」的 unit「某局」不在 units 或 organs 中",
    ),
    "axis of an open point": (
        entry("open_points", 'about = "进社区"', 'what = "频次"', 'axis = "colour"'),
        "open_points「进社区」的 axis「colour」不认识；可选 activity",
    ),
    "axis": (
        entry("classes", 'axis = "colour"', 'name = "红"'),
        "classes「红」的 axis「colour」不认识；可选 kind",
    ),
    "kind of object": (
        entry("object_kinds", 'name = "规上"', 'part_of = "企业"'),
        "object_kinds「规上」的 part_of「企业」不在 object_kinds 中",
    ),
    "clock turned round": (
        entry("clocks", 'name = "常设"', "start_on = 2023-02-01", "end_on = 2023-01-01"),
        "clocks「常设」的 end_on 早于 start_on",
    ),
    "ledger": (
        entry("ledgers", 'kind = "problem"', 'submitted_by = "all"'),
        "ledgers「problem」的 kind「problem」没有这种台账；可选",
    ),
    "sender of a ledger": (
        entry("ledgers", 'kind = "tasks"', 'submitted_by = "each"'),
        "ledgers「tasks」的 submitted_by 只能是 unit（各单位自报）或 all（合并报送）",
    ),
    "units of a ledger": (
        entry("ledgers", 'kind = "tasks"', 'submitted_by = "unit"', 'units = ["乙部"]'),
        "ledgers「tasks」的 units「乙部」不在 units 中",
    ),
    "deadline of a ledger": (
        entry("deadlines", 'kind = "letters"', "working_days = 5"),
        "deadlines「letters」的 kind「letters」没有这种台账",
    ),
    "working days in words": (
        entry("deadlines", 'kind = "problems"', 'working_days = "五"'),
        "deadlines「problems」的 working_days 应是整数，不加引号，现在是 '五'",
    ),
    "moment for a day": (
        entry("deliverables", 'name = "办法"', 'owner = "甲部"', 'kind = "制度"')
        + "due_on = 2023-03-31T00:00:00\n",
        "deliverables「办法」的 due_on 应是日期，如 2023-03-09，不加引号",
    ),
    "truth for a number": (
        entry("thresholds", 'name = "minimum_due_items"', "value = true"),
        "thresholds「minimum_due_items」的 value 应是数，不加引号，现在是 True",
    ),
    "one entry where a list belongs": (
        f"[phases]\nname = '查摆'\n{SOURCE}",
        "broken.toml phases: 应是列表；请写成 [[phases]]",
    ),
}


def refusal(folder: Path, text: str) -> str:
    """Return what is said of a pack with this text in a second file."""
    (folder / "campaign.toml").write_text(CAMPAIGN, "utf-8")
    (folder / "broken.toml").write_text(text, "utf-8")
    # A list may stand in one file only.
    key = text.split("]")[0].strip("[")
    whole = CAMPAIGN + text if f"[[{key}]]" in CAMPAIGN else None
    if whole:
        (folder / "campaign.toml").write_text(whole, "utf-8")
        (folder / "broken.toml").unlink()
    with pytest.raises(PackError) as refused:
        read_pack(folder)
    return str(refused.value)


@pytest.mark.parametrize("case", BROKEN_DUTIES)
def test_broken_duty_is_refused_with_file_key_and_remedy(tmp_path: Path, case: str) -> None:
    text, said = BROKEN_DUTIES[case]
    message = refusal(tmp_path, text)
    assert "broken.toml" in message
    assert "duties「例会」" in message or "duties[1]" in message
    assert said in message


@pytest.mark.parametrize("case", BROKEN_ENTRIES)
def test_broken_entry_is_refused_with_file_key_and_remedy(tmp_path: Path, case: str) -> None:
    text, said = BROKEN_ENTRIES[case]
    message = refusal(tmp_path, text)
    assert ".toml" in message
    assert said in message


def test_pack_of_the_cases_is_whole_without_them(tmp_path: Path) -> None:
    (tmp_path / "campaign.toml").write_text(CAMPAIGN + duty(), "utf-8")
    assert [one.name for one in read_pack(tmp_path).duties] == ["例会"]
