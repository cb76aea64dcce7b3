"""Whether the ledgers hold all that was acknowledged, asked before any figure is shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from tally import clock
from tally.batches import DEED_WORDS, Place, RowsDigest
from tally.registry import BatchRecord, Recorded
from tally.safekeeping.backups import backups
from tally.store import Held, HomeDamaged

NAMED_MAX = 12


@dataclass
class Examination:
    """The comparison of the ledgers with the record of writes and the newest backup.

    `unfinished` are writes that were interrupted before they took hold: nobody was told that
    they had, and the data is as it was before them.
    """

    record: BatchRecord
    backups_folder: Path
    unfinished: tuple[Recorded, ...] = ()
    finished: tuple[Recorded, ...] = field(default=())

    def __call__(self, held: Held) -> bool:
        """Tell whether the record begins with these ledgers; HomeDamaged when they lack a part."""
        known = self.record.after(0)
        if not any(one.state in ("begun", "done") for one in known):
            self._check_backups(held)
            return True
        self._settle(known, held.mark)
        known = self.record.after(0)
        self._check_newest([one for one in known if one.state == "done"], held)
        if held.rows is not None:
            self._check_rows(held.rows)
        return not any(one.state == "done" for one in known)

    def _settle(self, known: Sequence[Recorded], mark: str) -> None:
        """Learn from the ledgers what became of writes that were begun and not confirmed."""
        begun = [one for one in known if one.state == "begun"]
        newest = int(mark.partition(":")[0] or 0)
        self.finished = tuple(one for one in begun if one.mark == mark or one.number < newest)
        self.unfinished = tuple(one for one in begun if one not in self.finished)
        for ones, state in ((self.finished, "done"), (self.unfinished, "denied")):
            if ones:
                self.record.settle([one.number for one in ones], state)

    def _check_newest(self, done: Sequence[Recorded], held: Held) -> None:
        if not done:
            return
        newest = int(held.mark.partition(":")[0] or 0)
        lost = [one for one in done if one.number > newest]
        if lost:
            uploads = {upload for one in lost for upload in one.uploads}
            raise HomeDamaged(
                f"账本缺少最近 {len(lost)} 次已确认的登记：记录到第 {lost[-1].number} 次，"
                f"账本只到第 {newest} 次",
                [*map(describe, lost[-NAMED_MAX:]), *_months(self.record.places(uploads))],
            )
        if done[-1].mark != held.mark:
            raise HomeDamaged("账本不是登记记录所说的那一份，可能被换成了别处的文件")
        if done[-1].standing != held.standing:
            raise HomeDamaged("账本的发布状态与登记记录不一致，可能在本系统之外被改动过")

    def _check_rows(self, rows: Sequence[RowsDigest]) -> None:
        wrong = {(one.upload, one.ledger) for one in set(rows) ^ set(self.record.rows())}
        if wrong:
            uploads = sorted({upload for upload, _ in wrong})
            raise HomeDamaged(
                f"{len(uploads)} 次上传的行与登记记录不一致，可能在本系统之外被改动过",
                _months(self.record.places(uploads)),
            )

    def _check_backups(self, held: Held) -> None:
        """Without a record of writes, a backup that knows of later ones still tells of a loss."""
        newest = next(iter(backups(self.backups_folder)), None)
        if newest and newest.manifest.number > int(held.mark.partition(":")[0] or 0):
            raise HomeDamaged(
                f"账本比 {newest.made_on} 的备份还旧，登记记录也不在了",
                [f"最近的备份：{newest.manifest.name}"],
            )


def at_risk(record: BatchRecord, folder: Path) -> list[str]:
    """Say which backup is the newest, and which months were written since."""
    newest = next(iter(backups(folder)), None)
    if newest is None:
        return ["没有可用的备份"]
    moment = clock.in_shanghai(newest.made_at)
    later = [one for one in record.after(newest.manifest.number + 1) if one.state == "done"]
    uploads = {upload for one in later for upload in one.uploads}
    return [
        f"最近的备份：{moment:%Y-%m-%d %H:%M}（{newest.manifest.name}）",
        f"其后有 {len(later)} 次登记" + ("，可从原始文件补上" if uploads else ""),
        *_months(record.places(uploads)),
    ]


def describe(one: Recorded) -> str:
    """Say in a line when which write was made."""
    moment = clock.in_shanghai(datetime.fromisoformat(one.begun_at))
    uploads = "、".join(f"{upload} 号" for upload in one.uploads)
    return f"{moment:%Y-%m-%d %H:%M} {DEED_WORDS[one.deed]}{uploads}"


def _months(places: Iterable[Place]) -> list[str]:
    """Name the campaigns' months that are at risk, a line a campaign."""
    by_campaign: dict[str, set[str]] = {}
    for place in places:
        by_campaign.setdefault(place.campaign, set()).update(place.months.split() or ["不分月"])
    return [
        f"受影响：{campaign or '未归属'}　{'、'.join(sorted(months))}"
        for campaign, months in sorted(by_campaign.items())
    ]
