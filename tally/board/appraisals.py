"""考评台账: which of its parts a campaign keeps, and the one that is shown (D3–D6, D9, D11–D16)."""

import streamlit as st

from tally import words
from tally.board.appraisal_scores import draw_scores, mark_of, scores_verdict
from tally.board.asking import Filters, ask
from tally.board.contests import contests_verdict, draw_contests
from tally.board.docket_parts import Docket
from tally.board.dockets import Kept, show_docket
from tally.board.handed_in_ranks import draw_ranks, ranks_verdict
from tally.board.panels import UPLOAD_PAGE, verdict
from tally.board.points import draw_points, points_verdict
from tally.board.questionings import draw_questionings, questionings_verdict
from tally.board.ranking_use import no_ranking, ranking_mode
from tally.board.reviews import draw_reviews, reviews_verdict
from tally.board.ways import way_to
from tally.contracts import contracts
from tally.sentences import Verdict

PARTS = (
    Docket("三评", "appraisal_scores", ("appraisals",), scores_verdict, draw_scores),
    Docket("名次", "handed_in_ranks", ("ranks",), ranks_verdict, draw_ranks),
    Docket("比武", "contest_ranking", ("contests",), contests_verdict, draw_contests),
    Docket("积分", "points_ledger", ("points",), points_verdict, draw_points),
    Docket("报告检讨", "reviews", ("reviews",), reviews_verdict, draw_reviews),
    Docket("抽问", "questionings", ("questionings",), questionings_verdict, draw_questionings),
)
PART_KEY = "part"
HIDDEN = "这个专项行动的排名隐去单位名"
WHY_HIDDEN = "三评、名次、比武、积分逐行有单位和出处，不在这里列出"
# They set units side by side, row by row with their source: names cannot be taken out of them.
RANKED = ("三评", "名次", "比武", "积分")


def kept_parts(chosen: Filters) -> dict[str, Kept]:
    """Return the parts that the campaign keeps, under their labels: asked for, or with rows.

    Those that set units side by side are among them where the campaign shows its rankings
    openly, or each unit its own and one is chosen.
    """
    mode = ranking_mode(chosen)
    is_open = mode == "open" or (mode == "own" and len(chosen.unit) == 1)
    expected = {entry.kind for entry in chosen.pack.ledgers}
    kept = {}
    for part in PARTS:
        if part.label in RANKED and not is_open:
            continue
        rows = ask(part.question, chosen, score=mark_of(chosen))
        if len(rows) or expected & set(part.ledgers):
            kept[part.label] = Kept(part, rows)
    return kept


def show_parts(chosen: Filters, kept: dict[str, Kept]) -> None:
    """Draw the chosen part below its verdict; say so when the campaign keeps none."""
    if kept:
        show_docket(chosen, kept, PART_KEY)
        return
    if ranking_mode(chosen) != "open":
        verdict(no_ranking(chosen) or Verdict("unreported", HIDDEN, (WHY_HIDDEN,)))
        return
    verdict(Verdict("unreported", "这个行动没有考评台账", ("方案不要求，也没有上传过",)))
    names = "、".join(
        words.escape_markdown(contracts()[kind].title) for part in PARTS for kind in part.ledgers
    )
    st.markdown(f"上传并发布 **{names}** 中的任何一种后，这里就有数了。")
    way_to(UPLOAD_PAGE, "去上传")
