"""A notice composed from the store: the same questions, sentences and figures as the screens'."""

from collections.abc import Mapping

from tally import words
from tally.bulletins.asking import Answer, Source
from tally.bulletins.findings import warned
from tally.bulletins.matters import cases, matters, next_steps, reporting, shortcomings
from tally.bulletins.progress import analysis, overview
from tally.bulletins.scores import scores
from tally.bulletins.terms import LEFT_OUT, Terms, beijing, check_ranking
from tally.notices.bulletin import bulletin
from tally.notices.bulletin_template import template_of
from tally.notices.content import Notice, Part
from tally.notices.official import fonts_note
from tally.notices.slides import slides
from tally.notices.workbook import workbook
from tally.packs import Pack
from tally.store import Database, question_names

NO_NUMBER = "〔　　〕　号"
FINDINGS = "rule_findings"


def compose(database: Database, pack: Pack, terms: Terms) -> Notice:
    """Return the notice of a period."""
    source = Source(database, pack, terms)
    parts = {
        "总体情况": overview(source),
        "问题分析": analysis(source),
        "单位成绩": scores(source),
        "重点事项": matters(source),
        "台账报送": reporting(source),
        "正面典型": cases(source, terms.praised, is_good=True),
        "反面典型": cases(source, terms.exposed, is_good=False),
        "存在问题": shortcomings(source),
        "预警": warned(source, _findings(source)),
        "下一步工作": next_steps(source),
        "数据说明": Part(_data_lines(pack, terms)),
    }
    title = f"关于{pack.campaign.name}{terms.period_words}进展情况的通报"
    return Notice(
        title=title,
        words=_words(pack, terms, title),
        parts=parts,
        version=version_words(terms),
        moment=terms.known_at,
        issued_on=terms.issued_on,
        held=source.held,
    )


def _findings(source: Source) -> Answer | None:
    """Return what the campaign's rules found; None where no such question is kept."""
    return source.ask(FINDINGS, is_open=True) if FINDINGS in question_names() else None


def file_of(database: Database, pack: Pack, terms: Terms, form: str) -> bytes:
    """Return a draft of a notice as a file: `form` is docx, pptx or xlsx.

    CannotNotify where it would show more of the ranking than the campaign does.
    """
    check_ranking(pack, terms)
    notice = compose(database, pack, terms)
    if form == "pptx":
        return slides(notice)
    if form == "xlsx":
        return workbook(notice)
    return bulletin(notice, template_of(database.home))


def version_words(terms: Terms) -> str:
    """Return which state of the data a document is of."""
    return f"截至{words.chinese_day(terms.as_of)}，{beijing(terms.known_at)}之前已发布的台账"


def _words(pack: Pack, terms: Terms, title: str) -> Mapping[str, str | bool]:
    campaign = pack.campaign
    return {
        "红头": terms.has_red_head,
        "有排名": terms.ranking != LEFT_OUT,
        "发文机关": campaign.issuer,
        "发文机关标志": campaign.issuer,
        "文号": terms.number or NO_NUMBER,
        "标题": title,
        "主送": "各有关单位：",
        "引言": f"现将{campaign.full_name}{terms.period_words}进展情况通报如下。",
        "署名": campaign.issuer,
        "成文日期": words.chinese_day(terms.issued_on),
        "行动": campaign.full_name,
        "期间": terms.period_words,
        "截至日": words.chinese_day(terms.as_of),
    }


def _data_lines(pack: Pack, terms: Terms) -> tuple[str, ...]:
    moment = terms.known_at.isoformat()
    return (
        f"1.本通报的数字均来自“争先看板”，数据版本：{version_words(terms)}。",
        f"2.下表各问题的参数另有 campaign={pack.slug} 和 known_at={moment}（协调世界时）；"
        "用命令 manage.py ask 加问题和参数，可以查到同样的数。",
        "3.未报的单位不计为零；逾期指期限已过、到截至日仍未销号；核查不实的按未销号计。",
        f"4.{fonts_note()}。",
    )
