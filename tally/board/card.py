"""One item's card: its state, its fields, its history, and the cell it came from."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

import pandas as pd
import streamlit as st

from tally import words
from tally.board.asking import Filters, ask
from tally.board.personal import personal_part
from tally.board.provenance import STATUS_REMARKS, linked_row, source_line
from tally.charts.indicator_progress import attained_words
from tally.contracts import contracts

Item = Mapping[str, Any]

# The card stands beside other panels on one screen.
CHANGES_SHOWN = 4
YES_NO = {True: "是", False: "否", None: words.EMPTY}
STATE_BADGES = {
    "escalated": ("提级", "orange"),
    "tolerated": ("容错备案", "gray"),
    "parked": ("暂缓", "gray"),
}


def item_card(chosen: Filters, item_key: str, *, is_projected: bool = False) -> None:
    """Draw the card of one item as it stands on the day asked; nothing when it is unknown.

    Where it is projected a whole room reads it: nothing of persons is on it, whoever looks.
    """
    found = ask("items", campaign=chosen.campaign, as_of=chosen.as_of, item_key=item_key)
    if found.empty:
        st.markdown(":gray[没有找到这一项]")
        return
    item = _values(found.iloc[0])
    st.markdown(f"#### {words.escape_markdown(item['title'])}")
    st.markdown(" ".join(_badges(item)))
    _fields(item)
    _indicators(chosen, item)
    _steps(chosen, item)
    _history(chosen, item)
    if not is_projected:
        personal_part(item, item_key)
    source_line(item, item_key)


def ticket_card(chosen: Filters, item_key: str) -> None:
    """Draw the card of one ticket; what the citizen wrote stays in the original file."""
    found = ask("tickets", campaign=chosen.campaign, as_of=chosen.as_of, item_key=item_key)
    if found.empty:
        st.markdown(":gray[没有找到这件工单]")
        return
    ticket = _values(found.iloc[0])
    st.markdown(f"#### {words.escape_markdown(ticket['title'])}")
    field_table(
        {
            "编号": None if item_key.startswith("~") else item_key,
            "渠道": ticket["channel"],
            "承办单位": ticket["unit"],
            "社区": ticket["community"],
            "受理": words.iso_day(ticket["received_on"]),
            "时限": words.iso_day(ticket["due_on"]),
            "答复": words.iso_day(ticket["closed_on"]),
            "办理天数": words.days(ticket["answer_days"]),
            "是否解决": YES_NO[ticket["is_resolved"]],
            "是否满意": YES_NO[ticket["is_satisfied"]],
        }
    )
    personal_part(ticket, item_key)
    source_line(ticket, item_key)


def source_card(row: pd.Series) -> None:
    """Draw one row of a list: where it is from, and the way to the row as it was written."""
    source = _values(row)
    st.markdown(f"#### {words.escape_markdown(str(source['title']))}")
    field_table(
        {
            "台账": contracts()[source["ledger"]].title,
            "月份": words.year_month(source["month"]),
            "单位": source["unit"],
            "编号": None if str(source["item_key"]).startswith("~") else source["item_key"],
            "日期": words.iso_day(source["day"]),
        }
    )
    personal_part(source, str(source["place"]))
    source_line(source, str(source["place"]))


def linked_card() -> None:
    """Draw the row that the address names, whether it is in force or has been replaced."""
    source = linked_row()
    if source is None:
        st.markdown("链接指的这一行没有找到：可能没有发布过，或链接不完整。")
        return
    st.markdown(f"#### {words.escape_markdown(source.title)}")
    field_table(
        {
            "台账": contracts()[source.ledger].title,
            "月份": words.year_month(source.month),
            "单位": source.unit,
            "状态": STATUS_REMARKS.get(source.status),
        }
    )
    personal_part(vars(source), "linked")
    source_line(vars(source), "linked")


def _values(row: pd.Series) -> Item:
    """Return a row's cells with None where the frame has one of its missing values."""
    return {name: None if pd.isna(value) else value for name, value in row.items()}


def _badges(item: Item) -> list[str]:
    badges = []
    if item["is_overdue"]:
        badges.append(f":red-badge[■ 逾期 {int(item['overdue_days'])} 天]")
    elif item["is_closed"]:
        badges.append(":blue-badge[✓ 已销号]")
    elif item["is_due_soon"]:
        badges.append(":orange-badge[▲ 临期]")
    else:
        badges.append(":green-badge[● 正常]")
    if item["is_closed"]:
        is_verified = item["is_verified"]
        badges.append(":violet-badge[◆ 已核实]" if is_verified else ":violet-badge[◆ 待核查]")
    if item["is_reopened"]:
        why = "已退回" if item["is_returned"] else "核查不实"
        badges.append(f":red-badge[■ {why}，重新在办]")
    if item["is_extended"]:
        badges.append(":orange-badge[延期]")
    if item["is_vanished"]:
        badges.append(":gray-badge[○ 最近一期台账未列]")
    if item["state"] in STATE_BADGES:
        text, color = STATE_BADGES[item["state"]]
        badges.append(f":{color}-badge[{text}]")
    return badges


