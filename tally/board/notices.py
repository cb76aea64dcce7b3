"""通报: the words of a notice before it goes out, its files, and the notices that went out."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from tally import bulletins, clock, service, words
from tally.board.asking import Filters, ask
from tally.board.handing_out import hand_out
from tally.board.handler import handler_field
from tally.board.repeating import known_now
from tally.board.tables import choose_none, table
from tally.bulletins import CannotNotify, Terms
from tally.notices import official
from tally.notices.bulletin import TABLE, TemplateError, bulletin, passages
from tally.notices.bulletin_template import DEFAULT_TEMPLATE, template_of
from tally.notices.content import Notice
from tally.notices.slides import slides
from tally.notices.workbook import workbook
from tally.packs import packs
from tally.sentences import Verdict

LINK_KEY, RANKING_KEY = "notice", "notice_ranking"
CASES_MAX = 3
HEADINGS = {official.TITLE: "###", official.LEVEL_1: "####", official.LEVEL_2: "#####"}
ROWS_MAX = 3
TEMPLATE = "模板"


def terms_form(chosen: Filters) -> Terms:
    """Let kind, ranking, head, number, date and cases be chosen; the month is the page's own."""
    kinds = {name: kind for kind, name in bulletins.KINDS.items()}
    left, right = st.columns([1, 1.6])
    with left:
        kind = st.segmented_control(
            "种类",
            list(kinds),
            default="月通报",
            key="notice_kind",
            bind="query-params",
            format_func=words.escape_markdown,
        )
    with right:
        ranking = _ranking_choice(chosen)
    left, middle, right = st.columns([1, 1.1, 0.75], vertical_alignment="bottom")
    with left:
        issued_on = st.date_input("成文日期", value="today", key="notice_date")
    with middle:
        number = st.text_input("文号", key="notice_number", placeholder="如 督〔2022〕3号")
    with right:
        has_red_head = st.toggle("红头", value=True, key="notice_head")
        has_personal = st.toggle("对人的处置", key="notice_personal")
    kind = kinds[kind or "月通报"]
    month = chosen.as_of.replace(day=1)
    return Terms(
        campaign=chosen.campaign,
        kind=kind,
        period=month if kind == bulletins.MONTH else bulletins.quarter_of(month),
        known_at=known_now(),
        issued_on=issued_on if isinstance(issued_on, date) else clock.today(),
        ranking=ranking,
        has_red_head=bool(has_red_head),
        number=number.strip(),
        has_personal_measures=bool(has_personal),
        **_cases(chosen),
    )


def _ranking_choice(chosen: Filters) -> str:
    """Let it be chosen how much of the ranking is shown: no more than the campaign shows."""
    names = {bulletins.RANKINGS[ranking]: ranking for ranking in bulletins.rankings_of(chosen.pack)}
    usual = next(iter(names))
    if st.session_state.get(RANKING_KEY) not in names:
        st.session_state.pop(RANKING_KEY, None)
    label = st.segmented_control(
        "单位成绩", list(names), default=usual, key=RANKING_KEY, bind="query-params",
        format_func=words.escape_markdown,
    )  # fmt: skip
    return names.get(label or usual, names[usual])


def _cases(chosen: Filters) -> dict[str, tuple[str, ...]]:
    """Let the typical cases (G2) be picked: of the 典型案例台账, and of the items.

    Good items are closed and found true, bad ones found false or overdue.
    """
    good = ask("items", campaign=chosen.campaign, as_of=chosen.as_of, state="verified")
    late = ask("overdue_items", campaign=chosen.campaign, as_of=chosen.as_of)
    false = ask("items", campaign=chosen.campaign, as_of=chosen.as_of, state="reopened")
    told = ask("typical_cases", campaign=chosen.campaign, as_of=chosen.as_of)
    praised, exposed = (told[told["kind"] == kind] for kind in ("正面", "反面"))
    bad = pd.concat([exposed, false, late]).drop_duplicates("item_key")
    return {
        "praised": _picked(
            "正面典型", pd.concat([praised, good]), "praised", "案例台账、核查属实的事项"
        ),
        "exposed": _picked("反面典型", bad, "exposed", "案例台账、核查不实和逾期的事项"),
    }


def _picked(label: str, items: pd.DataFrame, key: str, hint: str) -> tuple[str, ...]:
    names = {
        row["item_key"]: f"{row['title']}（{row['unit']}）" for row in items.to_dict("records")
    }
    return tuple(
        st.multiselect(
            label,
            list(names),
            format_func=lambda item: names.get(item, item),
            max_selections=CASES_MAX,
            placeholder=f"从{hint}中选，最多 {CASES_MAX} 个",
            key=f"notice_{key}",
        )
    )


@st.cache_data(max_entries=32, show_spinner="正在起草…")
def _composed(home: Path, version: int, terms: Terms) -> Notice:
    return bulletins.compose(service.database(), packs()[terms.campaign], terms)


@st.cache_data(max_entries=32, show_spinner="正在排版…")
def _laid_out(home: Path, version: int, terms: Terms, template_sha256: str) -> bytes:
    return bulletin(_composed(home, version, terms), template_of(home))


def composed(terms: Terms) -> Notice:
    """Return the notice of these terms, remembered as long as the data stays."""
    database = service.database()
    notice: Notice = _composed(database.home, database.version, terms)
    return notice


def laid_out(terms: Terms) -> bytes:
    """Return the notice in Word; TemplateError where the office's template is at fault."""
    database = service.database()
    sha256 = hashlib.sha256(template_of(database.home)).hexdigest()
    content: bytes = _laid_out(database.home, database.version, terms, sha256)
    return content


