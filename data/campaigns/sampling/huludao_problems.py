"""What hinders 葫芦岛's tasks: lists of the city's office, of counties and of towns (A6, B15)."""

from datetime import date

from data.campaigns.sampling.items import Item, Row, rows, titles
from data.campaigns.sampling.pages import Head

PROBLEM_HEADS = (
    Head("row_number", "序号"),
    Head("item_no", "问题编号"),
    Head("dimension", "问题类别"),
    Head("title", "问题描述"),
    Head("unit", "责任单位"),
    Head("partners", "配合单位"),
    Head("community", "所在地区"),
    Head("task_no", "关联任务"),
    Head("level", "解决层级"),
    Head("channel", "来源"),
    Head("found_on", "登记日期"),
    Head("due_on", "完成时限", forms=("excel", "chinese")),
    Head("state", "销号情况"),
    Head("closed_on", "销号时间"),
)
LETTERS = {
    "市政府办公室": "SZ", "连山区": "LS", "龙港区": "LG", "南票区": "NP",
    "连山街道": "LS01", "站前街道": "LS02", "葫芦岛街道": "LG01", "马仗房街道": "LG03",
    "龙湾街道": "LG05", "滨海街道": "LG06", "双龙街道": "LG07", "玉皇街道": "LG08",
    "北港街道": "LG10", "双树乡": "LG11",
}  # fmt: skip
# Which lists came: most towns began in September; 南票区 and 玉皇街道 then sent none.
SENT = {
    date(2021, 8, 31): {
        **dict.fromkeys(("市政府办公室", "连山区", "龙港区", "南票区"), date(2021, 9, 3)),
        "玉皇街道": date(2021, 9, 6),
    },
    date(2021, 9, 30): {
        **dict.fromkeys(("市政府办公室", "连山区", "龙港区"), date(2021, 10, 8)),
        **dict.fromkeys(("连山街道", "站前街道", "葫芦岛街道", "马仗房街道"), date(2021, 10, 8)),
        **dict.fromkeys(("滨海街道", "双龙街道", "北港街道", "双树乡"), date(2021, 10, 8)),
        "龙湾街道": date(2021, 10, 12),
    },
}


def _day(text: str) -> date | None:
    return date.fromisoformat(f"2021-{text}") if text else None


def _place(unit: str) -> str:
    letters = LETTERS[unit][:2]
    return next((name for name, own in LETTERS.items() if own == letters and name[-1] == "区"), "")


def problems(tasks: list[Item]) -> dict[str, list[Item]]:
    """Return each unit's problems; those about a task carry its number."""
    numbers = {task.text["title"]: task.text["item_no"] for task in tasks}
    found: dict[str, list[Item]] = {}
    for record in titles("huludao_problems"):
        unit = record["unit"]
        own = found.setdefault(unit, [])
        due_on, found_on = _day(record["due"]), _day(record["found"])
        assert due_on and found_on, record
        text = {
            "item_no": f"{LETTERS[unit]}-{len(own) + 1:02d}", "dimension": "重点难点问题",
            "title": record["title"], "unit": unit, "partners": record["partner"],
            "community": _place(unit), "level": record["level"], "channel": record["channel"],
            "task_no": numbers[record["task"]] if record["task"] else "",
        }  # fmt: skip
        word = record["word"] or "正在推进"
        own.append(Item(text, found_on, due_on, _day(record["closed"]), open_word=word))
    return found


def problem_rows(listed: list[Item], on: date) -> list[Row]:
    """Return a unit's list as it stood on `on`."""
    return rows(listed, on, ("已销号", "已办结", "已解决"))
