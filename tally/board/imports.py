"""Imports on the page: which one is shown, how far it is, and which there were today."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC
from functools import partial
from typing import Any, Literal

import pandas as pd
import streamlit as st

from tally import clock, service, words
from tally.board.asking import ask
from tally.board.findings import verdict_of
from tally.board.panels import verdict
from tally.board.tables import table
from tally.sentences import Name, Verdict
from tally.submissions import (
    Given,
    Outcome,
    has_original,
    may_have_original,
    read_original,
)
from tally.submissions.jobs import CannotStart, Job
from tally.submissions.records import recorded
from tally.viewers import acting

SHOWN_KEY = "_shown_import"
OWN_KEY = "_own_imports"
SAID_KEY = "_said_of_import"
DRAWN_KEY = "_drawn_imports"
POLL_SECONDS = 0.7
# A small file is read in less: its result comes with the page, without a look at the bar.
PATIENCE_SECONDS = 0.6
PHASE_WORDS = {
    "open": "打开",
    "recognise": "识别",
    "check": "逐格核对",
    "compare": "与已发布的比较",
    "keep": "存为草稿",
}


@dataclass(frozen=True)
class Shown:
    """The import that the page shows: a job, an upload of the record (`record`), or both.

    `outcome` carries the status that the upload has now, whoever changed it; it is None
    while the job runs, after an error of ours, and when nothing is chosen.
    """

    job: Job | None = None
    outcome: Outcome | None = None
    record: Mapping[str, Any] | None = None

    @property
    def is_own(self) -> bool:
        """Whether this viewer's session brought the file."""
        return self.job is not None and self.job.number in st.session_state.get(OWN_KEY, ())

    @property
    def is_compared(self) -> bool:
        """Whether what it changes is known row by row, not only counted."""
        return self.job is not None

    @property
    def content(self) -> Callable[[], bytes] | None:
        """What reads the file's bytes anew; None where no file is kept, or not for this viewer."""
        unit = self.outcome.unit if self.outcome else ""
        if not self.is_own and not may_have_original(acting(), unit):
            return None
        if self.job is not None:
            return partial(service.jobs().content, self.job.number)
        if self.outcome is None or not self.outcome.sha256:
            return None
        home, sha256 = service.database().home, self.outcome.sha256
        is_there = has_original(home, sha256)
        return partial(read_original, home, sha256) if is_there else None


def show_job(job: Job) -> None:
    """Let the page show this job, which the viewer started."""
    own(job)
    st.session_state[SHOWN_KEY] = "job", job.number
    service.jobs().wait(job.number, PATIENCE_SECONDS)


def own(job: Job) -> None:
    """Remember that the viewer's session brought this file."""
    st.session_state.setdefault(OWN_KEY, set()).add(job.number)


def read_again(job: Job, given: Given) -> None:
    """Read a job's file once more with this said beside it, and show that."""
    try:
        show_job(service.jobs().again(job.number, given))
    except (CannotStart, KeyError) as refusal:
        say(str(refusal) if isinstance(refusal, CannotStart) else "请重新选择文件")


def say(sentence: str) -> None:
    """Let the next run tell the viewer why nothing was done."""
    st.session_state[SAID_KEY] = sentence


def shown() -> Shown:
    """Return what the page shows, as it stands now."""
    kind, number = st.session_state.get(SHOWN_KEY, ("", 0))
    if kind == "upload":
        held = (job for job in service.jobs().recent() if _upload_of(job) == number)
        job = next(held, None)
        return _now(Shown(job, job.outcome if job else recorded(service.database(), number)))
    job = service.jobs().find(number) if kind == "job" else None
    return _now(Shown(job, job.outcome if job else None))


def _upload_of(job: Job) -> int | None:
    """Return the upload that a job made; a file that was published before made none."""
    is_made = job.outcome is not None and job.outcome.status != "unchanged"
    return job.outcome.upload if job.outcome and is_made else None


def _now(seen: Shown) -> Shown:
    """Return what is shown with the status its upload has now."""
    found = seen.outcome
    if found is None or found.upload is None or found.status == "unchanged":
        return seen
    record = ask("uploads", upload=found.upload).iloc[0].to_dict()
    return replace(seen, outcome=replace(found, status=record["status"]), record=record)


def state_words(job: Job) -> str:
    """Return in a few words what became of a job, or where it is."""
    if job.state == "waiting":
        return f"○ 排队，前面 {job.ahead_count} 份" if job.ahead_count else "○ 排队"
    if job.state == "reading":
        return "○ 正在读取"
    if job.outcome is None:
        return f"■ 出错 {job.fault}"
    now = _now(Shown(job, job.outcome)).outcome
    return words.UPLOAD_STATUS_WORDS[now.status if now else job.outcome.status]


