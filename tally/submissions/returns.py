"""退回修改: a list goes back to its sender with a reason, and out of force."""

from tally import clock
from tally.registry import Event
from tally.store import Database
from tally.submissions.deeds import LIST, doing
from tally.submissions.drafts import CannotUndo, take_out_of_force
from tally.viewers import Action


def return_upload(database: Database, upload: int, reason: str, by: str = "") -> None:
    """Send a publication or a draft back; what it had replaced is in force again.

    CannotUndo when there is no reason, or when nothing of the upload is in force.
    """
    if not reason.strip():
        raise CannotUndo("写明退回的理由，报送单位才知道改什么")
    with doing(database, Action.PUBLISH, Event.ROLL_BACK, "退回修改", thing=LIST) as deed:
        deed.is_about(upload)
        take_out_of_force(deed.writing, upload, "returned", reason.strip())
        moment = clock.moment()
        who = by.strip() or None
        deed.writing.run(
            "mark_returned_by", {"upload": upload, "returned_by": who, "moment": moment}
        )
    database.checkpoint()
