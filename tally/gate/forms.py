"""The pages of the log-in: plain forms that need no script, in the colours of the board."""

import base64
import hashlib
from html import escape

import segno
from starlette.responses import HTMLResponse

from tally.accounts.codes import address_of
from tally.accounts.passwords import RULE

STYLE = """
:root{color-scheme:light dark;--ground:#F2F4F7;--card:#FFF;--text:#14202E;--soft:#46535F;
--line:#8A95A1;--main:#1B4F9C;--on-main:#FFF;--fault:#A32711;--fault-ground:#FBE9E4}
@media(prefers-color-scheme:dark){:root{--ground:#0E151D;--card:#18222D;--text:#EAF0F6;
--soft:#B3BFCB;--line:#7C8894;--main:#7FB0F0;--on-main:#0E151D;--fault:#FF8A6B;
--fault-ground:#3A1A12}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1rem;
background:var(--ground);color:var(--text);font:400 17px/1.6 'Noto Sans CJK SC',
'Source Han Sans SC','Microsoft YaHei UI','Microsoft YaHei','PingFang SC',sans-serif}
main{width:100%;max-width:26rem;background:var(--card);border-radius:.375rem;padding:2rem;
border-top:4px solid var(--main)}
h1{font-size:1.75rem;line-height:1.3;margin:0 0 1.25rem}
h1 small{display:block;font-size:1rem;font-weight:400;color:var(--soft)}
p{margin:0 0 1rem}
.fault{background:var(--fault-ground);color:var(--fault);padding:.5rem .75rem;
border-radius:.375rem;font-weight:600}
.note{color:var(--soft);font-size:.9375rem}
label{display:block;font-weight:600;margin-bottom:1rem}
input{display:block;width:100%;margin-top:.25rem;padding:.5rem .75rem;font:inherit;
color:inherit;background:var(--card);border:1px solid var(--line);border-radius:.375rem}
input[name=code]{font-size:1.75rem;letter-spacing:.25em;text-align:center}
button{width:100%;padding:.625rem;font:inherit;font-weight:700;color:var(--on-main);
background:var(--main);border:0;border-radius:.375rem;cursor:pointer}
:is(input,button,a):focus-visible{outline:3px solid currentColor;outline-offset:2px}
a{color:var(--main)}
footer{margin-top:1.25rem;display:flex;justify-content:space-between;gap:1rem}
.code{background:#FFF;padding:.5rem;display:block;margin:0 auto 1rem;width:14rem}
code{font:600 1rem/1.4 'Noto Sans Mono CJK SC',monospace;overflow-wrap:anywhere}
"""
_STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY = (
    f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; img-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
NAME = "争先看板"


def page(heading: str, body: str, status: int = 200) -> HTMLResponse:
    """Return a page with a heading and a body of HTML, everything in it escaped already."""
    text = (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<link rel="icon" href="/favicon.png">'
        f"<title>{escape(heading)} · {NAME}</title><style>{STYLE}</style></head><body><main>"
        f"<h1><small>{NAME}</small>{escape(heading)}</h1>{body}</main></body></html>"
    )
    return HTMLResponse(text, status, {"content-security-policy": POLICY})


def _form(action: str, fields: str, button: str, *, mark: str, following: str) -> str:
    hidden = (
        f'<input type="hidden" name="mark" value="{escape(mark)}">'
        f'<input type="hidden" name="next" value="{escape(following)}">'
    )
    return (
        f'<form method="post" action="{action}">{hidden}{fields}'
        f'<button type="submit">{button}</button></form>'
    )


def _field(label: str, name: str, kind: str, completing: str, more: str = "") -> str:
    return (
        f'<label>{label}<input name="{name}" type="{kind}" autocomplete="{completing}" '
        f'required maxlength="128" {more}></label>'
    )


def _said(fault: str) -> str:
    return f'<p class="fault" role="alert">▲ {escape(fault)}</p>' if fault else ""


LEAVE = '<footer><a href="/logout">退出，换一个账号</a></footer>'


def login_page(mark: str, following: str, fault: str = "", provider: str = "") -> HTMLResponse:
    """Return the page that asks for account and password."""
    fields = _field("账号", "account", "text", "username", "autofocus") + _field(
        "口令", "password", "password", "current-password"
    )
    form = _form("/login", fields, "登录", mark=mark, following=following)
    other = f'<footer><a href="/oidc">用{escape(provider)}登录</a></footer>' if provider else ""
    return page("登录", _said(fault) + form + other, 403 if fault else 200)


def code_page(
    mark: str, following: str, fault: str = "", *, secret: str = "", account: str = ""
) -> HTMLResponse:
    """Return the page that asks an administrator for a code, with what enrols a new secret."""
    fields = _field(
        "动态口令（6 位数字）", "code", "text", "one-time-code",
        'autofocus inputmode="numeric" pattern="[0-9 ]{6,7}"',
    )  # fmt: skip
    form = _form("/code", fields, "确定", mark=mark, following=following)
    if not secret:
        return page("动态口令", _said(fault) + form + LEAVE, 403 if fault else 200)
    address = address_of(secret, account)
    drawn = segno.make(address, error="m", micro=False).svg_inline(
        border=2, dark="#000", light="#fff", omitsize=True, svgclass="code"
    )
    spaced = " ".join(secret[place : place + 4] for place in range(0, len(secret), 4))
    how = (
        "<p>管理员登录要用动态口令。用手机上的动态口令应用扫码，"
        "再输入显示的数字。</p>"
        f'{drawn}<p class="note">不能扫码时手工录入：<code>{spaced}</code></p>'
    )
    return page("绑定动态口令", _said(fault) + how + form + LEAVE, 403 if fault else 200)


def password_page(
    mark: str, following: str, fault: str = "", *, is_forced: bool, is_done: bool = False
) -> HTMLResponse:
    """Return the page on which one changes one's own password."""
    if is_done:
        done = f'<p>口令已修改。</p><p><a href="{escape(following)}">继续</a></p>'
        return page("修改口令", done)
    why = "<p>首次登录、口令被重置或满 90 天，要先修改口令。</p>" if is_forced else ""
    fields = (
        _field("现在的口令", "old", "password", "current-password", "autofocus")
        + _field("新口令", "new", "password", "new-password")
        + _field("再输一次新口令", "again", "password", "new-password")
    )
    form = _form("/password", fields, "修改", mark=mark, following=following)
    rule = f'<p class="note">{escape(RULE)}。</p>'
    back = LEAVE if is_forced else f'<footer><a href="{escape(following)}">返回</a></footer>'
    return page("修改口令", _said(fault) + why + rule + form + back, 403 if fault else 200)


def logout_page(mark: str) -> HTMLResponse:
    """Return the page that asks whether to log out: another site led here."""
    return page("退出登录", _form("/logout", "", "退出", mark=mark, following="/"))


def sentence_page(heading: str, sentence: str, status: int) -> HTMLResponse:
    """Return a page that says why there is nothing more."""
    return page(heading, f'<p>{escape(sentence)}</p><p><a href="/login">登录</a></p>', status)


def unknown_page(path: str) -> HTMLResponse:
    """Return what is said of an address below which there is no page."""
    body = (
        f"<p>没有 <code>{escape(path)}</code> 这个地址，可能写错了，或这一页已改名。</p>"
        '<p><a href="/">打开争先看板</a>，从菜单里找</p>'
    )
    return page("没有这一页", body, 404)
