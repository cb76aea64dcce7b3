"""Which columns and texts hold personal data. Every number here is made up."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally.contracts import contracts
from tally.intake.cells.personal import (
    CARD,
    IDENTITY,
    MAIL,
    NAME,
    PHONE,
    PLATE,
    is_identity_number,
    personal_column,
    personal_header,
    personal_kind,
    personal_kinds_in,
    personal_shares,
    without_personal,
)

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def made_up_mobile(number: int) -> str:
    """Return a telephone number that nobody was asked for."""
    return f"1{(35, 38, 59, 80, 91)[number % 5]}{(number * 7919 + 13) % 10**8:08}"


def made_up_identity(number: int) -> str:
    """Return an identity number that is only right in form."""
    body = f"340604{1950 + number % 50}{1 + number % 12:02}{1 + number % 28:02}{number % 1000:03}"
    total = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def made_up_landline(number: int) -> str:
    """Return a landline that is only right in form."""
    return f"0561-{3_000_000 + number * 4241 % 900_000}"


@pytest.mark.parametrize(
    ("kind", "heads"),
    [
        (
            "姓名",
            "姓名 联系人 留言用户 诉求人 诉求人姓名 反映人 来电人 经办人 填表人 网友 姓名（必填）",
        ),
        ("电话", "电话 联系电话 手机 手机号码 联系方式 来电号码 投诉人电话 联系人及电话 回访电话"),
        ("身份证号", "身份证号 身份证 证件号码"),
        ("住址", "住址 家庭住址 联系地址 诉求人地址 户籍地址"),
        ("邮箱", "邮箱 电子邮箱"),
        ("网络账号", "微信号 QQ号"),
        ("车牌号", "车牌号"),
        ("银行卡号", "银行卡号"),
    ],
)
def test_personal_header_is_recognised(kind: str, heads: str) -> None:
    assert {head: personal_header(head) for head in heads.split()} == dict.fromkeys(
        heads.split(), kind
    )


@pytest.mark.parametrize(
    "heads",
    [
        "问题描述 责任人 责任领导 负责人 地址 事发地址 企业地址",
        "电话回访情况 监督电话 联系人数 用户数 群众满意度 居民小区",
        "留言主题 留言编号 工单编号 单位名称 来电时间 反映内容 诉求内容",
        "办理情况 处理结果 检查时间 法人单位 电话接通率",
    ],
)
def test_personal_header_of_a_thing_is_not(heads: str) -> None:
    assert [head for head in heads.split() if personal_header(head)] == []


def test_personal_header_titles_of_our_own_ledgers_are_not() -> None:
    titles = {c.title for contract in contracts().values() for c in contract.columns}

    assert {title for title in titles if personal_header(title)} == set()


@pytest.mark.parametrize("form", ["{}", "+86{}", "８６{}", " {} "])
def test_personal_kind_mobile_in_any_form(form: str) -> None:
    assert personal_kind(form.format(made_up_mobile(3))) == PHONE


def test_personal_kind_of_numbers_and_texts() -> None:
    assert personal_kind(int(made_up_mobile(5))) == PHONE
    assert personal_kind(made_up_identity(5)) == IDENTITY
    assert personal_kind("4111111111111111") == CARD
    assert personal_kind("made.up@example.com") == MAIL
    assert personal_kind("皖F·A0001") == PLATE


def test_identity_number_with_a_wrong_check_sign_is_none() -> None:
    right = made_up_identity(77)
    wrong = right[:-1] + ("0" if right[-1] != "0" else "1")

    assert is_identity_number(right)
    assert not is_identity_number(wrong)


def test_personal_column_is_told_by_most_of_its_cells() -> None:
    phones = [made_up_mobile(number * 37) for number in range(8)]

    assert personal_column("备用列", [*phones, None, "不详"], [1] * 10) == PHONE
    assert personal_column("备用列", [*phones[:3], *"甲乙丙丁戊己"], [1] * 9) == ""
    assert personal_column("备用列", ["甲", phones[0]], [1, 9]) == PHONE


def test_personal_column_numbers_that_count_up_are_no_telephones() -> None:
    counting = [str(13_900_000_000 + number) for number in range(50)]

    assert personal_shares(counting, [1] * 50) == {}


TEXTS_WITH = (
    "反映人电话{phone}，请回复",
    "联系电话：{phone}。",
    "（手机{phone}）",
    "{phone}来电反映停车难",
    "电话 {landline}，多次拨打",
    "身份证{identity}，要求补贴",
    "证件号为{identity}。",
    "手机{phone}/{phone}",
    "工单联系电话{phone}",
    "工单编号{phone}，已转办",
)
TEXTS_WITHOUT = (
    "合同金额{phone}元",
    "投资{amount}万元，占地{amount}亩",
    "编号：{serial}",
    "2022-09-30 11:25:05 受理",
    "统一社会信用代码91340600MA2{amount}",
    "流水号{serial}{amount}",
    "拨打12345热线",
    "经度116.{amount}，纬度33.{amount}",
    "文号〔2022〕{amount}号",
    "{serial}",
    "坐标{amount}.{amount}",
)


def filled(text: str, number: int) -> str:
    """Return a text with made-up numbers in its places."""
    return text.format(
        phone=made_up_mobile(number),
        landline=made_up_landline(number),
        identity=made_up_identity(number),
        amount=10_000 + number * 977 % 90_000,
        serial=f"20220930{number:06}",
    )


def test_personal_kinds_in_texts_are_found_and_nothing_else() -> None:
    chance = random.Random(3)
    numbers = [chance.randrange(10**6) for _ in range(10)]
    held = [filled(text, number) for text in TEXTS_WITH for number in numbers]
    clean = [filled(text, number) for text in TEXTS_WITHOUT for number in numbers]

    found = [text for text in held if personal_kinds_in(text)]
    wrong = [text for text in clean if personal_kinds_in(text)]

    assert len(held) + len(clean) == 210
    assert len(found) / len(held) >= 0.99, set(held) - set(found)
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("138-0000-0000", {PHONE}),
        ("138 0000 0000", {PHONE}),
        ("手机１３８００００００００", {PHONE}),
        ("(0561)3000000", {PHONE}),
        ("电话：3000000", {PHONE}),
        ("工单联系电话13800000000", {PHONE}),
        ("工单号13800000000，已转办", {PHONE}),
        ("序号 13800000000", {PHONE}),
        ("合同13800000000元", set()),
        ("编号A13800000000", set()),
        ("工单号(0561)3000000", set()),
        ("联系made.up@example.com", {MAIL}),
        ("车辆皖F00001占道", {PLATE}),
        ("已打码138****0000", set()),
        ("没有号码", set()),
    ],
)
def test_personal_kinds_in_one_text(text: str, kinds: set[str]) -> None:
    assert personal_kinds_in(text) == kinds


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("来电138-0000-0000反映噪声", "来电＊＊＊反映噪声"),
        ("手机１３８００００００００两次", "手机＊＊＊两次"),
        ("电话：3000000，催办", "电话＊＊＊，催办"),
        ("联系made.up@example.com或皖F00001", "联系＊＊＊或＊＊＊"),
        ("工单编号20220930000001，金额13800000000元", "工单编号20220930000001，金额13800000000元"),
    ],
)
def test_without_personal_hides_numbers_and_keeps_the_rest(text: str, shown: str) -> None:
    assert without_personal(text) == shown


@given(st.text(max_size=60), st.integers(0, 10**6), st.text(max_size=60))
def test_without_personal_leaves_none_to_be_found(before: str, number: int, after: str) -> None:
    text = f"{before}，手机{made_up_mobile(number)}，身份证{made_up_identity(number)}，{after}"
    assert personal_kinds_in(without_personal(text)) == set()
    assert made_up_identity(number) not in without_personal(text)


@given(st.text(max_size=60) | st.integers() | st.floats() | st.booleans() | st.none())
def test_personal_any_cell_never_raises(cell: object) -> None:
    assert personal_kind(cell) in {"", NAME, PHONE, IDENTITY, CARD, MAIL, PLATE}
    assert isinstance(personal_kinds_in(str(cell)), frozenset)
    assert isinstance(personal_header(str(cell)), str)
