"""A campaign that calls what is overdue for more than 30 days serious, and red."""

from dataclasses import replace

from tally.packs import DEMO, Pack, Rule, Slip
from tests.office import trial_pack

OVERDUE = Rule(
    "严重超期",
    "overdue_long",
    "D7",
    "red",
    "必访",
    "{detail}已超期{measured}天，超过{threshold}天",
    DEMO,
    {"days": 30},
    limit_source="本级自定",
    measures=("约谈", "督办重点问题"),
    is_light=True,
)
SLIPS = (
    Slip("提示单", "blue", 3, DEMO),
    Slip("警示单", "amber", 3, DEMO),
    Slip("督办单", "red", 2, DEMO),
)


def ruled_pack() -> Pack:
    """Return the trial campaign with that rule."""
    return replace(trial_pack(), rules=(OVERDUE,), slips=SLIPS)
