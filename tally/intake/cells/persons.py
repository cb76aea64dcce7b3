"""Names and homes of persons inside a free text: told by the words around them, never by guess.

A name counts only behind a word that announces one (来电人…, 联系人：…, 姓名…) or right before
a personal number; an address only behind 住址 and the like, or where it reaches a flat's door.
"""

import re

SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎"
    "鲁韦昌马苗凤方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于傅卞齐康伍余元顾孟黄穆萧肖尹姚邵"
    "湛汪祁毛狄米贝明臧戴谈宋庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡"
    "田樊胡凌霍虞万支柯管卢莫房解应宗丁宣邓单洪包左石崔吉龚程邢裴陆荣翁荀甄曲封储靳段巫焦巴牧侯全班仲"
    "宫宁仇甘祖武符刘景詹龙叶司黎薄白怀蒲卓蔺屠池乔阎闫冉桑桂牛寿尚农温庄晏柴瞿连习艾鱼容向古易慎廖耿"
    "匡国文寇东欧沃利蔚越师巩聂晁敖冷辛简饶曾沙丰关相查荆红游权盖桓公商仝付代佟岳帅苟覃涂楚逯郜佘肇"
)
COMPOUND = "欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|令狐|慕容|司徒|夏侯|端木|长孙|宇文|澹台|轩辕"
HAN = "\u4e00-\u9fff"
NAME_FORM = rf"(?:(?:{COMPOUND})[{HAN}]{{1,2}}|[{SURNAMES}][{HAN}]{{1,2}})"
FULL_NAME = re.compile(NAME_FORM)

# Surnames that are no ordinary word's beginning: for what so often stands before no name.
USUAL = (
    "王李张刘陈杨黄赵周吴徐孙朱胡郭林何罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜"
    "戴钟汪姜范姚谭廖邹熊陆郝孔崔邱秦侯邵孟龙雷钱汤尹黎乔贺赖龚庞樊殷翟蓝"
)
USUAL_FORM = rf"(?:(?:{COMPOUND})[{HAN}]{{1,2}}|[{USUAL}][{HAN}]{{1,2}})"

ROLES = (
    "来电|来访|来信|写信|上访|信访|反映|投诉|举报|诉求|申请|求助|当事|联系|报修|报案|报警|委托|代理"
    "|留言|发帖|提问|咨询|受害|受伤|死亡|患病|被投诉|被举报|法定代表|经办|填报|填表"
)
ANNOUNCED = rf"(?:(?:{ROLES})(?:人员?|者)|姓名)"
OF_A_PLACE = "(?:群众|市民|居民|村民|业主|户主|房主)"
# What may follow a name that no sign ends.
FOLLOWS = (
    "反映|来电|来访|来信|称|表示|说|投诉|举报|咨询|求助|诉求|希望|要求|电话|手机|联系|身份证|住址|家住|住在"
    "|先生|女士|同志|老人|本人|等|系|已|在|的|与|和|因|向|于|从|多次|认为|建议|申请|夫妇|一家|家中|家"
)
END = rf"(?=(?:{FOLLOWS})|[^{HAN}*]|\Z)"
COLON = r"\s*[:：]\s*"
AFTER_WORD = rf"(?:姓名)?(?:{COLON}|[（(\s]|名叫|叫|为|是|系)?"
NAMED_IN = re.compile(
    rf"(?:{ANNOUNCED}{AFTER_WORD}({NAME_FORM})"
    rf"|{OF_A_PLACE}(?:{COLON}({NAME_FORM})|{AFTER_WORD}({USUAL_FORM}))){END}"
)
# A name that stands alone right before a number of a person.
BEFORE_NUMBER = re.compile(
    rf"(?<![{HAN}])({NAME_FORM})(?=[\s，,、:：;；(（/]*(?:男|女)?[\s，,、]*"
    r"(?:(?:联系|移动|手机|家庭)?(?:电话|手机|方式|号码|号)|身份证号?码?|证件号码?|银行卡号?)?"
    r"[\s:：为是]*[\d０-９+]{7})"
)
BESIDE = re.compile(rf"、({NAME_FORM}){END}")
# Words that begin like a name and are none.
NOT_NAMES = re.compile(
    "方便|高度|高新|高速|高层|安排|安全|安置|成功|温馨|严重|严格|任何|时间|向来|向上|于是|万元|元旦|明天|明确"
    "|常年|常住|常见|全部|全体|国家|国有|公司|公安|公共|公开|单位|单独|文明|文化|平时|相关|相山|东区|东路"
    "|管理|管委|应当|应该|解决|解释|路边|路灯|水管|水费|石油|金额|金融|马上|马路|白天|红绿|房屋|房产|包括"
    "|商户|商铺|易发|利用|强烈|盛大|梅雨|农民|农村|关于|关注|连续|容易|查询|代表|代理|和谐|武装|支付|支部"
    "|党员|古城|沙石|游客|权益|盖章|程序|段时|景区|华东|江苏|江西|江北|云南|贵州|安徽|宁夏|广东|湖南|河北"
    "|司机|班主|连同|华润|万达|恒大|卫生|卫健|宣传|项目|石材|米左|余人|万人|元人|荣誉|封闭|曲折|乐于"
)
# What a place, a body or a title ends in.
NOT_LAST = re.compile(
    "(?:[区县市镇乡村组队局办委院校厂站部科室所处店街巷桥楼门社园]"
    "|主任|科长|书记|局长|处长|镇长|乡长|村长|所长|队长|院长|校长|经理|老师|医生|警官|先生|女士|同志"
    "|师傅|阿姨|大爷|大妈|大姐|大哥|叔叔|老板)\\Z"
)

