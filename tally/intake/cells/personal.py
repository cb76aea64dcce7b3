"""Personal data that a ledger need not hold: told by a column's head, its cells, or in a text.

Tally keeps posts, never persons. Numbers of things (工单编号, amounts, credit codes) look
alike, so a number counts only where its form, its check digit or the words before it say so;
in a free text the form of a mobile number is enough.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date

from tally.intake.cells.answers import is_missing, plain
from tally.intake.opening.grids import Cell

NAME, PHONE, IDENTITY, ADDRESS = "姓名", "电话", "身份证号", "住址"
MAIL, CARD, PLATE, ACCOUNT = "邮箱", "银行卡号", "车牌号", "网络账号"

# Who writes, who is written about and who handles it; each with 人 behind (来电人, 经办人员).
PERSONS = (
    "留言|来电|来访|来信|写信|信访|上访|反映|投诉|举报|诉求|申请|求助|当事|联系|委托|代理|代办|报修|发布|提问"
    "|经办|承办|受理|办理|处理|回访|核查|检查|填表|填报|制表|审核|报送|法定代表"
)
HEADS = (
    (NAME, rf".*(?:姓名|网友|昵称|户主|业主|网格员|联络员|(?:{PERSONS})人员?)"),
    (NAME, r"(?:留言|注册|发帖)?用户名?|留言者|法人|居民|市民|群众|房主|户名"),
    (PHONE, r".*(?:电话|手机|座机|固话|联系方式|主叫|来电(?=号))(?:号码?)?"),
    (PHONE, r"(?:tel|phone|mobile)\.?"),
    (IDENTITY, r".*(?:身份证|证件|护照|社保卡|医保卡|社会保障)(?:编?号码?)?"),
    (ADDRESS, rf"(?:家庭|居住|通讯|通信|户籍|户口|现住|(?:{PERSONS})人?)(?:详细)?(?:地址|住址|地)"),
    (ADDRESS, r"(?:详细)?住址|门牌号?|房号|户籍|住所"),
    (MAIL, r".*(?:邮箱|电子邮件|e-?mail)(?:地址|号)?"),
    (ACCOUNT, r".*(?:微信|qq|抖音|微博)(?:号码?|账号|名)?|.*openid"),
    (CARD, r".*(?:银行卡|银行账|收款账|卡)(?:号码?|户)"),
    (PLATE, r".*车牌(?:号码?)?"),
)
HEADERS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in HEADS)
# Heads of what happened on the telephone, of public numbers, and of how many persons.
NOT_PERSONAL = re.compile(
    r".*(?:监督|服务|咨询|办公|值班|举报|公开|热线|投诉)电话|.*(?:回访|情况|结果|次数|数|率|数量)"
)

REMARK = re.compile(r"(?<=.)[(\[【][^()\[\]【】]*[)\]】]\Z")

MOBILE_FORM = r"1(?:3\d|4[014-9]|5[0-35-9]|6[2567]|7[0-8]|8\d|9[0-35-9])"
PROVINCE = "1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]"
IDENTITY_FORM = rf"(?:{PROVINCE})\d{{4}}(?:18|19|20)\d{{2}}[01]\d[0-3]\d\d{{3}}[\dXx]"
MOBILE = re.compile(rf"(?:\+?86-?)?{MOBILE_FORM}(?:-?\d{{4}}){{2}}")
LANDLINE = re.compile(r"\(?0(?:10|2\d|[3-9]\d{2})[)-]?[2-8]\d{6,7}(?:-\d{1,5})?|[2-8]\d{6,7}")
IDENTITY_NUMBER = re.compile(IDENTITY_FORM)
OLD_IDENTITY = re.compile(rf"(?:{PROVINCE})\d{{4}}\d{{2}}[01]\d[0-3]\d\d{{3}}")
MAIL_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
PLATE_NUMBER = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·.\s]?"
    r"(?:[DF]?[A-HJ-NP-Z0-9]{5}|[0-9]{5}[DF])(?![A-Za-z0-9])"
)
PLATE_SIGN = re.compile(r"[A-HJ-NP-Z][·.\s]?[A-HJ-NP-Z0-9]{5}")
CARD_NUMBER = re.compile(r"(?:62|4|5[1-5])\d{14,17}")
FULL_WIDTH = re.compile("[０-９]")
HALF_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_SIGNS = "10X98765432"

MAX_NUMBER_CHARACTERS = 40
ENOUGH_SHARE = 0.6
# Numbers that count up have their first signs in common; telephones of a place do not.
NUMBERING_SIGNS, NUMBERING_SHARE, FEW = 7, 0.8, 4

# A pattern that begins with a sign of a small set is what makes a search of long texts cheap.
THREE_DIGITS = re.compile("[0-9０-９]{3}")
MOBILE_IN = re.compile(r"1[3-9][0-9](?:[\s-]?[0-9]{4}){2}")
IDENTITY_IN = re.compile(r"[1-8][0-9]{5}[ -]?[0-9]{8}[ -]?[0-9]{3}[0-9Xx]")
LANDLINE_IN = re.compile(r"0[0-9]{2,3}[)-]?\s?[2-8][0-9]{6,7}")
CARD_IN = re.compile(r"[4-6][0-9]{3}(?:[ -]?[0-9]{4}){3}(?:[ -]?[0-9]{1,3})?")
# Behind the word for it a number is one, also with a wrong check digit; the word stays.
NAMED_IN = (
    (IDENTITY, re.compile(r"(?:身份证|证件)[^0-9]{0,8}([0-9]{17}[0-9Xx]|[0-9]{15})(?![0-9])")),
    (IDENTITY, re.compile(r"护照[^0-9A-Z]{0,6}([A-Z]{1,2}[0-9]{7,8})(?![0-9])")),
    (CARD, re.compile(r"(?:卡号|账号|账户|银行卡)[^0-9]{0,8}([0-9](?:[ -]?[0-9]){15,18})(?!\d)")),
)
ACCOUNT_IN = re.compile(r"(?:微信|QQ)号?码?\s*[:：是为]?\s*([A-Za-z0-9_-]{5,20})(?![A-Za-z0-9_-])")
LOCAL_IN = re.compile(
    r"[话机线式](?:(?<=电话)|(?<=固话)|(?<=手机)|(?<=座机)|(?<=热线)|(?<=方式))[^0-9]{0,6}"
    r"[2-8][0-9]{6,7}"
)
SEPARATORS = re.compile(r"[ -]")
COUNTRY_BEFORE = re.compile(r"\+?86[- ]?\Z")
JOINED_BEFORE = re.compile(r"[A-Za-z0-9_.#-]\Z")
JOINED_AFTER = re.compile(r"[A-Za-z0-9]|[.-][0-9]")
THING_BEFORE = re.compile(
    r"(?:编号|单号|工单|订单|流水|合同|文号|批号|案号|代码|项目号|发票|序号|编码|№|NO\.?)"
    r"[^\d，。；,;\n]{0,4}\Z",
    re.IGNORECASE,
)
AMOUNT_AFTER = re.compile(r"\s*(?:万|亿|元|美元|吨|平方|亩|公里|个|户|人|次|件|%|‰|年|[(（]元)")
NEAR_SIGNS = 12
HIDDEN = "＊＊＊"
LOCAL_WORD_ENDS = "话机线式"


def personal_header(word: str) -> str:
    """Return what personal data a column of this head holds (`电话`), or ''.

    Heads that a contract knows are for the contract to judge: 责任人 there asks for a post.
    """
    head = REMARK.sub("", plain(word).strip("*:"))
    if NOT_PERSONAL.fullmatch(head):
        return ""
    return next((kind for kind, pattern in HEADERS if pattern.fullmatch(head)), "")


def _born_on(digits: str) -> bool:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8])).year >= 1900
    except ValueError:
        return False


def is_identity_number(text: str) -> bool:
    """Tell whether a text is an identity number: province, day of birth and check sign agree."""
    if not IDENTITY_NUMBER.fullmatch(text) or not _born_on(text[6:14]):
        return False
    total = sum(int(sign) * weight for sign, weight in zip(text, WEIGHTS, strict=False))
    return CHECK_SIGNS[total % 11] == text[17].upper()


def _is_card_number(text: str) -> bool:
    """Tell whether a text is a bank card's number by its check digit (Luhn)."""
    if not CARD_NUMBER.fullmatch(text):
        return False
    doubled = (int(sign) * (2 if at % 2 else 1) for at, sign in enumerate(reversed(text)))
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0


