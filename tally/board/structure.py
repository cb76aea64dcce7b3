"""行动架构 (A1-A5, A8-A14): what the document says of a campaign, on one screen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from tally import words
from tally.board.asking import Filters, ask
from tally.board.facts import OPEN, Fact, Row, clause, fact_table, fitting_size, line_count, stated
from tally.board.panels import panel
from tally.contracts import contracts
from tally.packs import POWERS, Organ, Pack, Phase, Theme, Unit
from tally.sentences import Name, Verdict, clauses, shortest_fitting

PHASE_STATES = {"done": "closed", "current": "normal", "ahead": "unreported"}
SUBMITTERS = {"unit": "各单位自报", "all": "合并报送"}
STANDING = "长期"
# A panel's head, padding and the gap below it, in lines of facts.
HEAD_LINES = 4


def structure_verdict(chosen: Filters, phases: Sequence[Mapping[str, str]]) -> Verdict:
    """Say which phases are current on the day asked, and how much the document leaves open."""
    pack, campaign = chosen.pack, chosen.pack.campaign
    current = [row["phase"] for row in phases if row["status"] == "current"]
    if current:
        sentences = [f"正处于{'、'.join(current)}阶段", f"{len(current)} 个阶段同时进行"]
    elif chosen.as_of > campaign.end_on:
        sentences = ["行动已经结束"]
    elif not phases:
        sentences = ["全程推进，文件没有划分阶段"]
    else:
        sentences = ["这一天不在任何阶段"]
    detail = clauses(
        (Name(campaign.document), f" {campaign.issuer} {words.iso_day(campaign.issued_on)} 印发"),
        (f"{len(pack.organs)} 个机构、{len(pack.units)} 个单位",),
        (f"文件没有写明的 {len(pack.open_points)} 处",) if pack.open_points else (),
    )
    state = "normal" if current else "unreported"
    return Verdict(state, shortest_fitting(sentences), detail)


def structure_panels(chosen: Filters) -> None:
    """Draw the screen in three columns: when, who, and what stays open on top, the rest below."""
    columns: list[list[Section]] = [[], [], []]
    on_top, below = _sections(chosen)
    for column, section in zip(columns, on_top, strict=True):
        column.append(section)
    for section in sorted(below, key=lambda section: -section.height):
        min(columns, key=lambda column: sum(one.height for one in column)).append(section)
    size_rem = fitting_size(max(sum(one.height for one in column) for column in columns))
    for place, column in zip(st.columns(3), columns, strict=True):
        for section in column:
            with place, panel(section.title, section.note):
                fact_table(section.rows, size_rem)


@dataclass(frozen=True)
class Section:
    """One panel of the screen."""

    title: str
    note: str
    rows: Sequence[Row]

    @property
    def height(self) -> int:
        """About how many lines it takes, its head and its frame among them."""
        return line_count(self.rows) + HEAD_LINES


def _sections(chosen: Filters) -> tuple[list[Section], list[Section]]:
    """Return what stands on top of the three columns, and what finds its place below."""
    pack = chosen.pack
    organs = [*power_rows(pack), *organ_rows(pack)]
    on_top = [
        Section("文件与阶段", "指着文字看原文", [*document_rows(chosen), *phase_rows(chosen)]),
        Section(f"机构与职权（{len(pack.organs)}）", "", organs),
        Section(f"文件没有写明的（{len(pack.open_points)}）", "", open_rows(pack)),
    ]
    below = [
        Section(f"台账（{len(pack.ledgers)}）", "谁报、何时报", ledger_rows(pack)),
        Section(
            f"{pack.campaign.dimension_word}（{len(pack.dimensions)}）",
            "牵头",
            dimension_rows(pack),
        ),
        Section(
            f"单位（{len(pack.units)}）", "组内比较，组间不排名", unit_rows(pack, chosen.as_of)
        ),
        Section(f"专题（{len(pack.themes)}）", "", theme_rows(pack)),
    ]
    return on_top, [section for section in below if section.rows]


def document_rows(chosen: Filters) -> list[Row]:
    """Return the document's full name and the clocks it sets going."""
    campaign = chosen.pack.campaign
    return [[Fact("文件"), Fact(campaign.full_name, campaign.source)], *clock_rows(chosen)]


def clock_rows(chosen: Filters) -> list[Row]:
    """Return the campaign's own clock and those that run beside it (A10, A11)."""
    pack, campaign = chosen.pack, chosen.pack.campaign
    clocks: list[tuple[str, date, date | None, str]] = [
        ("专项行动", campaign.start_on, campaign.end_on, campaign.source)
    ]
    clocks += [(clock.name, clock.start_on, clock.end_on, clock.source) for clock in pack.clocks]
    return [
        [_dated(name, first, last, chosen.as_of, source), Fact(_term(first, last), source)]
        for name, first, last, source in clocks
    ]


def _dated(name: str, first: date, last: date | None, on: date, source: str) -> Fact:
    is_over = last is not None and last < on
    state = "closed" if is_over else "unreported" if on < first else "normal"
    return Fact(name, source, state)


def _term(first: date, last: date | None) -> str:
    return f"{words.iso_day(first)} 至 {words.iso_day(last) if last else STANDING}"


def _days(first: date, last: date | None) -> str:
    return f"{words.day(first)}–{words.day(last)}"