def _deadline(item: Item) -> str:
    if item["due_on"] is None:
        return words.text(item["due_text"])
    due = words.iso_day(item["due_on"])
    if item["is_extended"]:
        return f"原定 {words.iso_day(item['original_due_on'])}，延至 {due}"
    if item["is_due_derived"]:
        return f"{due}（按工作日推算）"
    return f"{due}（原文“{item['due_text']}”）" if item["due_text"] else due


def _fields(item: Item) -> None:
    fields = {
        "责任单位": "、".join(part for part in (item["unit"], item["partners"]) if part),
        "责任领导": item["leader_post"],
        "目标与措施": "；".join(part for part in (item["goal"], item["measure"]) if part),
        "期限": _deadline(item),
        "销号": words.iso_day(item["closed_at_on"]) if item["is_closed"] else None,
        "进展": item["progress_note"],
    }
    field_table(fields)


def field_table(fields: Mapping[str, Any]) -> None:
    """Draw the fields that say something, one below the other."""
    shown = {name: value for name, value in fields.items() if value}
    # A name may be a file's own word too, as a criterion of a contest is.
    cells = [[words.escape_markdown(str(part)) for part in pair] for pair in shown.items()]
    st.table(
        pd.DataFrame(cells, columns=["字段", "内容"]),
        border="horizontal",
        hide_header=True,
        hide_index=True,
    )


def _indicators(chosen: Filters, item: Item) -> None:
    """Show the numbers that a task's indicators stand at (C5)."""
    if item["ledger"] != "tasks":
        return
    newest = ask("indicator_progress", chosen, is_newest=True)
    attached = newest[newest["task"] == item["item_key"]]
    for last in attached.to_dict("records"):
        named = words.escape_markdown(f"{last['indicator']}：{attained_words(last)}")
        st.markdown(
            f"{named}　:gray[:small[{words.share(last['achieved_share'])}，"
            f"序时 {words.share(last['schedule_share'])}]]"
        )


def _steps(chosen: Filters, item: Item) -> None:
    """Show what was done on the item's way, each step with its day and post (B4, B10)."""
    steps = ask(
        "item_steps", campaign=chosen.campaign, as_of=chosen.as_of, item_key=item["item_key"]
    )
    # A matter dispatched every week says so once, with how often.
    runs = [list(run) for _, run in groupby(steps.to_dict("records"), key=_step_words)]
    lines = [_run_words(run) for run in runs[-CHANGES_SHOWN:]]
    if len(runs) > CHANGES_SHOWN:
        lines = [f"此前 {len(runs) - CHANGES_SHOWN} 个环节见台账查询", *lines]
    if lines:
        st.markdown(f":gray[:small[{'；'.join(lines)}]]")


def _run_words(run: list[dict[str, Any]]) -> str:
    """Return steps taken one after another alike: their first and last day, and how many."""
    first, last = words.iso_day(run[0]["step_on"]), words.iso_day(run[-1]["step_on"])
    when = first if len(run) == 1 else f"{first} 至 {last}"
    return f"{when} {_step_words(run[0])}" + (f" {len(run)} 次" if len(run) > 1 else "")


def _step_words(step: Mapping[str, Any]) -> str:
    said = str(step["step"])
    if not words.is_missing(step["post"]):
        said += f"（{step['post']}）"
    old, new = (
        words.ITEM_STATE_WORDS.get(step[name], words.text(step[name]))
        for name in ("old_value", "new_value")
    )
    if new != words.EMPTY:
        said += f" {new}" if old == words.EMPTY else f" {old} → {new}"
    return words.escape_markdown(said)


def _history(chosen: Filters, item: Item) -> None:
    changes = ask("item_history", campaign=chosen.campaign, item_key=item["item_key"])
    # A month's report is other words each month: the newest stands among the fields.
    is_told = (changes["month"] <= f"{chosen.as_of:%Y-%m}") & (changes["column"] != "progress_note")
    # Steps stand above with their days and posts; their names are Chinese.
    is_told &= changes["column"].str.isascii()
    changes = changes[is_told]
    titles = {c.name: c.title for c in contracts()[item["ledger"]].columns}
    told = [_change_words(change, titles) for change in changes.to_dict("records")]
    # A matter dispatched every week says so once a month.
    counted = [(words_said, len(list(same))) for words_said, same in groupby(reversed(told))]
    lines = [said if count == 1 else f"{said} {count} 次" for said, count in counted]
    if len(lines) > CHANGES_SHOWN:
        lines = [*lines[:CHANGES_SHOWN], f"更早的 {len(lines) - CHANGES_SHOWN} 条见台账查询"]
    if lines:
        st.markdown(f":gray[:small[{'；'.join(lines)}]]")


def _change_words(change: Mapping[str, Any], titles: dict[str, str]) -> str:
    month = words.month(change["month"])
    if change["column"] == "item_key":
        return f"{month} 首次列入"
    if change["column"] == "state":
        old, new = (
            words.ITEM_STATE_WORDS.get(change[key], change[key])
            for key in ("old_value", "new_value")
        )
        return words.escape_markdown(f"{month} 由{old}变为{new}")
    title = titles.get(change["column"], change["column"])
    if words.is_missing(change["old_value"]) and words.is_missing(change["new_value"]):
        return words.escape_markdown(f"{month} {title}")
    old, new = (words.text(change[key]) for key in ("old_value", "new_value"))
    return words.escape_markdown(f"{month} {title}：{old} → {new}")
