"""会议快照: what a meeting saw, frozen so that it can be opened again exactly as it was.

Nothing is copied: a question asked with the meeting's day, filters and moment of knowledge
answers as it did then. What is kept beside them are digests of the main answers, by which a
reopened meeting says whether pack or program have changed since.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from tally import clock
from tally.packs import Pack
from tally.registry import Event
from tally.store import Database, question
from tally.store.questions import QUERIES_FOLDER
from tally.submissions.deeds import doing
from tally.viewers import Action

# What each leaders' page opens with, by the question behind it; the words name it on the screen.
MAIN_QUESTIONS = {
    "meeting_agenda": "议程",
    "campaign_totals": "活动进度",
    "campaign_progress": "活动进度",
    "campaign_months": "清零销号",
    "unit_ranking": "单位排名",
    "overdue_by_unit": "逾期热力",
    "community_progress": "社区地图",
    "indicator_progress": "指标进度",
    "peer_ranking": "位次",
    "projects": "项目攻坚",
    "satisfaction_shares": "暖民心",
    "task_progress": "任务",
    "chain_progress": "责任链",
    "duty_totals": "履职日历",
    "visit_coverage": "企业服务",
    "rule_findings": "预警督办",
    "unit_lights": "红绿灯",
    "appraisal_ranks": "考评台账",
    "honour_rolls": "红黑榜",
    "instruction_progress": "批示交办",
    "verification_results": "销号核实",
    "appeal_funnel": "诉求信访",
    "class_counts": "专项台账",
    "unit_reporting": "报送情况",
}
# Sums of the same numbers in another order differ behind these digits.
DIGITS = 9


class CannotFreeze(ValueError):
    """The meeting cannot be frozen; the message says what is missing."""


@dataclass(frozen=True)
class Seen:
    """What a meeting looks at: campaign, day and filters; None or nothing means all.

    Where units or dimensions are left out, `unit` and `dimension` hold all the others.
    """

    campaign: str
    as_of: date
    league: str | None = None
    unit: tuple[str, ...] = ()
    dimension: tuple[str, ...] = ()
    post: str | None = None
    left_out_unit: tuple[str, ...] = ()
    left_out_dimension: tuple[str, ...] = ()

    @classmethod
    def of_meeting(cls, row: Mapping[str, Any]) -> "Seen":
        """Return what a row of `meetings` looked at."""
        return cls(
            row["campaign"],
            row["as_of"],
            row["league"],
            tuple(row["units"] or ()),
            tuple(row["dimensions"] or ()),
            row["post"],
            tuple(row["units_left_out"] or ()),
            tuple(row["dimensions_left_out"] or ()),
        )

    def parameters(self, known_at: datetime | None) -> dict[str, Any]:
        """Return it as parameters of a question, as known at a moment (None: now)."""
        return {
            "campaign": self.campaign,
            "as_of": self.as_of,
            "known_at": known_at,
            "league": self.league,
            "unit": list(self.unit) or None,
            "dimension": list(self.dimension) or None,
            "post": self.post,
        }


@dataclass(frozen=True)
class Before:
    """The state a meeting compares with; `held_on` is None where no earlier one was frozen."""

    as_of: date
    known_at: datetime | None = None
    held_on: date | None = None


@dataclass(frozen=True)
class Changed:
    """What a reopened meeting shows otherwise than it did: names of pages, and why."""

    pages: tuple[str, ...]
    is_pack: bool
    is_program: bool


def state_before(meetings: Sequence[Mapping[str, Any]], as_of: date, today: date) -> Before:
    """Return the newest of frozen meetings (rows of `meetings`) held before a day.

    Without one up to the day asked about it is the end of the month before.
    """
    for row in sorted(meetings, key=lambda row: row["known_at"], reverse=True):
        if row["held_on"] < today and row["as_of"] <= as_of:
            return Before(row["as_of"], row["known_at"], row["held_on"])
    return Before(as_of.replace(day=1) - timedelta(days=1))


def _as_json(names: Sequence[str]) -> str | None:
    return json.dumps(list(names), ensure_ascii=False) if names else None


def freeze(database: Database, pack: Pack, seen: Seen, note: str, frozen_by: str) -> int:
    """Freeze what a meeting looks at and return its number; CannotFreeze says what is missing."""
    if not frozen_by.strip():
        raise CannotFreeze("请填写经办岗位（写职务，不写姓名）")
    if not database.ask("published_months", {"campaign": seen.campaign}).num_rows:
        raise CannotFreeze("这个专项行动还没有发布的台账，没有可冻结的内容")
    known_at, last_upload = moment_of_freezing(database)
    kept = {
        "campaign": seen.campaign,
        "as_of": seen.as_of,
        "known_at": known_at,
        "last_upload": last_upload,
        "league": seen.league,
        "units": _as_json(seen.unit),
        "dimensions": _as_json(seen.dimension),
        "post": seen.post,
        "units_left_out": _as_json(seen.left_out_unit),
        "dimensions_left_out": _as_json(seen.left_out_dimension),
        "agenda": _as_json(
            _answer(database, "meeting_agenda", seen, known_at).column("entry").to_pylist()
        ),
        "digests": json.dumps(digests(database, seen, known_at)),
        "pack_digest": pack_digest(pack),
        "program_digest": program_digest(),
        "note": note.strip() or None,
        "frozen_by": frozen_by.strip(),
    }
    told = {"campaign": seen.campaign, "thing": "会议"}
    with doing(database, Action.MEET, Event.PUBLISH, f"冻结会议（{seen.as_of}）", **told) as deed:
        number = int(deed.writing.run("next_meeting", {})[0][0])
        deed.name = str(number)
        deed.writing.insert("meeting", [{"meeting": number, **kept}])
    database.checkpoint()
    return number


def moment_of_freezing(database: Database) -> tuple[datetime, int]:
    """Return a moment that tells before from after, and the highest upload number by then.

    While nothing is being written, no publication is newer.
    """
    with database.undisturbed():
        [newest] = database.stored("newest_moment").to_pylist()
        return max(clock.now(), newest["newest_at"] or datetime.min), newest["last_upload"]


def digests(database: Database, seen: Seen, known_at: datetime) -> dict[str, str]:
    """Return a digest of what each main question answers."""
    return {name: digest(_answer(database, name, seen, known_at)) for name in MAIN_QUESTIONS}


def changed(database: Database, pack: Pack, meeting: Mapping[str, Any]) -> Changed:
    """Return what a meeting (a row of `meetings`) shows otherwise than when it was frozen."""
    kept: dict[str, str] = json.loads(meeting["digests"])
    found = digests(database, Seen.of_meeting(meeting), meeting["known_at"])
    pages = (MAIN_QUESTIONS[name] for name in found if found[name] != kept.get(name, found[name]))
    return Changed(
        tuple(dict.fromkeys(pages)),
        pack_digest(pack) != meeting["pack_digest"],
        program_digest() != meeting["program_digest"],
    )


def _answer(database: Database, name: str, seen: Seen, known_at: datetime) -> pa.Table:
    asked = question(name).parameters
    given = seen.parameters(known_at)
    return database.ask(name, {key: given[key] for key in given if key in asked})


def digest(answer: pa.Table) -> str:
    """Return the SHA-256 of an answer's rows, whatever order ties stand in."""
    rows = sorted(
        json.dumps(_plain(row), ensure_ascii=False, sort_keys=True, default=str)
        for row in answer.to_pylist()
    )
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def _plain(value: Any) -> Any:
    """Return a value whose fractions are cut to the digits that every order of adding gives."""
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}")
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, list) else value


def pack_digest(pack: Pack) -> str:
    """Return the SHA-256 of a pack's files."""
    return _digest_of(sorted(pack.folder.glob("*.toml")))


@cache
def program_digest() -> str:
    """Return the SHA-256 of the SQL that every answer comes from."""
    return _digest_of(sorted(QUERIES_FOLDER.rglob("*.sql")))


def _digest_of(files: Sequence[Path]) -> str:
    total = hashlib.sha256()
    for path in files:
        total.update(path.name.encode() + b"\0" + path.read_bytes())
    return total.hexdigest()
