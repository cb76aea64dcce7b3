"""零报告: a unit says in one click that it has nothing to report this month."""

from dataclasses import dataclass
from datetime import date

from tally import clock, words
from tally.contracts import contracts
from tally.registry import Event
from tally.store import Database, Writing
from tally.submissions.archives import CLOSED
from tally.submissions.deeds import LIST, doing
from tally.submissions.drafts import CannotPublish, put_in_force, who_and_when
from tally.submissions.outcome import Outcome, Status
from tally.viewers import Action

NIL_FILE = "零报告"


@dataclass(frozen=True)
class NilReturn:
    """Of which slice nothing is to be reported; `unit` is empty for a list of all units."""

    campaign: str
    ledger: str
    month: date
    unit: str = ""


def send_nil(database: Database, nil: NilReturn, by: str = "", reason: str = "") -> Outcome:
    """Keep a nil return as an upload without a file, and publish it.

    It stays a draft where the campaign is reviewed. Open items stay open; a real list takes
    its place later. CannotPublish when a list is in force, or the slice takes no nil return.
    """
    told = {"campaign": nil.campaign, "thing": LIST}
    with doing(database, Action.SUBMIT, Event.UPLOAD, NIL_FILE, **told) as deed:
        writing = deed.writing
        if writing.run("archives_in_force", {"campaign": nil.campaign}):
            raise CannotPublish(CLOSED)
        _check_owed(writing, nil)
        _check_free(writing, nil)
        upload = _keep(writing, nil, by)
        deed.is_about(upload)
        is_reviewed = writing.run("draft", {"upload": upload})[0][2]
        if not is_reviewed:
            deed.event = Event.PUBLISH
            put_in_force(deed, upload, reason.strip(), by)
    database.checkpoint()
    status: Status = "draft" if is_reviewed else "published"
    sentence = "零报告待审核" if is_reviewed else "零报告已记"
    return Outcome(
        file=NIL_FILE,
        status=status,
        upload=upload,
        campaign=nil.campaign,
        month=nil.month,
        unit=nil.unit,
        sentence=sentence,
    )


def _check_owed(writing: Writing, nil: NilReturn) -> None:
    """Refuse what the campaign does not collect, or not for that month yet."""
    slice_of = {"campaign": nil.campaign, "ledger": nil.ledger}
    months = [month for (month,) in writing.run("months_owed", slice_of)]
    contract = contracts().get(nil.ledger)
    if not contract or not months:
        raise CannotPublish(f"这个专项行动不收{contract.title if contract else nil.ledger}")
    if contract.nature != "state":
        raise CannotPublish(f"{contract.title}按发生逐条登记，没有发生就不必报")
    if nil.month not in months:
        raise CannotPublish(
            f"{nil.month:%Y-%m-%d} 不是报送月份；"
            f"这个专项行动收{words.year_month(months[0])}至{words.year_month(months[-1])}的台账"
        )
    if nil.month > clock.today():
        raise CannotPublish(f"{words.year_month(nil.month)}还没有到，不能先记零报告")


def _check_free(writing: Writing, nil: NilReturn) -> None:
    slice_of = {"campaign": nil.campaign, "unit": nil.unit}
    if nil.unit and not writing.run("unit_in_roster", slice_of)[0][0]:
        raise CannotPublish(f"名册中没有“{nil.unit}”这个单位")
    held = writing.run("slice_in_force", slice_of | {"ledger": nil.ledger, "period": nil.month})
    if held:
        file, who, when, _ = held[0]
        raise CannotPublish(f"{who_and_when(who, when)}已发布《{file}》，不必再记零报告")


def _keep(writing: Writing, nil: NilReturn, by: str) -> int:
    upload = int(writing.run("next_upload", {})[0][0])
    record = {
        "upload": upload,
        "campaign": nil.campaign,
        "month": nil.month,
        "unit": nil.unit,
        "file": NIL_FILE,
        "uploaded_by": by,
        "uploaded_at": clock.moment(),
        "status": "draft",
        "row_count": 0,
        "is_sample": False,
        "is_nil": True,
        "recognised": "[]",
        "problems": "[]",
    }
    spoken_of = {"ledger": nil.ledger, "period": nil.month, "row_count": 0}
    writing.insert("upload", [record])
    writing.insert(
        "slice", [{"upload": upload, "campaign": nil.campaign, "unit": nil.unit, **spoken_of}]
    )
    return upload
