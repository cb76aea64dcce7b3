"""审计: who may see it, what it counts first, its chain; the watermark over it and every page."""

from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from streamlit.testing.v1 import AppTest

from tally import packs, service, viewers
from tally.board.watermark import tile
from tally.registry import Event, registry_of
from tally.registry.looking_up import Wanted, records
from tally.submissions.deeds import tell
from tests.pages.conftest import headline, opened


def read_count(home: Path) -> int:
    return len(records(registry_of(home), Wanted(events=(Event.AUDIT_READ,))))


def watermarks(app: AppTest) -> list[str]:
    """Return what is laid over the page."""
    bodies = [unquote(element.proto.body) for element in app.get("html")]
    return [body for body in bodies if "body::after" in body]


def test_failures_are_counted_first_and_the_chain_is_verified(empty_home: Path) -> None:
    service.database()
    tell(empty_home, Event.EXPORT, "导出", thing="通报")
    tell(empty_home, Event.LOGIN_FAILED, "登录", thing="账号", is_success=False)
    app = opened("audit")
    assert "1 次操作没有成功" in headline(app)
    counts = next(table.value for table in app.dataframe if "failed_count" in table.value)
    assert counts["event"].tolist()[0] == Event.LOGIN_FAILED
    app.segmented_control(key="audit_result").set_value("成功").run()
    assert "没有失败的操作" in headline(app)
    app.button(key="audit_verify").click().run()
    assert any("完好，末条指纹" in text.value for text in app.markdown)


def test_reading_is_recorded_once_and_not_at_every_redraw(empty_home: Path) -> None:
    app = opened("audit")
    app.run()
    assert read_count(empty_home) == 1
    app.text_input(key="audit_text").set_value("通报").run()
    assert read_count(empty_home) == 2


def test_every_page_says_who_looks_and_when_unless_the_campaign_does_not(
    empty_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The second stops before its end: there is nothing to show yet.
    [over] = watermarks(opened("upload"))
    assert len(watermarks(opened("progress"))) == 1
    account = viewers.DEMONSTRATION.account
    assert f">{account}　20" in over
    assert "pointer-events:none" in over
    known = packs.packs()
    unmarked = {
        slug: replace(pack, campaign=replace(pack.campaign, has_watermark=False))
        for slug, pack in known.items()
    }
    monkeypatch.setattr("tally.board.asking.packs", lambda: unmarked)
    assert watermarks(opened("upload")) == []


def test_account_is_no_markup_in_the_watermark() -> None:
    assert "&lt;script&gt;" in tile("<script>")
