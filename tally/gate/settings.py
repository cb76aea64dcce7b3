"""The settings of Streamlit that the gate stands on: without them nothing is started."""

from pathlib import Path

from streamlit import config

from tally.accounts import is_loopback
from tally.gate.asking import IDENTITY_HEADER, IDENTITY_KEY

ROOT = Path(__file__).resolve().parents[2]
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
    # Collecting garbage after every run took half of all work when many came at once; Python
    # collects by itself.
    "runner.postScriptGC": False,
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    "client.toolbarMode": "minimal",
    "client.disableDataExport": True,
    "browser.gatherUsageStats": False,
    # Without it a session belongs to whoever knows its id.
    "server.trustedUserHeaders": {IDENTITY_HEADER: IDENTITY_KEY},
}


def is_here(address: str | None) -> bool:
    """Tell whether an address is of this machine alone."""
    return address == "localhost" or is_loopback(address or "")


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
    if not is_here(address) and config.get_where_defined("server.address") != FLAG:
        wrong.append(f"server.address 应为本机地址，现为 {address or '所有网卡'}")
    if wrong:
        raise SystemExit(
            f"没有启动，下列设置未生效：{'；'.join(wrong)}。"
            f"请在 {ROOT} 中用 python3 manage.py run 启动，并核对 .streamlit/config.toml。"
        )
