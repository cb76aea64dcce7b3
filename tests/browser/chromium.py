"""This machine's Chromium, without a window."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

from manage import BROWSERS

# Maps are drawn by WebGL, which a machine without a graphics card does in software; pages are
# put together without it, in two thirds of the time. Whatever is not on this machine is asked of
# a proxy that is not there: nothing gets out, by name or by number. The others keep Chromium from
# calling its own makers.
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-gpu-compositing",
    "--disable-gpu-rasterization",
    "--proxy-server=http://127.0.0.1:9",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium_path() -> str:
    """Return where this machine's Chromium is."""
    executable = next(filter(None, map(shutil.which, BROWSERS)), None)
    assert executable, "no Chromium on PATH: `python3 manage.py test` installs one"
    return executable


@contextmanager
def headless() -> Iterator[Browser]:
    """Start it; a process can have no second one beside it."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()
