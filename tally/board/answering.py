"""What a file leaves open, asked of the clerk: each question in a sentence with its choices."""

from collections.abc import Mapping, Sequence

import streamlit as st

from tally import clock, words
from tally.board.projected import projected_px
from tally.contracts import NOT_THE_SAME, STILL_OPEN, WITHDRAWAL_REASONS, Question
from tally.packs import packs
from tally.submissions import STATE_ITEMS, Outcome

# Under these heads, in this order: the kind of a question is the word before the colon of its
# key; a question of a flag (--month) has no key.
HEADS = {
    "": "这份文件",
    "sheet": "哪些工作表要导入",
    "column": "没认出的列",
    "unit": "没认出的单位",
    "community": "没认出的社区",
    "dimension": "没认出的类别",
    "same": "可能是同一项",
    "vanished": "这次清单里没有的事项：去向",
}
SENTENCE_PX, CHOICE_PX = 640, 300
# Nobody goes through a hundred selections; what stands behind these is answered together.
ASKED_MAX = 30
CAMPAIGN_FLAG, MONTH_FLAG = "--campaign", "--month"


def questions_of(outcome: Outcome) -> tuple[Question, ...]:
    """Return what a file leaves open, and of a draft also where each vanished item went."""
    if outcome.status != "draft" or not any(s.ledger in STATE_ITEMS for s in outcome.sheets):
        return outcome.questions
    known = {question.key for question in outcome.questions}
    vanished = {
        change.item_key: change
        for change in outcome.comparison.of("vanished")
        if change.old != "closed"
    }
    return (
        *outcome.questions,
        *(
            Question(
                "--answer",
                f"{change.title}（{change.unit}）" if change.unit else change.title,
                (STILL_OPEN, *WITHDRAWAL_REASONS),
                f"vanished:{item_key}",
                is_required=False,
            )
            for item_key, change in vanished.items()
            if f"vanished:{item_key}" not in known
        ),
    )


def question_form(outcome: Outcome) -> dict[str, str] | None:
    """Draw the questions of a file; return the answers when the clerk gives them, else None.

    An answer stands under its question's key, or under the flag where it has none
    (`--month`). What is not required may be left open.
    """
    questions = questions_of(outcome)
    if not questions:
        return None
    with st.form(f"questions-{outcome.sha256[:8]}", border=False):
        answers: dict[str, str | None] = {}
        for kind, head in HEADS.items():
            asked = [question for question in questions if _kind(question) == kind]
            if asked:
                st.markdown(f"**{head}**　:gray[{len(asked):,} 项]")
                answers |= _answers(outcome, kind, asked)
        is_given = st.form_submit_button("按以上回答重新读取", type="primary", key="answer")
    if not is_given:
        return None
    open_count = sum(
        question.is_required and not answers.get(_name(question)) for question in questions
    )
    if open_count:
        st.warning(f"还有 {open_count} 项必须回答")
        return None
    return {name: answer for name, answer in answers.items() if answer}


def _kind(question: Question) -> str:
    kind = question.key.partition(":")[0]
    return kind if kind in HEADS else ""


def _name(question: Question) -> str:
    return question.key or question.flag


def _answers(outcome: Outcome, kind: str, asked: Sequence[Question]) -> dict[str, str | None]:
    """Draw the questions of one kind; return what each is answered with so far."""
    titles = {change.item_key: change.title for change in outcome.comparison.changes}
    single = [q for number, q in enumerate(asked) if q.is_required or number < ASKED_MAX]
    rest = [question for question in asked if question not in single]
    answers = {_name(question): _answer(outcome, question, titles) for question in single}
    if rest and kind == "vanished":
        sentence = f"其余 {len(rest):,} 项，一并按"
        together = _answer(outcome, Question("", sentence, rest[0].choices, "vanished:"), titles)
        answers |= dict.fromkeys(map(_name, rest), together)
    elif rest:
        st.markdown(f":gray[其余 {len(rest):,} 项先不处理，发布后仍可更正]")
    return answers


def _answer(outcome: Outcome, question: Question, titles: Mapping[str, str]) -> str | None:
    key = f"answer-{outcome.sha256[:8]}-{_name(question)}"
    must = ":red[＊] " if question.is_required else ""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            f"{must}{words.escape_markdown(question.sentence)}", width=projected_px(SENTENCE_PX)
        )
        choices = question.choices or _months(outcome)
        return st.selectbox(
            words.escape_markdown(question.sentence),
            choices,
            index=choices.index(STILL_OPEN) if STILL_OPEN in choices else None,
            format_func=lambda choice: _choice_words(question, choice, titles),
            placeholder="请选择",
            label_visibility="collapsed",
            width=projected_px(CHOICE_PX),
            key=key,
        )


def _months(outcome: Outcome) -> tuple[str, ...]:
    """Return the months a file may belong to as `2022-09`, newest first: its campaign's."""
    known = packs()
    among = [known[outcome.campaign]] if outcome.campaign in known else list(known.values())
    first = min(pack.campaign.start_on for pack in among)
    last = min(max(pack.campaign.end_on for pack in among), clock.today())
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return tuple(f"{number // 12}-{number % 12 + 1:02}" for number in reversed(numbers))


def _choice_words(question: Question, choice: str, titles: Mapping[str, str]) -> str:
    if question.flag == CAMPAIGN_FLAG and choice in packs():
        return packs()[choice].campaign.name
    if question.flag == MONTH_FLAG:
        return words.year_month(choice)
    if _kind(question) == "same" and choice != NOT_THE_SAME:
        return f"是同一项：{titles.get(choice, choice)}"
    return choice
