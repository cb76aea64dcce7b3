"""An office that serves enterprises: its pack knows kinds of objects and three levels."""

from dataclasses import replace

from tally.packs import DEMO, ItemClass, ObjectKind, Pack
from tests.office import Office, trial_pack

ROSTER = """
name   | object_kind | unit | leader_post | aliases
甲厂   | 规上企业    | 甲部 | 第一副主任  | 甲、老甲厂
乙厂   | 企业        | 乙部 | —           | —
丙项目 | 项目       | 丙部 | 第三副主任  | —
"""


def serving_pack() -> Pack:
    """Return the trial campaign with 2 projects and 3 firms stated, 1 of the firms large."""
    return replace(
        trial_pack(),
        object_kinds=(
            ObjectKind("项目", DEMO, 2),
            ObjectKind("企业", DEMO, 3),
            ObjectKind("规上企业", DEMO, 1, part_of="企业"),
        ),
        classes=tuple(ItemClass("level", name, DEMO) for name in ("责任人", "领导", "工委")),
    )


def send_roster(office: Office, roster: str = ROSTER) -> int:
    """Publish the roster of enterprises and projects."""
    return office.send("", roster, kind="enterprises")
