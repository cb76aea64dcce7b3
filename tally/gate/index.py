"""The first page: Streamlit's index in our words, and the policy that holds for every page."""

import base64
import hashlib
import re
from pathlib import Path

import streamlit

from tally.gate.asking import ENDED_CODE
from tally.letters import LETTERS
from tally.standstill import AGAIN_CODE

INDEX = Path(streamlit.__file__).parent / "static" / "index.html"

# Streamlit 1.67 builds a regular expression with the flag `v` before it draws anything: a
# Chromium 110 stays blank, a Chromium 112 draws every page. Firefox has the flag since 116,
# Safari since 17.
OLDEST_BROWSERS = "Chrome、Edge 112，Firefox 116，Safari 17，或同等内核的国产浏览器（极速模式）"
OLD_BROWSER = f"浏览器版本过旧，无法打开争先看板。请改用以下或更新的版本：{OLDEST_BROWSERS}。"
NO_SCRIPT = "争先看板需要浏览器启用 JavaScript。请在浏览器设置中启用后刷新。"

# Written for the oldest engines: no `let`, no arrow, no template string.
PROBE = (
    "<script>try{new RegExp('','v')}catch(e){document.body.innerHTML="
    f"'<p style=\"margin:3em;font-size:1.5em\">{OLD_BROWSER}</p>'}}</script>"
)
# Told where the server is, Streamlit does not look for it below each page's own address.
ORIGIN = (
    "<script>window.__streamlit={BACKEND_BASE_URL:location.origin,"
    "MAIN_PAGE_BASE_URL:location.origin}</script>"
)
# A socket that the gate closes because nobody is logged in any more leads to the log-in; one that
# is closed because nothing can be shown leads to the page that says why.
RETURN = (
    "<script>window.WebSocket=new Proxy(window.WebSocket,{construct:function(kind,given){"
    "var socket=Reflect.construct(kind,given);socket.addEventListener('close',function(event){"
    f"if(event.code==={ENDED_CODE})location.replace('/login?ended=1&next='+"
    "encodeURIComponent(location.pathname+location.search));"
    f"if(event.code==={AGAIN_CODE})location.reload()"
    "});return socket}})</script>"
)
# While no server answers, Streamlit says so in English, and closes the box when one does.
LOST, LOST_REMEDY = "与服务器的连接断开了", "正在自动重新连接，恢复后照常使用，不用刷新"
WORDS = (
    "<script>setInterval(function(){"
    "var title=document.querySelector('[role=dialog] h2[slot=title]'),words=['"
    f"{LOST}','{LOST_REMEDY}'],nodes,node;"
    "if(!title||!title.nextElementSibling)return;"
    "if(title.textContent!=='Connection error'&&title.textContent!==words[0])return;"
    "title.previousElementSibling.setAttribute('aria-label','关闭');"
    "nodes=document.createTreeWalker(title.parentNode,NodeFilter.SHOW_TEXT);"
    "while((node=nodes.nextNode()))node.data=words.shift()||''},200)</script>"
)
REWRITES = (
    (r'<html lang="en">', '<html lang="zh-CN">'),
    (r"<title>Streamlit</title>", "<title>争先看板</title>"),
    # The font our theme does not use, and the pointer to an endpoint that is closed here.
    (r'<link\s+rel="preload"\s[^>]*as="font"[^>]*>', ""),
    (r'<link rel="service-desc"[^>]*>', ""),
    (r"(<head>\s*<meta[^>]*>)", rf"\1<style>{LETTERS}</style>{ORIGIN}{RETURN}{WORDS}"),
    (r"<noscript>.*?</noscript>", f"<noscript><p>{NO_SCRIPT}</p></noscript>"),
    (r"</body>", f"{PROBE}</body>"),
)


def first_page(index: str) -> str:
    """Return Streamlit's index page in our words, with the sentence for old browsers.

    RuntimeError when a passage to be rewritten is not there exactly once: the page is
    then another version's, and serving it half rewritten would hide that.
    """
    for pattern, replacement in REWRITES:
        index, count = re.subn(pattern, replacement, index, flags=re.DOTALL)
        if count != 1:
            raise RuntimeError(f"Streamlit 的首页不是已知版本：{pattern} 出现 {count} 次")
    return index


def policy(page: str) -> str:
    """Return the content security policy for `page`, with `{sockets}` and `{tiles}` left open.

    The page's own inline scripts are admitted by their hashes. `blob:` admits what an
    admitted script builds, deck.gl's workers and the modules of Streamlit components;
    deck.gl compiles WebAssembly, which does not open `eval`.
    """
    scripts = re.findall(r"<script>(.*?)</script>", page, flags=re.DOTALL)
    digests = (base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in scripts)
    hashes = " ".join(f"'sha256-{digest}'" for digest in digests)
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' blob: 'wasm-unsafe-eval' {hashes}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:{tiles}",
            "font-src 'self' data:",
            "connect-src 'self' {sockets}{tiles}",
            "worker-src 'self' blob:",
            "frame-src 'self'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        )
    )
