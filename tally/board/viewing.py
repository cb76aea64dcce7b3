"""For whom a run works: asked anew in every run, so that a change of the account takes hold."""

from urllib.parse import urlsplit

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from tally import service, words
from tally.accounts import DEMONSTRATION_KEY, deny, is_demonstration, standing_of
from tally.viewers import NOBODY, Role, Viewer, acting, let_tell

# What the gate hands over, by `server.trustedUserHeaders` in `.streamlit/config.toml`.
SESSION = "session"
HERE = "127.0.0.1"
DENIED_KEY = "_denied"
ENDED = "登录已失效，请重新登录"


def viewer() -> Viewer:
    """Return for whom this run works; NOBODY when the session has ended."""
    return acting()


def _viewer_of_run() -> Viewer | None:
    """Return the viewer of the run that this thread belongs to, None when it belongs to none."""
    run = get_script_run_ctx(suppress_warning=True)
    if run is None:
        return None
    key = str(run.user_info.get(SESSION) or DEMONSTRATION_KEY)
    address = st.context.ip_address
    # Streamlit says nothing of a caller on this machine.
    address = address if isinstance(address, str) else HERE
    standing = standing_of(service.book(), key, address)
    return standing.viewer or NOBODY if standing else NOBODY


let_tell(_viewer_of_run)


def say_ended() -> None:
    """Say that nobody is logged in any more, with the way back."""
    st.markdown(f"### ○ {ENDED}")
    st.html('<a href="/login" target="_self">登录</a>')


def say_refused() -> None:
    """Say that a page there is may not be opened by this viewer, and record that it was tried."""
    place = urlsplit(st.context.url or "").path
    if st.session_state.get(DENIED_KEY) != place:
        st.session_state[DENIED_KEY] = place
        deny(service.book(), acting(), f"无权查看：{place}")
    st.title("○ 无权查看", anchor=False)
    if acting().roles:
        st.markdown("您的角色不包括这一页。请从菜单选择其他页面，或请安全管理员授权。")
    else:
        st.markdown("账号还没有授权。请联系安全管理员。")


def account_menu() -> None:
    """Draw who is logged in, with the ways to a new password and out."""
    who = acting()
    if is_demonstration(who):
        with st.popover("演示模式", key="account"):
            st.markdown(
                "演示模式：未启用账号。在服务器上建立第一个账号后，每个人都要登录：  \n"
                "`python3 manage.py account create 账号 --post 岗位 --role 系统管理员`"
            )
        return
    if Role.DISPLAY in who.roles:
        return
    with st.popover(words.escape_markdown(who.account), key="account"):
        st.markdown(words.escape_markdown("、".join(sorted(who.roles)) or "待授权"))
        st.html(
            '<p><a href="/password" target="_self" style="color:inherit">修改口令</a>　'
            '<a href="/logout" target="_self" style="color:inherit">退出</a></p>'
        )
