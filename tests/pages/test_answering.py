"""The upload page: what a file leaves open is answered there, and what came back is found there."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
from streamlit.testing.v1 import AppTest

from tally import service
from tally.contracts import NOT_THE_SAME, contracts
from tally.notices.template import template
from tally.submissions import Given, Terms, import_file, return_upload, seal
from tests.pages.conftest import headline, opened
from tests.pages.test_upload import (
    DRAFT,
    XIANGSHAN,
    choose,
    come_back,
    give,
    is_offered,
    ledger,
    texts,
)

SEPTEMBER = date(2022, 9, 1)
SEPTEMBER_GIVEN = Given(campaign="xiangshan", month=SEPTEMBER)


def misspelt(state: str = "正在推进") -> bytes:
    """Return a list whose unit is written almost as the roster has it."""
    row = {"title": "一件事", "unit": "招商步", "due_on": SEPTEMBER, "state": state}
    return template(contracts()["problems"], None, "招商部", [row])


def with_head(old: str, new: str) -> bytes:
    """Return a list with one header written otherwise."""
    book = openpyxl.load_workbook(BytesIO(ledger("一件事")))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
    head = next(cell for cell in cells if str(cell.value).strip("*＊") == old)
    head.value = new
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def questions(app: AppTest) -> list[str]:
    """Return the questions that the page asks."""
    return [box.label for box in app.selectbox if str(box.key).startswith("answer-")]


def answer(app: AppTest, value: str) -> None:
    """Answer the page's only question, and wait until the file has been read again."""
    [box] = [box for box in app.selectbox if str(box.key).startswith("answer-")]
    box.set_value(value)
    app.button(key="answer").click().run()
    come_back(app)


def test_refused_file_with_a_question_is_answered_instead_of_edited(empty_home: Path) -> None:
    app = opened("upload")
    choose(app)
    give(app, "9月.xlsx", misspelt())
    assert "1 处错误" in headline(app)
    assert "可在下面直接回答" in texts(app)
    assert questions(app) == ["名册里没有“招商步”，是哪个单位？"]
    answer(app, "招商部")
    assert "发布" in headline(app)
    assert is_offered(app, "publish")


def test_column_that_is_only_alike_is_asked_about_and_taken_as_answered(empty_home: Path) -> None:
    app = opened("upload")
    choose(app)
    give(app, "9月.xlsx", with_head("完成时限", "完成时间节点"))
    assert headline(app).endswith("还差 1 项说明，才能发布]")
    answer(app, "完成时限")
    assert is_offered(app, "publish")
    app.button(key="publish").click().run()
    asked = {"campaign": "xiangshan", "as_of": date(2022, 9, 30)}
    [item] = service.database().ask("overdue_items", asked).to_pylist()
    assert item["due_on"] == date(2022, 8, 31)


def test_mended_copy_is_not_asked_again_what_was_answered(empty_home: Path) -> None:
    app = opened("upload")
    choose(app)
    give(app, "9月.xlsx", misspelt(state="差不多了"))
    answer(app, "招商部")
    assert "1 处错误" in headline(app)
    give(app, "9月（标注）.xlsx", misspelt())
    assert questions(app) == []
    assert is_offered(app, "publish")


def test_answer_given_by_mistake_is_asked_again(empty_home: Path) -> None:
    app = opened("upload")
    choose(app)
    give(app, "9月.xlsx", with_head("完成时限", "完成时间节点"))
    answer(app, "不导入")
    assert is_offered(app, "answer_again")
    app.button(key="answer_again").click().run()
    come_back(app)
    assert len(questions(app)) == 1
    answer(app, "完成时限")
    assert is_offered(app, "publish")


def test_old_draft_is_shown_and_published_after_its_job_is_gone(empty_home: Path) -> None:
    drafted = import_file(service.database(), ledger("一件事"), "9月.xlsx", SEPTEMBER_GIVEN, DRAFT)
    app = opened("upload", campaign=XIANGSHAN)
    app.session_state["_shown_import"] = "upload", drafted.upload
    app.run()
    assert "发布" in headline(app)
    assert not app.exception
    app.button(key="publish").click().run()
    assert headline(app).endswith(f"已发布，编号 {drafted.upload}")


def test_old_draft_is_read_again_with_what_was_answered_of_it(empty_home: Path) -> None:
    database = service.database()
    august = replace(SEPTEMBER_GIVEN, month=date(2022, 8, 1))
    import_file(database, ledger("老旧小区雨污管网破损渗漏"), "8月.xlsx", august, Terms())
    reworded = ledger("老旧小区雨污管网破损")
    (asked,) = import_file(database, reworded, "9月.xlsx", SEPTEMBER_GIVEN, DRAFT).questions
    given = replace(SEPTEMBER_GIVEN, answers={asked.key: NOT_THE_SAME})
    drafted = import_file(database, reworded, "9月.xlsx", given, DRAFT)
    app = opened("upload", campaign=XIANGSHAN)
    app.session_state["_shown_import"] = "upload", drafted.upload
    app.run()
    app.button(key="recheck").click().run()
    come_back(app)
    assert not any("同一事项" in question for question in questions(app))
    assert is_offered(app, "publish")


def test_sender_finds_why_a_list_was_returned(empty_home: Path) -> None:
    terms = Terms(uploaded_by="招商部综合岗")
    given = Given(campaign="xiangshan", month=SEPTEMBER, unit="招商部")
    sent = import_file(service.database(), ledger("一件事"), "9月.xlsx", given, terms)
    assert sent.upload is not None
    return_upload(service.database(), sent.upload, "完成时限请核对")
    app = opened("upload", campaign=XIANGSHAN)
    assert "1 份台账被退回" in headline(app)
    assert "完成时限请核对" in texts(app)


def test_file_is_taken_in_on_behalf_of_the_post_that_was_typed_in(empty_home: Path) -> None:
    app = opened("upload")
    app.text_input(key="upload_handler").set_value("招商部综合岗").run()
    choose(app)
    give(app, "9月.xlsx", ledger("一件事"))
    app.button(key="publish").click().run()
    [upload] = service.database().ask("uploads", {"campaign": "xiangshan"}).to_pylist()
    assert upload["uploaded_by"] == "招商部综合岗"
    assert "upload_receipt" in {button.key for button in app.get("download_button")}


def test_correction_of_a_sealed_month_says_that_it_needs_a_reason(empty_home: Path) -> None:
    app = opened("upload")
    choose(app)
    give(app, "9月.xlsx", ledger("一件事"))
    app.button(key="publish").click().run()
    seal(service.database(), "xiangshan", SEPTEMBER, "第3期通报")
    give(app, "9月更正.xlsx", ledger("一件事", "又一件"))
    assert "本月已封账，写明更正理由才能发布" in headline(app)


def test_file_that_cannot_be_read_at_all_is_called_what_it_is(empty_home: Path) -> None:
    app = opened("upload")
    give(app, "9月台账.xlsx", b"%PDF-1.7\n%%EOF")
    assert "这是 PDF 文件" in headline(app)
