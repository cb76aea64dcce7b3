"""The ASGI app. Started by `streamlit run app.py`, and only so; `manage.py run` does that.

At start it refuses when a setting that matters did not take hold, starts the service and
imports what is heavy; it prints the address once the server answers.
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
from ipaddress import ip_address
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
from tally.gate import Gate

ROOT = Path(__file__).resolve().parent
HOME = service.home_from_environment()
LOG_BYTES = 5_000_000
FLAG = "command-line argument or environment variable"

SETTINGS = {
    "server.fileWatcherType": "none",
    "server.runOnSave": False,
    "server.maxUploadSize": 20,
    "server.maxMessageSize": 50,
    "server.disconnectedSessionTTL": 60,
    "server.enableStaticServing": False,
    "server.enableAgentApi": False,
    "server.enableCORS": True,
    "server.enableXsrfProtection": True,
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    "client.toolbarMode": "minimal",
    "client.disableDataExport": True,
    "browser.gatherUsageStats": False,
}

log = logging.getLogger("tally")


def _is_loopback(address: str | None) -> bool:
    if address == "localhost":
        return True
    try:
        return ip_address(address or "").is_loopback
    except ValueError:
        return False


def check_settings() -> None:
    """Leave with a sentence when a setting that matters is not as `.streamlit/config.toml` says.

    The address may be another than loopback when it was given on the command line.
    """
    wrong = [
        f"{key} 应为 {wanted}，现为 {config.get_option(key)}"
        for key, wanted in SETTINGS.items()
        if config.get_option(key) != wanted
    ]
    address = config.get_option("server.address")
    if not _is_loopback(address) and config.get_where_defined("server.address") != FLAG:
        wrong.append(f"server.address 应为本机地址，现为 {address or '所有网卡'}")
    if wrong:
        raise SystemExit(
            f"没有启动，下列设置未生效：{'；'.join(wrong)}。"
            f"请在 {ROOT} 中用 python3 manage.py run 启动，并核对 .streamlit/config.toml。"
        )


def start_log() -> None:
    """Write warnings and faults of our own to `tally.log` in the home, three files at most."""
    try:
        HOME.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            HOME / "tally.log", maxBytes=LOG_BYTES, backupCount=2, encoding="utf-8"
        )
    except OSError as error:
        reason = error.strerror
        raise SystemExit(f"没有启动：数据文件夹 {HOME} 不能写入（{reason}）。") from error
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False
    # A clerk reads our own lines; uvicorn tells of its start and stop in English.
    logging.getLogger("uvicorn").setLevel(logging.WARNING)


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
    else:
        print("争先看板已启动，但数据库没有应答，详见 tally.log。", file=sys.stderr, flush=True)


@asynccontextmanager
async def lifespan(application: st.App) -> AsyncIterator[dict[str, Any]]:
    """Start the service before the first request and stop it after the last."""
    with_samples = os.environ.get("TALLY_NO_SAMPLES") != "1"
    try:
        running = await asyncio.to_thread(service.start, HOME, with_samples)
        import_heavy_parts()
    except Exception:
        log.exception("start failed")
        raise
    announcing = asyncio.create_task(_announce())
    fitting = asyncio.create_task(asyncio.to_thread(import_fitting_parts))
    try:
        yield {"service": running}
    finally:
        announcing.cancel()
        fitting.cancel()
        running.stop()
        print("争先看板已停止。", flush=True)


def healthz(request: Request) -> PlainTextResponse:
    """Answer 200 `ok` while the store answers, else 503."""
    try:
        is_healthy = app.state["service"].is_healthy()
    except Exception:
        log.exception("the store does not answer")
        is_healthy = False
    return PlainTextResponse("ok" if is_healthy else "store", 200 if is_healthy else 503)


def tell_of_fault(error: Exception) -> bool:
    """Log a fault of ours under a short number and show the viewer only that number."""
    number = secrets.token_hex(3)
    log.error("fault %s", number, exc_info=error)
    st.error(f"这一块暂时打不开，其余照常（编号 {number}）")
    return True


check_settings()
start_log()
app = st.App(
    ROOT / "tally" / "frame.py",
    lifespan=lifespan,
    routes=[Route("/healthz", healthz)],
    middleware=[Middleware(Gate, tile_origin=service.tile_origin)],
    on_script_error=tell_of_fault,
)
