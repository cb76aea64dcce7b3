"""The upload page: a file becomes a job, a job a result, and leaving the page loses nothing."""

from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tally import service
from tally.contracts import contracts
from tally.notices.template import template
from tally.submissions import Given, Terms, seal, undo
from tests import marked
from tests.pages.conftest import PAGES, headline, opened

XIANGSHAN = "相山经开区“六找六强”"
SEPTEMBER = date(2022, 9, 1)
SEPTEMBER_GIVEN = Given(campaign="xiangshan", month=SEPTEMBER)
DRAFT = Terms(uploaded_by="页面上传", is_draft=True)
PATIENCE_SECONDS = 60


def ledger(*titles: str, state: str = "正在推进", due_on: date = date(2022, 8, 31)) -> bytes:
    """Return a list of problems."""
    rows = [
        {"title": title, "unit": "招商部", "due_on": due_on, "state": state} for title in titles
    ]
    return template(contracts()["problems"], None, "招商部", rows)


def choose(app: AppTest, campaign: str = XIANGSHAN, month: str = "2022年9月") -> None:
    """Say beside the file which campaign and month it is of."""
    app.selectbox(key="upload_campaign").set_value(campaign).run()
    app.selectbox(key="upload_month").set_value(month).run()


def give(app: AppTest, name: str, content: bytes) -> None:
    """Choose a file and come back to the page when it has been read."""
    app.file_uploader[0].upload(name, content).run()
    come_back(app)


def come_back(app: AppTest) -> None:
    """Look at the page again when all files have been read."""
    for job in service.jobs().recent():
        service.jobs().wait(job.number, PATIENCE_SECONDS)
    app.run()
    assert not app.exception


def texts(app: AppTest) -> str:
    """Return everything the page says in running text."""
    return "".join(element.value for element in (*app.markdown, *app.warning, *app.title))


def is_offered(app: AppTest, key: str) -> bool:
    """Tell whether the page has this button and it can be pressed."""
    return any(button.key == key and not button.disabled for button in app.button)


def test_file_becomes_a_draft_and_the_uploader_is_empty_again(empty_home: Path) -> None:
    app = opened("upload")
    choose(app)
    give(app, "9月.xlsx", ledger("一件事"))
    assert "可以发布" in headline(app)
    assert app.file_uploader[0].value == []
    assert service.database().ask("overdue_items").num_rows == 0


@pytest.mark.parametrize(("kind", "label"), [("problems", "内部"), ("clues", "敏感")])
def test_preview_says_how_closely_the_list_and_its_columns_are_held(
    empty_home: Path, kind: str, label: str
) -> None:
    app = opened("upload")
    choose(app)
    give(app, "9月.csv", marked.listed(contracts()[kind]))
    assert f"这份台账的标记：{label}" in texts(app)
    [columns] = [one.value for one in app.dataframe if "标记" in one.value]
    held = columns[columns["标记"] == "敏感"]["识别为"]
    titles = contracts()[kind].columns_by_name
    assert set(held) == {titles[name].title for name in contracts()[kind].sensitive}


def test_viewer_who_left_finds_the_result_again(empty_home: Path) -> None:
    app = opened("upload")
    choose(app)
    give(app, "9月.xlsx", ledger("一件事"))
    app.switch_page(str(PAGES["progress"])).run()
    app.switch_page(str(PAGES["upload"])).run()
    assert "可以发布" in headline(app)
    app.button(key="publish").click().run()
    assert "已发布" in headline(app)


def test_other_session_sees_the_import_in_the_list(empty_home: Path) -> None:
    job = service.jobs().start(ledger("一件事"), "9月.xlsx", SEPTEMBER_GIVEN, DRAFT)
    service.jobs().wait(job.number, PATIENCE_SECONDS)
    app = opened("upload", campaign=XIANGSHAN)
    recent = next(frame.value for frame in app.dataframe if "file" in frame.value)
    assert recent[["file", "state"]].values.tolist() == [["9月.xlsx", "▲ 草稿"]]


def test_failed_import_says_its_number_and_no_more(empty_home: Path) -> None:
    app = opened("upload")
    choose(app)
    # Where the originals go is no folder: an error of ours, not of the file.
    (empty_home / "uploads").write_bytes(b"")
    give(app, "9月.xlsx", ledger("一件事"))
    [job] = service.jobs().recent()
    assert "没有读成" in headline(app)
    assert job.fault and job.fault in texts(app)
    assert "Error" not in texts(app)


def test_file_without_a_month_is_asked_and_read_again_with_the_answer(empty_home: Path) -> None:
    app = opened("upload")
    app.selectbox(key="upload_campaign").set_value(XIANGSHAN).run()
    give(app, "台账.xlsx", ledger("一件事"))
    assert "说明" in headline(app)
    assert not is_offered(app, "publish")
    app.selectbox(key="upload_month").set_value("2022年9月").run()
    come_back(app)
    assert "可以发布" in headline(app)
    assert len(service.jobs().recent()) == 1


def test_reversal_is_published_only_with_a_reason(empty_home: Path) -> None:
    app = opened("upload")
    choose(app)
    give(app, "9月.xlsx", ledger("一件事", state="已销号"))
    app.button(key="publish").click().run()
    give(app, "9月更正.xlsx", ledger("一件事", "又一件"))
    assert "倒退" in headline(app)
    assert not is_offered(app, "publish")
    app.text_input(key="reason").set_value("复核未通过").run()
    app.button(key="publish").click().run()
    assert "已发布" in headline(app)


def test_sealed_month_is_published_only_with_a_reason_and_marked_a_correction(
    empty_home: Path,
) -> None:
    app = opened("upload")
    choose(app)
    give(app, "9月.xlsx", ledger("一件事"))
    app.button(key="publish").click().run()
    seal(service.database(), "xiangshan", SEPTEMBER, "第3期通报")
    give(app, "9月更正.xlsx", ledger("一件事", "又一件"))
    assert not is_offered(app, "publish")
    app.text_input(key="reason").set_value("漏报一项").run()
    app.button(key="publish").click().run()
    assert "已发布" in headline(app)
    uploads = next(frame.value for frame in app.dataframe if "status_words" in frame.value)
    assert uploads["status_words"].tolist() == ["● 更正", "○ 已替换"]


def test_upload_taken_back_elsewhere_is_shown_as_taken_back(empty_home: Path) -> None:
    app = opened("upload")
    choose(app)
    give(app, "9月.xlsx", ledger("一件事"))
    app.button(key="publish").click().run()
    [job] = service.jobs().recent()
    undo(service.database(), job.outcome.upload)
    app.run()
    assert "已撤回" in headline(app)
    assert not is_offered(app, "publish")


def test_draft_whose_comparison_is_outdated_is_checked_again(empty_home: Path) -> None:
    app, other = opened("upload"), opened("upload")
    for session, titles in ((app, ["一件事"]), (other, ["一件事", "又一件"])):
        choose(session)
        give(session, "9月.xlsx", ledger(*titles))
    other.button(key="publish").click().run()
    app.button(key="publish").click().run()
    assert "请重新导入这份文件" in texts(app)
    app.button(key="recheck").click().run()
    come_back(app)
    assert "发布" in headline(app)
    assert is_offered(app, "publish")


def test_page_without_imports_polls_nothing(empty_home: Path) -> None:
    app = opened("upload")
    assert "24 小时内没有导入" in texts(app)
