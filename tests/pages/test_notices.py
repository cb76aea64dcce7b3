"""通报 from the frame: draft, issue with its seals, and the issued one by its address (G1)."""

from datetime import date
from pathlib import Path

from streamlit.testing.v1 import AppTest

from tally import service, words
from tests.pages.conftest import headline, opened

XIANGSHAN = "相山经开区“六找六强”"
OCTOBER = {"campaign": XIANGSHAN, "month": "2022年10月"}


def said(app: AppTest) -> str:
    """Return everything the page says."""
    return "".join(text.value for text in app.markdown).replace("\\", "")


def assert_sound(app: AppTest) -> None:
    """Fail when the viewer would see a mistake of ours."""
    assert [element.value for element in (*app.exception, *app.error)] == []


def test_draft_says_what_the_screens_say(full_home: Path) -> None:
    app = opened("notices", **OCTOBER)
    assert_sound(app)
    asked = {"campaign": "xiangshan", "as_of": date(2022, 10, 31)}
    [totals] = service.database().ask("campaign_totals", asked).to_pylist()
    assert f"台账共有事项{totals['item_count']}项" in said(app)
    assert f"销号率{words.share(totals['closed_of_all_share'])}" in said(app)
    assert "2022年10月通报还没有签发" in headline(app)


def test_address_chooses_the_kind_and_leaves_the_ranking_out(full_home: Path) -> None:
    app = opened("notices", **OCTOBER, notice_kind="季通报", notice_ranking="不含排名")
    assert_sound(app)
    assert "2022年四季度通报还没有签发" in headline(app)
    assert "到期销号率＝" not in said(app) and "三、重点事项" in said(app)


def test_issued_notice_is_recorded_sealed_and_found_by_its_address(full_home: Path) -> None:
    app = opened("notices", **OCTOBER)
    assert app.button(key="issue").disabled
    app.text_input(key="notice_handler").set_value("督查室").run()
    app.button(key="issue").click().run()
    assert_sound(app)
    assert "2022年10月通报已签发 1 次" in headline(app)
    [seal] = service.database().ask("sealed_months", {"campaign": "xiangshan"}).to_pylist()
    assert (seal["month"], seal["sealed_by"]) == ("2022-10", "督查室")
    again = opened("notices", **OCTOBER, notice="1")
    assert_sound(again)
    assert "与签发时逐字节相同" in said(again)


def test_faulty_template_of_the_office_is_told_on_the_page(full_home: Path) -> None:
    folder = full_home / "templates"
    folder.mkdir()
    (folder / "通报.docx").write_bytes(b"no document")
    app = opened("notices", **OCTOBER)
    (folder / "通报.docx").unlink()
    folder.rmdir()
    assert [error.value.replace("\\", "") for error in app.error] == [
        "模板不是 Word 文档（.docx），请用 Word 或 WPS 另存为 .docx"
    ]


def test_campaign_without_a_list_leads_to_the_upload(empty_home: Path) -> None:
    app = opened("notices", campaign=XIANGSHAN)
    assert_sound(app)
    assert headline(app) == "还没有这个专项行动的台账"