def phase_rows(chosen: Filters) -> list[Row]:
    """Return each phase with its days, who answers for it and what it leaves behind (A2, A9)."""
    stages = ask("campaign_phases", chosen)["status"].tolist()
    return [
        [
            Fact(phase.name, phase.source, PHASE_STATES[status]),
            Fact(_days(phase.start_on, phase.end_on), phase.source, look="days"),
            _owned(phase),
        ]
        for phase, status in zip(chosen.pack.phases, stages, strict=True)
    ]


def _owned(phase: Phase) -> Fact:
    product = f"（成果：{phase.product}）" if phase.product else ""
    return Fact(f"{phase.owner or OPEN}{product}", phase.source, look="" if phase.owner else "open")


def dimension_rows(pack: Pack) -> list[Row]:
    """Return each dimension, class or channel with its owner and the number the text states."""
    return [
        [
            Fact(one.name, one.source),
            stated(one.owner, one.source),
            Fact("" if one.stated_count is None else f"{one.stated_count} 项", one.source),
            clause(one.source),
        ]
        for one in pack.dimensions
    ]


def unit_rows(pack: Pack, on: date) -> list[Row]:
    """Return each league with its units, each level of the chain, and what was renamed by a day."""
    rows: list[Row] = [
        [
            Fact(league.name, league.source),
            Fact(f"{sum(unit.league == league.name for unit in pack.units)} 个单位", league.source),
            clause(league.source),
        ]
        for league in pack.leagues
    ]
    levels = dict.fromkeys(unit.level for unit in pack.units if unit.level)
    if len(levels) > 1:
        counts = (
            f"{level} {sum(unit.level == level for unit in pack.units)} 个" for level in levels
        )
        rows.append([Fact("层级"), Fact(" → ".join(counts))])
    renamed = [unit for unit in pack.units if unit.renamed_on and unit.renamed_on <= on]
    return rows + [[Fact("更名"), Fact(_renamed(unit), unit.source)] for unit in renamed]


def _renamed(unit: Unit) -> str:
    return f"{unit.name}（{words.iso_day(unit.renamed_on)} 起，原 {unit.former_name}）"


def power_rows(pack: Pack) -> list[Row]:
    """Return who holds each power (A12): who dispatches, who confirms, who checks again."""
    held = {power: _holders(power, pack.organs) for power in POWERS}
    rows: list[Row] = [[Fact(power), holders] for power, holders in held.items() if holders]
    silent = [Fact(power, look="open") for power, holders in held.items() if not holders]
    return [*rows, [Fact(OPEN, look="open"), silent]] if silent else rows


def _holders(power: str, organs: Iterable[Organ]) -> list[Fact]:
    return [Fact(organ.name, organ.source) for organ in organs if power in organ.powers]


def organ_rows(pack: Pack) -> list[Row]:
    """Return each organ with its posts, never names, and what it is for (A8)."""
    return [
        [
            Fact(organ.name, organ.source),
            Fact(_posts(organ) or organ.duties, organ.source),
            clause(organ.source),
        ]
        for organ in pack.organs
    ]


def _posts(organ: Organ) -> str:
    return "；".join(organ.posts)


def theme_rows(pack: Pack) -> list[Row]:
    """Return the themes kind by kind, each with its lead or that the document names none."""
    kinds = dict.fromkeys(theme.kind for theme in pack.themes)
    return [_kind_row(kind, [one for one in pack.themes if one.kind == kind]) for kind in kinds]


def _kind_row(kind: str, themes: Sequence[Theme]) -> Row:
    has_leads = any(theme.lead for theme in themes)
    named: list[Fact] = [_theme(theme, has_leads) for theme in themes]
    if not has_leads:
        named.append(Fact(f"牵头{OPEN}", look="open"))
    return [Fact(kind, themes[0].source), named]


def _theme(theme: Theme, with_lead: bool) -> Fact:
    lead = f"（{theme.lead or OPEN}）" if with_lead else ""
    days = f" {_days(theme.start_on, theme.end_on)}" if theme.start_on else ""
    told = "；".join(part for part in (theme.note, theme.source) if part)
    return Fact(
        f"{theme.name}{lead}{days}", told, look="open" if with_lead and not theme.lead else ""
    )


def ledger_rows(pack: Pack) -> list[Row]:
    """Return each ledger with who sends it and by which day of the next month."""
    rows: list[Row] = []
    for entry in pack.ledgers:
        due = f"次月 {entry.due_day} 日前" if entry.due_day else "没有规定报送日"
        who = f"{len(entry.units)} 个单位" if entry.units else SUBMITTERS[entry.submitted_by]
        rows.append(
            [
                Fact(contracts()[entry.kind].title, entry.source),
                Fact(who, "、".join(entry.units) or entry.source),
                Fact(due, entry.due_source, look="" if entry.due_day else "open"),
                clause(entry.source),
            ]
        )
    return rows


def open_rows(pack: Pack) -> list[Row]:
    """Return what the document leaves open, and the pack therefore does too."""
    if not pack.open_points:
        return [[Fact("没有登记待明确的事项", look="open")]]
    return [
        [Fact(point.about, point.source), Fact(point.what, point.source)]
        for point in pack.open_points
    ]
