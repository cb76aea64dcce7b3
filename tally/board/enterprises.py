"""企业服务: the verdict, the choice of an enterprise, its card, and who waits longest (E6, B16)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from tally import words
from tally.board.asking import Filters, ask
from tally.board.items import go_to_ledger, open_in_ledger
from tally.board.panels import UPLOAD_PAGE
from tally.board.search import ROWS
from tally.board.sending import stop
from tally.board.tables import table
from tally.board.ways import way_to
from tally.contracts import contracts
from tally.sentences import Verdict, clauses

OBJECT_KEY, KIND_KEY = "object", "object_kind"
WANTED_KEY = "_wanted_object"
SUNDAY = 6
NOT_LISTED = "不在名册"


def served_verdict(
    totals: Mapping[str, Any], parked: Sequence[Mapping[str, Any]], as_of: date
) -> Verdict:
    """Judge the row of `object_coverage` for all kinds, and the rows of `parked_items`.

    A week that is not over is not missed yet: who is still to be visited then is 临期.
    """
    listed, visited = int(totals["listed_count"]), int(totals["week_count"])
    detail = _served_detail(totals, parked)
    if not listed:
        return Verdict("unreported", "还没有企业与项目名册", detail)
    if totals["never_count"] == listed:
        return Verdict("unreported", "还没有走访调度台账", detail)
    if totals["late_count"]:
        weeks = words.count(totals["late_weeks_max"], "周")
        late = words.count(totals["late_count"], "家")
        return Verdict("overdue", f"{late}上周以来未走访，最久 {weeks}", detail)
    if visited < listed:
        missing = words.count(listed - visited, "家")
        is_over = as_of.weekday() == SUNDAY
        return Verdict("overdue" if is_over else "soon", f"本周还有 {missing}未走访", detail)
    return Verdict("normal", "本周已全部走访", detail)


def _served_detail(
    totals: Mapping[str, Any], parked: Sequence[Mapping[str, Any]]
) -> tuple[str, ...]:
    visited = words.ratio(totals["week_count"], totals["listed_count"])
    closed = words.share(totals["closed_share"])
    counts = (words.count(totals["problem_count"], "项"), words.count(totals["closed_count"], "项"))
    idle = sum(not row["is_dispatched"] for row in parked)
    idle_words = f"，{words.count(idle, '项')}本周未调度" if idle else ""
    others = words.count(totals["other_count"], "家")
    return clauses(
        (f"本周已走访 {visited} 家",),
        (f"收集问题 {counts[0]}，销号 {counts[1]}（{closed}）",) if totals["problem_count"] else (),
        (f"暂时不能解决 {words.count(len(parked), '项')}{idle_words}",) if parked else (),
        (f"{NOT_LISTED} {others}",) if totals["other_count"] else (),
    )


def stop_without_objects(objects: pd.DataFrame, chosen: Filters) -> None:
    """Say which ledgers are missing and where to bring them, and end the page."""
    if not objects.empty:
        return
    if not ask("visit_coverage", campaign=chosen.campaign, as_of=chosen.as_of).empty:
        st.title("○ 筛选后没有企业（项目）", anchor=False)
        st.markdown("放宽或清除筛选后再看。")
        stop()
    st.title("○ 还没有企业与项目名册", anchor=False)
    st.markdown("上传“企业与项目名册”和“走访调度台账”并发布后，这里就有数了。")
    way_to(UPLOAD_PAGE, "去上传")
    stop()


def kind_switch(chosen: Filters) -> str | None:
    """Let one of the pack's kinds of objects be chosen; None is all of them."""
    names = [kind.name for kind in chosen.pack.object_kinds]
    if not names:
        return None
    kind: str | None = st.segmented_control(
        "类别",
        names,
        key=KIND_KEY,
        bind="query-params",
        label_visibility="collapsed",
        format_func=words.escape_markdown,
    )
    return kind


def want_object(source: str, subject: str | None) -> None:
    """Draw the page again around an object newly chosen in a figure or a table.

    What a figure or table still shows as chosen from before changes nothing.
    """
    memory = f"_picked_{source}"
    if not subject or st.session_state.get(memory) == subject:
        return
    st.session_state[memory] = subject
    st.session_state[WANTED_KEY] = subject
    st.rerun()


def object_choice(objects: pd.DataFrame) -> str:
    """Let an object be found by its name; bound to the address as `?object=…`."""
    names = objects["subject"].tolist()
    wanted = st.session_state.pop(WANTED_KEY, None)
    if wanted in names:
        st.session_state[OBJECT_KEY] = wanted
    elif st.session_state.get(OBJECT_KEY) not in (None, *names):
        st.session_state.pop(OBJECT_KEY)
    with st.container(horizontal=True, vertical_alignment="center"):
        found: str | None = st.selectbox(
            "企业（项目）", names, key=OBJECT_KEY, bind="query-params", label_visibility="collapsed"
        )
        rows_button("看走访记录", "visits", found or names[0])
    return found or names[0]