def personal_kind(cell: Cell) -> str:
    """Return what personal number a whole cell is, or ''; a name is none that could be told."""
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        return ""
    if isinstance(cell, str) and len(cell) > MAX_NUMBER_CHARACTERS:
        return ""
    text = plain(cell)
    if MOBILE.fullmatch(text):
        return PHONE
    if is_identity_number(text) or (OLD_IDENTITY.fullmatch(text) and _born_on("19" + text[6:12])):
        return IDENTITY
    if isinstance(cell, str) and LANDLINE.fullmatch(text):
        return PHONE
    if _is_card_number(text):
        return CARD
    if MAIL_ADDRESS.fullmatch(text):
        return MAIL
    return PLATE if PLATE_NUMBER.fullmatch(text) else ""


def personal_shares(distinct: Sequence[Cell], counts: Sequence[int]) -> dict[str, float]:
    """Return the share of a column's filled rows that hold each kind of personal number.

    `counts` are the rows of each distinct cell. Numbers that count up are no telephones.
    """
    rows: Counter[str] = Counter()
    filled = 0
    found: dict[str, list[str]] = {}
    for cell, count in zip(distinct, counts, strict=True):
        if is_missing(cell):
            continue
        filled += count
        if kind := personal_kind(cell):
            rows[kind] += count
            found.setdefault(kind, []).append(plain(cell))
    return {
        kind: rows[kind] / filled
        for kind, texts in found.items()
        if kind not in (PHONE, CARD) or not _is_numbering(texts)
    }