def draft_verdict(terms: Terms, issued: pd.DataFrame) -> Verdict:
    """Say whether the period's notice went out; `issued` are rows of `notices`."""
    same = issued[(issued["kind"] == terms.kind) & (issued["period"] == terms.period)]
    if same.empty:
        consequence = "签发后本期月份封账，之后的改动都算更正"
        return Verdict("soon", f"{terms.name}还没有签发", (consequence,))
    last = same.iloc[0]
    when = words.iso_day(clock.in_shanghai(last["issued_at"]).date())
    return Verdict(
        "normal", f"{terms.name}已签发 {len(same)} 次", (f"最近一次 {when}，{last['issued_by']}",)
    )


def preview(content: bytes) -> None:
    """Show what a document says, from its first line to its last."""
    for style, said in passages(content):
        if style == TABLE:
            _preview_table(said)
        else:
            text = words.escape_markdown(str(said))
            st.markdown(f"{HEADINGS[style]} {text}" if style in HEADINGS else text)


def _preview_table(rows: Any) -> None:
    head, *body = rows
    lines = [_line(head), "| --- " * len(head) + "|", *map(_line, body)]
    st.markdown("\n".join(lines))


def _line(cells: Any) -> str:
    return f"| {' | '.join(map(words.escape_markdown, cells))} |"


def downloads(terms: Terms) -> None:
    """Offer the draft in Word, PowerPoint and Excel, and the template to edit."""
    name = f"{packs()[terms.campaign].campaign.name}{terms.name}".replace("/", "或")
    offers: Sequence[tuple[str, str, Callable[[], bytes]]] = (
        ("Word", f"{name}.docx", lambda: laid_out(terms)),
        ("PPT", f"{name}.pptx", lambda: slides(composed(terms))),
        ("Excel", f"{name}.xlsx", lambda: workbook(composed(terms))),
        ("提醒函", f"{name} 提醒函.docx", lambda: _letters(terms)),
        (TEMPLATE, "通报.docx", DEFAULT_TEMPLATE.read_bytes),
    )
    held = composed(terms).held
    with st.container(horizontal=True, gap="xsmall"):
        for label, file_name, make in offers:
            hand_out(
                *(label, make, file_name),
                key=f"get-{label}",
                is_marked=label != TEMPLATE,
                thing="通报草稿",
                campaign=terms.campaign,
                held=held,
            )


def _letters(terms: Terms) -> bytes:
    return bulletins.slip_file(service.database(), packs()[terms.campaign], terms)


def issue_row(terms: Terms) -> None:
    """Let the notice be issued: recorded, its months sealed."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        by = handler_field("notice_handler")
        if st.button("签发", type="primary", disabled=not by, key="issue"):
            _issue(terms, by)
    months = "、".join(words.year_month(month) for month in terms.months)
    st.markdown(f":gray[:small[签发即记录在案，并为它封账：{months}]]")


def _issue(terms: Terms, by: str) -> None:
    database = service.database()
    template = template_of(database.home)
    try:
        bulletins.issue(database, packs()[terms.campaign], terms, template, by)
    except (CannotNotify, TemplateError) as refusal:
        st.error(words.escape_markdown(str(refusal)))
        return
    st.rerun()


def issued_list(issued: pd.DataFrame) -> None:
    """List what was issued; a chosen row opens that notice."""
    if issued.empty:
        st.markdown(":gray[还没有签发过通报]")
        return
    shown = issued.assign(
        name=[bulletins.terms_of(row).name for row in issued.to_dict("records")],
        day=[words.iso_day(clock.in_shanghai(at).date()) for at in issued["issued_at"]],
    )
    columns = {
        "notice": st.column_config.NumberColumn("号", format="%d", width=48),
        "name": st.column_config.TextColumn("通报", width=168),
        "day": st.column_config.TextColumn("签发", width=100),
        "issued_by": st.column_config.TextColumn("签发人", width=120),
    }
    place = table(shown, columns, key="issued", rows_max=ROWS_MAX)
    if place is not None:
        st.session_state[LINK_KEY] = str(issued.iloc[place]["notice"])
        st.query_params[LINK_KEY] = st.session_state[LINK_KEY]


def linked_notice(issued: pd.DataFrame) -> Mapping[Any, Any] | None:
    """Return the issued notice that the address names, None for the draft."""
    wanted = str(st.query_params.get(LINK_KEY, ""))
    rows = issued.to_dict("records")
    return next((row for row in rows if str(row["notice"]) == wanted), None)


@st.cache_data(max_entries=16, show_spinner="正在照原样重建…")
def _rebuilt(home: Path, version: int, campaign: str, number: int) -> bulletins.Rebuilt:
    return bulletins.rebuild(service.database(), packs()[campaign], number)


def issued_notice(record: Mapping[Any, Any]) -> None:
    """Show an issued notice rebuilt as it was, to download, and the way back to the draft."""
    database = service.database()
    try:
        made = _rebuilt(database.home, database.version, record["campaign"], int(record["notice"]))
    except (CannotNotify, TemplateError) as refusal:
        st.error(words.escape_markdown(str(refusal)))
        return
    if made.is_same:
        st.markdown(":green[●] 与签发时逐字节相同")
    else:
        st.warning("数字按签发时的数据重建；程序或设置已更新，文字、版式可能与签发时不同")
    with st.container(horizontal=True):
        hand_out(
            "下载重建的 Word",
            lambda: made.content,
            f"{record['title']}.docx".replace("/", "或"),
            key="get-issued",
            thing="通报",
            campaign=record["campaign"],
            held=made.held,
            is_marked=False,
        )
        if st.button("回到起草", key="back_to_draft"):
            st.query_params.pop(LINK_KEY)
            choose_none("issued")
            st.rerun()
    preview(made.content)