HOME = (
    "(?:家庭住址|居住地址|户籍地址|户籍地|联系地址|通讯地址|身份证地址|现住址|现住地|住址|家住|现住|居住在|居住于"
    "|住在|住于)"
)
AT_HOME = re.compile(rf"{HOME}(?:\s*[:：]\s*|为|是|在|于)?([^\s，。；;,！!？?（）()、的]{{4,40}})")
ADDRESS_SIGN = re.compile(r"[0-9０-９一二三四五六七八九十](?:号|栋|幢|座|楼|单元|室|组|户|弄)|室")
DIGITS = "[0-9０-９一二三四五六七八九十]"
# As far as a flat's door: a building with its flat, or a unit with it.
DOOR_IN = re.compile(
    rf"{DIGITS}{{1,4}}\s*(?:号楼|号院|栋|幢|座|#楼|#|号)\s*(?:{DIGITS}{{1,3}}\s*(?:单元|门栋|梯)\s*)?"
    rf"(?:{DIGITS}{{1,3}}\s*[层楼]\s*)?[0-9０-９]{{3,4}}\s*(?:室|户|房(?![屋产价])|号(?!楼|线|路|文))?"
    rf"(?![0-9０-９年月日元万吨米%％])"
    rf"|{DIGITS}{{1,3}}\s*单元\s*(?:{DIGITS}{{1,3}}\s*[层楼]\s*)?[0-9０-９]{{3,4}}\s*(?:室|户|房|号)?"
    rf"(?![0-9０-９年月日元万吨米%％])"
)
OFFICE_SIGNS = 4
OFFICE_BEFORE = re.compile(r"(?:中心|大楼|大厦|局|委|办|院|公司|大队|广场|商场)\Z")
KEPT_PART = re.compile(
    r".*(?:街道办?|镇|乡|社区|小区|新村|花园|家园|公寓|苑|村|居委会)(?=.)"
    r"|.*(?:大道|路|街|巷|弄)(?=.)|.*[区县市](?=.)"
)


def is_name(text: str) -> bool:
    """Tell whether a text has the form of a person's full name."""
    # 王某 is nobody's name any more.
    return (
        "某" not in text
        and bool(FULL_NAME.fullmatch(text))
        and not (NOT_NAMES.match(text) or NOT_LAST.search(text) or text in COMPOUND)
    )


def name_spans(text: str) -> list[tuple[int, int]]:
    """Return where full names stand in a text that a word announces."""
    spans = []
    for found in NAMED_IN.finditer(text):
        start, end = found.span(found.lastindex or 1)
        while (span := _longest_name(text, start, end)) is not None:
            spans.append(span)
            # 举报人：…、…、…: who stands beside is one of them.
            beside = BESIDE.match(text, span[1])
            if beside is None:
                break
            start, end = beside.span(1)
    return spans


def names_before_numbers(text: str) -> list[tuple[int, int]]:
    """Return where full names stand right before a personal number."""
    found = (_longest_name(text, *match.span(1)) for match in BEFORE_NUMBER.finditer(text))
    return [span for span in found if span is not None]


def _longest_name(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the span of the name that starts there: as long as it can be, three signs or two."""
    for stop in range(end, start + 1, -1):
        if not is_name(text[start:stop]):
            continue
        if stop == end or re.match(END, text[stop:]):
            return start, stop
    return None


def home_spans(text: str) -> list[tuple[int, int]]:
    """Return which parts of announced addresses lead from a street or estate to a home."""
    return [
        (found.start(1) + len(kept_part(found[1])), found.end(1))
        for found in AT_HOME.finditer(text)
        if ADDRESS_SIGN.search(found[1]) and len(kept_part(found[1])) < len(found[1])
    ]


def door_spans(text: str) -> list[tuple[int, int]]:
    """Return where a text goes as far as a flat's door."""
    return [
        found.span()
        for found in DOOR_IN.finditer(text)
        if not OFFICE_BEFORE.search(text[max(0, found.start() - OFFICE_SIGNS) : found.start()])
    ]


def kept_part(address: str) -> str:
    """Return an address as far as its street, estate or village; '' when it names none."""
    found = KEPT_PART.match(address)
    return found[0] if found else ""
