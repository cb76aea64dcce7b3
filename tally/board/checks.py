"""抽查核实: draw, list, form, and the results so far (B5)."""

from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from tally import clock, service, words
from tally.board.asking import Filters, ask, theme
from tally.board.handing_out import hand_out
from tally.board.handler import handler_field
from tally.board.items import open_in_ledger
from tally.board.panels import UPLOAD_PAGE, figure, heading
from tally.board.repeating import repeating_line
from tally.board.tables import table
from tally.board.ways import way_to
from tally.charts.true_closing import true_closing
from tally.notices.check_form import DrawnAs, check_form
from tally.packs import packs
from tally.sentences import Verdict, clauses, listed
from tally.submissions.draws import CannotDraw, Draw, drawn_items, fresh_seed, kept_draw, make_draw
from tally.viewers import Action

DRAW_KEY, SEED_KEY = "draw", "_fresh_seed"
USUAL_SIZE, LARGEST_SIZE = 20, 2000
ROWS_MAX = 15


def chosen_draw(draws: pd.DataFrame) -> Draw | None:
    """Return the draw that the address names, else the newest; None without draws."""
    numbers = [str(number) for number in draws["draw"]]
    if not numbers:
        return None
    wanted = str(st.session_state.get(DRAW_KEY) or st.query_params.get(DRAW_KEY, ""))
    return kept_draw(service.database(), int(wanted if wanted in numbers else numbers[0]))


def drawn_with_results(drawn: Draw) -> pd.DataFrame:
    """Return the drawn items, each with its first check since the closing, if there is one."""
    items = pd.DataFrame(drawn_items(service.database(), drawn))
    steps = ask("item_steps", campaign=drawn.campaign, step=["抽查"])
    checks = steps.sort_values(["step_on", "upload", "row"])
    found = [_first_check(checks, item) for item in items.to_dict("records")]
    return items.assign(
        checked_on=[check["step_on"] if check else None for check in found],
        result=[check["new_value"] if check else None for check in found],
        checker=[check["post"] if check else None for check in found],
    )


def _first_check(checks: pd.DataFrame, item: dict) -> dict | None:
    """Return an item's check on the first day since its closing; of that day the last."""
    own = checks[checks["item_key"] == item["item_key"]]
    own = own[own["step_on"] >= item["closed_at_on"]]
    first_day = own[own["step_on"] == own["step_on"].min()]
    return None if first_day.empty else dict(first_day.iloc[-1])


def results_of(drawn: Draw) -> pd.DataFrame:
    """Return `verification_results` of a draw, all checks until today counted."""
    return ask("verification_results", campaign=drawn.campaign, draw=drawn.draw)


def checks_verdict(drawn: Draw | None, results: pd.DataFrame | None) -> Verdict:
    """Judge the results of a draw so far."""
    if drawn is None or results is None or results.empty:
        return Verdict("unreported", "还没有抽查过", ("写上种子、数量和岗位，抽出第一份名单",))
    overall = results[results["is_overall"]].iloc[0]
    size, checked = int(overall["drawn_count"]), int(overall["checked_count"])
    failed = int(overall["false_count"])
    units = results[(~results["is_overall"]) & (results["false_count"] > 0)]["unit"].tolist()
    interval = words.interval(overall["share_low"], overall["share_high"])
    share = f"真销号率 {words.share(overall['true_share'])}（95% 区间 {interval}）"
    detail = clauses(
        (f"第 {drawn.draw} 号，{words.year_month(drawn.period)}，由{drawn.drawn_by}抽取",),
        (share,) if checked else (),
        ("核查不实：", *listed(units)) if units else (),
    )
    done = f"已核查 {checked} / {size} 项"
    if failed:
        return Verdict("overdue", f"{done}，{words.count(failed, '项')}不实", detail)
    if checked < size:
        return Verdict("soon", f"{done}" + ("，均属实" if checked else ""), detail)
    return Verdict("normal", f"{size} 项全部核查属实", detail)


def draw_switch(draws: pd.DataFrame, drawn: Draw | None) -> None:
    """Draw the choice among the draws made, how the shown one was made, and its form."""
    if drawn is None:
        heading("抽查名单")
        return
    labels = {str(row["draw"]): _draw_words(row) for row in draws.to_dict("records")}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "抽查",
            list(labels),
            index=list(labels).index(str(drawn.draw)),
            format_func=labels.__getitem__,
            key=DRAW_KEY,
            bind="query-params",
            width=420,
        )
        hand_out(
            "下载核查表",
            partial(_form, drawn),
            f"核查表 第{drawn.draw}号 {drawn.period:%Y-%m}.xlsx",
            key="check_form",
            thing="核查表",
            needs=Action.LOOK_ACROSS,
            campaign=drawn.campaign,
        )
        way_to(UPLOAD_PAGE, "上传填好的核查表")


