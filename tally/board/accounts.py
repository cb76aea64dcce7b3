"""账号: the list, what 系统管理员 does with an account, and what 安全管理员 grants (B1 to B3)."""

from collections.abc import Callable
from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from tally import accounts, service, words
from tally.accounts import Kept, NotAllowed
from tally.board.panels import panel, verdict
from tally.board.projected import projected_px
from tally.board.tables import table
from tally.packs import packs
from tally.sentences import Verdict
from tally.viewers import Action, Role, acting

STATE_SHAPES = {
    "正常": "●",
    "待授权": "○",
    "已停用": "○",
    "已到期": "▲",
    "已锁定": "▲",
    "即将到期": "▲",
    "久未登录": "▲",
}
GRANTED = [role for role in Role if role is not Role.DISPLAY]
DONE_KEY = "_account_done"
LIST_PX = 560


def accounts_verdict(kept: list[Kept]) -> Verdict:
    """Say how many accounts there are, and which of them somebody should look at."""
    count = {state: sum(one.state == state for one in kept) for state in STATE_SHAPES}
    said = "、".join(f"{state} {n} 个" for state, n in count.items() if n)
    if not kept:
        return Verdict("unreported", "还没有账号", ("建立第一个账号后，每个人都要登录",))
    needs = sum(n for state, n in count.items() if STATE_SHAPES[state] == "▲")
    if needs:
        return Verdict("soon", f"{needs} 个账号需要处理", (f"共 {len(kept)} 个：{said}",))
    return Verdict("normal", f"{len(kept)} 个账号", (said,))


def show() -> None:
    """Draw the page: the list at the left, what may be done with the chosen one at the right."""
    kept = accounts.kept_accounts(service.book())
    verdict(accounts_verdict(kept))
    left, right = st.columns([2.2, 1])
    with left, panel("账号", "点一行办理", LIST_PX):
        chosen = account_table(kept)
    with right:
        _done()
        if acting().may(Action.KEEP_ACCOUNTS):
            with panel("办理"):
                keeping_panel(chosen)
            with panel("新建账号"):
                new_account()
        if acting().may(Action.GRANT):
            with panel("授权"):
                granting_panel(chosen)
    if acting().may(Action.KEEP_ACCOUNTS):
        with left, panel("大屏凭证", "只能看大屏，不用登录"):
            display_panel()


def account_table(kept: list[Kept]) -> Kept | None:
    """Draw the accounts; return the chosen one, else the first."""
    if not kept:
        st.markdown(":gray[还没有账号]")
        return None
    shown = pd.DataFrame([_row(one) for one in kept])
    columns = {
        "account": st.column_config.TextColumn("账号", width=110),
        "state": st.column_config.TextColumn("状态", width=100),
        "post": st.column_config.TextColumn("岗位", width=180),
        "roles": st.column_config.TextColumn("角色", width=190),
        "units": st.column_config.TextColumn("单位范围", width=190),
        "entered": st.column_config.TextColumn("上次登录", width=150),
        "expires": st.column_config.TextColumn("有效期", width=110),
    }
    place = table(shown, columns, key="accounts", rows_max=13)
    return kept[place or 0]


def _row(kept: Kept) -> dict[str, str]:
    account = kept.account
    units = "全部" if account.units is None else words.names(sorted(account.units), 2)
    return {
        "account": account.account,
        "state": f"{STATE_SHAPES[kept.state]} {kept.state}",
        "post": account.post,
        "roles": "、".join(sorted(account.roles)) or words.EMPTY,
        "units": units or words.EMPTY,
        "entered": accounts.said_at(account.entered_at) or words.EMPTY,
        "expires": account.expires_on or "不限",
    }


def _do(work: Callable[[], str | None], said: str) -> None:
    """Do something and keep what is to be said for the run that follows."""
    try:
        shown = work()
    except NotAllowed as refusal:
        st.session_state[DONE_KEY] = "error", str(refusal), ""
        return
    st.session_state[DONE_KEY] = "success", said, shown or ""


def _done() -> None:
    """Say once what was done, with a password or an address that is shown this once."""
    kind, said, shown = st.session_state.pop(DONE_KEY, ("", "", ""))
    if not kind:
        return
    (st.error if kind == "error" else st.success)(words.escape_markdown(said))
    if shown:
        st.code(shown, language=None)
        st.markdown(":gray[:small[只显示这一次，请当面交给本人]]")


