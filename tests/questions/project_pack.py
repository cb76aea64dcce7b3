"""A pack that drives projects and asks about 暖民心: stages, limits, annual numbers, actions."""

from dataclasses import replace

from tally.packs import DEMO, ExpectedLedger, Indicator, ItemClass, Pack, Stage, Threshold
from tests.office import trial_pack

STAGES = {"储备": 4, "签约": 0, "前期": 1, "开工": 2, "推进": 3, "竣工": 0, "终止": 0}


def project_pack() -> Pack:
    """Return the trial campaign with seven stages, 60 days to be stuck (365 in 推进), 12 万元 a mu."""
    limits = {
        "project_stuck_days": 60,
        "project_stuck_days:推进": 365,
        "tax_per_mu": 12,
        "minimum_asked": 30,
    }
    return replace(
        trial_pack(),
        stages=tuple(Stage(name, DEMO, quarter) for name, quarter in STAGES.items()),
        thresholds=tuple(Threshold(name, value, DEMO) for name, value in limits.items()),
        indicators=(
            Indicator("上级资金", "万元", "up", DEMO, target=600_000, aliases=("争取上级资金",)),
            Indicator("签约项目", "个", "up", DEMO, target=4),
            Indicator("产业项目占比", "%", "up", DEMO, target=80, measure="期末"),
        ),
        classes=tuple(ItemClass("action", name, DEMO) for name in ("老年助餐", "便民停车")),
        ledgers=(
            ExpectedLedger("projects", "all", DEMO),
            ExpectedLedger("satisfaction", "all", DEMO),
        ),
    )
