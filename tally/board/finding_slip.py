"""The paper of a finding and of an instruction: 督办单 and 交办单, a page each (D22, G1)."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

import pandas as pd

from tally import clock, service, words
from tally.board.asking import Filters
from tally.board.handing_out import hand_out
from tally.notices.slip import Slip, SlipRow, slips

INSTRUCTION = "交办单"


def slip_names(chosen: Filters) -> dict[str, str]:
    """Return what the campaign calls the slip of each colour."""
    ladder = service.database().stored("slips", {"campaign": chosen.campaign}).to_pylist()
    return {entry["level"]: entry["slip"] for entry in ladder}


def slip_download(chosen: Filters, row: Mapping[str, Any], steps: pd.DataFrame) -> None:
    """Offer the last slip that went out for a finding; nothing while none did."""
    issued = steps[steps["step"] == "slip"]
    if issued.empty:
        return
    last = issued.iloc[-1].to_dict()
    slip = finding_slip(chosen, row, last, slip_names(chosen).get(last["slip_level"], ""))
    _offer(chosen.campaign, slip, f"{slip.title} {row['subject']}", "slip")


def finding_slip(
    chosen: Filters, row: Mapping[str, Any], step: Mapping[str, Any], name: str
) -> Slip:
    """Return the slip of one step: a row of `finding_steps` on a row of `rule_findings`."""
    due_on = _day(row["rectify_by_on"]) or _day(step["slip_due_on"])
    matter = SlipRow(
        str(row["subject"]), words.text(row["sentence"]), words.text(row["clause"]), due_on
    )
    campaign = chosen.pack.campaign
    return Slip(
        words.text(row["unit"]),
        (matter,),
        campaign.full_name,
        campaign.issuer,
        _day(step["step_on"]) or clock.today(),
        _day(step["slip_due_on"]),
        str(step["slip_level"]),
        name=name,
    )


def instruction_slip(
    chosen: Filters, number: str, title: str, unit: str, due_on: date | None, given_by: str
) -> None:
    """Offer the slip of what was told in a meeting."""
    campaign = chosen.pack.campaign
    matter = SlipRow(number, title, f"{given_by}会上交办", due_on)
    slip = Slip(
        *(unit, (matter,), campaign.full_name, campaign.issuer, clock.today(), due_on),
        level="blue",
        name=INSTRUCTION,
    )
    _offer(chosen.campaign, slip, f"{INSTRUCTION} {number}", "instruction_slip")


def _offer(campaign: str, slip: Slip, file: str, key: str) -> None:
    make = partial(slips, [slip], clock.now())
    hand_out(
        f"下载{slip.title}", make, f"{file}.docx", key=key, thing=slip.title, campaign=campaign
    )


def _day(value: Any) -> date | None:
    return None if words.is_missing(value) else pd.Timestamp(value).date()
