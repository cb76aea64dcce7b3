"""What of a text is masked, and what is not: 2,000 made-up texts. Every person is made up."""

import random
from collections.abc import Callable

import pytest

from tally.intake.cells.masking import masked, masked_cell, personal_spans, suspects
from tests.intake.test_personal import made_up_identity, made_up_landline, made_up_mobile

SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴徐孙朱马胡郭林何罗高", "试样造假编虚拟仿构作演示例"
PLACES = "京津沪皖苏浙"


def luhn(body: str) -> str:
    """Return a card's number that is only right in form: its check digit fits."""
    doubled = (int(sign) * (1 if at % 2 else 2) for at, sign in enumerate(reversed(body)))
    return body + str(-sum(number - 9 if number > 9 else number for number in doubled) % 10)


def made_up_name(number: int) -> str:
    """Return a name of two or three signs that nobody was asked for."""
    given = GIVEN[number % 13] + (GIVEN[number // 13 % 13] if number % 3 else "")
    return SURNAMES[number % 20] + given


MADE: tuple[tuple[Callable[[int], str], tuple[str, ...]], ...] = (
    (
        made_up_mobile,
        (
            *("来电{}反映停车难", "联系电话：{}。", "（手机{}）", "{}来电", "电话{}/无"),
            *("工单联系电话{}", "工单编号{}，已转办"),
        ),
    ),
    (made_up_landline, ("电话 {}，多次拨打", "请回{}", "座机：{}")),
    (made_up_identity, ("身份证{}，要求补贴", "证件号为{}。", "{}（本人）", "身份证号：{}")),
    (
        lambda n: luhn(f"62220202001{n:07}"),
        ("卡号{}", "退款至{}", "银行卡：{}，户名不详", "账号 {}"),
    ),
    (
        lambda n: f"{PLACES[n % 6]}{'ABCDEF'[n % 6]}{'·' if n % 2 else ''}{10000 + n % 90000}",
        ("车牌{}占道", "{}乱停", "车辆（{}）", "车号：{}"),
    ),
    (
        lambda n: f"made.up{n}@example{n % 9}.com",
        ("邮箱{}", "发至 {} 即可", "请发{}"),
    ),
    (
        made_up_name,
        (
            "来电人{}反映路灯不亮",
            "联系人：{}，电话另告",
            "举报人{}，称有人占道",
            "姓名：{}",
            "投诉人：{}",
        ),
    ),
    (
        lambda n: f"{n % 30 + 1}号楼{n % 5 + 1}单元{n % 9 + 1}0{n % 4 + 1}室",
        ("家住幸福小区{}", "幸福小区{}漏水", "住址：东街道和平社区{}"),
    ),
)
CLEAN = (
    "合同金额{phone}元",
    "投资{n}万元，占地{n}亩",
    "编号：20220930{n:06}",
    "2022-09-30 11:25:{s:02} 受理",
    "统一社会信用代码91340600MA2{n}",
    "流水号20220930{n}{n}",
    "拨打12345热线反映第{n}件",
    "经度116.{n}，纬度33.{n}",
    "文号〔2022〕{n}号",
    "经开区工〔2022〕{s}号",
    "幸福小区{s}号楼前路灯不亮",
    "人民路{s}号门面房改造",
    "来电人反映{s}次",
    "举报人要求严查{s}家企业",
    "业主方已支付{n}元",
    "居民应享受的补贴{n}元",
    "市民公园{s}期工程",
    "政务中心{s}号楼305室",
    "联系人方便时回访{s}",
    "当事人与邻居{s}户",
    "申请人安排在第{s}批",
    "整改{n}.{s}公里",
    "招商部、规划建设部{s}",
    "第{s}网格{n}户",
)
HELD_COUNT, CLEAN_COUNT = 1_200, 800


def held_texts() -> list[tuple[str, str]]:
    """Return texts with the made-up datum that each of them holds."""
    chance = random.Random(8)
    texts = []
    for at in range(HELD_COUNT):
        make, forms = MADE[at % len(MADE)]
        datum = make(chance.randrange(10**6))
        texts.append((chance.choice(forms).format(datum), datum))
    return texts


def clean_texts() -> list[str]:
    """Return texts about things, whose numbers look like persons' numbers."""
    chance = random.Random(9)
    return [
        CLEAN[at % len(CLEAN)].format(
            phone=made_up_mobile(chance.randrange(10**6)),
            n=10_000 + chance.randrange(90_000),
            s=1 + chance.randrange(30),
        )
        for at in range(CLEAN_COUNT)
    ]


def test_masking_finds_99_of_100_and_is_right_98_times_of_100() -> None:
    held, clean = held_texts(), clean_texts()
    missed = [text for text, datum in held if datum in masked(text)]
    wrong = [text for text in clean if masked(text) != text]
    found = len(held) - len(missed)
    assert found / len(held) >= 0.99, missed[:20]
    assert found / (found + len(wrong)) >= 0.98, wrong[:20]


def test_masked_text_holds_nothing_that_would_be_masked_again() -> None:
    again = [text for text, _ in held_texts() if personal_spans(masked(text))]
    assert again == []


def test_suspects_are_all_texts_in_which_something_is_found() -> None:
    texts = [text for text, _ in held_texts()]
    assert [place for place, _ in suspects([*texts, None, "路灯不亮"])] == list(range(len(texts)))


@pytest.mark.parametrize(
    ("kind", "cell", "shown"),
    [
        ("电话", "13800001234", "138****1234"),
        ("电话", "+86 138-0000-1234", "138****1234"),
        ("电话", "0561-3000034", "0561-****34"),
        ("身份证号", "110100199001011234", "1101**********1234"),
        ("姓名", "王试", "王*"),
        ("姓名", "王试样", "王**"),
        ("姓名", "欧阳试样", "欧阳**"),
        ("姓名", "王试、李样 13800001234", "王*、李* 138****1234"),
        ("姓名", "王女士", "王女士"),
        ("住址", "淮北市相山区东街道幸福社区人民路1号2栋301室", "淮北市相山区东街道幸福社区****"),
        ("银行卡号", "6222020200112231234", "****1234"),
        ("车牌号", "京A12345", "京A****5"),
        ("邮箱", "made.up@example.com", "m***@example.com"),
        ("网络账号", "made_up", "m***"),
    ],
)
def test_cell_of_a_personal_column_is_masked_by_its_kind(kind: str, cell: str, shown: str) -> None:
    assert masked_cell(cell, kind) == shown
