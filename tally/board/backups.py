"""备份: when the data was last saved and whether that copy is sound; one button saves it now."""

from collections.abc import Sequence
from datetime import timedelta

import pandas as pd
import streamlit as st

from tally import clock, service
from tally.board.panels import panel
from tally.board.tables import plain_table
from tally.registry import RegistryUnusable
from tally.safekeeping.backups import Backup, backups, backups_folder
from tally.safekeeping.manifests import BackupUnsound
from tally.safekeeping.verifying import Verified
from tally.sealing import KeyUnusable
from tally.sentences import Verdict
from tally.store import CannotWrite, Pulse
from tally.viewers import Action, NotAllowed, acting

SHOWN = 17
LATE = timedelta(hours=36)
SAID_KEY = "_backup_said"
COMMANDS = (
    ("逐项核对账本、原始文件和备份", "python3 manage.py verify"),
    ("另存一份加密的副本到另一块磁盘", "python3 manage.py backup --to 文件夹"),
    ("列出备份", "python3 manage.py restore --list"),
    ("停止看板后恢复，并补上备份之后的发布", "python3 manage.py restore 名称 --replay"),
)


def kept_backups() -> tuple[Backup, ...]:
    """Return the home's backups that are signed by us, newest first; none without the key."""
    try:
        return backups(backups_folder(service.database().home))
    except KeyUnusable:
        return ()


def backups_verdict(
    found: Sequence[Backup], failure: str, verified: Sequence[Verified] = (), stands: str = ""
) -> Verdict:
    """Say how old the newest backup is, what stands in the way of the next, what a night found.

    `stands` is how the store does, where all is well.
    """
    if unsound := [f"{one.subject}：{one.sentence}" for one in verified if not one.is_sound]:
        return Verdict("overdue", f"夜间核对发现 {len(unsound)} 处有损", tuple(unsound))
    if failure:
        return Verdict("overdue", "最近一次备份没有做成", (failure,))
    if not found:
        return Verdict("soon", "还没有备份", ("发布后会自动备份，也可以现在备份",))
    newest = found[0]
    age = clock.now() - newest.made_at
    detail = [f"共 {len(found)} 份；发布后和每天自动备份，做完即逐行核对"]
    if verified:
        detail.append(f"夜间核对 {len(verified)} 项完好")
    detail += [stands] if stands else []
    state = "soon" if age > LATE else "normal"
    return Verdict(state, f"最近一次备份在{_age(age)}", tuple(detail))


def store_words(pulse: Pulse) -> str:
    """Say which store it is, how fast a shared one answers, how old its newest write is."""
    said = ["账本在本机文件"]
    if pulse.is_shared:
        said = [f"账本在共享库 {pulse.shown}", f"{pulse.answer_seconds * 1000:.0f} 毫秒应答"]
    if pulse.age_seconds is not None:
        said.append(f"最近写入在{_age(timedelta(seconds=pulse.age_seconds))}")
    if pulse.holder:
        said.append(pulse.holder)
    return "，".join(said)


def _age(age: timedelta) -> str:
    minutes = int(age.total_seconds() // 60)
    if minutes < 1:
        return "刚才"
    if minutes < 60:
        return f" {minutes} 分钟前"
    return f" {minutes // 60} 小时前" if minutes < 48 * 60 else f" {minutes // 1440} 天前"


def backup_panels(found: Sequence[Backup]) -> None:
    """Draw the list of backups, the button, and the commands for the person at the server."""
    left, right = st.columns([1.7, 1])
    with left, panel("已有的备份", "七天内全部保留，八周内每周一份，一年内每月一份", height=760):
        _list(found)
    with right, panel("现在备份", height=170):
        st.button("立即备份", on_click=_make, type="primary")
        if said := st.session_state.pop(SAID_KEY, ""):
            st.text(said)
    with right, panel("恢复与核对", "在服务器上执行", height=574):
        for use, command in COMMANDS:
            st.text(use)
            st.code(command, language=None)


def _list(found: Sequence[Backup]) -> None:
    rows = [
        {
            "made_at": f"{clock.in_shanghai(one.made_at):%Y-%m-%d %H:%M}",
            "why": one.manifest.why,
            "row_count": one.manifest.row_count,
            "size": f"{one.manifest.size_bytes / 1e6:.1f} 兆",
            "original_count": len(one.manifest.originals),
            "name": one.manifest.name,
        }
        for one in found[:SHOWN]
    ]
    columns = {
        "made_at": st.column_config.TextColumn("时间", width=150),
        "why": st.column_config.TextColumn("起因", width=150),
        "row_count": st.column_config.NumberColumn("行数", width=80),
        "size": st.column_config.TextColumn("大小", width=90),
        "original_count": st.column_config.NumberColumn("原始文件", width=90),
        "name": st.column_config.TextColumn("名称", width=210),
    }
    shown = pd.DataFrame(rows, columns=list(columns))
    plain_table(shown, columns, rows_max=SHOWN - 1)


def _make() -> None:
    try:
        acting().check_may(Action.BACK_UP)
        backup = service.keeper().make("手动")
        said = f"已备份：{backup.manifest.row_count} 行，已逐行核对"
    except (NotAllowed, CannotWrite, BackupUnsound, KeyUnusable, RegistryUnusable) as fault:
        said = str(fault)
    st.session_state[SAID_KEY] = said