def keeping_panel(chosen: Kept | None) -> None:
    """Draw what 系统管理员 may do with the chosen account."""
    if chosen is None:
        st.markdown(":gray[没有选中的账号]")
        return
    book, name = service.book(), chosen.account.account
    st.markdown(f"**{words.escape_markdown(name)}**　{words.escape_markdown(chosen.account.post)}")
    with st.container(horizontal=True, gap="small"):
        if chosen.account.is_disabled:
            _button("启用", "enable", partial(accounts.enable, book, name), f"已启用 {name}")
        else:
            _button("停用", "disable", partial(accounts.disable, book, name), f"已停用 {name}")
        if chosen.locked_until:
            _button("解锁", "unlock", partial(accounts.unlock, book, name), f"已解锁 {name}")
        reset = partial(accounts.reset_password, book, name)
        _button("重置口令", "reset", reset, f"{name} 的新口令")
        if chosen.account.code_secret:
            code = partial(accounts.reset_code, book, name)
            _button("重置动态口令", "code", code, f"{name} 下次登录重新绑定")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        held = chosen.account.expires_on
        last = st.date_input(
            "有效期至（空为不限）",
            date.fromisoformat(held) if held else None,
            key=f"expiry-{name}",
            format="YYYY-MM-DD",
        )
        day = last if isinstance(last, date) else None
        setting = partial(accounts.set_expiry, book, name, day)
        _button("设定", "expire", setting, f"{name} 有效期 {day or '不限'}")


def _button(label: str, key: str, work: Callable[[], str | None], said: str) -> None:
    st.button(label, key=f"account_{key}", on_click=_do, args=(work, said))


def new_account() -> None:
    """Draw the form of a new account, which gets its roles from 安全管理员."""
    with st.form("new_account", border=False, clear_on_submit=True):
        with st.container(horizontal=True, gap="small"):
            name = st.text_input("账号", placeholder="如 zdb01", key="new_name")
            post = st.text_input("岗位（不写人名）", placeholder="如 整顿办督查岗", key="new_post")
        if st.form_submit_button("新建"):
            _do(partial(accounts.make_account, service.book(), name, post), f"{name} 的口令")
            st.rerun()


def granting_panel(chosen: Kept | None) -> None:
    """Draw the roles and the scope of the chosen account, for 安全管理员 to change."""
    if chosen is None:
        st.markdown(":gray[没有选中的账号]")
        return
    account = chosen.account
    name, known = account.account, unit_names()
    st.markdown(f"**{words.escape_markdown(name)}**　{words.escape_markdown(account.post)}")
    roles = st.multiselect(
        "角色", GRANTED, [role for role in GRANTED if role in account.roles], key=f"roles-{name}",
        placeholder="没有角色", select_all=False,
    )  # fmt: skip
    is_all = st.toggle("看全部单位", account.units is None, key=f"all-{name}")
    held = sorted(account.units or ())
    units = None
    if not is_all:
        units = st.multiselect(
            "只看这些单位", [*known, *(u for u in held if u not in known)], held,
            key=f"units-{name}", placeholder="选单位", select_all=False,
        )  # fmt: skip
    first = [unit for unit in account.first_units if unit in known]
    first_units = st.multiselect(
        "分管单位（排在前面）",
        known,
        first,
        key=f"first-{name}",
        placeholder="无",
        select_all=False,
    )
    granting = partial(accounts.grant, service.book(), name, roles, units, first_units)
    _button("保存授权", "grant", granting, f"已变更 {name} 的授权")


def unit_names() -> list[str]:
    """Return the names of the units of all campaigns."""
    return list(dict.fromkeys(unit.name for pack in packs().values() for unit in pack.units))


def display_panel() -> None:
    """Draw the screens that hold a token, and the ways to one more and one less."""
    book = service.book()
    held = [one.account for one in accounts.displays(book)]
    st.markdown("、".join(map(words.escape_markdown, held)) or ":gray[还没有]")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        name = st.text_input(
            "名称", placeholder="如 一楼会议室", key="display_name", width=projected_px(220)
        )
        making = partial(_display_place, name)
        _button("新建凭证", "display", making, "在大屏的浏览器中打开：看板地址加上")
        if held:
            gone = st.selectbox("收回", held, key="display_gone", width=projected_px(220))
            _button("收回", "revoke", partial(accounts.revoke_display, book, gone), f"已收回{gone}")


def _display_place(name: str) -> str:
    if not name.strip():
        raise NotAllowed("请写明大屏在哪里")
    return f"/display/{accounts.make_display(service.book(), name)}"
