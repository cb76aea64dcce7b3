"""Which role opens which page, does what, and sees which class of columns: one line each."""

from tally.viewers import Role, Viewer
from tests import marked

MATRIX = """
                         领导 填报员 审核员 办公室 核查员 系统管理员 安全管理员 审计管理员 大屏
page leaders/appeals       +  +  +  +  +  -  -  -  -
page leaders/appraisals    +  +  +  +  +  -  -  -  -
page leaders/chain         +  +  +  +  +  -  -  -  -
page leaders/closing       +  +  +  +  +  -  -  -  -
page leaders/communities   +  +  +  +  +  -  -  -  -
page leaders/dockets       +  +  +  +  +  -  -  -  -
page leaders/enterprises   +  +  +  +  +  -  -  -  -
page leaders/honours       +  +  +  +  +  -  -  -  -
page leaders/indicators    +  +  +  +  +  -  -  -  -
page leaders/instructions  +  +  +  +  +  -  -  -  -
page leaders/ledger        +  +  +  +  +  -  -  -  -
page leaders/lines         +  +  +  +  +  -  -  -  -
page leaders/meeting       +  -  +  +  +  -  -  -  -
page leaders/overdue       +  +  +  +  +  -  -  -  -
page leaders/progress      +  +  +  +  +  -  -  -  -
page leaders/projects      +  +  +  +  +  -  -  -  -
page leaders/rankings      +  +  +  +  +  -  -  -  -
page leaders/rhythm        +  +  +  +  +  -  -  -  -
page leaders/standing      +  +  +  +  +  -  -  -  -
page leaders/structure     +  +  +  +  +  -  -  -  -
page leaders/supervision   +  +  +  +  +  -  -  -  -
page leaders/task          +  +  +  +  +  -  -  -  -
page leaders/unit_file     +  +  +  +  +  -  -  -  -
page leaders/wall          +  -  -  +  -  -  -  -  +
page leaders/warmth        +  +  +  +  +  -  -  -  -
page staff/checks          -  -  -  +  +  -  -  -  -
page staff/notices         -  -  -  +  -  -  -  -  -
page staff/roster          +  +  +  +  +  -  -  -  -
page staff/upload          -  +  +  +  -  -  -  -  -
page admin/accounts        -  -  -  -  -  +  +  -  -
page admin/audit           -  -  -  -  -  -  -  +  -
page admin/backups         -  -  -  -  -  +  -  -  -
page admin/boundaries      -  -  -  -  -  +  -  -  -
page admin/campaigns       -  -  -  +  -  +  -  -  -
page admin/rules           +  -  +  +  +  +  -  -  -
page admin/screens         +  +  +  +  +  -  -  -  -
does 查看看板              +  +  +  +  +  -  -  -  -
does 跨单位查看            +  -  +  +  +  -  -  -  -
does 查看大屏              +  -  -  +  -  -  -  -  +
does 导出                  +  -  +  +  -  -  -  -  -
does 报送台账              -  +  +  +  -  -  -  -  -
does 审核发布              -  -  +  +  -  -  -  -  -
does 督办交办              -  -  -  +  -  -  -  -  -
does 主持会议              -  -  -  +  -  -  -  -  -
does 通报封账              -  -  -  +  -  -  -  -  -
does 抽查核实              -  -  -  -  +  -  -  -  -
does 查看个人信息原文      -  +  +  +  +  -  -  -  -
does 查看敏感内容          +  -  +  +  -  -  -  -  -
does 系统设置              -  -  -  -  -  +  -  -  -
does 备份恢复              -  -  -  -  -  +  -  -  -
does 管理账号              -  -  -  -  -  +  -  -  -
does 授权                  -  -  -  -  -  -  +  -  -
does 审计                  -  -  -  -  -  -  -  +  -
sees open                  +  +  +  +  +  -  -  -  +
sees personal              -  +  +  +  +  -  -  -  -
sees sensitive             +  -  +  +  -  -  -  -  -
"""
HEADING, *LINES = MATRIX.strip().splitlines()
ROLES = [Role(name) for name in HEADING.split()]
CELLS = {
    (kind, name, role): mark == "+"
    for kind, name, *marks in map(str.split, LINES)
    for role, mark in zip(ROLES, marks, strict=True)
}


def names(kind: str) -> set[str]:
    return {name for of, name, _ in CELLS if of == kind}


def viewer(role: Role) -> Viewer:
    """Return one of a role; a clerk is of one unit."""
    units = frozenset({marked.OWN}) if role is Role.REPORTER else None
    return Viewer(f"one-{role.name.lower()}", frozenset({role}), units)
