"""uploads and upload_findings: which files came in, and what became of them."""

import json
from dataclasses import replace

from tally.contracts import Problem, Sheet
from tally.submissions import Terms
from tests.office import Office, assert_answer


def test_uploads_come_newest_first_and_say_what_became_of_each(office: Office) -> None:
    first = office.send("2022-08", "item_no\nP1", unit="甲部")
    second = office.send("2022-08", "item_no\nP1\nP2", unit="甲部")
    tickets = office.send(
        "", "ticket_no | received_on\nT1 | 08-05\nT2 | 09-05", kind="tickets", unit="乙部"
    )
    undone = office.send("2022-09", "item_no\nP1", unit="丙部")
    office.take_back(undone)
    drafted = office.hand_in(
        office.reading("2022-10", "item_no\nP1", unit="甲部"), Terms(is_draft=True)
    )
    assert_answer(
        office.ask("uploads"),
        f"""
        upload           | month   | ledger   | unit | status    | row_count | file
        {drafted.upload} | 2022-10 | problems | 甲部 | draft     | 1         | 甲部2022-10问题台账.xlsx
        {undone}         | 2022-09 | problems | 丙部 | undone    | 1         | 丙部2022-09问题台账.xlsx
        {tickets}        | 2022-09 | tickets  | 乙部 | published | 2         | 乙部工单.xlsx
        {second}         | 2022-08 | problems | 甲部 | published | 2         | 甲部2022-08问题台账.xlsx
        {first}          | 2022-08 | problems | 甲部 | replaced  | 1         | 甲部2022-08问题台账.xlsx
        """,
    )
    assert_answer(office.ask("uploads", upload=first), f"upload\n{first}")


def test_upload_keeps_who_when_and_why(office: Office) -> None:
    before = office.now()
    reading = office.reading("2022-08", "item_no\nP1", unit="甲部")
    office.hand_in(reading, Terms(uploaded_by="办公室", reason="补报"))
    [row] = office.ask("uploads")
    assert (row["uploaded_by"], row["reason"], row["is_sample"]) == ("办公室", "补报", False)
    assert row["sha256"] == reading.sha256
    assert before < row["uploaded_at"] < office.now()


def test_upload_findings_give_back_what_was_recognised_and_what_is_wrong(office: Office) -> None:
    sheet = Sheet("台账", "problems", 3, 1, {"存在问题": "title"})
    problem = Problem("warning", "台账", "H4", "state", "", "状态", "请填写")
    reading = replace(
        office.reading("2022-08", "item_no\nP1", unit="甲部"), sheets=(sheet,), problems=(problem,)
    )
    upload = office.hand_in(reading).upload
    [row] = office.database.ask("upload_findings", {"upload": upload}).to_pylist()
    assert json.loads(row["recognised"])[0]["columns"] == {"存在问题": "title"}
    assert json.loads(row["problems"])[0]["cell"] == "H4"