def _draw_words(row: dict) -> str:
    drawn_on = words.iso_day(clock.in_shanghai(row["drawn_at"]).date())
    return f"第 {row['draw']} 号　{row['month']}　种子 {row['seed']}　{drawn_on}"


def _form(drawn: Draw) -> bytes:
    drawn_on: date = clock.in_shanghai(drawn.drawn_at).date()
    made = DrawnAs(drawn.draw, drawn.as_of, drawn.seed, drawn.drawn_by, drawn_on)
    items = drawn_items(service.database(), drawn)
    return check_form(packs()[drawn.campaign], made, items)


def item_list(items: pd.DataFrame | None) -> None:
    """Draw the drawn items with what the check on the spot found."""
    if items is None:
        st.markdown(":gray[抽出的事项会列在这里，可下载核查表，填好后上传]")
        return
    shown = items.assign(
        closed=items["closed_at_on"].map(words.iso_day),
        place=[f"{row['draw_number']} / {row['stock_count']}" for row in items.to_dict("records")],
        found=[_result_words(result) for result in items["result"]],
        checked=items["checked_on"].map(words.iso_day),
        who=items["checker"].map(words.text),
    )
    columns = {
        "unit": st.column_config.TextColumn("责任单位", width=160),
        "place": st.column_config.TextColumn("抽序 / 存量", width=96),
        "item_no": st.column_config.TextColumn("编号", width=104),
        "title": st.column_config.TextColumn("事项", width=288),
        "closed": st.column_config.TextColumn("自报销号", width=104),
        "found": st.column_config.TextColumn("核查结果", width=96),
        "checked": st.column_config.TextColumn("核查", width=104),
        "who": st.column_config.TextColumn("核查人", width=110),
    }
    place = table(shown, columns, key="drawn_items", rows_max=ROWS_MAX)
    open_in_ledger(items, None if place is None else str(items.iloc[place]["item_key"]))


def repeat_line(drawn: Draw) -> None:
    """Show the command by which anyone gets the same list again."""
    asked = {"campaign": drawn.campaign, "as_of": drawn.as_of, "seed": drawn.seed}
    asked |= {"size": drawn.size_count, "known_at": drawn.known_at}
    st.code(repeating_line("verification_draw", asked), language=None)


def _result_words(result: object) -> str:
    if words.is_missing(result):
        return "○ 未核查"
    return "◆ 属实" if result == "属实" else "■ 不实"


def draw_form(chosen: Filters) -> None:
    """Let a draw be made: for which day, with which seed, how many, by whom."""
    st.markdown(
        f"对象：截至 **{words.iso_day(chosen.as_of)}** 自报销号、销号后还没有核查过的事项；"
        "每个单位至少一项，其余按存量分配。"
    )
    st.session_state.setdefault(SEED_KEY, fresh_seed())
    left, middle, right = st.columns([1.2, 0.8, 1.2], vertical_alignment="bottom")
    with left:
        seed = st.text_input("种子", value=st.session_state[SEED_KEY], key="seed")
    with middle:
        size = st.number_input(
            "数量", min_value=1, max_value=LARGEST_SIZE, value=USUAL_SIZE, step=1, key="size"
        )
    with right:
        by = handler_field("draw_handler")
    if st.button("抽取", type="primary", disabled=not (seed.strip() and by), key="draw_now"):
        _make(chosen, seed, int(size), by)
    st.markdown(":gray[:small[种子可用当众抽出的数字；同一个月一个种子只能用一次，每次抽取都留痕]]")


def _make(chosen: Filters, seed: str, size: int, by: str) -> None:
    try:
        made = make_draw(service.database(), chosen.campaign, chosen.as_of, seed, size, by)
    except CannotDraw as refusal:
        st.error(words.escape_markdown(str(refusal)))
        return
    st.session_state.pop(SEED_KEY)
    st.session_state.pop(DRAW_KEY, None)
    st.query_params[DRAW_KEY] = str(made.draw)
    st.rerun()


def results_figure(results: pd.DataFrame | None, opening: Verdict) -> None:
    """Draw the true-close share of the draw, overall and per unit, as far as checked."""
    if results is None or results.empty:
        st.markdown(":gray[还没有抽查]")
        return
    figure(
        true_closing(results, theme=theme(), width=622, height=350),
        key="draw_results",
        alt=opening.spoken,
    )
