"""A campaign taken out of the store with all that was ever sent for it."""

from tally.registry import Event
from tally.store import Database
from tally.submissions.deeds import doing
from tally.submissions.vault import APART
from tally.viewers import Action

# What is kept of a campaign beside its uploads.
CLEARED = ("seals", "answers", "archive", "draws", "finding_steps", "instructions", "notices")


def remove_campaign(database: Database, campaign: str) -> int:
    """Take all of a campaign's uploads out of the store; return how many there were."""
    about = {"campaign": campaign, "thing": "专项行动", "name": campaign}
    with doing(database, Action.CONFIGURE, Event.DELETE, "移除专项行动的全部台账", **about) as deed:
        writing = deed.writing
        uploads = [int(row[0]) for row in writing.run("campaign_uploads", {"campaign": campaign})]
        if uploads:
            filled = [row[0] for row in writing.run("campaign_ledgers", {"campaign": campaign})]
            for table in (*filled, *APART, "slice", "withdrawal", "upload"):
                writing.delete_upload_rows(table, uploads)
        for step in (*CLEARED, "meetings"):
            writing.run(f"clear_{step}", {"campaign": campaign})
        writing.forget_kept(campaign)
        deed.count_before, deed.count_after = len(uploads), 0
    database.forget_findings()
    database.checkpoint()
    return len(uploads)
