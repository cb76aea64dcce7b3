"""The ASGI app. Started by `streamlit run app.py`, and only so; `manage.py run` does that.

At start it refuses when a setting that matters did not take hold; while the service starts and
what is heavy is imported it says so, and it prints the address once the pages open.
"""

import asyncio
import gc
import importlib
import logging
import os
import pkgutil
import secrets
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from streamlit import config

from tally import charts, service, statistics
from tally.accounts import Access, AccessBroken, book_of
from tally.addresses import WrongAddress
from tally.gate import Gate
from tally.gate.settings import check_settings, is_here
from tally.intake.log_lines import LogLines
from tally.registry import NewerRegistry, RegistryUnusable
from tally.service import Service
from tally.standstill import Crowd, Standstill, Stopped, Trouble, away, beginning, stopped
from tally.store import StoreAway
from tally.viewers import NotAllowed

ROOT = Path(__file__).resolve().parent
try:
    HOME = service.home_from_environment()
except WrongAddress as wrong:
    raise SystemExit(f"没有启动：{wrong}。") from wrong
LOG_BYTES = 5_000_000
# What only some pages wait for is imported when the first ones have been drawn.
FIRST_PAGES_SECONDS = 5.0
# Twice the hundred that are measured to be served without waiting.
VIEWERS_MAX = 200

log = logging.getLogger("tally")


def start_log() -> None:
    """Write what happens to the server to `tally.log` in the home, as JSON, three files at most."""
    try:
        HOME.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            HOME / "tally.log", maxBytes=LOG_BYTES, backupCount=2, encoding="utf-8"
        )
    except OSError as error:
        if not HOME.is_dir():
            reason = error.strerror
            raise SystemExit(f"没有启动：数据文件夹 {HOME} 不能写入（{reason}）。") from error
        # A folder that can only be read is shown all the same; the log goes to the screen.
        handler = logging.StreamHandler()
    handler.setFormatter(LogLines())
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False
    # A clerk reads our own lines; uvicorn tells of its start and stop in English.
    logging.getLogger("uvicorn").setLevel(logging.WARNING)


def check_accounts() -> Access:
    """Leave with a sentence when others could look at the board without an account.

    Return how the network reaches the home.
    """
    address = config.get_option("server.address")
    try:
        access = service.access()
        has_accounts = book_of(HOME).has_accounts()
    except (AccessBroken, RegistryUnusable, NewerRegistry) as error:
        raise SystemExit(f"没有启动：{error}。") from error
    if not has_accounts and not is_here(address):
        raise SystemExit(
            f"没有启动：地址 {address or '所有网卡'} 别人也能访问，而这里还没有账号。请先建立第一个"
            "系统管理员：python3 manage.py account create 账号 --post 岗位 --role 系统管理员"
        )
    if access.identity_header and os.environ.get("FORWARDED_ALLOW_IPS") != "":
        raise SystemExit("没有启动：用网关的身份登录时，请用 python3 manage.py run 启动。")
    return access


def import_heavy_parts() -> None:
    """Import what the first page would wait for, then keep it out of every later collection.

    Streamlit collects garbage after each script run; frozen modules are not walked
    again, which makes a rerun about eight times faster at twenty viewers.
    """
    importlib.import_module("tally.maps")
    importlib.import_module("tally.pinyin")
    for module in pkgutil.iter_modules(charts.__path__, "tally.charts."):
        importlib.import_module(module.name)
    gc.collect()
    gc.freeze()


def import_fitting_parts() -> None:
    """Import what only some pages wait for, while the first viewers already look at others."""
    statistics.load()
    gc.collect()
    gc.freeze()


async def _announce() -> None:
    address, port = config.get_option("server.address"), config.get_option("server.port")
    shown = "127.0.0.1" if address in ("0.0.0.0", "::") else address
    reader, writer = await asyncio.open_connection(shown, port)
    writer.write(b"GET /healthz HTTP/1.0\r\n\r\n")
    answer = await reader.readline()
    writer.close()
    host = f"[{shown}]" if ":" in shown else shown
    if b" 200 " in answer:
        print(f"争先看板已启动：http://{host}:{port}　（按 Ctrl-C 停止）", flush=True)
    elif trouble():
        print(
            "数据打不开，看板只显示处理办法；请执行 manage.py verify 查看。",
            file=sys.stderr,
            flush=True,
        )
    else:
        print("争先看板已启动，但数据库没有应答，详见 tally.log。", file=sys.stderr, flush=True)


