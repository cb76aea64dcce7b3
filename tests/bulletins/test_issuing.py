"""A notice that went out is recorded, seals its months, and is rebuilt as it was (G1)."""

from datetime import date
from typing import Any

import pytest

from tally import bulletins, clock
from tally.bulletins import MONTH, QUARTER, CannotNotify, Terms
from tally.notices.bulletin import passages
from tally.notices.bulletin_template import DEFAULT_TEMPLATE
from tally.submissions.originals import original_path
from tests.office import SLUG, Office, closed_of, trial_pack

TEMPLATE = DEFAULT_TEMPLATE.read_bytes()
PACK = trial_pack()


def terms_for(**chosen: Any) -> Terms:
    """Return the terms of September's notice, dated the 8th of October."""
    usual = {"campaign": SLUG, "kind": MONTH, "period": date(2022, 9, 1)}
    usual |= {"known_at": clock.now(), "issued_on": date(2022, 10, 8)}
    return Terms(**{**usual, **chosen})


def issued(office: Office, by: str = "督查室", **chosen: Any) -> int:
    """Issue September's notice and return its number."""
    return bulletins.issue(office.database, PACK, terms_for(**chosen), TEMPLATE, by)


def text_of(content: bytes) -> list[Any]:
    """Return all a document says, tables included."""
    return list(passages(content))


def test_rebuilt_after_a_correction_says_what_it_said(office: Office) -> None:
    office.send("2022-09", closed_of({"甲部": (9, 10)}), unit="甲部")
    terms = terms_for()
    before = bulletins.file_of(office.database, PACK, terms, "docx")
    number = bulletins.issue(office.database, PACK, terms, TEMPLATE, "督查室")
    office.send("2022-09", closed_of({"甲部": (2, 10)}), unit="甲部")
    office.send("2022-09", closed_of({"乙部": (1, 3)}), unit="乙部")
    rebuilt = bulletins.rebuild(office.database, PACK, number)
    assert rebuilt.is_same
    assert rebuilt.content == before
    assert text_of(rebuilt.content) == text_of(before)
    now = bulletins.file_of(office.database, PACK, terms_for(), "docx")
    assert text_of(now) != text_of(before)


def test_record_keeps_all_the_notice_was_made_from(office: Office) -> None:
    office.send("2022-09", closed_of({"甲部": (9, 10)}), unit="甲部")
    [item, *_] = office.ask("items", "09-30")
    terms = terms_for(number="督〔2022〕3号", praised=(item["item_key"],), has_red_head=False)
    number = bulletins.issue(office.database, PACK, terms, TEMPLATE, "督查室")
    [record] = office.ask("notices")
    assert bulletins.terms_of(record) == terms
    assert (record["notice"], record["as_of"]) == (number, date(2022, 9, 30))
    assert (record["issued_by"], record["title"]) == (
        "督查室",
        "关于试点2022年9月进展情况的通报",
    )


def test_months_quoted_are_sealed_and_what_comes_later_is_a_correction(office: Office) -> None:
    office.send("2022-08", closed_of({"甲部": (1, 10)}, "08-15"), unit="甲部")
    office.send("2022-09", closed_of({"甲部": (9, 10)}), unit="甲部")
    issued(office)
    [seal] = office.ask("sealed_months")
    assert (seal["month"], seal["quoted_in"]) == ("2022-09", "2022年9月通报")
    later = office.send("2022-09", closed_of({"甲部": (8, 10)}), unit="甲部")
    corrected = {row["upload"]: row["is_correction"] for row in office.ask("uploads")}
    assert corrected[later] is True


def test_quarter_seals_its_published_months_only(office: Office) -> None:
    for month in ("2022-08", "2022-09"):
        office.send(month, closed_of({"甲部": (1, 10)}, "08-15"), unit="甲部")
    issued(office, kind=QUARTER)
    assert {seal["month"] for seal in office.ask("sealed_months")} == {"2022-08", "2022-09"}


def test_notice_issued_twice_is_recorded_twice_and_sealed_once(office: Office) -> None:
    office.send("2022-09", closed_of({"甲部": (9, 10)}), unit="甲部")
    assert issued(office) + 1 == issued(office)
    assert len(office.ask("notices")) == 2 and len(office.ask("sealed_months")) == 1


def test_period_without_a_list_cannot_be_issued(office: Office) -> None:
    with pytest.raises(CannotNotify, match="2022年9月还没有已发布的台账"):
        issued(office)
    assert office.ask("notices") == [] and office.ask("sealed_months") == []


def test_nobody_issues_nothing(office: Office) -> None:
    office.send("2022-09", closed_of({"甲部": (9, 10)}), unit="甲部")
    with pytest.raises(CannotNotify, match="签发人"):
        issued(office, by=" ")


def test_own_template_of_then_is_used_again(office: Office) -> None:
    office.send("2022-09", closed_of({"甲部": (9, 10)}), unit="甲部")
    number = issued(office)
    folder = office.database.home / "templates"
    folder.mkdir()
    (folder / "通报.docx").write_bytes(b"changed since")
    assert bulletins.rebuild(office.database, PACK, number).is_same
    (folder / "通报.docx").unlink()
    folder.rmdir()


def test_lost_template_is_said_and_not_replaced_by_another(office: Office) -> None:
    office.send("2022-09", closed_of({"甲部": (9, 10)}), unit="甲部")
    number = issued(office)
    [record] = office.ask("notices")
    path = original_path(office.database.home, record["template_sha256"])
    kept = path.read_bytes()
    path.unlink()
    with pytest.raises(CannotNotify, match="模板已不在"):
        bulletins.rebuild(office.database, PACK, number)
    path.write_bytes(kept)


def test_unknown_number_is_refused(office: Office) -> None:
    with pytest.raises(CannotNotify, match="没有签发过第 7 号"):
        bulletins.rebuild(office.database, PACK, 7)