def object_card(one: Mapping[str, Any], chosen: Filters) -> None:
    """Draw who serves an object, its visits, and its problems with the level each is at.

    All its problems are meant, whoever leads them.
    """
    levels = ask("coordination_levels", campaign=chosen.campaign, as_of=chosen.as_of)
    st.markdown(" ".join(_badges(one)))
    st.markdown("  \n".join(_served_lines(one)))
    problems = levels[levels["enterprise"] == one["subject"]]
    if problems.empty:
        st.markdown(":gray[没有反映问题]")
        return
    rows = problems.to_dict("records")
    shown = problems.assign(
        state=[_problem_state(row) for row in rows],
        at=[f"{row['level_name']} {words.days(row['level_days'])}" for row in rows],
    )
    columns = {
        "title": st.column_config.TextColumn("问题", width=300),
        "state": st.column_config.TextColumn("状态", width=110),
        "at": st.column_config.TextColumn("所在层级", width=150),
    }
    position = table(shown, columns, key=f"problems_of_{one['subject']}", rows_max=4, row_px=35)
    key = None if position is None else str(shown.iloc[position]["item_key"])
    open_in_ledger(shown, key)


def rows_button(label: str, kind: str, text: str = "") -> None:
    """Draw the way to a ledger's rows as they were written, those that hold a text."""
    if st.button(words.escape_markdown(label), type="tertiary", key=f"rows_of_{kind}"):
        go_to_ledger(ledger=ROWS, row_ledger=contracts()[kind].title, words=text)


def filter_note(note: str, chosen: Filters) -> str:
    """Return a panel's note; under a filter it says that problems go by their lead unit."""
    is_narrowed = bool(chosen.unit or chosen.league or chosen.post)
    return f"{note}；按责任单位筛选" if is_narrowed else note


def _badges(one: Mapping[str, Any]) -> list[str]:
    kind = one["kind"] if one["is_listed"] else f"○ {NOT_LISTED}"
    badges = [f":gray-badge[{words.escape_markdown(str(kind))}]"]
    if one["unvisited_week_count"]:
        badges.append(f":red-badge[■ {int(one['unvisited_week_count'])} 周未走访]")
    elif one["week_visit_count"]:
        badges.append(":green-badge[● 本周已走访]")
    else:
        badges.append(":orange-badge[▲ 本周还未走访]")
    if one["open_count"]:
        badges.append(f":blue-badge[未销号 {int(one['open_count'])} 项]")
    return badges


def _served_lines(one: Mapping[str, Any]) -> list[str]:
    """Return who serves it and how often, two facts a line."""
    facts = (
        ("包保单位", words.text(one["unit"])),
        ("包保领导", words.text(one["leader_post"])),
        ("上次走访", words.iso_day(one["last_visit_on"])),
        ("上次调度", words.iso_day(one["last_dispatch_on"])),
        ("走访 / 调度", f"{words.ratio(one['visit_count'], one['dispatch_count'])} 次"),
        ("缺走访", words.count(one["missed_week_count"], "周")),
    )
    told = [
        f":gray[{words.escape_markdown(name)}]　{words.escape_markdown(value)}"
        for name, value in facts
    ]
    return ["　　".join(told[place : place + 2]) for place in range(0, len(told), 2)]


def _problem_state(row: Mapping[str, Any]) -> str:
    if row["is_closed"]:
        return "✓ 已销号"
    return "■ 逾期" if row["is_overdue"] else "● 在办"


def unvisited_table(objects: pd.DataFrame) -> str | None:
    """Draw who of the roster was not visited this week, the longest first; return the chosen."""
    listed = objects[objects["is_listed"]]
    if listed.empty:
        st.markdown(":gray[还没有企业与项目名册]")
        return None
    rows = listed[(listed["unvisited_week_count"] > 0) | (listed["week_visit_count"] == 0)]
    if rows.empty:
        st.markdown(":green[●] 本周已全部走访")
        return None
    shown = rows.assign(
        weeks=[_weeks(row) for row in rows.to_dict("records")],
        last=rows["last_visit_on"].map(words.day),
    )
    columns = {
        "subject": st.column_config.TextColumn("企业（项目）", width=112),
        "weeks": st.column_config.TextColumn("未走访", width=80),
        "last": st.column_config.TextColumn("上次", width=76),
        "unit": st.column_config.TextColumn("包保单位", width=110),
    }
    position = table(shown, columns, key="unvisited", rows_max=7, row_px=35)
    return None if position is None else str(shown.iloc[position]["subject"])


def _weeks(row: Mapping[str, Any]) -> str:
    count = int(row["unvisited_week_count"])
    return f"■ {count} 周" if count else "▲ 本周"


def parked_table(parked: pd.DataFrame) -> str | None:
    """Draw what is put aside with its weeks without a dispatch; return the chosen object."""
    if parked.empty:
        st.markdown(":green[●] 没有暂时不能解决的问题")
        return None
    rows = parked.to_dict("records")
    shown = parked.assign(
        missed=[_missed(row) for row in rows],
        now=["● 已调度" if row["is_dispatched"] else "▲ 未调度" for row in rows],
    )
    columns = {
        "title": st.column_config.TextColumn("问题", width=184),
        "missed": st.column_config.TextColumn("缺调度", width=102),
        "now": st.column_config.TextColumn("本周", width=92),
    }
    position = table(shown, columns, key="parked", rows_max=7, row_px=35)
    found = None if position is None else shown.iloc[position]["enterprise"]
    return None if words.is_missing(found) else str(found)


def _missed(row: Mapping[str, Any]) -> str:
    weeks = f"{int(row['missed_count'])} / {int(row['week_count'])} 周"
    return f"■ {weeks}" if row["missed_run_count"] else f"{weeks}"