def _is_numbering(texts: list[str]) -> bool:
    if len(texts) < FEW:
        return False
    starts = Counter(text[:NUMBERING_SIGNS] for text in texts if len(text) > NUMBERING_SIGNS + 1)
    return bool(starts) and starts.most_common(1)[0][1] >= NUMBERING_SHARE * len(texts)


def personal_column(header: str, distinct: Sequence[Cell], counts: Sequence[int]) -> str:
    """Return what personal data a column holds by its head or most of its cells, or ''."""
    if kind := personal_header(header):
        return kind
    shares = personal_shares(distinct, counts)
    return next((kind for kind, share in shares.items() if share >= ENOUGH_SHARE), "")


def number_spans(text: str) -> list[tuple[int, int, str]]:
    """Return where personal numbers of which kind stand in a text; they may meet each other."""
    spans = []
    if "@" in text:
        spans += [(*found.span(), MAIL) for found in MAIL_ADDRESS.finditer(text)]
    if THREE_DIGITS.search(text):
        if FULL_WIDTH.search(text):
            text = text.translate(HALF_WIDTH)
        for kind, is_kind, form in NUMBERS_IN:
            spans += [(*span, kind) for span in _spans(text, form, is_kind)]
        for kind, form in NAMED_IN:
            spans += [(*found.span(1), kind) for found in form.finditer(text)]
    if "微信" in text or "QQ" in text:
        spans += [(*found.span(1), ACCOUNT) for found in ACCOUNT_IN.finditer(text)]
    if PLATE_SIGN.search(text):
        spans += [(*found.span(), PLATE) for found in PLATE_NUMBER.finditer(text)]
    return spans


def personal_kinds_in(text: str) -> frozenset[str]:
    """Return the kinds of personal numbers that stand inside a text."""
    return frozenset(kind for _, _, kind in number_spans(text))


def without_personal(text: str) -> str:
    """Return a text in which every personal number is `＊＊＊`; all else stays as written."""
    spans = [(start, end) for start, end, _ in number_spans(text)]
    for start, end in sorted(_apart(spans), reverse=True):
        # A local number is known by the word before it, which stays.
        word = text[start] if text[start] in LOCAL_WORD_ENDS else ""
        text = text[:start] + word + HIDDEN + text[end:]
    return text


def _apart(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans of which none meets another: those that do are one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def _spans(
    text: str, form: re.Pattern[str], is_kind: Callable[[str], object]
) -> list[tuple[int, int]]:
    """Return where numbers of a form stand in a text by themselves, as no thing's or amount's.

    A mobile number is one behind any word: 工单联系电话 ends like the number of a 工单, and a
    thing's number that is masked by mistake still stands in its own column.
    """
    is_mobile = form is MOBILE_IN
    return [
        found.span()
        for found in form.finditer(text)
        if is_kind(re.sub(r"[\s()]", "", found[0]))
        and _is_alone(text, found.start(), found.end(), is_mobile)
    ]


def _is_alone(text: str, start: int, end: int, is_mobile: bool) -> bool:
    before, after = text[max(0, start - NEAR_SIGNS) : start], text[end : end + NEAR_SIGNS]
    before = COUNTRY_BEFORE.sub("", before)
    if JOINED_BEFORE.search(before) or JOINED_AFTER.match(after) or AMOUNT_AFTER.match(after):
        return False
    return is_mobile or not THING_BEFORE.search(before)


NUMBERS_IN = (
    (PHONE, MOBILE.fullmatch, MOBILE_IN),
    (PHONE, LANDLINE.fullmatch, LANDLINE_IN),
    (PHONE, bool, LOCAL_IN),
    (IDENTITY, lambda text: is_identity_number(SEPARATORS.sub("", text)), IDENTITY_IN),
    (CARD, lambda text: _is_card_number(SEPARATORS.sub("", text)), CARD_IN),
)