def recent_imports() -> None:
    """Draw the imports of the last 24 hours, whoever started them; a choice shows one."""
    jobs = service.jobs().recent()
    st.session_state[DRAWN_KEY] = _states(jobs)
    if not jobs:
        st.markdown(":gray[24 小时内没有导入]")
        return
    rows = pd.DataFrame(
        [
            {
                "time": f"{job.started_at.replace(tzinfo=UTC).astimezone(clock.SHANGHAI):%H:%M}",
                "file": job.file,
                "state": state_words(job),
            }
            for job in jobs
        ]
    )
    columns = {
        "time": st.column_config.TextColumn("时间", width=52),
        "file": st.column_config.TextColumn("文件", width=220),
        "state": st.column_config.TextColumn("状态", width=140),
    }
    place = chosen_place("recents", rows, columns, f"{jobs[0].number}-{len(jobs)}", 3)
    choose("recents", None if place is None else ("job", jobs[place].number))


def chosen_place(
    key: str, rows: pd.DataFrame, columns: Mapping[str, Any], version: str, rows_max: int
) -> int | None:
    """Draw a table whose choice is forgotten with its version: the rows under it have moved."""
    with st.container(key=key):
        return table(rows, columns, key=f"{key}-{version}", rows_max=rows_max)


def choose(key: str, chosen: tuple[Literal["job", "upload"], int] | None) -> None:
    """Show what was just chosen in a table; a choice that stands since longer changes nothing."""
    if chosen != st.session_state.get(f"_{key}_chosen"):
        st.session_state[f"_{key}_chosen"] = chosen
        if chosen is not None:
            st.session_state[SHOWN_KEY] = chosen


def _states(jobs: Iterable[Job]) -> tuple[tuple[int, str], ...]:
    return tuple((job.number, job.state) for job in jobs)


def watch(number: int | None) -> None:
    """Follow what is being read, without a click; nothing is polled when nothing runs.

    What ended since the list of imports was drawn counts as running: the list is to say so.
    """
    jobs = service.jobs().recent()
    drawn = st.session_state.get(DRAWN_KEY, ())
    if any(job.is_running for job in jobs) or _states(jobs) != drawn:
        st.fragment(_progress, run_every=POLL_SECONDS)(number, drawn)


def _progress(number: int | None, states: tuple[tuple[int, str], ...]) -> None:
    if _states(service.jobs().recent()) != states:
        st.rerun()
    job = service.jobs().find(number) if number else None
    if job is None or not job.is_running:
        return
    left, right = st.columns([1.6, 1], vertical_alignment="center")
    if job.state == "waiting":
        before = f"前面还有 {job.ahead_count} 份在读取" if job.ahead_count else "马上开始"
        with left:
            verdict(Verdict("unreported", "排队等候读取", (Name(job.file), f"：{before}")))
        return
    with left:
        verdict(Verdict("unreported", "正在读取", (Name(job.file), "，可以离开，回来接着看")))
    step = list(PHASE_WORDS).index(job.phase)
    done = f" {words.share(job.share)}" if job.share is not None else ""
    seconds = (clock.now() - job.started_at).total_seconds()
    right.progress(
        # A step of unknown length is shown at its middle.
        (step + (0.5 if job.share is None else job.share)) / len(PHASE_WORDS),
        f"第 {step + 1} 步，共 {len(PHASE_WORDS)} 步：{PHASE_WORDS[job.phase]}{done}，"
        f"已 {seconds:.0f} 秒",
    )


def ended_verdict(seen: Shown) -> Verdict:
    """Judge an import that has ended: a file's findings, or what became of it since."""
    found, record = seen.outcome, seen.record or {}
    if found is None:
        assert seen.job is not None
        said = f"：系统出错，编号 {seen.job.fault}。数据没有改动，请再传一次或报管理员"
        return Verdict("overdue", "这份文件没有读成", (Name(seen.job.file), said))
    if found.status == "returned":
        said = f"退回理由：{record['returned_reason']}。改好后重新上传"
        return Verdict("soon", f"{found.upload} 号已退回", (Name(found.file), "　", said))
    if found.status in ("undone", "replaced"):
        became = "已撤回" if found.status == "undone" else "已被后来的报送替换"
        again = "，要再发布请重新上传" if found.status == "undone" else ""
        return Verdict("unreported", f"{found.upload} 号{became}", (Name(found.file), again))
    if not seen.is_compared and found.status == "draft" and record["reversed_count"]:
        count = int(record["reversed_count"])
        return Verdict("soon", f"{count} 项倒退，写明理由才能发布", (Name(found.file),))
    return verdict_of(found)
