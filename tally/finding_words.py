"""The words of rules, findings, slips and lights (family D), each with its shape."""

from tally.words import State

# How grave a finding is, and the state whose colours it borrows.
LEVELS = {
    "red": State("■", "红"),
    "amber": State("▲", "黄"),
    "blue": State("○", "关注"),
    "good": State("●", "表扬"),
}
LEVEL_COLORS = {"red": "overdue", "amber": "soon", "blue": "unreported", "good": "normal"}
# What has become of it.
STATUS = {
    "raised": "未签收",
    "acknowledged": "已签收",
    "acted": "处置中",
    "closed": "已销号",
    "withdrawn": "已撤回",
    "ended": "已消除",
    "gone": "数据已更正",
}
STEPS = {
    "acknowledged": "签收",
    "acted": "处置",
    "slip": "发督办单",
    "reply": "单位申辩",
    "closed": "销号",
    "withdrawn": "撤回",
}
# The light of a unit in a month.
LIGHTS = {
    "red": State("■", "红灯"),
    "amber": State("▲", "黄灯"),
    "green": State("●", "绿灯"),
    "grey": State("○", "未报"),
}
LIGHT_COLORS = {"red": "overdue", "amber": "soon", "green": "normal", "grey": "unreported"}
MADE_UP = "▲ 补"
# What the limits of the rules are called, by the parameters of `queries/rules`.
LIMITS = {
    "score": "分数线",
    "few_raters": "参评少于",
    "scope": "范围",
    "scopes": "范围",
    "count": "名次数",
    "periods": "连续期数",
    "kinds": "种类",
    "days": "天数",
    "duties": "事项",
    "windows": "期数",
    "is_enterprises_only": "只看企业事项",
    "groups": "指标组",
    "group": "指标组",
    "indicators": "指标",
    "review": "检讨",
    "levels": "等级",
    "is_attributed": "只看认定责任的",
    "causes": "原因",
    "pace": "应有进度",
    "given_by": "交办人",
    "working_days": "工作日",
    "grace_days": "宽限天数",
    "from_rank": "自第几",
    "to_rank": "到第几",
    "marks": "差评数",
    "places": "位次数",
    "leading": "先进行列",
    "works": "工作",
    "leagues": "比较组",
}