class Start:
    """The service's start beside the first requests; only a home that is not ours ends it."""

    def __init__(self) -> None:
        self.progress = "正在打开数据"
        self._is_held = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self.task = asyncio.create_task(self._run())

    def _tell(self, progress: str) -> None:
        self.progress = progress
        self._loop.call_soon_threadsafe(self._is_held.set)

    async def wait_until_held(self) -> None:
        """Return once the home is ours; raises what stands against it."""
        self.task.add_done_callback(lambda _: self._is_held.set())
        await self._is_held.wait()
        if self.task.done():
            self.task.result()

    async def _run(self) -> Service | Stopped:
        with_samples = os.environ.get("TALLY_NO_SAMPLES") != "1"
        try:
            running = await asyncio.to_thread(service.start, HOME, with_samples, self._tell)
            await asyncio.to_thread(import_heavy_parts)
        except Exception as error:
            log.exception("start failed")
            if not self._is_held.is_set():
                raise
            running = Stopped(error)
        return running


async def _serve(start: Start) -> None:
    app.state["service"] = await asyncio.shield(start.task)
    await _announce()
    await asyncio.sleep(FIRST_PAGES_SECONDS)
    await asyncio.to_thread(import_fitting_parts)


@asynccontextmanager
async def lifespan(application: st.App) -> AsyncIterator[dict[str, Any]]:
    """Start the service while the first requests are told so, and stop it after the last."""
    start = Start()
    await start.wait_until_held()
    serving = asyncio.create_task(_serve(start))
    try:
        yield {"start": start}
    finally:
        serving.cancel()
        (await start.task).stop()
        print("争先看板已停止。", flush=True)


def healthz(request: Request) -> PlainTextResponse:
    """Answer 200 `ok` while the store answers, else 503."""
    try:
        is_healthy = app.state["service"].is_healthy()
        book_of(HOME).has_accounts()
    except Exception:
        log.exception("the store does not answer")
        is_healthy = False
    return PlainTextResponse(_pulse() if is_healthy else "store", 200 if is_healthy else 503)


def _pulse() -> str:
    """Return `ok`, and of a store that servers share how it does: no address is told here."""
    pulse = service.database().pulse()
    if not pulse.is_shared:
        return "ok"
    answered = f"ok lake {pulse.answer_seconds * 1000:.1f} ms"
    return f"{answered}, newest write {pulse.age_seconds or 0:.0f} s ago"


def trouble() -> Trouble | None:
    """Return what keeps every page from being shown, None while all is well."""
    running = app.state.get("service")
    if running is None:
        return beginning(app.state["start"].progress)
    if sentence := _away(running):
        return away(sentence)
    return stopped(running.error) if isinstance(running, Stopped) else None


def _away(running: Service | Stopped) -> str:
    """Say that the store which servers share cannot be reached now, '' while it can."""
    try:
        if isinstance(running, Service):
            running.database.reach()
    except StoreAway as lost:
        return str(lost)
    return ""


def tell_of_fault(error: Exception) -> bool:
    """Log a fault of ours under a short number and show the viewer only that number.

    What the viewer may not do is no fault: it is said in its own words.
    """
    if isinstance(error, NotAllowed):
        st.error(f"○ {error}")
        return True
    if isinstance(error, RegistryUnusable):
        log.error("%s", error)
        st.error(f"没有做成，数据没有变化：{error}")
        return True
    if isinstance(error, StoreAway):
        log.error("%s", error)
        st.error(f"○ {error}")
        return True
    number = secrets.token_hex(3)
    log.error("a page failed", exc_info=error, extra={"fault": number})
    st.error(f"这一块暂时打不开，其余照常（编号 {number}）")
    return True


check_settings()
start_log()
gate = Middleware(
    Gate, book=partial(book_of, HOME), access=check_accounts(), tile_origin=service.tile_origin
)
app = st.App(
    ROOT / "tally" / "frame.py",
    lifespan=lifespan,
    routes=[Route("/healthz", healthz)],
    middleware=[
        Middleware(Standstill, trouble=trouble),
        Middleware(Crowd, viewers_max=int(os.environ.get("TALLY_VIEWERS_MAX") or VIEWERS_MAX)),
        gate,
    ],
    on_script_error=tell_of_fault,
)
